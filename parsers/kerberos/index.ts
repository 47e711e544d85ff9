/**
 * Kerberos 5 (RFC 4120) over UDP and TCP: which hosts are key distribution centres of which realm. On TCP four bytes of
 * length stand before each message (section 7.2.2); the first segment of each tells enough.
 */
import { u8, u32be } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { BerReader, Tag } from '../snmp/ber.ts';
import { text } from '../text.ts';

/** Application tags, constructed: 0x60 and the message type (section 5.10). */
const AS_REQ = 0x6a;
const AS_REP = 0x6b;
const TGS_REQ = 0x6c;
const TGS_REP = 0x6d;
const KRB_ERROR = 0x7e;

const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [AS_REQ, { code: 'as', name: 'Authentication Service', access: 'session' }],
  [TGS_REQ, { code: 'tgs', name: 'Ticket-Granting Service', access: 'session' }],
]);

const Source = { centre: 0, realm: 1, clientRealm: 2 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'kerberos.kdc',
    words: 'Kerberos answer, sender',
    field: 'device-type',
    confidence: 0.5,
    render: () => 'domain controller',
  },
  {
    name: 'kerberos.realm',
    words: 'Kerberos answer, realm',
    field: 'note',
    confidence: 0.8,
    render: (b, at, end) => realm('key distribution centre of', b, at, end),
  },
  {
    name: 'kerberos.client-realm',
    words: 'Kerberos request, realm',
    field: 'note',
    confidence: 0.6,
    render: (b, at, end) => realm('in Kerberos realm', b, at, end),
  },
];

/** Context tags within a message: [n] constructed. */
const CONTEXT = 0xa0;
const GENERAL_STRING = 0x1b;
const LENGTH_BYTES = 4;
/** pvno 5, as an INTEGER. */
const VERSION = 5;
/** Fields that hold a realm: crealm of a reply (section 5.4.2), realm of an error (5.9.1), realm in a body (5.4.1). */
const REPLY_REALM = CONTEXT + 3;
const ERROR_REALM = CONTEXT + 9;
const REQUEST_BODY = CONTEXT + 4;
const BODY_REALM = CONTEXT + 2;

export const kerberos: Protocol = {
  name: 'kerberos',
  tcpPorts: [88],
  udpPorts: [88],

  recognise: (b, at, end) => (openMessage(b, at, end) ? Recognition.certain : Recognition.no),

  sender(b, at, end) {
    if (!openMessage(b, at, end)) return Sender.unknown;
    return type === AS_REQ || type === TGS_REQ ? Sender.client : Sender.server;
  },

  open: (facts) => new KerberosDecoder(facts),
  operation: (tag) =>
    OPERATIONS.get(tag) ?? { code: `${tag & 0x1f}`, name: `Message ${tag & 0x1f}`, access: 'session' },
  space: () => '',
  evidence: EVIDENCE,
};

const ber = new BerReader();
/** Type and place of the fields of the message that `openMessage` last read, as far as they are there. */
let type = 0;
let fields = 0;
let fieldsEnd = 0;

function openMessage(b: Uint8Array, at: number, end: number): boolean {
  let start = at;
  if (end - at > LENGTH_BYTES && u8(b, at) === 0 && u32be(b, at) >= end - at - LENGTH_BYTES) start += LENGTH_BYTES;
  if (!ber.readHeader(b, start, end)) return false;
  type = ber.tag;
  if (type !== AS_REQ && type !== AS_REP && type !== TGS_REQ && type !== TGS_REP && type !== KRB_ERROR) return false;
  if (!ber.readHeader(b, ber.at, end) || ber.tag !== Tag.sequence) return false;
  fields = ber.at;
  fieldsEnd = Math.min(ber.end, end);
  // pvno is field 1 of a request (section 5.4.1) and field 0 of all others.
  const version = type === AS_REQ || type === TGS_REQ ? CONTEXT + 1 : CONTEXT;
  if (!ber.expect(version, b, fields, fieldsEnd) || !ber.expect(Tag.integer, b, ber.at, ber.end)) return false;
  return ber.integer(b) === VERSION;
}

class KerberosDecoder implements Decoder {
  readonly #facts: FactSink;
  #last = AS_REQ;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    // What follows the first segment of a long message looks like nothing.
    if (!openMessage(b, at, end)) return Outcome.unsupported;
    const facts = this.#facts;
    switch (type) {
      case AS_REQ:
      case TGS_REQ:
        this.#last = type;
        facts.request(type, NO_UNIT);
        if (!findField(REQUEST_BODY, b) || !ber.expect(Tag.sequence, b, ber.at, ber.end)) return Outcome.ok;
        fields = ber.at;
        fieldsEnd = ber.end;
        this.#realm(BODY_REALM, Source.clientRealm, b);
        return Outcome.ok;
      case KRB_ERROR:
        facts.response(facts.operation(this.#last, NO_UNIT), true);
        this.#centre(ERROR_REALM, b);
        return Outcome.ok;
      default:
        facts.response(facts.operation(type === AS_REP ? AS_REQ : TGS_REQ, NO_UNIT), false);
        this.#centre(REPLY_REALM, b);
        return Outcome.ok;
    }
  }

  #centre(field: number, b: Uint8Array): void {
    this.#facts.evidence(Source.centre, About.sender, NO_UNIT, PRESENT, 0, 1);
    this.#realm(field, Source.realm, b);
  }

  #realm(field: number, source: number, b: Uint8Array): void {
    if (!findField(field, b) || !ber.expect(GENERAL_STRING, b, ber.at, ber.end)) return;
    this.#facts.evidence(source, About.sender, NO_UNIT, b, ber.at, ber.end);
  }
}

/** The value of evidence that consists in being there. */
const PRESENT = Uint8Array.of(1);

/** Puts the reader on the field with `tag` of the sequence in hand. False when it is not there whole. */
function findField(tag: number, b: Uint8Array): boolean {
  let next = fields;
  while (ber.read(b, next, fieldsEnd)) {
    if (ber.tag === tag) return true;
    next = ber.end;
  }
  return false;
}

function realm(label: string, b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `${label} ${name}`;
}
