/** Plants made by hand for the tests of reports: as large as asked, with everything that a report can say of one. */
import type { Assessment, FoundationalRequirement } from '../agent/assess/assessment.ts';
import type { Finding } from '../agent/assess/finding.ts';
import type { Asset } from '../agent/model/asset.ts';
import { completenessOf } from '../agent/model/completeness.ts';
import { NOTHING_HEARD } from '../agent/model/merge-snapshots.ts';
import type { Role } from '../agent/model/roles/role.ts';
import type { ConversationSnapshot, EvidenceSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import type { Plant } from '../agent/plant.ts';
import type { Violation } from '../agent/policy/violation.ts';
import { REQUIREMENT_NAMES } from '../agent/report/words.ts';
import { SEVERITIES } from '../agent/severity.ts';
import type { Conduit } from '../agent/zones/conduit.ts';
import type { Flow } from '../agent/zones/flow.ts';
import type { Zone, ZoneKind } from '../agent/zones/zone.ts';
import type { Access } from '../parsers/protocol.ts';

const START = 1_760_000_000_000_000;
const FILE = 'plant.pcap';

/** What names a plant gives its devices: hostile ones go here. */
export interface PlantShape {
  readonly zones: number;
  readonly assetsPerZone: number;
  /** Whether a policy was given, and violated. */
  readonly policy: boolean;
  /** Stands in the name of every device, zone and finding. */
  readonly name?: string;
}

const KINDS: readonly ZoneKind[] = [
  'supervisory',
  'control',
  'enterprise',
  'dmz',
  'safety',
  'field',
  'external',
  'remote',
];
const ROLES: Readonly<Record<ZoneKind, readonly Role[]>> = {
  enterprise: ['workstation', 'server', 'printer'],
  dmz: ['server', 'historian'],
  supervisory: ['scada-server', 'engineering-workstation', 'hmi', 'historian'],
  control: ['plc', 'hmi', 'remote-io', 'drive', 'switch'],
  safety: ['safety-controller', 'engineering-workstation'],
  field: ['rtu', 'gateway'],
  remote: ['workstation'],
  external: ['external-host'],
};
const LEVELS: Readonly<Record<ZoneKind, number>> = {
  enterprise: 4,
  dmz: 3,
  supervisory: 2,
  control: 1,
  safety: 1,
  field: 0,
  remote: 5,
  external: 5,
};
const ACCESSES: readonly Access[] = ['read', 'write', 'program', 'diagnostic', 'control', 'session'];

/** A plant of a shape; the first kinds come once, further zones are control zones. */
export function plantOfShape({ zones: count, assetsPerZone, policy, name = '' }: PlantShape): Plant {
  const kinds = Array.from({ length: count }, (_, index) => KINDS[index] ?? 'control');
  const assets = kinds.map((kind, zone) =>
    Array.from({ length: assetsPerZone }, (_, n) => assetAt(zone, n, kind, name)),
  );
  const zones = kinds.map((kind, index) => zoneAt(index, kind, assets[index] as Asset[], name));
  const pairs = zones
    .flatMap((_, to) => (to === 0 ? [] : [[0, to]]))
    .concat(
      count > 3
        ? [
            [2, 3],
            [3, 1],
          ]
        : [],
    );
  const conversations = pairs.flatMap(([from, to]) =>
    talk(assets[from as number] as Asset[], assets[to as number] as Asset[]),
  );
  const all = assets.flat();
  const byId = new Map(all.map((asset) => [asset.id, asset]));
  const idOf = new Map(all.flatMap(({ id, ip }) => ip.map((address) => [address, id] as const)));
  const zoneOfAsset = new Map(zones.flatMap(({ id, members }) => members.map(({ assetId }) => [assetId, id] as const)));
  const zoneOfAddress = new Map([...idOf].map(([address, id]) => [address, zoneOfAsset.get(id) as string]));
  const end = (address: string) => ({ address, scoped: address, assetId: idOf.get(address) ?? null });
  const flows = conversations.map((conversation): Flow => {
    const accesses = conversation.operations.map(({ access }) => access);
    return { client: end(conversation.client), server: end(conversation.server), accesses, conversation };
  });
  const conduits = pairs.map(([from, to]) =>
    conduitBetween(zones[from as number] as Zone, zones[to as number] as Zone, policy),
  );
  const violations = policy ? flows.slice(0, 3).map((flow, index) => violationOf(flow, zoneOfAddress, index)) : [];
  return {
    snapshot: snapshotOf(conversations),
    assets: { all, byId, idOf },
    flows,
    policy: policy ? { version: 1, zones: [], conduits: [] } : null,
    zoning: { zones, zoneOfAsset, zoneOfAddress },
    conduits,
    check: policy ? { violations, unusedConduits: [], unusedPermissions: [] } : null,
    findings: zones.flatMap((zone, index) => findingsIn(zone, index, name)),
    events: [],
  };
}

function assetAt(zone: number, n: number, kind: ZoneKind, name: string): Asset {
  const ip = `10.${zone}.${n >> 8}.${n & 255}`;
  const role = ROLES[kind][n % ROLES[kind].length] as Role;
  const evidence: EvidenceSnapshot[] = [
    ['vendor', `Works ${name}`, 'modbus.mei-0e-00', 0.9],
    ['model', `M-${n % 7}`, 'modbus.mei-0e-01', 0.9],
    ['firmware', `V${n % 5}.2`, 'modbus.mei-0e-02', 0.9],
    ['name', `dev-${zone}-${n}${name}`, 'lldp.system-name', 0.8],
  ].map(([field, value, source, confidence]) => ({
    field: field as string,
    value: value as string,
    source: source as string,
    confidence: confidence as number,
    unit: null,
    file: FILE,
    frame: 100 * zone + n + 1,
    firstSeen: START,
    lastSeen: START + 60e6,
    times: 3,
  }));
  const described = {
    ip: [ip],
    mac: [`00:1d:9c:00:${zone.toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`],
    names: [`dev-${zone}-${n}${name}`],
    vendor: `Works ${name}`,
    product: null,
    model: `M-${n % 7}`,
    firmware: `V${n % 5}.2`,
    role,
    protocols: [{ name: 'modbus', as: 'server' as const }],
  };
  return {
    ...described,
    id: `ip-${ip}`,
    vlan: [100 + zone],
    hardware: null,
    serial: null,
    roleConfidence: 0.8,
    roleReasons: ['answers Modbus'],
    roleRunnerUp: null,
    purdueLevel: LEVELS[kind],
    parent: null,
    joined: [],
    conflicts: [],
    completeness: completenessOf({ ...described, os: null, location: null, services: ['modbus'], logs: false }),
    firstSeen: START,
    lastSeen: START + 60e6,
    evidence,
  };
}

function zoneAt(index: number, kind: ZoneKind, assets: readonly Asset[], name: string): Zone {
  return {
    id: `zone-${index}`,
    name: `${kind} area ${index}${name}`,
    kind,
    securityLevelTarget: kind === 'safety' ? 3 : kind === 'external' ? 0 : 2,
    rationale: [`a ${kind} zone`],
    reasons: ['one subnet'],
    members: assets.map(({ id }) => ({
      assetId: id,
      reasons: ['its subnet'],
      runnerUp: null,
      margin: 0.7,
      placedBy: 'proposal',
    })),
    addresses: [],
    locked: false,
  };
}

function talk(clients: readonly Asset[], servers: readonly Asset[]): ConversationSnapshot[] {
  return servers.map((server, index) => {
    const client = clients[index % clients.length] as Asset;
    const access = ACCESSES[index % ACCESSES.length] as Access;
    const times = { firstSeen: START, lastSeen: START + 60e6 };
    return {
      client: client.ip[0] as string,
      server: server.ip[0] as string,
      scope: 0,
      transport: 'tcp',
      port: 502,
      protocol: 'modbus',
      recognised: true,
      initiator: 'syn',
      flows: 1,
      packets: 120,
      packetsFromClient: 60,
      packetsFromServer: 60,
      bytes: 12_000 * (index + 1),
      ...times,
      firstFrame: { file: FILE, frame: 1 },
      operations: [
        {
          code: '3',
          name: 'Read Holding Registers',
          access,
          effect: null,
          firstFrame: { file: FILE, frame: 2 },
          units: [1],
          unitsAnswered: [1],
          requests: 60,
          responses: 60,
          errors: 0,
          ...times,
          ranges: [],
        },
      ],
    };
  });
}

function conduitBetween(from: Zone, to: Zone, approved: boolean): Conduit {
  const unbounded = to.kind === 'control';
  return {
    id: `${from.id}-${to.id}`,
    from: from.id,
    to: to.id,
    status: approved ? 'approved' : 'proposed',
    decision: null,
    allow: [{ protocol: 'modbus', access: ['read', 'write'] }],
    boundary: {
      observed: unbounded ? 'none' : 'router',
      macs: unbounded ? [] : ['00:00:5e:00:01:01'],
      reasons: [unbounded ? 'no boundary observed: frames pass with their TTL untouched' : 'a router forwards'],
    },
    traffic: {
      conversations: 4,
      packets: 480,
      bytes: 48_000,
      firstSeen: START,
      lastSeen: START + 60e6,
      ports: ['tcp/502'],
    },
  };
}

function violationOf(
  { client, server, conversation }: Flow,
  zones: ReadonlyMap<string, string>,
  index: number,
): Violation {
  return {
    id: `violation-${index}`,
    kind: index === 2 ? 'not-permitted' : 'no-conduit',
    client: client.address,
    server: server.address,
    clientId: client.assetId,
    serverId: server.assetId,
    protocol: conversation.protocol,
    transport: 'tcp',
    port: 502,
    fromZone: zones.get(client.address) ?? null,
    toZone: zones.get(server.address) ?? null,
    access: 'write',
    accesses: ['write'],
    operations: [],
    severity: 'high',
    reasons: ['it writes across a border'],
    firstSeen: START,
    lastSeen: START + 60e6,
    packets: 120,
    bytes: 12_000,
    attempt: false,
    samples: [{ file: FILE, frame: 7 + index }],
  };
}

function findingsIn(zone: Zone, index: number, name: string): Finding[] {
  return [
    {
      id: `unauthenticated-protocol:${zone.id}`,
      rule: 'unauthenticated-protocol',
      requirement: 'SR 1.2',
      title: `Controllers in ${zone.name} obey whoever speaks Modbus`,
      why: 'Modbus has no authentication: whoever reaches port 502 can change the process.',
      severity: SEVERITIES[index % SEVERITIES.length] as Finding['severity'],
      zone: zone.id,
      zones: [zone.id],
      assets: zone.members.slice(0, 3).map(({ assetId }) => assetId),
      evidence: [`10.0.0.1 wrote registers 0 to 9 sixty times${name}`],
      samples: [{ file: FILE, frame: 3 + index }],
      mend: 'Let only the SCADA server reach port 502.',
      disturbs: 'Nothing that was heard.',
      technique: 'T0855',
      firstSeen: START,
      lastSeen: START + 60e6,
    },
  ];
}

function snapshotOf(conversations: readonly ConversationSnapshot[]): Snapshot {
  const packets = conversations.reduce((sum, entry) => sum + entry.packets, 0);
  const bytes = conversations.reduce((sum, entry) => sum + entry.bytes, 0);
  return {
    capture: {
      packets,
      bytes,
      firstSeen: START,
      lastSeen: START + 60e6,
      files: [{ name: FILE, packets, bytes, hearing: null, error: null }],
      quality: {
        ...NOTHING_HEARD.capture.quality,
        messages: { ...NOTHING_HEARD.capture.quality.messages, ok: packets },
      },
    },
    hosts: [],
    conversations,
  };
}

/** An assessment of a plant that says something of everything. */
export function assessmentOf(plant: Plant): Assessment {
  const requirements = Object.keys(REQUIREMENT_NAMES).map((n) => Number(n) as FoundationalRequirement);
  return {
    method: {
      tool: 'Fieldmark',
      version: '0.1.0',
      captures: [{ name: FILE, sha256: 'ab'.repeat(32), packets: plant.snapshot.capture.packets }],
      policySha256: plant.policy === null ? null : 'cd'.repeat(32),
      rules: [{ id: 'unauthenticated-protocol', title: 'Protocols without authentication', requirement: 'SR 1.2' }],
    },
    blindSpots: ['Firewall rules that were never exercised are not heard.'],
    flatness: 0.42,
    zones: plant.zoning.zones.map((zone) => ({
      zone: zone.id,
      securityLevelTarget: zone.securityLevelTarget,
      requirements: requirements.map((requirement) => {
        const capped = requirement === 1 && zone.securityLevelTarget > 0;
        return {
          requirement,
          name: REQUIREMENT_NAMES[requirement],
          cap: capped ? 0 : null,
          reasons: capped ? ['Modbus without authentication writes here'] : [],
          gap: capped,
          evidence: [
            {
              requirement: `SR ${requirement}.1`,
              title: 'The first of its system requirements',
              verdict: capped ? ('against' as const) : ('not-observable' as const),
              statement: capped ? 'Modbus was heard' : 'Accounts are not heard on the wire',
              findings: capped ? [`unauthenticated-protocol:${zone.id}`] : [],
            },
          ],
          attestations:
            requirement === 7
              ? [
                  {
                    id: 'a1',
                    zone: zone.id,
                    requirement: 'FR 7',
                    statement: 'Backups are restored yearly',
                    evidence: 'Record 12',
                    by: 'A. Person',
                    at: START,
                  },
                ]
              : [],
        };
      }),
    })),
    commonFindings: [
      {
        id: 'flat-network',
        title: 'No zone and conduit model',
        verdict: 'found',
        statement: 'Flat in parts',
        findings: [],
      },
      {
        id: 'incident-response',
        title: 'No incident response plan for OT',
        verdict: 'not-observable',
        statement: 'Not heard',
        findings: [],
      },
    ],
    roadmap: plant.findings.slice(0, 6).map(({ id, zone, requirement, severity, mend, why }, index) => ({
      order: index + 1,
      title: mend,
      requirement,
      zones: zone === null ? [] : [zone],
      findings: [id],
      risk: severity,
      effort: 2,
      operations: 'window',
      needs: 'a maintenance window',
      why,
      how: 'At the switch in front of the cell.',
    })),
  };
}
