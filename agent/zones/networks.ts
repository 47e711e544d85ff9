/**
 * The networks of a plant, told from addresses, VLANs and who talks to whom without a router between. Masks are hardly
 * ever heard: a network starts as the usual block (an IPv4 /24, an IPv6 /64), is split where VLANs split it, and joined
 * with its neighbours where their hosts talk directly.
 */

import { AddressKind } from '../facts/hosts.ts';
import { few } from '../few.ts';
import { isGlobal } from '../model/address.ts';
import type { Asset } from '../model/asset.ts';
import type { Assets } from '../model/assets.ts';
import { blockOf, blocksText, ownPublicBlocks } from '../model/blocks.ts';
import { Groups } from '../model/groups.ts';
import { type HostSnapshot, isLinkScope, type Snapshot, scopedAddress, scopeText } from '../model/snapshot.ts';
import { isStation } from '../model/station.ts';
import type { Flow } from './flow.ts';
import { appended, counted, topOf } from './grouping.ts';
import { isDirect, type Sight, sightOf } from './sight.ts';

export interface Network {
  /** Lower-case letters, digits and hyphens; stays when hosts join. */
  readonly id: string;
  /** For people: `10.1.1.0/24 (VLAN 11)`. */
  readonly label: string;
  /** Some of it is heard on its own link, and not only behind a router. */
  readonly onLink: boolean;
  readonly assets: readonly Asset[];
  /** Scoped addresses that were only addressed. */
  readonly addresses: readonly string[];
}

export interface Networks {
  /** In the order of their ids. */
  readonly all: readonly Network[];
  /** By the asset's id; an asset with several addresses is where most of its conversations are. */
  readonly ofAsset: ReadonlyMap<string, Network>;
  /** Assets beyond the plant: public addresses that nothing shows to be on its links. */
  readonly external: readonly Asset[];
  /** Public scoped addresses that were only addressed. */
  readonly externalAddresses: readonly string[];
}

/** An address and where it was met. */
interface Place {
  readonly scoped: string;
  readonly host: HostSnapshot;
  readonly asset: Asset | undefined;
  /** Null for link-local addresses: they tell nothing of the network. */
  readonly block: string | null;
  /** The VLAN of its own link, 0 when untagged; null when it was only heard behind a router, or not at all. */
  readonly vlan: number | null;
  readonly sight: Sight;
}

const LAST_VLAN = 4094; // IEEE 802.1Q, clause 9.6
/** VLANs that a network is named by; of more, how many there are is said. */
const MOST_NAMED = 4;

/** Where those are of whom only frames straight on Ethernet were heard, and of no partner with an address. */
const SILENT_LINK = 'ethernet';

