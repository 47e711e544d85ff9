/** Says of every member why it is in its zone, which zone comes second, and by how much the first wins. */
import type { Asset } from '../model/asset.ts';
import type { Assets } from '../model/assets.ts';
import { type Control, type Party, peerIn } from './control.ts';
import type { DraftZone } from './draft.ts';
import type { Flow } from './flow.ts';
import { added, byText, counted } from './grouping.ts';
import { areasOf } from './names.ts';
import type { Networks } from './networks.ts';
import { securityLevelOf, type ZoneLinks } from './security-level.ts';
import type { Zone, ZoneKind, ZoneMember } from './zone.ts';

export interface Ground {
  readonly assets: Assets;
  readonly flows: readonly Flow[];
  readonly networks: Networks;
  readonly control: Control;
}

/** How much speaks for a zone: the division itself, its network, what the asset is for, whom it controls, its traffic, its name. */
const WEIGHTS = { placed: 2, network: 3, suits: 2, control: 2, traffic: 2, area: 1 } as const;

/** The kinds of zone in which one looks for an asset of a role. */
const SUITS: Readonly<Partial<Record<Asset['role'], readonly ZoneKind[]>>> = {
  plc: ['control'],
  rtu: ['field', 'control'],
  ied: ['control', 'field'],
  'safety-controller': ['safety'],
  'remote-io': ['control', 'field'],
  drive: ['control', 'field'],
  gateway: ['control', 'field'],
  'protocol-converter': ['control', 'field'],
  hmi: ['control', 'supervisory'],
  'scada-server': ['supervisory'],
  historian: ['supervisory', 'dmz'],
  'engineering-workstation': ['supervisory'],
  server: ['enterprise', 'dmz'],
  'domain-controller': ['enterprise'],
  workstation: ['enterprise'],
  printer: ['enterprise'],
  'external-host': ['external', 'remote'],
};

/** A word in the names of more zones than this tells nothing. */
const MOST_ZONES_OF_AREA = 4;
/** Reasons of a zone that people are shown; the rest is counted. */
const MOST_REASONS = 6;

export function ratedZones(drafts: readonly DraftZone[], ground: Ground): Zone[] {
  const zoneOf = new Map(drafts.flatMap(({ id, members }) => [...members.keys()].map((asset) => [asset, id] as const)));
  const kindOf = new Map(drafts.map(({ id, kind }) => [id, kind]));
  const nameOf = new Map(drafts.map(({ id, name }) => [id, name]));
  const { byId } = ground.assets;
  const siblings = siblingsOf(drafts, ground.networks);
  const areas = areaZones(drafts, byId);
  const links = linksOf(drafts, zoneOf, ground);
  const tallies = { zoneOf, kindOf, siblings, areas };

  return drafts.map((draft) => {
    const { level, rationale } = securityLevelOf(draft, links, kindOf, (id) => nameOf.get(id) ?? id);
    return {
      id: draft.id,
      name: draft.name,
      kind: draft.kind,
      securityLevelTarget: level,
      rationale,
      reasons: shortened(draft.reasons),
      members: [...draft.members]
        .sort(([a], [b]) => byText(a, b))
        .map(([id, reasons]) => memberOf(byId.get(id) as Asset, reasons, draft, tallies, ground)),
      addresses: [...draft.addresses].sort(byText),
      locked: false,
    };
  });
}

function shortened(reasons: readonly string[]): string[] {
  const more = reasons.length - MOST_REASONS;
  return more > 0 ? [...reasons.slice(0, MOST_REASONS), `and ${more} more`] : [...reasons];
}

interface Tallies {
  readonly zoneOf: ReadonlyMap<string, string>;
  readonly kindOf: ReadonlyMap<string, ZoneKind>;
  /** By the network's id: its zones but for cells, of which there may be many. */
  readonly siblings: ReadonlyMap<string, readonly string[]>;
  /** By the word in names: the zones in which it occurs. */
  readonly areas: ReadonlyMap<string, readonly string[]>;
}

