/**
 * Keeps a database in step with what is heard: reads captures one after another, merges what they tell, makes the plant
 * of it with what operators decided, and writes what changed, all of one interval in one transaction. What is being read
 * is part of the plant from the first interval on.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assess } from '../assess/assess.ts';
import type { Assessment, Attestation } from '../assess/assessment.ts';
import { baselineOf } from '../baseline/baseline.ts';
import { pictureOf } from '../baseline/events.ts';
import { CaptureError } from '../capture/capture-error.ts';
import type { KeepOptions } from '../capture/live/kept-frames.ts';
import type { CaptureEvent, LiveCaptureOptions } from '../capture/live/live-capture.ts';
import { readCapture } from '../capture/read-capture.ts';
import type { UnpackLimit } from '../capture/unwrapper.ts';
import { FieldmarkError, fileError } from '../errors.ts';
import { hearingFindings } from '../model/capture-quality.ts';
import { mergeSnapshots, NOTHING_HEARD } from '../model/merge-snapshots.ts';
import type { FileSnapshot, Snapshot } from '../model/snapshot.ts';
import { takeSnapshot } from '../model/take-snapshot.ts';
import { type Decisions, type Plant, plantOf } from '../plant.ts';
import type { Policy } from '../policy/policy.ts';
import { proposePolicy } from '../policy/propose-policy.ts';
import { writePolicy } from '../policy/write-policy.ts';
import { readApart } from '../read-apart.ts';
import type { CsvTable } from '../report/csv/tables.ts';
import { FORMATS, type FormatName } from '../report/formats.ts';
import { reportOf } from '../report/report.ts';
import { isoTime } from '../report/time.ts';
import { Sensor } from '../sensor.ts';
import { databaseError, isStorageFailure } from '../store/database.ts';
import { BASELINE, decisionsOf } from '../store/decisions.ts';
import type { CaptureState, DecisionKind, TokenRole } from '../store/entries.ts';
import type { CaptureProgress, CaptureRecord } from '../store/records.ts';
import { RETENTION, SPOOL_BYTES } from '../store/retention.ts';
import { Store } from '../store/store.ts';
import type { ListeningStatus } from './listener.ts';
import { ListenerThread } from './listener-thread.ts';
import { SensorEvents } from './sensor-events.ts';

/** What a keeper is told when it begins. */
export interface KeeperOptions {
  /** The database's file. */
  readonly database: string;
  /** Directory of the captures that were handed in; absent where captures are read from where they lie. */
  readonly spool?: string;
  /** Bytes of captures that are kept there, at most; the oldest go first. */
  readonly spoolBytes?: number;
  /** Milliseconds between two transactions while something changes; the least, as one must not cost more than it spares. */
  readonly flushInterval?: number;
  /** How much a compressed capture may hold; without it, whatever it does. */
  readonly unpackLimit?: UnpackLimit;
  /** Microseconds since 1970. */
  readonly clock?: () => number;
  readonly onNotice?: (notice: Notice) => void;
}

/** What a keeper tells without being asked. */
export type Notice =
  | { readonly kind: 'capture'; readonly capture: number; readonly state: CaptureState; readonly progress: Reading }
  /** Something was written: the tables that changed. */
  | { readonly kind: 'revision'; readonly revision: number; readonly tables: readonly string[] }
  | { readonly kind: 'storage'; readonly storage: Storage }
  /** Something happened to an interface that is listened to. `first`: it is not more of what was told before. */
  | { readonly kind: 'sensor'; readonly event: CaptureEvent; readonly first: boolean };

/** How far the reading of a capture has come. */
export interface Reading {
  readonly bytesRead: number;
  /** Null when not known. */
  readonly size: number | null;
  readonly packets: number;
}

/** Whether what is heard is written down. */
export interface Storage {
  readonly ok: boolean;
  /** Of SQLite or the operating system, e.g. `SQLITE_FULL`; null when all is well. */
  readonly code: string | null;
  readonly message: string | null;
  /** Microseconds since 1970; null when all is well. */
  readonly since: number | null;
}

