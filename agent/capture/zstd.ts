/**
 * Unpacks zstd data (RFC 8878). The decompression is fzstd's; what stands here finds the frames and their blocks, so that
 * what they ask for is checked before anything is allocated, and so that fzstd gets one block at a time.
 */
import { Decompress } from 'fzstd';
import { u8, u24be, u32be, u32le } from '../../parsers/bytes.ts';
import { CaptureError } from './capture-error.ts';
import { MAX_ZSTD_WINDOW_BYTES } from './limits.ts';
import { type RecordReader, RecordStream } from './record-stream.ts';
import type { Unpacked, Unwrapper } from './unwrapper.ts';

/** Block_Maximum_Size (section 3.1.1.2.3), unless the window is smaller. */
const MAX_BLOCK_CONTENT_BYTES = 128 * 1024;

const MAGIC_BYTES = 4;
const DESCRIPTOR = 4;
const SKIPPABLE_HEADER_BYTES = 8;
const CHECKSUM_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;

const Block = { raw: 0, runLength: 1, compressed: 2, reserved: 3 } as const;

/** Whether `b` begins like zstd: with a frame, or with one that is to be skipped (`pzstd` writes such). */
export function isZstd(b: Uint8Array): boolean {
  return b.length >= MAGIC_BYTES && (isFrame(b, 0) || isSkippable(b, 0));
}

function isFrame(b: Uint8Array, at: number): boolean {
  return u32be(b, at) === 0x28b5_2ffd;
}

function isSkippable(b: Uint8Array, at: number): boolean {
  return (u8(b, at) & 0xf0) === 0x50 && u24be(b, at + 1) === 0x2a_4d18;
}

export class ZstdUnwrapper implements Unwrapper {
  readonly pieceBytes: number = 16 * 1024; // a block may hold 32,768 times its size
  readonly #stream: RecordStream;

  constructor(to: Unpacked) {
    this.#stream = new RecordStream(new FrameReader(to));
  }

  async push(bytes: Uint8Array): Promise<void> {
    this.#stream.feed(bytes);
    await new Promise(setImmediate); // others get a turn
  }

  async end(): Promise<void> {
    this.#stream.end();
  }

  async passedOn(): Promise<void> {}

  close(): void {}
}

/**
 * What comes next. Each record but a frame's last ends with the first byte of the following block's header: fzstd (0.1.1)
 * frees its input only when it was given a part of the next block.
 */
const State = { betweenFrames: 0, frameHeader: 1, blockHeader: 2, block: 3 } as const;
type State = (typeof State)[keyof typeof State];

class FrameReader implements RecordReader {
  readonly #to: Unpacked;
  #state: State = State.betweenFrames;
  #decompress: Decompress | undefined;
  #blockStart = 0; // the first byte of the block's header, which went with the record before
  #windowBytes = 0;
  #checksumBytes = 0;
  #lastBlock = false;
  #refusal: unknown; // what the taker of the unpacked bytes threw

  needed: number = MAGIC_BYTES;

  constructor(to: Unpacked) {
    this.#to = to;
  }

  read(b: Uint8Array, from: number, end: number): number {
    let at = from;
    while (end - at >= this.needed) {
      switch (this.#state) {
        case State.betweenFrames:
          at = this.#beginFrame(b, at, end);
          break;
        case State.frameHeader:
          at = this.#readFrameHeader(b, at);
          break;
        case State.blockHeader:
          this.#readBlockHeader(b, at);
          break;
        case State.block:
          at = this.#readBlock(b, at);
          break;
      }
    }
    return at;
  }

  end(_offset: number, held: number, missing: number): void {
    if (this.#state === State.betweenFrames && held === 0 && missing === 0) return;
    throw new CaptureError('CAPTURE_CUT', this.#to.offset, 'cut short: the zstd data ends too early');
  }

  #beginFrame(b: Uint8Array, at: number, end: number): number {
    if (isFrame(b, at)) {
      if (end - at <= DESCRIPTOR) {
        this.needed = DESCRIPTOR + 1;
      } else {
        this.#state = State.frameHeader;
        this.needed = frameHeaderBytes(u8(b, at + DESCRIPTOR)) + 1;
      }
      return at;
    }
    if (!isSkippable(b, at)) throw this.#damaged('no frame begins where one should');
    if (end - at < SKIPPABLE_HEADER_BYTES) {
      this.needed = SKIPPABLE_HEADER_BYTES;
      return at;
    }
    this.needed = MAGIC_BYTES;
    return at + SKIPPABLE_HEADER_BYTES + u32le(b, at + MAGIC_BYTES);
  }

  /** Section 3.1.1.1: descriptor, window descriptor, dictionary id, content size; and one byte of the first block. */
  #readFrameHeader(b: Uint8Array, at: number): number {
    const descriptor = u8(b, at + DESCRIPTOR);
    if ((descriptor & 0x08) !== 0) throw this.#damaged('a reserved bit is set');
    if ((descriptor & 0x03) !== 0) throw this.#unsupported('it needs a dictionary');
    const singleSegment = (descriptor & 0x20) !== 0;
    this.#windowBytes = singleSegment ? contentBytes(b, at, descriptor) : windowBytes(u8(b, at + DESCRIPTOR + 1));
    if (this.#windowBytes > MAX_ZSTD_WINDOW_BYTES) {
      throw this.#unsupported(`it needs a window of ${this.#windowBytes} bytes, more than ${MAX_ZSTD_WINDOW_BYTES}`);
    }
    this.#checksumBytes = (descriptor & 0x04) === 0 ? 0 : CHECKSUM_BYTES;
    this.#decompress = new Decompress((chunk) => this.#feed(chunk));
    const next = at + frameHeaderBytes(descriptor) + 1;
    this.#pass(b, at, next, false);
    this.#toBlockHeader(b, next);
    return next;
  }

