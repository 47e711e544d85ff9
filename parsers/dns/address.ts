/** Addresses in DNS records: whose they may be, and those that stand in a name. */
import { u8 } from '../bytes.ts';
import { ADDRESS_ROOM, ascii, type NameText } from './message.ts';

/** Whether the IPv4 address at `at` is a host's: not 0/8, loopback, multicast or above. */
function isHost4(b: Uint8Array, at: number): boolean {
  const first = u8(b, at);
  return first !== 0 && first !== 127 && first < 224;
}

/** RFC 1918 and link-local (RFC 3927). */
function isPrivate4(b: Uint8Array, at: number): boolean {
  const first = u8(b, at);
  const second = u8(b, at + 1);
  return (
    first === 10 ||
    (first === 172 && (second & 0xf0) === 16) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  );
}

/** Unique local (RFC 4193) and link-local (RFC 4291, section 2.5.6). */
function isPrivate6(b: Uint8Array, at: number): boolean {
  const first = u8(b, at);
  return (first & 0xfe) === 0xfc || (first === 0xfe && (u8(b, at + 1) & 0xc0) === 0x80);
}

/** Whether the address is a private one: one of ours, not a host on the Internet. */
export function isPrivate(b: Uint8Array, at: number, bytes: 4 | 16): boolean {
  return bytes === 4 ? isPrivate4(b, at) : isPrivate6(b, at);
}

/** Whether the address may be a host's on this link, a public one included. */
export function isUnicast(b: Uint8Array, at: number, bytes: 4 | 16): boolean {
  return bytes === 4 ? isHost4(b, at) : isPrivate6(b, at) || (u8(b, at) & 0xe0) === 0x20;
}

const REVERSE_4 = ascii('.in-addr.arpa');
const REVERSE_6 = ascii('.ip6.arpa');
const NIBBLES = 32;

/**
 * Reads the address that a reverse lookup's name stands for (RFC 1035, section 3.5; RFC 3596, section 2.5) into
 * `to[0, 16)`, so that it ends at `to[ADDRESS_ROOM]`. Returns its bytes, 0 when the name is of another kind.
 */
export function reverseAddress(name: NameText, to: Uint8Array): 0 | 4 | 16 {
  if (name.endsWith(REVERSE_4)) return reverse4(name.bytes, name.end - REVERSE_4.length, to) ? 4 : 0;
  if (name.endsWith(REVERSE_6)) return reverse6(name.bytes, name.end - REVERSE_6.length, to) ? 16 : 0;
  return 0;
}

function reverse4(text: Uint8Array, end: number, to: Uint8Array): boolean {
  let octet = 0;
  let digits = 0;
  let at = ADDRESS_ROOM; // the last octet comes first
  for (let i = ADDRESS_ROOM; i <= end; i++) {
    const digit = i < end ? u8(text, i) - 0x30 : -1;
    if (digit >= 0 && digit <= 9 && digits < 3) {
      octet = 10 * octet + digit;
      digits++;
    } else {
      if (digits === 0 || octet > 255 || at === ADDRESS_ROOM - 4 || (i < end && u8(text, i) !== 0x2e)) return false;
      to[--at] = octet;
      octet = 0;
      digits = 0;
    }
  }
  return at === ADDRESS_ROOM - 4;
}

function reverse6(text: Uint8Array, end: number, to: Uint8Array): boolean {
  if (end - ADDRESS_ROOM !== 2 * NIBBLES - 1) return false;
  for (let i = 0; i < NIBBLES; i++) {
    const nibble = nibbleOf(u8(text, ADDRESS_ROOM + 2 * i)); // the lowest comes first
    if (nibble < 0) return false;
    const octet = ADDRESS_ROOM - 1 - (i >>> 1);
    to[octet] = (i & 1) === 0 ? nibble : u8(to, octet) | (nibble << 4);
  }
  return true;
}

function nibbleOf(character: number): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30;
  const letter = character | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
