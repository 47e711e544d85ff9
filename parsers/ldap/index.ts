/**
 * LDAP (RFC 4511) over TCP, and CLDAP over UDP: `{ messageID, protocolOp … }` in BER.
 *
 * A domain controller answers a search of the empty name (its rootDSE) with its host name and domain. After a bind with
 * SASL, or after StartTLS, the rest is usually encrypted: nothing more is to be learned.
 */
import { u8 } from '../bytes.ts';
import {
  About,
  type Access,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  NOT_A_PDU,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { BerReader, Tag } from '../snmp/ber.ts';
import { text } from '../text.ts';

/** Tags of protocolOp: RFC 4511, section 4.2 and on. */
const Op = {
  bindRequest: 0x60,
  bindResponse: 0x61,
  unbindRequest: 0x42,
  searchRequest: 0x63,
  searchEntry: 0x64,
  searchDone: 0x65,
  modifyRequest: 0x66,
  addRequest: 0x68,
  deleteRequest: 0x4a,
  modifyDnRequest: 0x6c,
  compareRequest: 0x6e,
  abandonRequest: 0x50,
  searchReference: 0x73,
  extendedRequest: 0x77,
  extendedResponse: 0x78,
  intermediateResponse: 0x79,
} as const;

const REQUESTS: ReadonlyMap<number, readonly [code: string, name: string, access: Access]> = new Map([
  [Op.bindRequest, ['bind', 'Bind', 'session']],
  [Op.unbindRequest, ['unbind', 'Unbind', 'session']],
  [Op.searchRequest, ['search', 'Search', 'read']],
  [Op.modifyRequest, ['modify', 'Modify', 'write']],
  [Op.addRequest, ['add', 'Add', 'write']],
  [Op.deleteRequest, ['delete', 'Delete', 'write']],
  [Op.modifyDnRequest, ['modify-dn', 'Modify DN', 'write']],
  [Op.compareRequest, ['compare', 'Compare', 'read']],
  [Op.abandonRequest, ['abandon', 'Abandon', 'session']],
  [Op.extendedRequest, ['extended', 'Extended', 'session']],
]);

/** The request that a response with this tag answers; those of more than one message are counted with their last. */
const ANSWERS: ReadonlyMap<number, number> = new Map<number, number>([
  [Op.bindResponse, Op.bindRequest],
  [Op.searchDone, Op.searchRequest],
  [0x67, Op.modifyRequest],
  [0x69, Op.addRequest],
  [0x6b, Op.deleteRequest],
  [0x6d, Op.modifyDnRequest],
  [0x6f, Op.compareRequest],
  [Op.extendedResponse, Op.extendedRequest],
]);

const Source = { hostName: 0, domain: 1, controller: 2, vendor: 3, version: 4, simpleBind: 5 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'ldap.dnsHostName', words: 'LDAP rootDSE, dnsHostName', field: 'name', confidence: 0.9, render: text },
  {
    name: 'ldap.defaultNamingContext',
    words: 'LDAP rootDSE, defaultNamingContext',
    field: 'note',
    confidence: 0.8,
    render: domain,
  },
  {
    name: 'ldap.rootDSE',
    words: 'LDAP rootDSE, sender',
    field: 'device-type',
    confidence: 0.85,
    render: () => 'domain controller',
  },
  { name: 'ldap.vendorName', words: 'LDAP rootDSE, vendorName', field: 'note', confidence: 0.8, render: text },
  { name: 'ldap.vendorVersion', words: 'LDAP rootDSE, vendorVersion', field: 'product', confidence: 0.7, render: text },
  {
    name: 'ldap.bind',
    words: 'LDAP BindRequest, authentication',
    field: 'protection',
    confidence: 0.9,
    render: () => 'LDAP simple bind: password in clear',
  },
];

/** Attributes of a rootDSE: [MS-ADTS], section 3.1.1.3.2; RFC 3045. Lower case. */
const ATTRIBUTES: readonly (readonly [name: Uint8Array, source: number])[] = [
  [ascii('dnshostname'), Source.hostName],
  [ascii('defaultnamingcontext'), Source.domain],
  [ascii('vendorname'), Source.vendor],
  [ascii('vendorversion'), Source.version],
];

/** Up to six bytes of tag and length, and the tag of the message id behind. */
const HEADER_BYTES = 7;
/** Active Directory accepts 10 MB; what identifies a server is short. Longer messages are passed over. */
const MAX_MESSAGE_BYTES = 65_536;

export const ldap: Protocol = {
  name: 'ldap',
  tcpPorts: [389, 3268],
  udpPorts: [389],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: MAX_MESSAGE_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      if (!ber.readHeader(b, at, at + HEADER_BYTES) || ber.tag !== Tag.sequence) return NOT_A_PDU;
      const size = ber.end - at;
      if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES) return NOT_A_PDU;
      return ber.at < at + HEADER_BYTES && u8(b, ber.at) === Tag.integer ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (!openMessage(b, at, end)) return Recognition.no;
    const { tag } = ber;
    if (tag === Op.bindRequest) return isBind(b, ber.at, ber.end) ? Recognition.certain : Recognition.no;
    return REQUESTS.has(tag) || isResponse(tag) ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (!openMessage(b, at, end)) return Sender.unknown;
    return REQUESTS.has(ber.tag) ? Sender.client : isResponse(ber.tag) ? Sender.server : Sender.unknown;
  },

  open: (facts) => new LdapDecoder(facts),
  operation(tag) {
    const [code, name, access] = REQUESTS.get(tag) ?? [`0x${tag.toString(16)}`, `Operation ${tag}`, 'write' as const];
    return { code, name, access };
  },
  space: () => '',
  evidence: EVIDENCE,
};

