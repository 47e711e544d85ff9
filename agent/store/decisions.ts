/** What operators decided, as plants and assessments take it. */
import type { Attestation } from '../assess/assessment.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Suppression } from '../baseline/suppression.ts';
import type { Override } from '../model/overrides.ts';
import type { Decisions } from '../plant.ts';
import type { Policy } from '../policy/policy.ts';
import type { ConduitDecision } from '../zones/conduit.ts';
import type { ZoneDecision } from '../zones/zone.ts';
import type { DecisionKind } from './entries.ts';
import type { Records } from './records.ts';

/** The setting that holds what was taken for normal. */
export const BASELINE = 'baseline';

/** A finding that an operator set aside: it stays among the findings, whoever shows them says that it is set aside. */
interface SetAside {
  readonly finding: string;
}

/** All decisions of a database, the policy that holds, and the baseline. */
export function decisionsOf(records: Records): {
  readonly decisions: Decisions;
  readonly attestations: readonly Attestation[];
} {
  const all = records.decisions();
  const of = (...kinds: readonly DecisionKind[]) =>
    all.filter(({ kind }) => kinds.includes(kind)).map(({ decision }) => decision);
  return {
    decisions: {
      overrides: of('override') as Override[],
      zones: of('zone', 'move') as ZoneDecision[],
      conduits: of('conduit') as ConduitDecision[],
      suppressions: (of('suppression') as (Suppression | SetAside)[]).filter((decision) => 'match' in decision),
      baseline: (records.setting(BASELINE) as Baseline | undefined) ?? null,
      policy: (records.activePolicy()?.parsed as Policy | undefined) ?? null,
    },
    attestations: of('attestation') as Attestation[],
  };
}
