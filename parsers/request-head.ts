/** RTSP (RFC 7826, RFC 2326) and SIP (RFC 3261): requests and answers as in HTTP, with `Server` and `User-Agent`. */
import { isField, isRequestLine, MessageReader, type MessageTaker } from './internet-message.ts';
import { ascii, find, replyCode, startsWith } from './lines.ts';
import { NONE } from './outstanding.ts';
import {
  About,
  type Access,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from './protocol.ts';
import { text } from './text.ts';

const SERVER = ascii('server');
const USER_AGENT = ascii('user-agent');

/** Indices of the evidence of such a protocol. */
const Source = { server: 0, userAgent: 1, role: 2 } as const;

/** What tells such a protocol from another. */
export interface Dialect {
  readonly name: 'rtsp' | 'sip';
  /** With which answers begin and request lines end, e.g. `RTSP/1.0`, without the digits. */
  readonly version: string;
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
  readonly methods: readonly (readonly [name: string, access: Access])[];
  /** What the end that answers is, if the protocol tells. */
  readonly deviceType: string | null;
}

/** The protocol of a dialect. */
export function requestProtocol(dialect: Dialect): Protocol {
  const version = ascii(dialect.version);
  const names = dialect.methods.map(([name]) => ascii(`${name} `));
  const methodAt = (b: Uint8Array, at: number, end: number): number => {
    let method = 0;
    while (method < names.length && !startsWith(names[method] as Uint8Array, b, at, end)) method++;
    return method;
  };
  const isMethod = (b: Uint8Array, at: number, end: number): boolean => methodAt(b, at, end + 1) < names.length;
  const isRequest = (b: Uint8Array, at: number, end: number): boolean =>
    isMethod(b, at, Math.min(end - 1, find(SPACE, b, at, end))) && isRequestLine(version, isMethod, b, at, end);
  const { name, deviceType } = dialect;
  const shown = name.toUpperCase();
  const evidence: readonly EvidenceSource[] = [
    { name: `${name}.server`, words: `${shown} response, Server`, field: 'product', confidence: 0.6, render: text },
    {
      name: `${name}.user-agent`,
      words: `${shown} request, User-Agent`,
      field: 'client-kind',
      confidence: 0.5,
      render: text,
    },
    {
      name: `${name}.role`,
      words: `${shown} response, sender`,
      field: 'device-type',
      confidence: 0.5,
      render: () => deviceType,
    },
  ];
  return {
    name,
    tcpPorts: dialect.tcpPorts,
    udpPorts: dialect.udpPorts,
    recognise: (b, at, end) =>
      startsWith(version, b, at, end) || isRequest(b, at, end) ? Recognition.certain : Recognition.no,
    sender(b, at, end) {
      if (startsWith(version, b, at, end)) return Sender.server;
      return isRequest(b, at, end) ? Sender.client : Sender.unknown;
    },
    open: (facts) => new RequestDecoder(facts, version, isRequest, methodAt),
    operation(number) {
      const [method, access] = dialect.methods[number] ?? ['other', 'session' as const];
      return { code: method, name: method, access };
    },
    space: (space) => `space ${space}`, // targets may hold passwords, so they are not told
    evidence,
  };
}

const SPACE = 0x20;

class RequestDecoder implements Decoder, MessageTaker {
  readonly #facts: FactSink;
  readonly #version: Uint8Array;
  readonly #isRequest: (b: Uint8Array, at: number, end: number) => boolean;
  readonly #methodAt: (b: Uint8Array, at: number, end: number) => number;
  readonly #client = new MessageReader(this, true);
  readonly #server = new MessageReader(this, false);
  #asked = NONE;

  constructor(
    facts: FactSink,
    version: Uint8Array,
    isRequest: (b: Uint8Array, at: number, end: number) => boolean,
    methodAt: (b: Uint8Array, at: number, end: number) => number,
  ) {
    this.#facts = facts;
    this.#version = version;
    this.#isRequest = isRequest;
    this.#methodAt = methodAt;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    (fromClient ? this.#client : this.#server).push(b, at, end);
    return Outcome.ok;
  }

  lost(fromClient: boolean): void {
    (fromClient ? this.#client : this.#server).lost();
  }

  begins(b: Uint8Array, at: number, end: number): boolean {
    return startsWith(this.#version, b, at, end) || this.#isRequest(b, at, end);
  }

  /** Either end may ask (SIP telephones, RTSP servers); what counts is which kind of line it is. */
  start(b: Uint8Array, at: number, end: number, _fromClient: boolean): void {
    const facts = this.#facts;
    if (!startsWith(this.#version, b, at, end)) {
      this.#asked = facts.request(this.#methodAt(b, at, end), NO_UNIT);
      return;
    }
    const status = replyCode(b, find(SPACE, b, at, end) + 1, end);
    if (status < 200) return; // provisional
    if (this.#asked !== NONE) facts.response(this.#asked, status >= 400);
    this.#asked = NONE;
    facts.evidence(Source.role, About.sender, NO_UNIT, b, at, at + 4);
  }

  field(b: Uint8Array, at: number, colon: number, value: number, end: number): void {
    if (isField(SERVER, b, at, colon)) this.#facts.evidence(Source.server, About.sender, NO_UNIT, b, value, end);
    else if (isField(USER_AGENT, b, at, colon)) {
      this.#facts.evidence(Source.userAgent, About.sender, NO_UNIT, b, value, end);
    }
  }

  bodyFollows(): boolean {
    return false;
  }
}
