/**
 * Private IPv4 addresses that two devices use on two links, where no VLAN tells them apart: machines bought twice, each
 * with a sensor of its own. An address that has one MAC address on its own link in one snapshot, and another in another
 * while the first still sends, is two devices'. One after the other may be a device that was replaced, and both in one
 * snapshot is a conflict on one link: these stay one address.
 *
 * Devices that talk with each other, or share a MAC address, are a line: all of it has one scope. The line that was heard
 * first keeps scope 0, every other is named by the lowest MAC address on it. Nothing here depends on which scopes the
 * snapshots had before, so that it does not matter in which order, and after which other merges, they come.
 */
import { AddressKind } from '../facts/hosts.ts';
import { grouped } from '../grouping.ts';
import { isGlobal, isLinkLocal } from './address.ts';
import { Groups } from './groups.ts';
import { linksOf } from './links.ts';
import { isSharedMac } from './shared-macs.ts';
import { type HostSnapshot, isLinkScope, type Snapshot, scopedAddress, scopeOfLink } from './snapshot.ts';

/** Where an address stands on its own link, in one snapshot. */
interface Home {
  readonly snapshot: number;
  readonly host: HostSnapshot;
  readonly macs: readonly string[];
  readonly firstSent: number;
  readonly lastSent: number;
}

/** One device's homes of one address, in all snapshots. */
interface Holder {
  readonly address: string;
  readonly homes: readonly Home[];
  /** In order. */
  readonly macs: readonly string[];
  readonly vlans: ReadonlySet<number>;
  readonly firstSent: number;
  readonly lastSent: number;
}

/** The new scope of every address (scoped: see scopedAddress) that has another when all snapshots are seen together. */
export function linkScopes(snapshots: readonly Snapshot[]): readonly ReadonlyMap<string, number>[] {
  const moves = snapshots.map(() => new Map<string, number>());
  const homes = snapshots.flatMap((snapshot, index) => homesOf(snapshot, index));
  const contested = [...grouped(homes, ({ host }) => host.address)].flatMap(([address, of]) => {
    const holders = of.length > 1 ? holdersOf(address, of) : [];
    return isContested(holders) ? holders : [];
  });
  if (contested.length === 0) return moves;
  for (const [line, scope] of placed(linesOf(contested, snapshots))) {
    for (const { snapshot, host } of line.flatMap((holder) => holder.homes)) {
      if (host.scope !== scope) moves[snapshot]?.set(scopedAddress(host.address, host.scope), scope);
    }
  }
  return moves;
}

/** The private IPv4 addresses that a snapshot knows on their own link; those that VLANs tell apart are told apart. */
function homesOf({ hosts }: Snapshot, snapshot: number): Home[] {
  const macs = new Map<HostSnapshot, string[]>();
  for (const { mac, own } of linksOf(
    hosts.filter(({ unicast, firstSent }) => unicast && firstSent !== null),
  ).values()) {
    if (isSharedMac(mac)) continue;
    for (const host of own) macs.set(host, [...(macs.get(host) ?? []), mac]);
  }
  return [...macs].flatMap(([host, of]): Home[] => {
    const { address, kind, scope, firstSent, lastSent } = host;
    const isPrivate = kind === AddressKind.ipv4 && !isGlobal(address) && !isLinkLocal(address);
    if (!isPrivate || (scope !== 0 && !isLinkScope(scope)) || firstSent === null || lastSent === null) return [];
    return [{ snapshot, host, macs: of, firstSent, lastSent }];
  });
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

/** Whether two devices of one address sent at the same time, or are known in different VLANs. */
function areTwo(a: Holder, b: Holder): boolean {
  if (a.firstSent < b.lastSent && b.firstSent < a.lastSent) return true;
  return a.vlans.size > 0 && b.vlans.size > 0 && ![...a.vlans].some((vlan) => b.vlans.has(vlan));
}

function isContested(holders: readonly Holder[]): boolean {
  const inOrder = [...holders].sort((a, b) => a.firstSent - b.firstSent || a.lastSent - b.lastSent);
  let longest = inOrder[0];
  for (const holder of inOrder.slice(1)) {
    if (longest === undefined || areTwo(longest, holder)) return true;
    if (holder.lastSent > longest.lastSent) longest = holder;
  }
  return false;
}

/** Holders of contested addresses that talk with each other, or are one device, as lines; the one heard first comes first. */
function linesOf(contested: readonly Holder[], snapshots: readonly Snapshot[]): Holder[][] {
  const keyOf = ({ address, macs }: Holder) => `${address} ${macs[0]}`;
  const groups = new Groups();
  const holderAt = snapshots.map(() => new Map<string, string>());
  for (const holder of contested) {
    for (const mac of holder.macs) groups.join(keyOf(holder), mac);
    for (const { snapshot, host } of holder.homes) {
      holderAt[snapshot]?.set(scopedAddress(host.address, host.scope), keyOf(holder));
    }
  }
  for (const [index, { conversations }] of snapshots.entries()) {
    for (const { client, server, scope } of conversations) {
      const from = holderAt[index]?.get(scopedAddress(client, scope));
      const to = holderAt[index]?.get(scopedAddress(server, scope));
      if (from !== undefined && to !== undefined) groups.join(from, to);
    }
  }
  return [...grouped(contested, (holder) => groups.root(keyOf(holder))).values()]
    .flatMap((line) => (hasTwoOfOne(line) ? line.map((holder) => [holder]) : [line])) // a device on both links joined them
    .sort((a, b) => firstOf(a) - firstOf(b) || (stationOf(a) < stationOf(b) ? -1 : 1));
}

function hasTwoOfOne(line: readonly Holder[]): boolean {
  return [...grouped(line, ({ address }) => address).values()].some(isContested);
}

/** Each line with its scope: 0 where it contradicts nobody who has it. */
function placed(lines: readonly Holder[][]): (readonly [readonly Holder[], number])[] {
  const first = new Map<string, Holder[]>();
  return lines.map((line) => {
    const fits = line.every((holder) => !(first.get(holder.address) ?? []).some((other) => areTwo(holder, other)));
    if (!fits) return [line, scopeOfLink(stationOf(line))];
    for (const holder of line) first.set(holder.address, [...(first.get(holder.address) ?? []), holder]);
    return [line, 0];
  });
}

function firstOf(line: readonly Holder[]): number {
  return line.reduce((first, { firstSent }) => Math.min(first, firstSent), Number.POSITIVE_INFINITY);
}

/** The lowest MAC address of a line: it names the line. */
function stationOf(line: readonly Holder[]): string {
  return line.reduce((lowest, { macs: [mac = ''] }) => (lowest === '' || mac < lowest ? mac : lowest), '');
}
