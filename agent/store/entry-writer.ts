/** Writes the rows of entries that changed, and only those. */
import { hash } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Connection } from './database.ts';
import type { Entry, EntryRow } from './entry-rows.ts';
import { ENTRY_TABLES, type EntryTable, type EntryTableDefinition } from './entry-tables.ts';
import { MARK } from './lists.ts';

/** A row as it stands in the database. */
interface Stored {
  readonly id: string;
  readonly row: number;
  readonly hash: string;
  readonly fixed: string;
}

/** A row whose entry was met. */
interface Known extends Stored {
  /** What it followed from; null where only the row itself tells. */
  state: string | null;
  /** The number of the last write in which its entry was met. */
  met: number;
}

/** An entry whose body changed, for whoever keeps history; null where it was not, or is no more. */
export interface Change {
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Characters of a hash that are kept: 96 bits. */
const HASH = 16;
const BOOKKEEPING = ['id', 'hash', 'fixed'];
/** Rows from which on a table that was empty gets its indexes when it is full: sorting once costs half as much. */
const MANY = 5000;

/** One table of entries and what is known to stand in it. */
export class EntryWriter {
  readonly #database: Connection;
  readonly #table: EntryTable;
  readonly #definition: EntryTableDefinition;
  /** By the entries' keys. */
  readonly #known = new Map<string, Known>();
  /** Rows of before this program started whose entries were not met yet, by the entries' ids. */
  readonly #found = new Map<string, Stored>();
  /** What the transaction that is open would change, by key; taken over when it is committed. */
  readonly #pending = new Map<string, Known | null>();
  #writes = 0;
  readonly #movingAt: readonly number[];
  readonly #fixedAt: readonly number[];
  readonly #bodyAt: number;
  readonly #textAt: number;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #move: Statement;
  readonly #delete: Statement;
  readonly #body: Statement;
  readonly #addTag: Statement | undefined;
  readonly #clearTags: Statement | undefined;
  readonly #addText: Statement | undefined;
  readonly #clearText: Statement | undefined;

  constructor(database: Connection, table: EntryTable) {
    const definition: EntryTableDefinition = ENTRY_TABLES[table];
    const { columns, moving, tagged, marked, textIndex } = definition;
    this.#database = database;
    this.#table = table;
    this.#definition = definition;
    this.#movingAt = moving.map((column) => columns.indexOf(column));
    this.#fixedAt = columns.flatMap((column, at) => (moving.includes(column) ? [] : [at]));
    this.#bodyAt = columns.indexOf('body');
    this.#textAt = columns.indexOf('text');
    const tail = marked ? [...columns, 'marks'] : columns;
    const all = [...BOOKKEEPING, ...tail];
    const set = (names: readonly string[]) => names.map((name) => `"${name}" = ?`).join(', ');
    this.#insert = database.prepare(
      `INSERT INTO ${table} (${all.map((name) => `"${name}"`).join(', ')}) VALUES (${all.map(() => '?').join(', ')})`,
    );
    this.#update = database.prepare(`UPDATE ${table} SET ${set([...BOOKKEEPING.slice(1), ...tail])} WHERE row = ?`);
    // an index is rewritten for every column that is set, changed or not
    this.#move = database.prepare(`UPDATE ${table} SET ${set(['hash', ...moving])} WHERE row = ?`);
    this.#delete = database.prepare(`DELETE FROM ${table} WHERE row = ?`);
    this.#body = database.prepare(`SELECT body FROM ${table} WHERE row = ?`).pluck();
    if (tagged) {
      this.#addTag = database.prepare(`INSERT OR IGNORE INTO ${table}_tag (name, value, row) VALUES (?, ?, ?)`);
      this.#clearTags = database.prepare(`DELETE FROM ${table}_tag WHERE row = ?`);
    }
    if (textIndex) {
      this.#addText = database.prepare(`INSERT INTO ${table}_text (rowid, text) VALUES (?, ?)`);
      this.#clearText = database.prepare(`DELETE FROM ${table}_text WHERE rowid = ?`);
    }
    const rows = database.prepare(`SELECT id, row, hash, fixed FROM ${table}`).iterate() as Iterable<Stored>;
    for (const stored of rows) this.#found.set(stored.id, stored);
  }

  get table(): EntryTable {
    return this.#table;
  }

