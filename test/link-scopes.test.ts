/** The same addresses on links without VLAN tags: machines bought twice, each heard by a sensor of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { mergeSnapshots, settled } from '../agent/model/merge-snapshots.ts';
import { type Snapshot, scopedAddress, scopeIn, scopeOfLink } from '../agent/model/snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { checkPolicy } from '../agent/policy/check-policy.ts';
import { zoningOfPolicy } from '../agent/policy/policy-zones.ts';
import { proposePolicy } from '../agent/policy/propose-policy.ts';
import { reportOf } from '../agent/report/report.ts';
import { flowsOf } from '../agent/zones/flow.ts';
import { writePcap } from '../fixtures/plant/capture/pcap.ts';
import { PCAPNG, writePcapng } from '../fixtures/plant/capture/pcapng.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { line } from '../fixtures/plant/scenarios/line.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { runs } from './runs.ts';
import { snapshotOf } from './sensing.ts';
import { host, sighting, snapshot, talk } from './snapshots.ts';

const SECOND = 1_000_000_000;

/** What line `number` says, some seconds later than it would. */
function heard(number: number, later = 0): Frame[] {
  return [...simulate(line(number)).frames].map((frame) => ({ ...frame, time: frame.time + later * SECOND }));
}

const assetsIn = (merged: Snapshot) => plantOf(merged).assets.all.map(({ id, mac, ip, role }) => [id, mac, ip, role]);
const mac = (number: number, host: number) => `00:80:f4:00:${number.toString(16).padStart(2, '0')}:0${host}`;

describe('two lines with the same addresses, each heard by a sensor of its own', () => {
  const first = snapshotOf(heard(1));
  const second = snapshotOf(heard(2, 1));
  const merged = settled(mergeSnapshots(first, second));
  const plant = plantOf(merged);
  const link = `@${mac(2, 1)}`;

  test('are six assets, whichever is read first', () => {
    expect(assetsIn(merged)).toEqual([
      ['ip-192.168.0.1', [mac(1, 1)], ['192.168.0.1'], 'plc'],
      [`ip-192.168.0.1${link}`, [mac(2, 1)], ['192.168.0.1'], 'plc'],
      ['ip-192.168.0.2', [mac(1, 2)], ['192.168.0.2'], 'hmi'],
      [`ip-192.168.0.2${link}`, [mac(2, 2)], ['192.168.0.2'], 'hmi'],
      ['ip-192.168.0.3', [mac(1, 3)], ['192.168.0.3'], 'remote-io'],
      [`ip-192.168.0.3${link}`, [mac(2, 3)], ['192.168.0.3'], 'remote-io'],
    ]);
    expect(settled(mergeSnapshots(second, first))).toEqual(merged);
  });

  test('have conversations of their own', () => {
    const alone = first.conversations.length + second.conversations.length;
    expect(merged.conversations).toHaveLength(alone);
    const { conversations } = reportOf(plant);
    expect(conversations.map(({ clientId, serverId }) => [clientId, serverId])).toEqual([
      ['ip-192.168.0.1', 'ip-192.168.0.3'],
      [`ip-192.168.0.1${link}`, `ip-192.168.0.3${link}`],
      ['ip-192.168.0.2', 'ip-192.168.0.1'],
      [`ip-192.168.0.2${link}`, `ip-192.168.0.1${link}`],
    ]);
    for (const { conversation } of flowsOf(merged, plant.assets)) {
      expect(conversation.operations.every(({ ranges }) => new Set(ranges.map(({ first: at }) => at)).size === 1)).toBe(
        true,
      );
    }
  });

  test('are in zones of their own, which a proposed policy tells apart by MAC address', () => {
    const zoneOf = (id: string) => plant.zoning.zoneOfAsset.get(id);
    for (const last of [1, 2, 3]) {
      const here = zoneOf(`ip-192.168.0.${last}`);
      const there = zoneOf(`ip-192.168.0.${last}${link}`);
      expect(here).toBeDefined();
      expect(there).toBeDefined();
      expect(there).not.toBe(here);
    }
    const { policy } = proposePolicy(plant);
    expect(policy.zones.flatMap(({ members }) => members.filter((member) => 'mac' in member))).toHaveLength(6);
    const zoning = zoningOfPolicy(policy, merged, plant.assets);
    expect(checkPolicy(policy, flowsOf(merged, plant.assets), zoning).violations).toEqual([]);
    expect(plantOf(merged, { policy }).check?.violations).toEqual([]);
  });
});

