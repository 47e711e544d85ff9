/** The map's nodes and edges from what the service knows. */
import type { ElementDefinition } from 'cytoscape';
import type { Asset, Conduit, Pair, Violation, Zone } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { strongestAccess } from './filters.ts';
import { type Layout, leastZoneWidth, type Point, purdueLayout } from './layout.ts';

export interface MapData {
  readonly zones: readonly Zone[];
  readonly assets: readonly Asset[];
  readonly conduits: readonly Conduit[];
  readonly pairs: readonly Pair[];
  readonly violations: readonly Violation[];
}

/** Assets in no zone, so that nothing is hidden. */
export const NO_ZONE = 'no-zone';

/** Prefixes keep the ids of zones, assets and edges apart. */
export const zoneNode = (id: string): string => `zone:${id}`;
export const assetNode = (id: string): string => `asset:${id}`;

/** Parts stand behind their device: the map shows devices. */
export function devicesOf(assets: readonly Asset[]): Asset[] {
  return assets.filter(({ parent }) => parent === null);
}

export function layoutOf({ zones, assets }: MapData): Layout {
  const members = new Map<string, string[]>(zones.map(({ id }) => [id, []]));
  const ordered = [...devicesOf(assets)].sort(byRole);
  for (const { id, zone } of ordered) {
    const known = members.get(zone ?? NO_ZONE);
    if (known === undefined) members.set(NO_ZONE, [id]);
    else known.push(id);
  }
  return purdueLayout(
    [...members].map(([id, own]) => {
      const zone = zones.find((one) => one.id === id);
      return { id, kind: zone?.kind ?? '', leastWidth: leastZoneWidth(zone?.name ?? ''), assets: own };
    }),
  );
}

/** @param places where the reader put things; beats the layout */
export function elementsOf(data: MapData, layout: Layout, placed: ReadonlyMap<string, Point>): ElementDefinition[] {
  const devices = devicesOf(data.assets);
  const zoneOf = new Map(devices.map(({ id, zone }) => [id, zone ?? NO_ZONE]));
  const unzoned = [...zoneOf.values()].includes(NO_ZONE);
  const counts = new Map<string, number>();
  for (const zone of zoneOf.values()) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  const zones = data.zones.map((zone): ElementDefinition => {
    const count = counts.get(zone.id) ?? 0;
    const words = `${zone.name}\nSL-T ${zone.securityLevelTarget} · ${count} ${count === 1 ? 'asset' : 'assets'}`;
    const place = count === 0 ? (placed.get(zone.id) ?? layout.places.get(zone.id)) : undefined;
    return {
      group: 'nodes',
      data: {
        id: zoneNode(zone.id),
        zone: zone.id,
        label: words,
        kind: zone.kind,
        width: leastZoneWidth(zone.name),
        empty: count === 0,
      },
      classes: 'zone',
      ...(place && { position: { ...place } }),
    };
  });
  if (unzoned) {
    const label = 'In no zone';
    const data = {
      id: zoneNode(NO_ZONE),
      zone: NO_ZONE,
      label,
      kind: 'none',
      width: leastZoneWidth(label),
      empty: false,
    };
    zones.push({ group: 'nodes', data, classes: 'zone' });
  }
  const bands = layout.bands.map(({ id, label, centre, width, height }, index): ElementDefinition => {
    return {
      group: 'nodes',
      data: { id: `band:${id}`, label, width, height, other: index % 2 === 1 },
      position: { ...centre },
      classes: 'band',
      selectable: false,
      grabbable: false,
      pannable: true,
    };
  });
  const nodes = devices.map((asset): ElementDefinition => {
    const zone = zoneOf.get(asset.id) as string;
    return {
      group: 'nodes',
      data: {
        id: assetNode(asset.id),
        asset: asset.id,
        parent: zoneNode(zone),
        zone,
        role: asset.role,
        label: assetName(asset),
      },
      position: { ...(placed.get(asset.id) ?? layout.places.get(asset.id) ?? { x: 0, y: 0 }) },
      classes: 'asset',
    };
  });
  return [...bands, ...zones, ...nodes, ...conduitEdges(data), ...pairEdges(data, zoneOf)];
}

