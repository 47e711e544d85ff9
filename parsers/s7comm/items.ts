/** Addresses of variables: the items of Read Var, Write Var and cyclic requests. */
import { u8, u16be, u24be } from '../bytes.ts';
import { type FactSink, Outcome } from '../protocol.ts';
import { hexNumber } from '../text.ts';

/** First byte of an item: "variable specification". */
const VARIABLE_SPECIFICATION = 0x12;

// Offsets in an item; its length byte counts from the syntax id on.
const LENGTH = 1;
const SYNTAX = 2;

/** How the rest of an item is laid out. */
const Syntax = {
  any: 0x10, // S7ANY: transport size, count, DB number, area, address of byte and bit
  nck: 0x82, // SINUMERIK: area and unit, column, line, module, count of lines
  nckMetric: 0x83,
  nckInch: 0x84,
  driveEs: 0xa2, // parameters of drives
  dbRead: 0xb0, // several ranges of DBs in one item
  symbolic: 0xb2, // S7-1200: symbols by number
} as const;

const MIN_ANY = 10;
const MIN_NCK = 8;
const MIN_DRIVE = 10;
const MIN_SYMBOLIC = 14;

/** Memory areas of S7ANY. */
const Area = {
  data: 0x84,
  instanceData: 0x85,
  counters: 0x1c,
  timers: 0x1d,
  iecCounters200: 0x1e,
  iecTimers200: 0x1f,
} as const;

const AREAS: ReadonlyMap<number, string> = new Map([
  [0x01, 'data record'],
  [0x03, 'system info (S7-200)'],
  [0x05, 'system flags (S7-200)'],
  [0x06, 'analog inputs (S7-200)'],
  [0x07, 'analog outputs (S7-200)'],
  [Area.counters, 'counters'],
  [Area.timers, 'timers'],
  [Area.iecCounters200, 'counters (S7-200)'],
  [Area.iecTimers200, 'timers (S7-200)'],
  [0x80, 'peripheral'],
  [0x81, 'inputs'],
  [0x82, 'outputs'],
  [0x83, 'flags'],
  [0x86, 'local data'],
  [0x87, 'previous local data'],
]);

/** Root areas of symbolic items that are no data block. */
const SYMBOLIC_DB = 0x8a0e;
const SYMBOLIC_AREAS: ReadonlyMap<number, string> = new Map([
  [0x50, 'inputs'],
  [0x51, 'outputs'],
  [0x52, 'flags'],
  [0x53, 'counters'],
  [0x54, 'timers'],
]);

/** Spaces beside the areas of S7ANY, in the low byte of a space's number; what is above depends on it. */
const Space = { block: 0xf0, symbolic: 0xf1, symbolicDb: 0xf2, nck: 0xf3, drive: 0xf4 } as const;

/** The space of block names. */
export const BLOCK_SPACE = Space.block;

/** Bytes of a value by the transport size of S7ANY; sizes that are not listed are one byte. */
const BYTES: readonly number[] = bytesByTransportSize();

function bytesByTransportSize(): number[] {
  const bytes = new Array<number>(256).fill(1); // BIT 1, BYTE 2, CHAR 3
  for (const size of [0x04, 0x05, 0x09, 0x0c, 0x1c, 0x1d]) bytes[size] = 2; // WORD, INT, DATE, S5TIME, COUNTER, TIMER
  for (const size of [0x06, 0x07, 0x08, 0x0a, 0x0b]) bytes[size] = 4; // DWORD, DINT, REAL, TOD, TIME
  bytes[0x0f] = 8; // DATE_AND_TIME
  return bytes;
}

const BIT = 1;

export function space(number: number): string {
  const area = number & 0xff;
  const above = number >>> 8;
  switch (area) {
    case Area.data:
      return `DB${above}`;
    case Area.instanceData:
      return `DI${above}`;
    case Space.block:
      return 'block';
    case Space.symbolicDb:
      return `DB${above} (symbols)`;
    case Space.symbolic:
      return `${SYMBOLIC_AREAS.get(above) ?? `area ${hexNumber(above, 4)}`} (symbols)`;
    case Space.nck:
      return `NCK ${'NBCATVMM'[(above & 0xff) >>> 5]}${above & 0x1f} module ${hexNumber(above >>> 8, 2)}`;
    case Space.drive:
      return 'drive parameters';
    default:
      return AREAS.get(area) ?? `area ${hexNumber(area, 2)}`;
  }
}

