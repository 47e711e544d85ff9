/**
 * The objects of an application fragment: IEEE 1815-2012, clause 4 (object headers) and Annex A (object library).
 *
 *   0       1           2           3
 *   | group | variation | qualifier | range ... | objects, each behind its index or size where the qualifier says so
 */
import { u8, u16le, u32le } from '../bytes.ts';
import { Outcome } from '../protocol.ts';
import { FunctionCode, Group } from './codes.ts';

/** Range specifier codes: the qualifier's low 4 bits. */
const Range = {
  startStop8: 0,
  startStop16: 1,
  startStop32: 2,
  all: 6,
  count8: 7,
  count16: 8,
  count32: 9,
  variable: 0xb,
} as const;
const RANGE_MASK = 0x0f;

/** Object prefix codes, the qualifier's bits 4 to 6: none, an index of 1, 2 or 4 octets, a size of 1, 2 or 4. */
const FIRST_SIZE_PREFIX = 4;
const RESERVED_PREFIX = 7;
const PREFIX_OCTETS: Uint8Array = Uint8Array.of(0, 1, 2, 4, 1, 2, 4, 0);
const RESERVED_BIT = 0x80;

/** Octets of an object whose length the table below does not tell. */
export const UNKNOWN = -1;

/**
 * Walks the object headers of one fragment. `next` makes the fields tell of the next header; they are numbers and
 * offsets, so that walking allocates nothing.
 */
export class ObjectHeaders {
  #b: Uint8Array = new Uint8Array(0);
  #next = 0;
  #end = 0;
  #code = 0;

  group = 0;
  variation = 0;
  /** The header names points from `first` on, `count` of them. */
  ranged = false;
  first = 0;
  /** Points or objects; 0 where the header means all there are. */
  count = 0;
  /** Octets of the index before each object, 0 where there is none. */
  indexOctets = 0;
  /** Each object stands behind its own size. */
  sized = false;
  /** Octets of the size before each object, where `sized`. */
  sizeOctets = 0;
  /** Octets of each object; 0 where none follow; UNKNOWN where they differ, or are packed bits. */
  objectOctets = 0;
  /** The objects, with their prefixes, are at `[at, end)`; less than `count` of them where the fragment was cut. */
  at = 0;
  end = 0;

  /** Why `next` said no: `ok` at the end of the fragment. Final once it did. */
  outcome: Outcome = Outcome.ok;

  /** Starts on the object headers at `b[at, end)` of a fragment with this function code. */
  open(b: Uint8Array, at: number, end: number, code: number): void {
    this.#b = b;
    this.#next = at;
    this.#end = end;
    this.#code = code;
    this.outcome = Outcome.ok;
  }

  /** Lets go of the fragment. */
  close(): void {
    this.#b = EMPTY;
  }

  /** Goes to the next header; false when there is none, or none that can be made out. */
  next(): boolean {
    const b = this.#b;
    const end = this.#end;
    let at = this.#next;
    if (at >= end) return false;
    if (end - at < 3) return this.#stop(Outcome.truncated);
    this.group = u8(b, at);
    this.variation = u8(b, at + 1);
    const qualifier = u8(b, at + 2);
    const prefix = (qualifier >> 4) & 7;
    if ((qualifier & RESERVED_BIT) !== 0 || prefix === RESERVED_PREFIX) return this.#stop(Outcome.malformed);
    at += 3;

    this.sized = prefix >= FIRST_SIZE_PREFIX;
    this.indexOctets = this.sized ? 0 : u8(PREFIX_OCTETS, prefix);
    this.sizeOctets = this.sized ? u8(PREFIX_OCTETS, prefix) : 0;
    const range = qualifier & RANGE_MASK;
    const octets = rangeOctets(range);
    if (octets < 0) return this.#stop(Outcome.unsupported);
    if (end - at < octets) return this.#stop(Outcome.truncated);
    this.ranged = range <= Range.startStop32;
    this.first = 0;
    this.count = 0;
    if (this.ranged) {
      const width = octets >> 1;
      this.first = unsigned(b, at, width);
      this.count = unsigned(b, at + width, width) - this.first + 1;
      // a range counts its points from start to stop, without a prefix to any
      if (this.count <= 0 || prefix !== 0) return this.#stop(Outcome.malformed);
    } else if (octets > 0) {
      this.count = unsigned(b, at, octets);
    }
    this.at = at + octets;
    this.#measure();
    return true;
  }

  /** Finds where the header's objects end. */
  #measure(): void {
    let stop = this.at;
    this.objectOctets = 0;
    if (this.sized) {
      this.objectOctets = UNKNOWN;
      stop = this.#afterSized();
    } else if (!carriesObjects(this.#code, this.group)) {
      stop += this.count * this.indexOctets;
    } else if (this.group === Group.deviceAttributes) {
      this.objectOctets = UNKNOWN;
      stop = this.#afterAttributes();
    } else {
      const bits = objectBits(this.group, this.variation);
      if (bits === UNKNOWN || (bits < 8 && bits > 0 && this.indexOctets > 0)) {
        this.objectOctets = UNKNOWN;
        this.end = this.at;
        this.#stop(Outcome.unsupported);
        return;
      }
      this.objectOctets = bits % 8 === 0 ? bits / 8 : UNKNOWN;
      stop += Math.ceil((this.count * bits) / 8) + this.count * this.indexOctets;
    }
    if (stop > this.#end) {
      this.end = this.#end;
      this.#stop(Outcome.truncated);
    } else {
      this.end = stop;
      this.#next = stop;
    }
  }

