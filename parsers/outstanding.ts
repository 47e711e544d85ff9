/** The handle that says "no request with this id is waiting". */
export const NONE = -1;

/** Most conversations have a request or two open at a time: their table is 32 bytes, and stays in the processor's cache. */
const FIRST_SLOTS = 4;

/**
 * Requests of one conversation that await their answers, by the id both carry: a table that grows to a fixed size, in
 * which a newer request then takes the place of one whose answer never came, so that a lost answer costs nothing.
 */
export class Outstanding {
  #slots: Int32Array; // of each slot the id and the operation, side by side
  #mask: number;
  readonly #most: number;

  /** @param slots how many requests may wait at once; a power of two. Ids usually count up, so id modulo slots spreads. */
  constructor(slots: number) {
    const first = Math.min(FIRST_SLOTS, slots);
    this.#slots = new Int32Array(2 * first).fill(NONE);
    this.#mask = first - 1;
    this.#most = slots;
  }

  /** Remembers that `operation` (a FactSink handle) was asked for under `id` (any 32 bits). */
  put(id: number, operation: number): void {
    let at = this.#place(id);
    while (this.#slots[at + 1] !== NONE && this.#slots[at] !== (id | 0) && this.#mask + 1 < this.#most) {
      this.#grow();
      at = this.#place(id);
    }
    this.#slots[at] = id;
    this.#slots[at + 1] = operation;
  }

  /** The operation asked for under `id`, or NONE; it waits no longer. */
  take(id: number): number {
    const at = this.#place(id);
    if (this.#slots[at] !== (id | 0)) return NONE;
    const operation = this.#slots[at + 1] as number;
    this.#slots[at + 1] = NONE;
    return operation;
  }

  #place(id: number): number {
    return ((id ^ (id >>> 16)) & this.#mask) << 1;
  }

  /** Twice the room; what waits keeps to itself, for ids that differ in the lower bits still do. */
  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(2 * before.length).fill(NONE);
    this.#mask = (this.#mask << 1) | 1;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === NONE) continue;
      const id = before[from] as number;
      const at = this.#place(id);
      this.#slots[at] = id;
      this.#slots[at + 1] = before[from + 1] as number;
    }
  }
}
