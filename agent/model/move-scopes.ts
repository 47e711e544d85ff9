/** What moves when an address is found to be another device's than it seemed: its conversations, and whom they are with. */
import { type ConversationSnapshot, type HostSnapshot, isLinkScope, type Snapshot, scopedAddress } from './snapshot.ts';
import { earliest, latest } from './sums.ts';

/**
 * A snapshot with other scopes for some of its addresses, and for those they talk with.
 * @param moves the scope that each address (scoped: see scopedAddress) has from now on; absent where its partners decide.
 *   A link's scope in which nobody's address is known any more ends.
 */
export function moved(snapshot: Snapshot, moves: ReadonlyMap<string, number>): Snapshot {
  if (moves.size === 0) return snapshot;
  const activity = new Map<string, Map<number, Activity>>();
  const conversations = snapshot.conversations.map((conversation) => {
    const { client, server } = conversation;
    const ends = [scopedAddress(client, conversation.scope), scopedAddress(server, conversation.scope)] as const;
    // a scope tells the two ends' addresses apart from others': where only one needs it, both have it
    const scope = (moves.get(ends[1]) || moves.get(ends[0])) ?? moves.get(ends[1]) ?? lasting(conversation.scope);
    noteActivity(activity, ends[0], scope, conversation, conversation.packetsFromClient);
    noteActivity(activity, ends[1], scope, conversation, conversation.packetsFromServer);
    return scope === conversation.scope ? conversation : { ...conversation, scope };
  });
  const hosts = snapshot.hosts.flatMap((host) => {
    const scoped = scopedAddress(host.address, host.scope);
    const active = [...(activity.get(scoped) ?? [])];
    const only = active.length === 1 ? active[0]?.[0] : undefined;
    const home = moves.get(scoped) ?? only ?? lasting(host.scope);
    // where it talks with devices of several scopes, what it says of itself stays with the one it is known in
    const parts = active.filter(([scope]) => scope !== home).map((entry) => partOf(host, ...entry));
    return [home === host.scope ? host : { ...host, scope: home }, ...parts];
  });
  return { ...snapshot, hosts, conversations };
}

function lasting(scope: number): number {
  return isLinkScope(scope) ? 0 : scope;
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
  const sightings = host.sightings.filter(({ vlan }) => isLinkScope(scope) || vlan === scope);
  // a conversation's first message may be its partner's
  const sent = { firstSent: latest([firstSent, host.firstSent]), lastSent: earliest([lastSent, host.lastSent]) };
  return { ...host, scope, ...(firstSent === null ? { firstSent, lastSent } : sent), sightings, evidence: [] };
}
