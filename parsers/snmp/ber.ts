/** Basic Encoding Rules (ITU-T X.690), as far as SNMP, LDAP and Kerberos use them: tags of one byte, definite lengths. */
import { u8 } from '../bytes.ts';

/** Universal tags (X.680, section 8.4), with the constructed bit where it is always set. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Bytes of length that fit into what is ever read as one value. */
const MAX_LENGTH_BYTES = 4;
const HIGH_TAG = 0x1f;
const LONG_FORM = 0x80;

/** Reads one element after another, in place. A decoder keeps one; where it stands is in its fields. */
export class BerReader {
  tag = 0;
  /** The value of the element last read: `b[at, end)`; the next begins at `end`. */
  at = 0;
  end = 0;

  /**
   * Reads the element at `at`, whose value must end by `end`.
   * @returns false when there is none, and the fields say nothing
   */
  read(b: Uint8Array, at: number, end: number): boolean {
    if (!this.readHeader(b, at, end)) return false;
    return this.end <= end;
  }

  /** As `read`, for an element that may be longer than what is there. */
  readHeader(b: Uint8Array, at: number, end: number): boolean {
    if (end - at < 2) return false;
    this.tag = u8(b, at);
    if ((this.tag & HIGH_TAG) === HIGH_TAG) return false;
    let length = u8(b, at + 1);
    let next = at + 2;
    if (length >= LONG_FORM) {
      let bytes = length & ~LONG_FORM;
      if (bytes === 0 || bytes > MAX_LENGTH_BYTES || end - next < bytes) return false;
      for (length = 0; bytes > 0; bytes--) length = length * 256 + u8(b, next++);
    }
    this.at = next;
    this.end = next + length;
    return true;
  }

  /** As `read`, and the element has `tag`. */
  expect(tag: number, b: Uint8Array, at: number, end: number): boolean {
    return this.read(b, at, end) && this.tag === tag;
  }

  /** The value last read as an integer of 32 bits, the higher ones dropped. */
  integer(b: Uint8Array): number {
    let value = this.at < this.end && (u8(b, this.at) & 0x80) !== 0 ? -1 : 0;
    for (let i = this.at; i < this.end; i++) value = (value << 8) | u8(b, i);
    return value;
  }
}

/** An object identifier (X.690, section 8.19) with dots between its numbers. */
export function objectIdentifier(b: Uint8Array, at: number, end: number): string {
  const numbers: number[] = [];
  let number = 0;
  for (let i = at; i < end; i++) {
    const byte = u8(b, i);
    number = number * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (numbers.length === 0) {
      const root = Math.min(Math.floor(number / 40), 2);
      numbers.push(root, number - 40 * root);
    } else {
      numbers.push(number);
    }
    number = 0;
  }
  return numbers.join('.');
}
