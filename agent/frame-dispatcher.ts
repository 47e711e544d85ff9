import type { FrameSink } from './capture/frame-sink.ts';
import { BLOCK_BYTES, type FrameBlocks } from './frame-blocks.ts';
import type { Sensor } from './sensor.ts';
import { bucketAtSight, NO_BUCKET, type Share } from './share.ts';

/** LINKTYPE_ETHERNET */
const ETHERNET_LINK = 1;
const NO_BLOCK = -1;

/**
 * Deals frames out to those who share a reading: one that tells at sight whose it is goes to that one alone, any other to
 * all, each of whom reads it and finds out. What is this thread's own goes to its sensor at once.
 */
export class FrameDispatcher implements FrameSink {
  readonly placeBytes: number = BLOCK_BYTES;
  readonly #blocks: FrameBlocks;
  readonly #sensor: Sensor;
  readonly #share: Share;
  readonly #others: readonly number[];
  #file = 0;
  #number = 0; // of the last frame in its file
  #block = NO_BLOCK; // that is being filled
  #bytes: Uint8Array = new Uint8Array(0);
  #placed: Uint8Array = this.#bytes; // what of them holds the capture's own
  #sight: DataView = new DataView(this.#bytes.buffer);
  #elsewhere = 0; // where in the block the next frame goes that lay elsewhere

  /** @param readers how many share, this one among them */
  constructor(blocks: FrameBlocks, sensor: Sensor, share: Share, readers: number) {
    this.#blocks = blocks;
    this.#sensor = sensor;
    this.#share = share;
    this.#others = Array.from({ length: readers }, (_, reader) => reader).filter((reader) => reader !== share.reader);
  }

  beginFile(file: number): void {
    this.#fill();
    this.#file = file;
    this.#number = 0;
    this.#sensor.beginFile(file);
  }

  place(bytes: Uint8Array): Uint8Array {
    this.#fill();
    this.#block = this.#blocks.free();
    const block = this.#blocks.bytes(this.#block);
    block.set(bytes);
    this.#bytes = block;
    this.#placed = block.subarray(0, bytes.length);
    this.#sight = new DataView(block.buffer, block.byteOffset, block.length);
    this.#elsewhere = BLOCK_BYTES;
    return this.#placed;
  }

  frame(b: Uint8Array, at: number, end: number, wireBytes: number, time: number, link: number, fcsBytes: number): void {
    this.#number++;
    const from = b === this.#placed ? at : this.#taken(b, at, end);
    if (from < 0) return;
    const to = from + end - at;
    const { seed, readers, reader } = this.#share;
    const isPlain = link === ETHERNET_LINK && fcsBytes === 0;
    const bucket = isPlain ? bucketAtSight(this.#sight, from, to, seed) : NO_BUCKET;
    if (bucket === NO_BUCKET) {
      for (const other of this.#others) {
        this.#blocks.add(this.#block, other, from, end - at, wireBytes, time, link, fcsBytes, this.#number);
      }
      this.#sensor.frame(this.#bytes, from, to, wireBytes, time, link, fcsBytes);
      return;
    }
    const owner = readers[bucket] as number;
    if (owner === reader) {
      this.#sensor.frame(this.#bytes, from, to, wireBytes, time, link, fcsBytes);
    } else {
      this.#sensor.passOver(time);
      this.#blocks.add(this.#block, owner, from, end - at, wireBytes, time, link, fcsBytes, this.#number);
    }
  }

  /** Copies a frame that straddled blocks into the one that is being filled; -1 where there is no room. */
  #taken(b: Uint8Array, at: number, end: number): number {
    const from = this.#elsewhere;
    if (from + end - at > this.#bytes.length) {
      this.#blocks.stop(); // of one block a single frame straddles its start: this capture is for one reader
      return -1;
    }
    this.#bytes.set(b.subarray(at, end), from);
    this.#elsewhere += end - at;
    return from;
  }

  settle(): void {
    this.#sensor.settle();
  }

  hostName(address: Uint8Array, name: string): void {
    this.#sensor.hostName(address, name);
  }

  dropped(frames: number): void {
    this.#sensor.dropped(frames);
  }

  /** No more frames come. */
  finish(): void {
    this.#fill();
    this.#blocks.end();
  }

  #fill(): void {
    if (this.#block !== NO_BLOCK) this.#blocks.fill(this.#file);
    this.#block = NO_BLOCK;
  }
}
