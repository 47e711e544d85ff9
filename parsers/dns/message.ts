/**
 * DNS messages: RFC 1035, section 4.1, shared by DNS, mDNS, LLMNR and the NetBIOS name service.
 *
 *   0    2       4         6         8           10           12
 *   | id | flags | QDCOUNT | ANCOUNT | NSCOUNT   | ARCOUNT    | questions, answers, authority, additional records
 *
 *   question: name, type (2), class (2)      record: name, type (2), class (2), TTL (4), RDLENGTH (2), RDATA
 */
import { u8, u16be } from '../bytes.ts';

export const FLAGS = 2;
export const QDCOUNT = 4;
const ANCOUNT = 6;
const NSCOUNT = 8;
const ARCOUNT = 10;
export const HEADER_BYTES = 12;

/** Bits of the flags (RFC 1035, section 4.1.1). */
export const RESPONSE = 0x8000;
const TRUNCATION = 0x0200;

/** Record types: the IANA registry "Resource Record (RR) TYPEs". */
export const Type = {
  a: 1,
  soa: 6,
  ptr: 12,
  hinfo: 13,
  txt: 16,
  aaaa: 28,
  /** NB and NBSTAT of the NetBIOS name service (RFC 1002, section 4.2.1.3); 33 is SRV everywhere else. */
  nb: 32,
  srv: 33,
  opt: 41,
  any: 255,
} as const;

/** The top bit of a class: cache flush or unicast response in mDNS (RFC 6762, sections 10.2 and 5.4). */
export const CLASS_MASK = 0x7fff;
export const INTERNET = 1;

export function opcodeOf(flags: number): number {
  return (flags >>> 11) & 15;
}

export function rcodeOf(flags: number): number {
  return flags & 15;
}

/** The answer that says "no name ends here". */
export const NO_NAME = -1;

/** Longest name on the wire (RFC 1035, section 2.3.4): as text with dots it is shorter. */
const MAX_NAME_BYTES = 255;
/** Compression pointers followed in one name. They must point backwards, so loops end; real names use a few. */
const MAX_POINTERS = 16;
const POINTER = 0xc0;

/** An address's room in front of a name, so that both stand in one buffer, as `evidenceAbout` asks. */
export const ADDRESS_ROOM = 16;

/** Where the name at `at` ends in place, not followed through pointers; NO_NAME when it leaves `end` behind. */
export function skipName(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const length = u8(b, next);
    if (length === 0) return next + 1;
    if ((length & POINTER) === POINTER) return next + 2 <= end ? next + 2 : NO_NAME;
    if ((length & POINTER) !== 0) return NO_NAME; // 01 and 10 are reserved
    next += 1 + length;
    if (next - at > MAX_NAME_BYTES) return NO_NAME;
  }
  return NO_NAME;
}

/**
 * A name written out: its labels with dots between them, at `bytes[ADDRESS_ROOM, end)`. One is made per process and
 * reused, for a name is only looked at until the next one is read.
 */
export class NameText {
  readonly bytes: Uint8Array = new Uint8Array(ADDRESS_ROOM + MAX_NAME_BYTES + 1);
  end: number = ADDRESS_ROOM;
  labels = 0;

  /** Writes out the name at `at` of the message that begins at `message`. False when it is none. */
  read(b: Uint8Array, message: number, at: number, end: number): boolean {
    const { bytes } = this;
    let to = ADDRESS_ROOM;
    let next = at;
    let before = at; // pointers lead to prior occurrences (section 4.1.4)
    let pointers = 0;
    this.labels = 0;
    for (;;) {
      if (next >= end) return false;
      const length = u8(b, next);
      if (length === 0) break;
      if ((length & POINTER) === POINTER) {
        if (next + 2 > end || ++pointers > MAX_POINTERS) return false;
        next = message + (u16be(b, next) & 0x3fff);
        if (next >= before || next < message + HEADER_BYTES) return false;
        before = next;
        continue;
      }
      const stop = next + 1 + length;
      if ((length & POINTER) !== 0 || stop > end || to + length + 1 > bytes.length) return false;
      if (to > ADDRESS_ROOM) bytes[to++] = DOT;
      for (let from = next + 1; from < stop; from++) bytes[to++] = u8(b, from);
      this.labels++;
      next = stop;
    }
    this.end = to;
    return to > ADDRESS_ROOM;
  }

  /** Puts the address at `b[at, at + length)` in front of the name, ending at ADDRESS_ROOM. */
  setAddress(b: Uint8Array, at: number, length: number): void {
    for (let i = 0; i < length; i++) this.bytes[ADDRESS_ROOM - length + i] = u8(b, at + i);
  }

