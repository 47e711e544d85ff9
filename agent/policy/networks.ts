/** Networks in CIDR notation (RFC 4632; RFC 4291, section 2.3), and which of many an address lies in. */
import { type IpAddress, ipText, parseIp } from '../model/parse-address.ts';

/** All addresses that share their first `prefix` bits. */
export interface Network {
  readonly address: IpAddress;
  readonly prefix: number;
}

/** The network that `text` (`10.1.2.0/24`) is; null when it is none. Bits behind the prefix are kept as written. */
export function parseNetwork(text: string): Network | null {
  const [, before = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseIp(before);
  const prefix = Number(bits);
  return address === null || prefix > 32 * address.words.length ? null : { address, prefix };
}

/** The words of an address with all bits behind the prefix cleared. */
export function maskedWords({ words }: IpAddress, prefix: number): number[] {
  return words.map((word, index) => {
    const kept = Math.min(32, Math.max(0, prefix - 32 * index));
    return kept === 0 ? 0 : word & (-1 << (32 - kept));
  });
}

/** Finds the longest of many networks that an address lies in. */
export class NetworkTable<T> {
  /** By number of words, then by prefix, then by the network's words. */
  readonly #networks = new Map<number, Map<number, Map<string, T>>>();

  add({ address, prefix }: Network, value: T): void {
    const family = this.#networks.get(address.words.length) ?? new Map<number, Map<string, T>>();
    this.#networks.set(address.words.length, family);
    const ofPrefix = family.get(prefix) ?? new Map<string, T>();
    family.set(prefix, ofPrefix);
    ofPrefix.set(maskedWords(address, prefix).join(), value);
    // the longest first
    this.#networks.set(address.words.length, new Map([...family].sort(([a], [b]) => b - a)));
  }

  /** What was added with the longest network around `address`, or undefined. */
  longest(address: IpAddress): T | undefined {
    for (const [prefix, networks] of this.#networks.get(address.words.length) ?? []) {
      const value = networks.get(maskedWords(address, prefix).join());
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** Fewer addresses are named one by one. */
const LEAST_OF_A_NETWORK = 4;

/**
 * The networks of which every address is among `all`, so that they take in no other, and the rest of `addresses`.
 * @param addresses those that are to be named, IPv4 or IPv6; networks are made of IPv4 addresses
 * @param all further addresses that the networks may take in
 */
export function wholeNetworks(
  addresses: readonly string[],
  all: readonly string[],
): { readonly networks: readonly string[]; readonly rest: readonly string[] } {
  const wanted = new Set(addresses);
  const numbers = [...new Set([...addresses, ...all].flatMap((text) => ipv4Number(text) ?? []))].sort((a, b) => a - b);
  const networks: string[] = [];
  const covered = new Set<string>();
  for (let at = 0; at < numbers.length; ) {
    const size = largestBlock(numbers, at);
    const texts = Array.from({ length: size }, (_, i) => ipText([((numbers[at] as number) + i) | 0]));
    if (texts.filter((text) => wanted.has(text)).length >= LEAST_OF_A_NETWORK) {
      networks.push(`${texts[0]}/${32 - Math.log2(size)}`);
      for (const text of texts) covered.add(text);
    }
    at += size;
  }
  return { networks, rest: [...wanted].filter((text) => !covered.has(text)) };
}

function ipv4Number(text: string): number | null {
  const { words = [] } = parseIp(text) ?? {};
  return words.length === 1 ? (words[0] as number) >>> 0 : null;
}

/** The largest power of two of numbers in a row that begins at `at` and is aligned as a network is. */
function largestBlock(numbers: readonly number[], at: number): number {
  const first = numbers[at] as number;
  let size = 1;
  while (first % (2 * size) === 0 && numbers[at + 2 * size - 1] === first + 2 * size - 1) size *= 2;
  return size;
}
