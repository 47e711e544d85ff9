/** Reading a database: lists by pages, entries by their ids, sums. One connection, prepared statements, no state. */
import { NOTHING_HEARD } from '../model/merge-snapshots.ts';
import type { CaptureSnapshot } from '../model/snapshot.ts';
import { type Connection, openForReading } from './database.ts';
import { BASELINE } from './decisions.ts';
import type {
  AssetEntry,
  AssetEvidence,
  CaptureEntry,
  ConversationEntry,
  ConversationOperations,
  Entries,
  PairEntry,
  ZoneEntry,
  ZoneMembers,
} from './entries.ts';
import type { ListRequest } from './list-query.ts';
import { ListReader } from './list-reader.ts';
import { LISTS, type ListDefinition, type ListName } from './lists.ts';
import { FORGOTTEN_EVENTS } from './records.ts';
import { type Row, SHAPES } from './shapes.ts';
import { Statements } from './statements.ts';

/** A page of a list. */
export interface Page<Entry> {
  readonly items: readonly Entry[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
  /** How many entries fit in all, as `count` tells it; undefined where the page was read without learning it. */
  readonly total: number | undefined;
}

/** What changes together and has one revision: see `revisions`. */
export interface Revisions {
  /** Of any table. */
  readonly all: number;
  readonly of: Readonly<Record<string, number>>;
}

/** A token's record, for comparing what a caller shows. */
export interface TokenRecord {
  readonly id: string;
  readonly role: Entries['tokens']['role'];
  readonly label: string;
  /** SHA-256 of the secret. */
  readonly hash: Uint8Array;
}

/**
 * Reads a database while its writer writes; every call sees what was committed last, whole.
 * Calls throw FieldmarkError QUERY_INVALID for a request that the list's definition does not know, and DATABASE_FAILED
 * when the file cannot be read.
 */
export class Reader {
  readonly #database: Connection;
  readonly #statements: Statements;
  readonly #lists: ListReader;

