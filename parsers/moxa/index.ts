/**
 * The discovery and configuration protocol of Moxa device servers (NPort and others), UDP port 4800, as public analyses
 * describe it; network byte order in the header. Moxa publishes no specification.
 *
 *   0         1        2        4             8       12      14          20
 *   | request | status | length | transaction | id    | model | MAC     | of a discovery: IP address
 *
 * An answer has the request's number with bit 7 set. Only a discovery has nothing after the transaction.
 */
import { u8, u16be, u16le } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { hex, hexNumber, text } from '../text.ts';

const LENGTH = 2;
const HEADER_BYTES = 8;
const MODEL = 12;
const MAC = 14;
const IDENTITY_END = 20;
const IP_ADDRESS = 20;
const DISCOVERY_BYTES = 24;
const NAME = 20;
/** Behind the name of up to twelve bytes: whether the console asks for a password. */
const LOCKED = 32;

const ANSWER = 0x80;
const Request = { discover: 0x01, readName: 0x10, readStatus: 0x16 } as const;

const OUI = [0x00, 0x90, 0xe8] as const;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, model: 1, mac: 2, ip: 3, name: 4, locked: 5 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'moxa.discovery',
    words: 'Moxa discovery answer, sender',
    field: 'vendor',
    confidence: 0.9,
    render: () => 'Moxa',
  },
  {
    name: 'moxa.discovery.model',
    words: 'Moxa discovery answer, model identifier',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => `Moxa hardware id ${hexNumber(u16le(b, at), 4)}`,
  },
  {
    name: 'moxa.discovery.mac-address',
    words: 'Moxa discovery answer, MAC address',
    field: 'address',
    confidence: 0.95,
    render: mac,
  },
  {
    name: 'moxa.discovery.ip-address',
    words: 'Moxa discovery answer, IP address',
    field: 'address',
    confidence: 0.9,
    render: (b, at) => `${u8(b, at)}.${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`,
  },
  { name: 'moxa.server-name', words: 'Moxa answer, server name', field: 'name', confidence: 0.9, render: text },
  {
    name: 'moxa.server-name.password',
    words: 'Moxa answer, password protection',
    field: 'protection',
    confidence: 0.7,
    render: (b, at) => (u8(b, at) === 0 ? 'no password set' : u8(b, at) === 1 ? 'password set' : null),
  },
];

function mac(b: Uint8Array, at: number, end: number): string {
  return hex(b, at, end).replace(/..(?=.)/g, '$&:');
}

export const moxa: Protocol = {
  name: 'moxa',
  tcpPorts: [],
  udpPorts: [4800],

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES || u16be(b, at + LENGTH) !== end - at) return Recognition.no;
    const request = u8(b, at) & ~ANSWER;
    if (request === Request.discover && (u8(b, at) & ANSWER) === 0) {
      return end - at === HEADER_BYTES && u8(b, at + 1) === 0 ? Recognition.certain : Recognition.no;
    }
    if (end - at < IDENTITY_END) return Recognition.no;
    if (isMoxa(b, at)) return Recognition.certain;
    // other protocols have a length at the same place
    return request === Request.readName || request === Request.readStatus ? Recognition.possible : Recognition.no;
  },

  sender: (b, at, end) => (end <= at ? Sender.unknown : (u8(b, at) & ANSWER) === 0 ? Sender.client : Sender.server),
  open: (facts) => new MoxaDecoder(facts),
  operation(request) {
    const code = hexNumber(request, 2);
    switch (request) {
      case Request.discover:
        return { code, name: 'Discover', access: 'diagnostic' };
      case Request.readName:
        return { code, name: 'Read Server Name', access: 'diagnostic' };
      case Request.readStatus:
        return { code, name: 'Read Status', access: 'diagnostic' };
      default:
        return { code, name: `Request ${code}`, access: 'write' }; // unknown may change anything
    }
  },
  space: () => '',
  evidence: EVIDENCE,
};

function isMoxa(b: Uint8Array, at: number): boolean {
  return u8(b, at + MAC) === OUI[0] && u8(b, at + MAC + 1) === OUI[1] && u8(b, at + MAC + 2) === OUI[2];
}

class MoxaDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const request = u8(b, at) & ~ANSWER;
    if ((u8(b, at) & ANSWER) === 0) {
      facts.request(request, NO_UNIT);
      return Outcome.ok;
    }
    const refused = u8(b, at + 1) !== 0;
    facts.response(facts.operation(request, NO_UNIT), refused);
    if (refused) return Outcome.ok;
    if (end - at < IDENTITY_END) return Outcome.truncated;
    facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at + MAC, at + MAC + OUI.length);
    facts.evidence(Source.model, About.sender, NO_UNIT, b, at + MODEL, at + MODEL + 2);
    facts.evidence(Source.mac, About.sender, NO_UNIT, b, at + MAC, at + IDENTITY_END);
    if (request === Request.discover && end - at >= DISCOVERY_BYTES) {
      facts.evidence(Source.ip, About.sender, NO_UNIT, b, at + IP_ADDRESS, at + DISCOVERY_BYTES);
    } else if (request === Request.readName && end - at > NAME) {
      facts.evidence(Source.name, About.sender, NO_UNIT, b, at + NAME, end);
      if (end - at > LOCKED) facts.evidence(Source.locked, About.sender, NO_UNIT, b, at + LOCKED, at + LOCKED + 1);
    }
    return Outcome.ok;
  }
}
