/** Zones: what is proposed, why, and that neither order nor a little more traffic nor an operator's absence changes it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { findCaptures } from '../agent/capture/find-captures.ts';
import type { ConversationSnapshot, HostSnapshot, Snapshot } from '../agent/model/snapshot.ts';
import { type Plant, plantOf } from '../agent/plant.ts';
import type { Zone, ZoneDecision } from '../agent/zones/zone.ts';
import { manyCells } from '../fixtures/plant/scenarios/many-cells.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import {
  alsoRouted,
  device,
  distant,
  ENGINEERING,
  flatPlant,
  layeredPlant,
  macOf,
  PANEL,
  PLANTS,
  PLC,
  polls,
  programs,
  reads,
  SAFETY,
  SCADA,
  STATION,
  telecontrolPlant,
  uses,
  zonesOf,
} from './plants.ts';
import { snapshotOf } from './sensing.ts';
import { evidence, host, operation, sighting, snapshot, talk } from './snapshots.ts';

const { sources } = await findCaptures([new URL('../fixtures/plant/demo.pcap', import.meta.url).pathname]);
const demo = await analyze(sources, {});

/** The hand-made plants, and one that was captured. */
const SNAPSHOTS: readonly (readonly [name: string, make: () => Snapshot])[] = [
  ...PLANTS,
  ['the demonstration', () => demo],
];

const zone = (plant: Plant, id: string): Zone => {
  const found = plant.zoning.zones.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`no zone ${id} among ${plant.zoning.zones.map((z) => z.id).join(', ')}`);
  return found;
};
const member = (plant: Plant, address: string) => {
  const id = plant.assets.idOf.get(address);
  const found = plant.zoning.zones.flatMap(({ members }) => members).find(({ assetId }) => assetId === id);
  if (found === undefined) throw new Error(`${address} is in no zone`);
  return found;
};

