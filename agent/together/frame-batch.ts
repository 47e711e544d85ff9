/**
 * Frames on their way from the thread that reads to one that works on them, in memory that both see:
 *
 *   0    4                8            12                   16                      24     32
 *   | at | captured bytes | wire bytes | frames passed over | link, FCS, for all | - | time | ...
 *
 * A frame lies at `at` in the chunk of the capture that the batch goes with; or, where that is -1, here behind its entry,
 * padded to 8 bytes: such as straddle chunks or were unpacked. Passed over are frames of the same file between this and
 * the one before. Numbers are in the machine's byte order, the time (microseconds) is a double.
 */
import type { Sensor } from '../sensor.ts';

/** In words of 32 bits. */
const AT = 0;
const CAPTURED = 1;
const WIRE = 2;
const PASSED = 3;
const WHAT = 4;
/** In doubles. */
const TIME = 3;
const ENTRY_BYTES = 32;

const IN_BATCH = -1;
const LINK_MASK = 0xffff;
const FCS_SHIFT = 16;
const FCS_MASK = 0xff;
const FOR_ALL = 1 << 24;

/** A batch: filled by one thread, read by another. */
export class FrameBatch {
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  /** Bytes that are filled. */
  used = 0;

  constructor(buffer: SharedArrayBuffer) {
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Int32Array(buffer);
    this.#times = new Float64Array(buffer);
  }

  /** Whether a frame of so many captured bytes has room, wherever it lies. */
  fits(captured: number): boolean {
    return this.used + ENTRY_BYTES + padded(captured) <= this.#bytes.length;
  }

  /**
   * Adds the frame `b[at, end)`, which must fit.
   * @param inChunk whether `b` is the chunk that the batch goes with; or else the frame is copied
   * @param passed frames since the one before
   * @param forAll see `Sensor.frame`
   */
  add(
    b: Uint8Array,
    inChunk: boolean,
    at: number,
    end: number,
    wireBytes: number,
    time: number,
    link: number,
    fcsBytes: number,
    passed: number,
    forAll: boolean,
  ): void {
    const words = this.#words;
    const entry = this.used;
    const word = entry >>> 2;
    words[word + AT] = inChunk ? at : IN_BATCH;
    words[word + CAPTURED] = end - at;
    words[word + WIRE] = wireBytes;
    words[word + PASSED] = passed;
    words[word + WHAT] = link | (fcsBytes << FCS_SHIFT) | (forAll ? FOR_ALL : 0);
    this.#times[(entry >>> 3) + TIME] = time;
    this.used = entry + ENTRY_BYTES;
    if (inChunk) return;
    this.#bytes.set(b.subarray(at, end), this.used);
    this.used += padded(end - at);
  }

  /**
   * Hands the frames of its first `used` bytes to a sensor, which has their bytes until it has settled.
   * @param chunk that the batch goes with
   */
  read(used: number, chunk: Uint8Array, sensor: Sensor): void {
    const words = this.#words;
    for (let entry = 0; entry < used; ) {
      const word = entry >>> 2;
      const place = words[word + AT] as number;
      const captured = words[word + CAPTURED] as number;
      const wireBytes = (words[word + WIRE] as number) >>> 0;
      const what = words[word + WHAT] as number;
      const time = this.#times[(entry >>> 3) + TIME] as number;
      const here = place === IN_BATCH;
      entry += ENTRY_BYTES;
      const b = here ? this.#bytes : chunk;
      const at = here ? entry : place;
      if (here) entry += padded(captured);
      sensor.passedOver(words[word + PASSED] as number);
      const fcsBytes = (what >>> FCS_SHIFT) & FCS_MASK;
      sensor.frame(b, at, at + captured, wireBytes, time, what & LINK_MASK, fcsBytes, (what & FOR_ALL) !== 0);
    }
  }
}

function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}
