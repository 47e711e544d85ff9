import type { Counters } from '../counters.ts';
import type { Limits } from '../limits.ts';
import { ABSENT, grown, KeyTable } from '../tables/key-table.ts';

/**
 * Behind which MAC address, in which VLAN and with which TTL each IP address was seen, and which addresses a MAC
 * claimed by ARP: what tells a device's own MAC from its router's. One row per host, MAC and VLAN.
 */
export class Sightings {
  readonly #table: KeyTable;
  readonly #counters: Counters;
  readonly #perHost: number;
  #ofHost = new Uint16Array(64); // rows of each host
  #lowestTtl = new Uint8Array(64);
  #highestTtl = new Uint8Array(64);
  #claimed = new Uint8Array(64);

  constructor(limits: Limits, counters: Counters) {
    this.#table = new KeyTable(limits.sightings);
    this.#counters = counters;
    this.#perHost = limits.sightingsPerHost;
  }

  get count(): number {
    return this.#table.size;
  }

  /** A packet of `host` came from this MAC address, in this VLAN, with this TTL. */
  seen(host: number, macHigh: number, macLow: number, vlan: number, ttl: number): void {
    const row = this.#row(host, macHigh, macLow, vlan);
    if (row === ABSENT) return;
    if (ttl < (this.#lowestTtl[row] as number) || this.#highestTtl[row] === 0) this.#lowestTtl[row] = ttl;
    if (ttl > (this.#highestTtl[row] as number)) this.#highestTtl[row] = ttl;
  }

  /** The MAC address said by ARP that `host` is its own. */
  claim(host: number, macHigh: number, macLow: number, vlan: number): void {
    const row = this.#row(host, macHigh, macLow, vlan);
    if (row !== ABSENT) this.#claimed[row] = 1;
  }

  host(row: number): number {
    return this.#table.key(row, 0);
  }
  macHigh(row: number): number {
    return this.#table.key(row, 1);
  }
  macLow(row: number): number {
    return this.#table.key(row, 2);
  }
  vlan(row: number): number {
    return this.#table.key(row, 3);
  }
  lowestTtl(row: number): number {
    return this.#lowestTtl[row] as number;
  }
  highestTtl(row: number): number {
    return this.#highestTtl[row] as number;
  }
  claimed(row: number): boolean {
    return this.#claimed[row] === 1;
  }

  #row(host: number, macHigh: number, macLow: number, vlan: number): number {
    const known = this.#table.find(host, macHigh, macLow, vlan, 0);
    if (known !== ABSENT) return known;
    this.#ofHost = grown(this.#ofHost, host + 1);
    const ofHost = this.#ofHost[host] as number;
    const row = ofHost < this.#perHost ? this.#table.add(host, macHigh, macLow, vlan, 0) : ABSENT;
    if (row === ABSENT) {
      this.#counters.sightingsRefused++;
      return ABSENT;
    }
    this.#ofHost[host] = ofHost + 1;
    this.#lowestTtl = grown(this.#lowestTtl, row + 1);
    this.#highestTtl = grown(this.#highestTtl, row + 1);
    this.#claimed = grown(this.#claimed, row + 1);
    return row;
  }
}
