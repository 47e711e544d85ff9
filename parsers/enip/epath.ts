/**
 * Where in a device (and behind which ports) a CIP message goes: EPATH, The CIP Networks Library Volume 1, appendix C.
 * A path is a row of segments; the top three bits of a segment's first byte are its type.
 */

import { u8, u16le, u32le } from '../bytes.ts';
import { NO_UNIT } from '../protocol.ts';

/** The part of a path that was not there. */
export const ABSENT = -1;

const Segment = { port: 0, logical: 1, network: 2, symbolic: 3, data: 4 } as const;
const Logical = { class: 0, instance: 1, member: 2, connectionPoint: 3, attribute: 4, special: 5 } as const;

/** Port segment (C-1.4.1): port number in the low four bits, 15 when it follows as 16 bits; a length precedes the address. */
const EXTENDED_LINK_ADDRESS = 0x10;
const EXTENDED_PORT = 0x0f;
/** The port that chassis devices give to their backplane; its link addresses are slots. */
const BACKPLANE = 1;

/** Network segments from this subtype on have a length (C-1.4.3). */
const LONG_NETWORK_SEGMENT = 0x10;
const SAFETY_SEGMENT = 0x50;
const ANSI_EXTENDED_SYMBOL = 0x91;
/** Electronic key segment (C-1.4.2.5.1) and its key format of vendor, device type, product code and revision. */
const KEY_SEGMENT = 0x34;
const KEY_FORMAT = 4;
export const KEY_BYTES = 8;

/** Longest composed tag name; Logix names have up to 40 characters a level, so this holds any name seen in practice. */
const MAX_NAME_BYTES = 160;

/** A path taken apart, into numbers. One object is filled again and again. */
export class EPath {
  classId: number = ABSENT;
  instance: number = ABSENT;
  attribute: number = ABSENT;
  /** Port segments passed: hops between the addressed device and the one that is meant. */
  hops = 0;
  /** The backplane slot of the first hop, or NO_UNIT when it leads elsewhere. */
  slot: number = NO_UNIT;
  /** Where the electronic key's KEY_BYTES are, or ABSENT. */
  keyAt: number = ABSENT;
  /** Where a CIP Safety network segment begins, or ABSENT. */
  safetyAt: number = ABSENT;
  /** Symbolic segments, and the array indices (member segments) after them. */
  symbols = 0;
  #indices = 0;
  #symbolAt = 0;
  #symbolEnd = 0;

  /** Where the tag's name lies after `name`: `nameBytes[nameAt, nameEnd)`. */
  nameBytes: Uint8Array = NOTHING;
  nameAt = 0;
  nameEnd = 0;
  #composed: Uint8Array | undefined;

  /** Takes the padded path in `b[at, end)` apart; false when its segments do not fill it exactly. */
  read(b: Uint8Array, at: number, end: number): boolean {
    this.classId = ABSENT;
    this.instance = ABSENT;
    this.attribute = ABSENT;
    this.hops = 0;
    this.slot = NO_UNIT;
    this.keyAt = ABSENT;
    this.safetyAt = ABSENT;
    this.symbols = 0;
    this.#indices = 0;

    let next = at;
    while (next < end) {
      const stop = segmentEnd(b, next, end);
      if (stop === ABSENT) return false;
      this.#segment(b, next);
      next = stop;
    }
    return true;
  }

