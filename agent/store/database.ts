/** Opening a database: one writer in WAL mode, any number of readers; its version, and its errors in words. */
import type Database from 'better-sqlite3';
import { type ErrorCode, FieldmarkError } from '../errors.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts';
import { openSqlite } from './sqlite.ts';

export type Connection = Database.Database;

/** How long a connection waits for another that holds a lock, in milliseconds. */
const BUSY_TIMEOUT = 5000;
/** Pages after which the writer moves the log into the database: 4 MB. */
const CHECKPOINT_PAGES = 1000;
/** Pages of the database in the writer's memory, in KiB: what a large transaction changes should not go to the log and back. */
const CACHE_KIB = 65_536;
/** The log shrinks to this many bytes after a checkpoint. */
const LOG_BYTES = 64 << 20;

/** Results of SQLite that mean there is no room, or that the disk fails: writing may go on later. */
const STORAGE_FAILURES = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/;

/** A connection that writes, and what keeps it the only one. */
export interface WritingConnection {
  readonly database: Connection;
  /** Closes it; readers may go on. */
  close(): void;
}

/**
 * Opens a database for its one writer: makes it when there is none, takes it to this program's version.
 * @param path a file's name; `:memory:` for none
 * @param shared it writes nothing that the one writer has in memory (tokens), and may do so beside it
 * @throws FieldmarkError DATABASE_* when it cannot be opened, is none, is of a newer version or in another's hands
 */
export function openForWriting(path: string, { shared = false } = {}): WritingConnection {
  const lock = shared || path === ':memory:' ? undefined : lockOf(path);
  try {
    const database = connected(path, {});
    try {
      refuseForeign(database, path);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL'); // what was committed before a crash of the machine may go, never its order
      database.pragma(`cache_size = -${CACHE_KIB}`);
      database.pragma('foreign_keys = ON');
      database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      database.pragma(`journal_size_limit = ${LOG_BYTES}`);
      migrate(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      database,
      close() {
        database.close();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw databaseError(error, path);
  }
}

/**
 * Opens a database for reading only.
 * @throws FieldmarkError DATABASE_* when there is none, or it is of another version than this program's
 */
export function openForReading(path: string): Connection {
  try {
    const database = connected(path, { readonly: true, fileMustExist: true });
    try {
      refuseForeign(database, path);
      const version = versionOf(database);
      if (version < SCHEMA_VERSION) {
        const mend = 'open it once with a command that writes (fieldmark serve --db)';
        throw new FieldmarkError('DATABASE_TOO_OLD', `${path}: is of version ${version}, before this one's: ${mend}`);
      }
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw databaseError(error, path);
  }
}

/** Whether an error means that the disk is full or fails: nothing was written, and writing may go on later. */
export function isStorageFailure(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && (STORAGE_FAILURES.test(code) || code === 'ENOSPC' || code === 'EDQUOT');
}

function connected(path: string, options: Database.Options): Connection {
  return openSqlite(path, { timeout: BUSY_TIMEOUT, ...options });
}

/**
 * A second writer would overwrite what the first has in memory. A lock on a file beside the database tells; the
 * operating system gives it back when the process ends, however it ends.
 */
function lockOf(path: string): Connection {
  let lock: Connection | undefined;
  try {
    lock = openSqlite(`${path}.lock`, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if ((error as { readonly code?: string }).code?.startsWith('SQLITE_BUSY')) {
      throw new FieldmarkError('DATABASE_IN_USE', `${path}: another process writes to it: end that one first`, error);
    }
    throw databaseError(error, path);
  }
}

function versionOf(database: Connection): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function refuseForeign(database: Connection, path: string): void {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (tables === 0) return;
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new FieldmarkError('DATABASE_FOREIGN', `${path}: is a database, but not one of Fieldmark: name another file`);
  }
  const version = versionOf(database);
  if (version > SCHEMA_VERSION) {
    const mend = `this program knows up to ${SCHEMA_VERSION}: use the newer one`;
    throw new FieldmarkError('DATABASE_TOO_NEW', `${path}: was written by a newer version (${version}), ${mend}`);
  }
}

/** Takes a database to this program's version, each step whole or not at all. */
function migrate(database: Connection): void {
  const step = database.transaction(() => {
    const version = versionOf(database); // another process may have taken the step in the meantime
    if (version >= SCHEMA_VERSION) return;
    database.exec(MIGRATIONS[version] as string);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${version + 1}`);
  });
  while (versionOf(database) < SCHEMA_VERSION) step.immediate();
}

const CAUSES: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/^SQLITE_NOTADB/, 'DATABASE_NOT_A_DATABASE', 'is no database: name another file'],
  [/^SQLITE_CORRUPT/, 'DATABASE_DAMAGED', 'is damaged: put back a copy, or begin with a new file'],
  [/^SQLITE_BUSY/, 'DATABASE_IN_USE', 'another process writes to it: end that one first'],
];

/** What SQLite says, in words: with the file, the cause and the mend. */
export function databaseError(error: unknown, path: string): unknown {
  if (error instanceof FieldmarkError) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    for (const [pattern, cause, words] of CAUSES) {
      if (pattern.test(code)) return new FieldmarkError(cause, `${path}: ${words}`, error);
    }
    return new FieldmarkError('DATABASE_FAILED', `${path}: cannot be opened or written: ${message}`, error);
  }
  if (error instanceof TypeError && String(message).includes('directory')) {
    return new FieldmarkError('DATABASE_FAILED', `${path}: its directory does not exist: make it first`, error);
  }
  return error;
}
