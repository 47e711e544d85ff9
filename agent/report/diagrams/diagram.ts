/** What a diagram of zones and conduits shows, before anything has a place: the same for every format. */
import type { Asset } from '../../model/asset.ts';
import type { Plant } from '../../plant.ts';
import type { Conduit, Permission } from '../../zones/conduit.ts';
import type { SecurityLevel, Zone, ZoneKind } from '../../zones/zone.ts';
import { type Crossings, crossingsOf } from '../crossings.ts';
import { bytesText } from '../numbers.ts';
import { visible } from '../visible.ts';
import { counted, KIND_WORDS, listed } from '../words.ts';

/** Bands of the Purdue reference model, from the outside to the process; 3.5 is the industrial DMZ. */
export const BANDS = [5, 4, 3.5, 3, 2, 1, 0] as const;
export type Band = (typeof BANDS)[number];

export const BAND_NAMES: Readonly<Record<Band, string>> = {
  5: 'Outside',
  4: 'Enterprise',
  3.5: 'DMZ',
  3: 'Operations',
  2: 'Supervision',
  1: 'Control',
  0: 'Process',
};

export interface DiagramZone {
  /** Null: what lies in no zone. */
  readonly id: string | null;
  readonly name: string;
  readonly kind: ZoneKind | null;
  readonly securityLevelTarget: SecurityLevel | null;
  /** Null for what lies in no zone. */
  readonly band: Band | null;
  /** Without parts behind an asset. */
  readonly assets: number;
  /** How many assets have each role, most first. */
  readonly roles: readonly (readonly [role: string, count: number])[];
}

/** Everything that passes, or may pass, between two zones, whichever side asks. */
export interface DiagramEdge {
  /** From 1, in order of the zones: what tables call `C1`. */
  readonly number: number;
  /** Indexes of the zones; `a` is the outer one. */
  readonly a: number;
  readonly b: number;
  /** Somebody in `a` asks somebody in `b`. */
  readonly forth: boolean;
  readonly back: boolean;
  readonly bytes: number;
  /** `violating`: a flow that the policy does not allow, or a conduit that was rejected. */
  readonly verdict: 'allowed' | 'proposed' | 'violating';
  /** Frames passed without any device between the zones showing. */
  readonly unbounded: boolean;
  readonly violations: number;
  /** What each direction lets through: `A → B: modbus (read)`. */
  readonly lines: readonly string[];
  /** All that may pass, whichever side asks. */
  readonly permissions: readonly string[];
}

export interface Diagram {
  readonly zones: readonly DiagramZone[];
  readonly edges: readonly DiagramEdge[];
}

export const NO_ZONE_NAME = 'In no zone';

/** The zones and conduits of a plant, from the outside to the process. */
export function diagramOf(plant: Plant, crossings: Crossings = crossingsOf(plant)): Diagram {
  const { byId: assets } = plant.assets;
  const placed = plant.zoning.zones.map((zone) => diagramZone(zone, assets));
  const homeless = plant.assets.all.filter(({ id, parent }) => parent === null && !plant.zoning.zoneOfAsset.has(id));
  const violations = plant.check?.violations ?? [];
  const hasOutsiders = violations.some(({ fromZone, toZone }) => fromZone === null || toZone === null);
  if (placed.length > 0 && (homeless.length > 0 || hasOutsiders)) placed.push(noZone(homeless));
  const zones = placed.sort((a, b) => bandOrder(a) - bandOrder(b) || compare(a.name, b.name) || compare(a.id, b.id));
  return { zones, edges: edgesOf(plant, crossings, zones) };
}

/** `modbus (read, write)`; without the bracket where any access may pass. */
export function permissionText({ protocol, access }: Permission): string {
  return access === null ? protocol : `${protocol} (${access.join(', ')})`;
}

function diagramZone(zone: Zone, assets: ReadonlyMap<string, Asset>): DiagramZone {
  const members = zone.members
    .map(({ assetId }) => assets.get(assetId))
    .filter((asset): asset is Asset => asset !== undefined && asset.parent === null);
  const { id, kind, securityLevelTarget } = zone;
  const name = visible(zone.name);
  return { id, name, kind, securityLevelTarget, band: bandOf(zone.kind, members), ...contentOf(members) };
}

function noZone(assets: readonly Asset[]): DiagramZone {
  return { id: null, name: NO_ZONE_NAME, kind: null, securityLevelTarget: null, band: null, ...contentOf(assets) };
}

function contentOf(assets: readonly Asset[]): Pick<DiagramZone, 'assets' | 'roles'> {
  const counts = new Map<string, number>();
  for (const { role } of assets) counts.set(role, (counts.get(role) ?? 0) + 1);
  return { assets: assets.length, roles: [...counts].sort(([a, n], [b, m]) => m - n || compare(a, b)) };
}

/** Where zones of a kind stand, and how far the levels of their assets may move them. */
const BAND_OF_KIND: Readonly<
  Record<ZoneKind, { readonly usual: Band; readonly highest: Band; readonly lowest: Band }>
> = {
  external: { usual: 5, highest: 5, lowest: 5 },
  remote: { usual: 5, highest: 5, lowest: 5 },
  enterprise: { usual: 4, highest: 4, lowest: 4 },
  dmz: { usual: 3.5, highest: 3.5, lowest: 3.5 },
  supervisory: { usual: 2, highest: 3, lowest: 2 },
  control: { usual: 1, highest: 1, lowest: 1 },
  safety: { usual: 1, highest: 1, lowest: 1 },
  field: { usual: 0, highest: 1, lowest: 0 },
};

