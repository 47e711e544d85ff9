/** Reads the records of one format. */
export interface RecordReader {
  /** Bytes that must be there, from where `read` stopped, before it gets any further. Never more than it is worth holding. */
  readonly needed: number;

  /**
   * Reads the whole records that `b[at, end)` begins with.
   *
   * @param base where `b[0]` lies in the stream, for errors
   * @returns where it stopped: at the first byte of what it needs `needed` bytes of; or beyond `end`, when all up to
   *   there is to be passed over.
   */
  read(b: Uint8Array, at: number, end: number, base: number): number;

  /** The stream ended at `offset`, `held` bytes behind the last whole record or `missing` bytes before the next. */
  end(offset: number, held: number, missing: number): void;
}

/** A hold of this size is kept when it empties: it takes the longest packet of a usual capture. */
const KEPT_HOLD_BYTES = 512 * 1024;

const EMPTY = new Uint8Array(0);

/**
 * Cuts a stream that comes in chunks of any size into records. Records are read in place; only one that straddles
 * chunks is copied, into a hold that grows with the bytes that have come, never by what a length field promises.
 */
export class RecordStream {
  readonly #reader: RecordReader;
  #held = EMPTY; // the start of a record whose rest has not come yet
  #heldBytes = 0;
  #missing = 0; // bytes to pass over that have not come yet
  #offset = 0; // of the next byte to come
  #failure: unknown;

  constructor(reader: RecordReader) {
    this.#reader = reader;
  }

  /** Bytes taken so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Where in the stream the last whole record ends; undefined while one is being passed over. */
  get wholeUntil(): number | undefined {
    return this.#missing > 0 ? undefined : this.#offset - this.#heldBytes;
  }

  /** Takes the stream's next bytes. Throws what the reader throws, and throws it again ever after. */
  feed(chunk: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      this.#feed(chunk);
    } catch (error) {
      this.#failure = error;
      this.#held = EMPTY;
      throw error;
    }
  }

  /** Says that no more bytes come. */
  end(): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#reader.end(this.#offset, this.#heldBytes, this.#missing);
  }

  #feed(chunk: Uint8Array): void {
    const end = chunk.length;
    const base = this.#offset;
    let at = Math.min(this.#missing, end);
    this.#missing -= at;
    if (this.#heldBytes > 0) at = this.#finishHeld(chunk, at, end);
    if (at < end) at = this.#reader.read(chunk, at, end, base);
    if (at > end) this.#missing += at - end;
    else if (at < end) this.#hold(chunk, at, end);
    this.#offset += end;
  }

  /** Returns where in `chunk` the first record after the held one begins. */
  #finishHeld(chunk: Uint8Array, at: number, end: number): number {
    let next = at;
    while (this.#heldBytes > 0) {
      const stop = Math.min(end, next + this.#reader.needed - this.#heldBytes);
      this.#hold(chunk, next, stop);
      next = stop;
      if (this.#heldBytes < this.#reader.needed) break;
      const held = this.#heldBytes;
      // What is held ends at `next`, which lies `#offset + next` bytes into the stream.
      const read = this.#reader.read(this.#held, 0, held, this.#offset + next - held);
      if (read === 0) continue; // it was the header, and now the reader knows how long the record is
      this.#release();
      next += read - held;
    }
    return next;
  }

  /** Copies `chunk[at, end)` behind what is held. */
  #hold(chunk: Uint8Array, at: number, end: number): void {
    const size = this.#heldBytes + end - at;
    if (size > this.#held.length) {
      const grown = new Uint8Array(Math.max(size, 2 * this.#held.length, 4096));
      grown.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = grown;
    }
    this.#held.set(chunk.subarray(at, end), this.#heldBytes);
    this.#heldBytes = size;
  }

  #release(): void {
    this.#heldBytes = 0;
    if (this.#held.length > KEPT_HOLD_BYTES) this.#held = EMPTY;
  }
}
