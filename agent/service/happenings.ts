/** What happened in a plant, as the store keeps it: where events and the baseline come from. */
import type { Plant } from '../plant.ts';
import type { EventRecord } from '../store/records.ts';

/** The setting that holds the baseline. */
export const BASELINE = 'baseline';

/** What is normal, learned from a plant. */
export function baselineFrom(_plant: Plant): unknown {
  return null;
}

/** The events of a plant, and what is otherwise than in a baseline. */
export function eventRecordsOf(_plant: Plant, _baseline: unknown): EventRecord[] {
  return [];
}
