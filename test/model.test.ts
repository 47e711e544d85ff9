/** Assets from snapshots: whose a MAC address is, which addresses are one device, what it is for. */
import { describe, expect, test } from 'vitest';
import { assetsOf } from '../agent/model/assets.ts';
import { hearingFindings } from '../agent/model/capture-quality.ts';
import { macOrigin } from '../agent/model/mac-vendor.ts';
import type { Override } from '../agent/model/overrides.ts';
import type { Snapshot } from '../agent/model/snapshot.ts';
import { evidence, host, operation, sighting, snapshot, talk } from './snapshots.ts';

const SIEMENS = '00:0e:8c:00:00:01';
const ROUTER = '70:db:98:00:00:01';

const ids = (all: ReturnType<typeof assetsOf>) => all.all.map(({ id }) => id);
const only = (s: Snapshot, overrides: readonly Override[] = []) => {
  const { all } = assetsOf(s, overrides);
  expect(all).toHaveLength(1);
  return all[0] as (typeof all)[number];
};

describe('a MAC address', () => {
  test('is the device’s when it is the only address behind it', () => {
    const asset = only(snapshot([host('10.0.0.1', { sightings: [sighting(SIEMENS)] })]));
    expect(asset).toMatchObject({ mac: [SIEMENS], ip: ['10.0.0.1'], vendor: 'Siemens' });
  });

  test('is nobody’s when many addresses lie behind it', () => {
    const behind = ['10.1.0.1', '10.1.0.2', '10.1.0.3'].map((address) =>
      host(address, { sightings: [sighting(ROUTER, { lowestTtl: 63, highestTtl: 63 })] }),
    );
    const { all } = assetsOf(snapshot(behind));
    expect(all.map(({ mac }) => mac)).toEqual([[], [], []]);
  });

  test('is nobody’s even for a single address whose TTL a router has counted down', () => {
    const routed = host('10.1.0.1', { sightings: [sighting(ROUTER, { lowestTtl: 62, highestTtl: 62 })] });
    expect(only(snapshot([routed])).mac).toEqual([]);
  });

  test('is the router’s that claimed it by ARP, not theirs behind it', () => {
    const router = host('10.0.0.254', {
      sightings: [sighting(ROUTER, { claimed: true, lowestTtl: 0, highestTtl: 0 })],
    });
    const far = host('10.9.0.1', { sightings: [sighting(ROUTER, { lowestTtl: 63, highestTtl: 63 })] });
    const { all } = assetsOf(snapshot([router, far]));
    expect(all.map(({ id, mac, role }) => [id, mac, role])).toEqual([
      ['ip-10.0.0.254', [ROUTER], 'router'],
      ['ip-10.9.0.1', [], 'unknown'],
    ]);
  });

  test('tells a maker, a hypervisor, or that it was made up', () => {
    expect(macOrigin('00:1d:9c:12:34:56')).toEqual({ vendor: 'Rockwell Automation', kind: null });
    expect(macOrigin('70:db:98:00:00:01').vendor).toBe('Cisco Systems');
    expect(macOrigin('00:50:56:00:00:01').kind).toBe('virtual machine');
    expect(macOrigin('da:a1:19:00:00:01')).toEqual({ vendor: null, kind: 'locally administered or randomised' });
  });
});

