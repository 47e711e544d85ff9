/**
 * Data link layer: IEEE 1815-2012, "Data Link Layer". A frame is a header block of 8 octets and up to 16 data blocks of 16
 * octets (the last may be shorter), each followed by its CRC; integers are little-endian:
 *
 *   0       2        3         4             6        8     10
 *   | 05 64 | length | control | destination | source | CRC | user data ... CRC | ...
 */
import { u8, u16le } from '../bytes.ts';
import { NOT_A_PDU } from '../protocol.ts';

const START = 0;
const LENGTH = 2; // control, destination, source and user data, without any CRC
const CONTROL = 3;
const DESTINATION = 4;
const SOURCE = 6;
const HEADER_CRC = 8;

/** Start octets to header CRC. */
export const HEADER_BYTES = 10;
/** Where user data, and so the transport octet, begins. */
export const USER_DATA = HEADER_BYTES;

const START_OCTETS = 0x6405; // 05 64, read little-endian
const CRC_BYTES = 2;
const BLOCK_BYTES = 16;
/** What `length` counts before the user data: control, destination and source. */
const LENGTH_OVERHEAD = 5;
const MAX_USER_DATA_BYTES = 255 - LENGTH_OVERHEAD;

/** The longest frame: 250 octets of user data in 16 blocks. */
export const MAX_FRAME_BYTES: number = frameBytes(MAX_USER_DATA_BYTES);

/** Longest part of an application fragment in one frame: user data less the transport octet. */
export const MAX_SEGMENT_BYTES: number = MAX_USER_DATA_BYTES - 1;

/** User data up to this length lies in one block, so that no CRC interrupts it. */
export const ONE_BLOCK_BYTES: number = BLOCK_BYTES;

/** Bits of the control octet. */
export const Control = {
  /** Direction: set in frames from a master. */
  dir: 0x80,
  /** Set in frames of a primary station, which starts a link transaction; clear in those that answer it. */
  prm: 0x40,
  functionMask: 0x0f,
} as const;

/** Function codes of the control octet. */
const Primary = {
  resetLinkStates: 0,
  testLinkStates: 2,
  confirmedData: 3,
  unconfirmedData: 4,
  requestStatus: 9,
} as const;
const Secondary = { ack: 0, nack: 1, linkStatus: 11, notSupported: 15 } as const;

/** What a frame is for. */
export const FrameKind = { data: 0, upkeep: 1, unknown: 2 } as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Addresses from here up are broadcasts, FFFD to FFFF: nobody answers them. */
export const FIRST_BROADCAST = 0xfffd;
/** Whoever gets a frame for this address takes it as its own. */
export const SELF_ADDRESS = 0xfffc;

export function control(b: Uint8Array, at: number): number {
  return u8(b, at + CONTROL);
}

export function destination(b: Uint8Array, at: number): number {
  return u16le(b, at + DESTINATION);
}

export function source(b: Uint8Array, at: number): number {
  return u16le(b, at + SOURCE);
}

/** Octets of user data in the frame at `at`, CRCs not counted. */
export function userDataBytes(b: Uint8Array, at: number): number {
  return u8(b, at + LENGTH) - LENGTH_OVERHEAD;
}

/** Octets of the frame at `at`, or NOT_A_PDU where the start octets, the length or the header's CRC are wrong. */
export function frame(b: Uint8Array, at: number): number {
  if (u16le(b, at + START) !== START_OCTETS || u8(b, at + LENGTH) < LENGTH_OVERHEAD) return NOT_A_PDU;
  return crcFits(b, at, HEADER_CRC) ? frameBytes(userDataBytes(b, at)) : NOT_A_PDU;
}

/** What the frame with this control octet is for. */
export function frameKind(controlOctet: number): FrameKind {
  const code = controlOctet & Control.functionMask;
  if ((controlOctet & Control.prm) !== 0) {
    switch (code) {
      case Primary.confirmedData:
      case Primary.unconfirmedData:
        return FrameKind.data;
      case Primary.resetLinkStates:
      case Primary.testLinkStates:
      case Primary.requestStatus:
        return FrameKind.upkeep;
      default:
        return FrameKind.unknown;
    }
  }
  switch (code) {
    case Secondary.ack:
    case Secondary.nack:
    case Secondary.linkStatus:
    case Secondary.notSupported:
      return FrameKind.upkeep;
    default:
      return FrameKind.unknown;
  }
}

/** Whether the CRC of every data block of the frame at `at` is right; the whole frame must be there. */
export function userDataIntact(b: Uint8Array, at: number): boolean {
  let next = at + USER_DATA;
  for (let left = userDataBytes(b, at); left > 0; left -= BLOCK_BYTES) {
    const bytes = Math.min(left, BLOCK_BYTES);
    if (!crcFits(b, next, bytes)) return false;
    next += bytes + CRC_BYTES;
  }
  return true;
}

/**
 * Copies the user data behind the transport octet of the frame at `at` to `into[to …]`, without the CRCs.
 * @returns the end of the copy
 */
export function copySegment(b: Uint8Array, at: number, into: Uint8Array, to: number): number {
  let from = at + USER_DATA + 1;
  let next = to;
  let left = userDataBytes(b, at) - 1;
  let block = BLOCK_BYTES - 1; // the first one also holds the transport octet
  while (left > 0) {
    const bytes = Math.min(left, block);
    for (let i = bytes; i > 0; i--) into[next++] = u8(b, from++);
    left -= bytes;
    from += CRC_BYTES;
    block = BLOCK_BYTES;
  }
  return next;
}

function frameBytes(userData: number): number {
  return HEADER_BYTES + userData + CRC_BYTES * Math.ceil(userData / BLOCK_BYTES);
}

/** Whether the octets behind the `bytes` at `at` are their CRC. */
function crcFits(b: Uint8Array, at: number, bytes: number): boolean {
  const table = CRC_TABLE;
  const end = at + bytes;
  let crc = 0;
  let next = at;
  // eight octets are independent of one another where the CRC of each with what follows it is known
  for (; end - next >= STRIDE; next += STRIDE) {
    crc =
      (table[0x700 | ((crc ^ u8(b, next)) & 0xff)] as number) ^
      (table[0x600 | ((crc >>> 8) ^ u8(b, next + 1))] as number) ^
      (table[0x500 | u8(b, next + 2)] as number) ^
      (table[0x400 | u8(b, next + 3)] as number) ^
      (table[0x300 | u8(b, next + 4)] as number) ^
      (table[0x200 | u8(b, next + 5)] as number) ^
      (table[0x100 | u8(b, next + 6)] as number) ^
      (table[u8(b, next + 7)] as number);
  }
  for (; next < end; next++) crc = (crc >>> 8) ^ (table[(crc ^ u8(b, next)) & 0xff] as number);
  return (crc ^ 0xffff) === u16le(b, end);
}

/** CRC-16/DNP: polynomial 3D65, here with its bits reversed, inverted at the end. */
const POLYNOMIAL = 0xa6bc;
/** Octets taken at once: a header is one stride, a full data block two. */
const STRIDE = 8;
const CRC_TABLE: Uint16Array = crcTable();

/** The CRC of each octet, then of each octet with one zero behind it, and so on up to STRIDE - 1 zeros. */
function crcTable(): Uint16Array {
  const table = new Uint16Array(STRIDE * 256);
  for (let octet = 0; octet < 256; octet++) {
    let crc = octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    table[octet] = crc;
  }
  for (let place = 256; place < table.length; place++) {
    const before = table[place - 256] as number;
    table[place] = (before >>> 8) ^ (table[before & 0xff] as number);
  }
  return table;
}