export interface KeeperStatus {
  readonly storage: Storage;
  readonly reading: (Reading & { readonly capture: number; readonly name: string }) | null;
  readonly queued: number;
  /** Interfaces that are listened to. */
  readonly interfaces: readonly ListeningStatus[];
  /** Of the last transaction with its plant, in milliseconds; null before the first. */
  readonly flushMilliseconds: number | null;
  readonly flushes: number;
  readonly assets: number;
  readonly conversations: number;
  readonly capture: Snapshot['capture'];
}

/** A capture to be read. */
export interface CaptureRequest {
  /** As people know it. */
  readonly name: string;
  /** Where its bytes are: a file in the spool, a file anywhere, or the bytes as they come. */
  readonly source:
    | { readonly spool: string }
    | { readonly path: string }
    | { readonly stream: AsyncIterable<Uint8Array> };
  /** Traffic of an interface, as it comes. */
  readonly live?: boolean;
  /** Of the bytes, in hexadecimal, where it is known already. */
  readonly sha256?: string | null;
  readonly size?: number | null;
  readonly by: string;
}

/** An interface to be listened to. */
export interface ListenRequest extends LiveCaptureOptions {
  /** Where its frames are kept; null when they are not. */
  readonly keep: Omit<KeepOptions, 'capture'> | null;
  readonly by: string;
}

const FLUSH_INTERVAL = 2000;
/** A transaction is not begun again before this many times what the last one took: most of the time is for reading. */
const REST = 4;
/** What an interface told is not asked for again before this many times what putting it together took. */
const LISTENING_REST = 20;
/** Milliseconds until an interface is listened to again after a fault of ours ended it. */
const LISTEN_AGAIN = 5000;
/** Milliseconds until writing is tried again after the storage failed. */
const RETRY = 5000;
/** Transactions between two looks at what is too old. */
const FLUSHES_PER_CLEANING = 500;
const WELL: Storage = { ok: true, code: null, message: null, since: null };

/** The capture that is being read. */
interface Current {
  readonly capture: CaptureRecord;
  readonly sensor: Sensor;
  readonly abort: AbortController;
  bytesRead: number;
}

/** An interface that is listened to. */
interface Live {
  readonly capture: CaptureRecord;
  readonly thread: ListenerThread;
}

/** A capture whose reading ended, with what is not written yet. */
interface Outcome {
  readonly capture: CaptureRecord;
  readonly snapshot: Snapshot;
  readonly progress: CaptureProgress;
}

/** Why a reading ends early. */
class ReadingEnded extends Error {}

type Source = AsyncIterable<Uint8Array> | string;

export class Keeper {
  readonly #store: Store;
  readonly #path: string;
  readonly #spool: string | undefined;
  readonly #spoolBytes: number;
  readonly #interval: number;
  readonly #unpackLimit: UnpackLimit | undefined;
  readonly #clock: () => number;
  readonly #notice: (notice: Notice) => void;
  readonly #queue: { readonly capture: CaptureRecord; readonly source: Source }[] = [];
  readonly #unsaved: Outcome[] = [];
  #settled: Snapshot = NOTHING_HEARD; // of captures that are not being read
  #decisions: Decisions = {};
  #attestations: readonly Attestation[] = [];
  #plant: Plant;
  readonly #live = new Map<number, Live>();
  readonly #sensorEvents = new SensorEvents();
  #asking = false;
  #current: Current | undefined;
  #pump: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #dirty = false;
  #nextFlush = 0;
  #flushMilliseconds: number | null = null;
  #flushes = 0;
  #storage: Storage = WELL;

