/** What the chapters of a report look up again and again: who is who, and where in the report each is described. */
import type { Assessment } from '../assess/assessment.ts';
import type { Finding } from '../assess/finding.ts';
import type { Asset } from '../model/asset.ts';
import type { FrameReference } from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import type { Zone } from '../zones/zone.ts';
import { type Crossings, crossingsOf } from './crossings.ts';
import { type Diagram, diagramOf, NO_ZONE_NAME } from './diagrams/diagram.ts';
import { code, type Inline, link, muted, UNKNOWN } from './document.ts';
import { cut } from './visible.ts';
import { bySeverity } from './words.ts';

/** Longer names and values are cut in documents for people; the JSON and CSV hold them whole. */
export const MOST_LETTERS = 160;

export interface Dossier {
  readonly plant: Plant;
  readonly assessment: Assessment;
  readonly diagram: Diagram;
  readonly crossings: Crossings;
  /** Most severe first. */
  readonly findings: readonly Finding[];
  /** By zone's id; of the whole plant by null. */
  readonly findingsOfZone: ReadonlyMap<string | null, readonly Finding[]>;
  readonly findingsOfAsset: ReadonlyMap<string, readonly Finding[]>;
  /** Assets by the id of their zone (null: in none), in the inventory's order. */
  readonly assetsOfZone: ReadonlyMap<string | null, readonly Asset[]>;
  /** Parts by the id of their device. */
  readonly partsOf: ReadonlyMap<string, readonly Asset[]>;
  asset(id: string): Asset | undefined;
  zone(id: string): Zone | undefined;
  /** Links, with the name that people know. */
  assetLink(id: string): Inline;
  zoneLink(id: string | null): Inline;
  findingLink(id: string): Inline;
  /** The asset of an address as a link, with the address itself. */
  endText(address: string, assetId: string | null): Inline[];
  frameLink(frame: FrameReference): Inline;
  /** Names of places in the report. */
  readonly anchors: {
    asset(id: string): string;
    zone(id: string): string;
    finding(id: string): string;
  };
}

export function dossierOf(plant: Plant, assessment: Assessment): Dossier {
  const crossings = crossingsOf(plant);
  const assets = new Map(plant.assets.all.map((asset, index) => [asset.id, { asset, index }]));
  const zones = new Map(plant.zoning.zones.map((zone, index) => [zone.id, { zone, index }]));
  const findings = [...plant.findings].sort(bySeverity);
  const findingIndex = new Map(findings.map((finding, index) => [finding.id, { finding, index }]));
  const files = new Map(plant.snapshot.capture.files.map(({ name }, index) => [name, index]));
  const anchors = {
    asset: (id: string) => `asset-${assets.get(id)?.index}`,
    zone: (id: string) => `zone-${zones.get(id)?.index}`,
    finding: (id: string) => `finding-${(findingIndex.get(id)?.index ?? Number.NaN) + 1}`,
  };
  const assetLink = (id: string): Inline => {
    const asset = assets.get(id)?.asset;
    return asset === undefined ? code(id) : link(anchors.asset(id), assetName(asset));
  };
  return {
    plant,
    assessment,
    diagram: diagramOf(plant, crossings),
    crossings,
    findings,
    findingsOfZone: grouped(findings, ({ zone }) => [zone]),
    findingsOfAsset: grouped(findings, (finding) => [...new Set(finding.assets)]),
    assetsOfZone: grouped(plant.assets.all, ({ id, parent }) =>
      parent === null ? [plant.zoning.zoneOfAsset.get(id) ?? null] : [],
    ),
    partsOf: grouped(plant.assets.all, ({ parent }) => (parent === null ? [] : [parent])),
    asset: (id) => assets.get(id)?.asset,
    zone: (id) => zones.get(id)?.zone,
    assetLink,
    zoneLink: (id) => {
      if (id === null) return muted(NO_ZONE_NAME.toLowerCase());
      const zone = zones.get(id)?.zone;
      return zone === undefined ? code(id) : link(anchors.zone(id), cut(zone.name, MOST_LETTERS));
    },
    findingLink: (id) => {
      const known = findingIndex.get(id);
      return known === undefined ? code(id) : link(anchors.finding(id), `F${known.index + 1}`);
    },
    endText: (address, assetId) => {
      const asset = assetId === null ? undefined : assets.get(assetId)?.asset;
      if (asset === undefined) return [code(address)];
      const name = asset.names[0];
      return name === undefined
        ? [link(anchors.asset(asset.id), address)]
        : [link(anchors.asset(asset.id), address), ' ', muted(cut(name, 40))];
    },
    frameLink: ({ file, frame }) => {
      const index = files.get(file);
      const text = `${cut(fileName(file), 40)} #${frame}`;
      return index === undefined ? code(text) : link(`file-${index + 1}`, text);
    },
    anchors,
  };
}

/** The name people know an asset by: what it calls itself, and its address. */
export function assetName({ id, names, ip, mac }: Asset): string {
  const address = ip[0] ?? mac[0] ?? id;
  return names[0] === undefined ? address : `${cut(names[0], 40)} (${address})`;
}

/** What it says it is. */
export function productName({ vendor, product, model }: Asset): string | null {
  const parts = [vendor, product ?? model].filter((part) => part !== null);
  return parts.length === 0 ? null : cut(parts.join(' '), MOST_LETTERS);
}

/** The value, cut; a dash where there is none. */
export function known(value: string | null | undefined): Inline {
  return value === null || value === undefined || value === '' ? UNKNOWN : cut(value, MOST_LETTERS);
}

/** The file's own name, without its folders. */
export function fileName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

function grouped<Item, Key>(items: readonly Item[], keysOf: (item: Item) => readonly Key[]): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
