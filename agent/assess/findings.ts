import type { Plant } from '../plant.ts';
import type { Finding } from './finding.ts';

/** What the structure checks and the rules of the foundational requirements find in a plant. */
export function findingsOf(_plant: Omit<Plant, 'findings'>): Finding[] {
  return [];
}
