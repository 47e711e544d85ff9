import { i32be, u16be } from '../../parsers/bytes.ts';
import type { PacketView } from '../../parsers/net/packet-view.ts';
import type { Counters } from '../counters.ts';
import type { Limits } from '../limits.ts';
import { ABSENT, grown, hash5, KeyTable } from '../tables/key-table.ts';

/** Kinds of address. */
export const AddressKind = { ipv4: 4, ipv6: 6, mac: 1 } as const;
export type AddressKind = (typeof AddressKind)[keyof typeof AddressKind];

/** The scope of addresses that are used once, or in the VLAN where they were met first; see Overlaps. */
export const FIRST_SCOPE = 0;

/** Claims and questions remembered in a storm (a power of two; 4 MB): at 28,000 a second, for half a minute each. */
const REMEMBERED = 1 << 20;

/** What a question's hash has where a claim's has 0. */
const QUESTION = 1;

/** The host number that stands for "the table was full". */
export const NO_HOST = -1;

/**
 * Numbers every address that is met. A host is an address within a scope: today there is one scope; networks that
 * use the same addresses twice will get one each.
 */
export class Hosts {
  readonly #table: KeyTable;
  readonly #counters: Counters;
  readonly #ceiling: number;
  #remembered: Int32Array | undefined; // hashes; made when they are needed
  #first = new Float64Array(64).fill(Number.POSITIVE_INFINITY);
  #last = new Float64Array(64).fill(Number.NEGATIVE_INFINITY);

  constructor(limits: Limits, counters: Counters) {
    this.#table = new KeyTable(limits.hosts);
    this.#counters = counters;
    this.#ceiling = limits.hosts;
  }

  get count(): number {
    return this.#table.size;
  }

  /** Half of the numbers are given: an address gets one of the others when it shows that it is somebody's. */
  get crowded(): boolean {
    return this.#table.size >= this.#ceiling / 2;
  }

  /** The host of an IPv4 address that has a number already, or NO_HOST. */
  knownIpv4(address: number, scope: number): number {
    const host = this.#table.find(AddressKind.ipv4 | (scope << 4), address, 0, 0, 0);
    return host === ABSENT ? NO_HOST : host;
  }

  ipv4(address: number, scope: number): number {
    return this.#intern(AddressKind.ipv4 | (scope << 4), address, 0, 0, 0);
  }

  /** `asker` wants to know by ARP who has the IPv4 address `asked`. Where addresses are many, that is remembered. */
  question(asker: number, asked: number): void {
    if (this.crowded) this.#seenBefore(hash5(asker, asked, 0, 0, QUESTION));
  }

