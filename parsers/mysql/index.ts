/** MySQL and MariaDB: the server greets first, then the client logs in (MySQL client/server protocol, connection phase). */
import { u8, u16le } from '../bytes.ts';
import { ascii, find, isPrintable, startsWithAnyCase } from '../lines.ts';
import { NONE } from '../outstanding.ts';
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
import { text } from '../text.ts';

/** Length (3 bytes, little-endian), sequence number, then the packet. */
const SEQUENCE = 3;
const PACKET = 4;
const PROTOCOL_10 = 10;
const VERSION = 5;
const MAX_VERSION_BYTES = 80;

const ERROR = 0xff;
/** CLIENT_SSL and CLIENT_PROTOCOL_41, in the first two bytes of the client's capabilities. */
const Capability = { tls: 0x0800, protocol41: 0x0200 } as const;
const TLS_REQUEST_BYTES = 36;

const QUERY = 3;
const SELECT = ascii('select');
const Code = { login: 0, query: 1, select: 2 } as const;
const OPERATIONS: readonly Operation[] = [
  { code: 'login', name: 'Handshake Response', access: 'session' },
  { code: 'query', name: 'Query', access: 'write' },
  { code: 'query.select', name: 'Query: SELECT', access: 'read' },
];

const Source = { product: 0, version: 1, tls: 2 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'mysql.greeting',
    words: 'MySQL initial handshake, server version',
    field: 'product',
    confidence: 0.7,
    render: product,
  },
  {
    name: 'mysql.greeting',
    words: 'MySQL initial handshake, server version',
    field: 'firmware',
    confidence: 0.6,
    render: text,
  },
  {
    name: 'mysql.tls',
    words: 'MySQL SSLRequest',
    field: 'protection',
    confidence: 0.9,
    render: () => 'MySQL over TLS',
  },
];

export const mysql: Protocol = {
  name: 'mysql',
  tcpPorts: [3306],
  udpPorts: [],
  recognise(b, at, end) {
    if (greetingEnd(b, at, end) > 0) return Recognition.certain;
    return isKnown(b, at, end) ? Recognition.possible : Recognition.no;
  },
  sender(b, at, end) {
    if (greetingEnd(b, at, end) > 0) return Sender.server;
    return isKnown(b, at, end) && u8(b, at + SEQUENCE) === 0 ? Sender.client : Sender.unknown; // commands begin at 0
  },
  open: (facts) => new MysqlDecoder(facts),
  operation: (number) => OPERATIONS[number] as Operation,
  space: (space) => `space ${space}`, // what a statement touches, only its text tells
  evidence: EVIDENCE,
};

/** A packet that fills the segment; each exchange counts its packets from 0. */
function isWhole(b: Uint8Array, at: number, end: number): boolean {
  if (end - at <= PACKET || u8(b, at + 2) !== 0 || u8(b, at + SEQUENCE) > 3) return false;
  return PACKET + u16le(b, at) === end - at;
}

/**
 * A packet that says more than its length, which many protocols begin with: a query's text, a login's 23 zeros, an
 * error with its SQL state.
 */
function isKnown(b: Uint8Array, at: number, end: number): boolean {
  if (!isWhole(b, at, end)) return false;
  const first = u8(b, at + PACKET);
  if (u8(b, at + SEQUENCE) === 0) {
    const statement = at + PACKET + 1;
    return first === QUERY && end - statement >= 6 && isPrintable(b, statement, statement + 6);
  }
  if (first === ERROR) return end - at > PACKET + 4 && u8(b, at + PACKET + 3) === 0x23;
  if (end - at < TLS_REQUEST_BYTES) return false;
  for (let i = TLS_REQUEST_BYTES - 23; i < TLS_REQUEST_BYTES; i++) if (u8(b, at + i) !== 0) return false;
  return (u16le(b, at + PACKET) & Capability.protocol41) !== 0;
}

/** Where the version text of a greeting ends, 0 when this is none: protocol 10 and a version, ended by 0. */
function greetingEnd(b: Uint8Array, at: number, end: number): number {
  if (!isWhole(b, at, end) || u8(b, at + SEQUENCE) !== 0 || u8(b, at + PACKET) !== PROTOCOL_10) return 0;
  const from = at + VERSION;
  const stop = find(0, b, from, Math.min(end, from + MAX_VERSION_BYTES));
  const digit = end > from ? u8(b, from) - 0x30 : -1;
  // behind it: thread id (4), challenge (8), 0
  if (digit < 0 || digit > 9 || end - stop < 14 || b[stop] !== 0 || u8(b, stop + 13) !== 0) return 0;
  return isPrintable(b, from, stop) ? stop : 0;
}

class MysqlDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE;
  /** The rest is inside TLS. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at <= PACKET) return Outcome.truncated;
    const facts = this.#facts;
    if (!fromClient) {
      const stop = greetingEnd(b, at, end);
      if (stop > 0) {
        facts.evidence(Source.product, About.sender, NO_UNIT, b, at + VERSION, stop);
        facts.evidence(Source.version, About.sender, NO_UNIT, b, at + VERSION, stop);
      } else if (this.#asked !== NONE) {
        facts.response(this.#asked, u8(b, at + PACKET) === ERROR);
        this.#asked = NONE;
      }
      return Outcome.ok;
    }
    if (!isWhole(b, at, end)) return Outcome.ok; // a long statement's middle
    if (u8(b, at + SEQUENCE) === 0) {
      if (u8(b, at + PACKET) !== QUERY) return Outcome.ok;
      const reads = startsWithAnyCase(SELECT, b, at + PACKET + 1, end);
      this.#asked = facts.request(reads ? Code.select : Code.query, NO_UNIT);
    } else if (u8(b, at + SEQUENCE) === 1 && end - at >= TLS_REQUEST_BYTES) {
      const capabilities = u16le(b, at + PACKET);
      if ((capabilities & Capability.protocol41) === 0) return Outcome.ok;
      if ((capabilities & Capability.tls) !== 0 && end - at === TLS_REQUEST_BYTES) {
        facts.evidence(Source.tls, About.receiver, NO_UNIT, b, at + PACKET, at + PACKET + 2);
        this.finished = true;
        return Outcome.ok;
      }
      this.#asked = facts.request(Code.login, NO_UNIT);
    }
    return Outcome.ok;
  }
}

function product(b: Uint8Array, at: number, end: number): string {
  return /mariadb/i.test(text(b, at, end) ?? '') ? 'MariaDB' : 'MySQL';
}