describe('one network for all', () => {
  test('is divided into the machines that stand on their own, operators and programmers', () => {
    expect(zonesOf(plantOf(flatPlant()))).toEqual({
      'cell-10-1-0-10': ['10.1.0.10', '10.1.0.11', '10.1.0.12', '10.1.0.13'],
      'cell-10-1-0-20': ['10.1.0.20', '10.1.0.21', '10.1.0.22', '10.1.0.23'],
      'cell-10-1-0-30': ['10.1.0.30', '10.1.0.31', '10.1.0.32', '10.1.0.33'],
      'engineering-10-1-0-0': ['10.1.0.210'],
      'supervisory-10-1-0-0': ['10.1.0.200', '10.1.0.201'],
    });
  });

  test('of a conversation in which no packet was counted no share is told', () => {
    const [one, other] = ['10.1.0.1', '10.1.0.2'];
    const silent = talk(one, other, 'modbus', [operation('read', 0)], { packets: 0, packetsFromClient: 0 });
    const plant = plantOf(snapshot([device(one, PLC), device(other, PLC)], [silent]));
    expect(member(plant, other).reasons.join()).not.toMatch(/NaN|share|% of its packets/);
  });

  test('a look at a controller now and then makes no panel', () => {
    const plant = flatPlant();
    const visitor = device('10.1.0.240', PANEL);
    const plain = { ...plant, hosts: [...plant.hosts, visitor] };
    const looking = plantOf({
      ...plain,
      conversations: [...plain.conversations, polls('10.1.0.240', '10.1.0.20', 40)],
    });
    expect(zonesOf(looking)['supervisory-10-1-0-0']).toContain('10.1.0.240');
    const working = plantOf({
      ...plain,
      conversations: [...plain.conversations, polls('10.1.0.240', '10.1.0.20', 1400)],
    });
    expect(zonesOf(working)['cell-10-1-0-20']).toContain('10.1.0.240');
  });

  test('a panel of two controllers makes them one cell', () => {
    const plant = flatPlant(4);
    const two = plantOf({ ...plant, conversations: [...plant.conversations, polls('10.1.0.11', '10.1.0.20', 1500)] });
    expect(zonesOf(two)['cell-10-1-0-10']).toEqual(
      ['10', '11', '12', '13', '20', '21', '22', '23'].map((last) => `10.1.0.${last}`),
    );
  });

  test('controllers without panels of their own are one zone', () => {
    const { hosts, conversations } = flatPlant();
    const panels = new Set(['10.1.0.11', '10.1.0.21', '10.1.0.31']);
    const bare = snapshot(
      hosts.filter(({ address }) => !panels.has(address)),
      conversations.filter(({ client }) => !panels.has(client)),
    );
    expect(Object.keys(zonesOf(plantOf(bare)))).toEqual([
      'control-10-1-0-0',
      'engineering-10-1-0-0',
      'supervisory-10-1-0-0',
    ]);
  });

  test('names that controllers share with their devices tell cells apart', () => {
    const net = (at: number) => `10.1.0.${at}`;
    const areas = ['FILL', 'PACK'].flatMap((area, index) => [
      device(net(10 + index), PLC, 0, `${area}-PLC1`),
      device(net(20 + index), STATION, 0, `${area}-RIO1`),
    ]);
    const talks = [0, 1].flatMap((index) => [
      polls(net(10 + index), net(20 + index)),
      polls(net(1), net(10 + index)),
      polls(net(2), net(10 + index)),
    ]);
    const plant = plantOf(snapshot([device(net(1), SCADA), device(net(2), SCADA), ...areas], talks));
    expect(zonesOf(plant)).toMatchObject({
      'cell-10-1-0-10': [net(10), net(20)],
      'cell-10-1-0-11': [net(11), net(21)],
    });
    expect(zone(plant, 'cell-10-1-0-10').name).toBe('Cell FILL (FILL-PLC1)');
  });

  test('many controllers without panels are divided into those that exchange values', () => {
    const net = (at: number) => `10.1.0.${at}`;
    const hosts = Array.from({ length: 20 }, (_, at) => device(net(at + 1), PLC));
    const rings = [0, 5, 10, 15].flatMap((first) =>
      [0, 1, 2, 3, 4].flatMap((at) =>
        [1, 2].map((step) => reads(net(first + at + 1), net(first + ((at + step) % 5) + 1))),
      ),
    );
    expect(zonesOf(plantOf(snapshot(hosts, rings)))).toEqual(
      Object.fromEntries(
        [1, 6, 11, 16].map((first) => [
          `cell-10-1-0-${[first, first + 1, first + 2, first + 3, first + 4].map(net).sort()[0]?.split('.')[3]}`,
          [first, first + 1, first + 2, first + 3, first + 4].map(net).sort(),
        ]),
      ),
    );
  });

  test('a safety system stands apart from the controllers beside it', () => {
    const net = (at: number) => `10.1.0.${at}`;
    const hosts = [device(net(1), SCADA), device(net(2), SCADA), device(net(10), PLC), device(net(11), PLC)];
    const system = [device(net(50), SAFETY), device(net(51), STATION), device(net(52), ENGINEERING)];
    const talks = [
      ...[1, 2].flatMap((server) => [10, 11].map((plc) => polls(net(server), net(plc)))),
      polls(net(50), net(51), 2000),
      reads(net(10), net(50), 200),
      talk(net(52), net(50), 'tristation', [operation('program', 4)], { transport: 'udp', port: 1502 }),
    ];
    const plant = plantOf(snapshot([...hosts, ...system], talks));
    expect(zonesOf(plant)['safety-10-1-0-0']).toEqual([net(50), net(51), net(52)]);
    expect(zone(plant, 'safety-10-1-0-0')).toMatchObject({ kind: 'safety', securityLevelTarget: 3 });
    expect(zone(plant, 'control-10-1-0-0').securityLevelTarget).toBe(3);
  });

  test('servers that offices and the plant share stand apart from office computers', () => {
    const net = (at: number) => `10.1.0.${at}`;
    const offices = [101, 102, 103, 104].map((at) => device(net(at), 'desktop', 0, `PC-${at}`));
    const servers = [device(net(90), 'file share', 0, 'srv-files'), device(net(91), 'domain controller', 0, 'dc1')];
    const plant = plantOf(
      snapshot(
        [device(net(1), SCADA), device(net(10), PLC), ...offices, ...servers, distant('142.250.74.36', 'web')],
        [
          polls(net(1), net(10)),
          uses(net(1), net(90), 'smb', 445),
          ...[101, 102, 103, 104].flatMap((at) => [
            uses(net(at), net(90), 'smb', 445),
            uses(net(at), net(91), 'ldap', 389),
            uses(net(at), '142.250.74.36', 'tls', 443),
          ]),
        ],
      ),
    );
    expect(zonesOf(plant)).toMatchObject({
      'enterprise-10-1-0-0': [101, 102, 103, 104].map(net),
      'servers-10-1-0-0': [net(90), net(91)],
    });
    expect(zone(plant, 'servers-10-1-0-0').kind).toBe('enterprise');
  });
});