/** Says what the `count` items from `at` on touch. Items of odd length are followed by a fill byte. */
export function touchItems(
  facts: FactSink,
  operation: number,
  count: number,
  b: Uint8Array,
  at: number,
  end: number,
): Outcome {
  let outcome: Outcome = Outcome.ok;
  let next = at;
  for (let left = count; left > 0; left--) {
    if (end - next < 3) return Outcome.truncated;
    const length = u8(b, next + LENGTH);
    const stop = next + SYNTAX + length;
    if (stop > end) return Outcome.truncated;
    if (u8(b, next) !== VARIABLE_SPECIFICATION) return Outcome.malformed;
    if (!touchItem(facts, operation, length, b, next)) outcome = Outcome.unsupported;
    next = stop + (length & 1);
  }
  return outcome;
}

/** Returns false when the item's syntax is not known. */
function touchItem(facts: FactSink, operation: number, length: number, b: Uint8Array, at: number): boolean {
  const syntax = u8(b, at + SYNTAX);
  if (syntax === Syntax.any && length >= MIN_ANY) {
    touchAny(facts, operation, b, at);
  } else if (syntax === Syntax.dbRead && length >= 2) {
    touchDbRead(facts, operation, b, at, at + SYNTAX + length);
  } else if (syntax === Syntax.symbolic && length >= MIN_SYMBOLIC) {
    touchSymbol(facts, operation, b, at);
  } else if (syntax >= Syntax.nck && syntax <= Syntax.nckInch && length >= MIN_NCK) {
    // the column numbers the variable within its module; lines are the elements of an array
    const nck = Space.nck | (u8(b, at + 3) << 8) | (u8(b, at + 8) << 16);
    facts.touch(operation, nck, u16be(b, at + 4), 1);
  } else if (syntax === Syntax.driveEs && length >= MIN_DRIVE) {
    facts.touch(operation, Space.drive, u16be(b, at + 8), 1);
  } else {
    return false;
  }
  return true;
}

function touchAny(facts: FactSink, operation: number, b: Uint8Array, at: number): void {
  const transportSize = u8(b, at + 3);
  const count = u16be(b, at + 4);
  const area = u8(b, at + 8);
  const address = u24be(b, at + 9); // of a bit
  switch (area) {
    case Area.counters:
    case Area.timers:
    case Area.iecCounters200:
    case Area.iecTimers200:
      facts.touch(operation, area, address, count); // these have numbers, not addresses
      break;
    case Area.data:
    case Area.instanceData:
      facts.touch(operation, area | (u16be(b, at + 6) << 8), address >>> 3, bytesOf(transportSize, count));
      break;
    default:
      facts.touch(operation, area, address >>> 3, bytesOf(transportSize, count));
  }
}

function bytesOf(transportSize: number, count: number): number {
  return transportSize === BIT ? (count + 7) >>> 3 : count * (BYTES[transportSize] as number);
}

/** Number of ranges; then of each: bytes, DB number, first byte. */
function touchDbRead(facts: FactSink, operation: number, b: Uint8Array, at: number, end: number): void {
  let next = at + 4;
  for (let left = u8(b, at + 3); left > 0 && end - next >= 5; left--, next += 5) {
    facts.touch(operation, Area.data | (u16be(b, next + 1) << 8), u16be(b, next + 3), u8(b, next));
  }
}

/** A reserved byte, root area in two words, a checksum of the symbol; then a number for each level of the symbol. */
function touchSymbol(facts: FactSink, operation: number, b: Uint8Array, at: number): void {
  const root = u16be(b, at + 4);
  const sub = u16be(b, at + 6);
  const symbol = u24be(b, at + 13); // below the flags in the upper nibble
  if (root === SYMBOLIC_DB) facts.touch(operation, Space.symbolicDb | (sub << 8), symbol, 1);
  else facts.touch(operation, Space.symbolic | (sub << 8), symbol, 1);
}
