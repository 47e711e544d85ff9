import { About, type FactSink, NO_UNIT, type Protocol } from '../../parsers/protocol.ts';
import type { Counters } from '../counters.ts';
import type { Limits } from '../limits.ts';
import { ABSENT, KeyTable } from '../tables/key-table.ts';
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
  /** Mean of the times between touches and the sum of squared deviations from it (Welford), in microseconds. */
  meanInterval: number;
  squaredDeviations: number;
  /** Several ranges share this entry because there were too many. */
  merged: boolean;
  /** The range that was touched next the last time: polls are cyclic, so it is the first guess. */
  next: number;
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

/**
 * What one flow's decoder has learned: counts per operation, ranges touched with their rhythm, and identity evidence.
 * A row that stands already costs no allocation.
 */
export class Ledger implements FactSink {
  readonly protocol: Protocol;
  readonly operations: OperationCount[] = [];
  readonly ranges: TouchedRange[] = [];
  readonly evidenceHeard: HeardEvidence[] = [];
  /** The direction of the message being decoded. */
  direction: 0 | 1 = 0;

  readonly #moment: Moment;
  readonly #limits: Limits;
  readonly #counters: Counters;
  readonly #handover: Handover;
  #operationRows: KeyTable | undefined;
  #rangeRows: KeyTable | undefined;
  #evidenceRows: KeyTable | undefined;
  #lastOperation = 0;
  #lastRange = 0;

  constructor(protocol: Protocol, moment: Moment, limits: Limits, counters: Counters, handover: Handover) {
    this.protocol = protocol;
    this.#moment = moment;
    this.#limits = limits;
    this.#counters = counters;
    this.#handover = handover;
  }

  request(code: number, unit: number): number {
    const index = this.operation(code, unit);
    const row = this.operations[index] as OperationCount;
    row.requests++;
    row.lastSeen = this.#moment.time;
    return index;
  }

  response(operation: number, refused: boolean): void {
    const row = this.operations[operation] as OperationCount;
    row.responses++;
    if (refused) row.refused++;
    row.lastSeen = this.#moment.time;
  }

  operation(code: number, unit: number): number {
    const last = this.operations[this.#lastOperation];
    if (last !== undefined && last.code === code && last.unit === unit) return this.#lastOperation;
    this.#lastOperation = this.#findOperation(code, unit);
    return this.#lastOperation;
  }

  touch(operation: number, space: number, first: number, count: number): void {
    const last = first + Math.max(count, 1) - 1;
    const guess = (this.ranges[this.#lastRange] as TouchedRange | undefined)?.next;
    const guessed = guess === undefined ? undefined : this.ranges[guess];
    if (
      guessed !== undefined &&
      guessed.operation === operation &&
      guessed.space === space &&
      guessed.first === first &&
      guessed.last === last &&
      guessed.name === null
    ) {
      this.#touched(guess as number);
      return;
    }
    this.#rangeRows ??= new KeyTable(this.#limits.rangesPerConversation, 8);
    const size = this.#rangeRows.size;
    const row = this.#rangeRows.add(operation, space, first | 0, last | 0, 0);
    if (row === size) this.#newRange(operation, space, first, last, null);
    this.#touched(row !== ABSENT ? row : this.#widen(operation, space, first, last));
  }

  touchName(operation: number, space: number, b: Uint8Array, at: number, end: number): void {
    this.#rangeRows ??= new KeyTable(this.#limits.rangesPerConversation, 8);
    const size = this.#rangeRows.size;
    const row = this.#rangeRows.add(operation, space, hashBytes(b, at, end), end - at, 1);
    if (row === size) this.#newRange(operation, space, 0, 0, nameOf(b, at, end));
    if (row !== ABSENT) this.#touched(row);
    else this.#counters.rangesMerged++;
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
    const size = this.#evidenceRows.size;
    const row = this.#evidenceRows.add(source, unit, host, hashBytes(b, at, stop), stop - at);
    if (row === ABSENT) {
      this.#counters.evidenceRefused++;
      return;
    }
    if (row < size) {
      const known = this.evidenceHeard[row] as HeardEvidence;
      known.times++;
      known.lastSeen = this.#moment.time;
      return;
    }
    const { time, file, frame } = this.#moment;
    const value = this.protocol.evidence[source]?.render(b, at, end) ?? null;
    this.evidenceHeard.push({ source, host, unit, value, file, frame, firstSeen: time, lastSeen: time, times: 1 });
  }

  #findOperation(code: number, unit: number): number {
    this.#operationRows ??= new KeyTable(this.#limits.operationsPerConversation, 8);
    const size = this.#operationRows.size;
    const row = this.#operationRows.add(code, unit, 0, 0, 0);
    if (row === ABSENT) {
      this.#counters.operationsRefused++;
      return 0; // counted with the first: the totals stay right
    }
    const { time } = this.#moment;
    if (row === size) {
      this.operations.push({ code, unit, requests: 0, responses: 0, refused: 0, firstSeen: time, lastSeen: time });
    }
    return row;
  }

  #newRange(operation: number, space: number, first: number, last: number, name: string | null): void {
    const { time } = this.#moment;
    this.ranges.push({
      operation,
      space,
      first,
      last,
      name,
      times: 0,
      firstSeen: time,
      lastSeen: time,
      meanInterval: 0.5, // a fraction from the start, so that the field is a double and is updated in place
      squaredDeviations: 0.5,
      merged: false,
      next: 0,
    });
  }

  #touched(index: number): void {
    const range = this.ranges[index] as TouchedRange;
    const { time } = this.#moment;
    (this.ranges[this.#lastRange] as TouchedRange).next = index;
    this.#lastRange = index;
    const intervals = range.times++;
    if (intervals === 0) {
      range.meanInterval = 0;
      range.squaredDeviations = 0;
    } else {
      const interval = time - range.lastSeen;
      const deviation = interval - range.meanInterval;
      range.meanInterval += deviation / intervals;
      range.squaredDeviations += deviation * (interval - range.meanInterval);
    }
    range.lastSeen = time;
  }

  /** Too many ranges: the new one widens the last of its kind. */
  #widen(operation: number, space: number, first: number, last: number): number {
    this.#counters.rangesMerged++;
    for (let index = this.ranges.length - 1; index >= 0; index--) {
      const range = this.ranges[index] as TouchedRange;
      if (range.operation !== operation || range.space !== space || range.name !== null) continue;
      range.first = Math.min(range.first, first);
      range.last = Math.max(range.last, last);
      range.merged = true;
      return index;
    }
    return 0;
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
