/** How often tables have changed, without asking the database at every request. */
import type { Reader } from '../../agent/store/reader.ts';

/** Milliseconds after which it is asked again: the keeper tells what it writes, the command line does not. */
const HOLDS = 50;

export class Revisions {
  readonly #reader: Reader;
  #of: Readonly<Record<string, number>> = {};
  #until = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Counts up whenever something in these tables changes. */
  of(tables: readonly string[]): number {
    const now = performance.now();
    if (now >= this.#until) {
      this.#of = this.#reader.revisions().of;
      this.#until = now + HOLDS;
    }
    return tables.reduce((sum, table) => sum + (this.#of[table] ?? 0), 0);
  }

  /** Something was written: whoever is told of it and asks gets what there is now. */
  changed(): void {
    this.#until = 0;
  }
}
