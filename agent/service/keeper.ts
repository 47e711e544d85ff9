/**
 * Keeps a database in step with what is heard: captures and interfaces bring it, what they tell is merged, the plant is
 * made of it with what operators decided, and what changed is written. What is being read is part of the plant from the
 * first interval on.
 */
import { createHash } from 'node:crypto';
import { assess } from '../assess/assess.ts';
import type { Assessment, Attestation } from '../assess/assessment.ts';
import { baselineOf } from '../baseline/baseline.ts';
import { pictureOf } from '../baseline/events.ts';
import { hashFile } from '../capture/hash-file.ts';
import type { KeepOptions } from '../capture/live/kept-frames.ts';
import type { CaptureEvent, LiveCaptureOptions } from '../capture/live/live-capture.ts';
import type { UnpackLimit } from '../capture/unwrapper.ts';
import { FieldmarkError } from '../errors.ts';
import { mergeSnapshots, NOTHING_HEARD } from '../model/merge-snapshots.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type Decisions, type Plant, plantOf } from '../plant.ts';
import type { Policy } from '../policy/policy.ts';
import { PolicyError, type PolicyProblem } from '../policy/policy-error.ts';
import { proposePolicy } from '../policy/propose-policy.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { writePolicy } from '../policy/write-policy.ts';
import { chunksOf } from '../report/chunks.ts';
import type { CsvTable } from '../report/csv/tables.ts';
import { FORMATS, type FormatName } from '../report/formats.ts';
import { reportOf } from '../report/report.ts';
import { isoTime } from '../report/time.ts';
import { databaseError } from '../store/database.ts';
import { BASELINE, decisionsOf } from '../store/decisions.ts';
import type { DecisionKind, TokenRole } from '../store/entries.ts';
import type { CaptureRecord } from '../store/records.ts';
import { SPOOL_BYTES } from '../store/retention.ts';
import { Store } from '../store/store.ts';
import { Changes } from './changes.ts';
import { Interfaces } from './interfaces.ts';
import type { KeeperStatus, Notice } from './keeper-status.ts';
import { KeptCaptures } from './kept-captures.ts';
import type { Outcome } from './outcome.ts';
import { ReadingQueue, type Source } from './reading-queue.ts';
import { WriteBehind } from './write-behind.ts';

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
/** What an interface told is not asked for again before this many times what putting it together took. */
const LISTENING_REST = 20;

export class Keeper {
  readonly #store: Store;
  readonly #kept: KeptCaptures;
  readonly #clock: () => number;
  readonly #notice: (notice: Notice) => void;
  readonly #changes: Changes;
  readonly #writing: WriteBehind;
  readonly #queue: ReadingQueue;
  readonly #interfaces: Interfaces;
  readonly #timer: NodeJS.Timeout;
  #settled: Snapshot = NOTHING_HEARD; // of captures that are not being read
  #decisions: Decisions = {};
  #attestations: readonly Attestation[] = [];
  #plant: Plant;
  #asking = false;
  #closed = false;