  /**
   * Opens the database, and goes on with what was waiting in the spool when the program ended.
   * @throws FieldmarkError DATABASE_* when it cannot be opened
   */
  constructor(options: KeeperOptions) {
    const {
      database,
      spool,
      spoolBytes = SPOOL_BYTES,
      flushInterval = FLUSH_INTERVAL,
      clock = wallClock,
      onNotice = () => {},
    } = options;
    this.#path = database;
    this.#spool = spool;
    this.#spoolBytes = spoolBytes;
    this.#interval = flushInterval;
    this.#unpackLimit = options.unpackLimit;
    this.#clock = clock;
    this.#notice = onNotice;
    this.#store = new Store(database);
    try {
      const { records } = this.#store;
      records.interruptReading();
      this.#settled = this.#loaded();
      this.#loadDecisions();
      this.#plant = plantOf(this.#settled, this.#decisions);
      for (const capture of records.captures('queued')) {
        const source = this.#kept(capture);
        if (source === undefined) records.setCaptureState(capture.row, 'interrupted');
        else this.#queue.push({ capture, source });
      }
    } catch (error) {
      this.#store.close();
      throw databaseError(error, database);
    }
    this.#timer = setInterval(() => this.#flushIfDue(), Math.max(50, flushInterval / 4));
    this.#timer.unref();
    this.#dirty = true; // another version of the program may make another plant of the same facts
    this.#start();
  }

  /** All that is known now, as of the last interval. */
  get plant(): Plant {
    return this.#plant;
  }

  /** What operators decided, and the policy that holds. */
  get decisions(): Decisions {
    return this.#decisions;
  }

  get attestations(): readonly Attestation[] {
    return this.#attestations;
  }

  /** For statements that no method of a keeper makes: tokens in tests, settings. */
  get store(): Store {
    return this.#store;
  }

  get status(): KeeperStatus {
    const current = this.#current;
    return {
      storage: this.#storage,
      reading: current ? { capture: current.capture.row, name: current.capture.name, ...readingOf(current) } : null,
      queued: this.#queue.length,
      interfaces: [...this.#live.values()].flatMap(({ thread }) => thread.status ?? []),
      flushMilliseconds: this.#flushMilliseconds,
      flushes: this.#flushes,
      assets: this.#plant.assets.all.length,
      conversations: this.#plant.snapshot.conversations.length,
      capture: this.#plant.snapshot.capture,
    };
  }

  /**
   * Takes a capture into the queue; answers its number.
   * @throws FieldmarkError CAPTURE_ALREADY_READ when the same bytes were read or wait; FILE_* when there is no such file
   */
  async add({ name, source, live = false, sha256 = null, size = null, by }: CaptureRequest): Promise<number> {
    const path = 'path' in source ? source.path : 'spool' in source ? this.#spooled(source.spool) : undefined;
    const known = path === undefined || sha256 !== null ? { sha256, size } : await digestOf(path);
    const { records } = this.#store;
    const same = known.sha256 === null ? undefined : records.captureWithHash(known.sha256);
    const again = same !== undefined && (same.state === 'interrupted' || same.state === 'failed');
    if (same !== undefined && !again) {
      throw new FieldmarkError('CAPTURE_ALREADY_READ', `${name}: was read before as ${same.name}: nothing is done`);
    }
    const bytes = path ?? (source as { readonly stream: AsyncIterable<Uint8Array> }).stream;
    if (again) {
      this.#readAgain(same, bytes, by);
      return same.row;
    }
    const spool = 'spool' in source ? source.spool : null;
    const fresh = { name: records.freeName(name), ...known, spool, live, state: 'queued' as const };
    const row = this.#recorded(by, 'capture.add', name, { sha256: known.sha256 }, 'capture', () =>
      records.addCapture(fresh, by, this.#clock()),
    );
    this.#queue.push({ capture: { row, ...fresh }, source: bytes });
    this.#start();
    return row;
  }

  /**
   * Listens to an interface until it is stopped; answers the number of its capture.
   * @throws FieldmarkError HELPER_MISSING, CAPTURE_NOT_PERMITTED or CAPTURE_FAILED: then nothing is left of it
   */
  async listen(request: ListenRequest): Promise<number> {
    const { by, keep, ...options } = request;
    const { records } = this.#store;
    const at = this.#clock();
    const name = records.freeName(`${options.interface} ${isoTime(at)?.slice(0, 19)}Z`);
    const fresh = { name, sha256: null, size: null, spool: null, live: true, state: 'reading' as const };
    const row = this.#recorded(by, 'capture.listen', name, null, 'capture', () => records.addCapture(fresh, by, at));
    try {
      const listen = { ...options, name, keep: keep === null ? null : { ...keep, capture: row } };
      const thread = await ListenerThread.start(listen, {
        onEvent: (event) => this.#happened(event),
        onFailure: (error) => this.#listenAgain(row, request, error),
      });
      this.#live.set(row, { capture: { row, ...fresh }, thread });
    } catch (error) {
      records.setCaptureState(row, 'deleted');
      throw error;
    }
    return row;
  }

  /**
   * Reads a capture again whose reading was interrupted or failed.
   * @throws FieldmarkError CAPTURE_UNKNOWN, CAPTURE_NOT_KEPT
   */
  readAgain(row: number, by: string): void {
    const capture = this.#capture(row);
    if (capture.state === 'queued' || capture.state === 'reading') return;
    const source = this.#kept(capture);
    if (source === undefined) {
      throw new FieldmarkError('CAPTURE_NOT_KEPT', `${capture.name}: its bytes are not kept: hand it in again`);
    }
    this.#readAgain(capture, source, by);
  }

  /**
   * Forgets a capture and all that only it told.
   * @throws FieldmarkError CAPTURE_UNKNOWN
   */
  async delete(row: number, by: string): Promise<void> {
    const capture = this.#capture(row);
    await this.stop(row);
    const waiting = this.#queue.findIndex((entry) => entry.capture.row === row);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    this.#recorded(by, 'capture.delete', capture.name, null, 'capture', () => {
      this.#store.snapshots.remove(row);
      this.#store.records.setCaptureState(row, 'deleted');
    });
    this.#forgetOutcome(row);
    if (capture.spool !== null && this.#spool !== undefined) await rm(this.#spooled(capture.spool), { force: true });
    this.#settled = this.#loaded();
    this.#changed();
  }

