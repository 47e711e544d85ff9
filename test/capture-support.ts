/** Builds captures byte by byte, and writes down what a parser makes of them. */
import { CaptureParser } from '../agent/capture/capture-parser.ts';
import type { FrameSink } from '../agent/capture/frame-sink.ts';
import { hex } from './support.ts';

/** Fields of a file, in the byte order it is written in. */
export class Bytes {
  readonly #parts: number[] = [];
  readonly bigEndian: boolean;

  constructor(bigEndian: boolean) {
    this.bigEndian = bigEndian;
  }

  u8(...values: number[]): this {
    this.#parts.push(...values);
    return this;
  }

  u16(value: number): this {
    return this.#integer(BigInt(value), 2);
  }

  u32(value: number): this {
    return this.#integer(BigInt(value >>> 0), 4);
  }

  u64(value: bigint): this {
    return this.#integer(BigInt.asUintN(64, value), 8);
  }

  data(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#parts.push(byte);
    return this;
  }

  /** Zeros up to the next multiple of 32 bits. */
  padded(): this {
    while (this.#parts.length % 4 !== 0) this.#parts.push(0);
    return this;
  }

  get length(): number {
    return this.#parts.length;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#parts);
  }

  #integer(value: bigint, width: number): this {
    const bytes = Array.from({ length: width }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
    return this.data(this.bigEndian ? bytes.reverse() : bytes);
  }
}

export interface Packet {
  readonly seconds: number;
  readonly fraction: number;
  readonly data: readonly number[];
  readonly original: number;
}

export const Magic = { microseconds: 0xa1b2c3d4, nanoseconds: 0xa1b23c4d, modified: 0xa1b2cd34 } as const;

export function pcapHeader(bigEndian: boolean, magic: number = Magic.microseconds, link = 1): Bytes {
  return new Bytes(bigEndian).u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65535).u32(link);
}

export function pcap(bigEndian: boolean, magic: number, link: number, packets: readonly Packet[]): Uint8Array {
  const file = pcapHeader(bigEndian, magic, link);
  for (const { seconds, fraction, data, original } of packets) {
    file.u32(seconds).u32(fraction).u32(data.length).u32(original);
    if (magic === Magic.modified) file.u32(7).u16(0x0800).u8(0, 0); // interface index, protocol, packet type, padding
    file.data(data);
  }
  return file.done();
}

/** A block: type, total length, body padded to 32 bits, total length. */
export function block(bigEndian: boolean, type: number, body: (b: Bytes) => Bytes): Uint8Array {
  const content = body(new Bytes(bigEndian)).padded().done();
  const total = content.length + 12;
  return new Bytes(bigEndian).u32(type).u32(total).data(content).u32(total).done();
}

/** An option: code, length, value padded to 32 bits. Also a record of a name resolution block. */
export function option(bigEndian: boolean, code: number, value: readonly number[] | Uint8Array): Uint8Array {
  return new Bytes(bigEndian).u16(code).u16(value.length).data(value).padded().done();
}

export function sectionHeader(bigEndian: boolean): Uint8Array {
  return block(bigEndian, 0x0a0d0d0a, (b) => b.u32(0x1a2b3c4d).u16(1).u16(0).u64(-1n));
}

export interface InterfaceOptions {
  readonly resolution?: number;
  readonly offsetSeconds?: bigint;
  readonly fcsLength?: number;
}

export function interfaceDescription(
  bigEndian: boolean,
  link: number,
  snapLength: number,
  { resolution, offsetSeconds, fcsLength }: InterfaceOptions = {},
): Uint8Array {
  return block(bigEndian, 1, (b) => {
    b.u16(link).u16(0).u32(snapLength);
    b.data(option(bigEndian, 2, [...Buffer.from('eth0')]));
    if (resolution !== undefined) b.data(option(bigEndian, 9, [resolution]));
    if (fcsLength !== undefined) b.data(option(bigEndian, 13, [fcsLength]));
    if (offsetSeconds !== undefined) b.data(option(bigEndian, 14, new Bytes(bigEndian).u64(offsetSeconds).done()));
    return b.data(option(bigEndian, 0, []));
  });
}

