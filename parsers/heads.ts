/** The starts of messages in a stream of which only the starts are worth a look: file servers, brokers, databases. */

/** How the messages of a stream are measured. */
export interface Measure {
  /** Bytes that `size` looks at; also the shortest message. */
  readonly headerBytes: number;
  /** Bytes of each message that are handed on at most. */
  readonly headBytes: number;
  /** Bytes of the whole message at `at`, of which `end - at` have come; -1 when none can begin there, 0 for "not to be told yet". */
  size(b: Uint8Array, at: number, end: number): number;
}

/** Who takes the heads. `b` is only lent for the time of the call. */
export interface HeadTaker {
  /** The first bytes of a message of `size` bytes, `headBytes` of them when it is longer. */
  head(b: Uint8Array, at: number, end: number, size: number, fromClient: boolean): void;
}

/**
 * Finds the messages of one direction and hands on their first bytes, however TCP cut them; the rest of each is passed
 * over without a copy. Out of step, it waits for a segment that begins a message.
 */
export class HeadReader {
  readonly #measure: Measure;
  readonly #taker: HeadTaker;
  readonly #fromClient: boolean;
  #held: Uint8Array | undefined;
  #heldBytes = 0;
  #toPass = 0;

  constructor(measure: Measure, taker: HeadTaker, fromClient: boolean) {
    this.#measure = measure;
    this.#taker = taker;
    this.#fromClient = fromClient;
  }

  /** Takes the stream's next bytes, a segment's. Answers false when they begin no message where one should. */
  push(b: Uint8Array, at: number, end: number): boolean {
    let next = at;
    while (next < end) {
      if (this.#toPass > 0) {
        const passed = Math.min(this.#toPass, end - next);
        this.#toPass -= passed;
        next += passed;
      } else if (this.#heldBytes > 0) {
        const taken = this.#continue(b, next, end);
        if (taken < 0) return this.#stray();
        next += taken;
      } else {
        const size = this.#sizeOf(b, next, end);
        if (size < 0 || (size === 0 && end - next >= this.#measure.headBytes)) return this.#stray();
        const wanted = Math.min(size, this.#measure.headBytes);
        if (size === 0 || end - next < wanted) {
          this.#hold(b, next, end);
          return true;
        }
        this.#taker.head(b, next, next + wanted, size, this.#fromClient);
        this.#toPass = size - wanted;
        next += wanted;
      }
    }
    return true;
  }

  /** Bytes were lost; the next segment is taken for the start of a message if it can be one. */
  lost(): void {
    this.#heldBytes = 0;
    this.#toPass = 0;
  }

  #stray(): boolean {
    this.lost();
    return false;
  }

  /** Adds to the held start of a message; answers how many bytes that took, -1 when it is none after all. */
  #continue(b: Uint8Array, at: number, end: number): number {
    const held = this.#held as Uint8Array;
    const { headerBytes, headBytes } = this.#measure;
    let next = at;
    while (next < end) {
      const size = this.#sizeOf(held, 0, this.#heldBytes);
      if (size < 0) return -1;
      const wanted =
        size === 0 ? Math.min(headBytes, Math.max(headerBytes, this.#heldBytes + 1)) : Math.min(size, headBytes);
      const stop = Math.min(end, next + wanted - this.#heldBytes);
      this.#hold(b, next, stop);
      next = stop;
      const known = this.#sizeOf(held, 0, this.#heldBytes);
      if (known < 0 || (known === 0 && this.#heldBytes >= headBytes)) return -1;
      if (known > 0 && this.#heldBytes >= Math.min(known, headBytes)) {
        const bytes = this.#heldBytes;
        this.#heldBytes = 0;
        this.#taker.head(held, 0, bytes, known, this.#fromClient);
        this.#toPass = known - bytes;
        return next - at;
      }
    }
    return next - at;
  }

  #sizeOf(b: Uint8Array, at: number, end: number): number {
    return end - at < this.#measure.headerBytes ? 0 : this.#measure.size(b, at, end);
  }

  #hold(b: Uint8Array, at: number, end: number): void {
    this.#held ??= new Uint8Array(this.#measure.headBytes);
    for (let from = at; from < end; from++) this.#held[this.#heldBytes++] = b[from] as number;
  }
}
