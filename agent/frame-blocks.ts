/**
 * Blocks of captured bytes that several threads look at, with a list for each of the frames that it is to work on. One
 * thread, the first reader, fills them in turn; a block is filled again when all have done with it. It lies in shared memory:
 *
 *   state   blocks filled, blocks done with by each reader, whether somebody gave up
 *   block   its header, its bytes, room for frames that lay elsewhere, and a list per reader
 */
import { MAX_PACKET_BYTES } from './capture/limits.ts';
import { FIRST_READER } from './share.ts';

/** Bytes of a capture in a block: a few thousand frames, small enough for several blocks to stay in the cache. */
export const BLOCK_BYTES = 512 * 1024;
/** Blocks that are filled ahead of the slowest reader. */
const BLOCKS = 8;
/** For a frame that straddles blocks; there is hardly ever a second one. */
const ELSEWHERE_BYTES = MAX_PACKET_BYTES;
/** The shortest record of any format has so many bytes around its packet: no block has more frames. */
const LEAST_RECORD_BYTES = 16;
const MOST_FRAMES = BLOCK_BYTES / LEAST_RECORD_BYTES + 2;

/** Words of a frame in a list: where it is, its length there and on the wire, its link type and FCS, its number. */
const FRAME_WORDS = 5;
const Word = { at: 0, length: 1, wireBytes: 2, link: 3, number: 4 } as const;
const FCS_SHIFT = 16;

/** Words of a block's header: the file's number, and how many frames each reader has. */
const FILE_WORD = 0;
const COUNTS_WORD = 1;

/** Words of the state. */
const FILLED = 0;
const STOPPED = 1;
const ENDED = 2;
const DONE = 3;

/** A reader that does not get on for so many milliseconds has died without a word. */
const PATIENCE = 120_000;

export class FrameBlocks {
  readonly memory: SharedArrayBuffer;
  readonly #readers: number;
  readonly #state: Int32Array;
  readonly #headers: readonly Int32Array[];
  readonly #bytes: readonly Uint8Array[];
  readonly #lists: readonly (readonly Int32Array[])[];
  readonly #times: readonly (readonly Float64Array[])[];

  /** @param memory that of other FrameBlocks for as many readers; without it, new memory */
  constructor(readers: number, memory?: SharedArrayBuffer) {
    const layout = { next: 0 };
    const place = (bytes: number) => {
      const at = layout.next;
      layout.next += Math.ceil(bytes / 8) * 8;
      return at;
    };
    const stateAt = place(4 * (DONE + readers));
    const blocks = Array.from({ length: BLOCKS }, () => ({
      header: place(4 * (COUNTS_WORD + readers)),
      bytes: place(BLOCK_BYTES + ELSEWHERE_BYTES),
      lists: Array.from({ length: readers }, () => place(4 * FRAME_WORDS * MOST_FRAMES)),
      times: Array.from({ length: readers }, () => place(8 * MOST_FRAMES)),
    }));
    const shared = memory ?? new SharedArrayBuffer(layout.next);
    this.memory = shared;
    this.#readers = readers;
    this.#state = new Int32Array(shared, stateAt, DONE + readers);
    this.#headers = blocks.map(({ header }) => new Int32Array(shared, header, COUNTS_WORD + readers));
    this.#bytes = blocks.map(({ bytes }) => new Uint8Array(shared, bytes, BLOCK_BYTES + ELSEWHERE_BYTES));
    this.#lists = blocks.map(({ lists }) => lists.map((at) => new Int32Array(shared, at, FRAME_WORDS * MOST_FRAMES)));
    this.#times = blocks.map(({ times }) => times.map((at) => new Float64Array(shared, at, MOST_FRAMES)));
  }

