/** Walks the tagged values of an APDU: ANSI/ASHRAE 135-2020, 20.2.1. */
import { u8, u16be, u32be } from '../bytes.ts';

/** Application tag numbers (20.2.1.4). */
export const Application = { unsigned: 2, characterString: 7, enumerated: 9, objectIdentifier: 12 } as const;

const CONTEXT = 0x08;
const EXTENDED_NUMBER = 15;
const EXTENDED_LENGTH = 5;
const OPENING = 6;
const CLOSING = 7;
const BOOLEAN = 1; // its value is where others have their length
const LENGTH_IN_2 = 254;
const LENGTH_IN_4 = 255;

/** The tag read last. One instance serves all conversations, since decoding never nests. */
export class Tags {
  b: Uint8Array = new Uint8Array(0);
  next = 0;
  end = 0;

  number = 0;
  context = false;
  opening = false;
  closing = false;
  valueAt = 0;
  valueEnd = 0;
  /** A tag pointed past the end. */
  cut = false;

  open(b: Uint8Array, at: number, end: number): void {
    this.b = b;
    this.next = at;
    this.end = end;
    this.cut = false;
  }

  /** Reads the next tag; false at the end, and when it does not fit. */
  read(): boolean {
    const { b, end } = this;
    let at = this.next;
    if (at >= end) return false;
    const first = u8(b, at++);
    this.number = first >>> 4;
    if (this.number === EXTENDED_NUMBER) {
      if (at >= end) return this.#stop();
      this.number = u8(b, at++);
    }
    this.context = (first & CONTEXT) !== 0;
    const kind = first & 7;
    this.opening = this.context && kind === OPENING;
    this.closing = this.context && kind === CLOSING;
    let length = kind;
    if (this.opening || this.closing || (!this.context && this.number === BOOLEAN)) {
      length = 0;
    } else if (kind === EXTENDED_LENGTH) {
      if (at >= end) return this.#stop();
      length = u8(b, at++);
      if (length === LENGTH_IN_2 || length === LENGTH_IN_4) {
        const octets = length === LENGTH_IN_2 ? 2 : 4;
        if (end - at < octets) return this.#stop();
        length = octets === 2 ? u16be(b, at) : u32be(b, at);
        at += octets;
      }
    }
    if (length > end - at) return this.#stop();
    this.valueAt = at;
    this.valueEnd = at + length;
    this.next = this.valueEnd;
    return true;
  }

  /** Whether the next tag is this context tag; reads it if so. */
  readContext(number: number): boolean {
    const { next } = this;
    if (this.read() && this.context && !this.opening && !this.closing && this.number === number) return true;
    this.next = next;
    return false;
  }

  /** Whether the next tag opens this constructed value; reads it if so. */
  readOpening(number: number): boolean {
    const { next } = this;
    if (this.read() && this.opening && this.number === number) return true;
    this.next = next;
    return false;
  }

  /** Whether the tag read last is this application tag. */
  is(application: number): boolean {
    return !this.context && this.number === application;
  }

  /** The value as an unsigned number; -1 when it is too long for one. */
  unsigned(): number {
    if (this.valueEnd - this.valueAt > 4) return -1;
    let value = 0;
    for (let at = this.valueAt; at < this.valueEnd; at++) value = value * 256 + u8(this.b, at);
    return value;
  }

  /** Passes over what the opening tag read last contains. */
  skipConstructed(): void {
    let depth = 1;
    while (depth > 0 && this.read()) {
      if (this.opening) depth++;
      else if (this.closing) depth--;
    }
  }

  #stop(): boolean {
    this.cut = true;
    this.next = this.end;
    return false;
  }
}

/** The one walker of this protocol. */
export const tags: Tags = new Tags();

/** Object identifiers: type in the upper 10 bits, instance below (20.2.14). */
export function objectType(identifier: number): number {
  return identifier >>> 22;
}
export function objectInstance(identifier: number): number {
  return identifier & 0x3fffff;
}