/** One edge for each two zones, with an arrow at whoever serves. */
function conduitEdges({ conduits, violations }: MapData): ElementDefinition[] {
  const between = new Map<string, { ends: [string, string]; conduits: Conduit[] }>();
  for (const conduit of conduits) {
    const ends = [conduit.from, conduit.to].sort() as [string, string];
    const key = ends.join(' ');
    const known = between.get(key);
    if (known === undefined) between.set(key, { ends, conduits: [conduit] });
    else known.conduits.push(conduit);
  }
  const violated = new Set<string>();
  for (const { fromZone, toZone } of violations) {
    if (fromZone === null || toZone === null || fromZone === toZone) continue;
    const ends = [fromZone, toZone].sort() as [string, string];
    const key = ends.join(' ');
    violated.add(key);
    if (!between.has(key)) between.set(key, { ends, conduits: [] });
  }
  return [...between].map(([key, { ends, conduits: own }]): ElementDefinition => {
    const bytes = own.reduce((sum, { traffic }) => sum + (traffic?.bytes ?? 0), 0);
    return {
      group: 'edges',
      data: {
        id: `conduit:${key}`,
        source: zoneNode(ends[0]),
        target: zoneNode(ends[1]),
        width: widthOf(bytes),
        verdict: violated.has(key) || own.some(({ status }) => status === 'rejected') ? 'violating' : verdictOf(own),
        forward: own.some(({ to }) => to === ends[1]) ? 'triangle' : 'none',
        backward: own.some(({ to }) => to === ends[0]) ? 'triangle' : 'none',
        line: own.some(({ boundary }) => boundary.observed === 'none') ? 'dashed' : 'solid',
      },
      classes: 'conduit',
    };
  });
}

function verdictOf(conduits: readonly Conduit[]): 'allowed' | 'proposed' | 'violating' {
  if (conduits.length === 0) return 'violating';
  return conduits.every(({ status }) => status === 'approved') ? 'allowed' : 'proposed';
}

function pairEdges({ pairs, violations }: MapData, zoneOf: ReadonlyMap<string, string>): ElementDefinition[] {
  const violated = new Set(violations.map(({ clientId, serverId }) => `${clientId} ${serverId}`));
  return pairs
    .filter(({ from, to }) => zoneOf.has(from) && zoneOf.has(to) && from !== to)
    .map((pair): ElementDefinition => {
      const key = `${pair.from} ${pair.to}`;
      return {
        group: 'edges',
        data: {
          id: `pair:${key}`,
          source: assetNode(pair.from),
          target: assetNode(pair.to),
          width: widthOf(pair.bytes) / 2,
          access: strongestAccess(pair) ?? 'none',
          verdict: violated.has(key) ? 'violating' : 'other',
        },
        classes: 'pair',
      };
    });
}

/** Of a line, by the logarithm of its traffic: 1 kB is thin, 1 GB is thick. */
function widthOf(bytes: number): number {
  return 1.5 + Math.max(0, Math.log10(Math.max(1, bytes)) - 3) * 1.2;
}

const ROLE_ORDER = ['external-host', 'firewall', 'router', 'switch', 'domain-controller', 'server', 'historian'];
const LAST_ROLES = ['plc', 'rtu', 'ied', 'safety-controller', 'gateway', 'drive', 'remote-io', 'unknown'];

/** Network first, field devices last, as a plant is drawn. */
function byRole(a: Asset, b: Asset): number {
  const rank = ({ role }: Asset) => {
    const first = ROLE_ORDER.indexOf(role);
    const last = LAST_ROLES.indexOf(role);
    return first >= 0 ? first - ROLE_ORDER.length : last >= 0 ? last + 1 : 0;
  };
  return rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}
