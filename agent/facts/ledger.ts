import { About, type FactSink, NO_UNIT, type Protocol } from '../../parsers/protocol.ts';
import type { Counters } from '../counters.ts';
import type { Budget } from '../flow/budget.ts';
import type { Limits } from '../limits.ts';
import { ABSENT, grown, KeyTable } from '../tables/key-table.ts';
import type { Moment } from './moment.ts';

/** How often an operation (a code at a unit) was asked for and answered. */
export interface OperationCount {
  readonly code: number;
  readonly unit: number;
  requests: number;
  responses: number;
  refused: number;
  /** Microseconds. */
  firstSeen: number;
  lastSeen: number;
  /** Where it was seen first: index of the file, and the frame's number in it. */
  firstFile: number;
  firstFrame: number;
}

/** A range of addresses that one operation touches, and the rhythm in which it does. */
export interface TouchedRange {
  /** Index of the operation in its ledger. */
  readonly operation: number;
  readonly space: number;
  /** `first` to `last`, both included; a named range has its name and no numbers. */
  first: number;
  last: number;
  readonly name: string | null;
  times: number;
  firstSeen: number;
  lastSeen: number;
  /** Times between touches: how many, their mean and the sum of squared deviations from it (Welford), in microseconds. */
  intervals: number;
  meanInterval: number;
  squaredDeviations: number;
  /** Several ranges share this entry because there were too many. */
  merged: boolean;
}

/** A piece of identity evidence, as often as it was said. */
export interface HeardEvidence {
  /** Index into the protocol's `evidence`. */
  readonly source: number;
  /** The host it is about. */
  readonly host: number;
  readonly unit: number;
  readonly value: string | null;
  readonly file: number;
  readonly frame: number;
  readonly firstSeen: number;
  lastSeen: number;
  times: number;
}

/** Who hears what a protocol hands on to others: the conversation that the ledger belongs to. */
export interface Handover {
  /** The host that sends in `direction`. */
  hostOf(direction: 0 | 1): number;
  /** The host whose address of 4, 6 or 16 bytes stands at `at`. */
  hostAt(b: Uint8Array, at: number, bytes: 4 | 6 | 16): number;
  payload(b: Uint8Array, at: number, end: number): void;
  announce(id: number, direction: 0 | 1): void;
  announced(id: number, direction: 0 | 1): boolean;
}

/** Values are told apart up to here; nothing a device says of itself is longer. */
const MAX_RAW_BYTES = 1024;

/*
 * A row of the ledger, in doubles. Operations and ranges lie in one array, 64 bytes each: at millions of messages a second
 * from hundreds of conversations, what a message costs is the cache lines it touches, and how many of them there are.
 */
const ROW = 8;
/** The first row is none, but guesses: rows of operations by code and unit. */
const GUESSES = ROW;
const GUESS_MASK = GUESSES - 1;
const FIRST_ROW = 1;
// of an operation
const CODE = 0;
const UNIT = 1;
const REQUESTS = 2;
const RESPONSES = 3;
const REFUSED = 4;
// of a range
const NEXT = 0; // row of the range that was touched next the last time: polls are cyclic, so it is the first guess
const SUBJECT = 1; // see subjectOf
const FIRST = 2;
const LAST = 3;
const TIMES = 4;
// of both
const LAST_SEEN = 5;
// of a range
const MEAN_INTERVAL = 6;
const SQUARED_DEVIATIONS = 7;

/* What is noted once: a second array, in doubles too. */
const DETAIL = 4;
// of both
const KIND = 0;
const FIRST_SEEN = 1;
// of an operation
const FIRST_FILE = 2;
const FIRST_FRAME = 3;
// of a range
const NAME = 2; // index into names
const MERGED = 3;

const Kind = { operation: 0, range: 1, namedRange: 2 } as const;
type Kind = (typeof Kind)[keyof typeof Kind];

/** What a range is of, in one number: its operation's row, whether it has a name, and its space. */
function subjectOf(operation: number, space: number, named: 0 | 1): number {
  return (2 * operation + named) * SPACES + (space >>> 0);
}
const SPACES = 2 ** 32;

const FIRST_ROWS = 8;

/** What a row takes of memory: in its arrays, which double, and in the table that finds it. */
const ROW_BYTES = 2 * (ROW + DETAIL) * 8 + 64;
/** One ledger may have this part of what all may hold together, and leaves the rest to others. */
const MOST_OF_ONE = 8;
/** What a piece of evidence takes beside its value. */
const EVIDENCE_BYTES = 256;

