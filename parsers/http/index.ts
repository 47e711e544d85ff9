/**
 * HTTP/1, RFC 9112: requests and answers are counted by their start lines, header fields tell who the ends are.
 * Bodies are passed over, but for the title of the first page.
 */

import { BASIC_LOGINS } from '../default-logins.ts';
import { isField, isRequestLine, MessageReader, type MessageTaker } from '../internet-message.ts';
import { ascii, find, findAnyCase, replyCode, startsWith, startsWithAnyCase } from '../lines.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { EVIDENCE, Source } from './evidence.ts';
import { CONNECT, isMethod, methodAt, operation } from './methods.ts';

const VERSION = ascii('HTTP/1.');
/** The preface of HTTP/2 (RFC 9113, 3.4). */
const HTTP2 = ascii('PRI * HTTP/2.0\r\n');

const SIMPLE = ascii('GET /');

const HOST = ascii('host');
const SERVER = ascii('server');
const USER_AGENT = ascii('user-agent');
const CHALLENGE = ascii('www-authenticate');
const AUTHORIZATION = ascii('authorization');
const CONTENT_TYPE = ascii('content-type');
const TRANSFER_ENCODING = ascii('transfer-encoding');
const BASIC = ascii('basic ');
const REALM = ascii('realm="');
const HTML = ascii('text/html');
const TITLE = ascii('<title');
const TITLE_END = ascii('</title');

/** A page's title stands in its first bytes or nowhere. */
const TITLE_WITHIN_BYTES = 4096;
/** Requests that may wait for their answers (pipelining); browsers send one at a time. */
const WAITING = 8;

export const http: Protocol = {
  name: 'http',
  tcpPorts: [80, 8080, 8000, 8008, 8081, 8088, 5985, 3128, 2375],
  udpPorts: [],

  recognise(b, at, end) {
    if (startsWith(VERSION, b, at, end)) return Recognition.certain;
    if (startsWith(HTTP2, b, at, end)) return Recognition.certain;
    if (isRequestLine(VERSION, isMethod, b, at, end)) return Recognition.certain;
    return isSimpleRequest(b, at, end) ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (startsWith(VERSION, b, at, end)) return Sender.server;
    return isRequestLine(VERSION, isMethod, b, at, end) || startsWith(HTTP2, b, at, end) || isSimpleRequest(b, at, end)
      ? Sender.client
      : Sender.unknown;
  },

  open: (facts) => new HttpDecoder(facts),
  operation,
  space: (space) => `space ${space}`, // paths may hold secrets, so they are not told
  evidence: EVIDENCE,
};

/** A request of HTTP/0.9: a line of `GET` and a path, without a version (RFC 1945, 5). */
function isSimpleRequest(b: Uint8Array, at: number, end: number): boolean {
  if (!startsWith(SIMPLE, b, at, end)) return false;
  let next = at + SIMPLE.length;
  while (next < end && (b[next] as number) > 0x20) next++;
  return next < end && (b[next] === 0x0d || b[next] === 0x0a);
}