export function enhancedPacket(
  bigEndian: boolean,
  id: number,
  time: bigint,
  data: readonly number[],
  original: number = data.length,
  options: Iterable<number> = [],
): Uint8Array {
  return block(bigEndian, 6, (b) =>
    b
      .u32(id)
      .u32(Number(BigInt.asUintN(32, time >> 32n)))
      .u32(Number(BigInt.asUintN(32, time)))
      .u32(data.length)
      .u32(original)
      .data(data)
      .padded()
      .data(options),
  );
}

export function simplePacket(bigEndian: boolean, data: readonly number[], original: number = data.length): Uint8Array {
  return block(bigEndian, 3, (b) => b.u32(original).data(data));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Writes down, as one line each, everything a capture gives. */
export class Notebook implements FrameSink {
  readonly lines: string[] = [];

  frame(b: Uint8Array, at: number, end: number, wireBytes: number, time: number, link: number, fcsBytes: number): void {
    const bytes = Buffer.from(b.subarray(at, end)).toString('hex');
    const fcs = fcsBytes > 0 ? ` fcs ${fcsBytes}` : '';
    this.lines.push(`${time} link ${link}: ${bytes} of ${wireBytes}${fcs}`);
  }

  hostName(address: Uint8Array, name: string): void {
    this.lines.push(`${Buffer.from(address).toString('hex')} is ${name}`);
  }

  dropped(frames: number): void {
    this.lines.push(`${frames} lost`);
  }
}

/** What a capture gives that comes in chunks of the given sizes, and then the rest; and the error, if it ends in one. */
export function read(capture: Uint8Array, sizes: readonly number[] = []): { lines: string[]; error: unknown } {
  const notes = new Notebook();
  const parser = new CaptureParser(notes);
  try {
    let at = 0;
    for (const size of [...sizes, capture.length]) {
      const end = Math.min(capture.length, at + size);
      const lent = capture.slice(at, end);
      parser.feed(lent);
      lent.fill(0xee); // it was only lent
      at = end;
    }
    parser.end();
  } catch (error) {
    return { lines: notes.lines, error };
  }
  return { lines: notes.lines, error: undefined };
}

/** Zstandard data by hand (RFC 8878): raw and run-length blocks, and skippable frames. */
export const zstd = {
  frame(blocks: readonly Uint8Array[], { window = 0x38, checksum = false } = {}): Uint8Array {
    const header = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, checksum ? 0x04 : 0x00, window); // 0x38: 128 KiB
    return concat(header, ...blocks, Uint8Array.from(checksum ? [1, 2, 3, 4] : []));
  },
  single(bytes: Uint8Array): Uint8Array {
    const header = Uint8Array.of(
      0x28,
      0xb5,
      0x2f,
      0xfd,
      0x20 | 0x40,
      (bytes.length - 256) & 0xff,
      (bytes.length - 256) >> 8,
    );
    return concat(header, zstd.raw(bytes, true));
  },
  header(type: number, size: number, last: boolean): Uint8Array {
    const value = (size << 3) | (type << 1) | (last ? 1 : 0);
    return Uint8Array.of(value & 0xff, (value >> 8) & 0xff, value >> 16);
  },
  raw: (bytes: Uint8Array, last = false) => concat(zstd.header(0, bytes.length, last), bytes),
  run: (value: number, count: number, last = false) => concat(zstd.header(1, count, last), Uint8Array.of(value)),
  skippable: (bytes: number) => new Bytes(false).u32(0x184d2a5a).u32(bytes).data(new Uint8Array(bytes)).done(),
  /** Bytes as a frame of raw blocks of `size`. */
  of(bytes: Uint8Array, size: number, options = {}): Uint8Array {
    const blocks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      blocks.push(zstd.raw(bytes.subarray(at, at + size), at + size >= bytes.length));
    }
    return zstd.frame(blocks, options);
  },
};

/** What the `zstd` program (1.5, -19) made of `pcap` with 40 packets of 16 bytes of one value each: compressed blocks. */
export const COMPRESSED = hex(`
  28b52ffd641804350400e405d4c3b2a102000400ffff0000010010000101020203030404050506060707080809090a0a0b0b
  0c0c0d0d0e0e0f0f10101111121213131414151516161717181819191a1a1b1b1c1c1d1d1e1e1f1f20202121222223232424
  25252626272752a810f81a6320be1c1046888008f301002401100608080520024101e03fd26000029cbc2005d7cf5b9c
`);
