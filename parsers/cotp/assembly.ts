/** A buffer that shorter buffers start with: most conversations need no more. */
const FIRST_BYTES = 1024;

/** What is kept allocated between two assemblies; a longer buffer is given back as soon as it has been used. */
const KEPT_BYTES = 4096;

const EMPTY = new Uint8Array(0);

/** Puts the fragments of one message together, in a buffer that grows with it up to a limit. */
export class Assembly {
  readonly #limit: number;
  #tooLong = false;

  /** The fragments, in `bytes[0, length)`. */
  bytes = EMPTY;
  length = 0;

  /** @param limit the longest message in bytes; what grows beyond is dropped */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the next fragment continues a message (be it one that has been dropped for its length). */
  get started(): boolean {
    return this.length > 0 || this.#tooLong;
  }

  /** Adds `b[at, end)`. Returns false if the message is too long: then its other fragments are dropped too. */
  append(b: Uint8Array, at: number, end: number): boolean {
    const length = this.length + end - at;
    if (this.#tooLong || length > this.#limit) {
      this.clear();
      this.#tooLong = true;
      return false;
    }
    if (length > this.bytes.length) {
      const grown = new Uint8Array(Math.min(this.#limit, Math.max(FIRST_BYTES, 2 * this.bytes.length, length)));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    const { bytes } = this;
    for (let from = at, to = this.length; from < end; from++, to++) bytes[to] = b[from] as number;
    this.length = length;
    return true;
  }

  /** Ends the message: the next fragment begins another. */
  clear(): void {
    this.length = 0;
    this.#tooLong = false;
    if (this.bytes.length > KEPT_BYTES) this.bytes = EMPTY;
  }
}