describe('networks', () => {
  test('that serve one purpose are zones as they stand', () => {
    expect(zonesOf(plantOf(layeredPlant()))).toEqual({
      'control-10-3-0-0-vlan-30': ['10.3.0.1', '10.3.0.2', '10.3.0.3', '10.3.0.50'],
      'engineering-10-4-0-0-vlan-40': ['10.4.0.9'],
      'safety-10-5-0-0-vlan-50': ['10.5.0.1', '10.5.0.9'],
      'supervisory-10-4-0-0-vlan-40': ['10.4.0.1', '10.4.0.2'],
    });
  });

  test('behind a router are sites; whoever only comes in is remote; public addresses are the internet', () => {
    const plant = plantOf(telecontrolPlant());
    expect(
      Object.fromEntries(
        plant.zoning.zones.map(({ id, kind, securityLevelTarget }) => [id, [kind, securityLevelTarget]]),
      ),
    ).toEqual({
      'engineering-172-16-0-0': ['supervisory', 3],
      'field-10-50-1-0': ['field', 2],
      'field-10-50-2-0': ['field', 2],
      internet: ['external', 0],
      'remote-10-99-0-0': ['remote', 1],
      'supervisory-172-16-0-0': ['supervisory', 3],
    });
    expect(zone(plant, 'engineering-172-16-0-0').rationale.join()).toContain('entered from outside (Remote access');
  });

  test('many sites of one station each are one zone', () => {
    const stations = Array.from({ length: 12 }, (_, site) => distant(`10.60.${site}.10`, 'SCADAPack 334E'));
    const talks = stations.map(({ address }) => talk('172.16.0.10', address, 'dnp3', [operation('read', 90)]));
    const plant = plantOf(snapshot([device('172.16.0.10', SCADA), ...stations], talks));
    expect(plant.zoning.zones.map(({ id, members }) => [id, members.length])).toEqual([
      ['field-10-60-sites', 12],
      ['supervisory-172-16-0-0', 1],
    ]);
  });

  test('whose hosts talk directly are one, whatever their addresses', () => {
    const hosts = [device('10.1.0.1', PLC), device('10.1.1.1', PLC), device('10.1.9.1', PLC)];
    const plant = plantOf(snapshot(hosts, [reads('10.1.0.1', '10.1.1.1')]));
    expect(zonesOf(plant)).toEqual({ 'control-10-1-0-0': ['10.1.0.1', '10.1.1.1'], 'control-10-1-9-0': ['10.1.9.1'] });
    const routed = plantOf(
      snapshot([...hosts.slice(1), alsoRouted(device('10.1.0.1', PLC), 0)], [reads('10.1.0.1', '10.1.1.1')]),
    );
    expect(Object.keys(zonesOf(routed))).toHaveLength(3);
  });

  test('of one block in two VLANs are two', () => {
    const plant = plantOf(snapshot([device('10.1.0.1', PLC, 11), device('10.1.0.2', PLC, 12)]));
    expect(Object.keys(zonesOf(plant))).toEqual(['control-10-1-0-0-vlan-11', 'control-10-1-0-0-vlan-12']);
  });

  test('that reach over many VLANs are named by the first', () => {
    const vlans = [21, 22, 23, 24, 25, 26];
    const hosts = vlans.map((vlan) => device(`10.1.0.${vlan}`, PLC, vlan));
    const talks = vlans.slice(1).map((vlan) => reads('10.1.0.21', `10.1.0.${vlan}`));
    const [zone] = plantOf(snapshot(hosts, talks)).zoning.zones;
    expect(zone?.id).toBe('control-10-1-0-0-vlan-21-22-23-24-and-2-more');
    expect(zone?.name).toContain('(VLAN 21, 22, 23, 24 and 2 more)');
  });

  test('of public addresses on the plant’s own links are the plant’s', () => {
    const hosts = [device('141.81.0.10', SCADA), device('141.81.0.20', PLC), device('141.81.0.21', PLC)];
    const talks = [polls('141.81.0.10', '141.81.0.20'), polls('141.81.0.10', '141.81.0.21')];
    expect(plantOf(snapshot(hosts, talks)).zoning.zones.map(({ kind }) => kind)).toEqual(['control', 'supervisory']);
  });

  test('between offices and plant are the DMZ', () => {
    const hosts = [
      ...[1, 2].map((at) => alsoRouted(device(`10.3.0.${at}`, PLC, 30), 40)),
      alsoRouted(device('10.4.0.1', SCADA, 40), 20),
      alsoRouted(device('10.4.0.2', PANEL, 40), 20),
      alsoRouted(device('10.2.0.1', 'PI historian', 20), 40),
      alsoRouted(device('10.2.0.2', 'jump host', 20, 'jump-srv'), 40),
      ...[1, 2, 3].map((at) => alsoRouted(device(`10.1.0.${at}`, 'desktop', 10, `PC-${at}`), 20)),
    ];
    const plant = plantOf(
      snapshot(hosts, [
        ...[1, 2].map((at) => polls('10.4.0.1', `10.3.0.${at}`)),
        uses('10.4.0.2', '10.4.0.1', 'opcua', 4840),
        uses('10.2.0.1', '10.4.0.1', 'opcua', 4840),
        uses('10.1.0.1', '10.2.0.1', 'tls', 443),
        uses('10.1.0.2', '10.2.0.2', 'rdp', 3389),
        uses('10.2.0.2', '10.4.0.1', 'rdp', 3389),
        uses('10.1.0.3', '10.1.0.1', 'smb', 445),
      ]),
    );
    expect(plant.zoning.zones.map(({ id, kind }) => [id, kind])).toEqual([
      ['control-10-3-0-0-vlan-30', 'control'],
      ['dmz-10-2-0-0-vlan-20', 'dmz'],
      ['enterprise-10-1-0-0-vlan-10', 'enterprise'],
      ['supervisory-10-4-0-0-vlan-40', 'supervisory'],
    ]);
  });

  test('hold the devices without an address that their controllers talk to', () => {
    const station = host('02:00:00:00:00:01', { evidence: [evidence('product', STATION)] });
    const cyclic = talk(macOf('10.1.0.1'), '02:00:00:00:00:01', 'profinet-io', [operation('read', 900)], {
      transport: 'eth',
      port: null,
    });
    const plant = plantOf(
      snapshot([device('10.1.0.1', PLC, 11), device('10.2.0.1', PLC, 12), host(macOf('10.1.0.1')), station], [cyclic]),
    );
    expect(zone(plant, 'control-10-1-0-0-vlan-11').members.map(({ assetId }) => assetId)).toContain(
      'mac-02:00:00:00:00:01',
    );
  });

  test('parts of a device stand where it stands', () => {
    const units = { units: [1, 2], unitsAnswered: [1, 2] };
    const ask = talk('10.1.0.1', '10.1.0.9', 'modbus', [operation('read', 50, units)]);
    const plant = plantOf(snapshot([device('10.1.0.1', SCADA), device('10.1.0.9', 'MGate')], [ask]));
    expect(plant.zoning.zoneOfAsset.get('ip-10.1.0.9/unit-1')).toBe(plant.zoning.zoneOfAsset.get('ip-10.1.0.9'));
  });
});

