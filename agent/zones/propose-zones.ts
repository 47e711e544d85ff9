import type { Assets } from '../model/assets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { controlOf } from './control.ts';
import { withDecisions } from './decisions.ts';
import { drawnZones } from './draw.ts';
import type { Flow } from './flow.ts';
import { networksOf } from './networks.ts';
import { ratedZones } from './rate.ts';
import type { ZoneDecision, Zoning } from './zone.ts';

/**
 * The zones that roles, networks and traffic suggest, with what operators decided. The same knowledge gives the same
 * zones, in whatever order it came.
 */
export function proposeZones(
  snapshot: Snapshot,
  assets: Assets,
  flows: readonly Flow[],
  decisions: readonly ZoneDecision[] = [],
): Zoning {
  const networks = networksOf(snapshot, assets, flows);
  const control = controlOf(snapshot, assets);
  const drafts = drawnZones(assets, flows, networks, control);
  return withDecisions(ratedZones(drafts, { assets, flows, networks, control }), assets, decisions);
}
