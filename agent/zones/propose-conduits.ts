import type { Assets } from '../model/assets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import type { Conduit, ConduitDecision } from './conduit.ts';
import type { Flow } from './flow.ts';
import type { Zoning } from './zone.ts';

/** The conduits of a policy with what used them, or, without a policy, the least that the flows seen need. */
export function proposeConduits(
  _snapshot: Snapshot,
  _assets: Assets,
  _flows: readonly Flow[],
  _zoning: Zoning,
  _given: { readonly policy: Policy | null; readonly decisions: readonly ConduitDecision[] },
): Conduit[] {
  return [];
}
