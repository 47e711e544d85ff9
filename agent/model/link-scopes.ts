/**
 * Private IPv4 addresses that two devices use on two links, where no VLAN tells them apart: machines bought twice, each
 * with a sensor of its own. An address that has one MAC address on its own link in one snapshot, and another in another
 * while the first still sends, is two devices'. One after the other may be a device that was replaced, and both in one
 * snapshot is a conflict on one link: these stay one address.
 *
 * Devices that talk with each other, or share a MAC address, are a line: all of it has one scope. The line that was heard
 * first keeps scope 0, every other is named by the lowest MAC address on it. Whether two devices sent at the same time is
 * known when all has been heard: merging keeps them apart in any case, and `settled` joins those of whom it was not so.
 * Nothing here depends on the scopes that came of merges before, so that neither their order matters nor which came first.
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
export interface Holder {
  readonly address: string;
  readonly homes: readonly Home[];
  /** In order. */
  readonly macs: readonly string[];
  readonly vlans: ReadonlySet<number>;
  readonly firstSent: number;
  readonly lastSent: number;
}

/** Whether two holders of one address are to be told apart. */
export type ToldApart = (a: Holder, b: Holder) => boolean;

/**
 * The scope of every address (scoped: see scopedAddress) that is known on its link, when all snapshots are seen together.
 * Empty where none has another than 0.
 * @param isApart which holders of an address are told apart
 */
export function linkScopes(snapshots: readonly Snapshot[], isApart: ToldApart): readonly ReadonlyMap<string, number>[] {
  const moves = snapshots.map(() => new Map<string, number>());
  const homes = snapshots.flatMap((snapshot, index) => homesOf(snapshot, index));
  const byAddress = [...grouped(homes, ({ host }) => host.address)].map(([address, of]) => holdersOf(address, of));
  const contested = byAddress.filter((holders) => isContested(holders, isApart)).flat();
  if (contested.length === 0 && homes.every(({ host }) => host.scope === 0)) return moves;
  const others = byAddress.filter((holders) => !isContested(holders, isApart)).map((holders) => [holders, 0] as const);
  for (const [holders, scope] of [...placed(linesOf(contested, snapshots, isApart), isApart), ...others]) {
    for (const { snapshot, host } of holders.flatMap((holder) => holder.homes)) {
      moves[snapshot]?.set(scopedAddress(host.address, host.scope), scope);
    }
  }
  return moves;
}

/** Whether a snapshot knows a private address of several devices: on one link a conflict, but it may be two links. */
export function hasSharedAddresses(snapshot: Snapshot): boolean {
  return homesOf(snapshot, 0).some(({ macs }) => macs.length > 1);
}

/** The private IPv4 addresses that a snapshot knows on their own link; those that VLANs tell apart are told apart. */
function homesOf({ hosts }: Snapshot, snapshot: number): Home[] {
  const macs = new Map<HostSnapshot, string[]>();
  for (const { mac, own } of linksOf(
    hosts.filter(({ unicast, sightings }) => unicast && sightings.length > 0),
  ).values()) {
    if (isSharedMac(mac)) continue;
    for (const host of own) macs.set(host, [...(macs.get(host) ?? []), mac]);
  }
  return [...macs].flatMap(([host, of]): Home[] => {
    const { address, kind, scope, firstSent, lastSent } = host;
    const isPrivate = kind === AddressKind.ipv4 && !isGlobal(address) && !isLinkLocal(address);
    if (!isPrivate || (scope !== 0 && !isLinkScope(scope))) return [];
    // a device that was only addressed on one of its links sent on another
    const times = { firstSent: firstSent ?? Number.POSITIVE_INFINITY, lastSent: lastSent ?? Number.NEGATIVE_INFINITY };
    return [{ snapshot, host, macs: of, ...times }];
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

/** Whoever has an address with other MAC addresses: what merging keeps apart, as long as more may be heard. */
export const byMac: ToldApart = () => true;

/** Two devices of one address that sent at the same time, or are known in different VLANs. */
export const byTime: ToldApart = (a, b) => {
  if (a.firstSent < b.lastSent && b.firstSent < a.lastSent) return true;
  return a.vlans.size > 0 && b.vlans.size > 0 && ![...a.vlans].some((vlan) => b.vlans.has(vlan));
};

function isContested(holders: readonly Holder[], isApart: ToldApart): boolean {
  const inOrder = [...holders].sort((a, b) => a.firstSent - b.firstSent || a.lastSent - b.lastSent);
  let longest = inOrder[0];
  for (const holder of inOrder.slice(1)) {
    if (longest === undefined || isApart(longest, holder)) return true;
    if (holder.lastSent > longest.lastSent) longest = holder;
  }
  return false;
}

/** Holders of contested addresses that talk with each other, or are one device, as lines; the one heard first comes first. */
function linesOf(contested: readonly Holder[], snapshots: readonly Snapshot[], isApart: ToldApart): Holder[][] {
  if (contested.length === 0) return [];
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
    .flatMap((line) => (hasTwoOfOne(line, isApart) ? line.map((holder) => [holder]) : [line])) // a device on both links joined them
    .sort((a, b) => firstOf(a) - firstOf(b) || (stationOf(a) < stationOf(b) ? -1 : 1));
}

function hasTwoOfOne(line: readonly Holder[], isApart: ToldApart): boolean {
  return [...grouped(line, ({ address }) => address).values()].some((of) => isContested(of, isApart));
}

/** Each line with its scope: 0 where it contradicts nobody who has it. */
function placed(lines: readonly Holder[][], isApart: ToldApart): (readonly [readonly Holder[], number])[] {
  const first = new Map<string, Holder[]>();
  return lines.map((line) => {
    const fits = line.every((holder) => !(first.get(holder.address) ?? []).some((other) => isApart(holder, other)));
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
