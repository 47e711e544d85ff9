import { INITIAL_TTLS } from '../../parsers/net/ip.ts';
import type { PacketView } from '../../parsers/net/packet-view.ts';
import type { Limits } from '../limits.ts';
import { ABSENT, grown, KeyTable } from '../tables/key-table.ts';

/** Instead of a TTL: the address was claimed by ARP, which no router forwards. */
export const CLAIMED = -1;

/**
 * IPv4 addresses that two devices use in two VLANs: machines bought twice, each with its own 192.168.0.x. An address
 * that is on its own link (by ARP, or by a TTL that no router has counted down) in a second VLAN, behind another MAC,
 * is another device's there. The VLAN where it was met first keeps scope 0; every other is a scope of its own.
 */
export class Overlaps {
  readonly #homes: KeyTable; // address, MAC, VLAN as met first on its own link
  #macHigh = new Int32Array(64);
  #macLow = new Int32Array(64);
  #vlan = new Int32Array(64);
  readonly #twice = new Map<number, number>(); // address -> the VLAN that keeps scope 0

  constructor(limits: Limits) {
    this.#homes = new KeyTable(limits.hosts);
  }

  /** Addresses known to be used twice. */
  get count(): number {
    return this.#twice.size;
  }

  /**
   * Whether `seen` would note something of a tagged packet from this address: all who share a reading must know of it.
   * @param vlan 1 to 4095
   */
  learns(address: number, macHigh: number, macLow: number, vlan: number, ttl: number): boolean {
    if (!INITIAL_TTLS.has(ttl)) return false;
    const row = this.#homes.find(address, 0, 0, 0, 0);
    return row === ABSENT || (this.#isElsewhere(row, macHigh, macLow, vlan) && !this.#twice.has(address));
  }

  /**
   * The source address of the packet in view was seen, with this TTL or CLAIMED. Called when something about it is new.
   * @returns whether it is thereby found to be used twice: the packet belongs to another scope than it seemed
   */
  seen(v: PacketView, ttl: number): boolean {
    if (!v.hasMac || v.vlan === 0 || (ttl !== CLAIMED && !INITIAL_TTLS.has(ttl))) return false;
    const known = this.#homes.size;
    const row = this.#homes.add(v.source0, 0, 0, 0, 0);
    if (row === ABSENT) return false;
    if (row === known) {
      this.#macHigh = grown(this.#macHigh, row + 1);
      this.#macLow = grown(this.#macLow, row + 1);
      this.#vlan = grown(this.#vlan, row + 1);
      this.#macHigh[row] = v.sourceMacHigh;
      this.#macLow[row] = v.sourceMacLow;
      this.#vlan[row] = v.vlan;
      return false;
    }
    if (!this.#isElsewhere(row, v.sourceMacHigh, v.sourceMacLow, v.vlan) || this.#twice.has(v.source0)) return false;
    this.#twice.set(v.source0, this.#vlan[row] as number);
    return true;
  }

  /** Whether this is another device than the one met first: it has another MAC address, in another VLAN. */
  #isElsewhere(row: number, macHigh: number, macLow: number, vlan: number): boolean {
    const sameMac = this.#macHigh[row] === macHigh && this.#macLow[row] === macLow;
    return !sameMac && this.#vlan[row] !== vlan;
  }

  /** The scope of the packet in view: its VLAN, when one of its addresses is another device's there. */
  scopeOf(v: PacketView): number {
    if (v.family === 6 || v.vlan === 0) return 0;
    const home = this.#twice.get(v.source0) ?? this.#twice.get(v.destination0);
    return home === undefined || home === v.vlan ? 0 : v.vlan;
  }
}
