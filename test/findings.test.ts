/** Every rule of the assessment: a plant in which it finds, and one like it in which it must not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capBy, foundationalOf } from '../agent/assess/requirements.ts';
import { RULES } from '../agent/assess/rules/index.ts';
import type { Violation } from '../agent/policy/violation.ts';
import type { Conduit } from '../agent/zones/conduit.ts';
import { type Device, does, found, HOUR, operation, type PlantParts, plant, SECOND, talk } from './assess-support.ts';

const mac = (last: number) => `00:1b:1b:00:00:${last.toString(16).padStart(2, '0')}`;

const PLC: Device = { ip: '10.0.1.1', mac: mac(1), role: 'plc' };
const PLC2: Device = { ip: '10.0.1.2', mac: mac(2), role: 'plc' };
const SCADA: Device = { ip: '10.0.2.1', mac: mac(3), role: 'scada-server' };
const HISTORIAN: Device = { ip: '10.0.2.2', mac: mac(4), role: 'historian' };
const ENGINEER: Device = { ip: '10.0.2.3', mac: mac(5), role: 'engineering-workstation' };
const ENGINEER2: Device = { ip: '10.0.2.4', mac: mac(6), role: 'engineering-workstation' };
const SIS: Device = { ip: '10.0.5.1', mac: mac(7), role: 'safety-controller' };
const JUMP: Device = { ip: '10.0.3.1', mac: mac(8), role: 'server' };
const OFFICE: Device = { ip: '10.9.0.1', mac: mac(9), role: 'workstation' };
const INTERNET: Device = { ip: '93.184.216.34' };

const ZONES: NonNullable<PlantParts['zones']> = {
  cell: ['control', PLC.ip, PLC2.ip],
  operations: ['supervisory', SCADA.ip, HISTORIAN.ip, ENGINEER.ip, ENGINEER2.ip],
  safety: ['safety', SIS.ip],
  dmz: ['dmz', JUMP.ip],
  office: ['enterprise', OFFICE.ip],
  internet: ['external', INTERNET.ip],
};
const DEVICES = [PLC, PLC2, SCADA, HISTORIAN, ENGINEER, ENGINEER2, SIS, JUMP, OFFICE, INTERNET];
const unanswered = { packets: 1, packetsFromClient: 1, packetsFromServer: 0 };
const read = does('read');

/** The plant of all devices in their zones, with some talks. */
const talking = (...talks: PlantParts['talks'] & object): PlantParts => ({ devices: DEVICES, zones: ZONES, talks });
/** One device that says something of itself, in a control zone. */
const saying = (field: string, value: string, source?: string): PlantParts => ({
  devices: [{ ...PLC, evidence: [source === undefined ? [field, value] : [field, value, source]] }, PLC2],
  zones: { cell: ['control', PLC.ip, PLC2.ip] },
});
const beside = (...devices: readonly Device[]): PlantParts => ({ devices, zones: ZONES });

const traffic = { conversations: 1, packets: 10, bytes: 1000, firstSeen: 0, lastSeen: HOUR, ports: ['tcp/502'] };
const conduit = (more: Partial<Conduit>): Conduit => ({
  ...{ id: 'a', from: 'operations', to: 'cell', status: 'proposed', decision: null },
  ...{ allow: [{ protocol: 'modbus', access: null }], boundary: { observed: 'unknown', macs: [], reasons: [] } },
  traffic,
  ...more,
});
const violation = (more: Partial<Violation> = {}): Violation => ({
  ...{
    id: 'v',
    kind: 'no-conduit',
    client: OFFICE.ip,
    server: PLC.ip,
    clientId: `ip-${OFFICE.ip}`,
    serverId: `ip-${PLC.ip}`,
  },
  ...{
    protocol: 'modbus',
    transport: 'tcp',
    port: 502,
    fromZone: 'office',
    toZone: 'cell',
    access: 'write',
    accesses: ['write'],
    operations: [],
  },
  ...{ severity: 'high', reasons: [], firstSeen: 0, lastSeen: 1, packets: 1, bytes: 60, attempt: false, samples: [] },
  ...more,
});
const checked = (violations: readonly Violation[]): PlantParts => ({
  ...talking(),
  check: { violations, unusedConduits: [], unusedPermissions: [] },
});
const many = (count: number, make: (index: number) => ReturnType<typeof talk>) =>
  Array.from({ length: count }, (_, i) => make(i));
