/** Prepared statements of one connection, kept ready by their text. */
import type { Statement } from 'better-sqlite3';
import { type Connection, databaseError } from './database.ts';

/** Statements kept ready. */
const MOST = 500;

export type Bound = string | number;

export class Statements {
  readonly #path: string;
  readonly #database: Connection;
  readonly #ready = new Map<string, Statement>();

  /** @param path names the database in errors */
  constructor(database: Connection, path: string) {
    this.#database = database;
    this.#path = path;
  }

  /** @throws FieldmarkError DATABASE_FAILED when the file cannot be read */
  all(sql: string, values: readonly Bound[]): unknown[] {
    return this.#told(() => this.#statement(sql).all(...values));
  }

  /** The first row, or undefined. */
  get(sql: string, values: readonly Bound[]): unknown {
    return this.#told(() => this.#statement(sql).get(...values));
  }

  clear(): void {
    this.#ready.clear();
  }

  #told<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw databaseError(error, this.#path);
    }
  }

  #statement(sql: string): Statement {
    let statement = this.#ready.get(sql);
    if (statement === undefined) {
      if (this.#ready.size === MOST) this.#ready.clear();
      statement = this.#database.prepare(sql);
      this.#ready.set(sql, statement);
    }
    return statement;
  }
}
