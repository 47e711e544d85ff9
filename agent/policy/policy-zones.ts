import { isLinkLocal } from '../model/address.ts';
import type { Asset } from '../model/asset.ts';
import type { Assets } from '../model/assets.ts';
import { parseIp } from '../model/parse-address.ts';
import { type HostSnapshot, type Snapshot, scopedAddress } from '../model/snapshot.ts';
import type { Zone, ZoneMember, Zoning } from '../zones/zone.ts';
import { NetworkTable, parseNetwork } from './networks.ts';
import type { Policy } from './policy.ts';

/** Where a policy puts an address: the zone, why, and how strong a word that is (the smaller, the stronger). */
interface Placement {
  readonly zoneId: string;
  readonly reason: string;
  readonly rank: number;
}

/** How members outrank one another: what names the very device before its network before the wire it is attached to. */
const Rank = { device: 0, network: 1, vlan: 2 } as const;

/**
 * Where a policy puts every asset and address of a snapshot: `mac` and `ip` before the longest `cidr` before `vlan`. A
 * MAC address and a VLAN count for the device that has them, not for a router on which its frames pass. A link-local
 * address that nothing places is where its device is.
 */
export function zoningOfPolicy(policy: Policy, snapshot: Snapshot, assets: Assets): Zoning {
  const place = placing(policy);
  const zoneOfAddress = new Map<string, string>();
  const addressed = new Map<string, string[]>();
  const placements = new Map<string, Placement[]>();
  const following: [string, string][] = [];
  for (const host of snapshot.hosts) {
    if (!host.unicast) continue;
    const scoped = scopedAddress(host.address, host.scope);
    const asset = assets.byId.get(assets.idOf.get(scoped) ?? '');
    const placement = place(host, asset);
    if (placement === undefined) {
      if (asset !== undefined && isLinkLocal(host.address)) following.push([scoped, asset.id]);
      continue;
    }
    zoneOfAddress.set(scoped, placement.zoneId);
    if (asset === undefined) append(addressed, placement.zoneId, scoped);
    else append(placements, asset.id, placement);
  }
  const zoneOfAsset = new Map<string, string>();
  const members = new Map<string, ZoneMember[]>();
  for (const asset of assets.all) {
    // a part stands where the device stands that it is a part of; devices come before their parts
    const placed = asset.parent === null ? placements.get(asset.id) : partOf(asset, zoneOfAsset.get(asset.parent));
    const member = placed && memberOf(asset, placed);
    if (member === undefined) continue;
    zoneOfAsset.set(asset.id, member.zoneId);
    append(members, member.zoneId, member.member);
  }
  // nobody plans networks with the addresses that devices give themselves on a link: those go with their device
  for (const [scoped, assetId] of following) {
    const zone = zoneOfAsset.get(assetId);
    if (zone !== undefined) zoneOfAddress.set(scoped, zone);
  }
  const zones = policy.zones.map(
    ({ id, name, kind, securityLevelTarget }): Zone => ({
      ...{ id, name, kind, securityLevelTarget },
      rationale: ['set by the policy'],
      reasons: ['defined by the policy'],
      members: members.get(id) ?? [],
      addresses: addressed.get(id) ?? [],
      locked: false,
    }),
  );
  return { zones, zoneOfAsset, zoneOfAddress };
}

/** What finds the place of a host. */
function placing({ zones }: Policy): (host: HostSnapshot, asset: Asset | undefined) => Placement | undefined {
  const byMac = new Map<string, string>();
  const byIp = new Map<string, string>();
  const byVlan = new Map<number, string>();
  const networks = new NetworkTable<Placement>();
  for (const { id: zoneId, members } of zones) {
    for (const member of members) {
      if ('mac' in member) byMac.set(member.mac, zoneId);
      else if ('ip' in member) byIp.set(member.ip, zoneId);
      else if ('vlan' in member) byVlan.set(member.vlan, zoneId);
      else {
        const network = parseNetwork(member.cidr);
        const reason = `lies in ${member.cidr}`;
        if (network !== null) networks.add(network, { zoneId, reason, rank: Rank.network });
      }
    }
  }
  const named = <T extends string | number>(table: ReadonlyMap<T, string>, values: readonly T[]) => {
    const value = values.find((candidate) => table.has(candidate));
    return value === undefined ? undefined : { value, zoneId: table.get(value) as string };
  };
  return ({ address, sightings }, asset) => {
    const own = sightings.filter(({ mac }) => asset?.mac.includes(mac) === true);
    // where an address is used twice the MAC address tells whose it is; a device's other MAC addresses are its own too
    const onItsLink = named(byMac, [address, ...own.map(({ mac }) => mac)].sort());
    const ip = byIp.get(address);
    const mac = onItsLink ?? (ip === undefined ? named(byMac, asset?.mac ?? []) : undefined);
    if (mac !== undefined) {
      return { zoneId: mac.zoneId, reason: `has the MAC address ${mac.value}`, rank: Rank.device };
    }
    if (ip !== undefined) return { zoneId: ip, reason: `has the address ${address}`, rank: Rank.device };
    const parsed = parseIp(address);
    const network = parsed === null ? undefined : networks.longest(parsed);
    if (network !== undefined) return { ...network, reason: `${address} ${network.reason}` };
    const attached = own.map(({ vlan }) => vlan).sort((a, b) => a - b);
    const vlan = named(byVlan, attached);
    return vlan && { zoneId: vlan.zoneId, reason: `is attached to VLAN ${vlan.value}`, rank: Rank.vlan };
  };
}

/** A device is where the strongest word about any of its addresses puts it; the addresses stay where they are. */
function memberOf(
  { id: assetId }: Asset,
  placements: readonly Placement[],
): { readonly zoneId: string; readonly member: ZoneMember } | undefined {
  const [first, ...others] = [...placements].sort((a, b) => a.rank - b.rank);
  if (first === undefined) return undefined;
  const { zoneId } = first;
  const second = others.find((other) => other.zoneId !== zoneId);
  const reasonsFor = (zone: string) => [
    ...new Set(placements.filter((placement) => placement.zoneId === zone).map(({ reason }) => reason)),
  ];
  const runnerUp = second === undefined ? null : { zoneId: second.zoneId, reasons: reasonsFor(second.zoneId) };
  const margin = second === undefined ? 1 : second.rank > first.rank ? 0.5 : 0;
  return { zoneId, member: { assetId, reasons: reasonsFor(zoneId), runnerUp, margin, placedBy: 'policy' } };
}

function partOf({ parent }: Asset, zoneId: string | undefined): Placement[] | undefined {
  return zoneId === undefined ? undefined : [{ zoneId, reason: `is a part of ${parent}`, rank: Rank.device }];
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
