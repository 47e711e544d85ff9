/** The plant of a database, for those who only read it: reports, comparisons. */
import type { Attestation } from '../assess/assessment.ts';
import { mergeSnapshots } from '../model/merge-snapshots.ts';
import { type Decisions, type Plant, plantOf } from '../plant.ts';
import { databaseError, openForReading } from './database.ts';
import { decisionsOf } from './decisions.ts';
import { Records } from './records.ts';
import { SnapshotStore } from './snapshot-store.ts';

export interface StoredPlant {
  readonly plant: Plant;
  /** What operators decided, and the policy that holds. */
  readonly decisions: Decisions;
  readonly attestations: readonly Attestation[];
  /** What it was heard in. */
  readonly captures: readonly { readonly name: string; readonly sha256: string | null; readonly packets: number }[];
  /** Of the text of the policy that holds; null without one. */
  readonly policySha256: string | null;
}

/**
 * Reads all captures' snapshots of a database and what operators decided, and makes the plant of them.
 * @throws FieldmarkError DATABASE_* when it cannot be read
 */
export function openPlant(path: string): StoredPlant {
  const database = openForReading(path);
  try {
    // one transaction: the snapshots and the decisions of one moment
    return database.transaction((): StoredPlant => {
      const records = new Records(database);
      const snapshots = new SnapshotStore(database);
      const read = records.captures('done', 'failed', 'interrupted', 'reading').map((capture) => {
        const snapshot = snapshots.load(capture.row);
        return { name: capture.name, sha256: capture.sha256, packets: snapshot.capture.packets, snapshot };
      });
      const { decisions, attestations } = decisionsOf(records);
      return {
        plant: plantOf(mergeSnapshots(...read.map(({ snapshot }) => snapshot)), decisions),
        decisions,
        attestations,
        captures: read.map(({ name, sha256, packets }) => ({ name, sha256, packets })),
        policySha256: records.activePolicy()?.sha256 ?? null,
      };
    })();
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    database.close();
  }
}
