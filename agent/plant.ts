/** All that is known of a plant, from one snapshot and what operators said: a pure function that every consumer shares. */

import type { Finding } from './assess/finding.ts';
import { findingsOf } from './assess/findings.ts';
import type { Baseline } from './baseline/baseline.ts';
import type { PlantEvent } from './baseline/event.ts';
import { eventsOf } from './baseline/events.ts';
import type { Suppression } from './baseline/suppression.ts';
import { type Assets, assetsOf } from './model/assets.ts';
import { settled } from './model/merge-snapshots.ts';
import type { Override } from './model/overrides.ts';
import type { Snapshot } from './model/snapshot.ts';
import { checkPolicy, type PolicyCheck } from './policy/check-policy.ts';
import type { Policy } from './policy/policy.ts';
import { zoningOfPolicy } from './policy/policy-zones.ts';
import type { Conduit, ConduitDecision } from './zones/conduit.ts';
import { type Flow, flowsOf } from './zones/flow.ts';
import { proposeConduits } from './zones/propose-conduits.ts';
import { proposeZones } from './zones/propose-zones.ts';
import type { ZoneDecision, Zoning } from './zones/zone.ts';

/** What operators said. */
export interface Decisions {
  readonly overrides?: readonly Override[];
  readonly zones?: readonly ZoneDecision[];
  readonly conduits?: readonly ConduitDecision[];
  /** Zones and conduits that are wanted: takes the place of proposals. */
  readonly policy?: Policy | null;
  /** What was normal when it was learned: what changed since is among the events. */
  readonly baseline?: Baseline | null;
  /** Events that nobody wants to be told of. */
  readonly suppressions?: readonly Suppression[];
}

export interface Plant {
  readonly snapshot: Snapshot;
  readonly assets: Assets;
  readonly flows: readonly Flow[];
  readonly policy: Policy | null;
  readonly zoning: Zoning;
  readonly conduits: readonly Conduit[];
  /** Null without a policy: nothing can be violated. */
  readonly check: PolicyCheck | null;
  /** What happened, and what changed since the baseline; the most severe first. */
  readonly events: readonly PlantEvent[];
  readonly findings: readonly Finding[];
}

/** What the traffic and the operators tell of a plant. */
export function plantOf(heard: Snapshot, decisions: Decisions = {}): Plant {
  const snapshot = settled(heard);
  const assets = assetsOf(snapshot, decisions.overrides);
  const flows = flowsOf(snapshot, assets);
  const policy = decisions.policy ?? null;
  const zoning =
    policy === null ? proposeZones(snapshot, assets, flows, decisions.zones) : zoningOfPolicy(policy, snapshot, assets);
  const conduits = proposeConduits(snapshot, assets, flows, zoning, { policy, decisions: decisions.conduits ?? [] });
  const check = policy === null ? null : checkPolicy(policy, flows, zoning);
  const events = eventsOf({ snapshot, assets }, decisions.baseline, decisions.suppressions);
  const known = { snapshot, assets, flows, policy, zoning, conduits, check, events };
  return { ...known, findings: findingsOf(known) };
}
