/** Traffic against policies: where a policy puts devices, what it lets pass, and how much what it does not let pass matters. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { assetsOf } from '../agent/model/assets.ts';
import type { ConversationSnapshot, HostSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import { type Plant, plantOf } from '../agent/plant.ts';
import { checkPolicy } from '../agent/policy/check-policy.ts';
import type { Policy, PolicyMember } from '../agent/policy/policy.ts';
import { zoningOfPolicy } from '../agent/policy/policy-zones.ts';
import { proposePolicy } from '../agent/policy/propose-policy.ts';
import { readPolicy } from '../agent/policy/read-policy.ts';
import { writePolicy } from '../agent/policy/write-policy.ts';
import type { Conduit, Permission } from '../agent/zones/conduit.ts';
import { type Flow, flowsOf } from '../agent/zones/flow.ts';
import type { ZoneKind } from '../agent/zones/zone.ts';
import type { Access } from '../parsers/protocol.ts';
import { host, operation, sighting, snapshot, talk } from './snapshots.ts';

const MAC = '00:0e:8c:00:00:01';
const OTHER_MAC = '00:0e:8c:00:00:02';
const ROUTER = '70:db:98:00:00:01';

/** A policy of zones with their members, and conduits as `[from, to, what they allow]`. */
function policy(
  zones: Readonly<Record<string, readonly PolicyMember[]>>,
  conduits: readonly (readonly [string, string, readonly Permission[]])[] = [],
  kinds: Readonly<Record<string, ZoneKind>> = {},
): Policy {
  return {
    version: 1,
    zones: Object.entries(zones).map(([id, members]) => {
      return { id, name: id, kind: kinds[id] ?? 'control', securityLevelTarget: 2, members };
    }),
    conduits: conduits.map(([from, to, allow], index) => ({ id: `c${index}`, from, to, allow })),
  };
}

const any = (protocol: string): Permission => ({ protocol, access: null });
const only = (protocol: string, ...access: Access[]): Permission => ({ protocol, access });

