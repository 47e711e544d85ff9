/** What tells whether tables are as they were, without asking the database at every request. */
import type { Reader } from '../../agent/store/reader.ts';
import { now } from './http/times.ts';

/** Milliseconds after which it is asked again: the keeper tells what it writes, the command line does not. */
const HOLDS = 50;

export class Revisions {
  readonly #reader: Reader;
  #of: Readonly<Record<string, number>> = {};
  #ended = 0;
  #until = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Another one whenever something in these tables changes, and when a decision among them holds no longer. */
  of(tables: readonly string[]): string {
    const moment = performance.now();
    if (moment >= this.#until) {
      this.#of = this.#reader.revisions().of;
      this.#ended = this.#reader.endedDecisions(now());
      this.#until = moment + HOLDS;
    }
    const changes = tables.reduce((sum, table) => sum + (this.#of[table] ?? 0), 0);
    return tables.includes('decision') ? `${changes}.${this.#ended}` : String(changes);
  }

  /** Something was written: whoever is told of it and asks gets what there is now. */
  changed(): void {
    this.#until = 0;
  }
}
