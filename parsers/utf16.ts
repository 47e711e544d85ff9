/** UTF-16LE, the form in which Windows protocols write names. */
import { u16le } from './bytes.ts';
import { text } from './text.ts';

/** Printable text of the UTF-16LE in `b[at, end)`, up to the first NUL; `null` when nothing is left. For evidence. */
export function utf16Text(b: Uint8Array, at: number, end: number): string | null {
  let value = '';
  for (let next = at; next + 1 < end && next < at + MAX_BYTES; next += 2) {
    const unit = u16le(b, next);
    if (unit === 0) break;
    value += String.fromCharCode(unit);
  }
  const bytes = encoder.encode(value);
  return text(bytes, 0, bytes.length);
}

/** Where the NUL-terminated UTF-16LE string at `at` ends: before its NUL, or at `end`. */
export function utf16End(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next + 1 < end && u16le(b, next) !== 0) next += 2;
  return Math.min(next, end);
}

/** No host has a longer name. */
const MAX_BYTES = 512;

const encoder = new TextEncoder();
