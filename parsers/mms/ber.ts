/** Walks values in the basic encoding rules: ISO 8825-1 (ITU-T X.690), 8.1. */
import { u8 } from '../bytes.ts';

const HIGH_NUMBER = 0x1f;
const LONG_LENGTH = 0x80;
const INTEGER = 0x02;
const OBJECT_IDENTIFIER = 0x06;

/** The value read last, at one level of nesting. One instance serves all conversations, since decoding never nests. */
class Ber {
  b: Uint8Array = new Uint8Array(0);
  /** Where the next value begins, and where those of this level end. */
  at = 0;
  end = 0;

  /** First identifier octet: class, constructed, and the number if it is below 31. */
  tag = 0;
  number = 0;
  valueAt = 0;
  valueEnd = 0;

  open(b: Uint8Array, at: number, end: number): void {
    this.b = b;
    this.at = at;
    this.end = end;
  }

  /** Reads the next value of this level; false at its end and where the encoding does not fit. */
  read(): boolean {
    const { b, end } = this;
    let at = this.at;
    if (end - at < 2) return false;
    this.tag = u8(b, at++);
    this.number = this.tag & HIGH_NUMBER;
    if (this.number === HIGH_NUMBER) {
      this.number = u8(b, at++); // no tag of these protocols needs more than seven bits
      if ((this.number & 0x80) !== 0 || at >= end) return false;
    }
    let length = u8(b, at++);
    if (length === LONG_LENGTH) {
      length = end - at; // indefinite: up to the end of what contains it, the end-of-contents octets included
    } else if (length > LONG_LENGTH) {
      const octets = length & 0x7f;
      if (octets > 4 || octets > end - at) return false;
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + u8(b, at++);
    }
    if (length > end - at) return false;
    this.valueAt = at;
    this.valueEnd = at + length;
    this.at = this.valueEnd;
    return true;
  }

  /** Goes on with what the value read last contains. */
  enter(): void {
    this.at = this.valueAt;
    this.end = this.valueEnd;
  }

  /** Reads on up to a value with this first octet. */
  find(tag: number): boolean {
    while (this.read()) if (this.tag === tag) return true;
    return false;
  }

  /** Reads the next value; true when it has this first octet. */
  reads(tag: number): boolean {
    return this.read() && this.tag === tag;
  }

  /** Reads the next value that is neither an object identifier nor an integer: those that name a context come first. */
  readPastContext(): boolean {
    do {
      if (!this.read()) return false;
    } while (this.tag === OBJECT_IDENTIFIER || this.tag === INTEGER);
    return true;
  }

  /** Reads the next value if it has this first octet and enters it. */
  into(tag: number): boolean {
    if (!this.reads(tag)) return false;
    this.enter();
    return true;
  }

  /** The value read last as an integer, cut to 32 bits. */
  integer(): number {
    let value = 0;
    for (let at = this.valueAt; at < this.valueEnd; at++) value = (value << 8) | u8(this.b, at);
    return value;
  }
}

/** The one walker of this protocol. */
export const ber: Ber = new Ber();
