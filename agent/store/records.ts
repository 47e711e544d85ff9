/**
 * What was told and nothing else knows: captures, decisions, policies, tokens, settings, events, history, the audit log.
 * Each method is one statement; who calls it has a transaction open where several belong together.
 */
import type { Statement } from 'better-sqlite3';
import type { PlantEvent } from '../baseline/event.ts';
import type { CaptureSnapshot, FileSnapshot } from '../model/snapshot.ts';
import { reportedEvent } from '../report/report.ts';
import { isoTime } from '../report/time.ts';
import type { AttributeChange } from './asset-history.ts';
import type { Connection } from './database.ts';
import type { CaptureState, DecisionKind, TokenRole } from './entries.ts';

/** A capture as the ingest needs it. */
export interface CaptureRecord {
  readonly row: number;
  readonly name: string;
  readonly sha256: string | null;
  readonly size: number | null;
  /** Name of the file in the spool; null when its bytes are not kept. */
  readonly spool: string | null;
  readonly live: boolean;
  readonly state: CaptureState;
}

/** What a capture shows of itself while it is read, and afterwards. */
export interface CaptureProgress {
  readonly state: CaptureState;
  readonly bytesRead: number;
  readonly packets: number;
  readonly bytes: number;
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly verdict: unknown;
  readonly error: FileSnapshot['error'];
  readonly finished: number | null;
}

/** An event of the sensor itself, in the form that events of the plant have in a report. */
export interface SensorEvent {
  /** Unique: what goes on happening is one event. */
  readonly id: string;
  readonly kind: string;
  readonly severity: string;
  /** In plain words. */
  readonly title: string;
  readonly reasons: readonly string[];
  /** Microseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface DecisionRecord {
  readonly kind: DecisionKind;
  readonly key: string;
  readonly by: string;
  readonly at: number;
  readonly decision: unknown;
}

/** The setting that holds the number of the last event that was removed for its age or number. */
export const FORGOTTEN_EVENTS = 'forgotten-events';

const CAPTURE = 'row, name, sha256, size, spool, live, state';

export class Records {
  readonly #database: Connection;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Connection) {
    this.#database = database;
  }