const knock = { ...unanswered, recognised: false };
const row = (count: number, third: number): Device[] =>
  Array.from({ length: count }, (_, i) => ({
    ip: `10.0.${third}.${i + 1}`,
    mac: `00:1b:1b:00:0${third}:${(i + 1).toString(16).padStart(2, '0')}`,
    role: 'plc' as const,
  }));
const hearing = { packets: 200, tcp: 10_000, toGroups: 0, duplicates: 0, cutPackets: 0, gaps: 0, droppedByCapture: 0 };
const file = (more: object) => ({
  files: [
    {
      name: 'a.pcap',
      packets: 200,
      bytes: 1,
      error: null,
      hearing: { ...hearing, vlanTagged: 0, unreadable: 0, ...more },
    },
  ],
});
const polling = (period: number, jitter: number) =>
  operation('read', {
    ranges: [
      {
        unit: 1,
        space: 'holding-register',
        name: null,
        first: 0,
        last: 9,
        times: 1000,
        period,
        jitter,
        rhythm: { intervals: 999, meanInterval: 1e6 * period, squaredDeviations: 999 * (1e6 * jitter) ** 2 },
      },
    ],
  });
const requests = (counts: { requests?: number; responses?: number; errors?: number }) => ({
  operations: [operation('read', counts)],
});