test('captures of two sensors are told apart when they are analysed together, in any order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-links-'));
  try {
    const files = [1, 2].map((number) => {
      const path = join(folder, `${number}.pcap`);
      const pieces: Uint8Array[] = [];
      writePcap({ write: (bytes) => void pieces.push(bytes) }, 1_760_000_400, heard(number));
      writeFileSync(path, Buffer.concat(pieces));
      return path;
    });
    const expected = assetsIn(mergeSnapshots(...[1, 2].map((number) => snapshotOf(heard(number)))));
    expect(expected).toHaveLength(6);
    expect(assetsIn(await analyze(files))).toEqual(expected);
    expect(assetsIn(await analyze(files.reverse()))).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('a pcapng file of two interfaces', () => {
  const onBoth = (of: readonly (readonly Frame[])[]) =>
    of
      .flatMap((frames, index) => frames.map((frame) => ({ ...frame, interface: index })))
      .sort((a, b) => a.time - b.time);

  async function analysed(frames: readonly Frame[]): Promise<Snapshot> {
    const folder = mkdtempSync(join(tmpdir(), 'fieldmark-interfaces-'));
    try {
      const path = join(folder, 'both.pcapng');
      const pieces: Uint8Array[] = [];
      const interfaces = ['eth1', 'eth2'].map((name) => ({ name, snapLength: 0 }));
      writePcapng({ write: (bytes) => void pieces.push(bytes) }, 1_760_000_400, frames, { ...PCAPNG, interfaces });
      writeFileSync(path, Buffer.concat(pieces));
      return await analyze([path]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('that are on two links with the same addresses: all devices are told apart, by frames as they stand in the file', async () => {
    const frames = onBoth([heard(1), heard(2, 1)]);
    const snapshot = await analysed(frames);
    expect(assetsIn(snapshot)).toEqual(assetsIn(mergeSnapshots(snapshotOf(heard(1)), snapshotOf(heard(2, 1)))));
    const { packets, files } = snapshot.capture;
    expect([packets, files.map((file) => file.packets)]).toEqual([frames.length, [frames.length]]);
    const second = snapshot.conversations.filter(({ scope }) => scope !== 0);
    const first = frames.findIndex((frame) => frame.interface === 1) + 1;
    expect(Math.min(...second.map(({ firstFrame }) => firstFrame?.frame ?? 0))).toBe(first);
  });

  test('that each hear one direction of one link: nothing is told apart', async () => {
    const fromClient = ({ bytes }: Frame) => bytes[35] !== 502 % 256 || bytes[34] !== 502 >> 8;
    const frames = heard(1);
    const snapshot = await analysed(onBoth([frames.filter(fromClient), frames.filter((frame) => !fromClient(frame))]));
    expect(snapshot.hosts).toEqual(
      snapshotOf(frames).hosts.map((host) => ({ ...host, evidence: expect.anything() as never })),
    );
  });
});

test('it does not matter in which order snapshots are merged, nor after which other merges', () => {
  const frames = [heard(1), heard(2, 1), heard(3, 2)];
  // the first frames are cut more often: where a piece knows one end of a conversation only
  const cutting = fc.tuple(
    ...frames.map(({ length }) =>
      fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: length - 1 })), {
        maxLength: 3,
      }),
    ),
  );
  fc.assert(
    fc.property(cutting, fc.infiniteStream(fc.nat()), (cuts, numbers) => {
      const parts = frames.flatMap((of, index) => {
        const places = [0, ...[...(cuts[index] as number[])].sort((a, b) => a - b), of.length];
        return places.slice(1).flatMap((end, place) => {
          const piece = of.slice(places[place], end);
          return piece.length === 0 ? [] : [snapshotOf(piece)];
        });
      });
      const number = () => numbers.next().value as number;
      const merged = mergeSnapshots(...parts);
      const heap = [...parts];
      while (heap.length > 1) {
        const [one] = heap.splice(number() % heap.length, 1) as [Snapshot];
        const [other] = heap.splice(number() % heap.length, 1) as [Snapshot];
        heap.push(mergeSnapshots(one, other));
      }
      expect(assetsIn(heap[0] as Snapshot)).toEqual(assetsIn(merged));
      expect(reportOf(plantOf(heap[0] as Snapshot)).conversations.map(ends)).toEqual(
        reportOf(plantOf(merged)).conversations.map(ends),
      );
    }),
    { numRuns: runs(20) },
  );
});

