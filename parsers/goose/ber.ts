/** Basic encoding rules (ITU-T X.690, clause 8.1) of IEC 61850's publications: tags of one byte, definite lengths. */
import { u8, u16be } from '../bytes.ts';

/** The longest header: tag, length of length, two bytes of length. A publication fits an Ethernet frame. */
const LONG_FORM = 0x80;

/** Where the value of the element at `at` begins, or -1 when its header is not whole or of no known form. */
export function valueAt(b: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return -1;
  const length = u8(b, at + 1);
  if (length < LONG_FORM) return at + 2;
  const value = at + 2 + (length & 0x7f);
  return length <= LONG_FORM + 2 && length > LONG_FORM && value <= end ? value : -1;
}

/** Bytes of the value of the element at `at`, whose header `valueAt` found whole. */
export function lengthOf(b: Uint8Array, at: number): number {
  const length = u8(b, at + 1);
  if (length < LONG_FORM) return length;
  return length === LONG_FORM + 1 ? u8(b, at + 2) : u16be(b, at + 2);
}

/** Whether the integer `b[at, end)` is zero. */
export function isZero(b: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (u8(b, i) !== 0) return false;
  return true;
}