  /** Ends the reading of a capture, as when an interface is watched no longer; what was heard stays. */
  async stop(row: number): Promise<void> {
    if (this.#current?.capture.row === row) await this.#end(this.#current);
    const live = this.#live.get(row);
    if (live === undefined) return;
    await live.thread.stop();
    this.#settleLive(live, null);
  }

  /**
   * Keeps what an operator decided, or with null takes it back.
   * @param key what it is about: one decision of a kind for each
   */
  decide(kind: DecisionKind, key: string, decision: unknown, by: string): void {
    const { records } = this.#store;
    this.#recorded(by, `decision.${kind}`, key, decision, 'decision', () => {
      if (decision === null) records.removeDecision(kind, key);
      else records.putDecision({ kind, key, by, at: this.#clock(), decision });
    });
    this.#loadDecisions();
    this.#changed();
  }

  /** Sets the policy that holds; answers its version. With null none holds any more. */
  setPolicy(policy: { yaml: string; parsed: Policy; reason: string | null } | null, by: string): number | null {
    const { records } = this.#store;
    const sha256 = policy === null ? null : createHash('sha256').update(policy.yaml).digest('hex');
    const version = this.#recorded(by, 'policy.set', sha256 ?? '', policy?.reason ?? null, 'policy', () => {
      if (policy !== null) return records.addPolicy({ ...policy, sha256: sha256 as string }, by, this.#clock());
      records.clearPolicy();
      return null;
    });
    this.#loadDecisions();
    this.#changed();
    return version;
  }