describe('of every plant', () => {
  test.each(SNAPSHOTS)('%s: all ends of all flows lie in a zone, and every asset in one', (_, make) => {
    const { flows, zoning, assets } = plantOf(make());
    for (const { client, server } of flows) {
      expect(zoning.zoneOfAddress.get(client.scoped)).toBeDefined();
      expect(zoning.zoneOfAddress.get(server.scoped)).toBeDefined();
    }
    const members = zoning.zones.flatMap((entry) => entry.members.map(({ assetId }) => assetId));
    expect(members.sort()).toEqual(assets.all.map(({ id }) => id).sort());
  });

  test.each(SNAPSHOTS)('%s: every zone and every member says why', (_, make) => {
    const { zones } = plantOf(make()).zoning;
    const ids = new Set(zones.map(({ id }) => id));
    expect(ids.size).toBe(zones.length);
    for (const { id, reasons, rationale, members, name } of zones) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect([name.length, reasons.length, rationale.length].every((length) => length > 0)).toBe(true);
      for (const { reasons: why, runnerUp, margin } of members) {
        expect(why.length).toBeGreaterThan(0);
        expect(margin).toBeGreaterThanOrEqual(0);
        expect(margin).toBeLessThanOrEqual(1);
        if (runnerUp === null) continue;
        expect(ids).toContain(runnerUp.zoneId);
        expect(runnerUp.zoneId).not.toBe(id);
        expect(runnerUp.reasons.length).toBeGreaterThan(0);
      }
    }
  });

  test.each(SNAPSHOTS)('%s: the order of the traffic changes nothing', (_, make) => {
    const { hosts, conversations, capture } = make();
    const expected = plantOf({ hosts, conversations, capture }).zoning;
    const orders = fc.record({
      hosts: fc.shuffledSubarray([...hosts], { minLength: hosts.length }),
      conversations: fc.shuffledSubarray([...conversations], { minLength: conversations.length }),
    });
    const runs = conversations.length > 100 ? 3 : 25;
    fc.assert(
      fc.property(orders, (order) => {
        expect(plantOf({ capture, ...order }).zoning.zones).toEqual(expected.zones);
      }),
      { numRuns: runs },
    );
  });

  test.each(SNAPSHOTS)('%s: a little more traffic gives the same zones', (_, make) => {
    const original = make();
    const expected = outline(plantOf(original));
    const growth = fc.array(fc.integer({ min: 100, max: 105 }), {
      minLength: original.conversations.length,
      maxLength: original.conversations.length,
    });
    const runs = original.conversations.length > 100 ? 3 : 25;
    fc.assert(
      fc.property(growth, (percents) => {
        const conversations = original.conversations.map((entry, at) => grown(entry, percents[at] as number));
        expect(outline(plantOf({ ...original, conversations }))).toEqual(expected);
      }),
      { numRuns: runs },
    );
  });
});