  /** Whether the name ends with `suffix` (lower case), in any case. */
  endsWith(suffix: Uint8Array): boolean {
    return this.end - ADDRESS_ROOM >= suffix.length && this.#matches(suffix, this.end - suffix.length);
  }

  /** Whether the name begins with `prefix` (lower case), in any case. */
  startsWith(prefix: Uint8Array): boolean {
    return this.end - ADDRESS_ROOM >= prefix.length && this.#matches(prefix, ADDRESS_ROOM);
  }

  /** Whether `part` (lower case) stands anywhere in the name, in any case. */
  contains(part: Uint8Array): boolean {
    for (let at = ADDRESS_ROOM; at + part.length <= this.end; at++) if (this.#matches(part, at)) return true;
    return false;
  }

  #matches(what: Uint8Array, at: number): boolean {
    for (let i = 0; i < what.length; i++) if (lower(u8(this.bytes, at + i)) !== what[i]) return false;
    return true;
  }
}

const DOT = 0x2e;

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/** The bytes of an ASCII name to compare with. */
export function ascii(name: string): Uint8Array {
  return Uint8Array.from(name, (character) => character.charCodeAt(0));
}

/** The fields of the record last read by `readRecord`. */
export class RecordView {
  /** Where the record's name, its data and what follows begin. */
  name = 0;
  type = 0;
  class = 0;
  data = 0;
  end = 0;

  /** Reads the record at `at`. False when it is not whole. */
  read(b: Uint8Array, at: number, end: number): boolean {
    const fixed = skipName(b, at, end);
    if (fixed === NO_NAME || end - fixed < RECORD_FIXED_BYTES) return false;
    this.name = at;
    this.type = u16be(b, fixed);
    this.class = u16be(b, fixed + 2);
    this.data = fixed + RECORD_FIXED_BYTES;
    this.end = this.data + u16be(b, fixed + 8);
    return this.end <= end;
  }
}

const RECORD_FIXED_BYTES = 10;
/** Type and class. */
const QUESTION_FIXED_BYTES = 4;

/** Records of one message that are looked at: more fit into no datagram; a hostile message must not hold us up. */
const MAX_RECORDS = 1024;

/** More questions fit into no Ethernet frame; mDNS does ask dozens at once (RFC 6762, section 5.3). */
const MAX_QUESTIONS = 256;
/** Opcodes in use: the IANA registry "DNS OpCodes" has 0 to 6; NetBIOS has 0 and 5 to 9, and 15 (RFC 1002). */
const USED_OPCODES = 0b1000_0011_1111_0111;

/**
 * Whether `b[at, end)` has the shape of a DNS message: a header whose counts agree with what follows, as far as the
 * first question or record tells.
 */
export function fitsMessage(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < HEADER_BYTES) return false;
  const flags = u16be(b, at + FLAGS);
  if (((USED_OPCODES >>> opcodeOf(flags)) & 1) === 0) return false;
  const questions = u16be(b, at + QDCOUNT);
  const answers = u16be(b, at + ANCOUNT);
  const records = answers + u16be(b, at + NSCOUNT) + u16be(b, at + ARCOUNT);
  if (questions > MAX_QUESTIONS || records > MAX_RECORDS || questions + records === 0) return false;
  if ((flags & (RESPONSE | TRUNCATION)) === 0 && questions === 0) return false;
  const name = skipName(b, at + HEADER_BYTES, end);
  if (name === NO_NAME || end - name < QUESTION_FIXED_BYTES) return false;
  const type = u16be(b, name);
  const kind = u16be(b, name + 2) & CLASS_MASK;
  return (
    type !== 0 && (kind === INTERNET || kind === ANY_CLASS || kind === CHAOS || (questions === 0 && type === Type.opt))
  );
}

const CHAOS = 3;
const ANY_CLASS = 255;

/** Where the records begin: behind the questions. NO_NAME when a question is not whole. */
export function skipQuestions(b: Uint8Array, at: number, end: number): number {
  let next = at + HEADER_BYTES;
  for (let left = Math.min(u16be(b, at + QDCOUNT), MAX_RECORDS); left > 0; left--) {
    const name = skipName(b, next, end);
    if (name === NO_NAME || end - name < QUESTION_FIXED_BYTES) return NO_NAME;
    next = name + QUESTION_FIXED_BYTES;
  }
  return next;
}

/** Records of all three sections together, as many as are looked at. */
export function recordCount(b: Uint8Array, at: number): number {
  return Math.min(u16be(b, at + ANCOUNT) + u16be(b, at + NSCOUNT) + u16be(b, at + ARCOUNT), MAX_RECORDS);
}
