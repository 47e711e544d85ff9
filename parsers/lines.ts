/** Lines of text protocols, in place where they lie within a segment, and what such lines are asked. */
import { u8 } from './bytes.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Longer lines are handed on cut: no start line, header or reply of interest is longer. */
const MAX_HELD_BYTES = 1024;

/** Who takes the lines of one direction. `b` is only lent for the time of the call. */
export interface LineTaker {
  /** A line without its end of line. */
  line(b: Uint8Array, at: number, end: number): void;
  /** Bytes that `passOver` asked to pass over. */
  passed?(b: Uint8Array, at: number, end: number): void;
}

/** Cuts one direction of a stream into lines, however TCP cut it; bodies between them are passed over uncopied. */
export class LineReader {
  readonly #taker: LineTaker;
  #held: Uint8Array | undefined; // the start of a line whose rest has not come yet
  #heldBytes = 0;
  #toPass = 0;

  constructor(taker: LineTaker) {
    this.#taker = taker;
  }

  /** Takes the stream's next bytes. */
  push(b: Uint8Array, at: number, end: number): void {
    let next = at;
    while (next < end) {
      if (this.#toPass > 0) {
        const stop = Math.min(end, next + this.#toPass);
        this.#toPass -= stop - next;
        this.#taker.passed?.(b, next, stop);
        next = stop;
        continue;
      }
      const stop = find(LF, b, next, end);
      if (stop === end) {
        this.#hold(b, next, end);
        return;
      }
      if (this.#heldBytes > 0) {
        this.#hold(b, next, stop);
        const bytes = this.#heldBytes;
        this.#heldBytes = 0;
        const held = this.#held as Uint8Array;
        this.#taker.line(held, 0, withoutReturn(held, 0, bytes));
      } else {
        this.#taker.line(b, next, withoutReturn(b, next, stop));
      }
      next = stop + 1;
    }
  }

  /** The next `bytes` are no lines; Infinity until told otherwise. */
  passOver(bytes: number): void {
    this.#toPass = bytes;
  }

  /** Whether a line has begun and not ended. */
  get midLine(): boolean {
    return this.#heldBytes > 0;
  }

  /** The next byte begins a line. */
  restart(): void {
    this.#heldBytes = 0;
    this.#toPass = 0;
  }

  #hold(b: Uint8Array, at: number, end: number): void {
    this.#held ??= new Uint8Array(MAX_HELD_BYTES);
    const stop = Math.min(end, at + MAX_HELD_BYTES - this.#heldBytes);
    for (let from = at; from < stop; from++) this.#held[this.#heldBytes++] = b[from] as number;
  }
}

function withoutReturn(b: Uint8Array, at: number, end: number): number {
  return end > at && b[end - 1] === CR ? end - 1 : end;
}

/** Where `byte` first stands in `b[at, end)`; `end` when it does not. */
export function find(byte: number, b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && b[next] !== byte) next++;
  return next;
}

/** The end of the first line of `b[at, end)`, before its end of line; `end` when the line does not end there. */
export function lineEnd(b: Uint8Array, at: number, end: number): number {
  const stop = find(LF, b, at, end);
  return stop === end ? end : withoutReturn(b, at, stop);
}

/** The bytes of an ASCII text, to compare with. */
export function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

/** Whether `b[at, end)` begins with `prefix`. */
export function startsWith(prefix: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (b[at + i] !== prefix[i]) return false;
  return true;
}

/** As `startsWith`, whatever the case of ASCII letters in `b`; `prefix` is in lower case. */
export function startsWithAnyCase(prefix: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (lower(b[at + i] as number) !== prefix[i]) return false;
  return true;
}

/** Where `part`, in lower case, first stands in `b[at, end)` in any case; -1 when it does not. */
export function findAnyCase(part: Uint8Array, b: Uint8Array, at: number, end: number): number {
  const first = part[0] as number;
  for (let next = at; next <= end - part.length; next++) {
    if (lower(b[next] as number) === first && startsWithAnyCase(part, b, next, end)) return next;
  }
  return -1;
}

/** Past the blanks at `at`. */
export function skipBlanks(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (b[next] === 0x20 || b[next] === 0x09)) next++;
  return next;
}

/** The unsigned decimal number at `at`, -1 when there is none; beyond nine digits it stays as large as they say. */
export function decimal(b: Uint8Array, at: number, end: number): number {
  let value = -1;
  for (let next = at; next < end && next < at + 15; next++) {
    const digit = u8(b, next) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = (value < 0 ? 0 : value * 10) + digit;
  }
  return value;
}

/** A three-digit reply code (RFC 959, RFC 5321, HTTP) at `at`, 0 when there is none. */
export function replyCode(b: Uint8Array, at: number, end: number): number {
  if (end - at < 3) return 0;
  const code = decimal(b, at, at + 3);
  return code >= 100 ? code : 0;
}

/** Whether all of `b[at, end)` is printable ASCII. */
export function isPrintable(b: Uint8Array, at: number, end: number): boolean {
  for (let next = at; next < end; next++) if (u8(b, next) < 0x20 || u8(b, next) > 0x7e) return false;
  return true;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