/** What must stay: ids, names, kinds and members. */
function outline({ zoning }: Plant): object {
  return zoning.zones.map(({ id, name, kind, securityLevelTarget, members }) => {
    return { id, name, kind, securityLevelTarget, members: members.map(({ assetId }) => assetId) };
  });
}

function grown(entry: ConversationSnapshot, percent: number): ConversationSnapshot {
  const more = (count: number) => Math.ceil((count * percent) / 100);
  return {
    ...entry,
    packets: more(entry.packets),
    bytes: more(entry.bytes),
    operations: entry.operations.map((one) => ({
      ...one,
      requests: more(one.requests),
      responses: more(one.responses),
    })),
  };
}

describe('a large plant', () => {
  const cellsOf = (cells: number, stations: number, routed: boolean, seconds: number) =>
    snapshotOf(simulate(manyCells({ cells, stations, routed, seconds })).frames);

  test.each([
    ['in networks of their own', true],
    ['on one network', false],
  ])('of some four hundred devices in cells %s stays readable', (_, routed) => {
    const heard = cellsOf(23, 15, routed, 6);
    const start = performance.now();
    const plant = plantOf(heard);
    console.log(`zones and conduits of ${plant.assets.all.length} assets: ${Math.round(performance.now() - start)} ms`);
    const cells = plant.zoning.zones.filter(({ kind }) => kind === 'control');
    expect(cells.map(({ members }) => members.length)).toEqual(new Array(23).fill(17));
    expect(plant.zoning.zones).toHaveLength(24);
    expect(plant.conduits.length).toBeLessThan(30);
  });

  test('gives the same zones when it was heard a little longer', () => {
    expect(outline(plantOf(cellsOf(4, 3, true, 21)))).toEqual(outline(plantOf(cellsOf(4, 3, true, 20))));
  });
});