const ber = new BerReader();

/** Reads up to the protocolOp, whose tag and value are then in `ber`; its value may reach behind `end`. */
function openMessage(b: Uint8Array, at: number, end: number): boolean {
  if (!ber.readHeader(b, at, end) || ber.tag !== Tag.sequence) return false;
  const stop = Math.min(ber.end, end);
  if (!ber.expect(Tag.integer, b, ber.at, stop) || ber.end - ber.at > 4 || ber.end === ber.at) return false;
  return ber.readHeader(b, ber.end, stop);
}

/** Version 2 or 3 (RFC 4511, section 4.2). */
function isBind(b: Uint8Array, at: number, end: number): boolean {
  return end - at > 3 && u8(b, at) === Tag.integer && u8(b, at + 1) === 1 && (u8(b, at + 2) & 0xfe) === 2;
}

function isResponse(tag: number): boolean {
  return ANSWERS.has(tag) || tag === Op.searchEntry || tag === Op.searchReference || tag === Op.intermediateResponse;
}

const SUCCESS = 0;
const SASL_IN_PROGRESS = 14;
const REFERRAL = 10;
/** Authentication choices of a bind (section 4.2). */
const SIMPLE = 0x80;
const SASL = 0xa3;
/** StartTLS, 1.3.6.1.4.1.1466.20037 (section 4.14.1). */
const START_TLS = ascii('1.3.6.1.4.1.1466.20037');
const REQUEST_NAME = 0x80;

class LdapDecoder implements Decoder {
  readonly #facts: FactSink;
  #sealing = false;
  #finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  get finished(): boolean {
    return this.#finished;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (!openMessage(b, at, end)) return Outcome.malformed;
    const { tag, at: value } = ber;
    const stop = Math.min(ber.end, end);
    const whole = ber.end <= end;
    const answers = ANSWERS.get(tag);
    if (answers !== undefined) this.#answer(answers, b, value, stop);
    else if (REQUESTS.has(tag)) this.#request(tag, b, value, stop);
    else if (tag === Op.searchEntry) return this.#entry(b, value, stop);
    else if (!isResponse(tag)) return Outcome.unsupported;
    return whole ? Outcome.ok : Outcome.truncated;
  }

  #request(tag: number, b: Uint8Array, at: number, end: number): void {
    const facts = this.#facts;
    facts.request(tag, NO_UNIT);
    if (tag === Op.extendedRequest) {
      if (ber.expect(REQUEST_NAME, b, at, end) && equals(START_TLS, b, ber.at, ber.end)) this.#sealing = true;
      return;
    }
    if (tag !== Op.bindRequest) return;
    if (!ber.expect(Tag.integer, b, at, end)) return; // version
    if (!ber.expect(Tag.octetString, b, ber.end, end)) return; // whose name is nobody's business
    if (!ber.read(b, ber.end, end)) return;
    this.#sealing = ber.tag === SASL;
    if (ber.tag === SIMPLE && ber.end > ber.at) {
      facts.evidence(Source.simpleBind, About.sender, NO_UNIT, PRESENT, 0, 1);
    }
  }

  #answer(request: number, b: Uint8Array, at: number, end: number): void {
    const result = ber.expect(Tag.enumerated, b, at, end) ? ber.integer(b) : SUCCESS;
    const refused = result !== SUCCESS && result !== SASL_IN_PROGRESS && result !== REFERRAL;
    this.#facts.response(this.#facts.operation(request, NO_UNIT), refused);
    if (result === SUCCESS && this.#sealing) this.#finished = true;
  }

  /** Name, then a sequence of attributes: name and set of values (section 4.5.2). Only the rootDSE has no name. */
  #entry(b: Uint8Array, at: number, end: number): Outcome {
    if (!ber.expect(Tag.octetString, b, at, end)) return Outcome.truncated;
    if (ber.end > ber.at) return Outcome.ok;
    if (!ber.expect(Tag.sequence, b, ber.end, end)) return Outcome.truncated;
    const stop = ber.end;
    let next = ber.at;
    while (next < stop) {
      if (!ber.expect(Tag.sequence, b, next, stop)) return Outcome.malformed;
      next = ber.end;
      if (!ber.expect(Tag.octetString, b, ber.at, next)) return Outcome.malformed;
      const source = attributeSource(b, ber.at, ber.end);
      if (!ber.expect(Tag.set, b, ber.end, next)) return Outcome.malformed;
      if (source < 0 || !ber.expect(Tag.octetString, b, ber.at, ber.end)) continue;
      this.#facts.evidence(source, About.sender, NO_UNIT, b, ber.at, ber.end);
      if (source === Source.domain) this.#facts.evidence(Source.controller, About.sender, NO_UNIT, PRESENT, 0, 1);
    }
    return Outcome.ok;
  }
}

/** The value of evidence that consists in being there. */
const PRESENT = Uint8Array.of(1);

function attributeSource(b: Uint8Array, at: number, end: number): number {
  for (const [name, source] of ATTRIBUTES) if (equals(name, b, at, end)) return source;
  return -1;
}

/** Whether `b[at, end)` is `what` (lower case), in any case. */
function equals(what: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at !== what.length) return false;
  for (let i = 0; i < what.length; i++) {
    const byte = u8(b, at + i);
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== what[i]) return false;
  }
  return true;
}

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

/** `DC=acme,DC=lan` is the domain acme.lan. */
function domain(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  if (name === null) return null;
  const parts = name.split(',').map((part) => /^\s*DC=(.*)$/i.exec(part)?.[1]);
  return `domain ${parts.every((part) => part !== undefined) ? parts.join('.') : name}`;
}