describe('what is one address all the same', () => {
  test('a device that was replaced between two files of one sensor', () => {
    const merged = mergeSnapshots(snapshotOf(heard(1)), snapshotOf(heard(2, 30)));
    expect(plantOf(merged).assets.all.map(({ id }) => id)).toEqual([
      'ip-192.168.0.1',
      'ip-192.168.0.2',
      'ip-192.168.0.3',
    ]);
  });

  const twin = (macs: readonly string[], more = {}) =>
    snapshot([
      host('10.0.0.1', { sightings: macs.map((of) => sighting(of, { claimed: true })), ...times(0, 10), ...more }),
    ]);
  const scopes = (...snapshots: readonly Snapshot[]) =>
    settled(mergeSnapshots(...snapshots)).hosts.map(({ scope }) => scope);

  test.each([
    [
      'one whose two MAC addresses one sensor heard: a conflict, or a pair that hands over',
      [twin(['00:80:f4:00:00:01']), twin(['00:80:f4:00:00:01', '00:80:f4:00:00:02'])],
    ],
    ['a router behind a MAC address that it shares', [twin(['00:80:f4:00:00:01']), twin(['00:00:5e:00:01:01'])]],
    [
      'one that the other sensor hears behind a router',
      [
        twin(['00:80:f4:00:00:01']),
        twin([], { sightings: [sighting('00:80:f4:00:00:02', { lowestTtl: 63, highestTtl: 63 })] }),
      ],
    ],
    [
      'one heard by one sensor after the other',
      [twin(['00:80:f4:00:00:01']), twin(['00:80:f4:00:00:02'], times(10, 20))],
    ],
  ])('%s', (_, snapshots) => {
    expect(scopes(...snapshots)).toEqual([0]);
  });

  test('but not one that both hear at once', () => {
    expect(scopes(twin(['00:80:f4:00:00:01']), twin(['00:80:f4:00:00:02'], times(9, 20)))).toEqual([
      0,
      scopeOfLink('00:80:f4:00:00:02'),
    ]);
  });
});

test('a device on both links is one asset', () => {
  const at = (own: string, station: string) =>
    snapshot(
      [
        host('10.0.0.1', { sightings: [sighting(own, { claimed: true })], ...times(0, 10) }),
        host('10.0.0.9', { sightings: [sighting(station, { claimed: true })], ...times(0, 10) }),
      ],
      [talk('10.0.0.9', '10.0.0.1', 'modbus')],
    );
  const merged = mergeSnapshots(
    at('00:80:f4:00:00:01', '00:80:f4:00:00:99'),
    at('00:80:f4:00:00:02', '00:80:f4:00:00:99'),
  );
  expect(plantOf(merged).assets.all.map(({ id, ip }) => [id, ip])).toEqual([
    ['ip-10.0.0.1', ['10.0.0.1']],
    ['ip-10.0.0.1@00:80:f4:00:00:02', ['10.0.0.1']],
    ['ip-10.0.0.9', ['10.0.0.9']],
  ]);
});

test.each([0, 20, 4094, scopeOfLink('00:00:00:00:00:01'), scopeOfLink('fe:ff:ff:ff:ff:ff')])(
  'scope %d is read as it is written',
  (scope) => expect(scopeIn(scopedAddress('10.0.0.1', scope))).toBe(scope),
);

function times(first: number, last: number) {
  return { firstSent: 1_760_000_400_000_000 + first * 1e6, lastSent: 1_760_000_400_000_000 + last * 1e6 };
}

function ends({ clientId, serverId, packets }: { clientId: string | null; serverId: string | null; packets: number }) {
  return [clientId, serverId, packets];
}
