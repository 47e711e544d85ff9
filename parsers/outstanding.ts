/** The handle that says "no request with this id is waiting". */
export const NONE = -1;

/**
 * Requests of one conversation that await their answers, by the id both carry: a fixed table in which a newer
 * request takes the place of one whose answer never came, so that a lost answer costs nothing.
 */
export class Outstanding {
  readonly #ids: Int32Array;
  readonly #operations: Int32Array;
  readonly #mask: number;

  /** @param slots how many requests may wait at once; a power of two. Ids usually count up, so id modulo slots spreads. */
  constructor(slots: number) {
    this.#ids = new Int32Array(slots);
    this.#operations = new Int32Array(slots).fill(NONE);
    this.#mask = slots - 1;
  }

  /** Remembers that `operation` (a FactSink handle) was asked for under `id` (any 32 bits). */
  put(id: number, operation: number): void {
    const slot = (id ^ (id >>> 16)) & this.#mask;
    this.#ids[slot] = id;
    this.#operations[slot] = operation;
  }

  /** The operation asked for under `id`, or NONE; it waits no longer. */
  take(id: number): number {
    const slot = (id ^ (id >>> 16)) & this.#mask;
    if (this.#ids[slot] !== (id | 0)) return NONE;
    const operation = this.#operations[slot] as number;
    this.#operations[slot] = NONE;
    return operation;
  }
}
