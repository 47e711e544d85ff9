/** What somebody asks for: done at once and with its line in the audit log, or not at all. */
import { FieldmarkError } from '../errors.ts';
import { databaseError, isStorageFailure } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import type { Notice } from './keeper-status.ts';

/** Who does what, for the audit log. */
export interface Change {
  readonly by: string;
  /** E.g. `policy.set`. */
  readonly action: string;
  readonly subject: string;
  /** Anything that JSON holds. */
  readonly detail?: unknown;
  /** The table that it changes beside the audit log; absent where that is all. */
  readonly table?: string;
}

export interface ChangesOptions {
  /** The database's file, for messages. */
  readonly path: string;
  /** Microseconds since 1970. */
  readonly clock: () => number;
  readonly onNotice: (notice: Notice) => void;
}

export class Changes {
  readonly #store: Store;
  readonly #options: ChangesOptions;

  constructor(store: Store, options: ChangesOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * @param write what is done, within the transaction
   * @throws FieldmarkError DATABASE_FULL when there is no room for it, and other DATABASE_*: then nothing was done
   */
  make<T>({ by, action, subject, detail = null, table }: Change, write: () => T): T {
    const { records } = this.#store;
    const { path, clock, onNotice } = this.#options;
    const tables = table === undefined ? ['audit'] : [table, 'audit'];
    try {
      const result = this.#store.transaction(() => {
        const answer = write();
        records.audit(by, action, subject, detail, clock());
        for (const name of tables) records.revise(name);
        return answer;
      });
      onNotice({ kind: 'revision', revision: records.revision(), tables });
      return result;
    } catch (error) {
      if (isStorageFailure(error)) {
        const { message } = error as Error;
        throw new FieldmarkError('DATABASE_FULL', `${path}: cannot be written: ${message}: make room`, error);
      }
      throw databaseError(error, path);
    }
  }
}
