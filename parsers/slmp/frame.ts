/**
 * The 3E and 4E frames of SLMP, binary and ASCII (SH-080956ENG, section 4). Binary, least significant byte first:
 *
 *   3E | 50 00 or D0 00 |            | network | station | module 2 | multidrop | length 2 | timer or end code 2 | ...
 *   4E | 54 00 or D4 00 | serial 2 0 | and so on
 *
 * In ASCII each byte is two hexadecimal digits, most significant first.
 */
import { u8, u16le } from '../bytes.ts';
import { NOT_A_PDU } from '../protocol.ts';
import { NOT_ENOUGH } from '../segment-cutter.ts';

/** Bytes before the network number, from there to the end of the length, both in binary. */
const SERIAL_BYTES = 4;
const ROUTE_BYTES = 5;
/** The longest data: 2 kB in binary for most modules, twice that in ASCII. */
const MAX_LENGTH = 8192;
/** Requests: timer, command and subcommand. Answers: the end code. */
const LEAST_REQUEST = 6;
const LEAST_ANSWER = 2;

/** A hexadecimal digit's value, or -1. */
function digit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** The number of `digits` hexadecimal digits at `at`, or -1. */
export function hexadecimal(b: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const d = digit(u8(b, i));
    if (d < 0) return -1;
    value = value * 16 + d;
  }
  return value;
}

/** The number of `digits` decimal digits at `at`, or -1. */
export function decimal(b: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const d = u8(b, i) - 0x30;
    if (d < 0 || d > 9) return -1;
    value = value * 10 + d;
  }
  return value;
}

/** One frame, read anew for each: where its parts lie. */
export class Frame {
  ascii = false;
  answer = false;
  /** The serial number of a 4E frame; 0 in 3E, which has none. */
  serial = 0;
  /** Network, station, module and multidrop station as they lead to the access target. */
  network = 0;
  station = 0;
  module = 0;
  multidrop = 0;
  /** Where the timer or the end code stands. */
  data = 0;

  /** Reads the header at `at`: returns the frame's size, NOT_ENOUGH, or NOT_A_PDU. */
  read(b: Uint8Array, at: number, end: number): number {
    if (end - at < 4) return NOT_ENOUGH;
    const first = u8(b, at);
    this.ascii = first === 0x35 || first === 0x44; // "5" or "D"
    if (this.ascii && (u8(b, at + 2) !== 0x30 || u8(b, at + 3) !== 0x30)) return NOT_A_PDU;
    if (!this.ascii && u8(b, at + 1) !== 0) return NOT_A_PDU;
    const subheader = this.ascii ? hexadecimal(b, at, 2) : first;
    const serial = subheader === 0x54 || subheader === 0xd4;
    if (!serial && subheader !== 0x50 && subheader !== 0xd0) return NOT_A_PDU;
    this.answer = subheader >= 0xd0;
    const scale = this.ascii ? 2 : 1;
    const route = at + scale * (2 + (serial ? SERIAL_BYTES : 0));
    const length = route + scale * ROUTE_BYTES;
    this.data = length + 2 * scale;
    if (end < this.data) return NOT_ENOUGH;
    this.serial = serial ? (this.ascii ? hexadecimal(b, at + 4, 4) : u16le(b, at + 2)) : 0;
    if (this.ascii) {
      this.network = hexadecimal(b, route, 2);
      this.station = hexadecimal(b, route + 2, 2);
      this.module = hexadecimal(b, route + 4, 4);
      this.multidrop = hexadecimal(b, route + 8, 2);
    } else {
      this.network = u8(b, route);
      this.station = u8(b, route + 1);
      this.module = u16le(b, route + 2);
      this.multidrop = u8(b, route + 4);
    }
    const size = this.ascii ? hexadecimal(b, length, 4) : u16le(b, length);
    const least = scale * (this.answer ? LEAST_ANSWER : LEAST_REQUEST);
    const routed = this.network >= 0 && this.station >= 0 && this.module >= 0 && this.multidrop >= 0;
    return routed && size >= least && size <= MAX_LENGTH ? this.data - at + size : NOT_A_PDU;
  }

  /** The 16 bits that stand `index` words after the header. */
  word(b: Uint8Array, index: number): number {
    return this.ascii ? hexadecimal(b, this.data + 4 * index, 4) : u16le(b, this.data + 2 * index);
  }

  /** The frame goes to the station it is sent to: its CPU, by the numbers that stand for it. */
  get direct(): boolean {
    return this.network === 0 && this.station === 0xff && this.module === 0x03ff && this.multidrop === 0;
  }

  /** Network and station as one number. */
  get route(): number {
    return (this.network << 8) | this.station;
  }
}
