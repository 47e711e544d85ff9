import { randomInt } from 'node:crypto';

/** Known to this process alone, so that nobody can send addresses that all fall into one place. Rows do not depend on it. */
const SEED = randomInt(2 ** 32) | 0;

/** Words in a key. */
const WORDS = 5;

/** A hash of up to five 32-bit words. */
function hash5(k0: number, k1: number, k2: number, k3: number, k4: number): number {
  let h = Math.imul(k0 ^ SEED, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ k1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ k2, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16) ^ k3, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 15) ^ k4, 0x165667b1);
  return h ^ (h >>> 16);
}

/** Answer of `find` and `add` when there is no row. */
export const ABSENT = -1;

/**
 * A set of keys of five 32-bit integers that gives each a row number, from 0 up in order of arrival. Lookups allocate
 * nothing; the table doubles as it fills, up to a ceiling. Open addressing with linear probing, never more than half full.
 */
export class KeyTable {
  readonly #ceiling: number;
  #keys: Int32Array;
  #slots: Int32Array; // row + 1, 0 when free
  #size = 0;

  /** @param ceiling rows at most */
  constructor(ceiling: number, initialRows = 64) {
    const rows = Math.min(ceiling, initialRows);
    this.#ceiling = ceiling;
    this.#keys = new Int32Array(rows * WORDS);
    this.#slots = new Int32Array(powerOfTwoAtLeast(2 * rows));
  }

  /** Rows so far. */
  get size(): number {
    return this.#size;
  }

  /** The row of a key, or ABSENT. */
  find(k0: number, k1: number, k2: number, k3: number, k4: number): number {
    return (this.#slots[this.#probe(k0, k1, k2, k3, k4)] as number) - 1;
  }

  /** The row of a key, made if need be; ABSENT when it is new and the table is at its ceiling. */
  add(k0: number, k1: number, k2: number, k3: number, k4: number): number {
    const slot = this.#probe(k0, k1, k2, k3, k4);
    const row = this.#slots[slot] as number;
    if (row !== 0) return row - 1;
    if (this.#size === this.#ceiling) return ABSENT;
    if (this.#size * WORDS === this.#keys.length) {
      this.#grow();
      return this.add(k0, k1, k2, k3, k4);
    }
    const at = this.#size * WORDS;
    this.#keys[at] = k0;
    this.#keys[at + 1] = k1;
    this.#keys[at + 2] = k2;
    this.#keys[at + 3] = k3;
    this.#keys[at + 4] = k4;
    this.#slots[slot] = ++this.#size;
    return this.#size - 1;
  }

  /** A table of its own with the same rows. */
  copy(): KeyTable {
    const copy = new KeyTable(this.#ceiling, 0);
    copy.#keys = this.#keys.slice();
    copy.#slots = this.#slots.slice();
    copy.#size = this.#size;
    return copy;
  }

  /** Word `word` of the key in `row`. */
  key(row: number, word: number): number {
    return this.#keys[row * WORDS + word] as number;
  }

  #probe(k0: number, k1: number, k2: number, k3: number, k4: number): number {
    const slots = this.#slots;
    const keys = this.#keys;
    const mask = slots.length - 1;
    let slot = hash5(k0, k1, k2, k3, k4) & mask;
    for (;;) {
      const row = slots[slot] as number;
      if (row === 0) return slot;
      const at = (row - 1) * WORDS;
      if (keys[at] === k0 && keys[at + 1] === k1 && keys[at + 2] === k2 && keys[at + 3] === k3 && keys[at + 4] === k4) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const rows = Math.min(this.#ceiling, 2 * (this.#keys.length / WORDS));
    const keys = new Int32Array(rows * WORDS);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(powerOfTwoAtLeast(2 * rows));
    for (let row = 0, at = 0; row < this.#size; row++, at += WORDS) {
      const slot = this.#probe(
        keys[at] as number,
        keys[at + 1] as number,
        keys[at + 2] as number,
        keys[at + 3] as number,
        keys[at + 4] as number,
      );
      this.#slots[slot] = row + 1;
    }
  }
}

/** The smallest power of two that is not less than `n`. */
export function powerOfTwoAtLeast(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, n)));
}

/** `array` when it holds `length` numbers, else a longer copy. For columns that grow beside a KeyTable. */
export function grown<T extends Int32Array | Float64Array | Uint8Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}