/** For each rule: what it finds, and what it must leave alone. */
const CASES: Readonly<Record<string, { finds: readonly PlantParts[]; leaves: readonly PlantParts[] }>> = {
  'safety-reached': {
    finds: [
      talking(talk(SCADA.ip, SIS.ip, 'modbus', does('read', 'write'))),
      talking(talk(OFFICE.ip, SIS.ip, 'modbus', read)),
      talking(talk(SCADA.ip, SIS.ip, 'tcp/4000')),
      talking(talk(SCADA.ip, SIS.ip, 'ssh', does('session'))),
    ],
    leaves: [
      talking(talk(SCADA.ip, SIS.ip, 'modbus', does('session', 'diagnostic', 'read'))),
      talking(talk(SIS.ip, SCADA.ip, 'modbus', does('write'))),
      talking(talk(SCADA.ip, PLC.ip, 'modbus', does('write'))),
    ],
  },
  'safety-shares-segment': {
    finds: [beside({ ...SIS, ip: '10.0.1.9' }, PLC)],
    leaves: [beside(SIS, PLC), beside({ ...SIS, ip: '10.0.1.9' }, { ...ENGINEER, ip: '10.0.1.8' })],
  },
  'internet-ingress': {
    finds: [talking(talk(INTERNET.ip, SCADA.ip, 'rdp')), talking(talk(INTERNET.ip, JUMP.ip, 'tcp/443', unanswered))],
    leaves: [
      talking(talk(INTERNET.ip, OFFICE.ip, 'tls')),
      talking(talk(OFFICE.ip, SCADA.ip, 'rdp')),
      // an address of the internet on the plant's own segment
      { ...talking(talk(INTERNET.ip, SCADA.ip, 'rdp')), devices: [SCADA, { ...INTERNET, mac: mac(40) }] },
    ],
  },
  'internet-egress': {
    finds: [talking(talk(PLC.ip, INTERNET.ip, 'tls')), talking(talk(SCADA.ip, INTERNET.ip, 'dns', unanswered))],
    leaves: [talking(talk(OFFICE.ip, INTERNET.ip, 'tls')), talking(talk(JUMP.ip, INTERNET.ip, 'tls'))],
  },
  'enterprise-to-control': {
    finds: [talking(talk(OFFICE.ip, PLC.ip, 'modbus', read)), talking(talk(PLC.ip, OFFICE.ip, 'http', read))],
    leaves: [talking(talk(SCADA.ip, PLC.ip, 'modbus', read)), talking(talk(OFFICE.ip, SCADA.ip, 'opcua', read))],
  },
  'dmz-bypass': {
    finds: [talking(talk(OFFICE.ip, SCADA.ip, 'opcua', read)), talking(talk(SCADA.ip, OFFICE.ip, 'smb', read))],
    leaves: [
      talking(talk(OFFICE.ip, JUMP.ip, 'http', read), talk(JUMP.ip, SCADA.ip, 'opcua', read)),
      talking(talk(OFFICE.ip, SCADA.ip, 'rdp')), // remote access says more of it
    ],
  },
  'dmz-to-control': {
    finds: [talking(talk(JUMP.ip, PLC.ip, 'http', read))],
    leaves: [talking(talk(JUMP.ip, PLC.ip, 'ssh')), talking(talk(JUMP.ip, SCADA.ip, 'opcua', read))],
  },
  'relayed-through-dmz': {
    finds: [
      talking(talk(OFFICE.ip, JUMP.ip, 'smb', read), talk(JUMP.ip, SCADA.ip, 'smb', read)),
      talking(talk(OFFICE.ip, JUMP.ip, 'rdp'), talk(JUMP.ip, PLC.ip, 's7comm', does('program'))),
    ],
    leaves: [
      talking(talk(OFFICE.ip, JUMP.ip, 'http', read), talk(JUMP.ip, SCADA.ip, 'opcua', read)),
      talking(talk(OFFICE.ip, JUMP.ip, 'dns', read), talk(JUMP.ip, SCADA.ip, 'dns', read)),
      talking(talk(OFFICE.ip, JUMP.ip, 'rdp'), talk(JUMP.ip, SCADA.ip, 'rdp')),
      // one after the other: nothing is passed on
      talking(
        talk(OFFICE.ip, JUMP.ip, 'smb', { lastSeen: SECOND }),
        talk(JUMP.ip, SCADA.ip, 'smb', { firstSeen: 2 * SECOND }),
      ),
    ],
  },
  'remote-access': {
    finds: [
      talking(talk(OFFICE.ip, SCADA.ip, 'rdp')),
      talking(talk(INTERNET.ip, ENGINEER.ip, 'vnc')),
      talking(talk(SCADA.ip, INTERNET.ip, 'teamviewer')),
      talking(talk(ENGINEER.ip, INTERNET.ip, 'udp/1194', { transport: 'udp' })),
    ],
    leaves: [
      talking(talk(JUMP.ip, SCADA.ip, 'rdp')),
      talking(talk(SCADA.ip, PLC.ip, 'ssh')),
      talking(talk(OFFICE.ip, JUMP.ip, 'rdp')),
      talking(talk(SCADA.ip, INTERNET.ip, 'ssh')),
    ],
  },
  'flat-network': {
    finds: [{ devices: row(8, 1) }],
    leaves: [{ devices: row(3, 1) }, { devices: [1, 2, 3, 4].flatMap((net) => row(2, net)) }],
  },
  'business-shares-segment': {
    finds: [
      beside({ ...OFFICE, ip: '10.0.1.50' }, PLC),
      beside({ ip: '10.0.1.51', mac: mac(50), role: 'printer' }, PLC),
    ],
    leaves: [beside(OFFICE, PLC), beside({ ip: '10.0.1.52', mac: mac(51), role: 'hmi' }, PLC)],
  },
  'no-boundary': {
    finds: [
      { ...talking(), conduits: [conduit({ boundary: { observed: 'none', macs: [], reasons: ['side by side'] } })] },
    ],
    leaves: [
      { ...talking(), conduits: [conduit({ boundary: { observed: 'router', macs: [mac(60)], reasons: [] } })] },
      { ...talking(), conduits: [conduit({})] },
      { ...talking(), conduits: [conduit({ traffic: null, boundary: { observed: 'none', macs: [], reasons: [] } })] },
    ],
  },
  'dual-homed': {
    finds: [{ devices: [SCADA, { ...SCADA, ip: '10.9.0.7' }] }],
    leaves: [
      { devices: [SCADA, { ...SCADA, ip: '10.0.2.77' }] },
      {
        devices: [
          { ...SCADA, role: 'firewall' },
          { ...SCADA, ip: '10.9.0.7', role: 'firewall' },
        ],
      },
    ],
  },
  wireless: {
    finds: [saying('device-type', 'WLAN access point')],
    leaves: [saying('device-type', 'bridge')],
  },
  'temporary-device': {
    finds: [
      named('LT-SERVICE-07'),
      named('MAINTENANCE-LAPTOP'),
      {
        ...talking(talk(ENGINEER.ip, PLC.ip, 's7comm', does('program'))),
        devices: [PLC, { ...ENGINEER, from: HOUR / 4, to: HOUR / 2 }],
      },
    ],
    leaves: [
      talking(talk(ENGINEER.ip, PLC.ip, 's7comm', does('program'))),
      named('ALTERNATOR-1'),
      // it was there at the end of the capture
      { ...talking(talk(ENGINEER.ip, PLC.ip, 's7comm')), devices: [PLC, { ...ENGINEER, from: HOUR * 0.7 }] },
      // it spoke to no controller
      {
        ...talking(talk(ENGINEER.ip, SCADA.ip, 'smb')),
        devices: [SCADA, { ...ENGINEER, from: HOUR / 4, to: HOUR / 2 }],
      },
    ],
  },
  'policy-violations': { finds: [checked([violation()])], leaves: [checked([]), talking()] },
  'rejected-conduits': {
    finds: [{ ...talking(), conduits: [conduit({ status: 'rejected' })] }],
    leaves: [
      { ...talking(), conduits: [conduit({ status: 'rejected', traffic: null }), conduit({ status: 'approved' })] },
    ],
  },
  'person-to-person': {
    finds: [
      talking(talk(SCADA.ip, OFFICE.ip, 'smtp')),
      talking(talk(SCADA.ip, INTERNET.ip, 'tls', { port: 993 })),
      {
        ...talking(talk(SCADA.ip, INTERNET.ip, 'tls', { port: 443 })),
        devices: [SCADA, { ...INTERNET, evidence: [['name', 'www.facebook.com']] }],
      },
    ],
    leaves: [talking(talk(OFFICE.ip, INTERNET.ip, 'smtp')), talking(talk(SCADA.ip, INTERNET.ip, 'tls', { port: 443 }))],
  },
  'office-services': {
    finds: [talking(talk(PLC.ip, HISTORIAN.ip, 'smb'))],
    leaves: [talking(talk(SCADA.ip, HISTORIAN.ip, 'smb')), talking(talk(PLC.ip, HISTORIAN.ip, 'smb', unanswered))],
  },
  'cleartext-login': {
    finds: [
      saying('protection', 'cleartext login (Telnet)'),
      saying('protection', 'cleartext login (HTTP Basic authentication)'),
      saying('protection', 'LDAP simple bind: password in clear'),
      saying('protection', 'VNC password, screen in clear'),
      saying('protection', 'a password is sent to it'),
      saying('protection', 'OPC UA: password sent without encryption'),
    ],
    leaves: [saying('protection', 'TLS 1.2'), saying('note', 'cleartext login (Telnet)'), talking()],
  },
  'default-login': {
    finds: [
      saying('protection', 'SNMP: default community in use'),
      saying('protection', 'HTTP: a default login is sent to it'),
    ],
    leaves: [saying('protection', 'SNMP v2c: community in clear')],
  },
  'open-access': {
    finds: [
      saying('protection', 'VNC without password'),
      saying('protection', 'level 1: no protection'),
      saying('protection', 'no password set'),
      saying('protection', 'OPC UA: offers anonymous login'),
    ],
    leaves: [saying('protection', 'level 3: read and write protection'), saying('protection', 'password set')],
  },
  'snmp-community': {
    finds: [saying('protection', 'SNMP v1: community in clear'), saying('protection', 'SNMP v2c: community in clear')],
    leaves: [saying('protection', 'SNMPv3: authenticated and encrypted')],
  },
  'unauthenticated-protocols': {
    finds: [talking(talk(SCADA.ip, PLC.ip, 'modbus', does('write')))],
    leaves: [
      talking(talk(SCADA.ip, PLC.ip, 'modbus', read)),
      talking(talk(SCADA.ip, PLC.ip, 'opcua', does('write'))),
      {
        ...talking(talk(SCADA.ip, PLC.ip, 'dnp3', does('control'))),
        devices: [SCADA, { ...PLC, evidence: [['protection', 'Secure Authentication in use', 'dnp3.authentication']] }],
      },
    ],
  },
  'opcua-unsecured': {
    finds: [
      saying('protection', 'OPC UA: not secured (policy None)'),
      saying('protection', 'OPC UA: offers no security (policy None)'),
    ],
    leaves: [saying('protection', 'OPC UA: secured (policy Basic256Sha256)')],
  },
  'obsolete-cryptography': {
    finds: [
      saying('protection', 'TLS 1.0 (obsolete)'),
      saying('protection', 'cipher suite 0x0005: RC4'),
      saying('protection', 'SSH 1 accepted (obsolete)'),
      saying('protection', 'RDP standard security (no TLS)'),
    ],
    leaves: [
      saying('protection', 'TLS 1.2'),
      saying('protection', 'TLS 1.3'),
      saying('protection', 'RDP with network level authentication'),
      saying('protection', 'SMB 1 in use (obsolete)'), // it betrays the system
    ],
  },
  'unused-encryption': {
    finds: [
      saying('protection', 'SNMPv3: authenticated, not encrypted'),
      saying('protection', 'SNMPv3: no authentication'),
      saying('protection', 'SQL Server: no encryption'),
    ],
    leaves: [saying('protection', 'SNMPv3: authenticated and encrypted'), saying('protection', 'PostgreSQL over TLS')],
  },
  'end-of-life-systems': {
    finds: [saying('os', 'Windows XP (5.1.2600)'), saying('protection', 'SMB 1 in use (obsolete)')],
    leaves: [
      saying('os', 'Windows 7 or Server 2008 R2, or compatible'),
      saying('os', 'Windows 11 (10.0.26100)'),
      saying('os', 'Windows 10 or Server 2019 (10.0.17763)'),
    ],
  },
  'clear-outside': {
    finds: [talking(talk(OFFICE.ip, SCADA.ip, 'http', read))],
    leaves: [talking(talk(OFFICE.ip, SCADA.ip, 'tls')), talking(talk(SCADA.ip, PLC.ip, 'modbus', read))],
  },
  'unexpected-writer': {
    finds: [
      talking(talk(HISTORIAN.ip, PLC.ip, 'modbus', does('write'))),
      talking(talk(OFFICE.ip, PLC.ip, 's7comm', does('write'))),
      talking(talk(JUMP.ip, SCADA.ip, 'opcua', does('write'))),
    ],
    leaves: [
      talking(talk(HISTORIAN.ip, PLC.ip, 'modbus', read)),
      talking(talk(SCADA.ip, PLC.ip, 'modbus', does('write'))),
      talking(talk(OFFICE.ip, SCADA.ip, 'smb', does('write'))),
    ],
  },
  'several-programmers': {
    finds: [
      talking(
        talk(ENGINEER.ip, PLC.ip, 's7comm', does('program')),
        talk(ENGINEER2.ip, PLC.ip, 's7comm', does('program')),
      ),
    ],
    leaves: [
      talking(
        talk(ENGINEER.ip, PLC.ip, 's7comm', does('program')),
        talk(ENGINEER2.ip, PLC2.ip, 's7comm', does('program')),
      ),
      talking(talk(ENGINEER.ip, PLC.ip, 's7comm', does('program')), talk(ENGINEER2.ip, PLC.ip, 's7comm', read)),
    ],
  },
  'controller-changed': {
    finds: [
      talking(talk(ENGINEER.ip, PLC.ip, 's7comm', does('program'))),
      talking(talk(SCADA.ip, PLC.ip, 's7comm', { operations: [operation('control', { name: 'PLC Stop' })] })),
    ],
    leaves: [
      talking(talk(SCADA.ip, PLC.ip, 'iec104', { operations: [operation('control', { name: 'Single Command' })] })),
      talking(talk(ENGINEER.ip, PLC.ip, 's7comm', { operations: [operation('program', { errors: 10 })] })),
    ],
  },
  'arp-spoofing': {
    finds: [{ devices: [PLC, SCADA, { ...PLC, mac: mac(66) }, { ...SCADA, mac: mac(66) }].reduce(merged, []) }],
    leaves: [{ devices: [{ ...PLC, moreMacs: [mac(66)] }] }, { devices: failover() }, { devices: [PLC, PLC2] }],
  },
  'address-conflict': {
    finds: [{ devices: [{ ...PLC, moreMacs: [mac(66)] }] }, saying('state', 'IP address conflict')],
    leaves: [
      { devices: [{ ...PLC, moreMacs: ['00:00:5e:00:01:07'] }] }, // VRRP
      { devices: [{ ...PLC, moreMacs: [mac(2)] }] }, // two interfaces of one device
      { devices: [PLC, PLC2] },
    ],
  },
  scan: {
    finds: [
      talking(...many(12, (i) => talk(ENGINEER.ip, `10.0.1.${i + 1}`, 'tcp/502', { ...knock, port: 502 }))),
      talking(...many(20, (i) => talk(ENGINEER.ip, PLC.ip, `tcp/${i + 1}`, { ...knock, port: i + 1 }))),
    ].map((parts) => ({
      ...parts,
      devices: [...DEVICES, ...row(12, 1).map((device) => ({ ...device, silent: true }))],
    })),
    leaves: [
      talking(...many(12, (i) => talk(SCADA.ip, `10.0.1.${i + 1}`, 'modbus', { ...read, port: 502 }))),
      talking(...many(3, (i) => talk(ENGINEER.ip, `10.0.1.${i + 1}`, 'tcp/502', { ...knock, port: 502 }))),
    ].map((parts) => ({
      ...parts,
      devices: [...DEVICES, ...row(12, 1).map((device) => ({ ...device, silent: true }))],
    })),
  },
  flood: {
    finds: [
      talking(talk(OFFICE.ip, PLC.ip, 'tcp/502', { ...unanswered, flows: 900, packetsFromClient: 900, packets: 900 })),
    ],
    leaves: [
      talking(talk(SCADA.ip, PLC.ip, 'modbus', { flows: 900, packetsFromClient: 9000, packetsFromServer: 9000 })),
      talking(talk(SCADA.ip, PLC.ip, 'tcp/502', { ...unanswered, flows: 20, packetsFromClient: 60 })),
    ],
  },
  'malformed-messages': {
    finds: [{ ...talking(), quality: { messages: { ok: 1000, truncated: 0, malformed: 50, unsupported: 0 } } }],
    leaves: [{ ...talking(), quality: { messages: { ok: 1_000_000, truncated: 0, malformed: 50, unsupported: 0 } } }],
  },
  'broadcast-load': {
    finds: [talking(talk(PLC.ip, '10.0.1.255', 'udp/137', { transport: 'udp', packetsFromClient: 3_600_000 }))],
    leaves: [talking(talk(PLC.ip, '10.0.1.255', 'udp/137', { transport: 'udp', packetsFromClient: 3600 }))],
  },
  retransmissions: {
    finds: [{ ...talking(), capture: file({}), quality: { retransmissions: 500 } }].map(withQuality),
    leaves: [{ ...talking(), capture: file({}), quality: { retransmissions: 50 } }].map(withQuality),
  },
  'refused-requests': {
    finds: [
      talking(talk(SCADA.ip, PLC.ip, 'modbus', requests({ requests: 100, responses: 100, errors: 50 }))),
      talking(talk(SCADA.ip, PLC.ip, 'modbus', requests({ requests: 100, responses: 50 }))),
    ],
    leaves: [
      talking(talk(SCADA.ip, PLC.ip, 'modbus', requests({ requests: 100, responses: 100, errors: 1 }))),
      // one direction was heard only
      talking(talk(SCADA.ip, PLC.ip, 'modbus', { ...requests({ requests: 100, responses: 0 }), packetsFromServer: 0 })),
    ],
  },
  'strained-polling': {
    finds: [talking(talk(SCADA.ip, PLC.ip, 'modbus', { operations: [polling(0.1, 0.3)] }))],
    leaves: [
      talking(talk(SCADA.ip, PLC.ip, 'modbus', { operations: [polling(0.1, 0.01)] })),
      talking(talk(SCADA.ip, PLC.ip, 'modbus', { operations: [polling(10, 20)] })),
    ],
  },
  'redundancy-lost': {
    finds: [saying('state', 'MRP ring open', 'mrp.test.ring-state')],
    leaves: [saying('state', 'MRP ring closed', 'mrp.test.ring-state')],
  },
  'silent-zones': {
    finds: [talking(talk(SCADA.ip, PLC.ip, 'modbus', read))],
    leaves: [
      talking(talk(PLC.ip, JUMP.ip, 'syslog'), talk(SCADA.ip, JUMP.ip, 'snmp', { port: 162 })),
      { ...talking(), capture: { lastSeen: 60 * SECOND } },
    ],
  },
  'unsynchronised-zones': {
    finds: [talking(talk(SCADA.ip, PLC.ip, 'modbus', read))],
    leaves: [
      talking(talk(PLC.ip, JUMP.ip, 'ntp'), talk(SCADA.ip, JUMP.ip, 'ntp')),
      { ...talking(), capture: { lastSeen: 60 * SECOND } },
    ],
  },
  'impaired-listening': {
    finds: [{ ...talking(), quality: { oneSidedShare: 0.6 } }],
    leaves: [{ ...talking(), capture: file({ duplicates: 100 }) }, talking()],
  },
  'incomplete-inventory': {
    finds: [{ devices: [{ ip: PLC.ip, role: 'plc' }] }],
    leaves: [
      {
        devices: [
          {
            ...PLC,
            evidence: ['name', 'vendor', 'model', 'firmware'].map((field) => [field, `a ${field}`] as const),
          },
          SCADA,
        ].slice(0, 1),
        talks: [talk(SCADA.ip, PLC.ip, 'modbus', read)],
      },
    ],
  },
  'mixed-firmware': {
    finds: [firmwares('V1.0', 'V2.0')],
    leaves: [firmwares('V1.0', 'V1.0')],
  },
};

