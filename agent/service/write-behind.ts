/**
 * Writes what is known now and then, all of one interval in one transaction, and keeps in memory what could not be
 * written until there is room again.
 */
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import type { Plant } from '../plant.ts';
import { isStorageFailure } from '../store/database.ts';
import { RETENTION } from '../store/retention.ts';
import type { Store } from '../store/store.ts';
import type { Notice, Storage } from './keeper-status.ts';
import { type Outcome, progressOf } from './outcome.ts';
import { SensorEvents } from './sensor-events.ts';

export interface WriteBehindOptions {
  /** Milliseconds between two transactions while something changes; the least, as one must not cost more than it spares. */
  readonly interval: number;
  /** Microseconds since 1970. */
  readonly clock: () => number;
  readonly onNotice: (notice: Notice) => void;
}

/** A transaction is not begun again before this many times what the last one took: most of the time is for reading. */
const REST = 4;
/** Milliseconds until writing is tried again after the storage failed. */
const RETRY = 5000;
/** Transactions between two looks at what is too old. */
const FLUSHES_PER_CLEANING = 500;
const WELL: Storage = { ok: true, code: null, message: null, since: null };

export class WriteBehind {
  readonly #store: Store;
  readonly #options: WriteBehindOptions;
  readonly #ended: Outcome[] = [];
  readonly #sensorEvents = new SensorEvents();
  #unforeseen = false; // came up while all else was being written
  #dirty = true; // another version of the program may make another plant of the same facts
  #next = 0;
  #milliseconds: number | null = null;
  #flushes = 0;
  #storage: Storage = WELL;

  constructor(store: Store, options: WriteBehindOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Whether what is heard is written. */
  get storage(): Storage {
    return this.#storage;
  }

  /** Of the last transaction with its plant, in milliseconds; null before the first. */
  get milliseconds(): number | null {
    return this.#milliseconds;
  }

  /** Transactions so far. */
  get flushes(): number {
    return this.#flushes;
  }

  /** Captures whose reading ended, and that are not written yet. */
  get ended(): readonly Outcome[] {
    return this.#ended;
  }

  /** Takes what a capture brought to its end. */
  add(outcome: Outcome): void {
    this.#ended.push(outcome);
    this.#dirty = true;
  }

  /** Drops what a capture brought, if it is not written yet. */
  forget(row: number): void {
    const at = this.#ended.findIndex(({ capture }) => capture.row === row);
    if (at >= 0) this.#ended.splice(at, 1);
  }

  /** Takes an event of an interface; answers whether it is not more of what was told before. */
  happened(event: CaptureEvent): boolean {
    this.#dirty = true;
    return this.#sensorEvents.add(event).first;
  }

  /** More was heard: it is written when the time has come. */
  heard(): void {
    this.#dirty = true;
  }

  /** Something else is known: it is written at the next look. */
  changed(): void {
    this.#dirty = true;
    this.#next = 0;
  }

  /** Whether there is something to write; whatever there is may be written from then on: see `rest`. */
  get dirty(): boolean {
    return this.#dirty;
  }

  /** Whether the time has come for another transaction. */
  get due(): boolean {
    return performance.now() >= this.#next;
  }

  /** Leaves at least so many milliseconds until the next transaction. */
  rest(milliseconds: number): void {
    this.#next = Math.max(this.#next, performance.now() + milliseconds);
  }

  /**
   * Writes what is known, and answers whether it could be written.
   * @param known the plant, and what the captures under way have brought so far
   */
  flush(known: () => { readonly plant: Plant; readonly underWay: readonly Outcome[] }): boolean {
    const began = performance.now();
    const { plant, underWay } = known();
    const written = this.#write(plant, [...this.#ended, ...underWay]);
    this.#milliseconds = performance.now() - began;
    const rest = Math.max(this.#options.interval, REST * this.#milliseconds, written ? 0 : RETRY);
    this.#next = performance.now() + rest;
    if (written) this.#dirty = this.#unforeseen;
    this.#unforeseen = false;
    return written;
  }

  #write(plant: Plant, outcomes: readonly Outcome[]): boolean {
    const at = this.#options.clock();
    const { records, snapshots } = this.#store;
    const sensorEvents = this.#sensorEvents.unsaved;
    try {
      const tables = this.#store.write(plant, at, () => {
        for (const outcome of outcomes) {
          snapshots.save(outcome.capture.row, outcome.snapshot);
          records.updateCapture(outcome.capture.row, progressOf(outcome, at));
        }
        if (outcomes.length > 0) records.revise('capture');
        const news = plant.events.filter((event) => records.addEvent(event, at));
        const ours = sensorEvents.filter((event) => records.addSensorEvent(event));
        if (news.length + ours.length > 0) records.revise('event');
        if (this.#flushes % FLUSHES_PER_CLEANING === 0) this.#clean(plant, at);
      });
      for (const { capture } of this.#ended) snapshots.forget(capture.row);
      this.#ended.length = 0;
      this.#sensorEvents.saved(sensorEvents);
      this.#flushes++;
      this.#recovered(at);
      const all = outcomes.length > 0 ? [...tables, 'capture'] : tables;
      if (all.length > 0) this.#options.onNotice({ kind: 'revision', revision: records.revision(), tables: all });
      return true;
    } catch (error) {
      for (const { capture } of outcomes) snapshots.forget(capture.row);
      if (!isSqlite(error)) throw error;
      const since = this.#storage.since ?? at;
      this.#setStorage({ ok: false, code: error.code, message: error.message, since });
      return false;
    }
  }

  #clean(plant: Plant, at: number): void {
    const { records } = this.#store;
    const told = plant.events.map(({ id }) => id);
    for (const [table, { rows, age }] of Object.entries(RETENTION)) {
      records.keep(table as keyof typeof RETENTION, rows, at - age, told);
    }
  }

  /** Writing works; if it did not before, that is an event of the next transaction. */
  #recovered(at: number): void {
    const { since, message } = this.#storage;
    this.#setStorage(WELL);
    if (since === null) return;
    this.#sensorEvents.storageFailed(since, at, message ?? '');
    this.#unforeseen = true;
  }

  #setStorage(storage: Storage): void {
    const changed = storage.ok !== this.#storage.ok || storage.code !== this.#storage.code;
    this.#storage = storage;
    if (changed) this.#options.onNotice({ kind: 'storage', storage });
  }
}

function isSqlite(error: unknown): error is Error & { readonly code: string } {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && (code.startsWith('SQLITE_') || isStorageFailure(error));
}
