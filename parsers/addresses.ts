/** Addresses as people write them: from the words in which they are kept, or from bytes for evidence that turned out to be news. */
import { i32be, u16be } from './bytes.ts';

/** Dotted decimal of an IPv4 address. */
export function ipv4Text(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

/** RFC 5952 of an IPv6 address: lower case, no leading zeros, the longest run of two or more zero groups shortened. */
export function ipv6Text(w0: number, w1: number, w2: number, w3: number): string {
  const groups = [w0, w1, w2, w3].flatMap((word) => [word >>> 16, word & 0xffff]);
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > length) {
      start = i;
      length = run;
    }
  }
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (start < 0) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

/** Colon-separated MAC address from its first two bytes and its last four. */
export function macText(high: number, low: number): string {
  const digits = (high & 0xffff).toString(16).padStart(4, '0') + (low >>> 0).toString(16).padStart(8, '0');
  return (digits.match(/../g) as string[]).join(':');
}

/** The IPv4 address at `at`; `null` for 0.0.0.0, which is none. */
export function ipv4(b: Uint8Array, at: number): string | null {
  const word = i32be(b, at);
  return word === 0 ? null : ipv4Text(word);
}

/** The IPv6 address at `at`; `null` for `::`, which is none. */
export function ipv6(b: Uint8Array, at: number): string | null {
  const text = ipv6Text(i32be(b, at), i32be(b, at + 4), i32be(b, at + 8), i32be(b, at + 12));
  return text === '::' ? null : text;
}

/** The MAC address at `at`; `null` for one of zeros only, which is none. */
export function mac(b: Uint8Array, at: number): string | null {
  const high = u16be(b, at);
  const low = i32be(b, at + 2);
  return high === 0 && low === 0 ? null : macText(high, low);
}
