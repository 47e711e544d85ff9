/**
 * IPv4 addresses that several devices use: machines bought twice, each with a sensor of its own, or each in its VLAN.
 *
 * A sensor gives all of them scope 0, or their VLAN's where it hears both. So a snapshot that is to be merged first has
 * everything it says of an address put down to the MAC address that it stands on (`byMac`). What comes of it depends on
 * that snapshot alone, and merging is then a mere union: its order does not matter, nor how the traffic was cut.
 *
 * Whether the holders of an address are several devices is decided of the union (`settledScopes`), as often as somebody
 * looks: they are if they sent at one time, or are known in different VLANs. One after the other may be a device that was
 * replaced, and both in one snapshot a conflict on one link: these stay one address. Devices that talk with each other,
 * or share a MAC address, are a line: all of it has one scope. The line that was heard first keeps scope 0, every other
 * is named by its VLAN, or by the lowest MAC address on it where no VLAN tells it apart.
 */
import { AddressKind } from '../facts/hosts.ts';
import { grouped } from '../grouping.ts';
import { isGlobal, isLinkLocal } from './address.ts';
import { Groups } from './groups.ts';
import { linksOf } from './links.ts';
import { moved } from './move-scopes.ts';
import { isSharedMac } from './shared-macs.ts';
import { type HostSnapshot, isLinkScope, type Snapshot, scopedAddress, scopeOfLink } from './snapshot.ts';

/** Where an address stands on its own link. */
interface Home {
  readonly host: HostSnapshot;
  readonly macs: readonly string[];
  readonly firstSent: number;
  readonly lastSent: number;
}

/** One device's homes of one address. */
interface Holder {
  readonly address: string;
  readonly homes: readonly Home[];
  /** In order. */
  readonly macs: readonly string[];
  readonly vlans: ReadonlySet<number>;
  readonly firstSent: number;
  readonly lastSent: number;
}

/** A sensor's snapshot with all it says of addresses on their own link in that link's scope; merged ones are so already. */
export function byMac(snapshot: Snapshot): Snapshot {
  if (snapshot.hosts.some(({ scope }) => isLinkScope(scope))) return snapshot;
  const unscoped = homesOf(snapshot).filter(({ host }) => host.scope === 0);
  const scopes = unscoped.map(({ host, macs }) => [host.address, scopeOfLink(lowest(macs))] as const);
  return moved(snapshot, new Map(scopes));
}

/** The scope of every address (scoped: see scopedAddress) of a merged snapshot that is known on its link. */
export function settledScopes(snapshot: Snapshot): ReadonlyMap<string, number> {
  const byAddress = [...grouped(homesOf(snapshot), ({ host }) => host.address)].map(([address, of]) =>
    holdersOf(address, of),
  );
  const lines = linesOf(byAddress.filter(isContested).flat(), snapshot);
  const others = byAddress.filter((holders) => !isContested(holders)).map((holders) => [holders.flat(), 0] as const);
  return new Map(
    [...placed(lines), ...others].flatMap(([holders, scope]) =>
      holders
        .flatMap(({ homes }) => homes)
        .map(({ host }) => [scopedAddress(host.address, host.scope), scope] as const),
    ),
  );
}

/** Whether a snapshot knows a private address of several devices: on one link a conflict, but it may be two links. */
export function hasSharedAddresses(snapshot: Snapshot): boolean {
  return homesOf(snapshot).some(({ host, macs }) => macs.length > 1 && isPrivate(host));
}

/** The IPv4 addresses that a snapshot knows on their own link: those that are told apart. */
function homesOf({ hosts }: Snapshot): Home[] {
  const macs = new Map<HostSnapshot, string[]>();
  for (const { mac, own } of linksOf(
    hosts.filter(({ unicast, sightings }) => unicast && sightings.length > 0),
  ).values()) {
    if (isSharedMac(mac)) continue;
    for (const host of own) macs.set(host, [...(macs.get(host) ?? []), mac]);
  }
  return [...macs].flatMap(([host, of]): Home[] => {
    const { kind, firstSent, lastSent, sightings } = host;
    // a public address behind one MAC address is most often that of a router, unless it is known in a VLAN of its own
    if (kind !== AddressKind.ipv4 || !(isPrivate(host) || sightings.some(({ vlan }) => vlan !== 0))) return [];
    // a device that was only addressed on one of its links sent on another
    const times = { firstSent: firstSent ?? Number.POSITIVE_INFINITY, lastSent: lastSent ?? Number.NEGATIVE_INFINITY };
    return [{ host, macs: of, ...times }];
  });
}

