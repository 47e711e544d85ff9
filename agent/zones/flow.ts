/** Conversations as policies see them: between two stations, over IP, with the accesses they use. */
import type { Access } from '../../parsers/protocol.ts';
import { AddressKind } from '../facts/hosts.ts';
import type { Assets } from '../model/assets.ts';
import { type ConversationSnapshot, type Snapshot, scopedAddress } from '../model/snapshot.ts';
import { isStation } from '../model/station.ts';

/** One end of a flow. */
export interface FlowEnd {
  readonly address: string;
  /** The address as it is told from the same one elsewhere: see scopedAddress. */
  readonly scoped: string;
  /** Null for an address that never sent: nothing proves that anybody has it. */
  readonly assetId: string | null;
}

/** A conversation that zones and conduits are about. Broadcast, multicast, ARP, ICMP and layer 2 are none. */
export interface Flow {
  readonly client: FlowEnd;
  readonly server: FlowEnd;
  /** From what leaves a process as it is to what changes it most; empty when no operation is known. */
  readonly accesses: readonly Access[];
  readonly conversation: ConversationSnapshot;
}

/** From what leaves a process as it is to what changes it most. */
export const ACCESS_ORDER: readonly Access[] = ['session', 'diagnostic', 'read', 'write', 'control', 'program'];

/** What keeps a network going, and is no conversation of two stations about anything. */
export const NO_FLOWS: ReadonlySet<string> = new Set(['icmp', 'icmpv6', 'igmp', 'arp']);

/** The flows of a snapshot, in its order. */
export function flowsOf(snapshot: Snapshot, { idOf }: Assets): Flow[] {
  // each made once: a station has many conversations, and accesses come in few combinations
  const stations = new Map<string, FlowEnd>();
  for (const host of snapshot.hosts) {
    if (!isStation(host) || host.kind === AddressKind.mac) continue;
    const { address, scope } = host;
    const scoped = scopedAddress(address, scope);
    stations.set(scoped, { address, scoped, assetId: idOf.get(scoped) ?? null });
  }
  const combinations = new Map<number, readonly Access[]>();
  const accessesOf = ({ operations }: ConversationSnapshot): readonly Access[] => {
    let used = 0;
    for (const { access } of operations) used |= 1 << ACCESS_ORDER.indexOf(access);
    const known = combinations.get(used) ?? ACCESS_ORDER.filter((_, rank) => (used & (1 << rank)) !== 0);
    combinations.set(used, known);
    return known;
  };
  const flows: Flow[] = [];
  for (const conversation of snapshot.conversations) {
    if (conversation.transport === 'eth' || NO_FLOWS.has(conversation.protocol)) continue;
    const client = stations.get(scopedAddress(conversation.client, conversation.scope));
    const server = stations.get(scopedAddress(conversation.server, conversation.scope));
    if (client === undefined || server === undefined) continue;
    flows.push({ client, server, accesses: accessesOf(conversation), conversation });
  }
  return flows;
}
