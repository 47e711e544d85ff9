import type { ReadBuffers } from '../capture/read-buffers.ts';

/** Memory that threads see together. */
export interface SharedBuffer {
  /** Tells it from the others of its kind, from 0. */
  readonly number: number;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

interface Counted extends SharedBuffer {
  users: number;
}

/** Shared buffers of one size, each of which is used again when nobody uses it any longer. */
export class SharedBuffers implements ReadBuffers {
  readonly #size: number;
  readonly #all = new Map<ArrayBufferLike, Counted>();
  readonly #free: Counted[] = []; // what was freed last is taken first: it may still be in the processor's cache

  constructor(size: number) {
    this.#size = size;
  }

  /** One that nobody uses, for a first user. */
  take(): Uint8Array {
    const buffer = this.#free.pop() ?? this.#added();
    buffer.users = 1;
    return buffer.bytes;
  }

  #added(): Counted {
    const memory = new SharedArrayBuffer(this.#size);
    const buffer = { number: this.#all.size, bytes: new Uint8Array(memory), users: 0 };
    this.#all.set(memory, buffer);
    return buffer;
  }

  /** The one that these bytes lie in; undefined when they lie in none. */
  holding({ buffer }: Uint8Array): SharedBuffer | undefined {
    return this.#all.get(buffer);
  }

  /** One that is in use has another user. */
  use({ bytes }: SharedBuffer): void {
    this.#counted(bytes).users++;
  }

  /** A user needs it no longer. */
  release(bytes: Uint8Array): void {
    const buffer = this.#counted(bytes);
    buffer.users--;
    if (buffer.users === 0) this.#free.push(buffer);
  }

  #counted({ buffer }: Uint8Array): Counted {
    return this.#all.get(buffer) as Counted;
  }
}
