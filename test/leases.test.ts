/** Whose an address is by DHCP: through the real sensor where bytes matter, by hand where only their history does. */
import { describe, expect, test } from 'vitest';
import { addressConflicts } from '../agent/baseline/address-conflicts.ts';
import { assetsOf } from '../agent/model/assets.ts';
import { mergeSnapshots } from '../agent/model/merge-snapshots.ts';
import type { Snapshot } from '../agent/model/snapshot.ts';
import { evidence, host, sighting, snapshot } from './snapshots.ts';

const FIRST = '00:80:f4:00:00:01';
const SECOND = '00:80:f4:00:00:02';
const ROUTER = '70:db:98:00:00:01';

const leasedTo = (mac: string, at = 1) =>
  evidence('address', mac, { source: 'dhcp.chaddr', confidence: 0.8, firstSeen: at, lastSeen: at });
const devices = (of: Snapshot) => assetsOf(of).all.map(({ id, ip, mac }) => [id, ip, mac]);

describe('an address that passes from one device to another', () => {
  const address = host('10.0.0.50', {
    sightings: [sighting(FIRST, { claimed: true }), sighting(SECOND, { claimed: true })],
    evidence: [leasedTo(FIRST, 1), leasedTo(SECOND, 9)],
  });
  const passed = snapshot([address, host(FIRST), host(SECOND)]);

  test('is two devices; it is that of the last', () => {
    expect(devices(passed)).toEqual([
      ['ip-10.0.0.50', ['10.0.0.50'], [SECOND]],
      [`mac-${FIRST}`, [], [FIRST]],
    ]);
  });

  test('is no conflict', () => {
    expect(addressConflicts({ snapshot: passed, assets: assetsOf(passed) })).toEqual([]);
  });

  test('but without a lease it is one', () => {
    const contested = snapshot([{ ...address, evidence: [] }]);
    expect(addressConflicts({ snapshot: contested, assets: assetsOf(contested) })).toHaveLength(1);
  });

  test('whichever of two captures is read first', () => {
    const one = (mac: string, at: number) =>
      snapshot([
        host('10.0.0.50', {
          ...{ firstSent: at, lastSent: at + 1 },
          sightings: [sighting(mac, { claimed: true })],
          evidence: [leasedTo(mac, at)],
        }),
        host(mac),
      ]);
    const both = devices(mergeSnapshots(one(FIRST, 1), one(SECOND, 9)));
    expect(devices(mergeSnapshots(one(SECOND, 9), one(FIRST, 1)))).toEqual(both);
  });
});

test('a device that was given one address after another is one', () => {
  const leased = (address: string) => host(address, { sightings: [sighting(FIRST)], evidence: [leasedTo(FIRST)] });
  expect(devices(snapshot([leased('10.0.0.50'), leased('10.0.0.51')]))).toEqual([
    ['ip-10.0.0.50', ['10.0.0.50', '10.0.0.51'], [FIRST]],
  ]);
});

test('a device whose packets come through a router is the one that its address was leased to', () => {
  const behind = host('10.9.0.50', {
    sightings: [sighting(ROUTER, { lowestTtl: 63, highestTtl: 63 })],
    evidence: [leasedTo(FIRST)],
  });
  expect(devices(snapshot([behind, host(FIRST)]))).toEqual([['ip-10.9.0.50', ['10.9.0.50'], [FIRST]]]);
});