  #toBlockHeader(b: Uint8Array, next: number): void {
    this.#blockStart = u8(b, next - 1);
    this.#state = State.blockHeader;
    this.needed = BLOCK_HEADER_BYTES - 1;
  }

  /** Section 3.1.1.2. The block's content follows, and is waited for. */
  #readBlockHeader(b: Uint8Array, at: number): void {
    const type = (this.#blockStart >> 1) & 3;
    const size = (this.#blockStart >> 3) | (u8(b, at) << 5) | (u8(b, at + 1) << 13);
    if (type === Block.reserved) throw this.#damaged('a block of the reserved type');
    if (size > Math.min(MAX_BLOCK_CONTENT_BYTES, this.#windowBytes)) throw this.#damaged(`a block of ${size} bytes`);
    this.#lastBlock = (this.#blockStart & 1) !== 0;
    const contentBytes = type === Block.runLength ? 1 : size;
    this.needed = BLOCK_HEADER_BYTES - 1 + contentBytes + (this.#lastBlock ? this.#checksumBytes : 1);
    this.#state = State.block;
  }

  #readBlock(b: Uint8Array, at: number): number {
    const next = at + this.needed;
    this.#pass(b, at, next, this.#lastBlock);
    if (this.#lastBlock) {
      this.#decompress = undefined;
      this.#state = State.betweenFrames;
      this.needed = MAGIC_BYTES;
    } else {
      this.#toBlockHeader(b, next);
    }
    return next;
  }

  /** Hands `b[at, end)` to fzstd, as a copy, since it keeps what it cannot use yet. */
  #pass(b: Uint8Array, at: number, end: number, last: boolean): void {
    try {
      this.#decompress?.push(b.slice(at, end), last);
    } catch (error) {
      // Whatever the taker did not throw is fzstd's way to say that the data is wrong.
      throw this.#refusal ?? this.#damaged((error as Error).message, error);
    }
  }

  #feed(chunk: Uint8Array): void {
    try {
      this.#to.feed(chunk);
    } catch (error) {
      this.#refusal = error;
      throw error;
    }
  }

  #damaged(what: string, cause?: unknown): CaptureError {
    return new CaptureError('COMPRESSION_DAMAGED', this.#to.offset, `damaged zstd data: ${what}`, cause);
  }

  #unsupported(why: string): CaptureError {
    const message = `cannot be unpacked here: ${why}; unpack it with \`zstd -d\` first`;
    return new CaptureError('COMPRESSION_UNSUPPORTED', this.#to.offset, message);
  }
}

/** Magic number, descriptor, and the fields whose sizes the descriptor tells. */
function frameHeaderBytes(descriptor: number): number {
  const windowDescriptorBytes = (descriptor & 0x20) === 0 ? 1 : 0;
  return DESCRIPTOR + 1 + windowDescriptorBytes + dictionaryIdBytes(descriptor) + contentSizeBytes(descriptor);
}

function dictionaryIdBytes(descriptor: number): number {
  return [0, 1, 2, 4][descriptor & 3] as number;
}

function contentSizeBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  if (flag === 0) return (descriptor & 0x20) === 0 ? 0 : 1;
  return 1 << flag;
}

/** Frame_Content_Size of a single segment, without a dictionary: it is the window. */
function contentBytes(b: Uint8Array, at: number, descriptor: number): number {
  const field = at + DESCRIPTOR + 1;
  switch (contentSizeBytes(descriptor)) {
    case 1:
      return u8(b, field);
    case 2:
      return 256 + (u8(b, field) | (u8(b, field + 1) << 8));
    case 4:
      return u32le(b, field);
    default:
      return u32le(b, field) + u32le(b, field + 4) * 2 ** 32;
  }
}

/** Section 3.1.1.1.2: exponent and mantissa. */
function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
