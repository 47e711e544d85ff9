import { u32be } from '../../parsers/bytes.ts';
import { CaptureError } from './capture-error.ts';
import type { FrameSink } from './frame-sink.ts';
import { isPcap, PcapReader } from './pcap.ts';
import { isPcapng, PcapngReader } from './pcapng.ts';
import { type RecordReader, RecordStream } from './record-stream.ts';

/**
 * Reads a capture, pcap or pcapng, from chunks of any size, and hands its frames to a sink as they come.
 * Memory stays bounded whatever the bytes say; what they say wrong is a CaptureError, and then nothing more is read.
 */
export class CaptureParser {
  readonly #stream: RecordStream;

  constructor(sink: FrameSink) {
    this.#stream = new RecordStream(new CaptureReader(sink));
  }

  /** Bytes taken so far. */
  get offset(): number {
    return this.#stream.offset;
  }

  /** Where the last whole record ends, as an offset; undefined while one is being passed over. */
  get wholeUntil(): number | undefined {
    return this.#stream.wholeUntil;
  }

  /** Takes the capture's next bytes, which are lent for the time of the call. Throws CaptureError. */
  feed(chunk: Uint8Array): void {
    this.#stream.feed(plain(chunk));
  }

  /** Says that the capture has ended. Throws CaptureError if it should not have. */
  end(): void {
    this.#stream.end();
  }
}

/**
 * The same bytes as a plain Uint8Array. Node's Buffer is a subclass, and compiled code that has met one class is thrown
 * away when it meets the other: decoders meet one only.
 */
function plain(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

const MAGIC_BYTES = 4;

/** Finds out which format the capture has, and leaves the rest to that format's reader. */
class CaptureReader implements RecordReader {
  readonly #sink: FrameSink;
  #format: RecordReader | undefined;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  get needed(): number {
    return this.#format === undefined ? MAGIC_BYTES : this.#format.needed;
  }

  read(b: Uint8Array, at: number, end: number, base: number): number {
    if (this.#format === undefined) {
      if (end - at < MAGIC_BYTES) return at;
      if (isPcap(b, at)) this.#format = new PcapReader(this.#sink);
      else if (isPcapng(b, at)) this.#format = new PcapngReader(this.#sink);
      else throw notACapture(b, at);
    }
    try {
      return this.#format.read(b, at, end, base);
    } finally {
      this.#sink.settle?.();
    }
  }

  end(offset: number, held: number, missing: number): void {
    if (offset === 0) throw new CaptureError('CAPTURE_EMPTY', 0, 'empty: there is no byte in it');
    if (this.#format === undefined) {
      throw new CaptureError('CAPTURE_NOT_A_CAPTURE', 0, `not a capture: ${held} bytes are too few for one`);
    }
    this.#format.end(offset, held, missing);
  }
}

/** What people take for a pcap by its name, told by its first 4 bytes, and what to do with it. */
const OTHER_FORMATS: readonly (readonly [magic: number, mask: number, advice: string])[] = [
  [0x736e_6f6f, 0xffff_ffff, 'a snoop file: convert it with `editcap`'],
  [0x474d_4255, 0xffff_ffff, 'a Microsoft Network Monitor file: convert it with `editcap`'],
  [0x5254_5353, 0xffff_ffff, 'a Microsoft Network Monitor file: convert it with `editcap`'],
  [0x5843_5000, 0xffff_ffff, 'a NetXRay file: convert it with `editcap`'],
  [0x5452_534e, 0xffff_ffff, 'a Sniffer file: convert it with `editcap`'],
  [0x1f8b_0000, 0xffff_0000, 'compressed twice: unpack it once'],
  [0x28b5_2ffd, 0xffff_ffff, 'compressed twice: unpack it once'],
  [0x504b_0304, 0xffff_ffff, 'a ZIP archive: unpack it first'],
  [0xfd37_7a58, 0xffff_ffff, 'compressed by xz: unpack it first'],
  [0x425a_6800, 0xffff_ff00, 'compressed by bzip2: unpack it first'],
  [0x0422_4d18, 0xffff_ffff, 'compressed by lz4: unpack it first'],
  [0x377a_bcaf, 0xffff_ffff, 'a 7-Zip archive: unpack it first'],
];

function notACapture(b: Uint8Array, at: number): CaptureError {
  const magic = u32be(b, at);
  const other = OTHER_FORMATS.find(([known, mask]) => (magic & mask) >>> 0 === known);
  const found = other?.[2] ?? `it begins with 0x${magic.toString(16).padStart(8, '0')}, neither pcap nor pcapng`;
  return new CaptureError('CAPTURE_NOT_A_CAPTURE', 0, `not a capture: ${found}`);
}
