/** Snapshots written by hand: only what a test is about need be said. */
import { AddressKind } from '../agent/facts/hosts.ts';
import type {
  ConversationSnapshot,
  EvidenceSnapshot,
  HostSnapshot,
  OperationSnapshot,
  SightingSnapshot,
  Snapshot,
} from '../agent/model/snapshot.ts';

export function sighting(mac: string, more: Partial<SightingSnapshot> = {}): SightingSnapshot {
  return { mac, vlan: 0, claimed: false, lowestTtl: 64, highestTtl: 64, ...more };
}

export function evidence(field: string, value: string, more: Partial<EvidenceSnapshot> = {}): EvidenceSnapshot {
  const where = { file: 'a.pcap', frame: 1, firstSeen: 1, lastSeen: 1, times: 1 };
  return { field, value, source: `test.${field}`, confidence: 0.9, unit: null, ...where, ...more };
}

export function host(address: string, more: Partial<HostSnapshot> = {}): HostSnapshot {
  const kind = /^(\w\w:){5}/.test(address)
    ? AddressKind.mac
    : address.includes(':')
      ? AddressKind.ipv6
      : AddressKind.ipv4;
  const sent = { firstSent: 1, lastSent: 2 };
  return { address, scope: 0, kind, unicast: true, ...sent, sightings: [], evidence: [], ...more };
}

export function operation(
  access: OperationSnapshot['access'],
  requests: number,
  more: Partial<OperationSnapshot> = {},
): OperationSnapshot {
  const counts = { requests, responses: requests, errors: 0, firstSeen: 1, lastSeen: 2, firstFrame: null };
  return {
    code: '3',
    name: 'Read',
    access,
    effect: null,
    units: [],
    unitsAnswered: [],
    ...counts,
    ranges: [],
    ...more,
  };
}

export function talk(
  client: string,
  server: string,
  protocol: string,
  operations: readonly OperationSnapshot[] = [],
  more: Partial<ConversationSnapshot> = {},
): ConversationSnapshot {
  const packets = { flows: 1, packets: 100, packetsFromClient: 50, packetsFromServer: 50, bytes: 5000 };
  const what = { transport: 'tcp', port: 1, protocol, recognised: true, initiator: 'syn' };
  return {
    client,
    server,
    scope: 0,
    ...what,
    ...packets,
    firstSeen: 1,
    lastSeen: 2,
    firstFrame: null,
    operations,
    ...more,
  };
}

export function snapshot(
  hosts: readonly HostSnapshot[],
  conversations: readonly ConversationSnapshot[] = [],
): Snapshot {
  const quality = {
    ...{ duplicates: 0, cutPackets: 0, droppedByCapture: 0, retransmissions: 0, reordered: 0, gaps: 0, fragments: 0 },
    ...{ tunnelled: 0, vlanTagged: 0, oneSidedShare: 0, skippedBytes: 0, unreadable: {}, limitsHit: {} },
    messages: { ok: 0, truncated: 0, malformed: 0, unsupported: 0 },
  };
  return { capture: { packets: 0, bytes: 0, firstSeen: 1, lastSeen: 2, files: [], quality }, hosts, conversations };
}