  /** What a policy would say of what was heard; nothing is kept. */
  previewPolicy(policy: Policy) {
    const plant = plantOf(this.#plant.snapshot, { ...this.#decisions, policy });
    const { zones, conduits, violations, unusedConduits, unusedPermissions } = reportOf(plant);
    return { zones, conduits, violations, unusedConduits, unusedPermissions };
  }

  /** A policy from what was heard, as YAML. */
  proposePolicy(): string {
    const { policy, notes } = proposePolicy(this.#plant);
    return writePolicy(policy, notes);
  }

  /** @param version of the program, which the method names */
  assessment(version: string): Assessment {
    const { records } = this.#store;
    const hashes = new Map(records.captures('done', 'failed', 'interrupted').map(({ name, sha256 }) => [name, sha256]));
    const { files } = this.#plant.snapshot.capture;
    const captures = files.map(({ name, packets }) => ({ name, sha256: hashes.get(name) ?? null, packets }));
    const policySha256 = records.activePolicy()?.sha256 ?? null;
    return assess(this.#plant, { tool: 'Fieldmark', version, captures, policySha256 }, this.#attestations);
  }

  /** The report in one of its forms, in pieces; `table` is for the form that holds one. */
  report(format: FormatName, table: CsvTable, version: string): string[] {
    return [...FORMATS[format].write(this.#plant, this.assessment(version), table)];
  }

  /** Takes what was heard for normal from now on. */
  takeBaseline(by: string): void {
    this.flush();
    this.setSetting(BASELINE, baselineOf(pictureOf(this.#plant)), by);
  }

  setSetting(key: string, value: unknown, by: string): void {
    this.#recorded(by, `setting.${key}`, key, null, 'setting', () => this.#store.records.setSetting(key, value));
    this.#loadDecisions();
    this.#changed();
  }

  /** @param hash SHA-256 of the secret */
  addToken(token: { id: string; hash: Uint8Array; role: TokenRole; label: string }, by: string): void {
    const { id, role, label } = token;
    this.#recorded(by, 'token.add', id, { role, label }, 'token', () =>
      this.#store.records.addToken(token, this.#clock()),
    );
  }

  removeToken(id: string, by: string): boolean {
    return this.#recorded(by, 'token.remove', id, null, 'token', () => this.#store.records.removeToken(id));
  }

  tokenUsed(id: string): void {
    this.#store.records.tokenUsed(id, this.#clock());
  }

  /** Writes into the audit log what somebody did that no other method writes. */
  audit(by: string, action: string, subject: string, detail: unknown): void {
    this.#recorded(by, action, subject, detail, null, () => {});
  }

  /** Resolves when nothing is being read or waits to be. */
  async idle(): Promise<void> {
    while (this.#pump !== undefined) await this.#pump;
  }

  /** Makes the plant of what is known, and writes what changed; answers whether it could be written. */
  flush(): boolean {
    const began = performance.now();
    const current = this.#current;
    const readings = this.#unsaved.map(({ capture, snapshot, progress }) => ({ capture, snapshot, progress }));
    let heard = this.#settled;
    if (current !== undefined) {
      const snapshot = snapshotOf(current, null);
      heard = mergeSnapshots(heard, snapshot);
      readings.push({
        capture: current.capture,
        snapshot,
        progress: this.#progress(current.bytesRead, snapshot, 'reading', null),
      });
    }
    for (const { capture, thread } of this.#live.values()) {
      if (thread.latest === undefined) continue;
      const { snapshot, bytes } = thread.latest;
      heard = mergeSnapshots(heard, snapshot);
      readings.push({ capture, snapshot, progress: this.#progress(bytes, snapshot, 'reading', null) });
    }
    this.#plant = plantOf(heard, this.#decisions);
    const written = this.#write(readings);
    this.#flushMilliseconds = performance.now() - began;
    this.#nextFlush = performance.now() + Math.max(this.#interval, REST * this.#flushMilliseconds, written ? 0 : RETRY);
    if (written) this.#dirty = false;
    return written;
  }

  /** Ends the reading, writes what is known, closes the database. What was not read to its end can be read again. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#queue.length = 0;
    await Promise.all([...this.#live.keys()].map((row) => this.stop(row)));
    if (this.#current !== undefined) await this.#end(this.#current);
    await this.#pump;
    this.flush();
    this.#store.close();
  }

  #start(): void {
    this.#pump ??= this.#readQueue().finally(() => {
      this.#pump = undefined;
      if (this.#queue.length > 0) this.#start(); // it was added as the last one ended
    });
  }

  async #readQueue(): Promise<void> {
    await Promise.resolve(); // whoever adds a capture has its number first
    for (let next = this.#queue.shift(); next !== undefined && !this.#closed; next = this.#queue.shift()) {
      this.#reading = this.#read(next.capture, next.source);
      await this.#reading;
    }
    if (!this.#closed && this.flush()) await this.#pruneSpool();
  }

  /** Keeps the bytes of the newest captures, as many as there is room for. */
  async #pruneSpool(): Promise<void> {
    if (this.#spool === undefined) return;
    let kept = 0;
    for (const { row, spool, size } of this.#store.records.spooled()) {
      kept += size ?? 0;
      if (kept <= this.#spoolBytes) continue;
      await rm(this.#spooled(spool), { force: true });
      this.#store.records.forgetSpool(row);
    }
  }

  async #read(capture: CaptureRecord, source: Source): Promise<void> {
    const current: Current = { capture, sensor: new Sensor(), abort: new AbortController(), bytesRead: 0 };
    current.sensor.beginFile(0);
    this.#current = current;
    this.#dirty = true;
    this.#tell(current, 'reading');
    const onProgress = (bytesRead: number) => {
      current.bytesRead = bytesRead;
      this.#dirty = true;
      this.#tell(current, 'reading');
      this.#flushIfDue();
    };
    let error: FileSnapshot['error'] = null;
    let state: CaptureState = 'done';
    let apart: Snapshot | undefined;
    try {
      const { signal } = current.abort;
      const bytes = typeof source === 'string' ? source : endable(source, signal);
      const unpackLimit = this.#unpackLimit;
      const limits = unpackLimit === undefined ? {} : { unpackLimit };
      await readCapture(bytes, current.sensor, { onProgress, signal, ...limits });
      if (typeof source === 'string') apart = await readApart(source, snapshotOf(current, null), limits);
    } catch (caught) {
      if (caught instanceof ReadingEnded) {
        state = capture.live ? 'done' : 'interrupted';
      } else {
        const { code, message } = fileError(caught);
        state = 'failed';
        error = { code, offset: caught instanceof CaptureError ? caught.offset : null, message };
      }
    }
    current.sensor.finish();
    const snapshot = apart ?? snapshotOf(current, error);
    this.#current = undefined;
    this.#unsaved.push({ capture, snapshot, progress: this.#progress(current.bytesRead, snapshot, state, error) });
    this.#settled = mergeSnapshots(this.#settled, snapshot);
    this.#dirty = true;
    this.#tell(current, state);
  }

  async #end(current: Current): Promise<void> {
    current.abort.abort(new ReadingEnded());
    await this.#reading;
  }

  #readAgain(capture: CaptureRecord, source: Source, by: string): void {
    this.#recorded(by, 'capture.read-again', capture.name, null, 'capture', () => {
      this.#store.snapshots.remove(capture.row);
      this.#store.records.setCaptureState(capture.row, 'queued');
    });
    this.#forgetOutcome(capture.row);
    this.#settled = this.#loaded();
    this.#queue.push({ capture: { ...capture, state: 'queued' }, source });
    this.#start();
  }

  #flushIfDue(): void {
    if (this.#closed || this.#asking || performance.now() < this.#nextFlush) return;
    if (this.#live.size > 0) void this.#flushLive();
    else if (this.#dirty) this.flush();
  }

  /** Asks what was heard, and writes it. */
  async #flushLive(): Promise<void> {
    this.#asking = true;
    const heard = await Promise.all([...this.#live.values()].map(({ thread }) => thread.heard()));
    this.#asking = false;
    if (this.#closed) return;
    this.flush();
    const longest = Math.max(0, ...heard.map((one) => one?.milliseconds ?? 0));
    this.#nextFlush = Math.max(this.#nextFlush, performance.now() + LISTENING_REST * longest);
  }

  #happened(event: CaptureEvent): void {
    const { first } = this.#sensorEvents.add(event);
    this.#dirty = true;
    this.#notice({ kind: 'sensor', event, first });
  }

  /** A fault of ours ended listening: what was heard stays, and it begins anew. */
  #listenAgain(row: number, request: ListenRequest, { message }: Error): void {
    const live = this.#live.get(row);
    if (live === undefined) return;
    this.#settleLive(live, { code: 'CAPTURE_FAILED', offset: null, message });
    const again = () => {
      if (this.#closed) return;
      this.listen(request).catch(() => setTimeout(again, LISTEN_AGAIN).unref());
    };
    const what = `listening was ended by a fault of this program: ${message}; it begins again`;
    this.#happened({ kind: 'helper-ended', interface: request.interface, what, count: 1, at: this.#clock() });
    setTimeout(again, LISTEN_AGAIN).unref();
  }

  /** Takes over what was heard of an interface that is not listened to any more. */
  #settleLive({ capture, thread }: Live, error: FileSnapshot['error']): void {
    if (!this.#live.delete(capture.row)) return;
    const { snapshot = NOTHING_HEARD, bytes = 0 } = thread.latest ?? {};
    const state = error === null ? 'done' : 'failed';
    this.#unsaved.push({ capture, snapshot, progress: this.#progress(bytes, snapshot, state, error) });
    this.#settled = mergeSnapshots(this.#settled, snapshot);
    this.#changed();
  }

  #changed(): void {
    this.#dirty = true;
    this.#nextFlush = 0;
  }

  #write(readings: readonly Outcome[]): boolean {
    const at = this.#clock();
    const { records, snapshots } = this.#store;
    const sensorEvents = this.#sensorEvents.unsaved;
    try {
      const tables = this.#store.write(this.#plant, at, () => {
        for (const { capture, snapshot, progress } of readings) {
          snapshots.save(capture.row, snapshot);
          records.updateCapture(capture.row, progress);
        }
        if (readings.length > 0) records.revise('capture');
        const news = this.#plant.events.filter((event) => records.addEvent(event, at));
        const ours = sensorEvents.filter((event) => records.addSensorEvent(event));
        if (news.length + ours.length > 0) records.revise('event');
        if (this.#flushes % FLUSHES_PER_CLEANING === 0) this.#clean(at);
      });
      for (const { capture } of this.#unsaved) snapshots.forget(capture.row);
      this.#unsaved.length = 0;
      this.#sensorEvents.saved(sensorEvents);
      this.#flushes++;
      this.#setStorage(WELL);
      const all = readings.length > 0 ? [...tables, 'capture'] : tables;
      if (all.length > 0) this.#notice({ kind: 'revision', revision: records.revision(), tables: all });
      return true;
    } catch (error) {
      for (const { capture } of readings) snapshots.forget(capture.row);
      if (!isSqlite(error)) throw error;
      const since = this.#storage.since ?? at;
      this.#setStorage({ ok: false, code: error.code, message: error.message, since });
      return false;
    }
  }

  #clean(at: number): void {
    const { records } = this.#store;
    const told = this.#plant.events.map(({ id }) => id);
    for (const [table, { rows, age }] of Object.entries(RETENTION)) {
      records.keep(table as keyof typeof RETENTION, rows, at - age, told);
    }
  }

  #setStorage(storage: Storage): void {
    const changed = storage.ok !== this.#storage.ok || storage.code !== this.#storage.code;
    this.#storage = storage;
    if (changed) this.#notice({ kind: 'storage', storage });
  }

  /** Does what somebody asked for, at once and with its line in the audit log. */
  #recorded<T>(by: string, action: string, subject: string, detail: unknown, table: string | null, write: () => T): T {
    const { records } = this.#store;
    try {
      const result = this.#store.transaction(() => {
        const answer = write();
        records.audit(by, action, subject, detail, this.#clock());
        records.revise('audit');
        if (table !== null) records.revise(table);
        return answer;
      });
      this.#notice({
        kind: 'revision',
        revision: records.revision(),
        tables: table === null ? ['audit'] : [table, 'audit'],
      });
      return result;
    } catch (error) {
      if (isStorageFailure(error)) {
        const { message } = error as Error;
        throw new FieldmarkError('DATABASE_FULL', `${this.#path}: cannot be written: ${message}: make room`, error);
      }
      throw databaseError(error, this.#path);
    }
  }

  #loadDecisions(): void {
    const { records } = this.#store;
    const { decisions, attestations } = decisionsOf(records);
    this.#decisions = decisions;
    this.#attestations = attestations;
  }

  /** What all captures told that are not being read. */
  #loaded(): Snapshot {
    const { records, snapshots } = this.#store;
    const unsaved = new Set(this.#unsaved.map(({ capture }) => capture.row));
    const rows = records.captures('done', 'failed', 'interrupted').filter(({ row }) => !unsaved.has(row));
    return mergeSnapshots(
      ...rows.map(({ row }) => snapshots.load(row)),
      ...this.#unsaved.map(({ snapshot }) => snapshot),
    );
  }

  #forgetOutcome(row: number): void {
    const place = this.#unsaved.findIndex(({ capture }) => capture.row === row);
    if (place >= 0) this.#unsaved.splice(place, 1);
  }

  #capture(row: number): CaptureRecord {
    const capture = this.#store.records.capture(row);
    if (capture === undefined) throw new FieldmarkError('CAPTURE_UNKNOWN', `there is no capture ${row}`);
    return capture;
  }

