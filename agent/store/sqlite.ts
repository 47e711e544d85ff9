/** The SQLite library: compiled code that a machine may lack, without which captures can be read all the same. */
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { FieldmarkError } from '../errors.ts';

let library: typeof Database | undefined;

/**
 * Opens a database file as better-sqlite3 does.
 * @throws FieldmarkError DATABASE_UNAVAILABLE where the library could not be installed
 */
export function openSqlite(path: string, options: Database.Options): Database.Database {
  library ??= load();
  return new library(path, options);
}

function load(): typeof Database {
  try {
    return createRequire(import.meta.url)('better-sqlite3') as typeof Database;
  } catch (error) {
    throw new FieldmarkError(
      'DATABASE_UNAVAILABLE',
      'databases cannot be used: better-sqlite3 is not installed: install a C++ compiler and run npm ci again',
      error,
    );
  }
}
