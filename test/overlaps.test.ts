/** The same addresses used twice: machines bought twice, each with its own network behind its own VLAN. */
import { expect, test } from 'vitest';
import { assetsOf } from '../agent/model/assets.ts';
import { plantOf } from '../agent/plant.ts';
import { reportOf } from '../agent/report/report.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { machine } from './machines.ts';
import { snapshotOf } from './sensing.ts';

test('two devices with one address in two VLANs are two assets with conversations of their own', () => {
  const report = reportOf(
    plantOf(snapshotOf([...machine(10, 100), ...machine(20, 200), ...machine(10, 101)].sort(byTime))),
  );
  expect(report.assets.map(({ id, vlan, mac }) => [id, vlan, mac])).toEqual([
    ['ip-192.168.0.1', [10], ['00:0e:8c:00:0a:01']],
    ['ip-192.168.0.1@vlan20', [20], ['00:0e:8c:00:14:01']],
    ['ip-192.168.0.2', [10], ['00:0e:8c:00:0a:02']],
    ['ip-192.168.0.2@vlan20', [20], ['00:0e:8c:00:14:02']],
  ]);
  const touched = report.conversations.map(({ serverId, operations }) => [
    serverId,
    operations.flatMap(({ ranges }) => ranges.map(({ first }) => first)),
  ]);
  expect(touched).toContainEqual(['ip-192.168.0.1', expect.arrayContaining([100])]);
  expect(touched).toContainEqual(['ip-192.168.0.1@vlan20', expect.arrayContaining([200])]);
});

test('but a routed copy in another VLAN, its TTL counted down, is the same device', () => {
  const { all } = assetsOf(snapshotOf([...machine(10, 100), ...machine(20, 100, 63)].sort(byTime)));
  expect(all.map(({ id }) => id)).toEqual(['ip-192.168.0.1', 'ip-192.168.0.2']);
});

function byTime(a: Frame, b: Frame): number {
  return a.time - b.time;
}