describe('addresses are one device', () => {
  test('that share a MAC address of their own', () => {
    const claimed = [sighting(SIEMENS, { claimed: true })];
    const asset = only(snapshot([host('10.0.0.2', { sightings: claimed }), host('10.0.1.2', { sightings: claimed })]));
    expect(asset).toMatchObject({ id: 'ip-10.0.0.2', ip: ['10.0.0.2', '10.0.1.2'], mac: [SIEMENS] });
    expect(asset.joined).toHaveLength(2);
  });

  test('that say the same serial number', () => {
    const serial = [evidence('serial', '0051aec3', { source: 'enip.identity.serial' })];
    const asset = only(snapshot([host('10.0.0.2', { evidence: serial }), host('10.0.9.9', { evidence: serial })]));
    expect(asset.ip).toEqual(['10.0.0.2', '10.0.9.9']);
    expect(asset.joined).toEqual(['10.0.0.2 and 10.0.9.9 have the same serial number: enip 0051aec3']);
  });

  test.each(['00000000', '0'])('but not by a serial number that nobody set: %s', (value) => {
    const serial = [evidence('serial', value, { source: 'enip.identity.serial' })];
    expect(
      ids(assetsOf(snapshot([host('10.0.0.2', { evidence: serial }), host('10.0.0.3', { evidence: serial })]))),
    ).toHaveLength(2);
  });

  test('that a switch names in its LLDP, sent from the MAC address of a port', () => {
    const port = host('00:80:63:00:00:11', {
      evidence: [evidence('address', '10.0.0.3', { source: 'lldp.management-address' })],
    });
    const asset = only(snapshot([port, host('10.0.0.3', { sightings: [sighting('00:80:63:00:00:10')] })]));
    expect(asset).toMatchObject({ ip: ['10.0.0.3'], mac: ['00:80:63:00:00:10', '00:80:63:00:00:11'] });
  });

  test('whatever the order in which they were met', () => {
    const claimed = [sighting(SIEMENS, { claimed: true })];
    const hosts = [
      host('10.0.0.2', { sightings: claimed }),
      host('10.0.1.2', { sightings: claimed }),
      host('10.0.0.1'),
    ];
    expect(assetsOf(snapshot([...hosts].reverse())).all).toEqual(assetsOf(snapshot(hosts)).all);
  });

  test('but the same address in two scopes is two', () => {
    const twins = [host('192.168.0.1'), host('192.168.0.1', { scope: 20 })];
    const conversations = [
      { ...talk('192.168.0.9', '192.168.0.1', 's7comm'), scope: 0 },
      { ...talk('192.168.0.9', '192.168.0.1', 'modbus'), scope: 20 },
    ];
    const { all, idOf } = assetsOf(snapshot(twins, conversations));
    expect(all.map(({ id, protocols }) => [id, protocols[0]?.name])).toEqual([
      ['ip-192.168.0.1', 's7comm'],
      ['ip-192.168.0.1@vlan20', 'modbus'],
    ]);
    expect(idOf.get('192.168.0.1@vlan20')).toBe('ip-192.168.0.1@vlan20');
  });
});

describe('identity', () => {
  test('is the strongest evidence; the rest and contradictions stay visible', () => {
    const told = [
      evidence('firmware', 'V1', { confidence: 0.6, source: 'http.server' }),
      evidence('firmware', 'V2', { confidence: 0.95, source: 's7comm.szl-0011' }),
      evidence('firmware', 'V3', { confidence: 0.95, source: 's7comm.szl-0011', firstSeen: 9 }),
    ];
    const asset = only(snapshot([host('10.0.0.1', { evidence: told })]));
    expect(asset.firmware).toBe('V2');
    expect(asset.evidence).toHaveLength(3);
    expect(asset.conflicts.map(({ field, values }) => [field, values.map(({ value }) => value)])).toEqual([
      ['firmware', ['V2', 'V3']],
    ]);
  });

  test('is what the operator says, above all', () => {
    const heard = host('10.0.0.1', { evidence: [evidence('vendor', 'Heard', { confidence: 1 })] });
    const said = (field: Override['field'], value: string): Override => {
      return { address: '10.0.0.1', field, value, by: 'anna', at: 5, reason: null };
    };
    const overrides = [said('vendor', 'Said'), said('role', 'safety-controller'), said('purdue-level', '1')];
    expect(only(snapshot([heard]), overrides)).toMatchObject({
      vendor: 'Said',
      role: 'safety-controller',
      roleReasons: ['set by anna'],
      purdueLevel: 1,
    });
  });

  test('counts what is known, and says what would tell the rest', () => {
    const { completeness } = only(snapshot([host('10.0.0.1', { evidence: [evidence('name', 'FILLER')] })]));
    expect(completeness.score).toBeCloseTo(2 / 14, 2);
    expect(completeness.missing.find(({ name }) => name === 'MAC address')?.toldBy).toMatch(/own segment/);
  });
});