describe('decisions of operators', () => {
  const CELL = 'cell-10-1-0-10';
  const who = { by: 'anna', at: 5, reason: null };
  const about = (more: Partial<Extract<ZoneDecision, { kind: 'zone' }>>): ZoneDecision => {
    const nothing = { name: null, zoneKind: null, securityLevelTarget: null, locked: false, members: [] };
    return { kind: 'zone', zoneId: CELL, ...nothing, ...who, ...more };
  };
  const decided = (zones: readonly ZoneDecision[], traffic = flatPlant()) => plantOf(traffic, { zones });
  const move = (address: string, zoneId: string, at = 5): ZoneDecision => ({
    kind: 'move',
    address,
    zoneId,
    ...who,
    at,
  });
  /** The plant with a fourth I/O station in the first cell. */
  const extended = (): Snapshot => {
    const { hosts, conversations, capture } = flatPlant();
    const station: HostSnapshot = device('10.1.0.14', STATION);
    return {
      capture,
      hosts: [...hosts, station],
      conversations: [...conversations, polls('10.1.0.10', '10.1.0.14', 2000)],
    };
  };

  test('name a zone, set its kind and its target', () => {
    const named = zone(
      decided([about({ name: 'Filling', zoneKind: 'safety', securityLevelTarget: 4, reason: 'risk study' })]),
      CELL,
    );
    expect(named).toMatchObject({ name: 'Filling', kind: 'safety', securityLevelTarget: 4 });
    expect(named.rationale).toEqual(['set by anna: risk study']);
    expect(zone(decided([about({ zoneKind: 'safety' })]), CELL).securityLevelTarget).toBe(3);
  });

  test('of several the newest counts', () => {
    const names = [about({ name: 'new', at: 9 }), about({ name: 'old', at: 1 })];
    expect(zone(decided(names), CELL).name).toBe('new');
    expect(zone(decided([...names].reverse()), CELL).name).toBe('new');
    const moves = [move('10.1.0.13', 'supervisory-10-1-0-0', 9), move('10.1.0.13', 'engineering-10-1-0-0', 1)];
    expect(decided(moves).zoning.zoneOfAddress.get('10.1.0.13')).toBe('supervisory-10-1-0-0');
  });

  test('move an asset, by any of its addresses, and tell where it would be', () => {
    for (const address of ['10.1.0.13', macOf('10.1.0.13')]) {
      const plant = decided([move(address, 'supervisory-10-1-0-0')]);
      expect(zonesOf(plant)['supervisory-10-1-0-0']).toContain('10.1.0.13');
      expect(member(plant, '10.1.0.13')).toMatchObject({
        placedBy: 'operator',
        reasons: ['put here by anna'],
        runnerUp: { zoneId: CELL },
      });
    }
  });

  test('make a zone that nothing proposes', () => {
    const plant = decided([
      move('10.1.0.13', 'robots'),
      about({ zoneId: 'robots', name: 'Robots', zoneKind: 'field' }),
    ]);
    expect(zone(plant, 'robots')).toMatchObject({ name: 'Robots', kind: 'field' });
    expect(zonesOf(plant)['robots']).toEqual(['10.1.0.13']);
  });

  test('lock a zone: its members stay, and who is new stands beside it', () => {
    const members = ['10.1.0.10', '10.1.0.11', '10.1.0.12', '10.1.0.13', '10.1.0.22'];
    const plant = decided([about({ locked: true, members })], extended());
    expect(zonesOf(plant)[CELL]).toEqual(members);
    expect(zone(plant, CELL).locked).toBe(true);
    expect(zonesOf(plant)[`${CELL}-newcomers`]).toEqual(['10.1.0.14']);
    expect(zone(plant, `${CELL}-newcomers`)).toMatchObject({ kind: 'control', locked: false });
  });

  test('survive new traffic', () => {
    const decisions = [about({ name: 'Filling' }), move('10.1.0.33', CELL)];
    const plant = decided(decisions, extended());
    expect(zone(plant, CELL).name).toBe('Filling');
    expect(zonesOf(plant)[CELL]).toEqual([
      '10.1.0.10',
      '10.1.0.11',
      '10.1.0.12',
      '10.1.0.13',
      '10.1.0.14',
      '10.1.0.33',
    ]);
  });

  test('leave every end of every flow in a zone', () => {
    const addresses = flatPlant().hosts.map(({ address }) => address);
    const zones = ['robots', CELL, 'supervisory-10-1-0-0'];
    const decision = fc.oneof(
      fc
        .record({ address: fc.constantFrom(...addresses), zoneId: fc.constantFrom(...zones), at: fc.nat(9) })
        .map(({ address, zoneId, at }) => move(address, zoneId, at)),
      fc
        .record({
          locked: fc.boolean(),
          members: fc.subarray(addresses),
          zoneId: fc.constantFrom(...zones),
          at: fc.nat(9),
        })
        .map(about),
    );
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const { flows, zoning } = decided(decisions);
        const ends = flows.flatMap(({ client, server }) => [client.scoped, server.scoped]);
        expect(ends.filter((end) => !zoning.zoneOfAddress.has(end))).toEqual([]);
        const all = zoning.zones.flatMap(({ members }) => members.map(({ assetId }) => assetId));
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});

test('hosts that program controllers are told from those that do not', () => {
  const { zoning } = plantOf(
    snapshot(
      [
        device('10.1.0.1', ENGINEERING),
        device('10.2.0.1', PLC, 2),
        host('10.2.0.9', { sightings: [sighting('02:00:00:00:00:09', { vlan: 2 })] }),
      ],
      [programs('10.1.0.1', '10.2.0.1')],
    ),
  );
  expect(zoning.zones.map(({ id }) => id)).toEqual(['control-10-2-0-0-vlan-2', 'engineering-10-1-0-0']);
});