  /** Makes the table hold `entries` and nothing else; a transaction is open. Answers whether anything changed. */
  write(entries: Iterable<Entry>, changed?: (change: Change) => void): boolean {
    this.#pending.clear();
    this.#writes++;
    const empty = this.#known.size === 0 && this.#found.size === 0;
    let indexes: readonly string[] = [];
    for (const entry of entries) {
      this.#writeOne(entry, changed);
      if (empty && this.#pending.size === MANY && indexes.length === 0) indexes = this.#dropIndexes();
    }
    for (const sql of indexes) this.#database.exec(sql);
    for (const [key, known] of this.#known) {
      if (known.met !== this.#writes) this.#remove(key, known, changed);
    }
    for (const stored of this.#found.values()) this.#remove(stored.id, stored, changed);
    return this.#pending.size > 0;
  }

  /** The transaction was committed. */
  committed(): void {
    for (const [key, known] of this.#pending) {
      if (known !== null) this.#known.set(key, known);
      else {
        this.#known.delete(key);
        this.#found.delete(key);
      }
    }
    this.#pending.clear();
  }

  /** The transaction was rolled back: everything stands as it did. */
  rolledBack(): void {
    this.#pending.clear();
  }

  /** Takes the table's indexes away; answers the statements that make them again. */
  #dropIndexes(): string[] {
    const sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
    const indexes = this.#database.prepare(sql).all(this.#table) as { readonly name: string; readonly sql: string }[];
    for (const { name } of indexes) this.#database.exec(`DROP INDEX "${name}"`);
    return indexes.map((index) => index.sql);
  }

  #writeOne(entry: Entry, changed: ((change: Change) => void) | undefined): void {
    const { key, state } = entry;
    const known = this.#known.get(key) ?? this.#recognised(entry);
    // keys are unique; should two be alike, the first stands
    if (known === undefined ? this.#pending.has(key) : known.met === this.#writes) return;
    if (known !== undefined) {
      known.met = this.#writes;
      if (state !== null && known.state === state) return;
    }
    const id = known?.id ?? idOf(entry);
    const { values, tags } = entry.row(id);
    const tagged = tags.join('\0');
    const whole = digest(values, tagged);
    if (known?.hash === whole) {
      known.state = state;
      return;
    }
    const fixed = digest(
      this.#fixedAt.map((at) => values[at]),
      tagged,
    );
    const body = values[this.#bodyAt] as string;
    const marks = this.#definition.marked ? [marksOf(tags)] : [];
    if (known === undefined) {
      const row = Number(this.#insert.run(id, whole, fixed, ...values, ...marks).lastInsertRowid);
      this.#index(row, values, tags);
      this.#pending.set(key, { id, row, hash: whole, fixed, state, met: this.#writes });
      changed?.({ id, before: null, after: body });
      return;
    }
    const { row } = known;
    changed?.({ id, before: this.#body.get(row) as string, after: body });
    if (known.fixed === fixed) {
      this.#move.run(whole, ...this.#movingAt.map((at) => values[at]), row);
    } else {
      this.#update.run(whole, fixed, ...values, ...marks, row);
      this.#unindex(row);
      this.#index(row, values, tags);
    }
    this.#pending.set(key, { id, row, hash: whole, fixed, state, met: this.#writes });
  }

  /** The row of an entry that is met for the first time; undefined where there is none yet. */
  #recognised(entry: Entry): Known | undefined {
    const stored = this.#found.size === 0 ? undefined : this.#found.get(idOf(entry));
    if (stored === undefined) return undefined;
    const { id, row, hash, fixed } = stored;
    const known: Known = { id, row, hash, fixed, state: null, met: 0 };
    this.#found.delete(id);
    this.#known.set(entry.key, known);
    return known;
  }

  #remove(key: string, { id, row }: Stored, changed: ((change: Change) => void) | undefined): void {
    changed?.({ id, before: this.#body.get(row) as string, after: null });
    this.#unindex(row);
    this.#delete.run(row);
    this.#pending.set(key, null);
  }

  #index(row: number, values: EntryRow['values'], tags: EntryRow['tags']): void {
    for (const [name, value] of tags) this.#addTag?.run(name, value, row);
    if (this.#definition.textIndex) this.#addText?.run(row, values[this.#textAt]);
  }

  #unindex(row: number): void {
    this.#clearTags?.run(row);
    this.#clearText?.run(row);
  }
}

function idOf({ key, id }: Entry): string {
  return id === undefined ? key : id();
}

function marksOf(tags: EntryRow['tags']): string {
  return tags.length === 0 ? '' : `${MARK}${tags.map(([name, value]) => `${name}=${value}${MARK}`).join('')}`;
}

/** Of values that hold no NUL: JSON escapes it, addresses and names have none. */
function digest(values: readonly unknown[], tags: string): string {
  return hash('sha256', `${values.join('\0')}\0\0${tags}`, 'base64url').slice(0, HASH);
}
