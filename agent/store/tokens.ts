/**
 * Tokens as the command line changes them, also while the service runs: no writer keeps them in memory, so that they need
 * not the lock that keeps a second writer away.
 */
import { FieldmarkError } from '../errors.ts';
import { databaseError, openForReading, openForWriting } from './database.ts';
import type { TokenRole } from './entries.ts';
import { Records } from './records.ts';
import { openSqlite } from './sqlite.ts';

/** Milliseconds to wait for a transaction of the service. */
const BUSY_TIMEOUT = 5000;

/** A token to be kept; of the secret only its SHA-256. */
export interface NewToken {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly role: TokenRole;
  readonly label: string;
}

/** @throws FieldmarkError DATABASE_* */
export function addToken(path: string, token: NewToken, by: string, at: number): void {
  change(path, (records) => {
    records.addToken(token, at);
    records.audit(by, 'token.add', token.id, { role: token.role, label: token.label }, at);
  });
}

/** Answers whether there was such a token. @throws FieldmarkError DATABASE_* */
export function removeToken(path: string, id: string, by: string, at: number): boolean {
  return change(path, (records) => {
    const removed = records.removeToken(id);
    if (removed) records.audit(by, 'token.remove', id, null, at);
    return removed;
  });
}

/** Makes the database, or takes it to this version, unless its writer has done so. */
export function prepareDatabase(path: string): void {
  try {
    openForWriting(path).close();
  } catch (error) {
    if (!(error instanceof FieldmarkError) || error.code !== 'DATABASE_IN_USE') throw error;
    openForReading(path).close(); // whoever writes it has made it; that it is ours is made sure here
  }
}

function change<T>(path: string, write: (records: Records) => T): T {
  prepareDatabase(path);
  try {
    const database = openSqlite(path, { timeout: BUSY_TIMEOUT, fileMustExist: true });
    try {
      const records = new Records(database);
      return database
        .transaction(() => {
          const result = write(records);
          records.revise('token');
          records.revise('audit');
          return result;
        })
        .immediate();
    } finally {
      database.close();
    }
  } catch (error) {
    throw databaseError(error, path);
  }
}