/** The median level of the assets, within what the kind of their zone allows. */
function bandOf(kind: ZoneKind, members: readonly Asset[]): Band {
  const { usual, highest, lowest } = BAND_OF_KIND[kind];
  const levels = members
    .map(({ purdueLevel }) => purdueLevel)
    .filter((level) => level !== null)
    .sort((a, b) => a - b);
  const median = levels[levels.length >> 1] ?? usual;
  return Math.min(highest, Math.max(lowest, Math.round(median))) as Band;
}

function bandOrder({ band }: DiagramZone): number {
  return band === null ? BANDS.length : BANDS.indexOf(band);
}

interface Draft {
  forth: boolean;
  back: boolean;
  bytes: number;
  violations: number;
  conduits: Conduit[];
}

function edgesOf(plant: Plant, crossings: Crossings, zones: readonly DiagramZone[]): DiagramEdge[] {
  const indexOf = new Map(zones.map(({ id }, index) => [id, index]));
  const drafts = new Map<string, Draft & { a: number; b: number }>();
  const between = (from: string | null, to: string | null, act: (draft: Draft, forth: boolean) => void) => {
    const [x, y] = [indexOf.get(from), indexOf.get(to)];
    if (x === undefined || y === undefined || x === y) return;
    const [a, b] = x < y ? [x, y] : [y, x];
    const key = `${a}/${b}`;
    let draft = drafts.get(key);
    if (draft === undefined) {
      draft = { a, b, forth: false, back: false, bytes: 0, violations: 0, conduits: [] };
      drafts.set(key, draft);
    }
    act(draft, x === a);
    if (x === a) draft.forth = true;
    else draft.back = true;
  };
  for (const conduit of plant.conduits) between(conduit.from, conduit.to, ({ conduits }) => conduits.push(conduit));
  const known = new Set(drafts.keys());
  for (const { from, to, bytes, violations } of crossings.values()) {
    // traffic to merely addressed places without conduit or violation is in the matrix, not a line of its own
    if (violations === 0 && !known.has(pairKey(indexOf.get(from), indexOf.get(to)))) continue;
    between(from, to, (draft) => {
      draft.bytes += bytes;
      draft.violations += violations;
    });
  }
  return [...drafts.values()]
    .sort((x, y) => x.a - y.a || x.b - y.b)
    .map(({ a, b, forth, back, bytes, violations, conduits }, index) => ({
      number: index + 1,
      a,
      b,
      forth,
      back,
      bytes,
      verdict: verdictOf(violations, conduits),
      unbounded: conduits.some(({ boundary }) => boundary.observed === 'none'),
      violations,
      lines: conduits.map(({ from, to, allow }) => {
        const name = (id: string) => zones[indexOf.get(id) ?? -1]?.name ?? id;
        return visible(`${name(from)} → ${name(to)}: ${allow.map(permissionText).join(', ') || 'nothing'}`);
      }),
      permissions: [...new Set(conduits.flatMap(({ allow }) => allow.map(permissionText)))],
    }));
}

function pairKey(x: number | undefined, y: number | undefined): string {
  return `${Math.min(x ?? -1, y ?? -1)}/${Math.max(x ?? -1, y ?? -1)}`;
}

function verdictOf(violations: number, conduits: readonly Conduit[]): DiagramEdge['verdict'] {
  if (violations > 0 || conduits.some(({ status }) => status === 'rejected')) return 'violating';
  return conduits.every(({ status }) => status === 'approved') ? 'allowed' : 'proposed';
}

/** The line under a zone's name. */
export function zoneSubtitle({ kind, securityLevelTarget }: DiagramZone): string {
  return kind === null ? 'nobody placed it' : `${KIND_WORDS[kind]} · SL-T ${securityLevelTarget}`;
}

/** A line's number and what passes, short: for formats that write it beside the line. */
export function edgeLabel({ number, verdict, violations, unbounded, permissions }: DiagramEdge): string {
  const shown = listed(permissions, 3) || 'no conduit';
  const parts = [`${number} ${visible(shown)}`];
  if (violations > 0) parts.push(counted(violations, 'violation'));
  else if (verdict !== 'proposed') parts.push(verdict);
  if (unbounded) parts.push('no boundary observed');
  return parts.join('; ');
}

/** `12 assets: 4 plc, 2 hmi`. */
export function contentText({ assets, roles }: DiagramZone): string {
  const parts = roles.map(([role, count]) => `${count} ${role}`).join(', ');
  return parts === '' ? 'no asset heard' : `${counted(assets, 'asset')}: ${parts}`;
}

/** Pixels, 1.5 to 6, by the logarithm of the bytes. */
export function lineWidth({ bytes }: DiagramEdge): number {
  return Math.min(6, Math.round((1.5 + 0.5 * Math.max(0, Math.log10(Math.max(1, bytes)) - 2)) * 10) / 10);
}

/** Which way is asked. */
export function arrowText({ forth, back }: DiagramEdge): string {
  return forth && back ? '↔' : back ? '←' : '→';
}

/** All about a line, in words. */
export function edgeText(edge: DiagramEdge, zones: readonly DiagramZone[]): string {
  return edgeLines(edge, zones).join('; ');
}

/** The same, each direction by itself. */
export function edgeLines(edge: DiagramEdge, zones: readonly DiagramZone[]): string[] {
  const { a, b, lines, bytes, verdict, unbounded, violations } = edge;
  const what = lines.length > 0 ? lines : [`${zones[a]?.name} ${arrowText(edge)} ${zones[b]?.name}: no conduit`];
  const parts = [what.at(-1), bytesText(bytes), violations > 0 ? counted(violations, 'violation') : verdict];
  if (unbounded) parts.push('no boundary observed');
  return [...what.slice(0, -1), parts.join('; ')];
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