/** Two servers that take turns in having two addresses. */
function failover(): Device[] {
  return [SCADA, HISTORIAN].map(({ ip }): Device => ({ ip, mac: mac(70), moreMacs: ['00:1b:1b:00:77:01'] }));
}

/** An engineering station of that name that is there all the time. */
function named(name: string): PlantParts {
  const devices = [PLC, { ...ENGINEER, evidence: [['name', name] as const] }];
  return { ...talking(talk(ENGINEER.ip, PLC.ip, 's7comm', does('read'))), devices };
}

function firmwares(first: string, second: string): PlantParts {
  const of = (device: Device, firmware: string): Device => ({
    ...device,
    evidence: [
      ['model', 'M580'],
      ['firmware', firmware],
    ],
  });
  return { devices: [of(PLC, first), of(PLC2, second)] };
}

/** One host per address: what several devices say of the same address is put together. */
function merged(all: Device[], { mac: claimed, ...device }: Device): Device[] {
  const same = all.find(({ ip }) => ip === device.ip);
  if (same === undefined || claimed === undefined)
    return [...all, claimed === undefined ? device : { ...device, mac: claimed }];
  return all.map((entry) => (entry === same ? { ...same, moreMacs: [...(same.moreMacs ?? []), claimed] } : entry));
}

