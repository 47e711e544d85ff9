/**
 * Addresses that are two devices' in different snapshots: each sensor, hearing one of the two, gave its address scope 0.
 * Seen together they are told apart as one sensor would have told them (see `flow/overlaps.ts`): the address that was
 * heard first keeps scope 0, the other has the VLAN that it is in.
 */
import { INITIAL_TTLS } from '../../parsers/net/ip.ts';
import { AddressKind } from '../facts/hosts.ts';
import { type ConversationSnapshot, type HostSnapshot, type Snapshot, scopedAddress } from './snapshot.ts';
import { earliest, latest } from './sums.ts';

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
  return snapshots.map((snapshot, index) => moved(snapshot, moves[index] as ReadonlyMap<string, number>));
}

function homeOf({ kind, scope, sightings, firstSent }: HostSnapshot, snapshot: number): Home | undefined {
  if (kind !== AddressKind.ipv4 || firstSent === null) return undefined;
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

/** A snapshot with other scopes for some of its addresses, and for those they talk with. */
function moved(snapshot: Snapshot, moves: ReadonlyMap<string, number>): Snapshot {
  if (moves.size === 0) return snapshot;
  const activity = new Map<string, Map<number, Activity>>();
  const conversations = snapshot.conversations.map((conversation) => {
    const { client, server } = conversation;
    const ends = [scopedAddress(client, conversation.scope), scopedAddress(server, conversation.scope)] as const;
    const scope = moves.get(ends[0]) ?? moves.get(ends[1]) ?? conversation.scope;
    noteActivity(activity, ends[0], scope, conversation, conversation.packetsFromClient);
    noteActivity(activity, ends[1], scope, conversation, conversation.packetsFromServer);
    return scope === conversation.scope ? conversation : { ...conversation, scope };
  });
  const hosts = snapshot.hosts.flatMap((host) => {
    const scoped = scopedAddress(host.address, host.scope);
    const to = moves.get(scoped);
    if (to !== undefined) return [{ ...host, scope: to }];
    const active = [...(activity.get(scoped) ?? [])];
    const [only] = active;
    if (only === undefined) return [host];
    if (active.length === 1) return only[0] === host.scope ? [host] : [{ ...host, scope: only[0] }];
    // it talks with devices of several scopes: what it says of itself stays with the one it is known in
    return [host, ...active.filter(([scope]) => scope !== host.scope).map((entry) => partOf(host, ...entry))];
  });
  return { ...snapshot, hosts, conversations };
}

/** When a host sent in one scope; null when it was only addressed there. */
interface Activity {
  firstSent: number | null;
  lastSent: number | null;
}

function noteActivity(
  activity: Map<string, Map<number, Activity>>,
  address: string,
  scope: number,
  { firstSeen, lastSeen }: ConversationSnapshot,
  packetsSent: number,
): void {
  let scopes = activity.get(address);
  if (scopes === undefined) {
    scopes = new Map();
    activity.set(address, scopes);
  }
  let known = scopes.get(scope);
  if (known === undefined) {
    known = { firstSent: null, lastSent: null };
    scopes.set(scope, known);
  }
  if (packetsSent === 0) return;
  known.firstSent = earliest([known.firstSent, firstSeen]);
  known.lastSent = latest([known.lastSent, lastSeen]);
}

/** What is known of a host in another scope than the one where it is known best. */
function partOf(host: HostSnapshot, scope: number, { firstSent, lastSent }: Activity): HostSnapshot {
  const sightings = host.sightings.filter(({ vlan }) => vlan === scope);
  return { ...host, scope, firstSent, lastSent, sightings, evidence: [] };
}
