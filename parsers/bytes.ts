/** Reads of fixed-width integers. The caller has checked that the bytes are there. */

export function u8(b: Uint8Array, at: number): number {
  return b[at] as number;
}

/** Unsigned 16 bits, network byte order. */
export function u16be(b: Uint8Array, at: number): number {
  return ((b[at] as number) << 8) | (b[at + 1] as number);
}

/** Unsigned 16 bits, little-endian. */
export function u16le(b: Uint8Array, at: number): number {
  return (b[at] as number) | ((b[at + 1] as number) << 8);
}

/** Unsigned 24 bits, network byte order. */
export function u24be(b: Uint8Array, at: number): number {
  return ((b[at] as number) << 16) | ((b[at + 1] as number) << 8) | (b[at + 2] as number);
}

/** 32 bits as a signed integer, network byte order: the form in which addresses and sequence numbers are kept. */
export function i32be(b: Uint8Array, at: number): number {
  return (
    ((b[at] as number) << 24) | ((b[at + 1] as number) << 16) | ((b[at + 2] as number) << 8) | (b[at + 3] as number)
  );
}

/** 32 bits as a signed integer, little-endian. */
export function i32le(b: Uint8Array, at: number): number {
  return (
    (b[at] as number) | ((b[at + 1] as number) << 8) | ((b[at + 2] as number) << 16) | ((b[at + 3] as number) << 24)
  );
}

/** Unsigned 32 bits, network byte order. */
export function u32be(b: Uint8Array, at: number): number {
  return i32be(b, at) >>> 0;
}

/** Unsigned 32 bits, little-endian. */
export function u32le(b: Uint8Array, at: number): number {
  return i32le(b, at) >>> 0;
}