/** `capture` overrides the quality too: put both together. */
function withQuality({ capture, quality, ...parts }: PlantParts): PlantParts {
  const { snapshot } = plant({ ...parts, ...(quality === undefined ? {} : { quality }) });
  return { ...parts, capture: { ...capture, quality: snapshot.capture.quality } };
}

test('every rule has its cases', () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

for (const { id, requirement, technique } of RULES) {
  const { finds = [], leaves = [] } = CASES[id] ?? {};
  describe(id, () => {
    test.each(finds.map((parts, index) => [index, parts] as const))('finds (%i)', (_, parts) => {
      const findings = found(id, parts);
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings) {
        expect(finding).toMatchObject({ rule: id, requirement });
        expect(finding.technique === null || /^T\d{4}(\.\d{3})?$/.test(finding.technique)).toBe(true);
        if (technique !== null) expect(finding.technique).not.toBeNull();
        for (const text of [finding.title, finding.why, finding.mend, finding.disturbs, ...finding.evidence]) {
          expect(text).not.toMatch(/undefined|null|NaN|\[object/);
          expect(text.length).toBeGreaterThan(2);
        }
        expect(finding.evidence.length).toBeGreaterThan(0);
      }
    });
    test.each(leaves.map((parts, index) => [index, parts] as const))('leaves alone (%i)', (_, parts) => {
      expect(found(id, parts)).toEqual([]);
    });
  });
}

test('rules cite what exists, and clauses that cap', () => {
  for (const { requirement, against, pointsAt = [] } of RULES) {
    expect(requirement).toMatch(/^(SR [1-7]\.\d+|ZCR 3\.[1-6])$/);
    for (const clause of [...against, ...pointsAt]) {
      expect(foundationalOf(clause)).not.toBeNull();
      expect(capBy(clause)).not.toBeNull();
    }
  }
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test('what an operator’s policy allows is graver than nothing, and less than what nobody allowed', () => {
  const bypass = talking(talk(OFFICE.ip, SCADA.ip, 'opcua', read));
  const check = { violations: [], unusedConduits: [], unusedPermissions: [] };
  const [undecided] = found('dmz-bypass', bypass);
  const [decided] = found('dmz-bypass', { ...bypass, check });
  expect([undecided?.severity, decided?.severity]).toEqual(['high', 'medium']);
  const violated = { ...check, violations: [violation({ client: OFFICE.ip, server: SCADA.ip, protocol: 'opcua' })] };
  expect(found('dmz-bypass', { ...bypass, check: violated })[0]?.severity).toBe('high');
});

test('no finding bears on a zone outside the plant', () => {
  const { findings } = plant(checked([violation({ fromZone: 'cell', toZone: 'internet' })]));
  expect(findings.find(({ rule }) => rule === 'policy-violations')?.zones).toEqual(['cell']);
});

describe('findings', () => {
  const everything = Object.values(CASES)
    .flatMap(({ finds }) => finds)
    .flatMap(({ talks = [] }) => talks);

  test('say the same whatever the order of hosts and conversations', () => {
    const bySeed = fc.record({
      talks: fc.shuffledSubarray(everything, { minLength: everything.length }),
      devices: fc.shuffledSubarray(DEVICES, { minLength: DEVICES.length }),
    });
    const known = JSON.stringify(told(plant({ ...talking(...sorted(everything)) })));
    fc.assert(
      fc.property(bySeed, ({ talks, devices }) => {
        // a snapshot is in order; only what is equal in it may come in another
        expect(JSON.stringify(told(plant({ ...talking(...sorted(talks)), devices })))).toBe(known);
      }),
      { numRuns: 30 },
    );
  });

  test('come the gravest first, and each once', () => {
    const { findings } = plant(talking(...everything));
    const order = ['critical', 'high', 'medium', 'low'];
    const severities = findings.map(({ severity }) => order.indexOf(severity));
    expect(severities).toEqual([...severities].sort((a, b) => a - b));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });

  test('are few in a large plant, and name all their assets', () => {
    const devices = [SCADA, ...[1, 2, 3, 4].flatMap((net) => row(100, net))];
    const talks = devices.slice(1).map(({ ip }) => talk(OFFICE.ip, ip, 'modbus', does('write')));
    const { findings } = plant({ devices: [...devices, OFFICE], talks, zones: { office: ['enterprise', OFFICE.ip] } });
    expect(findings.length).toBeLessThan(20);
    const jump = findings.find(({ rule }) => rule === 'enterprise-to-control');
    expect(jump?.assets).toHaveLength(401);
    expect(jump?.evidence.length).toBeLessThan(20);
  });
});

/** Findings without the frames that prove them: of equals another may be shown. */
function told({ findings }: ReturnType<typeof plant>) {
  return findings.map(({ samples: _, ...rest }) => rest);
}

function sorted(talks: readonly ReturnType<typeof talk>[]) {
  const key = (entry: ReturnType<typeof talk>) => JSON.stringify(entry);
  return [...talks].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