class HttpDecoder implements Decoder, MessageTaker {
  readonly #facts: FactSink;
  readonly #client = new MessageReader(this, true);
  readonly #server = new MessageReader(this, false);
  /** Operations asked for and not answered, oldest first from `#answered` on. */
  readonly #waiting = new Int32Array(WAITING);
  #asked = 0;
  #answered = 0;
  #connecting = false;
  #status = 0;
  #chunked = false;
  #html = false;
  #bodySeen = 0;
  #titleSought = true;
  /** A tunnel (CONNECT, an upgrade) or HTTP/2: what follows is no HTTP/1. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (fromClient && startsWith(HTTP2, b, at, end)) {
      this.#facts.evidence(Source.http2, About.sender, NO_UNIT, b, at, at + 14);
      this.finished = true;
      return Outcome.ok;
    }
    (fromClient ? this.#client : this.#server).push(b, at, end);
    return Outcome.ok;
  }

  lost(fromClient: boolean): void {
    (fromClient ? this.#client : this.#server).lost();
  }

  begins(b: Uint8Array, at: number, end: number): boolean {
    return (
      startsWith(VERSION, b, at, end) || isRequestLine(VERSION, isMethod, b, at, end) || isSimpleRequest(b, at, end)
    );
  }

  start(b: Uint8Array, at: number, end: number, fromClient: boolean): void {
    this.#chunked = false;
    if (fromClient) this.#request(b, at, end);
    else this.#response(b, at, end);
  }

  #request(b: Uint8Array, at: number, end: number): void {
    const method = methodAt(b, at, end);
    this.#connecting = method === CONNECT;
    const asked = this.#facts.request(method, NO_UNIT);
    if (this.#asked - this.#answered < WAITING) this.#waiting[this.#asked++ % WAITING] = asked;
  }

  #response(b: Uint8Array, at: number, end: number): void {
    const status = replyCode(b, at + VERSION.length + 2, end);
    this.#status = status;
    this.#html = false;
    this.#bodySeen = 0;
    if (status < 200 && status !== 101) return; // an interim answer (RFC 9110, 15.2)
    if (this.#answered < this.#asked) {
      this.#facts.response(this.#waiting[this.#answered++ % WAITING] as number, status >= 400);
    }
    if (status === 101 || (this.#connecting && status < 300)) this.finished = true;
  }

  field(b: Uint8Array, at: number, colon: number, value: number, end: number, fromClient: boolean): void {
    const facts = this.#facts;
    if (isField(TRANSFER_ENCODING, b, at, colon)) this.#chunked = true;
    if (fromClient) {
      if (isField(HOST, b, at, colon)) facts.evidence(Source.host, About.receiver, NO_UNIT, b, value, end);
      else if (isField(USER_AGENT, b, at, colon)) {
        facts.evidence(Source.userAgent, About.sender, NO_UNIT, b, value, end);
        facts.evidence(Source.userAgentSystem, About.sender, NO_UNIT, b, value, end);
      } else if (isField(AUTHORIZATION, b, at, colon) && startsWithAnyCase(BASIC, b, value, end)) {
        // the word alone: what follows is the password
        const word = value + BASIC.length - 1;
        facts.evidence(Source.basic, About.receiver, NO_UNIT, b, value, word);
        if (isDefaultLogin(b, word + 1, end))
          facts.evidence(Source.defaultLogin, About.receiver, NO_UNIT, b, value, word);
      }
      return;
    }
    if (isField(SERVER, b, at, colon)) facts.evidence(Source.server, About.sender, NO_UNIT, b, value, end);
    else if (isField(CONTENT_TYPE, b, at, colon)) this.#html = startsWithAnyCase(HTML, b, value, end);
    else if (isField(CHALLENGE, b, at, colon)) this.#realm(b, value, end);
  }

  #realm(b: Uint8Array, at: number, end: number): void {
    const realm = findAnyCase(REALM, b, at, end);
    if (realm < 0) return;
    const from = realm + REALM.length;
    const stop = find(0x22, b, from, end);
    if (stop > from) this.#facts.evidence(Source.realm, About.sender, NO_UNIT, b, from, stop);
  }

  bodyFollows(fromClient: boolean): boolean {
    if (fromClient) return this.#chunked;
    const bodyless = this.#status < 200 || this.#status === 204 || this.#status === 304;
    return !bodyless; // as long as it likes, until the connection closes or the next answer begins
  }

  body(b: Uint8Array, at: number, end: number, fromClient: boolean): void {
    if (fromClient || !this.#html || !this.#titleSought) return;
    const stop = Math.min(end, at + TITLE_WITHIN_BYTES - this.#bodySeen);
    this.#bodySeen += end - at;
    if (this.#bodySeen >= TITLE_WITHIN_BYTES) this.#titleSought = false;
    const tag = findAnyCase(TITLE, b, at, stop);
    if (tag < 0) return;
    const from = find(0x3e, b, tag, stop) + 1;
    const titleEnd = findAnyCase(TITLE_END, b, from, stop);
    if (titleEnd <= from) return;
    this.#titleSought = false;
    if (this.#status < 400) this.#facts.evidence(Source.title, About.sender, NO_UNIT, b, from, titleEnd);
  }
}

/** Whether the credentials in `b[at, end)` are exactly ones that everybody knows. */
function isDefaultLogin(b: Uint8Array, at: number, end: number): boolean {
  for (let i = 0; i < BASIC_LOGINS.length; i++) {
    const known = BASIC_LOGINS[i] as Uint8Array;
    if (end - at === known.length && startsWith(known, b, at, end)) return true;
  }
  return false;
}