/** @param flows those of the snapshot */
export function networksOf(snapshot: Snapshot, assets: Assets, flows: readonly Flow[]): Networks {
  const places = snapshot.hosts
    .filter((host) => isStation(host) && host.kind !== AddressKind.mac)
    .map((host) => placeOf(host, assets.byId.get(assets.idOf.get(scopedAddress(host.address, host.scope)) ?? '')));
  const own = ownPublicBlocks(places.filter(({ vlan }) => vlan !== null).map(linkedOf));
  const isExternal = ({ host, block }: Place) => isGlobal(host.address) && !own.has(block ?? '');
  const inside = places.filter((place) => place.block !== null && !isExternal(place));
  const outside = places.filter(isExternal);

  const keyOf = linkKeys(inside);
  const links = joined(inside, keyOf, flows);
  const byRoot = new Map<string, Place[]>();
  for (const place of inside) appended(byRoot, links.root(keyOf(place)), place);
  const rootOf = homes(inside, flows, (place) => links.root(keyOf(place)));
  const linked = [...byRoot].flatMap(([root, members]) => (members.some(({ vlan }) => vlan !== null) ? [root] : []));
  const external = new Set(outside.flatMap(({ asset }) => (asset === undefined ? [] : [asset.id])));
  const residents = withSilent(snapshot, assets, rootOf, linked, external);

  const assetsByRoot = new Map<string, Asset[]>();
  for (const asset of assets.all) {
    const root = residents.get(asset.id);
    if (root !== undefined) appended(assetsByRoot, root, asset);
  }
  const roots = [...new Set([...byRoot.keys(), ...assetsByRoot.keys()])];
  const networks = new Map(
    roots.map((root) => [root, networkOf(byRoot.get(root) ?? [], assetsByRoot.get(root) ?? [], root)]),
  );
  return {
    all: [...networks.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ofAsset: new Map([...residents].map(([id, root]) => [id, networks.get(root) as Network])),
    external: assets.all.filter(({ id }) => external.has(id) && !residents.has(id)),
    externalAddresses: outside.filter(({ asset }) => asset === undefined).map(({ scoped }) => scoped),
  };
}

function placeOf(host: HostSnapshot, asset: Asset | undefined): Place {
  const macs = new Set(asset?.mac ?? []);
  const own = host.sightings.filter(({ mac }) => macs.has(mac));
  // a mirror may strip the tag on one of its ports: the tag that was seen is the truth
  const vlans = own
    .map(({ vlan }) => vlan)
    .sort((a, b) => (a === 0 ? LAST_VLAN + 1 : a) - (b === 0 ? LAST_VLAN + 1 : b));
  return {
    scoped: scopedAddress(host.address, host.scope),
    host,
    asset,
    block: blockOf(host.address),
    vlan: vlans[0] ?? null,
    sight: sightOf(host, asset?.mac ?? []),
  };
}

function linkedOf({ host, asset }: Place) {
  const claimed = host.sightings.some((sighting) => sighting.claimed && asset?.mac.includes(sighting.mac));
  return { address: host.address, claimed };
}

/** What joins a place with others: its block, and the VLAN in which that is heard. */
function linkKeys(places: readonly Place[]): (place: Place) => string {
  const vlansOf = new Map<string, Map<number, number>>();
  for (const { block, vlan } of places) {
    if (block === null || vlan === null) continue;
    const vlans = vlansOf.get(block) ?? new Map<number, number>();
    vlansOf.set(block, vlans.set(vlan, (vlans.get(vlan) ?? 0) + 1));
  }
  // an address that was never heard on a link of its own belongs where most of its block is
  const usual = new Map(
    [...vlansOf].map(([block, vlans]) => {
      const [[vlan] = [null]] = [...vlans].sort(([v, m], [w, n]) => n - m || v - w);
      return [block, vlan];
    }),
  );
  return ({ block, vlan, host: { scope } }) =>
    scopedAddress(`${block} ${vlan ?? usual.get(block ?? '') ?? 'off'}`, isLinkScope(scope) ? scope : 0);
}

/** Networks whose hosts talk directly are one. */
function joined(places: readonly Place[], keyOf: (place: Place) => string, flows: readonly Flow[]): Groups {
  const links = new Groups();
  const attached = new Map<string, { readonly place: Place; readonly link: string }>();
  for (const place of places) {
    const link = keyOf(place);
    links.add(link);
    if (place.vlan !== null) attached.set(place.scoped, { place, link });
  }
  for (const { client, server } of flows) {
    const a = attached.get(client.scoped);
    const b = attached.get(server.scoped);
    if (a === undefined || b === undefined || a.link === b.link) continue;
    if (isDirect(a.place.sight, b.place.sight) || isUnrouted(a.place, b.place)) links.join(a.link, b.link);
  }
  return links;
}

/** A mirror may tag one direction only: hosts of one block that no router carries are neighbours all the same. */
function isUnrouted(a: Place, b: Place): boolean {
  return a.block === b.block && a.sight.carriers.length + b.sight.carriers.length === 0;
}

/** The network of each asset: of the address most of whose conversations it has, the lowest among equals. */
function homes(
  places: readonly Place[],
  flows: readonly Flow[],
  rootOf: (place: Place) => string,
): Map<string, string> {
  const placesOf = new Map<string, Place[]>();
  for (const place of places) if (place.asset !== undefined) appended(placesOf, place.asset.id, place);
  // most assets have one address, of which nothing need be counted
  const conversations = new Map<string, number>();
  for (const of of placesOf.values()) if (of.length > 1) for (const { scoped } of of) conversations.set(scoped, 0);
  const count = (scoped: string) => {
    const before = conversations.get(scoped);
    if (before !== undefined) conversations.set(scoped, before + 1);
  };
  for (const { client, server } of conversations.size === 0 ? [] : flows) {
    count(client.scoped);
    count(server.scoped);
  }
  return new Map(
    [...placesOf].map(([id, [first, ...others]]) => {
      const counts = ({ scoped }: Place) => conversations.get(scoped) ?? 0;
      const home = others.reduce((best, place) => {
        const more = counts(place) - counts(best);
        return more > 0 || (more === 0 && place.scoped < best.scoped) ? place : best;
      }, first as Place);
      return [id, rootOf(home)];
    }),
  );
}

/**
 * Adds the assets that have no address but a MAC: they are where those are with whom they talk straight on Ethernet, else
 * on the one link that is heard. Where several are heard, those of whom nothing tells are kept together.
 */
function withSilent(
  snapshot: Snapshot,
  assets: Assets,
  rootOf: ReadonlyMap<string, string>,
  linked: readonly string[],
  external: ReadonlySet<string>,
): Map<string, string> {
  const silent = assets.all.filter(({ id, parent }) => parent === null && !rootOf.has(id) && !external.has(id));
  const isSilent = new Set(silent.map(({ id }) => id));
  const groups = new Groups();
  const near: [silent: string, root: string][] = [];
  for (const { transport, client, server, scope } of snapshot.conversations) {
    if (transport !== 'eth') continue;
    const a = assets.idOf.get(scopedAddress(client, scope));
    const b = assets.idOf.get(scopedAddress(server, scope));
    if (a === undefined || b === undefined) continue;
    if (isSilent.has(a) && isSilent.has(b)) groups.join(a, b);
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const root = rootOf.get(other);
      if (isSilent.has(one) && root !== undefined) near.push([one, root]);
    }
  }
  const roots = new Map<string, Map<string, number>>();
  for (const [id, root] of near) counted(roots, groups.root(id), root, 1);
  const usual = linked.length === 1 ? (linked[0] as string) : SILENT_LINK;
  const residents = new Map(rootOf);
  for (const { id } of silent) residents.set(id, topOf(roots.get(groups.root(id))) ?? usual);
  return residents;
}

function networkOf(places: readonly Place[], assets: readonly Asset[], root: string): Network {
  const blocks = [...new Set(places.map(({ block }) => block as string))];
  const vlans = [...new Set(places.flatMap(({ vlan }) => (vlan === null || vlan === 0 ? [] : [vlan])))];
  const named = few(vlans.sort((a, b) => a - b).map(String), MOST_NAMED);
  // the same addresses are used on several links: it is the one of this station
  const stations = [...new Set(places.map(({ host }) => host.scope).filter(isLinkScope))].map(scopeText).sort();
  const { first, text } = blocksText(blocks);
  const base = first ?? root;
  return {
    id: [base, ...(named === '' ? [] : ['vlan', named]), ...stations.slice(0, 1)]
      .join('-')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/-$/, ''),
    label: `${text ?? 'Ethernet without IP'}${named === '' ? '' : ` (VLAN ${named})`}${stations.length === 0 ? '' : ` (link of ${stations[0]})`}`,
    onLink: blocks.length === 0 || places.some(({ vlan }) => vlan !== null),
    assets,
    addresses: places.filter(({ asset }) => asset === undefined).map(({ scoped }) => scoped),
  };
}