describe('the zone of a device', () => {
  const zonesOf = (hosts: readonly HostSnapshot[], zones: Readonly<Record<string, readonly PolicyMember[]>>) => {
    const picture = snapshot(hosts);
    const { zoneOfAddress, zoneOfAsset } = zoningOfPolicy(policy(zones), picture, assetsOf(picture));
    return { byAddress: Object.fromEntries(zoneOfAddress), byAsset: Object.fromEntries(zoneOfAsset) };
  };
  const device = host('10.0.0.1', { sightings: [sighting(MAC, { vlan: 7, claimed: true })] });

  test.each<[string, Readonly<Record<string, readonly PolicyMember[]>>, string | undefined]>([
    ['its address', { a: [{ ip: '10.0.0.1' }], b: [{ cidr: '10.0.0.1/32' }] }, 'a'],
    ['its MAC address', { a: [{ mac: MAC }], b: [{ cidr: '10.0.0.0/30' }] }, 'a'],
    ['the longest network', { a: [{ cidr: '10.0.0.0/24' }], b: [{ cidr: '0.0.0.0/0' }, { cidr: '10.0.0.0/23' }] }, 'a'],
    ['a network before its VLAN', { a: [{ cidr: '0.0.0.0/0' }], b: [{ vlan: 7 }] }, 'a'],
    ['its VLAN', { a: [{ vlan: 7 }], b: [{ vlan: 8 }, { cidr: '10.1.0.0/16' }] }, 'a'],
    ['nothing', { a: [{ vlan: 8 }, { ip: '10.0.0.2' }, { mac: OTHER_MAC }] }, undefined],
  ])('is told by %s', (_, zones, zone) => {
    const { byAddress, byAsset } = zonesOf([device], zones);
    expect([byAddress['10.0.0.1'], byAsset['ip-10.0.0.1']]).toEqual([zone, zone]);
  });

  test('is not told by the router’s MAC address or VLAN, on which its frames pass', () => {
    const behind = ['10.9.0.1', '10.9.0.2'].map((address) => {
      return host(address, { sightings: [sighting(ROUTER, { vlan: 7, lowestTtl: 63, highestTtl: 63 })] });
    });
    const router = host('10.0.0.254', { sightings: [sighting(ROUTER, { vlan: 7, claimed: true })] });
    const { byAddress } = zonesOf([...behind, router], { a: [{ mac: ROUTER }], b: [{ vlan: 7 }] });
    expect(byAddress).toMatchObject({ '10.0.0.254': 'a' });
    expect(Object.keys(byAddress)).not.toContain('10.9.0.1');
  });

  test('is told apart by MAC address or VLAN where two devices have one address', () => {
    const twice = [
      host('10.0.0.1', { sightings: [sighting(MAC, { vlan: 7, claimed: true })] }),
      host('10.0.0.1', { scope: 8, sightings: [sighting(OTHER_MAC, { vlan: 8, claimed: true })] }),
    ];
    const both = { '10.0.0.1': 'a', '10.0.0.1@vlan8': 'b' };
    expect(zonesOf(twice, { a: [{ vlan: 7 }], b: [{ vlan: 8 }] }).byAddress).toMatchObject(both);
    expect(zonesOf(twice, { a: [{ ip: '10.0.0.1' }], b: [{ mac: OTHER_MAC }] }).byAddress).toMatchObject(both);
  });

  test('holds for what was only addressed, and for parts behind the device', () => {
    const unit = { ...operation('read', 5), units: [3, 4], unitsAnswered: [3, 4] };
    const picture = snapshot(
      [device, host('10.0.0.9', { firstSent: null, lastSent: null }), host('10.0.0.2')],
      [talk('10.0.0.2', '10.0.0.1', 'modbus', [unit])],
    );
    const { zones, zoneOfAsset } = zoningOfPolicy(policy({ a: [{ cidr: '10.0.0.0/24' }] }), picture, assetsOf(picture));
    expect(zones[0]?.addresses).toEqual(['10.0.0.9']);
    expect([...zoneOfAsset.keys()].filter((id) => id.includes('/unit'))).toHaveLength(2);
    expect(zones[0]?.members.map(({ placedBy }) => placedBy)).toEqual(Array(4).fill('policy'));
  });

  test('is that of its link-local addresses too, as long as nothing places them', () => {
    const homes = ['10.0.0.1', 'fe80::1'].map((address) =>
      host(address, { sightings: [sighting(MAC, { claimed: true })] }),
    );
    expect(zonesOf(homes, { a: [{ cidr: '10.0.0.0/24' }] }).byAddress).toMatchObject({ 'fe80::1': 'a' });
    expect(zonesOf(homes, { a: [{ cidr: '10.0.0.0/24' }], b: [{ ip: 'fe80::1' }] }).byAddress).toMatchObject({
      '10.0.0.1': 'a',
      'fe80::1': 'b',
    });
    expect(zonesOf([host('fe80::2')], { a: [{ cidr: '10.0.0.0/24' }] }).byAddress).toEqual({});
  });

  test('is the strongest word’s where its addresses lie apart; the other is the runner-up', () => {
    const homes = ['10.0.0.1', '10.1.0.1'].map((address) =>
      host(address, { sightings: [sighting(MAC, { claimed: true })] }),
    );
    const picture = snapshot(homes);
    const wanted = policy({ a: [{ cidr: '10.0.0.0/24' }], b: [{ ip: '10.1.0.1' }] });
    const { zones, zoneOfAddress } = zoningOfPolicy(wanted, picture, assetsOf(picture));
    expect(Object.fromEntries(zoneOfAddress)).toMatchObject({ '10.0.0.1': 'a', '10.1.0.1': 'b' });
    expect(zones[1]?.members[0]).toMatchObject({ assetId: 'ip-10.0.0.1', runnerUp: { zoneId: 'a' }, margin: 0.5 });
  });
});

