import { FrameBatch } from './frame-batch.ts';
import { GivenUp } from './given-up.ts';
import type { SharedBuffer, SharedBuffers } from './shared-buffers.ts';

/** Bytes of a batch: entries of as many frames as a chunk mostly has; the longest frame fits, too. */
const BATCH_BYTES = 512 * 1024;

/** Batches on their way from which on the reading waits: a thread takes a while to start, and to get up to speed. */
const BATCHES_BEFORE_WAITING = 48;
/** And from which on it gives up: a piece of a compressed capture may hold thousands of times its size. */
const BATCHES_AT_MOST = 192;

/** What the thread at the other end is told, in the order of the frames. */
export type LaneMessage =
  /** Frames that follow are of the next file. */
  | { readonly next: 'file' }
  /** Memory that is spoken of by its number from now on. */
  | { readonly memory: SharedArrayBuffer; readonly number: number; readonly of: 'batch' | 'chunk' }
  /** See `FrameBatch.read`; without a chunk, all frames lie in the batch. */
  | { readonly batch: number; readonly used: number; readonly chunk: number | undefined }
  /** No more frames come: so many were passed over since the last, of which the last has this time (µs). */
  | { readonly passed: number; readonly lastTime: number };

/** A batch to be filled, and the chunk that it goes with. */
interface Load {
  readonly number: number;
  readonly frames: FrameBatch;
  chunk: SharedBuffer | undefined;
}

/** The way of frames to a thread that works on its share of them. Whoever fills it faster than it is emptied must wait. */
export class Lane {
  readonly #chunks: SharedBuffers;
  readonly #send: (message: LaneMessage) => void;
  readonly #underWay: Load[] = [];
  readonly #free: Load[] = [];
  readonly #knownChunks = new Set<number>(); // at the other end
  #batches = 0; // that there are
  #load: Load; // being filled
  #lastNumber = 0; // of the last frame sent
  #room: (() => void) | undefined; // called when there is room again
  #closed = false;

  /** @param chunks what the capture is read into */
  constructor(chunks: SharedBuffers, send: (message: LaneMessage) => void) {
    this.#chunks = chunks;
    this.#send = send;
    this.#load = this.#empty();
  }

  /** Frames that follow are of the next file, numbered from 1. */
  beginFile(): void {
    this.#flush();
    this.#lastNumber = 0;
    this.#send({ next: 'file' });
  }

  /**
   * Sends frame `number` of its file; see `FrameBatch.add`.
   * @param chunk that the frame lies in; undefined when in none
   * @throws GivenUp when too much is under way, or nobody at the other end
   */
  frame(
    b: Uint8Array,
    chunk: SharedBuffer | undefined,
    at: number,
    end: number,
    wireBytes: number,
    time: number,
    link: number,
    fcsBytes: number,
    number: number,
    forAll: boolean,
  ): void {
    if (!this.#load.frames.fits(end - at)) this.#flush();
    if (chunk !== undefined && chunk !== this.#load.chunk) this.#begin(chunk);
    const passed = number - this.#lastNumber - 1;
    this.#lastNumber = number;
    this.#load.frames.add(b, chunk !== undefined, at, end, wireBytes, time, link, fcsBytes, passed, forAll);
  }

  /** No more frames come. The last of all was frame `number` of its file, at `time`. */
  end(number: number, time: number): void {
    this.#flush();
    this.#send({ passed: number - this.#lastNumber, lastTime: time });
  }

  /** The batch goes with this chunk. */
  #begin(chunk: SharedBuffer): void {
    if (this.#load.chunk !== undefined) this.#flush();
    this.#load.chunk = chunk;
    this.#chunks.use(chunk);
    const { number, bytes } = chunk;
    if (this.#knownChunks.has(number)) return;
    this.#knownChunks.add(number);
    this.#send({ memory: bytes.buffer, number, of: 'chunk' });
  }

  #flush(): void {
    const { number, frames, chunk } = this.#load;
    if (frames.used === 0) return;
    if (this.#closed || this.#underWay.length === BATCHES_AT_MOST) throw new GivenUp();
    this.#underWay.push(this.#load);
    this.#send({ batch: number, used: frames.used, chunk: chunk?.number });
    this.#load = this.#free.pop() ?? this.#empty();
  }

  #empty(): Load {
    const memory = new SharedArrayBuffer(BATCH_BYTES);
    const number = this.#batches++;
    this.#send({ memory, number, of: 'batch' });
    return { number, frames: new FrameBatch(memory), chunk: undefined };
  }

  /** The first of the batches under way was worked on. */
  done(): void {
    const load = this.#underWay.shift() as Load;
    if (load.chunk !== undefined) this.#chunks.release(load.chunk.bytes);
    load.chunk = undefined;
    load.frames.used = 0;
    this.#free.push(load);
    if (!this.#isCrowded) this.#room?.();
  }

  get #isCrowded(): boolean {
    return !this.#closed && this.#underWay.length >= BATCHES_BEFORE_WAITING;
  }

  /** Settled when there is room for more; undefined when there is. */
  get crowded(): Promise<void> | undefined {
    if (!this.#isCrowded) return undefined;
    return new Promise((resolve) => {
      this.#room = resolve;
    });
  }

  /** There is nobody at the other end any more. */
  close(): void {
    this.#closed = true;
    this.#room?.();
  }
}
