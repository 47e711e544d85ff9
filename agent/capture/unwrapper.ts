import { CaptureError } from './capture-error.ts';

/** Takes bytes as they are stored and passes on what they hold. */
export interface Unwrapper {
  /** The most bytes to push at once, so that what they hold keeps nobody waiting for long. */
  readonly pieceBytes: number;
  /** Takes the next bytes, which are lent until the promise is settled. Rejects when they cannot be unpacked or taken. */
  push(bytes: Uint8Array): Promise<void>;
  /** Says that no more bytes come. */
  end(): Promise<void>;
  /** Settled when all that was pushed has been passed on, or something failed: nobody knows what comes next, or whether. */
  passedOn(): Promise<void>;
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

/** How much a compressed capture may hold. */
export interface UnpackLimit {
  /** So many times the bytes that were stored. */
  readonly ratio: number;
  /** Bytes that it may hold in any case: what is small harms nobody, and may compress well. */
  readonly freeBytes: number;
}

/** Passes unpacked bytes on as long as they are no more than the limit allows for what was stored. */
export class LimitedUnpacked implements Unpacked {
  readonly #to: Unpacked;
  readonly #limit: UnpackLimit;
  /** Bytes read so far, as they are stored. */
  storedBytes = 0;

  constructor(to: Unpacked, limit: UnpackLimit) {
    this.#to = to;
    this.#limit = limit;
  }

  get offset(): number {
    return this.#to.offset;
  }

  feed(chunk: Uint8Array): void {
    const { ratio, freeBytes } = this.#limit;
    if (this.offset + chunk.length > Math.max(freeBytes, ratio * this.storedBytes)) {
      const message = `holds more than ${ratio} times its size: unpack it, and see what it holds`;
      throw new CaptureError('COMPRESSION_EXCESSIVE', this.offset, message);
    }
    this.#to.feed(chunk);
  }
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

  async passedOn(): Promise<void> {}

  close(): void {}
}
