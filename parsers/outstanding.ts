/** The handle that says "no request with this id is waiting". */
export const NONE = -1;

/**
 * Requests of one conversation that await their answers, by the id both carry: a fixed table in which a newer
 * request takes the place of one whose answer never came, so that a lost answer costs nothing.
 */
export class Outstanding {
  readonly #slots: Int32Array; // of each slot the id and the operation, side by side
  readonly #mask: number;

  /** @param slots how many requests may wait at once; a power of two. Ids usually count up, so id modulo slots spreads. */
  constructor(slots: number) {
    this.#slots = new Int32Array(2 * slots).fill(NONE);
    this.#mask = slots - 1;
  }

  /** Remembers that `operation` (a FactSink handle) was asked for under `id` (any 32 bits). */
  put(id: number, operation: number): void {
    const at = ((id ^ (id >>> 16)) & this.#mask) << 1;
    this.#slots[at] = id;
    this.#slots[at + 1] = operation;
  }

  /** The operation asked for under `id`, or NONE; it waits no longer. */
  take(id: number): number {
    const at = ((id ^ (id >>> 16)) & this.#mask) << 1;
    if (this.#slots[at] !== (id | 0)) return NONE;
    const operation = this.#slots[at + 1] as number;
    this.#slots[at + 1] = NONE;
    return operation;
  }
}
