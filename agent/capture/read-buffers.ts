/** The memory that a file is read into, piece by piece. */
export interface ReadBuffers {
  /** A buffer that nobody uses. */
  take(): Uint8Array;
  /** Gives back one that was taken. */
  release(buffer: Uint8Array): void;
}

/** Buffers of `size` bytes, as many as are in use at once. */
export class OwnBuffers implements ReadBuffers {
  readonly #size: number;
  readonly #free: Uint8Array[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(this.#size);
  }

  release(buffer: Uint8Array): void {
    this.#free.push(buffer);
  }
}