/**
 * What one flow's decoder has learned: counts per operation, ranges touched with their rhythm, and identity evidence.
 * A row that stands already costs no allocation.
 */
export class Ledger implements FactSink {
  // what every message needs first: fields lie in memory as they stand here
  /** The direction of the message being decoded. */
  direction: 0 | 1 = 0;
  #lastRange = 0;
  #rows = new Float64Array((FIRST_ROWS + FIRST_ROW) * ROW);
  readonly #moment: Moment;
  readonly protocol: Protocol;
  readonly evidenceHeard: HeardEvidence[] = [];
  readonly #limits: Limits;
  readonly #counters: Counters;
  readonly #handover: Handover;
  readonly #held: Budget;
  #heldBytes = 0;
  readonly #table: KeyTable; // of rows: kind and what identifies it
  #operationRows = 0;
  #evidenceRows: KeyTable | undefined;
  #details = new Float64Array((FIRST_ROWS + FIRST_ROW) * DETAIL);
  readonly #names: string[] = [];

  /** @param held of all ledgers together, in bytes: beyond what each has from the start */
  constructor(
    protocol: Protocol,
    moment: Moment,
    limits: Limits,
    counters: Counters,
    held: Budget,
    handover: Handover,
  ) {
    this.#held = held;
    this.protocol = protocol;
    this.#moment = moment;
    this.#limits = limits;
    this.#counters = counters;
    this.#handover = handover;
    this.#table = new KeyTable(limits.operationsPerConversation + limits.rangesPerConversation, FIRST_ROWS);
  }

  request(code: number, unit: number): number {
    const row = this.operation(code, unit);
    const rows = this.#rows;
    const at = row * ROW;
    rows[at + REQUESTS] = (rows[at + REQUESTS] as number) + 1;
    rows[at + LAST_SEEN] = this.#moment.time;
    return row;
  }

  response(operation: number, refused: boolean): void {
    const rows = this.#rows;
    const at = operation * ROW;
    rows[at + RESPONSES] = (rows[at + RESPONSES] as number) + 1;
    if (refused) rows[at + REFUSED] = (rows[at + REFUSED] as number) + 1;
    rows[at + LAST_SEEN] = this.#moment.time;
  }

  operation(code: number, unit: number): number {
    const rows = this.#rows;
    const place = (code ^ (code >>> 8) ^ unit) & GUESS_MASK;
    const guess = rows[place] as number;
    const at = guess * ROW;
    if (guess !== 0 && rows[at + CODE] === code && rows[at + UNIT] === unit) return guess;
    const row = this.#findOperation(code, unit);
    this.#rows[place] = row;
    return row;
  }

  touch(operation: number, space: number, first: number, count: number): void {
    const last = first + (count > 1 ? count - 1 : 0);
    const guess = this.#guessed(subjectOf(operation, space, 0), first, last);
    if (guess !== ABSENT) {
      this.#touched(guess);
      return;
    }
    const added = this.#add(Kind.range, operation, space, first, last);
    const row = added !== ABSENT ? added : this.#widen(operation, space, first, last);
    if (row !== ABSENT) this.#touched(row);
  }

  touchName(operation: number, space: number, b: Uint8Array, at: number, end: number): void {
    const hash = hashBytes(b, at, end);
    const guess = this.#guessed(subjectOf(operation, space, 1), hash, end - at);
    if (guess !== ABSENT) {
      this.#touched(guess);
      return;
    }
    const row = this.#add(Kind.namedRange, operation, space, hash, end - at);
    if (row === ABSENT) {
      this.#counters.rangesMerged++;
      return;
    }
    if (this.#rows[row * ROW + TIMES] === 0) {
      this.#details[row * DETAIL + NAME] = this.#names.length;
      this.#names.push(nameOf(b, at, end));
    }
    this.#touched(row);
  }