  addCapture(capture: Omit<CaptureRecord, 'row'>, by: string, at: number): number {
    const { name, sha256, size, spool, live, state } = capture;
    return this.#insert(
      'INSERT INTO capture (name, sha256, size, spool, live, state, by, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      [...[name, sha256, size, spool, live ? 1 : 0, state, by, at]],
    );
  }

  updateCapture(row: number, progress: CaptureProgress): void {
    const { state, bytesRead, packets, bytes, firstSeen, lastSeen, verdict, error, finished } = progress;
    this.#run(
      `UPDATE capture SET state = ?, bytes_read = ?, packets = ?, bytes = ?, first_seen = ?, last_seen = ?, verdict = ?,
         error = ?, finished = ? WHERE row = ?`,
      [state, bytesRead, packets, bytes, firstSeen, lastSeen, json(verdict), json(error), finished, row],
    );
  }

  setCaptureState(row: number, state: CaptureState): void {
    this.#run('UPDATE capture SET state = ? WHERE row = ?', [state, row]);
  }

  setCaptureHash(row: number, sha256: string, size: number): void {
    this.#run('UPDATE capture SET sha256 = ?, size = ? WHERE row = ?', [sha256, size, row]);
  }

  /** Captures in any of some states, oldest first. */
  captures(...states: readonly CaptureState[]): CaptureRecord[] {
    const wanted = states.map(() => '?').join(', ');
    const rows = this.#all(`SELECT ${CAPTURE} FROM capture WHERE state IN (${wanted}) ORDER BY row`, states);
    return rows.map(captureOf);
  }

  capture(row: number): CaptureRecord | undefined {
    const [found] = this.#all(`SELECT ${CAPTURE} FROM capture WHERE row = ? AND state <> 'deleted'`, [row]);
    return found && captureOf(found);
  }

  /** Captures whose bytes are kept, newest first. */
  spooled(): { readonly row: number; readonly spool: string; readonly size: number | null }[] {
    const sql = `SELECT row, spool, size FROM capture
      WHERE spool IS NOT NULL AND state IN ('done', 'failed', 'interrupted') ORDER BY row DESC`;
    return this.#all(sql, []) as { row: number; spool: string; size: number | null }[];
  }

  /** The bytes of a capture are kept no longer. */
  forgetSpool(row: number): void {
    this.#run('UPDATE capture SET spool = NULL WHERE row = ?', [row]);
  }

  /** The capture with the same bytes, if one is read or waits. */
  captureWithHash(sha256: string): CaptureRecord | undefined {
    const [found] = this.#all(`SELECT ${CAPTURE} FROM capture WHERE sha256 = ? AND state <> 'deleted'`, [sha256]);
    return found && captureOf(found);
  }

  /** A name that no other capture has: frames are told by it. */
  freeName(name: string): string {
    const taken = (wanted: string) =>
      this.#all("SELECT 1 FROM capture WHERE name = ? AND state <> 'deleted' LIMIT 1", [wanted]).length > 0;
    let free = name;
    for (let number = 2; taken(free); number++) free = `${name} (${number})`;
    return free;
  }

  /** Whatever was being read when the program ended, was not read to its end. */
  interruptReading(): void {
    this.#run("UPDATE capture SET state = 'interrupted' WHERE state = 'reading'", []);
  }

  decisions(): DecisionRecord[] {
    const rows = this.#all('SELECT kind, key, by, at, body FROM decision ORDER BY at, kind, key', []);
    return rows.map(({ body, ...rest }) => ({ ...rest, decision: JSON.parse(body as string) }) as DecisionRecord);
  }

  putDecision({ kind, key, by, at, decision }: DecisionRecord): void {
    this.#run(
      `INSERT INTO decision (kind, key, by, at, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (kind, key) DO UPDATE SET by = excluded.by, at = excluded.at, body = excluded.body`,
      [kind, key, by, at, JSON.stringify(decision)],
    );
  }

  /** Takes a decision back; answers whether there was one. */
  removeDecision(kind: DecisionKind, key: string): boolean {
    return this.#run('DELETE FROM decision WHERE kind = ? AND key = ?', [kind, key]) > 0;
  }

  /** Keeps a policy as the one that holds; answers its version. */
  addPolicy(policy: { yaml: string; sha256: string; parsed: unknown; reason: string | null }, by: string, at: number) {
    this.clearPolicy();
    const { yaml, sha256, parsed, reason } = policy;
    return this.#insert(
      'INSERT INTO policy (sha256, yaml, body, by, at, reason, active) VALUES (?, ?, ?, ?, ?, ?, 1)',
      [sha256, yaml, JSON.stringify(parsed), by, at, reason],
    );
  }

  /** No policy holds any more; the versions stay. */
  clearPolicy(): void {
    this.#run('UPDATE policy SET active = 0 WHERE active = 1', []);
  }

  /** The policy that holds, as it was understood when it was set. */
  activePolicy(): { readonly version: number; readonly parsed: unknown; readonly sha256: string } | undefined {
    const [row] = this.#all('SELECT row, body, sha256 FROM policy WHERE active = 1', []);
    if (row === undefined) return undefined;
    return {
      version: row['row'] as number,
      parsed: JSON.parse(row['body'] as string),
      sha256: row['sha256'] as string,
    };
  }

  /** @param hash of the secret, which is not kept */
  addToken(token: { id: string; hash: Uint8Array; role: TokenRole; label: string }, at: number): void {
    const { id, hash, role, label } = token;
    this.#run('INSERT INTO token (id, hash, role, label, created) VALUES (?, ?, ?, ?, ?)', [id, hash, role, label, at]);
  }

  removeToken(id: string): boolean {
    return this.#run('DELETE FROM token WHERE id = ?', [id]) > 0;
  }

  tokenUsed(id: string, at: number): void {
    this.#run('UPDATE token SET last_used = ? WHERE id = ?', [at, id]);
  }

  setting(key: string): unknown {
    const [row] = this.#all('SELECT body FROM setting WHERE key = ?', [key]);
    return row === undefined ? undefined : JSON.parse(row['body'] as string);
  }

  /** `undefined` forgets it. */
  setSetting(key: string, value: unknown): void {
    if (value === undefined) this.#run('DELETE FROM setting WHERE key = ?', [key]);
    else this.#run('INSERT OR REPLACE INTO setting (key, body) VALUES (?, ?)', [key, JSON.stringify(value)]);
  }

  /**
   * Keeps an event, once however often it is told; answers whether anything of it is news.
   * @param now microseconds since 1970: the time of what only its absence tells
   */
  addEvent(event: PlantEvent, now: number): boolean {
    const { id, kind, severity, assets, firstSeen, lastSeen, title, reasons } = event;
    const text = [title, ...reasons].join('\n');
    const at = lastSeen ?? firstSeen ?? now;
    return this.#putEvent([id, kind, severity, assets[0] ?? '', at, text, JSON.stringify(reportedEvent(event))]);
  }

  /** As addEvent, for what happened to the sensor. */
  addSensorEvent({ id, kind, severity, title, reasons, firstSeen, lastSeen }: SensorEvent): boolean {
    const nothing = { assets: [], conversation: null, technique: null, samples: [], before: [], after: [] };
    const times = { firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen) };
    const event = { id, kind, severity, title, reasons, ...nothing, ...times, suppressed: null };
    return this.#putEvent([id, kind, severity, '', lastSeen, [title, ...reasons].join('\n'), JSON.stringify(event)]);
  }

  #putEvent(values: readonly unknown[]): boolean {
    const sql = `INSERT INTO event (id, kind, severity, asset, at, text, body) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, at = excluded.at, text = excluded.text,
        body = excluded.body WHERE body <> excluded.body`;
    return this.#run(sql, values) > 0;
  }

  /** Keeps what was heard in sum; answers whether that changed. */
  putHeard(heard: CaptureSnapshot): boolean {
    const sql = `INSERT INTO heard (row, body) VALUES (1, ?)
      ON CONFLICT (row) DO UPDATE SET body = excluded.body WHERE body <> excluded.body`;
    return this.#run(sql, [JSON.stringify(heard)]) > 0;
  }

  addHistory({ asset, field, before, after }: AttributeChange, at: number): void {
    this.#run('INSERT INTO history (asset, field, before, after, at) VALUES (?, ?, ?, ?, ?)', [
      asset,
      field,
      before,
      after,
      at,
    ]);
  }

  audit(by: string, action: string, subject: string, detail: unknown, at: number): void {
    const values = [at, by, action, subject, JSON.stringify(detail ?? null)];
    this.#run('INSERT INTO audit (at, by, action, subject, body) VALUES (?, ?, ?, ?, ?)', values);
  }

  /** Says that a kind of table changed. */
  revise(kind: string): void {
    this.#run('INSERT INTO revision VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET value = value + 1', [kind]);
  }

  revision(): number {
    const [row] = this.#all('SELECT coalesce(sum(value), 0) AS value FROM revision', []);
    return row?.['value'] as number;
  }

  /**
   * Removes the oldest rows of a table beyond `rows`, and those from before `since`; answers how many.
   * @param told ids of events that the plant still tells: removed, they would come back as if they were new
   */
  keep(table: 'event' | 'history' | 'audit', rows: number, since: number, told: readonly string[] = []): number {
    const but = table === 'event' ? ' AND id NOT IN (SELECT value FROM json_each(?))' : '';
    const values = table === 'event' ? [JSON.stringify(told)] : [];
    const which = `(at < ? OR row <= (SELECT max(row) FROM ${table}) - ?)${but}`;
    const bound = [since, rows, ...values];
    const [found] = this.#all(`SELECT max(row) AS last FROM ${table} WHERE ${which}`, bound);
    const last = found?.['last'] as number | null;
    if (last === null) return 0;
    const removed = this.#run(`DELETE FROM ${table} WHERE ${which}`, bound);
    if (table === 'event') {
      const before = (this.setting(FORGOTTEN_EVENTS) as number | undefined) ?? 0;
      this.setSetting(FORGOTTEN_EVENTS, Math.max(before, last));
    }
    return removed;
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, values: readonly unknown[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  #insert(sql: string, values: readonly unknown[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  #all(sql: string, values: readonly unknown[]): Record<string, unknown>[] {
    return this.#statement(sql).all(...values) as Record<string, unknown>[];
  }
}

function captureOf(row: Record<string, unknown>): CaptureRecord {
  return { ...row, live: row['live'] === 1 } as CaptureRecord;
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
