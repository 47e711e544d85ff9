import type { PacketView } from '../../parsers/net/packet-view.ts';

/** Packets remembered: more than a mirror port holds back. A power of two. */
const SLOTS = 2048;
/**
 * Payload bytes that tell one datagram from the next where neither identification nor checksum does: counters stand
 * near the start (CIP's at 10, DNS's and SNMP's before 16), what changes with the values near the end.
 */
const SAMPLED_AT_START = 16;
const SAMPLED_AT_END = 4;

/**
 * Recognises a packet that a mirror port shows twice: copied at ingress and at egress, in two VLANs, or before and
 * behind a router. TTL, MAC addresses and VLAN may differ; identification, ports, numbers, checksum and the start of
 * the payload may not.
 */
export class DuplicateFilter {
  readonly #window: number;
  readonly #seed: number;
  /** Of each slot the mark and the time, side by side so that one look at memory gets both. */
  readonly #slots = new Float64Array(2 * SLOTS).fill(Number.NEGATIVE_INFINITY);

  /**
   * @param window microseconds within which a repeated packet is a copy
   * @param seed any number, kept from those who craft packets: without it none can be made to look like another's copy
   */
  constructor(window: number, seed: number) {
    this.#window = window;
    this.#seed = seed | 0;
  }

  /** Whether the packet in view, of flow `flow` and direction `direction`, was seen just before. */
  seen(v: PacketView, flow: number, direction: 0 | 1, isTcp: boolean, time: number): boolean {
    const length = v.payloadEnd - v.payloadAt;
    let h = Math.imul(this.#seed ^ (flow + direction), 0x9e3779b1);
    h ^= (h >>> 15) ^ ((v.identification << 16) | v.checksum);
    if (isTcp) {
      // the checksum covers flags, payload and options; it may be unset, so sequence and length count too
      h = Math.imul(h ^ v.sequence, 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13) ^ v.acknowledgment ^ ((v.flags << 24) | length), 0xc2b2ae35);
    } else {
      const b = v.bytes;
      const stop = Math.min(v.payloadEnd, v.payloadAt + SAMPLED_AT_START);
      for (let at = v.payloadAt; at < stop; at++) h = Math.imul(h ^ (b[at] as number), 0x01000193);
      for (let at = Math.max(stop, v.payloadEnd - SAMPLED_AT_END); at < v.payloadEnd; at++) {
        h = Math.imul(h ^ (b[at] as number), 0x01000193);
      }
      h = Math.imul(h ^ (h >>> 15) ^ length, 0x165667b1);
    }
    h ^= h >>> 16;
    const slots = this.#slots;
    const at = (h & (SLOTS - 1)) << 1;
    const age = time - (slots[at + 1] as number);
    if (slots[at] === h && age <= this.#window && age >= -this.#window) return true;
    slots[at] = h;
    slots[at + 1] = time;
    return false;
  }
}