  /** Whether somebody gave up: what is read is of no use. */
  get stopped(): boolean {
    return Atomics.load(this.#state, STOPPED) !== 0;
  }

  stop(): void {
    Atomics.store(this.#state, STOPPED, 1);
    for (let word = 0; word < this.#state.length; word++) Atomics.notify(this.#state, word);
  }

  /** The number of the block that is filled next: it is free when this returns. Waits for the slowest reader. */
  free(): number {
    const filled = Atomics.load(this.#state, FILLED);
    for (let reader = FIRST_READER + 1; reader < this.#readers; reader++) {
      for (let done = this.#done(reader); filled - done >= BLOCKS && !this.stopped; done = this.#done(reader)) {
        if (Atomics.wait(this.#state, DONE + reader, done, PATIENCE) === 'timed-out') {
          throw new Error(`reader ${reader} does not get on`);
        }
      }
    }
    this.#headers[filled % BLOCKS]?.fill(0);
    return filled % BLOCKS;
  }

  #done(reader: number): number {
    return Atomics.load(this.#state, DONE + reader);
  }

  /** The bytes of a block: those of the capture, and behind them room for frames from elsewhere. */
  bytes(block: number): Uint8Array {
    return this.#bytes[block] as Uint8Array;
  }

  /** Adds the frame at `at` of a block's bytes to the list of a reader. */
  add(
    block: number,
    reader: number,
    at: number,
    length: number,
    wireBytes: number,
    time: number,
    link: number,
    fcsBytes: number,
    number: number,
  ): void {
    const header = this.#headers[block] as Int32Array;
    const index = header[COUNTS_WORD + reader] as number;
    const list = (this.#lists[block] as readonly Int32Array[])[reader] as Int32Array;
    const word = index * FRAME_WORDS;
    list[word + Word.at] = at;
    list[word + Word.length] = length;
    list[word + Word.wireBytes] = wireBytes;
    list[word + Word.link] = link | (fcsBytes << FCS_SHIFT);
    list[word + Word.number] = number;
    ((this.#times[block] as readonly Float64Array[])[reader] as Float64Array)[index] = time;
    header[COUNTS_WORD + reader] = index + 1;
  }

  /** The block that `free` gave is full: readers may look at it. All its frames are of one file. */
  fill(file: number): void {
    const filled = Atomics.load(this.#state, FILLED);
    (this.#headers[filled % BLOCKS] as Int32Array)[FILE_WORD] = file;
    Atomics.store(this.#state, FILLED, filled + 1);
    Atomics.notify(this.#state, FILLED);
  }

  /** No more blocks come. */
  end(): void {
    Atomics.store(this.#state, ENDED, 1);
    Atomics.notify(this.#state, FILLED);
  }

  /**
   * Goes through the frames of a reader, block by block, until no more come or somebody gives up.
   * @param block told of each block before its frames: its file
   * @param frame told of each frame: `number` is its place in the file, from 1
   * @param done told of each block after its frames, whose bytes are used again then
   */
  read(
    reader: number,
    on: {
      block(file: number): void;
      frame(
        b: Uint8Array,
        at: number,
        end: number,
        wireBytes: number,
        time: number,
        link: number,
        fcsBytes: number,
        number: number,
      ): void;
      done(): void;
    },
  ): void {
    for (let next = 0; this.#await(next); next++) {
      const block = next % BLOCKS;
      const header = this.#headers[block] as Int32Array;
      const list = (this.#lists[block] as readonly Int32Array[])[reader] as Int32Array;
      const times = (this.#times[block] as readonly Float64Array[])[reader] as Float64Array;
      const bytes = this.bytes(block);
      const count = header[COUNTS_WORD + reader] as number;
      on.block(header[FILE_WORD] as number);
      for (let index = 0, word = 0; index < count; index++, word += FRAME_WORDS) {
        const at = list[word + Word.at] as number;
        const link = list[word + Word.link] as number;
        on.frame(
          bytes,
          at,
          at + (list[word + Word.length] as number),
          list[word + Word.wireBytes] as number,
          times[index] as number,
          link & 0xffff,
          link >>> FCS_SHIFT,
          list[word + Word.number] as number,
        );
      }
      on.done();
      Atomics.store(this.#state, DONE + reader, next + 1);
      Atomics.notify(this.#state, DONE + reader);
    }
  }

  /** Waits until a block is full; false when none comes any more. */
  #await(block: number): boolean {
    for (;;) {
      if (this.stopped) return false;
      const ended = Atomics.load(this.#state, ENDED) !== 0;
      const filled = Atomics.load(this.#state, FILLED);
      if (filled > block) return true;
      if (ended) return false;
      Atomics.wait(this.#state, FILLED, filled, 1000); // that no more comes is no change of this word
    }
  }
}