function isPrivate({ kind, address }: HostSnapshot): boolean {
  return kind === AddressKind.ipv4 && !isGlobal(address) && !isLinkLocal(address);
}

/** Who has an address: homes with a MAC address in common are one device's. */
function holdersOf(address: string, homes: readonly Home[]): Holder[] {
  const groups = new Groups();
  for (const { macs } of homes) for (const mac of macs) groups.join(macs[0] as string, mac);
  return [...grouped(homes, ({ macs }) => groups.root(macs[0] as string)).values()].map((of) => ({
    address,
    homes: of,
    macs: [...new Set(of.flatMap(({ macs }) => macs))].sort(),
    vlans: new Set(of.flatMap(({ host }) => host.sightings.map(({ vlan }) => vlan)).filter((vlan) => vlan !== 0)),
    firstSent: of.reduce((first, { firstSent }) => Math.min(first, firstSent), Number.POSITIVE_INFINITY),
    lastSent: of.reduce((last, { lastSent }) => Math.max(last, lastSent), Number.NEGATIVE_INFINITY),
  }));
}

/** Whether two holders of one address are two devices: they sent at one time, or are known in different VLANs. */
function areApart(a: Holder, b: Holder): boolean {
  if (a.firstSent < b.lastSent && b.firstSent < a.lastSent) return true;
  return a.vlans.size > 0 && b.vlans.size > 0 && ![...a.vlans].some((vlan) => b.vlans.has(vlan));
}

function isContested(holders: readonly Holder[]): boolean {
  const inOrder = [...holders].sort((a, b) => a.firstSent - b.firstSent || a.lastSent - b.lastSent);
  let longest = inOrder[0];
  for (const holder of inOrder.slice(1)) {
    if (longest === undefined || areApart(longest, holder)) return true;
    if (holder.lastSent > longest.lastSent) longest = holder;
  }
  return false;
}

/** Holders of contested addresses that talk with each other, or are one device, as lines; the one heard first comes first. */
function linesOf(contested: readonly Holder[], { conversations }: Snapshot): Holder[][] {
  const keyOf = ({ address, macs }: Holder) => `${address} ${macs[0]}`;
  const groups = new Groups();
  const holderAt = new Map<string, string>();
  for (const holder of contested) {
    for (const mac of holder.macs) groups.join(keyOf(holder), mac);
    for (const { host } of holder.homes) holderAt.set(scopedAddress(host.address, host.scope), keyOf(holder));
  }
  for (const { client, server, scope } of conversations) {
    const from = holderAt.get(scopedAddress(client, scope));
    const to = holderAt.get(scopedAddress(server, scope));
    if (from !== undefined && to !== undefined) groups.join(from, to);
  }
  return [...grouped(contested, (holder) => groups.root(keyOf(holder))).values()]
    .flatMap((line) => (hasTwoOfOne(line) ? line.map((holder) => [holder]) : [line])) // a device on both links joined them
    .sort((a, b) => firstOf(a) - firstOf(b) || (stationOf(a) < stationOf(b) ? -1 : 1));
}

function hasTwoOfOne(line: readonly Holder[]): boolean {
  return [...grouped(line, ({ address }) => address).values()].some(isContested);
}

/** Each line with its scope: the first of 0 and its VLAN in which it contradicts nobody, or that of its link. */
function placed(lines: readonly Holder[][]): (readonly [readonly Holder[], number])[] {
  const inScope = new Map<number, Holder[]>();
  return lines.map((line) => {
    const addresses = new Set(line.map(({ address }) => address));
    const others = (scope: number) => (inScope.get(scope) ?? []).filter(({ address }) => addresses.has(address));
    const fits = (scope: number) =>
      line.every(
        (holder) => !others(scope).some((other) => other.address === holder.address && areApart(holder, other)),
      );
    const [vlan = 0, second] = new Set(line.flatMap(({ vlans }) => [...vlans]));
    const named = second === undefined && !others(0).some(({ vlans }) => vlans.has(vlan)) ? [0, vlan] : [0];
    const scope = named.find(fits) ?? scopeOfLink(stationOf(line));
    inScope.set(scope, [...(inScope.get(scope) ?? []), ...line]);
    return [line, scope];
  });
}

function firstOf(line: readonly Holder[]): number {
  return line.reduce((first, { firstSent }) => Math.min(first, firstSent), Number.POSITIVE_INFINITY);
}

/** The lowest MAC address of a line: it names the line. */
function stationOf(line: readonly Holder[]): string {
  return lowest(line.flatMap(({ macs }) => macs));
}

function lowest(macs: readonly string[]): string {
  return macs.reduce((low, mac) => (mac < low ? mac : low));
}
