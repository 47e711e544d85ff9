import type { Assets } from '../model/assets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Zoning } from '../zones/zone.ts';
import type { Policy } from './policy.ts';

/** Where a policy puts every asset and address of a snapshot. */
export function zoningOfPolicy(_policy: Policy, _snapshot: Snapshot, _assets: Assets): Zoning {
  return { zones: [], zoneOfAsset: new Map(), zoneOfAddress: new Map() };
}
