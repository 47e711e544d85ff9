/** PostgreSQL's frontend/backend protocol 3.0 (PostgreSQL documentation, "Message Formats"). */
import { u8, u32be } from '../bytes.ts';
import { ascii, find, startsWith, startsWithAnyCase } from '../lines.ts';
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

/** The start: length, then a version or a request; all later messages begin with a letter before the length. */
const VERSION_3 = 0x0003_0000;
const TLS_REQUEST = 80877103;
const USER = ascii('user\0');
const APPLICATION = ascii('application_name\0');
const SERVER_VERSION = ascii('server_version\0');
const SELECT = ascii('select');
const CLEARTEXT_PASSWORD = 3;
/** Messages of one segment looked at; the parameters of a login are about a dozen. */
const MAX_MESSAGES = 24;

const Code = { startup: 0, tls: 1, query: 2, select: 3, parse: 4 } as const;
const OPERATIONS: readonly Operation[] = [
  { code: 'startup', name: 'StartupMessage', access: 'session' },
  { code: 'ssl-request', name: 'SSLRequest', access: 'session' },
  { code: 'query', name: 'Query', access: 'write' },
  { code: 'query.select', name: 'Query: SELECT', access: 'read' },
  { code: 'parse', name: 'Parse', access: 'write' },
];

const Source = { version: 0, product: 1, application: 2, login: 3, tls: 4 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'postgresql.server-version',
    words: 'PostgreSQL ParameterStatus, server_version',
    field: 'firmware',
    confidence: 0.7,
    render: text,
  },
  {
    name: 'postgresql.server-version',
    words: 'PostgreSQL ParameterStatus, server_version',
    field: 'product',
    confidence: 0.7,
    render: () => 'PostgreSQL',
  },
  {
    name: 'postgresql.application-name',
    words: 'PostgreSQL StartupMessage, application_name',
    field: 'client-kind',
    confidence: 0.5,
    render: text,
  },
  {
    name: 'postgresql.login',
    words: 'PostgreSQL authentication request',
    field: 'protection',
    confidence: 0.9,
    render: () => 'cleartext login (PostgreSQL)',
  },
  {
    name: 'postgresql.tls',
    words: 'PostgreSQL SSLRequest',
    field: 'protection',
    confidence: 0.9,
    render: () => 'PostgreSQL over TLS',
  },
];

export const postgresql: Protocol = {
  name: 'postgresql',
  tcpPorts: [5432],
  udpPorts: [],
  recognise(b, at, end) {
    if (isStart(b, at, end)) return Recognition.certain;
    return areMessages(b, at, end) ? Recognition.possible : Recognition.no;
  },
  sender(b, at, end) {
    if (isStart(b, at, end)) return Sender.client;
    if (!isMessage(b, at, end)) return Sender.unknown;
    const letter = u8(b, at);
    if (letter === 0x51 || letter === 0x50) return Sender.client; // Q, P
    return letter === 0x52 || letter === 0x54 || letter === 0x5a ? Sender.server : Sender.unknown; // R, T, Z
  },
  open: (facts) => new PostgresqlDecoder(facts),
  operation: (number) => OPERATIONS[number] as Operation,
  space: (space) => `space ${space}`, // what a statement touches, only its text tells
  evidence: EVIDENCE,
};

function isStart(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 8 || u32be(b, at) !== end - at) return false;
  const version = u32be(b, at + 4);
  if (version === TLS_REQUEST) return end - at === 8;
  return version === VERSION_3 && startsWith(USER, b, at + 8, end);
}

/** A message of a known letter that ends within the segment. */
function isMessage(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= 5 && LETTERS.includes(u8(b, at)) && u32be(b, at + 1) >= 4 && u32be(b, at + 1) < end - at;
}

/** Whether the segment is whole messages and nothing else. */
function areMessages(b: Uint8Array, at: number, end: number): boolean {
  let next = at;
  for (let messages = 0; messages < MAX_MESSAGES && isMessage(b, next, end); messages++) {
    next += 1 + u32be(b, next + 1);
  }
  return next === end && at < end;
}

const LETTERS = ascii('QPRTZESCDpBX123NK');

class PostgresqlDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE;
  #askedForTls = false;
  /** The rest is inside TLS. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (fromClient) this.#client(b, at, end);
    else this.#server(b, at, end);
    return Outcome.ok;
  }

  #client(b: Uint8Array, at: number, end: number): void {
    const facts = this.#facts;
    if (isStart(b, at, end)) {
      this.#askedForTls = u32be(b, at + 4) === TLS_REQUEST;
      this.#asked = facts.request(this.#askedForTls ? Code.tls : Code.startup, NO_UNIT);
      if (!this.#askedForTls) this.#parameters(b, at + 8, end);
      return;
    }
    if (!isMessage(b, at, end)) return;
    const letter = u8(b, at);
    if (letter === 0x51) {
      this.#asked = facts.request(startsWithAnyCase(SELECT, b, at + 5, end) ? Code.select : Code.query, NO_UNIT);
    } else if (letter === 0x50) {
      const statement = find(0, b, at + 5, end) + 1; // behind the statement's name
      this.#asked = facts.request(startsWithAnyCase(SELECT, b, statement, end) ? Code.select : Code.parse, NO_UNIT);
    }
  }

  /** Names and values, each ended by 0; of them only the application's name is read. */
  #parameters(b: Uint8Array, at: number, end: number): void {
    let next = at;
    for (let parameters = 0; parameters < MAX_MESSAGES && next < end && b[next] !== 0; parameters++) {
      const value = find(0, b, next, end) + 1;
      const stop = find(0, b, value, end);
      if (startsWith(APPLICATION, b, next, end) && stop > value) {
        this.#facts.evidence(Source.application, About.sender, NO_UNIT, b, value, stop);
      }
      next = stop + 1;
    }
  }

  #server(b: Uint8Array, at: number, end: number): void {
    const facts = this.#facts;
    if (this.#askedForTls && end - at === 1) {
      this.#answer(u8(b, at) !== 0x53);
      this.#askedForTls = false;
      if (u8(b, at) !== 0x53) return;
      facts.evidence(Source.tls, About.sender, NO_UNIT, b, at, end);
      this.finished = true;
      return;
    }
    let next = at;
    for (let messages = 0; messages < MAX_MESSAGES && isMessage(b, next, end); messages++) {
      const stop = next + 1 + u32be(b, next + 1);
      const letter = u8(b, next);
      if (letter === 0x45) this.#answer(true);
      else if (letter === 0x52 && stop - next >= 9) {
        if (u32be(b, next + 5) === CLEARTEXT_PASSWORD) {
          facts.evidence(Source.login, About.sender, NO_UNIT, b, next, next + 1);
        } else if (u32be(b, next + 5) === 0) this.#answer(false);
      } else if (letter === 0x53 && startsWith(SERVER_VERSION, b, next + 5, stop)) {
        const value = next + 5 + SERVER_VERSION.length;
        facts.evidence(Source.version, About.sender, NO_UNIT, b, value, find(0, b, value, stop));
        facts.evidence(Source.product, About.sender, NO_UNIT, b, next, next + 1);
      } else if (letter === 0x54 || letter === 0x43 || letter === 0x31) this.#answer(false);
      next = stop;
    }
  }

  #answer(refused: boolean): void {
    if (this.#asked !== NONE) this.#facts.response(this.#asked, refused);
    this.#asked = NONE;
  }
}