/** Client 10.0.0.1 in zone a, server 10.1.0.1 in zone b, 10.9.9.9 and 8.8.8.8 in none. */
const AB = { a: [{ cidr: '10.0.0.0/24' }], b: [{ cidr: '10.1.0.0/24' }] } as const;
const HOSTS = ['10.0.0.1', '10.0.0.2', '10.1.0.1', '10.9.9.9', '8.8.8.8'].map((address) => host(address));

function check(wanted: Policy, conversations: readonly ConversationSnapshot[]) {
  const picture = snapshot(HOSTS, conversations);
  const assets = assetsOf(picture);
  return checkPolicy(wanted, flowsOf(picture, assets), zoningOfPolicy(wanted, picture, assets));
}
const kindsOf = (wanted: Policy, ...conversations: ConversationSnapshot[]) =>
  check(wanted, conversations).violations.map(({ kind, accesses }) => [kind, ...accesses].join(' '));
const toB = (protocol: string, accesses: readonly Access[] = [], more: Partial<ConversationSnapshot> = {}) =>
  talk(
    '10.0.0.1',
    '10.1.0.1',
    protocol,
    accesses.map((access) => operation(access, 3, { name: `Do ${access}` })),
    more,
  );

describe('a flow', () => {
  test.each<
    [string, readonly (readonly [string, string, readonly Permission[]])[], ConversationSnapshot, readonly string[]]
  >([
    ['without a conduit', [], toB('modbus', ['read']), ['no-conduit read']],
    ['with one in the other direction', [['b', 'a', [any('modbus')]]], toB('modbus', ['read']), ['no-conduit read']],
    ['with one that allows it', [['a', 'b', [any('modbus')]]], toB('modbus', ['read', 'write']), []],
    [
      'with one that allows another protocol',
      [['a', 'b', [any('s7comm')]]],
      toB('modbus', ['read']),
      ['not-permitted read'],
    ],
    ['with one that allows nothing', [['a', 'b', []]], toB('modbus', ['read']), ['not-permitted read']],
    [
      'with another access than allowed',
      [['a', 'b', [only('modbus', 'read')]]],
      toB('modbus', ['read', 'write']),
      ['not-permitted write'],
    ],
    [
      'with session, which is an access too',
      [['a', 'b', [only('s7comm', 'read')]]],
      toB('s7comm', ['session', 'read']),
      ['not-permitted session'],
    ],
    [
      'with two conduits that add up',
      [
        ['a', 'b', [only('modbus', 'read')]],
        ['a', 'b', [only('modbus', 'write')]],
      ],
      toB('modbus', ['read', 'write']),
      [],
    ],
    ['on a port that is allowed', [['a', 'b', [any('tcp/443')]]], toB('modbus', ['write'], { port: 443 }), []],
    [
      'on that port of the other transport',
      [['a', 'b', [any('udp/443')]]],
      toB('tls', [], { port: 443 }),
      ['not-permitted'],
    ],
    [
      'on a port that is allowed for reading',
      [['a', 'b', [only('tcp/502', 'read')]]],
      toB('modbus', ['write'], { port: 502 }),
      ['not-permitted write'],
    ],
    [
      'that nothing recognised, on the protocol’s port',
      [['a', 'b', [only('modbus', 'read')]]],
      toB('tcp/502', [], { port: 502, recognised: false }),
      [],
    ],
    [
      'that nothing recognised, on another',
      [['a', 'b', [any('modbus')]]],
      toB('tcp/503', [], { port: 503, recognised: false }),
      ['not-permitted'],
    ],
    [
      'of another protocol on the port of one that is allowed',
      [['a', 'b', [any('modbus')]]],
      toB('ssh', [], { port: 502 }),
      ['not-permitted'],
    ],
    [
      'that got no further than the carrier',
      [['a', 'b', [only('s7comm', 'session', 'read')]]],
      toB('cotp', ['session'], { port: 102 }),
      [],
    ],
    [
      'to the carrier’s port, unanswered',
      [['a', 'b', [any('s7comm')]]],
      toB('tcp/102', [], { port: 102, recognised: false }),
      [],
    ],
    [
      'to remote desktop, unanswered',
      [['a', 'b', [any('rdp')]]],
      toB('tcp/3389', [], { port: 3389, recognised: false }),
      [],
    ],
    [
      'of a protocol’s cousin',
      [['a', 'b', [any('s7comm')]]],
      toB('s7comm-plus', ['read'], { port: 102 }),
      ['not-permitted read'],
    ],
    [
      'of the UDP variant',
      [['a', 'b', [only('enip', 'diagnostic')]]],
      toB('enip', ['diagnostic'], { transport: 'udp', port: 44818 }),
      [],
    ],
    [
      'of which no operation is known, where some are allowed',
      [['a', 'b', [only('modbus', 'read')]]],
      toB('modbus'),
      [],
    ],
    ['within a zone', [], talk('10.0.0.1', '10.0.0.2', 'modbus', [operation('program', 1)]), []],
    [
      'to an address in no zone',
      [['a', 'b', [any('modbus')]]],
      talk('10.0.0.1', '10.9.9.9', 'modbus', [operation('read', 1)]),
      ['unassigned read'],
    ],
    ['between addresses in no zone', [], talk('8.8.8.8', '10.9.9.9', 'dns'), ['unassigned']],
    ['straight on Ethernet', [], toB('goose', ['write'], { transport: 'eth', port: null }), []],
    ['of ICMP', [], toB('icmp', [], { transport: 'ip', port: null }), []],
  ])('%s', (_, conduits, conversation, kinds) => {
    expect(kindsOf(policy(AB, conduits), conversation)).toEqual(kinds);
  });
});