function memberOf(
  asset: Asset,
  placed: readonly string[],
  zone: DraftZone,
  tallies: Tallies,
  ground: Ground,
): ZoneMember {
  const { zoneOf, kindOf } = tallies;
  if (asset.parent !== null) {
    return { assetId: asset.id, reasons: placed, runnerUp: null, margin: 1, placedBy: 'proposal' };
  }
  const scores = new Map<string, { score: number; reasons: string[] }>();
  const speak = (id: string, score: number, reason: string | null) => {
    const known = scores.get(id) ?? { score: 0, reasons: [] };
    scores.set(id, known);
    known.score += score;
    if (reason !== null) known.reasons.push(reason);
  };
  speak(zone.id, WEIGHTS.placed, null);
  // that a SCADA server polls a controller is no reason to put the two into one zone: only its like counts
  const suits = (id: string) => SUITS[asset.role]?.includes(kindOf.get(id) as ZoneKind) ?? false;
  const sums = sumsByZone(ground.control.parties.get(asset.id), zoneOf);
  for (const [id, share] of shares(
    sums.filter(([zone]) => suits(zone)),
    'requests',
  )) {
    speak(id, WEIGHTS.control * share, `${percent(share)} of its requests to or from its like are with it`);
  }
  for (const [id, share] of shares(sums, 'packets')) {
    speak(id, WEIGHTS.traffic * share, `${percent(share)} of its packets are with it`);
  }
  for (const area of areasOf(asset.names)) {
    for (const id of tallies.areas.get(area) ?? [])
      speak(id, WEIGHTS.area, `names there have "${area}" in common with its own`);
  }
  const network = ground.networks.ofAsset.get(asset.id);
  const near = new Set([...(tallies.siblings.get(network?.id ?? '') ?? []), zone.id]);
  for (const id of near)
    speak(id, WEIGHTS.network, id === zone.id ? null : `it is the same network (${network?.label})`);
  for (const id of scores.keys()) {
    if (suits(id)) {
      speak(id, WEIGHTS.suits, id === zone.id ? null : `its kind (${kindOf.get(id)}) suits the role ${asset.role}`);
    }
  }
  const own = scores.get(zone.id) as { score: number; reasons: string[] };
  const [second] = [...scores]
    .filter(([id]) => id !== zone.id)
    .sort(([a, x], [b, y]) => y.score - x.score || byText(a, b));
  return {
    assetId: asset.id,
    reasons: [...placed, ...own.reasons],
    runnerUp: second === undefined ? null : { zoneId: second[0], reasons: second[1].reasons },
    margin: second === undefined ? 1 : Math.max(0, Math.round(100 * (1 - second[1].score / own.score)) / 100),
    placedBy: 'proposal',
  };
}

/** What an asset has to do with a zone, whichever way it is asked. */
interface Sums {
  requests: number;
  packets: number;
}

/** By the zone's id, in the order of the ids. */
function sumsByZone(party: Party | undefined, zoneOf: ReadonlyMap<string, string>): [zone: string, sums: Sums][] {
  const byZone = new Map<string, Sums>();
  for (const dealing of party?.dealings ?? []) {
    const zone = zoneOf.get(peerIn(dealing, party as Party).id);
    if (zone === undefined) continue;
    const sums = byZone.get(zone);
    if (sums === undefined) byZone.set(zone, { requests: dealing.requests, packets: dealing.packets });
    else {
      sums.requests += dealing.requests;
      sums.packets += dealing.packets;
    }
  }
  return [...byZone].sort(([a], [b]) => byText(a, b));
}

/** What share each zone has of all that some zones have. */
function shares(sums: readonly [zone: string, sums: Sums][], of: keyof Sums): [zone: string, share: number][] {
  const all = sums.reduce((total, [, entry]) => total + entry[of], 0);
  return sums.flatMap(([zone, entry]) => (entry[of] > 0 ? [[zone, entry[of] / all]] : []));
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? 'less than 1 %' : `${Math.round(100 * share)} %`;
}

function siblingsOf(drafts: readonly DraftZone[], { ofAsset }: Networks): Map<string, string[]> {
  const siblings = new Map<string, Set<string>>();
  for (const { id, members } of drafts) {
    if (id.startsWith('cell-')) continue;
    for (const asset of members.keys()) {
      const network = ofAsset.get(asset)?.id;
      if (network !== undefined) added(siblings, network, id);
    }
  }
  return new Map([...siblings].map(([network, zones]) => [network, [...zones].sort(byText)]));
}

function areaZones(drafts: readonly DraftZone[], byId: ReadonlyMap<string, Asset>): Map<string, string[]> {
  const zones = new Map<string, Map<string, number>>();
  for (const { id, members } of drafts) {
    const words = new Map<string, number>();
    for (const asset of members.keys()) {
      for (const area of areasOf(byId.get(asset)?.names ?? [])) words.set(area, (words.get(area) ?? 0) + 1);
    }
    for (const [area, count] of words) if (count >= 2) counted(zones, area, id, count);
  }
  return new Map([...zones].flatMap(([area, of]) => (of.size > MOST_ZONES_OF_AREA ? [] : [[area, [...of.keys()]]])));
}

/** Which zones ask, command and program which, and whom they reach behind routers. */
function linksOf(
  drafts: readonly DraftZone[],
  zoneOf: ReadonlyMap<string, string>,
  { control, networks, flows }: Ground,
): ZoneLinks {
  const asks = new Map<string, Set<string>>();
  const entered = new Map<string, Set<string>>();
  const add = (table: Map<string, Set<string>>, a: string | undefined, b: string | undefined) => {
    if (a !== undefined && b !== undefined && a !== b) added(table, a, b);
  };
  for (const { asset, asks: dealings } of control.parties.values()) {
    const zone = zoneOf.get(asset.id);
    for (const { server } of dealings) add(asks, zone, zoneOf.get(server.asset.id));
  }
  for (const { client, server } of flows)
    add(entered, zoneOf.get(server.assetId ?? ''), zoneOf.get(client.assetId ?? ''));
  const remote = new Set<string>();
  for (const { id, members } of drafts) {
    if ([...members.keys()].every((asset) => networks.ofAsset.get(asset)?.onLink === false)) remote.add(id);
  }
  return { asks, entered, remote };
}
