/** A database in the hands of its one writer: what was told, the snapshots, and the rows that follow from them. */
import type { Plant } from '../plant.ts';
import { type AttributeChange, attributeChanges } from './asset-history.ts';
import { openForWriting, type WritingConnection } from './database.ts';
import { ENTRY_ROWS } from './entry-rows.ts';
import { ENTRY_TABLES, type EntryTable } from './entry-tables.ts';
import { EntryWriter } from './entry-writer.ts';
import { Records } from './records.ts';
import { SnapshotStore } from './snapshot-store.ts';

export class Store {
  readonly #connection: WritingConnection;
  readonly #entries: readonly EntryWriter[];
  readonly records: Records;
  readonly snapshots: SnapshotStore;

  /** @throws FieldmarkError DATABASE_* as openForWriting */
  constructor(path: string) {
    this.#connection = openForWriting(path);
    const { database } = this.#connection;
    this.records = new Records(database);
    this.snapshots = new SnapshotStore(database);
    this.#entries = (Object.keys(ENTRY_TABLES) as EntryTable[]).map((table) => new EntryWriter(database, table));
  }

  /**
   * Makes the rows of all entries those of a plant, within one transaction with whatever `also` writes.
   * @param at microseconds since 1970: when changes of assets were noticed
   * @returns the tables that changed
   * @throws what SQLite does; then nothing was written
   */
  write(plant: Plant, at: number, also: () => void): string[] {
    try {
      const changed = this.transaction(() => {
        also();
        const history: AttributeChange[] = [];
        const tables = this.#entries.flatMap((writer) => {
          const { table } = writer;
          const keep =
            table === 'asset'
              ? (change: Parameters<typeof attributeChanges>[0]) => history.push(...attributeChanges(change))
              : undefined;
          return writer.write(ENTRY_ROWS[table](plant), keep) ? [table as string] : [];
        });
        for (const change of history) this.records.addHistory(change, at);
        if (history.length > 0) tables.push('history');
        if (this.records.putHeard(plant.snapshot.capture)) tables.push('heard');
        for (const table of tables) this.records.revise(table);
        return tables;
      });
      for (const writer of this.#entries) writer.committed();
      return changed;
    } catch (error) {
      for (const writer of this.#entries) writer.rolledBack();
      throw error;
    }
  }

  /** All that `write` does is done, or nothing. */
  transaction<T>(write: () => T): T {
    return this.#connection.database.transaction(write).immediate();
  }

  /** Whether the file is whole: `ok`, or what SQLite finds wrong. */
  integrity(): string {
    return this.#connection.database.pragma('integrity_check', { simple: true }) as string;
  }

  /** Lets SQLite learn how many rows share a value, so that it chooses indexes well. */
  optimize(): void {
    this.#connection.database.pragma('optimize = 0x10002');
  }

  /** At most this many bytes: a stand-in for a disk that is full. */
  limitBytes(bytes: number): void {
    const page = this.#connection.database.pragma('page_size', { simple: true }) as number;
    this.#connection.database.pragma(`max_page_count = ${Math.floor(bytes / page)}`);
  }

  close(): void {
    this.#connection.close();
  }
}
