import type { PacketView } from '../../parsers/net/packet-view.ts';

/** Packets remembered: more than a mirror port holds back. A power of two. */
const SLOTS = 4096;
/** Payload bytes that tell one datagram from the next, where neither identification nor checksum does. */
const SAMPLED_BYTES = 64;

/**
 * Recognises a packet that a mirror port shows twice: copied at ingress and at egress, in two VLANs, or before and
 * behind a router. TTL, MAC addresses and VLAN may differ; identification, ports, numbers, checksum and the start of
 * the payload may not.
 */
export class DuplicateFilter {
  readonly #window: number;
  readonly #seed: number;
  readonly #marks = new Int32Array(SLOTS);
  readonly #times = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);

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
      const stop = Math.min(v.payloadEnd, v.payloadAt + SAMPLED_BYTES);
      for (let at = v.payloadAt; at < stop; at++) h = Math.imul(h ^ (b[at] as number), 0x01000193);
      h = Math.imul(h ^ (h >>> 15) ^ length, 0x165667b1);
    }
    h ^= h >>> 16;
    const slot = h & (SLOTS - 1);
    const age = time - (this.#times[slot] as number);
    if (this.#marks[slot] === h && age <= this.#window && age >= -this.#window) return true;
    this.#marks[slot] = h;
    this.#times[slot] = time;
    return false;
  }
}