  /**
   * The sender of an ARP packet that answers `asker`, if that one has a number and did ask: as good as an IP packet that
   * answers, where addresses are many.
   * @returns the IPv4 host, or NO_HOST
   */
  answerer(macHigh: number, macLow: number, address: number, asker: number, scope: number, time: number): number {
    const answers =
      this.crowded &&
      this.knownIpv4(asker, scope) !== NO_HOST &&
      this.#isRemembered(hash5(asker, address, 0, 0, QUESTION));
    if (!answers) return this.claimant(macHigh, macLow, address, scope, time);
    this.sent(this.#intern(AddressKind.mac, macHigh, macLow, 0, 0), time);
    const host = this.ipv4(address, scope);
    this.sent(host, time);
    return host;
  }

  /**
   * The sender of an ARP packet, by its MAC address, and the IPv4 address it claims. Where addresses are many, who claims
   * something for the first time is only remembered, and gets no number: in a storm each claim is another.
   * @returns the IPv4 host, or NO_HOST
   */
  claimant(macHigh: number, macLow: number, address: number, scope: number, time: number): number {
    if (this.crowded && !this.#seenBefore(hash5(macHigh, macLow, address, 0, 0))) {
      const known = this.#table.find(AddressKind.mac, macHigh, macLow, 0, 0);
      if (known !== ABSENT) this.sent(known, time);
      const host = address === 0 ? NO_HOST : this.knownIpv4(address, scope);
      this.sent(host, time);
      if (known === ABSENT) this.#counters.hostsRefused++;
      return host;
    }
    this.sent(this.mac(macHigh, macLow), time);
    if (address === 0) return NO_HOST;
    const host = this.#internClaimed(AddressKind.ipv4 | (scope << 4), address, 0, 0, 0);
    this.sent(host, time);
    return host;
  }

  ipv6(a0: number, a1: number, a2: number, a3: number, scope: number): number {
    return this.#internClaimed(AddressKind.ipv6 | (scope << 4), a0, a1, a2, a3);
  }

  mac(high: number, low: number): number {
    return this.#internClaimed(AddressKind.mac, high, low, 0, 0);
  }

  /** The IP host that sent the packet in view. */
  sourceOf(v: PacketView, scope: number): number {
    return v.family === 6 ? this.ipv6(v.source0, v.source1, v.source2, v.source3, scope) : this.ipv4(v.source0, scope);
  }

  /** The IP host that the packet in view is for. */
  destinationOf(v: PacketView, scope: number): number {
    return v.family === 6
      ? this.ipv6(v.destination0, v.destination1, v.destination2, v.destination3, scope)
      : this.ipv4(v.destination0, scope);
  }

  /** The host whose address of 4 (IPv4), 16 (IPv6) or 6 (MAC) bytes stands at `b[at]`. */
  at(b: Uint8Array, at: number, bytes: 4 | 6 | 16, scope: number): number {
    if (bytes === 4) return this.ipv4(i32be(b, at), scope);
    if (bytes === 6) return this.mac(u16be(b, at), i32be(b, at + 2));
    return this.ipv6(i32be(b, at), i32be(b, at + 4), i32be(b, at + 8), i32be(b, at + 12), scope);
  }

  /** Notes that `host` sent something at `time` (microseconds). */
  sent(host: number, time: number): void {
    if (host === NO_HOST) return;
    if (time < (this.#first[host] as number)) this.#first[host] = time;
    if (time > (this.#last[host] as number)) this.#last[host] = time;
  }

  /** When the host first sent, in microseconds; infinity when it never did. */
  firstSent(host: number): number {
    return this.#first[host] as number;
  }

  /** When the host last sent, as far as `sent` was told. */
  lastSent(host: number): number {
    return this.#last[host] as number;
  }

  kind(host: number): AddressKind {
    return (this.#table.key(host, 0) & 15) as AddressKind;
  }

  scope(host: number): number {
    return this.#table.key(host, 0) >> 4;
  }

  /** Word 0 to 3 of the address: IPv4 in word 0, MAC as two bytes and four in words 0 and 1. */
  word(host: number, word: number): number {
    return this.#table.key(host, word + 1);
  }

  /** Whether what has this hash is remembered; it is from now on. */
  #seenBefore(hash: number): boolean {
    const before = this.#isRemembered(hash);
    this.#remembered ??= new Int32Array(REMEMBERED);
    this.#remembered[hash & (REMEMBERED - 1)] = hash | 1; // never 0, which is nothing's
    return before;
  }

  #isRemembered(hash: number): boolean {
    return this.#remembered !== undefined && this.#remembered[hash & (REMEMBERED - 1)] === (hash | 1);
  }

  /** Addresses that a single frame may have made up leave room for those that show themselves to be somebody's. */
  #internClaimed(kind: number, w0: number, w1: number, w2: number, w3: number): number {
    if (4 * this.#table.size < 3 * this.#ceiling) return this.#intern(kind, w0, w1, w2, w3);
    const host = this.#table.find(kind, w0, w1, w2, w3);
    if (host === ABSENT) this.#counters.hostsRefused++;
    return host === ABSENT ? NO_HOST : host;
  }

  #intern(kind: number, w0: number, w1: number, w2: number, w3: number): number {
    const host = this.#table.add(kind, w0, w1, w2, w3);
    if (host === ABSENT) {
      this.#counters.hostsRefused++;
      return NO_HOST;
    }
    if (host === this.#first.length) {
      this.#first = grown(this.#first, host + 1).fill(Number.POSITIVE_INFINITY, host);
      this.#last = grown(this.#last, host + 1).fill(Number.NEGATIVE_INFINITY, host);
    }
    return host;
  }
}
