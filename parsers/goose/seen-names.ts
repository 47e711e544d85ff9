import { u8 } from '../bytes.ts';

/** Control blocks that one publisher sends to one multicast group: a few. One too many is only told again. */
const SLOTS = 32;

/** Which names were seen before: a small table of hashes, so that what comes with a name is told once, not per message. */
export class SeenNames {
  readonly #hashes = new Int32Array(SLOTS);

  /** Whether `b[at, end)` was seen before; it is from now on. */
  has(b: Uint8Array, at: number, end: number): boolean {
    let hash = 0x811c9dc5; // FNV-1a
    for (let i = at; i < end; i++) hash = Math.imul(hash ^ u8(b, i), 0x01000193);
    if (hash === 0) hash = 1; // 0 is an empty slot
    const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    if (this.#hashes[slot] === hash) return true;
    this.#hashes[slot] = hash;
    return false;
  }
}
