import { randomInt } from 'node:crypto';

/** Known to this process alone, so that nobody can send addresses that all fall into one place. Rows do not depend on it. */
const SEED = randomInt(2 ** 32) | 0;

/** Words in a key. */
const WORDS = 5;

/** A slot holds a row + 1 below, and above it the upper bits of its key's hash: most other keys are told apart by them. */
const ROW_BITS = 20;
const ROW_MASK = (1 << ROW_BITS) - 1;
/** Rows that a table can number. */
export const MAX_ROWS = ROW_MASK;

/** A hash of up to five 32-bit words, another in every process. */
export function hash5(k0: number, k1: number, k2: number, k3: number, k4: number): number {
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
 * nothing; the table doubles as it fills, up to a ceiling. Open addressing with linear probing, never more than half full:
 * a key that is not there costs one access to memory as a rule, one that is there two.
 */
export class KeyTable {
  readonly #ceiling: number;
  #keys: Int32Array;
  #slots: Int32Array; // 0 when free
  #size = 0;

  /** @param ceiling rows at most, up to MAX_ROWS */
  constructor(ceiling: number, initialRows = 64) {
    if (ceiling > MAX_ROWS)
      throw new RangeError(`a table of ${ceiling} rows: no more than ${MAX_ROWS} can be numbered`);
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
    const hash = hash5(k0, k1, k2, k3, k4);
    return ((this.#slots[this.#probe(hash, k0, k1, k2, k3, k4)] as number) & ROW_MASK) - 1;
  }

  /** The row of a key, made if need be; ABSENT when it is new and the table is at its ceiling. */
  add(k0: number, k1: number, k2: number, k3: number, k4: number): number {
    const hash = hash5(k0, k1, k2, k3, k4);
    const slot = this.#probe(hash, k0, k1, k2, k3, k4);
    const row = (this.#slots[slot] as number) & ROW_MASK;
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
    this.#slots[slot] = (hash & ~ROW_MASK) | ++this.#size;
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

  /** The slot of a key, or the free one where it would be. */
  #probe(hash: number, k0: number, k1: number, k2: number, k3: number, k4: number): number {
    const slots = this.#slots;
    const keys = this.#keys;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) return slot;
      if (((entry ^ hash) & ~ROW_MASK) === 0) {
        const at = ((entry & ROW_MASK) - 1) * WORDS;
        if (keys[at] === k0 && keys[at + 1] === k1 && keys[at + 2] === k2 && keys[at + 3] === k3) {
          if (keys[at + 4] === k4) return slot;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const rows = Math.min(this.#ceiling, 2 * (this.#keys.length / WORDS));
    const keys = new Int32Array(rows * WORDS);
    keys.set(this.#keys);
    this.#keys = keys;
    const slots = new Int32Array(powerOfTwoAtLeast(2 * rows));
    const mask = slots.length - 1;
    for (let row = 0, at = 0; row < this.#size; row++, at += WORDS) {
      const hash = hash5(
        keys[at] as number,
        keys[at + 1] as number,
        keys[at + 2] as number,
        keys[at + 3] as number,
        keys[at + 4] as number,
      );
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~ROW_MASK) | (row + 1);
    }
    this.#slots = slots;
  }
}

/** The smallest power of two that is not less than `n`. */
export function powerOfTwoAtLeast(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, n)));
}

/** `array` when it holds `length` numbers, else a longer copy. For columns that grow beside a KeyTable. */
export function grown<T extends Int32Array | Float64Array | Uint16Array | Uint8Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}
