/** Messages of a start line, header fields and a body: HTTP/1 (RFC 9112, section 2), RTSP and SIP. */
import { ascii, decimal, find, LineReader, type LineTaker, skipBlanks, startsWithAnyCase } from './lines.ts';

/** Who takes the messages of one direction. `b` is only lent for the time of the call. */
export interface MessageTaker {
  /** Whether a segment whose bytes begin at `at` begins with a start line, or with so much of one as has come. */
  begins(b: Uint8Array, at: number, end: number): boolean;
  /** A start line. */
  start(b: Uint8Array, at: number, end: number, fromClient: boolean): void;
  /** A header field: its name is `b[at, colon)`, its value `b[value, end)`. */
  field(b: Uint8Array, at: number, colon: number, value: number, end: number, fromClient: boolean): void;
  /** The head has ended: whether a body of unknown length follows when no Content-Length said otherwise. */
  bodyFollows(fromClient: boolean): boolean;
  /** A piece of a body. */
  body?(b: Uint8Array, at: number, end: number, fromClient: boolean): void;
}

const COLON = 0x3a;
const CONTENT_LENGTH = ascii('content-length');
const NO_LENGTH = -1;

/** Finds the messages of one direction. A body that tells no length ends where a segment begins with a start line. */
export class MessageReader implements LineTaker {
  readonly #taker: MessageTaker;
  readonly #fromClient: boolean;
  readonly #lines: LineReader;
  #inHead = false;
  #inBody = true; // until a segment begins with a start line
  #bodyBytes = NO_LENGTH;

  constructor(taker: MessageTaker, fromClient: boolean) {
    this.#taker = taker;
    this.#fromClient = fromClient;
    this.#lines = new LineReader(this);
    this.#lines.passOver(Number.POSITIVE_INFINITY);
  }

  /** Takes a segment's bytes. */
  push(b: Uint8Array, at: number, end: number): void {
    // a body may be shorter than it said (an answer to HEAD has none at all), and bytes may have been lost
    if (this.#inBody && this.#taker.begins(b, at, end)) this.#restart();
    this.#lines.push(b, at, end);
  }

  /** Bytes were lost: nothing is believed until a segment begins with a start line. */
  lost(): void {
    this.#inHead = false;
    this.#inBody = true;
    this.#lines.restart();
    this.#lines.passOver(Number.POSITIVE_INFINITY);
  }

  line(b: Uint8Array, at: number, end: number): void {
    this.#inBody = false; // whatever was passed over is behind
    if (!this.#inHead) {
      if (at === end) return; // RFC 9112, 2.2: empty lines before a start line are ignored
      if (!this.#taker.begins(b, at, end)) {
        this.lost();
        return;
      }
      this.#inHead = true;
      this.#bodyBytes = NO_LENGTH;
      this.#taker.start(b, at, end, this.#fromClient);
      return;
    }
    if (at < end) {
      this.#field(b, at, end);
      return;
    }
    this.#inHead = false;
    const follows = this.#taker.bodyFollows(this.#fromClient);
    const bytes = this.#bodyBytes !== NO_LENGTH ? this.#bodyBytes : follows ? Number.POSITIVE_INFINITY : 0;
    if (bytes > 0) {
      this.#inBody = true;
      this.#lines.passOver(bytes);
    }
  }

  passed(b: Uint8Array, at: number, end: number): void {
    this.#taker.body?.(b, at, end, this.#fromClient);
  }

  #restart(): void {
    this.#inHead = false;
    this.#inBody = false;
    this.#lines.restart();
  }

  #field(b: Uint8Array, at: number, end: number): void {
    const colon = find(COLON, b, at, end);
    if (colon === end) return;
    const value = skipBlanks(b, colon + 1, end);
    if (colon - at === CONTENT_LENGTH.length && startsWithAnyCase(CONTENT_LENGTH, b, at, colon)) {
      this.#bodyBytes = decimal(b, value, end);
    }
    this.#taker.field(b, at, colon, value, end, this.#fromClient);
  }
}

/** Whether the field's name `b[at, colon)` is `name`, which is in lower case. */
export function isField(name: Uint8Array, b: Uint8Array, at: number, colon: number): boolean {
  return colon - at === name.length && startsWithAnyCase(name, b, at, colon);
}

/**
 * Whether `b[at, end)` begins with a request line: a method of capital letters, a target, and `version` at the end of
 * the line. A line that is cut does with a method that `isMethod` knows.
 */
export function isRequestLine(
  version: Uint8Array,
  isMethod: (b: Uint8Array, at: number, end: number) => boolean,
  b: Uint8Array,
  at: number,
  end: number,
): boolean {
  const method = find(SPACE, b, at, Math.min(end, at + MAX_METHOD_BYTES));
  if (method === at || method >= end || b[method] !== SPACE) return false;
  for (let i = at; i < method; i++) {
    const c = b[i] as number;
    if ((c < 0x41 || c > 0x5a) && c !== 0x2d && c !== 0x5f) return false;
  }
  let stop = method + 1;
  const limit = Math.min(end, at + MAX_LINE_BYTES);
  while (stop < limit && (b[stop] as number) > 0x20) stop++;
  if (stop === method + 1) return false;
  if (stop === limit) return isMethod(b, at, method); // the target goes on in the next segment
  for (let i = 0; i < version.length; i++) {
    if (stop + 1 + i === end) return isMethod(b, at, method);
    if (b[stop + 1 + i] !== version[i]) return false;
  }
  return b[stop] === SPACE;
}

const SPACE = 0x20;
const MAX_METHOD_BYTES = 20;
const MAX_LINE_BYTES = 8192;
