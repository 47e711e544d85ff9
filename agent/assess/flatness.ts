/** How flat a plant is: the share of pairs of control systems that could talk without passing a boundary. */
import type { Asset } from '../model/asset.ts';
import { isOt, type PlantView } from './plant-view.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** Fewer control systems than this are a cell, and a cell is flat. */
export const LEAST_ASSETS = 6;

/** From this share on a network counts as flat. */
export const FLAT = 0.5;

export interface Flatness {
  /** 0 to 1; null with fewer than two control systems that are told apart by a segment or a boundary. */
  readonly share: number | null;
  /** The control systems that are counted. */
  readonly assets: readonly Asset[];
  readonly segments: readonly Segment[];
}

/**
 * Pairs on one segment could talk: nothing that shows itself stands between. So could those of two segments between
 * whose zones frames pass untouched. What lies behind a router is apart from everything that is not behind the same one.
 */
export function flatnessOf(view: PlantView): Flatness {
  const counted = view.devices.filter(
    (asset) =>
      asset.ip.length > 0 && asset.role !== 'router' && asset.role !== 'firewall' && isOt({ kind: view.kindOf(asset) }),
  );
  const ids = new Set(counted.map(({ id }) => id));
  const segments = segmentsOf(view).flatMap(({ name, assets }) => {
    const inside = assets.filter(({ id }) => ids.has(id));
    return inside.length < 2 ? [] : [{ name, assets: inside }];
  });
  if (counted.length < 2) return { share: null, assets: counted, segments };
  // a device of several segments joins them: they are one group
  const groups = groupsOf(segments, view);
  const pairs = (many: number) => (many * (many - 1)) / 2;
  const open = groups.reduce((sum, many) => sum + pairs(many), 0);
  return { share: Math.round((1000 * open) / pairs(counted.length)) / 1000, assets: counted, segments };
}

/** Sizes of the groups of assets within which nothing that shows itself stands between any two. */
function groupsOf(segments: readonly Segment[], { conduits, zoning }: PlantView): number[] {
  const parent = new Map<string, string>();
  const root = (of: string): string => {
    let at = of;
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  const join = (a: string, b: string) => {
    const [x, y] = [root(a), root(b)];
    if (x !== y) parent.set(x, y);
  };
  const aMember = new Map<string, string>();
  for (const { assets } of segments) {
    const [first] = assets as [Asset];
    for (const { id } of assets) {
      join(id, first.id);
      const zone = zoning.zoneOfAsset.get(id);
      if (zone !== undefined && !aMember.has(zone)) aMember.set(zone, id);
    }
  }
  for (const { from, to, boundary, traffic } of conduits) {
    if (boundary.observed !== 'none' || traffic === null) continue;
    const a = aMember.get(from);
    const b = aMember.get(to);
    if (a !== undefined && b !== undefined) join(a, b);
  }
  const sizes = new Map<string, number>();
  for (const id of new Set(segments.flatMap(({ assets }) => assets.map((asset) => asset.id)))) {
    const group = root(id);
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return [...sizes.values()];
}
