/** NetBIOS names: RFC 1001, section 14.1 (first-level encoding) and the suffixes that Microsoft gave the 16th byte. */
import { u8 } from '../bytes.ts';
import { text } from '../text.ts';

export const NAME_BYTES = 16;
/** Half a byte per letter, from `A` on. */
export const ENCODED_BYTES = 32;

/** The 16th byte of a name: [MS-NBTE], section 2.2.1, and Microsoft's list of NetBIOS suffixes. */
export const Suffix = {
  workstation: 0x00,
  domainMasterBrowser: 0x1b,
  domainControllers: 0x1c,
  server: 0x20,
} as const;

/** Reads the encoded name at `b[at]` (behind its length byte) into `to`. False when the letters are none of it. */
export function decodeName(b: Uint8Array, at: number, to: Uint8Array, toAt: number): boolean {
  for (let i = 0; i < NAME_BYTES; i++) {
    const high = u8(b, at + 2 * i) - LETTER_A;
    const low = u8(b, at + 2 * i + 1) - LETTER_A;
    if (high < 0 || high > 15 || low < 0 || low > 15) return false;
    to[toAt + i] = (high << 4) | low;
  }
  return true;
}

const LETTER_A = 0x41;

/** Whether the 16 bytes at `at` are a host's or group's name, not a wildcard or a browser's `__MSBROWSE__`. */
export function isPlainName(b: Uint8Array, at: number): boolean {
  const first = u8(b, at);
  return first > 0x20 && first !== ASTERISK && first < 0x7f;
}

const ASTERISK = 0x2a;

/** The name without its padding and its suffix. */
export function nameText(b: Uint8Array, at: number): string | null {
  return text(b, at, at + NAME_BYTES - 1);
}
