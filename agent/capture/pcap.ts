/**
 * Classic capture files, after draft-ietf-opsawg-pcap:
 *
 *   0       4               6               8          12         16         20               24
 *   | magic | version major | version minor | reserved | reserved | snap len | FCS, link type | records ...
 *
 *   0         4                           8                 12              16
 *   | seconds | micro- or nanoseconds | captured length | original length | packet ...
 *
 * The magic number tells the byte order, the unit of the second field, and whether records have the 8 more bytes that
 * A. Kuznetsov's patched libpcap wrote (interface index, protocol, packet type, padding).
 */
import { u32be, u32le } from '../../parsers/bytes.ts';
import { u16, u32 } from './byte-order.ts';
import { CaptureError } from './capture-error.ts';
import type { FrameSink } from './frame-sink.ts';
import { MAX_PACKET_BYTES } from './limits.ts';
import type { RecordReader } from './record-stream.ts';

const VERSION_MAJOR = 4;
const LINK = 20;
const FILE_HEADER_BYTES = 24;

const FRACTION = 4;
const CAPTURED = 8;
const ORIGINAL = 12;
const RECORD_HEADER_BYTES = 16;
const MODIFIED_RECORD_HEADER_BYTES = 24;

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const MODIFIED = 0xa1b2cd34;

/** Of the link type field: bits 28 to 31 count the 16-bit words of the FCS, if this bit is set. */
const FCS_LENGTH_PRESENT = 0x0400_0000;

/** Whether a file that begins with the 4 bytes at `at` is a classic capture. */
export function isPcap(b: Uint8Array, at: number): boolean {
  return isMagic(u32be(b, at)) || isMagic(u32le(b, at));
}

function isMagic(magic: number): boolean {
  return magic === MICROSECONDS || magic === NANOSECONDS || magic === MODIFIED;
}

export class PcapReader implements RecordReader {
  readonly #sink: FrameSink;
  #inRecords = false;
  #bigEndian = false;
  #nanoseconds = false;
  #headerBytes = RECORD_HEADER_BYTES;
  #link = 0;
  #fcsBytes = 0;

  needed: number = FILE_HEADER_BYTES;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  read(b: Uint8Array, at: number, end: number, base: number): number {
    if (this.#inRecords) return this.#readRecords(b, at, end, base);
    if (end - at < FILE_HEADER_BYTES) return at;
    this.#readFileHeader(b, at, base);
    this.#inRecords = true;
    return this.#readRecords(b, at + FILE_HEADER_BYTES, end, base);
  }

  end(offset: number, held: number): void {
    if (held === 0) return;
    const what = this.#inRecords ? 'packet record' : 'file header';
    const message = `cut short: the last ${what} is ${held} of at least ${this.needed} bytes`;
    throw new CaptureError('CAPTURE_CUT', offset - held, message);
  }

  #readFileHeader(b: Uint8Array, at: number, base: number): void {
    this.#bigEndian = isMagic(u32be(b, at));
    const magic = u32(b, at, this.#bigEndian);
    const major = u16(b, at + VERSION_MAJOR, this.#bigEndian);
    if (major !== 2) {
      const message = `pcap version ${major} is not supported, only 2`;
      throw new CaptureError('CAPTURE_UNSUPPORTED_VERSION', base + at + VERSION_MAJOR, message);
    }
    this.#nanoseconds = magic === NANOSECONDS;
    this.#headerBytes = magic === MODIFIED ? MODIFIED_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES;
    const link = u32(b, at + LINK, this.#bigEndian);
    this.#link = link & 0xffff;
    this.#fcsBytes = (link & FCS_LENGTH_PRESENT) === 0 ? 0 : 2 * (link >>> 28);
  }

  /** The hot loop: nothing is allocated here, and the fields it turns on are in locals. */
  #readRecords(b: Uint8Array, from: number, end: number, base: number): number {
    const sink = this.#sink;
    const bigEndian = this.#bigEndian;
    const nanoseconds = this.#nanoseconds;
    const headerBytes = this.#headerBytes;
    const link = this.#link;
    const fcsBytes = this.#fcsBytes;
    const lastHeader = end - headerBytes;
    const littleEndian = !bigEndian;
    const data = new DataView(b.buffer, b.byteOffset, b.length); // one for the chunk: it reads four bytes at once

    let at = from;
    while (at <= lastHeader) {
      const captured = data.getUint32(at + CAPTURED, littleEndian);
      if (captured > MAX_PACKET_BYTES) throw tooLong(captured, base + at + CAPTURED);
      const packet = at + headerBytes;
      const next = packet + captured;
      if (next > end) {
        this.needed = headerBytes + captured;
        return at;
      }
      const seconds = data.getUint32(at, littleEndian);
      const fraction = data.getUint32(at + FRACTION, littleEndian);
      const original = data.getUint32(at + ORIGINAL, littleEndian);
      const time = seconds * 1_000_000 + (nanoseconds ? Math.floor(fraction / 1000) : fraction);
      const wireBytes = original > captured ? original : captured;
      const fcs = fcsBytes === 0 ? 0 : capturedFcs(fcsBytes, captured, wireBytes);
      sink.frame(b, packet, next, wireBytes, time, link, fcs);
      at = next;
    }
    this.needed = headerBytes;
    return at;
  }
}

/** How much of the frame check sequence is among the captured bytes: a snapshot length cuts it off first. */
export function capturedFcs(fcsBytes: number, captured: number, wireBytes: number): number {
  return Math.max(0, Math.min(captured, fcsBytes - (wireBytes - captured)));
}

/** The error of a captured length that no capture has. */
export function tooLong(captured: number, offset: number): CaptureError {
  const message = `damaged: a packet of ${captured} bytes, more than the ${MAX_PACKET_BYTES} there can be`;
  return new CaptureError('CAPTURE_DAMAGED', offset, message);
}
