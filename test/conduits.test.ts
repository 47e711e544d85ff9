/** Conduits: the least that the flows need, in their direction; what stands between zones; what operators decided. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { findCaptures } from '../agent/capture/find-captures.ts';
import type { ConversationSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import { type Decisions, type Plant, plantOf } from '../agent/plant.ts';
import { checkPolicy } from '../agent/policy/check-policy.ts';
import type { Policy } from '../agent/policy/policy.ts';
import type { Conduit, ConduitDecision } from '../agent/zones/conduit.ts';
import { alsoRouted, device, distant, flatPlant, PLANTS, PLC, polls, SCADA, STATION, uses } from './plants.ts';
import { host, operation, snapshot, talk } from './snapshots.ts';

const { sources } = await findCaptures([new URL('../fixtures/plant/demo.pcap', import.meta.url).pathname]);
const demo = await analyze(sources, {});
const SNAPSHOTS: readonly (readonly [name: string, make: () => Snapshot])[] = [
  ...PLANTS,
  ['the demonstration', () => demo],
];

const OPERATORS = 'supervisory-10-4-0-0-vlan-40';
const MACHINES = 'control-10-3-0-0-vlan-30';

/** Two SCADA servers and two controllers in VLANs behind a router, with what else they talk. */
function twoNetworks(...more: readonly ConversationSnapshot[]): Snapshot {
  const hosts = [
    ...[1, 2].map((at) => alsoRouted(device(`10.3.0.${at}`, PLC, 30), 40)),
    device('10.3.0.50', STATION, 30),
    ...[1, 2].map((at) => alsoRouted(device(`10.4.0.${at}`, SCADA, 40), 30)),
  ];
  return snapshot(hosts, [polls('10.4.0.1', '10.3.0.1'), ...more]);
}

function between(plant: Plant, from: string, to: string): Conduit {
  const found = plant.conduits.find((conduit) => conduit.from === from && conduit.to === to);
  if (found === undefined) throw new Error(`no conduit among ${plant.conduits.map(({ id }) => id).join(', ')}`);
  return found;
}

const down = (traffic: Snapshot, decisions: Decisions = {}) =>
  between(plantOf(traffic, decisions), OPERATORS, MACHINES);

describe('a proposed conduit', () => {
  test('leads from the zone of the clients to that of the servers', () => {
    const plant = plantOf(
      twoNetworks(talk('10.3.0.2', '10.4.0.2', 'syslog', [operation('read', 4)], { transport: 'udp', port: 514 })),
    );
    expect(plant.conduits.map(({ id, from, to, status, decision }) => ({ id, from, to, status, decision }))).toEqual([
      { id: `${MACHINES}--${OPERATORS}`, from: MACHINES, to: OPERATORS, status: 'proposed', decision: null },
      { id: `${OPERATORS}--${MACHINES}`, from: OPERATORS, to: MACHINES, status: 'proposed', decision: null },
    ]);
  });

  test('is not made for what stays within a zone, nor for group addresses', () => {
    const group = talk('10.4.0.1', '10.3.0.255', 'netbios-ns', [], { transport: 'udp', port: 137 });
    const plant = twoNetworks(polls('10.3.0.1', '10.3.0.50'), polls('10.3.0.1', '10.3.0.2'), group);
    expect(
      plantOf({ ...plant, hosts: [...plant.hosts, host('10.3.0.255', { firstSent: null })] }).conduits,
    ).toHaveLength(1);
  });

  test.each<readonly [what: string, talks: readonly ConversationSnapshot[], allow: Conduit['allow']]>([
    [
      'the accesses that were used, in order',
      [polls('10.4.0.2', '10.3.0.2')],
      [{ protocol: 'modbus', access: ['read', 'write'] }],
    ],
    [
      'the session that others of its protocol opened',
      [
        talk('10.4.0.1', '10.3.0.2', 's7comm', [operation('read', 9)], { port: 102 }),
        talk('10.3.0.1', '10.3.0.2', 's7comm', [operation('session', 1)], { port: 102 }),
      ],
      [
        { protocol: 'modbus', access: ['read', 'write'] },
        { protocol: 's7comm', access: ['session', 'read'] },
      ],
    ],
    [
      'any access where no operation is known',
      [talk('10.4.0.1', '10.3.0.2', 'fins', [], { transport: 'udp', port: 9600 })],
      [
        { protocol: 'fins', access: null },
        { protocol: 'modbus', access: ['read', 'write'] },
      ],
    ],
    [
      'the port of what nothing recognised, and of what hides what it carries',
      [
        talk('10.4.0.1', '10.3.0.2', 'tcp/7413', [], { port: 7413, recognised: false }),
        talk('10.4.0.1', '10.3.0.2', 'http', [], { port: 80, recognised: false }),
        uses('10.4.0.2', '10.3.0.2', 'tls', 8531),
      ],
      [
        { protocol: 'modbus', access: ['read', 'write'] },
        { protocol: 'tcp/7413', access: null },
        { protocol: 'tcp/80', access: null },
        { protocol: 'tcp/8531', access: null },
      ],
    ],
  ])('permits %s', (_, talks, allow) => {
    expect(down(twoNetworks(...talks)).allow).toEqual(allow);
  });

  test('sums up its traffic', () => {
    const more = talk('10.4.0.2', '10.3.0.2', 'http', [], {
      port: 80,
      packets: 7,
      bytes: 70,
      firstSeen: 0,
      lastSeen: 9,
    });
    expect(down(twoNetworks(more)).traffic).toEqual({
      conversations: 2,
      packets: 107,
      bytes: 5070,
      firstSeen: 0,
      lastSeen: 9,
      ports: ['tcp/80', 'tcp/502'],
    });
  });
});

