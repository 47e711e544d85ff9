import type { Assets } from '../model/assets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Flow } from './flow.ts';
import type { ZoneDecision, Zoning } from './zone.ts';

/** The zones that roles, networks and traffic suggest. */
export function proposeZones(
  _snapshot: Snapshot,
  _assets: Assets,
  _flows: readonly Flow[],
  _decisions: readonly ZoneDecision[] = [],
): Zoning {
  return { zones: [], zoneOfAsset: new Map(), zoneOfAddress: new Map() };
}
