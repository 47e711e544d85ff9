/** Addresses as text, for evidence that turned out to be news. One of zeros only is none. */
import { u8, u16be } from './bytes.ts';

/** The IPv4 address at `at` in dotted decimal; `null` for 0.0.0.0. */
export function ipv4(b: Uint8Array, at: number): string | null {
  const address = `${u8(b, at)}.${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`;
  return address === '0.0.0.0' ? null : address;
}

/** The IPv6 address at `at` after RFC 5952: lower case, the longest run of two zeros or more shortened; `null` for `::`. */
export function ipv6(b: Uint8Array, at: number): string | null {
  const groups = Array.from({ length: 8 }, (_, i) => u16be(b, at + 2 * i));
  let start = 0;
  let longest = 1;
  for (let i = 0; i < groups.length; i++) {
    let run = 0;
    while (groups[i + run] === 0) run++;
    if (run > longest) {
      start = i;
      longest = run;
    }
  }
  if (longest === groups.length) return null;
  const digits = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (longest === 1) return digits(groups);
  return `${digits(groups.slice(0, start))}::${digits(groups.slice(start + longest))}`;
}

/** The MAC address at `at`, e.g. `00:1b:1b:02:e6:1e`. */
export function mac(b: Uint8Array, at: number): string | null {
  const address = Array.from({ length: 6 }, (_, i) =>
    u8(b, at + i)
      .toString(16)
      .padStart(2, '0'),
  ).join(':');
  return address === '00:00:00:00:00:00' ? null : address;
}