  /**
   * Opens the database, and goes on with what was waiting in the spool when the program ended.
   * @throws FieldmarkError DATABASE_* when it cannot be opened
   */
  constructor(options: KeeperOptions) {
    const { database, spool, spoolBytes = SPOOL_BYTES, unpackLimit } = options;
    const { flushInterval = FLUSH_INTERVAL, clock = wallClock, onNotice = () => {} } = options;
    this.#clock = clock;
    this.#notice = onNotice;
    this.#kept = new KeptCaptures(spool, spoolBytes);
    this.#store = new Store(database);
    this.#changes = new Changes(this.#store, { path: database, clock, onNotice });
    this.#writing = new WriteBehind(this.#store, { interval: flushInterval, clock, onNotice });
    this.#interfaces = new Interfaces({
      onEvent: (event) => this.#happened(event),
      onEnd: (outcome) => {
        this.#settle(outcome);
        this.#writing.changed();
      },
    });
    this.#queue = new ReadingQueue({
      unpackLimit,
      onProgress: ({ row: capture }, progress) => {
        this.#writing.heard();
        this.#notice({ kind: 'capture', capture, state: 'reading', progress });
        this.#flushIfDue();
      },
      onEnd: (outcome, progress) => {
        this.#settle(outcome);
        this.#notice({ kind: 'capture', capture: outcome.capture.row, state: outcome.state, progress });
      },
      onEmpty: async () => {
        if (this.flush()) await this.#kept.prune(this.#store.records);
      },
    });
    try {
      const { records } = this.#store;
      records.interruptReading();
      this.#settled = this.#loaded();
      this.#loadDecisions();
      this.#plant = plantOf(this.#settled, this.#decisions);
      for (const capture of records.captures('queued')) {
        const source = this.#kept.pathOf(capture);
        if (source === undefined) records.setCaptureState(capture.row, 'interrupted');
        else this.#queue.add(capture, source);
      }
    } catch (error) {
      this.#store.close();
      throw databaseError(error, database);
    }
    this.#timer = setInterval(() => this.#flushIfDue(), Math.max(50, flushInterval / 4));
    this.#timer.unref();
    this.#queue.start();
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
    return {
      storage: this.#writing.storage,
      reading: this.#queue.reading,
      queued: this.#queue.length,
      interfaces: this.#interfaces.statuses,
      flushMilliseconds: this.#writing.milliseconds,
      flushes: this.#writing.flushes,
      assets: this.#plant.assets.all.length,
      conversations: this.#plant.snapshot.conversations.length,
      packets: this.#plant.snapshot.capture.packets,
    };
  }

  /**
   * Takes a capture into the queue; answers its number.
   * @throws FieldmarkError CAPTURE_ALREADY_READ when the same bytes were read or wait; FILE_* when there is no such file
   */
  async add({ name, source, live = false, sha256 = null, size = null, by }: CaptureRequest): Promise<number> {
    const path = 'path' in source ? source.path : 'spool' in source ? this.#kept.fileOf(source.spool) : undefined;
    const known = path === undefined || sha256 !== null ? { sha256, size } : await hashFile(path);
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
    const change = { by, action: 'capture.add', subject: name, detail: { sha256: known.sha256 }, table: 'capture' };
    const row = this.#changes.make(change, () => records.addCapture(fresh, by, this.#clock()));
    this.#queue.add({ row, ...fresh }, bytes);
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
    const change = { by, action: 'capture.listen', subject: name, table: 'capture' };
    const row = this.#changes.make(change, () => records.addCapture(fresh, by, at));
    const listen = { ...options, name, keep: keep === null ? null : { ...keep, capture: row } };
    try {
      await this.#interfaces.listen({ row, ...fresh }, listen, () => this.listen(request));
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
    const source = this.#kept.pathOf(capture);
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
    await this.#queue.remove(row);
    await this.#interfaces.stop(row);
    this.#changes.make({ by, action: 'capture.delete', subject: capture.name, table: 'capture' }, () => {
      this.#store.snapshots.remove(row);
      this.#store.records.setCaptureState(row, 'deleted');
    });
    this.#writing.forget(row);
    await this.#kept.remove(capture);
    this.#settled = this.#loaded();
    this.#writing.changed();
  }

  /** Ends the reading of a capture, as when an interface is watched no longer; what was heard stays. */
  async stop(row: number): Promise<void> {
    await this.#queue.end(row);
    await this.#interfaces.stop(row);
  }

  /**
   * Keeps what an operator decided, or with null takes it back.
   * @param key what it is about: one decision of a kind for each
   */
  decide(kind: DecisionKind, key: string, decision: unknown, by: string): void {
    const { records } = this.#store;
    this.#changes.make({ by, action: `decision.${kind}`, subject: key, detail: decision, table: 'decision' }, () => {
      if (decision === null) records.removeDecision(kind, key);
      else records.putDecision({ kind, key, by, at: this.#clock(), decision });
    });
    this.#loadDecisions();
    this.#writing.changed();
  }

  /** Sets the policy that holds; answers its version. With null none holds any more. */
  setPolicy(policy: { yaml: string; parsed: Policy; reason: string | null } | null, by: string): number | null {
    const { records } = this.#store;
    const sha256 = policy === null ? null : createHash('sha256').update(policy.yaml).digest('hex');
    const detail = policy?.reason ?? null;
    const version = this.#changes.make(
      { by, action: 'policy.set', subject: sha256 ?? '', detail, table: 'policy' },
      () => {
        if (policy !== null) return records.addPolicy({ ...policy, sha256: sha256 as string }, by, this.#clock());
        records.clearPolicy();
        return null;
      },
    );
    this.#loadDecisions();
    this.#writing.changed();
    return version;
  }

  /** A policy read, or what is wrong with it. A megabyte of it takes seconds, in which whoever asks is free here. */
  readPolicy(text: string, file: string): { policy: Policy } | { policy: null; problems: readonly PolicyProblem[] } {
    try {
      return { policy: readPolicy(text, file) };
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return { policy: null, problems: error.problems };
    }
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
    return [...chunksOf(FORMATS[format].write(this.#plant, this.assessment(version), table))];
  }

  /** Takes what was heard for normal from now on. */
  takeBaseline(by: string): void {
    this.flush();
    this.setSetting(BASELINE, baselineOf(pictureOf(this.#plant)), by);
  }

  setSetting(key: string, value: unknown, by: string): void {
    this.#changes.make({ by, action: `setting.${key}`, subject: key, table: 'setting' }, () =>
      this.#store.records.setSetting(key, value),
    );
    this.#loadDecisions();
    this.#writing.changed();
  }

  /** @param hash SHA-256 of the secret */
  addToken(token: { id: string; hash: Uint8Array; role: TokenRole; label: string }, by: string): void {
    const { id, role, label } = token;
    this.#changes.make({ by, action: 'token.add', subject: id, detail: { role, label }, table: 'token' }, () =>
      this.#store.records.addToken(token, this.#clock()),
    );
  }

  removeToken(id: string, by: string): boolean {
    return this.#changes.make({ by, action: 'token.remove', subject: id, table: 'token' }, () =>
      this.#store.records.removeToken(id),
    );
  }

  tokenUsed(id: string): void {
    this.#store.records.tokenUsed(id, this.#clock());
  }

  /** Writes into the audit log what somebody did that no other method writes. */
  audit(by: string, action: string, subject: string, detail: unknown): void {
    this.#changes.make({ by, action, subject, detail }, () => {});
  }

  /** Resolves when nothing is being read or waits to be. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  /** Makes the plant of what is known, and writes what changed; answers whether it could be written. */
  flush(): boolean {
    return this.#writing.flush(() => {
      const underWay = [...this.#queue.heard(), ...this.#interfaces.heard()];
      let heard = this.#settled;
      for (const { snapshot } of underWay) heard = mergeSnapshots(heard, snapshot);
      this.#plant = plantOf(heard, this.#decisions);
      return { plant: this.#plant, underWay };
    });
  }

  /** Ends the reading, writes what is known, closes the database. What was not read to its end can be read again. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#interfaces.close();
    await this.#queue.close();
    this.flush();
    this.#store.close();
  }

  #readAgain(capture: CaptureRecord, source: Source, by: string): void {
    this.#changes.make({ by, action: 'capture.read-again', subject: capture.name, table: 'capture' }, () => {
      this.#store.snapshots.remove(capture.row);
      this.#store.records.setCaptureState(capture.row, 'queued');
    });
    this.#writing.forget(capture.row);
    this.#settled = this.#loaded();
    this.#queue.add({ ...capture, state: 'queued' }, source);
  }

  #flushIfDue(): void {
    if (this.#closed || this.#asking || !this.#writing.due) return;
    if (this.#interfaces.any) void this.#askAndFlush();
    else if (this.#writing.dirty) this.flush();
  }

  /** Asks what was heard of interfaces, and writes it. */
  async #askAndFlush(): Promise<void> {
    this.#asking = true;
    const longest = await this.#interfaces.ask();
    this.#asking = false;
    if (this.#closed) return;
    this.flush();
    this.#writing.rest(LISTENING_REST * longest);
  }

  #happened(event: CaptureEvent): void {
    const first = this.#writing.happened(event);
    this.#notice({ kind: 'sensor', event, first });
  }

  /** Takes over what a capture brought that is not read any more. */
  #settle(outcome: Outcome): void {
    this.#writing.add(outcome);
    this.#settled = mergeSnapshots(this.#settled, outcome.snapshot);
  }

  #loadDecisions(): void {
    const { decisions, attestations } = decisionsOf(this.#store.records);
    this.#decisions = decisions;
    this.#attestations = attestations;
  }

  /** What all captures told that are not being read. */
  #loaded(): Snapshot {
    const { records, snapshots } = this.#store;
    const { ended } = this.#writing;
    const unwritten = new Set(ended.map(({ capture }) => capture.row));
    const rows = records.captures('done', 'failed', 'interrupted').filter(({ row }) => !unwritten.has(row));
    return mergeSnapshots(...rows.map(({ row }) => snapshots.load(row)), ...ended.map(({ snapshot }) => snapshot));
  }

  #capture(row: number): CaptureRecord {
    const capture = this.#store.records.capture(row);
    if (capture === undefined) throw new FieldmarkError('CAPTURE_UNKNOWN', `there is no capture ${row}`);
    return capture;
  }
}

function wallClock(): number {
  return Date.now() * 1000;
}
