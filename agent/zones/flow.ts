/** Conversations as policies see them: between two stations, over IP, with the accesses they use. */
import type { Access } from '../../parsers/protocol.ts';
import { AddressKind } from '../facts/hosts.ts';
import { isDirectedBroadcast } from '../model/address.ts';
import type { Assets } from '../model/assets.ts';
import { type ConversationSnapshot, type Snapshot, scopedAddress } from '../model/snapshot.ts';

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
  const stations = new Set(
    snapshot.hosts
      .filter(({ kind, unicast }) => unicast && kind !== AddressKind.mac)
      .map(({ address, scope }) => scopedAddress(address, scope)),
  );
  const end = (address: string, scope: number): FlowEnd => {
    const scoped = scopedAddress(address, scope);
    return { address, scoped, assetId: idOf.get(scoped) ?? null };
  };
  return snapshot.conversations.flatMap((conversation) => {
    const client = end(conversation.client, conversation.scope);
    const server = end(conversation.server, conversation.scope);
    if (conversation.transport === 'eth' || NO_FLOWS.has(conversation.protocol)) return [];
    if (!stations.has(client.scoped) || !stations.has(server.scoped) || isDirectedBroadcast(server.address)) return [];
    const used = new Set(conversation.operations.map(({ access }) => access));
    return [{ client, server, accesses: ACCESS_ORDER.filter((access) => used.has(access)), conversation }];
  });
}

/** A directed broadcast of the usual networks: nobody's own address. */
export function isBroadcast(address: string): boolean {
  return address.endsWith('.255');
}