  #kept({ spool }: CaptureRecord): string | undefined {
    return spool === null || this.#spool === undefined ? undefined : this.#spooled(spool);
  }

  #spooled(name: string): string {
    return join(this.#spool ?? '.', name);
  }

  #progress(
    bytesRead: number,
    { capture }: Snapshot,
    state: CaptureState,
    error: FileSnapshot['error'],
  ): CaptureProgress {
    const { packets, bytes, firstSeen, lastSeen } = capture;
    const findings = hearingFindings({ capture, hosts: [], conversations: [] });
    const finished = state === 'reading' ? null : this.#clock();
    return { state, bytesRead, packets, bytes, firstSeen, lastSeen, verdict: { findings }, error, finished };
  }

  #tell(current: Current, state: CaptureState): void {
    this.#notice({ kind: 'capture', capture: current.capture.row, state, progress: readingOf(current) });
  }
}

function readingOf({ bytesRead, capture, sensor }: Current): Reading {
  return { bytesRead, size: capture.size, packets: sensor.counters.packets };
}

/** What was heard of a capture, as the one file of its snapshot. */
function snapshotOf({ capture: { name }, sensor }: Current, error: FileSnapshot['error']): Snapshot {
  const { packets, bytes } = sensor.counters;
  return takeSnapshot(sensor, [{ name, packets, bytes, hearing: sensor.counters.hearing(), error }]);
}

/** The bytes of a stream until it ends, or `signal` says so, however long the next bytes may take to come. */
async function* endable(stream: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]();
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ended.catch(() => {}); // it is heard where the next bytes are awaited
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), ended]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    void iterator.return?.()?.catch?.(() => {}); // it may never answer: nobody waits for it
  }
}

async function digestOf(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (error) {
    throw fileError(error);
  }
  return { sha256: hash.digest('hex'), size };
}

function isSqlite(error: unknown): error is Error & { readonly code: string } {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && (code.startsWith('SQLITE_') || isStorageFailure(error));
}

function wallClock(): number {
  return Date.now() * 1000;
}