describe('the boundary', () => {
  test('is the router whose packets are seen', () => {
    const { boundary } = down(twoNetworks());
    expect(boundary).toMatchObject({ observed: 'router', macs: ['70:db:98:00:00:01'] });
    expect(boundary.reasons.join()).toContain('their TTL is lower by 1');
    expect(boundary.reasons.join()).toContain('different VLANs: VLAN 40 and VLAN 30');
  });

  test('is not observed between the own MAC addresses of neighbours', () => {
    const { conduits } = plantOf(flatPlant());
    expect(conduits.length).toBeGreaterThan(0);
    for (const { boundary } of conduits) {
      expect(boundary).toMatchObject({ observed: 'none', macs: [] });
      expect(boundary.reasons[0]).toMatch(/^no boundary observed: .* a transparent firewall would look the same$/);
    }
  });

  test('is not observed where one pair needs none, though others pass a router', () => {
    const { hosts, conversations } = flatPlant();
    const plant = plantOf(
      snapshot(
        [...hosts, distant('8.8.8.8', 'resolver')],
        [...conversations, uses('10.1.0.200', '8.8.8.8', 'dns', 53)],
      ),
    );
    expect(between(plant, 'supervisory-10-1-0-0', 'internet').boundary.observed).toBe('router');
    expect(between(plant, 'supervisory-10-1-0-0', 'cell-10-1-0-10').boundary.observed).toBe('none');
  });

  test('is unknown where an end was never heard', () => {
    const silent = host('10.7.0.9', { firstSent: null });
    const plant = twoNetworks(talk('10.4.0.1', '10.7.0.9', 'http', [], { port: 80, packetsFromServer: 0 }));
    const known = plantOf({ ...plant, hosts: [...plant.hosts, silent] });
    expect(between(known, OPERATORS, 'unheard').boundary.observed).toBe('unknown');
  });
});

describe('a decision on a conduit', () => {
  const decision = (more: Partial<ConduitDecision>): ConduitDecision => {
    return { from: OPERATORS, to: MACHINES, status: 'approved', by: 'anna', at: 5, reason: null, until: null, ...more };
  };
  const decided = (...conduits: readonly ConduitDecision[]) => down(twoNetworks(), { conduits });

  test.each<readonly [what: string, given: readonly ConduitDecision[], status: Conduit['status']]>([
    ['approves it', [decision({})], 'approved'],
    ['rejects it', [decision({ status: 'rejected' })], 'rejected'],
    ['holds until its end, by the capture’s clock', [decision({ until: 3 })], 'approved'],
    ['ends when the capture does', [decision({ until: 2 })], 'proposed'],
    ['gives way to a newer one', [decision({ status: 'rejected', at: 9 }), decision({ at: 1 })], 'rejected'],
    ['is about one direction', [decision({ from: MACHINES, to: OPERATORS })], 'proposed'],
  ])('%s', (_, given, status) => {
    expect(decided(...given).status).toBe(status);
  });

  test('is kept with the conduit, though it has ended', () => {
    expect(decided(decision({ until: 1 })).decision).toEqual(decision({ until: 1 }));
  });
});

describe('with a policy', () => {
  const policy: Policy = {
    version: 1,
    zones: [
      { id: 'ops', name: 'Operators', kind: 'supervisory', securityLevelTarget: 2, members: [{ cidr: '10.4.0.0/24' }] },
      { id: 'cell', name: 'Cell', kind: 'control', securityLevelTarget: 2, members: [{ cidr: '10.3.0.0/24' }] },
    ],
    conduits: [
      { id: 'poll', from: 'ops', to: 'cell', allow: [{ protocol: 'modbus', access: ['read'] }] },
      { id: 'web', from: 'ops', to: 'cell', allow: [{ protocol: 'tcp/80', access: null }] },
      { id: 'back', from: 'cell', to: 'ops', allow: [{ protocol: 'ntp', access: null }] },
    ],
  };

  test('conduits are the policy’s, approved, with what used each', () => {
    const { conduits } = plantOf(twoNetworks(talk('10.4.0.2', '10.3.0.2', 'tls', [], { port: 80 })), { policy });
    expect(
      conduits.map(({ id, status, traffic, allow }) => [id, status, traffic?.ports ?? null, allow.length]),
    ).toEqual([
      ['poll', 'approved', ['tcp/502'], 1],
      ['web', 'approved', ['tcp/80'], 1],
      ['back', 'approved', null, 1],
    ]);
  });
});

describe('of every plant', () => {
  test.each(SNAPSHOTS)('%s: a policy of what is proposed is not violated by what it was proposed from', (_, make) => {
    const { zoning, conduits, flows } = plantOf(make());
    const policy: Policy = {
      version: 1,
      zones: zoning.zones.map(({ id, name, kind, securityLevelTarget }) => {
        return { id, name, kind, securityLevelTarget, members: [] };
      }),
      conduits: conduits.map(({ id, from, to, allow }) => ({ id, from, to, allow })),
    };
    const { violations, unusedConduits } = checkPolicy(policy, flows, zoning);
    expect(violations).toEqual([]);
    expect(unusedConduits).toEqual([]);
  });

  test.each(SNAPSHOTS)('%s: the order of the traffic changes nothing', (_, make) => {
    const { hosts, conversations, capture } = make();
    const { conduits } = plantOf({ hosts, conversations, capture });
    const orders = fc.shuffledSubarray([...conversations], { minLength: conversations.length });
    fc.assert(
      fc.property(orders, (shuffled) => {
        expect(plantOf({ capture, hosts: [...hosts].reverse(), conversations: shuffled }).conduits).toEqual(conduits);
      }),
      { numRuns: conversations.length > 100 ? 3 : 25 },
    );
  });
});