  /** @throws FieldmarkError DATABASE_* as openForReading */
  constructor(path: string) {
    this.#database = openForReading(path);
    this.#statements = new Statements(this.#database, path);
    this.#lists = new ListReader(this.#statements);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** A page of a list. */
  list<Name extends ListName>(name: Name, request: ListRequest = {}): Page<Entries[Name]> {
    const { rows, ...page } = this.#lists.page(name, request);
    return { items: rows.map((row) => SHAPES[name](row) as Entries[Name]), ...page };
  }

  /**
   * How many entries a list has that fit; `filter` and `search` of the request count. All of a list are counted exactly,
   * those that fit up to MOST_COUNTED: that answer means "so many or more".
   */
  count(name: ListName, request: ListRequest = {}): number {
    return this.#lists.count(name, request);
  }

  /** How many entries have each value of a column that the list can be sorted by, most first; for a small set of values. */
  countBy(name: ListName, sort: string): { value: string | number; count: number }[] {
    const { table, where, sorts }: ListDefinition = LISTS[name];
    const column = sorts[sort];
    const sql = `SELECT ${column} AS value, count(*) AS count FROM ${table}${where === undefined ? '' : ` WHERE ${where}`}
      GROUP BY ${column} ORDER BY count DESC, value LIMIT ${MOST_GROUPS}`;
    return this.#all(sql, []) as { value: string | number; count: number }[];
  }

  asset(id: string): AssetEntry | undefined {
    return this.#entry('assets', id);
  }

  /** All evidence of an asset, strongest first; undefined when there is no such asset. */
  evidence(id: string): AssetEvidence | undefined {
    return this.#json('SELECT evidence FROM asset WHERE id = ?', id) as AssetEvidence | undefined;
  }

  /** What passes between an asset and each other, busiest first, as client and as server. */
  neighbours(id: string): { readonly asClient: readonly PairEntry[]; readonly asServer: readonly PairEntry[] } {
    const asClient = this.list('pairs', { filter: { from: id }, limit: MOST_NEIGHBOURS }).items;
    return { asClient, asServer: this.list('pairs', { filter: { to: id }, limit: MOST_NEIGHBOURS }).items };
  }

  conversation(id: string): ConversationEntry | undefined {
    return this.#entry('conversations', id);
  }

  operations(id: string): ConversationOperations | undefined {
    return this.#json('SELECT operations FROM conversation WHERE id = ?', id) as ConversationOperations | undefined;
  }

  zone(id: string): ZoneEntry | undefined {
    return this.#entry('zones', id);
  }

  members(id: string): ZoneMembers | undefined {
    return this.#json('SELECT members FROM zone WHERE id = ?', id) as ZoneMembers | undefined;
  }

  conduit(id: string): Entries['conduits'] | undefined {
    return this.#entry('conduits', id);
  }

  violation(id: string): Entries['violations'] | undefined {
    return this.#entry('violations', id);
  }

  finding(id: string): Entries['findings'] | undefined {
    return this.#entry('findings', id);
  }

  capture(id: number): CaptureEntry | undefined {
    const row = this.#get("SELECT * FROM capture WHERE row = ? AND state <> 'deleted'", [id]);
    return row === undefined ? undefined : SHAPES.captures(row as Row);
  }

  /** Where the bytes of the capture are that evidence names so: its file in the spool, null when they are not kept. */
  captureFile(name: string): { readonly row: number; readonly spool: string | null; readonly live: 0 | 1 } | undefined {
    const row = this.#get("SELECT row, spool, live FROM capture WHERE name = ? AND state <> 'deleted'", [name]);
    return row as { readonly row: number; readonly spool: string | null; readonly live: 0 | 1 } | undefined;
  }

  /** The matrix: every pair of zones, or of the assets named, between which something passes; busiest first. */
  matrix(by: { readonly zones: true } | { readonly assets: readonly string[] }): PairEntry[] {
    if ('zones' in by) {
      const sql = `SELECT * FROM pair WHERE level = 'zone' ORDER BY bytes DESC LIMIT ${MOST_CELLS}`;
      return this.#all(sql, []).map((row) => SHAPES.zonePairs(row as Row));
    }
    const sql = `SELECT * FROM pair WHERE level = 'asset' AND "from" IN (SELECT value FROM json_each(?))
      AND "to" IN (SELECT value FROM json_each(?)) ORDER BY bytes DESC LIMIT ${MOST_CELLS}`;
    const ids = JSON.stringify(by.assets.slice(0, MOST_MATRIX_ASSETS));
    return this.#all(sql, [ids, ids]).map((row) => SHAPES.pairs(row as Row));
  }

  /** The text of a policy; the one that holds when no version is named; undefined when there is none. */
  policy(version?: number): (Entries['policies'] & { readonly yaml: string }) | undefined {
    const row =
      version === undefined
        ? this.#get('SELECT * FROM policy WHERE active = 1 ORDER BY row DESC LIMIT 1', [])
        : this.#get('SELECT * FROM policy WHERE row = ?', [version]);
    if (row === undefined) return undefined;
    return { ...SHAPES.policies(row as Row), yaml: (row as { yaml: string }).yaml };
  }

  /** What was heard in sum, as of the same moment as all lists. */
  heard(): CaptureSnapshot {
    const row = this.#get('SELECT body FROM heard', []) as { body: string } | undefined;
    return row === undefined ? NOTHING_HEARD.capture : JSON.parse(row.body);
  }

  /** Until when what was heard is taken for normal, in microseconds since 1970; null without a baseline. */
  baselineUntil(): number | null {
    const sql = "SELECT json_extract(body, '$.lastSeen') AS until FROM setting WHERE key = ?";
    return (this.#get(sql, [BASELINE]) as { until: number | null } | undefined)?.until ?? null;
  }

  /** A setting, e.g. `baseline`; undefined when it was never made. */
  setting(key: string): unknown {
    return this.#json('SELECT body FROM setting WHERE key = ?', key);
  }

  /** Tokens with what proves them, for whoever checks callers. */
  tokens(): TokenRecord[] {
    return this.#all('SELECT id, role, label, hash FROM token', []) as TokenRecord[];
  }

  /** Counts up whenever something changes; `of` by table. An ETag of what was read between two equal ones holds. */
  revisions(): Revisions {
    const rows = this.#all('SELECT kind, value FROM revision', []) as { kind: string; value: number }[];
    const of = Object.fromEntries(rows.map(({ kind, value }) => [kind, value]));
    return { all: rows.reduce((sum, { value }) => sum + value, 0), of };
  }

  /** How many decisions hold no longer at a time, in microseconds since 1970. */
  endedDecisions(at: number): number {
    const sql = "SELECT count(*) AS count FROM decision WHERE json_extract(body, '$.until') <= ?";
    return (this.#get(sql, [at]) as { count: number }).count;
  }

  /** Number of the last event; 0 before the first. */
  lastEvent(): number {
    return (this.#get('SELECT coalesce(max(row), 0) AS last FROM event', []) as { last: number }).last;
  }

  /** Number of the last event that is not kept any more; 0 when all are. */
  forgottenEvents(): number {
    return (this.setting(FORGOTTEN_EVENTS) as number | undefined) ?? 0;
  }

  /** How SQLite would go about a page of a list, by each way that may be tried: for tests that no list is read whole. */
  plans(name: ListName, request: ListRequest = {}): string[][] {
    return this.#lists.plans(name, request);
  }

  #entry<Name extends 'assets' | 'conversations' | 'zones' | 'conduits' | 'violations' | 'findings'>(
    name: Name,
    id: string,
  ): Entries[Name] | undefined {
    const row = this.#get(`SELECT body FROM ${LISTS[name].table} WHERE id = ?`, [id]);
    return row === undefined ? undefined : (SHAPES[name](row as Row) as Entries[Name]);
  }

  #json(sql: string, key: string): unknown {
    const row = this.#get(sql, [key]) as Record<string, string> | undefined;
    return row === undefined ? undefined : JSON.parse(Object.values(row)[0] as string);
  }

  #all(sql: string, values: readonly (string | number)[]): unknown[] {
    return this.#statements.all(sql, values);
  }

  #get(sql: string, values: readonly (string | number)[]): unknown {
    return this.#statements.get(sql, values);
  }
}

const MOST_GROUPS = 1000;
const MOST_NEIGHBOURS = 1000;
const MOST_CELLS = 10_000;
const MOST_MATRIX_ASSETS = 1000;
