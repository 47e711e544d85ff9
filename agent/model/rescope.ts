/**
 * Addresses that are two devices' in different snapshots: each sensor, hearing one of the two, gave its address scope 0.
 * Seen together they are told apart as one sensor would have told them (see `flow/overlaps.ts`): the address that was
 * heard first keeps scope 0, the other has the VLAN that it is in. What no VLAN tells apart, `link-scopes.ts` does.
 */
import { INITIAL_TTLS } from '../../parsers/net/ip.ts';
import { AddressKind } from '../facts/hosts.ts';
import { byMac, byTime, linkScopes } from './link-scopes.ts';
import { moved } from './move-scopes.ts';
import { type HostSnapshot, isLinkScope, type Snapshot, scopedAddress } from './snapshot.ts';

/** Where an address stands on its own link, in one snapshot. */
interface Home {
  readonly snapshot: number;
  readonly scope: number;
  readonly vlan: number;
  readonly macs: readonly string[];
  readonly firstSent: number;
}

/** The snapshots, with other scopes where they contradict each other; the same objects where they do not. */
export function rescoped(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const apart = apartByVlan(snapshots);
  return withMoves(apart, linkScopes(apart, byMac));
}

/** A snapshot of all that was heard, in which addresses have link scopes only where two devices used them at one time. */
export function withoutNeedlessScopes(snapshot: Snapshot): Snapshot {
  if (!snapshot.hosts.some(({ scope }) => isLinkScope(scope))) return snapshot;
  return withMoves([snapshot], linkScopes([snapshot], byTime))[0] as Snapshot;
}

function apartByVlan(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const homes = new Map<string, Home[]>();
  for (const [index, { hosts }] of snapshots.entries()) {
    for (const host of hosts) {
      const home = homeOf(host, index);
      if (home === undefined) continue;
      const known = homes.get(host.address);
      if (known === undefined) homes.set(host.address, [home]);
      else known.push(home);
    }
  }
  const moves = snapshots.map(() => new Map<string, number>());
  for (const [address, known] of homes) {
    for (const { home, scope } of movesOf(known)) moves[home.snapshot]?.set(scopedAddress(address, home.scope), scope);
  }
  return withMoves(snapshots, moves);
}

function withMoves(snapshots: readonly Snapshot[], moves: readonly ReadonlyMap<string, number>[]): readonly Snapshot[] {
  return snapshots.map((snapshot, index) => moved(snapshot, moves[index] as ReadonlyMap<string, number>));
}

function homeOf({ kind, scope, sightings, firstSent }: HostSnapshot, snapshot: number): Home | undefined {
  if (kind !== AddressKind.ipv4 || firstSent === null || isLinkScope(scope)) return undefined;
  const own = sightings.filter(
    ({ vlan, claimed, lowestTtl, highestTtl }) =>
      vlan !== 0 && (claimed || INITIAL_TTLS.has(lowestTtl) || INITIAL_TTLS.has(highestTtl)),
  );
  const [first] = own;
  if (first === undefined) return undefined;
  return { snapshot, scope, vlan: scope === 0 ? first.vlan : scope, macs: own.map(({ mac }) => mac), firstSent };
}

/** Which homes of one address have another scope when all are seen together. */
function movesOf(homes: readonly Home[]): { readonly home: Home; readonly scope: number }[] {
  const unscoped = homes.filter(({ scope }) => scope === 0);
  const keeper = unscoped.reduce<Home | undefined>(
    (a, b) =>
      a === undefined || b.firstSent < a.firstSent || (b.firstSent === a.firstSent && b.vlan < a.vlan) ? b : a,
    undefined,
  );
  if (keeper === undefined) return [];
  return homes.flatMap((home) => {
    const same = home.vlan === keeper.vlan || (home.scope === 0 && home.macs.some((mac) => keeper.macs.includes(mac)));
    const scope = same ? 0 : home.vlan;
    return scope === home.scope ? [] : [{ home, scope }];
  });
}
