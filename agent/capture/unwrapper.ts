/** Takes bytes as they are stored and passes on what they hold. */
export interface Unwrapper {
  /** The most bytes to push at once, so that what they hold keeps nobody waiting for long. */
  readonly pieceBytes: number;
  /** Takes the next bytes, which are lent until the promise is settled. Rejects when they cannot be unpacked or taken. */
  push(bytes: Uint8Array): Promise<void>;
  /** Says that no more bytes come. */
  end(): Promise<void>;
  /** Gives up what is held, at any time. */
  close(): void;
}

/** Where the unpacked bytes go. What it throws ends the unpacking, and is what `push` then rejects with. */
export interface Unpacked {
  /** Bytes taken so far. */
  readonly offset: number;
  /** Takes the next bytes, which are lent for the time of the call. */
  feed(chunk: Uint8Array): void;
}

/** Passes on bytes that are not compressed. */
export class PlainUnwrapper implements Unwrapper {
  readonly pieceBytes: number = Number.POSITIVE_INFINITY;
  readonly #to: Unpacked;

  constructor(to: Unpacked) {
    this.#to = to;
  }

  async push(bytes: Uint8Array): Promise<void> {
    this.#to.feed(bytes);
  }

  async end(): Promise<void> {}

  close(): void {}
}
