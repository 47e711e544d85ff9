/**
 * pcapng files, after draft-ietf-opsawg-pcapng: a sequence of blocks, each
 *
 *   0      4              8          total - 4      total
 *   | type | total length | body ... | total length |
 *
 * in the byte order that the Section Header Block before it tells. Blocks of no use here are passed over by their length.
 */
import { u32be, u32le } from '../../parsers/bytes.ts';
import { text } from '../../parsers/text.ts';
import { i64, u16, u32, u64 } from './byte-order.ts';
import { CaptureError } from './capture-error.ts';
import { Clock } from './clock.ts';
import type { FrameSink } from './frame-sink.ts';
import { MAX_BLOCK_BYTES, MAX_INTERFACES, MAX_PACKET_BYTES } from './limits.ts';
import { capturedFcs, tooLong } from './pcap.ts';
import { PcapngInterface } from './pcapng-interface.ts';
import type { RecordReader } from './record-stream.ts';

const TOTAL_LENGTH = 4;
const BODY = 8;
const TRAILER_BYTES = 4;
const MIN_BLOCK_BYTES = BODY + TRAILER_BYTES;

/** Block types. A section header's reads the same in either byte order. */
const Block = {
  sectionHeader: 0x0a0d_0d0a,
  interfaceDescription: 1,
  packet: 2, // obsolete
  simplePacket: 3,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
} as const;

/** Bytes of the blocks up to their options, or the data that varies, and with the total length at the end. */
const MIN_BYTES: Readonly<Record<number, number>> = {
  [Block.sectionHeader]: 28,
  [Block.interfaceDescription]: 20,
  [Block.packet]: 32,
  [Block.simplePacket]: 16,
  [Block.nameResolution]: 12,
  [Block.interfaceStatistics]: 24,
  [Block.enhancedPacket]: 32,
};

// Section Header Block
const BYTE_ORDER_MAGIC = 8;
const MAJOR_VERSION = 12;
const ORDER = 0x1a2b_3c4d;

// Interface Description Block
const LINK = 8;
const SNAP_LENGTH = 12;
const INTERFACE_OPTIONS = 16;
const IF_TSRESOL = 9;
const IF_FCSLEN = 13;
const IF_TSOFFSET = 14;

// Enhanced Packet Block, and the obsolete Packet Block, which has 16 bits of interface and 16 of drops
const INTERFACE = 8;
const DROPS = 10;
const TIME_HIGH = 12;
const TIME_LOW = 16;
const CAPTURED = 20;
const ORIGINAL = 24;
const PACKET = 28;
const EPB_FLAGS = 2;
const EPB_DROPCOUNT = 4;
const DROPS_UNKNOWN = 0xffff;

// Simple Packet Block
const SIMPLE_ORIGINAL = 8;
const SIMPLE_PACKET = 12;

// Interface Statistics Block
const STATISTICS_OPTIONS = 20;
const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

// Name Resolution Block records
const NRB_IPV4 = 1;
const NRB_IPV6 = 2;

const END_OF_OPTIONS = 0;

/** Whether a file that begins with the 4 bytes at `at` is a pcapng capture. */
export function isPcapng(b: Uint8Array, at: number): boolean {
  return u32be(b, at) === Block.sectionHeader;
}

export class PcapngReader implements RecordReader {
  readonly #sink: FrameSink;
  #bigEndian = false;
  #interfaces: PcapngInterface[] = []; // of the section
  #interfacesBefore = 0; // of sections before
  #current = 0; // the interface that the sink was told of
  #time = 0; // of the last packet that had one
  #passedOver = 0; // total length of the block whose body was passed over and whose last field comes next
  #fcsBytes = 0; // of the packet being read, where its own options tell

