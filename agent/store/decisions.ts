/** What operators decided, as plants and assessments take it. */
import type { Attestation } from '../assess/assessment.ts';
import type { Override } from '../model/overrides.ts';
import type { Decisions } from '../plant.ts';
import type { Policy } from '../policy/policy.ts';
import type { ConduitDecision } from '../zones/conduit.ts';
import type { ZoneDecision } from '../zones/zone.ts';
import type { DecisionKind } from './entries.ts';
import type { Records } from './records.ts';

/** All decisions of a database, and the policy that holds. */
export function decisionsOf(records: Records): {
  readonly decisions: Decisions;
  readonly attestations: readonly Attestation[];
  readonly suppressions: readonly unknown[];
} {
  const all = records.decisions();
  const of = (...kinds: readonly DecisionKind[]) =>
    all.filter(({ kind }) => kinds.includes(kind)).map(({ decision }) => decision);
  return {
    decisions: {
      overrides: of('override') as Override[],
      zones: of('zone', 'move') as ZoneDecision[],
      conduits: of('conduit') as ConduitDecision[],
      policy: (records.activePolicy()?.parsed as Policy | undefined) ?? null,
    },
    attestations: of('attestation') as Attestation[],
    suppressions: of('suppression'),
  };
}