  #segment(b: Uint8Array, at: number): void {
    const first = u8(b, at);
    switch (first >>> 5) {
      case Segment.port:
        if (this.hops++ === 0 && first === BACKPLANE) this.slot = u8(b, at + 1);
        return;
      case Segment.logical:
        this.#logical(b, at, first);
        return;
      case Segment.network:
        if (first === SAFETY_SEGMENT && this.safetyAt === ABSENT) this.safetyAt = at;
        return;
      case Segment.symbolic:
      case Segment.data:
        if (isSymbol(first) && this.symbols++ === 0) {
          this.#symbolAt = symbolStart(first, at);
          this.#symbolEnd = symbolStop(b, first, at);
        }
        return;
      default:
        return;
    }
  }

  #logical(b: Uint8Array, at: number, first: number): void {
    switch ((first >>> 2) & 7) {
      case Logical.class:
        if (this.classId === ABSENT) this.classId = logicalValue(b, at, first);
        return;
      case Logical.instance:
        if (this.instance === ABSENT) this.instance = logicalValue(b, at, first);
        return;
      case Logical.attribute:
        if (this.attribute === ABSENT) this.attribute = logicalValue(b, at, first);
        return;
      case Logical.member:
        if (this.symbols > 0) this.#indices++;
        return;
      case Logical.special:
        if (first === KEY_SEGMENT && u8(b, at + 1) === KEY_FORMAT) this.keyAt = at + 2;
        return;
      default:
        return;
    }
  }

  /**
   * Puts the whole tag name, e.g. `Program:Main.Motor[3].Speed`, where nameBytes says. The path read last must be
   * `b[at, end)`, sound, and have a symbol. A name of one segment stays where it is; only a longer one is put together.
   */
  name(b: Uint8Array, at: number, end: number): void {
    if (this.symbols === 1 && this.#indices === 0) {
      this.nameBytes = b;
      this.nameAt = this.#symbolAt;
      this.nameEnd = this.#symbolEnd;
      return;
    }
    this.#composed ??= new Uint8Array(MAX_NAME_BYTES);
    const to = this.#composed;
    let length = 0;
    for (let next = at; next !== ABSENT && next < end; ) {
      const first = u8(b, next);
      if (isSymbol(first)) {
        if (length > 0) length = put(to, length, DOT);
        const stop = symbolStop(b, first, next);
        for (let i = symbolStart(first, next); i < stop; i++) length = put(to, length, u8(b, i));
      } else if (first >>> 5 === Segment.logical && ((first >>> 2) & 7) === Logical.member && length > 0) {
        length = putIndex(to, length, logicalValue(b, next, first));
      }
      next = segmentEnd(b, next, end);
    }
    this.nameBytes = to;
    this.nameAt = 0;
    this.nameEnd = length;
  }
}

const NOTHING = new Uint8Array(0);
const DOT = 0x2e;

function put(to: Uint8Array, length: number, byte: number): number {
  if (length < to.length) to[length++] = byte;
  return length;
}

function putIndex(to: Uint8Array, length: number, index: number): number {
  let divisor = 1;
  while (index / divisor >= 10) divisor *= 10;
  let next = put(to, length, 0x5b);
  for (; divisor >= 1; divisor = Math.floor(divisor / 10))
    next = put(to, next, 0x30 + (Math.floor(index / divisor) % 10));
  return put(to, next, 0x5d);
}

/** Whether a segment that begins so is a symbol: the symbolic type (0x60, not its extended strings) or ANSI extended. */
function isSymbol(first: number): boolean {
  return first === ANSI_EXTENDED_SYMBOL || (first >>> 5 === Segment.symbolic && (first & 0x1f) !== 0);
}

function symbolStart(first: number, at: number): number {
  return first === ANSI_EXTENDED_SYMBOL ? at + 2 : at + 1;
}

function symbolStop(b: Uint8Array, first: number, at: number): number {
  return first === ANSI_EXTENDED_SYMBOL ? at + 2 + u8(b, at + 1) : at + 1 + (first & 0x1f);
}

/** A logical segment's value; its two low bits say 8, 16 or 32 bits, the wider ones after a pad byte (C-1.4.2). */
function logicalValue(b: Uint8Array, at: number, first: number): number {
  switch (first & 3) {
    case 0:
      return u8(b, at + 1);
    case 1:
      return u16le(b, at + 2);
    default:
      return u32le(b, at + 2);
  }
}

/** Where the padded segment at `at` ends, or ABSENT when it is of no known form or goes past `end`. */
export function segmentEnd(b: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return ABSENT;
  const first = u8(b, at);
  const second = u8(b, at + 1);
  let size: number;
  switch (first >>> 5) {
    case Segment.port: {
      const port = (first & EXTENDED_PORT) === EXTENDED_PORT ? 2 : 0;
      size = (first & EXTENDED_LINK_ADDRESS) !== 0 ? 2 + port + second : 2 + port;
      break;
    }
    case Segment.logical:
      if (((first >>> 2) & 7) === Logical.special) {
        size = first === KEY_SEGMENT && second === KEY_FORMAT ? 2 + KEY_BYTES : 0;
      } else {
        size = (first & 3) === 0 ? 2 : (first & 3) === 1 ? 4 : (first & 3) === 2 ? 6 : 0;
      }
      break;
    case Segment.network:
      size = (first & LONG_NETWORK_SEGMENT) !== 0 ? 2 + 2 * second : 2;
      break;
    case Segment.symbolic:
      size = (first & 0x1f) !== 0 ? 1 + (first & 0x1f) : 0;
      break;
    case Segment.data:
      size = first === 0x80 ? 2 + 2 * second : first === ANSI_EXTENDED_SYMBOL ? 2 + second : 0;
      break;
    default:
      size = 0;
  }
  size += size & 1; // every segment of a padded path begins at an even place
  return size !== 0 && at + size <= end ? at + size : ABSENT;
}