describe('a violation', () => {
  test('is one for each client, server, protocol and kind', () => {
    const conversations = [
      toB('modbus', ['read'], { port: 502, packets: 10, firstSeen: 5, lastSeen: 6 }),
      toB('modbus', ['write'], { port: 1502, packets: 20, firstSeen: 3, lastSeen: 9 }),
      toB('s7comm', ['read']),
      talk('10.0.0.2', '10.1.0.1', 'modbus'),
    ];
    const { violations } = check(policy(AB), conversations);
    expect(violations.map(({ id }) => id).sort()).toEqual([
      'no-conduit_10.0.0.1_10.1.0.1_modbus',
      'no-conduit_10.0.0.1_10.1.0.1_s7comm',
      'no-conduit_10.0.0.2_10.1.0.1_modbus',
    ]);
    expect(violations.find(({ accesses }) => accesses.length === 2)).toMatchObject({
      ...{ access: 'write', accesses: ['read', 'write'], packets: 30, firstSeen: 3, lastSeen: 9 },
      ...{ clientId: 'ip-10.0.0.1', serverId: 'ip-10.1.0.1', fromZone: 'a', toZone: 'b', attempt: false },
    });
  });

  test('of an access names the operations, their times and their frames, and nothing that is allowed', () => {
    const at = (frame: number) => ({ file: 'a.pcap', frame });
    const conversation = talk('10.0.0.1', '10.1.0.1', 'modbus', [
      operation('read', 90, { firstSeen: 1, lastSeen: 99, firstFrame: at(4) }),
      operation('write', 2, { name: 'Write Single Register', firstSeen: 50, lastSeen: 60, firstFrame: at(70) }),
    ]);
    const wanted = policy(AB, [['a', 'b', [only('modbus', 'read')]]]);
    const [violation] = check(wanted, [{ ...conversation, firstFrame: at(1) }]).violations;
    expect(violation).toMatchObject({ firstSeen: 50, lastSeen: 60, samples: [at(70)], accesses: ['write'] });
    expect(violation?.operations).toEqual([
      { code: '3', name: 'Write Single Register', access: 'write', requests: 2, responses: 2, errors: 0 },
    ]);
    expect(violation?.reasons[0]).toBe('from a to b the policy allows modbus only for read');
  });

  test('counts attempts, and says that nobody answered', () => {
    const attempt = toB('tcp/4444', [], { port: 4444, recognised: false, packetsFromServer: 0 });
    const [violation] = check(policy(AB), [attempt]).violations;
    expect(violation).toMatchObject({ kind: 'no-conduit', attempt: true, access: null });
    expect(violation?.reasons).toContain('no answer was heard');
  });

  test.each<[string, string, ZoneKind, ZoneKind, readonly Access[]]>([
    ['critical', 'modbus', 'control', 'safety', ['session']],
    ['critical', 'tls', 'safety', 'control', []],
    ['critical', 'modbus', 'enterprise', 'control', ['write']],
    ['critical', 'ssh', 'remote', 'field', ['session']],
    ['high', 'modbus', 'enterprise', 'field', ['read']],
    ['high', 's7comm', 'control', 'control', ['program', 'session']],
    ['high', 'modbus', 'dmz', 'control', ['write']],
    ['high', 'rdp', 'enterprise', 'supervisory', []],
    ['medium', 'modbus', 'control', 'control', ['read']],
    ['medium', 'smb', 'enterprise', 'dmz', []],
  ])('is %s: %s from %s to %s, %j', (severity, protocol, from, to, accesses) => {
    const wanted = policy(AB, [], { a: from, b: to });
    const [violation] = check(wanted, [toB(protocol, accesses)]).violations;
    expect(violation?.severity).toBe(severity);
    expect(violation?.reasons.length).toBeGreaterThan(0);
  });

  test('is low where the protocol is allowed and only the session’s upkeep is not', () => {
    const wanted = policy(AB, [['a', 'b', [only('s7comm', 'read')]]]);
    expect(check(wanted, [toB('s7comm', ['session', 'read'])]).violations[0]?.severity).toBe('low');
  });

  test('is high when a controller reaches the internet, whether a zone is defined for it or not', () => {
    const flow = talk('10.0.0.1', '8.8.8.8', 'tls');
    const external = policy({ ...AB, net: [{ cidr: '0.0.0.0/0' }] }, [], { net: 'external' });
    for (const wanted of [policy(AB), external]) expect(check(wanted, [flow]).violations[0]?.severity).toBe('high');
  });

  test('stands before those that matter less', () => {
    const wanted = policy(AB, [['a', 'b', [only('s7comm', 'read')]]]);
    const conversations = [toB('s7comm', ['session']), toB('http'), toB('dnp3', ['control']), toB('modbus', ['write'])];
    const { violations } = check(wanted, conversations);
    expect(violations.map(({ protocol }) => protocol)).toEqual(['dnp3', 'modbus', 'http', 's7comm']);
  });
});

