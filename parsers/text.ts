/** Byte ranges as text, for evidence that turned out to be news. Devices pad, terminate and garble their names. */

/**
 * Printable text of `b[at, end)`: UTF-8 where it is valid, else Latin-1; cut at the first NUL, control characters
 * dropped, blanks trimmed. `null` when nothing is left.
 */
export function text(b: Uint8Array, at: number, end: number): string | null {
  const stop = end - at > MAX_BYTES ? characterBorder(b, at + MAX_BYTES) : end;
  const nul = b.subarray(at, stop).indexOf(0);
  const bytes = b.subarray(at, nul < 0 ? stop : at + nul);
  let value: string;
  try {
    value = utf8.decode(bytes);
  } catch {
    value = String.fromCharCode(...bytes.subarray(0, MAX_TEXT)); // not UTF-8: one character per byte
  }
  return printable(value);
}

/** Text as it can be kept and shown, however it was encoded; `null` when nothing is left. */
export function printable(value: string): string | null {
  const whole = value.replace(UNPRINTABLE, ' ').replace(HALF_CHARACTER, ' ').replace(/\s+/g, ' ').trim();
  const clean = whole.slice(0, MAX_TEXT).replace(HALF_CHARACTER, '').trimEnd();
  if (clean === '') return null;
  return clean.length < value.length ? copied(clean) : clean;
}

/** `b[at, end)` as lower-case hexadecimal digits. */
export function hex(b: Uint8Array, at: number, end: number): string {
  let out = '';
  for (let i = at; i < end; i++) out += (b[i] as number).toString(16).padStart(2, '0');
  return out;
}

/** `value` as `digits` lower-case hexadecimal digits after `0x`. */
export function hexNumber(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** No device needs a longer name; a hostile one must not fill the inventory. */
const MAX_TEXT = 256;
/** Of a longer name no more is looked at: four bytes for each character that may be kept (RFC 3629, section 3). */
const MAX_BYTES = 4 * MAX_TEXT;

/** `at`, or the beginning of the UTF-8 character that lies across it; no character has more than three bytes before it. */
function characterBorder(b: Uint8Array, at: number): number {
  let border = at;
  while (at - border < 3 && ((b[border] as number) & 0xc0) === 0x80) border--;
  return border;
}

/** The same text on its own: engines keep a whole string for as long as a piece of it is kept, 60 kB for a name. */
function copied(piece: string): string {
  return utf8.decode(encoder.encode(piece));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]/g;

/** One of the two UTF-16 units of a character without the other: it was cut, or was never one. */
const HALF_CHARACTER = /\p{Cs}/gu;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();