  /** The row that followed the one touched last the time before, if it is the one that is sought; or ABSENT. */
  #guessed(subject: number, first: number, last: number): number {
    if (this.#lastRange === 0) return ABSENT;
    const rows = this.#rows;
    const guess = rows[this.#lastRange * ROW + NEXT] as number;
    const at = guess * ROW;
    return rows[at + FIRST] === first && rows[at + LAST] === last && rows[at + SUBJECT] === subject ? guess : ABSENT;
  }

  /** The operations so far, in order of appearance. */
  get operations(): OperationCount[] {
    return this.#select(Kind.operation).map((row) => {
      const value = (field: number) => this.#rows[row * ROW + field] as number;
      const detail = (field: number) => this.#details[row * DETAIL + field] as number;
      return {
        code: value(CODE),
        unit: value(UNIT),
        requests: value(REQUESTS),
        responses: value(RESPONSES),
        refused: value(REFUSED),
        firstSeen: detail(FIRST_SEEN),
        lastSeen: value(LAST_SEEN),
        firstFile: detail(FIRST_FILE),
        firstFrame: detail(FIRST_FRAME),
      };
    });
  }

  /** The ranges so far; each names its operation by the index in `operations`. */
  get ranges(): TouchedRange[] {
    const operations = this.#select(Kind.operation);
    return [...this.#select(Kind.range), ...this.#select(Kind.namedRange)].map((row) => {
      const value = (field: number) => this.#rows[row * ROW + field] as number;
      const detail = (field: number) => this.#details[row * DETAIL + field] as number;
      const named = detail(KIND) === Kind.namedRange;
      return {
        operation: operations.indexOf(Math.floor(value(SUBJECT) / (2 * SPACES))),
        space: value(SUBJECT) | 0,
        first: named ? 0 : value(FIRST),
        last: named ? 0 : value(LAST),
        name: named ? (this.#names[detail(NAME)] as string) : null,
        times: value(TIMES),
        firstSeen: detail(FIRST_SEEN),
        lastSeen: value(LAST_SEEN),
        intervals: value(TIMES) - 1,
        meanInterval: value(MEAN_INTERVAL),
        squaredDeviations: value(SQUARED_DEVIATIONS),
        merged: detail(MERGED) === 1,
      };
    });
  }

  evidence(source: number, about: About, unit: number, b: Uint8Array, at: number, end: number): void {
    const direction = about === About.sender ? this.direction : ((1 - this.direction) as 0 | 1);
    this.#hear(source, this.#handover.hostOf(direction), unit, b, at, end);
  }

  evidenceAbout(
    source: number,
    addressAt: number,
    addressBytes: 4 | 6 | 16,
    b: Uint8Array,
    at: number,
    end: number,
  ): void {
    this.#hear(source, this.#handover.hostAt(b, addressAt, addressBytes), NO_UNIT, b, at, end);
  }

  payload(b: Uint8Array, at: number, end: number): void {
    this.#handover.payload(b, at, end);
  }

  announce(id: number, about: About): void {
    this.#handover.announce(id, about === About.sender ? this.direction : ((1 - this.direction) as 0 | 1));
  }

  announced(id: number): boolean {
    return this.#handover.announced(id, this.direction);
  }

  #hear(source: number, host: number, unit: number, b: Uint8Array, at: number, end: number): void {
    const stop = Math.min(end, at + MAX_RAW_BYTES);
    this.#evidenceRows ??= new KeyTable(this.#limits.evidencePerConversation, 8);
    const hash = hashBytes(b, at, stop);
    const known = this.#evidenceRows.find(source, unit, host, hash, stop - at);
    if (known !== ABSENT) {
      const heard = this.evidenceHeard[known] as HeardEvidence;
      heard.times++;
      heard.lastSeen = this.#moment.time;
      return;
    }
    if (
      !this.#hold(EVIDENCE_BYTES + stop - at) ||
      this.#evidenceRows.add(source, unit, host, hash, stop - at) === ABSENT
    ) {
      this.#counters.evidenceRefused++;
      return;
    }
    const { time, file, frame } = this.#moment;
    const value = this.protocol.evidence[source]?.render(b, at, end) ?? null;
    this.evidenceHeard.push({ source, host, unit, value, file, frame, firstSeen: time, lastSeen: time, times: 1 });
  }

  #findOperation(code: number, unit: number): number {
    const row = this.#add(Kind.operation, code, unit, 0, 0);
    if (row !== ABSENT) return row;
    this.#counters.operationsRefused++;
    return FIRST_ROW; // counted with the first: the totals stay right
  }

  /** The row of a key, made if need be; ABSENT when it is new and there are too many of its kind. */
  #add(kind: Kind, k1: number, k2: number, k3: number, k4: number): number {
    const known = this.#table.find(kind, k1, k2, k3 | 0, k4 | 0);
    if (known !== ABSENT) return known + FIRST_ROW;
    const { operationsPerConversation, rangesPerConversation } = this.#limits;
    const isOperation = kind === Kind.operation;
    if (isOperation && this.#operationRows === operationsPerConversation) return ABSENT;
    if (!isOperation && this.#table.size - this.#operationRows === rangesPerConversation) return ABSENT;
    if (this.#table.size >= FIRST_ROWS && !this.#hold(ROW_BYTES)) return ABSENT;
    const row = this.#table.add(kind, k1, k2, k3 | 0, k4 | 0) + FIRST_ROW;
    this.#rows = grown(this.#rows, (row + 1) * ROW);
    this.#details = grown(this.#details, (row + 1) * DETAIL);
    const rows = this.#rows;
    const details = this.#details;
    const at = row * ROW;
    const detail = row * DETAIL;
    const { time, file, frame } = this.#moment;
    details[detail + KIND] = kind;
    details[detail + FIRST_SEEN] = time;
    rows[at + LAST_SEEN] = time;
    if (isOperation) {
      this.#operationRows++;
      rows[at + CODE] = k1;
      rows[at + UNIT] = k2;
      details[detail + FIRST_FILE] = file;
      details[detail + FIRST_FRAME] = frame;
    } else {
      rows[at + NEXT] = row;
      rows[at + SUBJECT] = subjectOf(k1, k2, kind === Kind.namedRange ? 1 : 0);
      rows[at + FIRST] = k3;
      rows[at + LAST] = k4;
    }
    return row;
  }

  #touched(row: number): void {
    const rows = this.#rows;
    const at = row * ROW;
    const { time } = this.#moment;
    if (this.#lastRange > 0) rows[this.#lastRange * ROW + NEXT] = row;
    this.#lastRange = row;
    const intervals = rows[at + TIMES] as number;
    rows[at + TIMES] = intervals + 1;
    if (intervals > 0) {
      const interval = time - (rows[at + LAST_SEEN] as number);
      const deviation = interval - (rows[at + MEAN_INTERVAL] as number);
      const mean = (rows[at + MEAN_INTERVAL] as number) + deviation / intervals;
      rows[at + MEAN_INTERVAL] = mean;
      rows[at + SQUARED_DEVIATIONS] = (rows[at + SQUARED_DEVIATIONS] as number) + deviation * (interval - mean);
    }
    rows[at + LAST_SEEN] = time;
  }

  /** Too many ranges: the new one widens the last of its kind. */
  #widen(operation: number, space: number, first: number, last: number): number {
    this.#counters.rangesMerged++;
    const rows = this.#rows;
    const subject = subjectOf(operation, space, 0);
    for (let row = this.#lastRow; row >= FIRST_ROW; row--) {
      const at = row * ROW;
      if (this.#kind(row) !== Kind.range || rows[at + SUBJECT] !== subject) continue;
      rows[at + FIRST] = Math.min(rows[at + FIRST] as number, first);
      rows[at + LAST] = Math.max(rows[at + LAST] as number, last);
      this.#details[row * DETAIL + MERGED] = 1;
      return row;
    }
    return this.#anyRange();
  }

  /** A range to count a touch with, where none of its kind stands and no more may; ABSENT when there is none at all. */
  #anyRange(): number {
    let row = this.#lastRow;
    while (row >= FIRST_ROW && this.#kind(row) === Kind.operation) row--;
    return row < FIRST_ROW ? ABSENT : row;
  }

  /** Takes bytes of what all ledgers may hold together, if they are left. */
  #hold(bytes: number): boolean {
    if (this.#heldBytes + bytes > this.#held.limitBytes / MOST_OF_ONE || !this.#held.take(bytes)) return false;
    this.#heldBytes += bytes;
    return true;
  }

  /** No more is to come: what it holds is another's to take. */
  close(): void {
    this.#held.giveBack(this.#heldBytes);
    this.#heldBytes = 0;
  }

  get #lastRow(): number {
    return this.#table.size - 1 + FIRST_ROW;
  }

  #kind(row: number): Kind {
    return this.#details[row * DETAIL + KIND] as Kind;
  }

  /** The rows of a kind, in order of appearance. */
  #select(kind: Kind): number[] {
    const rows: number[] = [];
    for (let row = FIRST_ROW; row <= this.#lastRow; row++) if (this.#kind(row) === kind) rows.push(row);
    return rows;
  }
}

/** FNV-1a over `b[at, end)`. */
function hashBytes(b: Uint8Array, at: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = at; i < end; i++) h = Math.imul(h ^ (b[i] as number), 0x01000193);
  return h;
}

/** A name as Latin-1, which loses no byte; what is not printable is shown as its number. */
function nameOf(b: Uint8Array, at: number, end: number): string {
  let name = '';
  for (let i = at; i < Math.min(end, at + 200); i++) {
    const byte = b[i] as number;
    name += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return name;
}
