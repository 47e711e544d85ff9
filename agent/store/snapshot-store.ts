/** Snapshots of captures, kept so that all can be merged again: after a restart, or without one that was deleted. */
import { hash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Statement } from 'better-sqlite3';
import { NOTHING_HEARD } from '../model/merge-snapshots.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Connection } from './database.ts';

/** Hosts or conversations in one part: an SQLite value and a string of JavaScript both have their limits. */
const PART = 2000;
/** Fast is enough: level 1 makes JSON a tenth, level 9 a twelfth in five times the time. */
const COMPRESSION = { level: 1 };

/** Keeps the snapshot of each capture in compressed parts, of which only those that changed are written again. */
export class SnapshotStore {
  readonly #write: Statement;
  readonly #cut: Statement;
  readonly #read: Statement;
  readonly #remove: Statement;
  /** Hashes of the parts of captures that are still being read, by capture. */
  readonly #written = new Map<number, Map<string, string>>();

  constructor(database: Connection) {
    this.#write = database.prepare(
      'INSERT OR REPLACE INTO snapshot_part (capture, part, number, body) VALUES (?, ?, ?, ?)',
    );
    this.#cut = database.prepare('DELETE FROM snapshot_part WHERE capture = ? AND part = ? AND number >= ?');
    this.#read = database.prepare('SELECT part, body FROM snapshot_part WHERE capture = ? ORDER BY part, number');
    this.#remove = database.prepare('DELETE FROM snapshot_part WHERE capture = ?');
  }

  /** Writes the snapshot of a capture; a transaction is open. */
  save(capture: number, { capture: heard, hosts, conversations }: Snapshot): void {
    const written = this.#written.get(capture) ?? new Map<string, string>();
    this.#written.set(capture, written);
    this.#saveParts(capture, 'capture', [heard], written);
    this.#saveParts(capture, 'hosts', parts(hosts), written);
    this.#saveParts(capture, 'conversations', parts(conversations), written);
  }

  /** The snapshot of a capture as it was saved last; of one that never was, nothing was heard. */
  load(capture: number): Snapshot {
    const snapshot: {
      capture: Snapshot['capture'];
      hosts: Snapshot['hosts'][number][];
      conversations: Snapshot['conversations'][number][];
    } = { capture: NOTHING_HEARD.capture, hosts: [], conversations: [] };
    const rows = this.#read.iterate(capture) as Iterable<{ part: string; body: Uint8Array }>;
    let found = false;
    for (const { part, body } of rows) {
      found = true;
      const value = JSON.parse(inflateSync(body).toString());
      if (part === 'capture') snapshot.capture = value;
      else if (part === 'hosts') for (const host of value) snapshot.hosts.push(host);
      else for (const conversation of value) snapshot.conversations.push(conversation);
    }
    return found ? snapshot : NOTHING_HEARD;
  }

  remove(capture: number): void {
    this.#remove.run(capture);
    this.forget(capture);
  }

  /** The transaction was rolled back, or no more is coming: what was written need not be remembered. */
  forget(capture: number): void {
    this.#written.delete(capture);
  }

  #saveParts(capture: number, part: string, values: readonly unknown[], written: Map<string, string>): void {
    for (const [number, value] of values.entries()) {
      const text = JSON.stringify(value);
      const key = `${part} ${number}`;
      const digest = hash('sha256', text, 'base64url');
      if (written.get(key) === digest) continue;
      this.#write.run(capture, part, number, deflateSync(text, COMPRESSION));
      written.set(key, digest);
    }
    this.#cut.run(capture, part, values.length);
  }
}

function parts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PART) }, (_, part) => all.slice(part * PART, (part + 1) * PART));
}