  needed: number = MIN_BLOCK_BYTES;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  read(b: Uint8Array, from: number, end: number, base: number): number {
    let at = from;
    for (;;) {
      if (this.#passedOver > 0) {
        this.needed = TRAILER_BYTES;
        if (end - at < TRAILER_BYTES) return at;
        this.#checkTrailer(b, at, this.#passedOver, base);
        this.#passedOver = 0;
        at += TRAILER_BYTES;
      }
      this.needed = MIN_BLOCK_BYTES;
      if (end - at < MIN_BLOCK_BYTES) return at;

      const type = u32(b, at, this.#bigEndian);
      if (type === Block.sectionHeader) this.#readByteOrder(b, at, base);
      const total = u32(b, at + TOTAL_LENGTH, this.#bigEndian);
      const least = MIN_BYTES[type] ?? 0;
      if (total < MIN_BLOCK_BYTES || total < least || total > MAX_BLOCK_BYTES || (total & 3) !== 0) {
        throw damaged(base + at + TOTAL_LENGTH, `a block of type ${type} cannot be ${total} bytes long`);
      }
      const next = at + total;
      if (next > end && least > 0) {
        this.needed = total;
        return at;
      }
      if (next > end) {
        this.#passedOver = total;
        at = next - TRAILER_BYTES;
        continue;
      }
      this.#checkTrailer(b, next - TRAILER_BYTES, total, base);
      this.#readBlock(type, b, at, next - TRAILER_BYTES, base);
      at = next;
    }
  }

  end(offset: number, held: number, missing: number): void {
    if (this.#passedOver > 0) {
      const end = offset + missing + TRAILER_BYTES - held;
      throw cut(end - this.#passedOver, this.#passedOver - (end - offset), this.#passedOver);
    }
    if (held > 0) throw cut(offset - held, held, this.needed);
  }

  #readBlock(type: number, b: Uint8Array, at: number, end: number, base: number): void {
    switch (type) {
      case Block.enhancedPacket:
        this.#readPacket(b, at, end, u32(b, at + INTERFACE, this.#bigEndian), 0, base);
        break;
      case Block.packet: {
        const drops = u16(b, at + DROPS, this.#bigEndian);
        const id = u16(b, at + INTERFACE, this.#bigEndian);
        this.#readPacket(b, at, end, id, drops === DROPS_UNKNOWN ? 0 : drops, base);
        break;
      }
      case Block.simplePacket:
        this.#readSimplePacket(b, at, end, base);
        break;
      case Block.sectionHeader:
        this.#openSection(b, at, base);
        break;
      case Block.interfaceDescription:
        this.#readInterface(b, at, end, base);
        break;
      case Block.nameResolution:
        this.#readNames(b, at, end, base);
        break;
      case Block.interfaceStatistics:
        this.#readStatistics(b, at, end, base);
        break;
    }
  }

  #readPacket(b: Uint8Array, at: number, end: number, id: number, drops: number, base: number): void {
    const bigEndian = this.#bigEndian;
    const from = this.#interface(id, base + at + INTERFACE);
    const captured = u32(b, at + CAPTURED, bigEndian);
    const packet = at + PACKET;
    const packetEnd = packet + captured;
    if (captured > MAX_PACKET_BYTES) throw tooLong(captured, base + at + CAPTURED);
    if (packetEnd > end) throw damaged(base + at + CAPTURED, `a packet of ${captured} bytes is longer than its block`);

    if (drops > 0) from.lostBefore(drops, this.#sink);
    const options = packetEnd + (-captured & 3);
    this.#fcsBytes = from.fcsBytes;
    if (options < end) this.#readPacketOptions(b, options, end, from, base);

    const original = u32(b, at + ORIGINAL, bigEndian);
    const wireBytes = Math.max(original, captured);
    const fcs = this.#fcsBytes === 0 ? 0 : capturedFcs(this.#fcsBytes, captured, wireBytes);
    this.#time = from.clock.microseconds(u32(b, at + TIME_HIGH, bigEndian), u32(b, at + TIME_LOW, bigEndian));
    this.#sink.frame(b, packet, packetEnd, wireBytes, this.#time, from.link, fcs);
  }

  #readPacketOptions(b: Uint8Array, from: number, end: number, on: PcapngInterface, base: number): void {
    let next: number;
    for (let at = from; at < end; at = next) {
      next = this.#endOfOption(b, at, end, base);
      const length = u16(b, at + 2, this.#bigEndian);
      switch (u16(b, at, this.#bigEndian)) {
        case END_OF_OPTIONS:
          return;
        case EPB_FLAGS: {
          // Section 4.3.1: bits 5 to 8 are the length of the frame check sequence in octets, 0 when it is not told.
          const told = length === 4 ? (u32(b, at + 4, this.#bigEndian) >>> 5) & 0xf : 0;
          if (told > 0) this.#fcsBytes = told;
          break;
        }
        case EPB_DROPCOUNT:
          if (length === 8) on.lostBefore(u64(b, at + 4, this.#bigEndian), this.#sink);
          break;
      }
    }
  }

  /** Section 4.4: as much of the packet as the snapshot length of interface 0 lets pass; it has no time of its own. */
  #readSimplePacket(b: Uint8Array, at: number, end: number, base: number): void {
    const from = this.#interface(0, base + at);
    const original = u32(b, at + SIMPLE_ORIGINAL, this.#bigEndian);
    const captured = from.snapLength === 0 ? original : Math.min(original, from.snapLength);
    const packet = at + SIMPLE_PACKET;
    if (captured > MAX_PACKET_BYTES) throw tooLong(captured, base + at + SIMPLE_ORIGINAL);
    if (packet + captured > end) {
      throw damaged(base + at + SIMPLE_ORIGINAL, `a packet of ${captured} bytes is longer than its block`);
    }
    const fcs = capturedFcs(from.fcsBytes, captured, original);
    this.#sink.frame(b, packet, packet + captured, original, this.#time, from.link, fcs);
  }

  #readByteOrder(b: Uint8Array, at: number, base: number): void {
    if (u32be(b, at + BYTE_ORDER_MAGIC) === ORDER) this.#bigEndian = true;
    else if (u32le(b, at + BYTE_ORDER_MAGIC) === ORDER) this.#bigEndian = false;
    else throw damaged(base + at + BYTE_ORDER_MAGIC, 'a section header without a byte-order magic number');
  }

  #openSection(b: Uint8Array, at: number, base: number): void {
    const major = u16(b, at + MAJOR_VERSION, this.#bigEndian);
    if (major !== 1) {
      const message = `pcapng version ${major} is not supported, only 1`;
      throw new CaptureError('CAPTURE_UNSUPPORTED_VERSION', base + at + MAJOR_VERSION, message);
    }
    this.#interfacesBefore += this.#interfaces.length;
    this.#interfaces = [];
  }

  #readInterface(b: Uint8Array, at: number, end: number, base: number): void {
    if (this.#interfaces.length === MAX_INTERFACES) {
      throw damaged(base + at, `more than ${MAX_INTERFACES} interfaces in one section`);
    }
    let resolution: number | undefined;
    let offsetSeconds = 0;
    let fcsLength = 0;
    let next: number;
    options: for (let option = at + INTERFACE_OPTIONS; option < end; option = next) {
      next = this.#endOfOption(b, option, end, base);
      const value = option + 4;
      const length = u16(b, option + 2, this.#bigEndian);
      switch (u16(b, option, this.#bigEndian)) {
        case END_OF_OPTIONS:
          break options;
        case IF_TSRESOL:
          if (length === 1) resolution = b[value];
          break;
        case IF_FCSLEN:
          if (length === 1) fcsLength = b[value] as number;
          break;
        case IF_TSOFFSET:
          if (length === 8) offsetSeconds = i64(b, value, this.#bigEndian);
          break;
      }
    }
    const link = u16(b, at + LINK, this.#bigEndian);
    const snapLength = u32(b, at + SNAP_LENGTH, this.#bigEndian);
    this.#interfaces.push(new PcapngInterface(link, snapLength, fcsLength, new Clock(resolution, offsetSeconds)));
  }

  /** Section 4.5: records of an address and the names that go with it, each ended by a NUL. */
  #readNames(b: Uint8Array, at: number, end: number, base: number): void {
    let next: number;
    for (let record = at + BODY; record < end; record = next) {
      next = this.#endOfOption(b, record, end, base); // records are laid out like options
      const type = u16(b, record, this.#bigEndian);
      if (type === END_OF_OPTIONS) return;
      if (type !== NRB_IPV4 && type !== NRB_IPV6) continue;
      const address = record + 4;
      const names = address + (type === NRB_IPV4 ? 4 : 16);
      const recordEnd = address + u16(b, record + 2, this.#bigEndian);
      for (let name = names; name < recordEnd; ) {
        let nameEnd = name;
        while (nameEnd < recordEnd && b[nameEnd] !== 0) nameEnd++;
        const printable = text(b, name, nameEnd);
        if (printable !== null) this.#sink.hostName?.(b.slice(address, names), printable);
        name = nameEnd + 1;
      }
    }
  }

  #readStatistics(b: Uint8Array, at: number, end: number, base: number): void {
    const on = this.#interface(u32(b, at + INTERFACE, this.#bigEndian), base + at + INTERFACE);
    let lost = 0;
    let next: number;
    for (let option = at + STATISTICS_OPTIONS; option < end; option = next) {
      next = this.#endOfOption(b, option, end, base);
      const code = u16(b, option, this.#bigEndian);
      if (code === END_OF_OPTIONS) break;
      const counts = (code === ISB_IFDROP || code === ISB_OSDROP) && u16(b, option + 2, this.#bigEndian) === 8;
      if (counts) lost += u64(b, option + 4, this.#bigEndian);
    }
    on.lostInAll(lost, this.#sink);
  }

  #interface(id: number, offset: number): PcapngInterface {
    const found = this.#interfaces[id];
    if (found !== undefined) {
      const number = this.#interfacesBefore + id;
      if (number !== this.#current) {
        this.#current = number;
        this.#sink.onInterface?.(number);
      }
      return found;
    }
    throw damaged(offset, `interface ${id} was not described, only ${this.#interfaces.length} were`);
  }

  /** Where the option at `at` ends: code, length, and a value padded to 32 bits. */
  #endOfOption(b: Uint8Array, at: number, end: number, base: number): number {
    const next = at + 4 + ((u16(b, at + 2, this.#bigEndian) + 3) & ~3); // blocks are whole 32-bit words: 4 bytes are there
    if (next > end) throw damaged(base + at + 2, 'an option is longer than its block');
    return next;
  }

  #checkTrailer(b: Uint8Array, at: number, total: number, base: number): void {
    const again = u32(b, at, this.#bigEndian);
    if (again === total) return;
    throw damaged(base + at, `a block says it is ${total} bytes long at its start and ${again} at its end`);
  }
}

function damaged(offset: number, what: string): CaptureError {
  return new CaptureError('CAPTURE_DAMAGED', offset, `damaged: ${what}`);
}

function cut(offset: number, held: number, needed: number): CaptureError {
  return new CaptureError('CAPTURE_CUT', offset, `cut short: the last block is ${held} of at least ${needed} bytes`);
}
