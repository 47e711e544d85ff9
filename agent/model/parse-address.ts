/** Addresses as people write them, read: the counterpart of `address.ts`. */
import { isIPv4, isIPv6 } from 'node:net';
import { ipv4Text, ipv6Text, macText } from '../../parsers/addresses.ts';

/** An IP address as its words of 32 bits: one of IPv4, four of IPv6. */
export interface IpAddress {
  readonly words: readonly number[];
  /** As snapshots write it: dotted IPv4, RFC 5952 IPv6. */
  readonly text: string;
}

/** The IP address that `text` is, or null. Zones of IPv6 (`fe80::1%eth0`) are none: they mean something on one machine only. */
export function parseIp(text: string): IpAddress | null {
  if (isIPv4(text)) {
    const words = [wordOf(text)];
    return { words, text: ipText(words) };
  }
  if (!isIPv6(text) || text.includes('%')) return null;
  // RFC 4291, section 2.2: the last two groups may be written as an IPv4 address
  const groups = text.replace(/\d+\.\d+\.\d+\.\d+$/, (last) => {
    const word = wordOf(last);
    return `${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`;
  });
  const [head = '', tail] = groups.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = new Array<string>(8 - before.length - after.length).fill('0');
  const numbers = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  const words = [0, 2, 4, 6].map((at) => ((numbers[at] as number) << 16) | (numbers[at + 1] as number));
  return { words, text: ipText(words) };
}

/** An address of one word (IPv4) or four (IPv6) as text. */
export function ipText(words: readonly number[]): string {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words;
  return words.length === 1 ? ipv4Text(w0) : ipv6Text(w0, w1, w2, w3);
}

/** The MAC address that `text` is, colon-separated in lower case, or null: `:`, `-` and Cisco's dots are understood. */
export function parseMac(text: string): string | null {
  if (!/^([0-9a-f]{2}([:-])[0-9a-f]{2}(\2[0-9a-f]{2}){4}|([0-9a-f]{4}\.){2}[0-9a-f]{4})$/i.test(text)) return null;
  const digits = text.replace(/[^0-9a-f]/gi, '');
  return macText(Number.parseInt(digits.slice(0, 4), 16), Number.parseInt(digits.slice(4), 16));
}

function wordOf(ipv4: string): number {
  return ipv4.split('.').reduce((word, part) => (word << 8) | Number(part), 0);
}