  /** The end of `count` objects, each behind its size; past the fragment's end when it is cut. */
  #afterSized(): number {
    const { sizeOctets } = this;
    let next = this.at;
    for (let left = this.count; left > 0; left--) {
      if (this.#end - next < sizeOctets) return CUT;
      next += sizeOctets + unsigned(this.#b, next, sizeOctets);
    }
    return next;
  }

  /** The end of `count` device attributes: data type, length and value each, behind an index if there is one. */
  #afterAttributes(): number {
    let next = this.at;
    for (let left = this.count; left > 0; left--) {
      if (this.#end - next < this.indexOctets + 2) return CUT;
      next += this.indexOctets + attributeOctets(this.#b, next + this.indexOctets);
    }
    return next;
  }

  #stop(outcome: Outcome): false {
    this.outcome = outcome;
    this.#next = this.#end;
    return false;
  }
}

const EMPTY = new Uint8Array(0);
const CUT = Number.POSITIVE_INFINITY;

/** Group 0's list of variations may be longer than its length octet can say: then by 256, with a type of its own. */
const TYPE_LONG_LIST = 255;

/** Octets of the device attribute whose data type and length are at `at`. */
export function attributeOctets(b: Uint8Array, at: number): number {
  return 2 + u8(b, at + 1) + (u8(b, at) === TYPE_LONG_LIST ? 256 : 0);
}

/** An unsigned integer of 1, 2 or 4 octets. */
export function unsigned(b: Uint8Array, at: number, octets: number): number {
  return octets === 1 ? u8(b, at) : octets === 2 ? u16le(b, at) : u32le(b, at);
}

/** Octets of the range field; -1 for what is reserved, or obsolete (virtual addresses). */
function rangeOctets(range: number): number {
  switch (range) {
    case Range.all:
      return 0;
    case Range.count8:
    case Range.variable:
      return 1;
    case Range.startStop8:
    case Range.count16:
      return 2;
    case Range.startStop16:
    case Range.count32:
      return 4;
    case Range.startStop32:
      return 8;
    default:
      return -1;
  }
}

/** Whether objects follow this group's header in a fragment with this function code, or only indexes at most. */
function carriesObjects(code: number, group: number): boolean {
  if (group === Group.classes) return false;
  switch (code) {
    case FunctionCode.read:
    case FunctionCode.immediateFreeze:
    case FunctionCode.immediateFreezeNoAck:
    case FunctionCode.freezeClear:
    case FunctionCode.freezeClearNoAck:
    case FunctionCode.enableUnsolicited:
    case FunctionCode.disableUnsolicited:
    case FunctionCode.assignClass:
      return group === Group.authentication; // aggressive mode puts it before the objects asked for
    case FunctionCode.freezeAtTime:
    case FunctionCode.freezeAtTimeNoAck:
      return group === Group.time || group === Group.authentication;
    default:
      return true;
  }
}

/** Bits of one object of fixed length, UNKNOWN of any other. */
function objectBits(group: number, variation: number): number {
  // the variation of strings is their length (octet strings, virtual terminal)
  if (group >= Group.octetString && group <= Group.virtualTerminalEvent) return 8 * variation;
  if (variation >= VARIATIONS) return UNKNOWN;
  const bits = OBJECT_BITS[group * VARIATIONS + variation] as number;
  return bits === 0 ? UNKNOWN : bits;
}

/** More than any group with objects of fixed length has. */
const VARIATIONS = 16;
const OBJECT_BITS: Uint8Array = objectTable();

/** Annex A. Octets by group, from variation 1 on; 0 where the variation does not exist or its length is not fixed. */
function objectTable(): Uint8Array {
  const bits = new Uint8Array(256 * VARIATIONS);
  const octets = (group: number, ...lengths: readonly number[]) => {
    lengths.forEach((length, i) => {
      bits[group * VARIATIONS + i + 1] = 8 * length;
    });
  };
  const packed = (group: number, variation: number, each: number) => {
    bits[group * VARIATIONS + variation] = each;
  };
  octets(1, 0, 1); // binary input
  packed(1, 1, 1);
  octets(2, 1, 7, 3);
  octets(3, 0, 1); // double-bit binary input
  packed(3, 1, 2);
  octets(4, 1, 7, 3);
  octets(10, 0, 1); // binary output
  packed(10, 1, 1);
  octets(11, 1, 7);
  octets(12, 11, 11); // control relay output block, pattern control block, pattern mask
  packed(12, 3, 1);
  octets(13, 1, 7);
  octets(20, 5, 3, 5, 3, 4, 2, 4, 2); // counter
  octets(21, 5, 3, 5, 3, 11, 9, 11, 9, 4, 2, 4, 2);
  octets(22, 5, 3, 5, 3, 11, 9, 11, 9);
  octets(23, 5, 3, 5, 3, 11, 9, 11, 9);
  octets(30, 5, 3, 4, 2, 5, 9); // analog input
  octets(31, 5, 3, 11, 9, 4, 2, 5, 9);
  octets(32, 5, 3, 11, 9, 5, 9, 11, 15);
  octets(33, 5, 3, 11, 9, 5, 9, 11, 15);
  octets(34, 2, 4, 4);
  octets(40, 5, 3, 5, 9); // analog output
  octets(41, 5, 3, 5, 9);
  octets(42, 5, 3, 11, 9, 5, 9, 11, 15);
  octets(43, 5, 3, 11, 9, 5, 9, 11, 15);
  octets(50, 6, 10, 6, 11); // time
  octets(51, 6, 6);
  octets(52, 2, 2);
  packed(80, 1, 1); // internal indications
  octets(102, 1);
  octets(120, 0, 0, 6, 2); // authentication: aggressive mode request, session key status request
  octets(121, 7); // security statistic
  octets(122, 7, 13);
  return bits;
}
