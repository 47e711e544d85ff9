/** A policy that allows what was seen and nothing else: what an operator begins with. */
import { few } from '../few.ts';
import { isGroup, isLinkLocal } from '../model/address.ts';
import type { Asset } from '../model/asset.ts';
import { byAddress } from '../model/fusion.ts';
import { parseIp } from '../model/parse-address.ts';
import { type HostSnapshot, scopedAddress } from '../model/snapshot.ts';
import { isStation } from '../model/station.ts';
import type { Plant } from '../plant.ts';
import type { Conduit } from '../zones/conduit.ts';
import type { Zone } from '../zones/zone.ts';
import { wholeNetworks } from './networks.ts';
import type { Policy, PolicyConduit, PolicyMember, PolicyZone } from './policy.ts';
import type { PolicyNotes } from './write-policy.ts';

export interface ProposedPolicy {
  readonly policy: Policy;
  readonly notes: PolicyNotes;
  /** Addresses of devices in different zones that no MAC address tells apart: they went to the first, with all their traffic. */
  readonly ambiguous: readonly string[];
}

/** The address of a host in a zone, and whose it is (null: nobody was heard to have it). */
interface Place {
  readonly host: HostSnapshot;
  readonly asset: Asset | null;
}

/**
 * The zones and conduits of a plant as a policy. Devices are named by their IP addresses, so that one that is new lies in
 * no zone until somebody decides; by MAC address where they have no other or the same one is in another zone too. Rejected
 * conduits are left out.
 */
export function proposePolicy({
  snapshot,
  assets,
  zoning,
  conduits,
}: Omit<Plant, 'findings' | 'check'>): ProposedPolicy {
  const notes = new Map<Policy | PolicyZone | PolicyConduit | PolicyMember, readonly string[]>();
  const places = placesByZone({ snapshot, assets, zoning });
  const shared = sharedAddresses(places);
  const zoneOf = new Map<string, string>();
  const ambiguous: string[] = [];
  const zones = zoning.zones.map((zone): PolicyZone => {
    const { id, name, kind, securityLevelTarget } = zone;
    const members: PolicyMember[] = [];
    const elsewhere: string[] = [];
    for (const [member, note] of membersOf(places.get(id) ?? [], shared)) {
      const address = Object.values(member).join();
      const known = zoneOf.get(address);
      if (known !== undefined && known !== id) elsewhere.push(address);
      if (known !== undefined) continue;
      zoneOf.set(address, id);
      members.push(member);
      if (note !== '') notes.set(member, [note]);
    }
    ambiguous.push(...elsewhere);
    const entry = { id, name, kind, securityLevelTarget, members };
    notes.set(entry, [...noteOfZone(zone), ...noteOfAmbiguous(elsewhere)]);
    return entry;
  });
  const allowed = conduits
    .filter(({ status }) => status !== 'rejected')
    .map((conduit): PolicyConduit => {
      const { id, from, to, allow } = conduit;
      const entry = { id, from, to, allow };
      notes.set(entry, noteOfConduit(conduit));
      return entry;
    });
  const policy: Policy = { version: 1, zones, conduits: allowed };
  notes.set(policy, [
    'Zones and conduits (IEC 62443-3-2), proposed from what was heard: it allows that and nothing else.',
    'Read it line by line before it is used: what was heard need not be what is wanted.',
    'The format is explained by "fieldmark policy --help"; "fieldmark policy schema" makes a schema for editors.',
  ]);
  return { policy, notes, ambiguous };
}

function placesByZone({
  snapshot,
  assets,
  zoning,
}: Pick<Plant, 'snapshot' | 'assets' | 'zoning'>): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const host of [...snapshot.hosts].sort(byAddress)) {
    const scoped = scopedAddress(host.address, host.scope);
    const zone = zoning.zoneOfAddress.get(scoped);
    if (zone === undefined || !isStation(host)) continue;
    const place = { host, asset: assets.byId.get(assets.idOf.get(scoped) ?? '') ?? null };
    const known = places.get(zone);
    if (known === undefined) places.set(zone, [place]);
    else known.push(place);
  }
  return places;
}

/**
 * The members of a zone with what is written beside them: devices first, then what was only addressed.
 * @param shared as `sharedAddresses` tells them
 */
function membersOf(places: readonly Place[], shared: ReadonlySet<string>): [PolicyMember, string][] {
  const here = new Set(places.map(({ host }) => host.address));
  const devices = places.flatMap(({ host, asset }): [PolicyMember, string][] => {
    if (asset === null) return [];
    if (isLinkLocal(host.address) && isAllHere(asset, here)) return []; // it goes with its device
    const note = nameOf(asset);
    if (parseIp(host.address) === null) return asset.ip.length === 0 ? [[{ mac: host.address }, note]] : [];
    const own = host.sightings.map(({ mac }) => mac).filter((mac) => asset.mac.includes(mac) && !isGroup(mac));
    const mac = shared.has(host.address) ? own.sort()[0] : undefined;
    return [[mac === undefined ? { ip: host.address } : { mac }, note]];
  });
  const silent = places.filter(({ host, asset }) => asset === null && parseIp(host.address) !== null);
  const { networks, rest } = wholeNetworks(
    silent.map(({ host }) => host.address),
    places.map(({ host }) => host.address),
  );
  return [
    ...devices,
    ...networks.map((cidr): [PolicyMember, string] => [{ cidr }, 'all of it was addressed']),
    ...rest.map((ip): [PolicyMember, string] => [{ ip }, 'addressed, never heard']),
  ];
}

/** Whether a device has addresses that people give (not of its link only), and all of them are among `addresses`. */
function isAllHere({ ip }: Asset, addresses: ReadonlySet<string>): boolean {
  const planned = ip.filter((address) => !isLinkLocal(address));
  return planned.length > 0 && planned.every((address) => addresses.has(address));
}

/** Addresses that are in different zones: of devices, or of one where it was only addressed. */
function sharedAddresses(all: ReadonlyMap<string, readonly Place[]>): ReadonlySet<string> {
  const zoneOf = new Map<string, string>();
  const shared = new Set<string>();
  for (const [zone, places] of all) {
    for (const { host } of places) {
      if ((zoneOf.get(host.address) ?? zone) !== zone) shared.add(host.address);
      zoneOf.set(host.address, zone);
    }
  }
  return shared;
}

/** `BOILER, plc, Siemens CPU 315-2 PN/DP` */
function nameOf({ names, role, vendor, product, model }: Asset): string {
  const what = [vendor, product ?? model].filter((word) => word !== null).join(' ');
  return [names[0] ?? '', role === 'unknown' ? '' : role, what].filter((word) => word !== '').join(', ');
}

function noteOfZone({ reasons, rationale, securityLevelTarget }: Zone): string[] {
  return [...reasons, ...rationale.map((reason) => `SL-T ${securityLevelTarget}: ${reason}`)];
}

function noteOfAmbiguous(addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  return [
    `${few(addresses)}: another zone has the same, and no MAC address of their own was heard that tells the devices apart; all of their traffic is taken for that zone's`,
  ];
}

function noteOfConduit({ traffic, boundary }: Conduit): string[] {
  if (traffic === null) return [];
  const ports = traffic.ports.length === 0 ? '' : ` to ${traffic.ports.join(', ')}`;
  return [`${traffic.conversations} conversations${ports}`, ...boundary.reasons];
}
