/** Reads of integers whose byte order the file tells. The caller has checked that the bytes are there. */
import { i32be, i32le, u16be, u16le, u32be, u32le } from '../../parsers/bytes.ts';

export function u16(b: Uint8Array, at: number, bigEndian: boolean): number {
  return bigEndian ? u16be(b, at) : u16le(b, at);
}

export function u32(b: Uint8Array, at: number, bigEndian: boolean): number {
  return bigEndian ? u32be(b, at) : u32le(b, at);
}

/** Unsigned 64 bits as a double: exact below 2^53. */
export function u64(b: Uint8Array, at: number, bigEndian: boolean): number {
  const high = bigEndian ? u32be(b, at) : u32le(b, at + 4);
  const low = bigEndian ? u32be(b, at + 4) : u32le(b, at);
  return high * 2 ** 32 + low;
}

/** Signed 64 bits as a double: exact where its magnitude is below 2^53. */
export function i64(b: Uint8Array, at: number, bigEndian: boolean): number {
  const high = bigEndian ? i32be(b, at) : i32le(b, at + 4);
  const low = bigEndian ? u32be(b, at + 4) : u32le(b, at);
  return high * 2 ** 32 + low;
}
