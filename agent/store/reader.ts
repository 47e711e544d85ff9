/** Reading a database: lists by pages, entries by their ids, sums. One connection, prepared statements, no state. */
import type { Statement } from 'better-sqlite3';
import { FieldmarkError } from '../errors.ts';
import { NOTHING_HEARD } from '../model/merge-snapshots.ts';
import type { CaptureSnapshot } from '../model/snapshot.ts';
import { type Connection, databaseError, openForReading } from './database.ts';
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
import {
  alternatives,
  behind,
  type Condition,
  conditionOf,
  cursorOf,
  isIndexed,
  type ListRequest,
  limitOf,
  orderOf,
  patternOf,
  phraseOf,
  placeOf,
  searchText,
  together,
  type Wanted,
  wantedOf,
} from './list-query.ts';
import { LISTS, type ListDefinition, type ListName } from './lists.ts';
import { FORGOTTEN_EVENTS } from './records.ts';
import { type Row, SHAPES } from './shapes.ts';

/** A page of a list. */
export interface Page<Entry> {
  readonly items: readonly Entry[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
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

/** How a text is sought. */
interface TextSearch {
  readonly condition: Condition;
  /** The index of texts finds few. */
  readonly rare: boolean;
  /** Absent when no text is sought; with what the index of texts finds, where there is one. */
  readonly found: { readonly indexed: Condition | undefined } | undefined;
}

/** Entries that fit beyond which walking the list finds a page of them sooner than putting all of them in order. */
const COMMON = 2000;
/** Entries that fit are counted up to here. */
export const MOST_COUNTED = 10_000;
/** Statements kept ready. */
const MOST_STATEMENTS = 500;

/**
 * Reads a database while its writer writes; every call sees what was committed last, whole.
 * Calls throw FieldmarkError QUERY_INVALID for a request that the list's definition does not know, and DATABASE_FAILED
 * when the file cannot be read.
 */
export class Reader {
  readonly #path: string;
  readonly #database: Connection;
  readonly #statements = new Map<string, Statement>();

  /** @throws FieldmarkError DATABASE_* as openForReading */
  constructor(path: string) {
    this.#path = path;
    this.#database = openForReading(path);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** A page of a list. */
  list<Name extends ListName>(name: Name, request: ListRequest = {}): Page<Entries[Name]> {
    const { rows, next } = this.#page(name, request);
    return { items: rows.map((row) => SHAPES[name](row) as Entries[Name]), next };
  }

  /**
   * How many entries a list has that fit; `filter` and `search` of the request count. All of a list are counted exactly,
   * those that fit up to MOST_COUNTED: that answer means "so many or more".
   */
  count(name: ListName, request: ListRequest = {}): number {
    const list: ListDefinition = LISTS[name];
    const filters = wantedOf(list, request.filter);
    const [first] = filters;
    const text = this.#search(list, request.search);
    if (
      first?.filter.found !== undefined &&
      list.where === undefined && // what finds does not know which rows of the table are the list's
      filters.length === 1 &&
      first.values.length === 1 &&
      text.found === undefined
    ) {
      const { sql, values } = alternatives(first.filter.found, first.values);
      return this.#countUpTo(MOST_COUNTED, sql.slice(1, -1), values);
    }
    if (filters.length === 0 && text.found?.indexed !== undefined) {
      return this.#countUpTo(MOST_COUNTED, text.found.indexed.sql, text.found.indexed.values);
    }
    const wanted = together(conditionOf(list, filters), text.condition);
    if (filters.length > 0 || text.found !== undefined) {
      return this.#countUpTo(MOST_COUNTED, `${list.table}${where(wanted)}`, wanted.values);
    }
    const sql = `SELECT count(*) AS count FROM ${list.table}${where(wanted)}`;
    return (this.#get(sql, wanted.values) as { count: number }).count;
  }

  /** How many entries that fit have each value of a filter's column, most first; for a closed or small set of values. */
  countBy(name: ListName, column: string, request: ListRequest = {}): { value: string | number; count: number }[] {
    const list: ListDefinition = LISTS[name];
    const { column: grouped } = orderOf(list, column);
    const filters = wantedOf(list, request.filter);
    const text = this.#search(list, request.search).condition;
    const wanted = together(conditionOf(list, filters), text);
    const sql = `SELECT ${grouped} AS value, count(*) AS count FROM ${list.table}${where(wanted)}
      GROUP BY ${grouped} ORDER BY count DESC, value LIMIT ${MOST_GROUPS}`;
    return this.#all(sql, wanted.values) as { value: string | number; count: number }[];
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

  /** Number of the last event; 0 before the first. */
  lastEvent(): number {
    return (this.#get('SELECT coalesce(max(row), 0) AS last FROM event', []) as { last: number }).last;
  }

  /** Number of the last event that is not kept any more; 0 when all are. */
  forgottenEvents(): number {
    return (this.setting(FORGOTTEN_EVENTS) as number | undefined) ?? 0;
  }

  /** How SQLite would go about a page of a list: for tests that no list is read whole. */
  plan(name: ListName, request: ListRequest = {}): string[] {
    const { sql, values } = this.#query(name, request);
    const steps = this.#database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    return steps.map(({ detail }) => detail);
  }

  #page(name: ListName, request: ListRequest): { rows: Row[]; next: string | null } {
    const { sql, values, limit, order } = this.#query(name, request);
    const rows = this.#all(sql, values) as Row[];
    if (rows.length <= limit) return { rows, next: null };
    rows.pop();
    const last = rows[rows.length - 1] as Row;
    return { rows, next: cursorOf(order, { value: last['sorted'] as string | number, row: last['row'] as number }) };
  }

  /**
   * A page by one of two ways: what is rare is found by its own index and put in order; what is common is met soon
   * enough on the way along the order's index. Which it is, is counted first, up to COMMON.
   */
  #query(name: ListName, request: ListRequest) {
    const list: ListDefinition = LISTS[name];
    const order = orderOf(list, request.sort);
    const limit = limitOf(request);
    const place = placeOf(order, request.cursor);
    const filters = wantedOf(list, request.filter);
    const text = this.#search(list, request.search);
    const walked = !text.rare && !this.#isRare(filters);
    const wanted = together(conditionOf(list, filters, walked), text.condition, behind(order, place));
    const way = order.descending ? 'DESC' : 'ASC';
    const { column } = order;
    const columns = COLUMNS[name] ?? '*';
    const index = column === 'row' ? 'NOT INDEXED' : `INDEXED BY ${list.table}_${column.replaceAll('"', '')}`;
    const by = column === 'row' ? `row ${way}` : `${walked ? '' : '+'}${column} ${way}, row ${way}`;
    const sql = `SELECT ${columns}, row, ${column} AS sorted FROM ${list.table}${walked ? ` ${index}` : ''}${where(wanted)}
      ORDER BY ${by} LIMIT ${limit + 1}`;
    return { sql, values: wanted.values, limit, order };
  }

  /** Whether an index finds few entries by one of the filters. */
  #isRare(filters: readonly Wanted[]): boolean {
    return filters.some(({ filter: { found }, values }) => {
      if (values.length === 0) return true;
      if (found === undefined) return false;
      const few = values.reduce<number>((sum, value) => {
        if (sum > COMMON) return sum;
        const { sql, values: bound } = alternatives(found, [value]);
        return sum + this.#countUpTo(COMMON + 1, sql.slice(1, -1), bound);
      }, 0);
      return few <= COMMON;
    });
  }

  #countUpTo(most: number, from: string, values: Condition['values']): number {
    const sql = `SELECT count(*) AS count FROM (SELECT 1 FROM ${from} LIMIT ${most})`;
    return (this.#get(sql, values) as { count: number }).count;
  }

  /** Rare words by the index of texts, common ones by walking the list. */
  #search(list: ListDefinition, search: string | undefined): TextSearch {
    const wanted = searchText(search);
    if (wanted === undefined) return { condition: { sql: '', values: [] }, rare: false, found: undefined };
    if (!list.searchable) throw new FieldmarkError('QUERY_INVALID', 'this list has no text to search');
    const like = { sql: "text LIKE ? ESCAPE '\\'", values: [patternOf(wanted)] };
    if (!isIndexed(list, wanted)) return { condition: like, rare: false, found: { indexed: undefined } };
    const index = `${list.table}_text`;
    const indexed = { sql: `${index} WHERE ${index} MATCH ?`, values: [phraseOf(wanted)] };
    const rare = this.#countUpTo(COMMON + 1, indexed.sql, indexed.values) <= COMMON;
    const byIndex = { sql: `row IN (SELECT rowid FROM ${indexed.sql})`, values: indexed.values };
    return { condition: rare ? byIndex : like, rare, found: { indexed } };
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
    return this.#told(() => this.#statement(sql).all(...values));
  }

  #get(sql: string, values: readonly (string | number)[]): unknown {
    return this.#told(() => this.#statement(sql).get(...values));
  }

  #told<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw databaseError(error, this.#path);
    }
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size === MOST_STATEMENTS) this.#statements.clear();
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const MOST_GROUPS = 1000;
const MOST_NEIGHBOURS = 1000;
const MOST_CELLS = 10_000;
const MOST_MATRIX_ASSETS = 1000;

/** What a page needs of lists whose rows hold more. */
const COLUMNS: Partial<Record<ListName, string>> = {
  assets: 'body',
  conversations: 'body',
  zones: 'body',
  conduits: 'body',
  violations: 'body',
  findings: 'body',
  pairs: 'body',
  zonePairs: 'body',
  policies: 'sha256, by, at, reason, active',
  tokens: 'id, role, label, created, last_used',
};

function where({ sql }: Condition): string {
  return sql === '' ? '' : ` WHERE ${sql}`;
}