test('what nothing used is told: conduits, permissions, accesses', () => {
  const wanted = policy(AB, [
    ['a', 'b', [only('modbus', 'read', 'write'), any('ssh'), any('tcp/502')]],
    ['b', 'a', [any('modbus')]],
  ]);
  const { violations, unusedConduits, unusedPermissions } = check(wanted, [toB('modbus', ['read'], { port: 502 })]);
  expect(violations).toEqual([]);
  expect(unusedConduits).toEqual(['c1']);
  expect(unusedPermissions).toEqual([
    { conduit: 'c0', permission: only('modbus', 'write') },
    { conduit: 'c0', permission: any('ssh') },
  ]);
});

describe('a proposed policy', () => {
  /** The least that flows need, border by border. */
  function conduitsFor(flows: readonly Flow[], zoneOf: ReadonlyMap<string, string>): Conduit[] {
    return flows.flatMap(({ client, server, accesses, conversation }, index): Conduit[] => {
      const [from, to] = [zoneOf.get(client.scoped), zoneOf.get(server.scoped)];
      if (from === undefined || to === undefined || from === to) return [];
      const allow = [{ protocol: conversation.protocol, access: accesses.length === 0 ? null : accesses }];
      const unknown = { status: 'proposed', decision: null, traffic: null } as const;
      return [
        { id: `c${index}`, from, to, ...unknown, allow, boundary: { observed: 'unknown', macs: [], reasons: [] } },
      ];
    });
  }

  /** Proposes a policy for a plant whose zones are `zones`, and answers it with what it would flag of the same traffic. */
  function proposed(picture: Snapshot, zones: Readonly<Record<string, readonly PolicyMember[]>>) {
    const wanted = policy(zones);
    const plant: Plant = { ...plantOf(picture, { policy: wanted }), policy: null };
    const conduits = conduitsFor(plant.flows, plant.zoning.zoneOfAddress);
    const proposal = proposePolicy({ ...plant, conduits });
    const text = writePolicy(proposal.policy, proposal.notes);
    const back = readPolicy(text, 'p.yaml');
    expect(back).toEqual(proposal.policy);
    return { text, ...back, check: plantOf(picture, { policy: back }).check };
  }

  test('flags nothing of the traffic it was made from', () => {
    const silent = host('10.1.0.77', { firstSent: null, lastSent: null });
    const picture = snapshot(
      [...HOSTS, silent],
      [
        toB('modbus', ['read']),
        talk('10.0.0.2', '10.1.0.77', 'tcp/1', [], { recognised: false }),
        talk('10.1.0.1', '8.8.8.8', 'dns'),
      ],
    );
    const { check: checked, zones } = proposed(picture, { ...AB, net: [{ cidr: '0.0.0.0/0' }] });
    expect(checked).toEqual({ violations: [], unusedConduits: [], unusedPermissions: [] });
    expect(zones[1]?.members).toEqual([{ ip: '10.1.0.1' }, { ip: '10.1.0.77' }]);
  });

  test('names devices by MAC address where they have no other, or share it with one elsewhere', () => {
    const picture = snapshot([
      host('10.0.0.1', { sightings: [sighting(MAC, { vlan: 7, claimed: true })] }),
      host('10.0.0.1', { scope: 8, sightings: [sighting(OTHER_MAC, { vlan: 8, claimed: true })] }),
      host('00:0e:8c:00:00:03'),
    ]);
    const { zones } = proposed(picture, { a: [{ vlan: 7 }, { mac: '00:0e:8c:00:00:03' }], b: [{ vlan: 8 }] });
    expect(zones.map(({ members }) => members)).toEqual([
      [{ mac: MAC }, { mac: '00:0e:8c:00:00:03' }],
      [{ mac: OTHER_MAC }],
    ]);
  });

  test('takes what a scan addressed together, as far as no other address is taken in', () => {
    const scanned = Array.from({ length: 254 }, (_, i) =>
      host(`10.1.0.${i + 1}`, i === 9 ? {} : { firstSent: null, lastSent: null }),
    );
    const { zones } = proposed(snapshot(scanned), { b: [{ cidr: '10.1.0.0/24' }] });
    const members = zones[0]?.members ?? [];
    expect(members[0]).toEqual({ ip: '10.1.0.10' });
    expect(members).toContainEqual({ cidr: '10.1.0.128/26' });
    expect(members.length).toBeLessThan(20);
    expect(JSON.stringify(members)).not.toContain('10.1.0.0/');
  });

  test('is the same whatever the order of what was heard', () => {
    const conversations = [toB('modbus', ['read']), toB('http')];
    const [one, other] = [HOSTS, [...HOSTS].reverse()].map(
      (hosts) => proposed(snapshot(hosts, conversations), AB).text,
    );
    expect(one).toBe(other);
  });
});

test('of the demo plant, what its operators did not want is found, and nothing else', async () => {
  const file = (name: string) => fileURLToPath(new URL(`../fixtures/plant/${name}`, import.meta.url));
  const wanted = readPolicy(readFileSync(file('demo.policy.yaml'), 'utf8'), 'demo.policy.yaml');
  const { check: checked } = plantOf(await analyze([file('demo.pcap')]), { policy: wanted });
  const told = checked?.violations.map(({ severity, kind, client, server, protocol, access, samples }) => {
    return [severity, kind, client, server, protocol, access, samples.length > 0];
  });
  expect(told).toEqual([
    ['critical', 'no-conduit', '10.20.100.51', '10.20.20.11', 'modbus', 'write', true],
    ['medium', 'no-conduit', '10.20.20.99', '10.20.100.52', 'tcp/7413', null, true],
  ]);
  expect(checked?.unusedConduits).toEqual([]);
});