describe('parts behind an address', () => {
  const gateway = (units: readonly number[]) =>
    assetsOf(
      snapshot(
        [host('10.0.0.1'), host('10.0.0.2')],
        [talk('10.0.0.2', '10.0.0.1', 'modbus', [operation('read', 50, { units, unitsAnswered: units })])],
      ),
    ).all.filter(({ parent }) => parent !== null);

  test('are assets of their own, when several answer', () => {
    expect(gateway([3, 4]).map(({ id, parent }) => [id, parent])).toEqual([
      ['ip-10.0.0.1/unit-3', 'ip-10.0.0.1'],
      ['ip-10.0.0.1/unit-4', 'ip-10.0.0.1'],
    ]);
  });

  test('are not made of one unit, nor of those that mean the device itself', () => {
    expect(gateway([1])).toEqual([]);
    expect(gateway([0, 1, 255])).toEqual([]);
  });
});

describe('a role', () => {
  const roleOf = (address: string, s: Snapshot) => assetsOf(s).all.find(({ ip }) => ip.includes(address));
  const plcs = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
  const hosts = [...plcs, '10.0.0.9', '10.0.0.8'].map((address) => host(address));

  test('is judged by what a device serves and whom it asks, with reasons and runner-up', () => {
    const polls = plcs.map((plc) =>
      talk('10.0.0.9', plc, 's7comm', [operation('read', 100), operation('diagnostic', 1)]),
    );
    const scada = roleOf('10.0.0.9', snapshot(hosts, polls));
    expect(scada).toMatchObject({ role: 'scada-server', purdueLevel: 2 });
    expect(scada?.roleReasons).toEqual(['reads 3 field devices steadily (s7comm)']);
    expect(scada?.roleRunnerUp?.role).toBe('engineering-workstation');
    expect(roleOf('10.0.0.1', snapshot(hosts, polls))).toMatchObject({ role: 'plc', purdueLevel: 1 });
  });

  test('is not changed by a single look at a controller', () => {
    const look = [
      talk('10.0.0.9', '10.0.0.1', 'modbus', [operation('write', 2)]),
      talk('10.0.0.9', '10.0.0.8', 'smb'),
      talk('10.0.0.9', '10.0.0.8', 'http'),
    ];
    expect(roleOf('10.0.0.9', snapshot(hosts, look))?.role).toBe('workstation');
  });

  test('of who moves programs is engineering', () => {
    const download = [talk('10.0.0.9', '10.0.0.1', 's7comm', [operation('program', 5)])];
    expect(roleOf('10.0.0.9', snapshot(hosts, download))?.role).toBe('engineering-workstation');
  });

  test('of what only controllers ask is remote I/O', () => {
    const asked = [
      talk('10.0.0.9', '10.0.0.1', 's7comm', [operation('read', 50)]),
      talk('10.0.0.1', '10.0.0.2', 'modbus', [operation('read', 500)]),
    ];
    expect(roleOf('10.0.0.2', snapshot(hosts, asked))?.role).toBe('remote-io');
  });

  test('is unknown when nothing speaks for any', () => {
    expect(roleOf('10.0.0.8', snapshot(hosts))).toMatchObject({
      role: 'unknown',
      purdueLevel: null,
      roleConfidence: 0,
    });
  });
});

describe('a source', () => {
  const heard = {
    packets: 1000,
    tcp: 900,
    toGroups: 0,
    duplicates: 0,
    cutPackets: 0,
    gaps: 0,
    droppedByCapture: 0,
    vlanTagged: 0,
    unreadable: 0,
  };
  const found = (more: Partial<typeof heard>) => {
    const s = snapshot([]);
    const files = [{ name: 'a.pcap', packets: 1000, bytes: 1, hearing: { ...heard, ...more }, error: null }];
    return hearingFindings({ ...s, capture: { ...s.capture, files } }).map(({ id, source }) => [id, source]);
  };

  test.each([
    [{}, []],
    [{ toGroups: 990 }, [['groups-only', 'a.pcap']]],
    [{ duplicates: 500 }, [['duplicates', 'a.pcap']]],
    [{ gaps: 20 }, [['gaps', 'a.pcap']]],
    [{ cutPackets: 1 }, [['cut', 'a.pcap']]],
    [{ droppedByCapture: 1 }, [['lost-by-capture', 'a.pcap']]],
  ])('%j is said to be %j', (more, expected) => {
    expect(found(more)).toEqual(expected);
  });
});
