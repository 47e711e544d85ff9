/** Plants made by hand, of hosts, talks and zones: what the rules of the assessment look at. */

import type { Finding } from '../agent/assess/finding.ts';
import { findingsOf } from '../agent/assess/findings.ts';
import { AddressKind } from '../agent/facts/hosts.ts';
import { assetsOf } from '../agent/model/assets.ts';
import type { Override } from '../agent/model/overrides.ts';
import type { Role } from '../agent/model/roles/role.ts';
import type {
  CaptureSnapshot,
  ConversationSnapshot,
  EvidenceSnapshot,
  HostSnapshot,
  OperationSnapshot,
  QualitySnapshot,
  SightingSnapshot,
  Snapshot,
} from '../agent/model/snapshot.ts';
import type { Plant } from '../agent/plant.ts';
import type { PolicyCheck } from '../agent/policy/check-policy.ts';
import type { Conduit } from '../agent/zones/conduit.ts';
import { flowsOf } from '../agent/zones/flow.ts';
import type { SecurityLevel, Zone, ZoneKind } from '../agent/zones/zone.ts';

export const SECOND = 1e6;
export const HOUR = 3600 * SECOND;

/** A device: its address, and what tells it from a usual one. */
export interface Device {
  readonly ip: string;
  /** Its own; without one it is heard behind a router only. */
  readonly mac?: string;
  readonly moreMacs?: readonly string[];
  readonly vlan?: number;
  readonly role?: Role;
  readonly evidence?: readonly (readonly [field: string, value: string, source?: string])[];
  /** Microseconds since the capture began. */
  readonly from?: number;
  readonly to?: number;
  /** It never sent. */
  readonly silent?: boolean;
}

/** A conversation: `client > server protocol`, and what tells it from a usual one. */
export type Talk = Partial<ConversationSnapshot> & { readonly operations?: readonly OperationSnapshot[] };

export interface PlantParts {
  readonly devices: readonly Device[];
  readonly talks?: readonly ConversationSnapshot[];
  /** Kind of each zone by its id, and the addresses of its members. */
  readonly zones?: Readonly<Record<string, readonly [ZoneKind, ...string[]]>>;
  readonly levels?: Readonly<Record<string, SecurityLevel>>;
  readonly conduits?: readonly Conduit[];
  readonly check?: PolicyCheck;
  readonly quality?: Partial<QualitySnapshot>;
  readonly capture?: Partial<CaptureSnapshot>;
}

export function operation(
  access: OperationSnapshot['access'],
  more: Partial<OperationSnapshot> = {},
): OperationSnapshot {
  const counts = { requests: 10, responses: 10, errors: 0, firstSeen: 0, lastSeen: HOUR };
  const frame = { firstFrame: { file: 'a.pcap', frame: 7 } };
  return {
    code: '1',
    name: access,
    access,
    effect: null,
    units: [],
    unitsAnswered: [],
    ...counts,
    ...frame,
    ranges: [],
    ...more,
  };
}

export function talk(client: string, server: string, protocol: string, more: Talk = {}): ConversationSnapshot {
  const packets = { flows: 1, packets: 100, packetsFromClient: 50, packetsFromServer: 50, bytes: 5000 };
  const what = { transport: 'tcp', port: 1, protocol, recognised: !/^(tcp|udp)\//.test(protocol), initiator: 'syn' };
  const when = { firstSeen: 0, lastSeen: HOUR, firstFrame: { file: 'a.pcap', frame: 1 } };
  return { client, server, scope: 0, ...what, ...packets, ...when, operations: [], ...more };
}

export const does = (...accesses: readonly OperationSnapshot['access'][]): Talk => ({
  operations: accesses.map((access) => operation(access)),
});

const QUALITY: QualitySnapshot = {
  ...{ duplicates: 0, cutPackets: 0, droppedByCapture: 0, retransmissions: 0, reordered: 0, gaps: 0, fragments: 0 },
  ...{ tunnelled: 0, vlanTagged: 1, oneSidedShare: 0, skippedBytes: 0, unreadable: {}, limitsHit: {} },
  messages: { ok: 100, truncated: 0, malformed: 0, unsupported: 0 },
};

/** The plant of some parts, as `plantOf` would make it, with the zones given. */
export function plant(parts: PlantParts): Plant {
  const { devices, talks = [], zones = {}, levels = {}, conduits = [], check = null, quality, capture } = parts;
  const snapshot: Snapshot = {
    capture: {
      ...{ packets: 1000, bytes: 100_000, firstSeen: 0, lastSeen: HOUR, files: [] },
      quality: { ...QUALITY, ...quality },
      ...capture,
    },
    hosts: devices.flatMap(hostsOf),
    conversations: talks,
  };
  const assets = assetsOf(snapshot, devices.flatMap(overridesOf));
  const zoneOfAddress = new Map<string, string>();
  const zoneOfAsset = new Map<string, string>();
  for (const [id, [, ...members]] of Object.entries(zones)) {
    for (const address of members) {
      zoneOfAddress.set(address, id);
      const asset = assets.idOf.get(address);
      if (asset !== undefined) zoneOfAsset.set(asset, id);
    }
  }
  const zoning = {
    zones: Object.entries(zones).map(([id, [kind]]): Zone => {
      const members = [...zoneOfAsset].filter(([, zone]) => zone === id).map(([assetId]) => assetId);
      const member = { reasons: [], runnerUp: null, margin: 1, placedBy: 'policy' as const };
      const words = { rationale: [], reasons: [], addresses: [], locked: false };
      const securityLevelTarget = levels[id] ?? 2;
      return {
        id,
        name: id,
        kind,
        securityLevelTarget,
        ...words,
        members: members.map((assetId) => ({ assetId, ...member })),
      };
    }),
    zoneOfAddress,
    zoneOfAsset,
  };
  const known = {
    snapshot,
    assets,
    flows: flowsOf(snapshot, assets),
    policy: null,
    zoning,
    conduits,
    check,
    events: [],
  };
  return { ...known, findings: findingsOf(known) };
}

/** The findings of one rule in a plant. */
export function found(rule: string, parts: PlantParts): Finding[] {
  return plant(parts).findings.filter((finding) => finding.rule === rule);
}

function hostsOf({
  ip,
  mac,
  moreMacs = [],
  vlan = 0,
  evidence = [],
  from = 0,
  to = HOUR,
  silent = false,
}: Device): HostSnapshot[] {
  const macs = mac === undefined ? [] : [mac, ...moreMacs];
  const sightings = macs.map(
    (own): SightingSnapshot => ({ mac: own, vlan, claimed: true, lowestTtl: 64, highestTtl: 64 }),
  );
  const told = evidence.map(([field, value, source = `test.${field}`], index): EvidenceSnapshot => {
    const where = { file: 'a.pcap', frame: index + 1, firstSeen: from, lastSeen: to, times: 1 };
    return { field, value, source, confidence: 0.9, unit: null, ...where };
  });
  const sent = { firstSent: silent ? null : from, lastSent: silent ? null : to };
  const kind = ip.includes(':') ? AddressKind.ipv6 : AddressKind.ipv4;
  return [{ address: ip, scope: 0, kind, unicast: true, ...sent, sightings, evidence: told }];
}

function overridesOf({ ip, role }: Device): Override[] {
  return role === undefined ? [] : [{ address: ip, field: 'role', value: role, by: 'test', at: 0, reason: null }];
}
