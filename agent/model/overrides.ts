/** What an operator says of an asset: it beats all evidence, and stays until the operator takes it back. */
import type { Role } from './roles/role.ts';
import type { EvidenceSnapshot } from './snapshot.ts';

/** Fields that an operator may set; `role` and `purdue-level` are judgements, the others evidence. */
export type OverrideField =
  | 'vendor'
  | 'product'
  | 'model'
  | 'firmware'
  | 'hardware'
  | 'serial'
  | 'name'
  | 'location'
  | 'os'
  | 'role'
  | 'purdue-level';

/**
 * One statement about the asset that has `address` (an IP, scoped where it is used twice, or a MAC address): kept by
 * address, so that it survives new traffic, restarts and whatever the asset's id becomes.
 */
export interface Override {
  readonly address: string;
  readonly field: OverrideField;
  readonly value: string;
  readonly by: string;
  /** Microseconds since 1970. */
  readonly at: number;
  readonly reason: string | null;
}

/** Sure as nothing that was heard is. */
const OPERATOR_CONFIDENCE = 1;

/** An operator's statement as evidence: shown beside what it beats. */
export function overrideEvidence({ field, value, by, at, reason }: Override): EvidenceSnapshot {
  const source = reason === null ? `operator ${by}` : `operator ${by}: ${reason}`;
  const nowhere = { unit: null, file: null, frame: null };
  return { field, value, source, confidence: OPERATOR_CONFIDENCE, ...nowhere, firstSeen: at, lastSeen: at, times: 1 };
}

/** The overrides of one asset, the newest of each field. */
export function overridesOf(overrides: readonly Override[], addresses: readonly string[]): Override[] {
  const newest = new Map<OverrideField, Override>();
  for (const override of overrides) {
    const known = newest.get(override.field);
    if (addresses.includes(override.address) && (known === undefined || known.at <= override.at)) {
      newest.set(override.field, override);
    }
  }
  return [...newest.values()];
}

/** The role an operator gave, if any. */
export function givenRole(overrides: readonly Override[]): { role: Role; by: string } | undefined {
  const given = overrides.find(({ field }) => field === 'role');
  return given && { role: given.value as Role, by: given.by };
}

/** The Purdue level an operator gave, if any. */
export function givenLevel(overrides: readonly Override[]): number | undefined {
  const given = overrides.find(({ field }) => field === 'purdue-level');
  return given && Number(given.value);
}
