/** Addresses that are not one device's for good: translated by a router, shared by a pair, or one of several of a device. */
import { describe, expect, test } from 'vitest';
import { assetsOf } from '../agent/model/assets.ts';
import type { Snapshot } from '../agent/model/snapshot.ts';
import { evidence, host, sighting, snapshot, talk } from './snapshots.ts';

const PLC = '00:1d:9c:00:00:01';
const OTHER_PLC = '00:1d:9c:00:00:02';
const ROUTER = '70:db:98:00:00:01';
const OTHER_ROUTER = '70:db:98:00:00:02';
const VRRP = '00:00:5e:00:01:07';
const HSRP = '00:00:0c:07:ac:07';

const serial = (value: string) => evidence('serial', value, { source: 'enip.list-identity.serial' });
const named = (value: string, more = {}) => evidence('name', value, { source: 'smb.ntlm-name', ...more });
const claimed = (mac: string) => sighting(mac, { claimed: true });
const routed = (mac: string) => sighting(mac, { lowestTtl: 63, highestTtl: 63 });
const devices = (s: Snapshot) => assetsOf(s).all.map(({ ip, mac, role }) => [ip.join(' '), mac.join(' '), role]);

describe('network address translation', () => {
  test('one to one, heard on both sides: one device, told by its serial number, with its own MAC address only', () => {
    const s = snapshot([
      host('192.168.1.10', { sightings: [claimed(PLC)], evidence: [serial('00c0ffee')] }),
      host('10.0.0.10', { sightings: [routed(ROUTER)], evidence: [serial('00c0ffee')] }),
      host('10.0.0.1', { sightings: [claimed(ROUTER)] }),
    ]);
    expect(devices(s).map(([ip, mac]) => [ip, mac])).toEqual([
      ['10.0.0.1', ROUTER],
      ['10.0.0.10 192.168.1.10', PLC],
    ]);
  });

  test('machines that are the same inside, each under an address of its own outside, are several', () => {
    const inside = evidence('address', '192.168.1.10', { source: 'enip.list-identity.socket-address' });
    const machine = (address: string, number: string) =>
      host(address, { sightings: [routed(ROUTER)], evidence: [serial(number), inside] });
    expect(devices(snapshot([machine('10.0.0.10', '00c0ffee'), machine('10.0.0.11', '00c0ffef')]))).toHaveLength(2);
  });

  test('the address that a device says is its own does not make it the device that has that address here', () => {
    const inside = evidence('address', '192.168.1.10', { source: 'enip.list-identity.socket-address' });
    const s = snapshot([
      host('10.0.0.10', { sightings: [routed(ROUTER)], evidence: [serial('00c0ffee'), inside] }),
      host('192.168.1.10', { sightings: [claimed(OTHER_PLC)], evidence: [serial('00c0ffef')] }),
    ]);
    expect(devices(s)).toHaveLength(2);
    const [outside] = assetsOf(s).all;
    expect(outside?.evidence).toContainEqual(expect.objectContaining({ field: 'address', value: '192.168.1.10' }));
  });

  test('many behind one address: it is none of them, whatever they say there', () => {
    const s = snapshot([
      host('10.0.0.1', {
        sightings: [claimed(ROUTER)],
        evidence: [named('HMI-1'), named('HMI-2'), serial('00c0ffee'), serial('00c0ffef')],
      }),
      host('192.168.1.10', { sightings: [claimed(PLC)], evidence: [serial('00c0ffee')] }),
      host('192.168.1.21', { sightings: [claimed('00:50:56:00:00:21')], evidence: [named('HMI-1')] }),
      host('192.168.1.22', { sightings: [claimed('00:50:56:00:00:22')], evidence: [named('HMI-2')] }),
    ]);
    expect(devices(s).map(([ip, mac]) => [ip, mac])).toEqual([
      ['10.0.0.1', ROUTER],
      ['192.168.1.10', PLC],
      ['192.168.1.21', '00:50:56:00:00:21'],
      ['192.168.1.22', '00:50:56:00:00:22'],
    ]);
  });

  test('a name that was given to it later is still its own', () => {
    const s = snapshot([
      host('10.0.0.21', {
        evidence: [named('WIN-X7Q', { lastSeen: 10 }), named('HMI-1', { firstSeen: 11, lastSeen: 20 })],
      }),
      host('192.168.1.21', { evidence: [named('HMI-1')] }),
    ]);
    expect(devices(s).map(([ip]) => ip)).toEqual(['10.0.0.21 192.168.1.21']);
  });
});

describe('an address that a pair shares', () => {
  test.each([
    ['VRRP', VRRP],
    ['HSRP', HSRP],
  ])('by %s: two routers and their address, the shared MAC address is neither’s', (_, shared) => {
    const far = (last: number) => host(`172.16.0.${last}`, { sightings: [routed(shared)] });
    const s = snapshot([
      host('10.0.0.1', { sightings: [claimed(shared)] }),
      host('10.0.0.2', { sightings: [claimed(ROUTER)] }),
      host('10.0.0.3', { sightings: [claimed(OTHER_ROUTER)] }),
      far(1),
      far(2),
    ]);
    expect(devices(s).map(([ip, mac]) => [ip, mac])).toEqual([
      ['10.0.0.1', shared],
      ['10.0.0.2', ROUTER],
      ['10.0.0.3', OTHER_ROUTER],
      ['172.16.0.1', ''],
      ['172.16.0.2', ''],
    ]);
    expect(assetsOf(s).all[0]?.role).toBe('router');
  });

  test('of controllers, taken over with a MAC address of its own: two controllers, and the address of whichever leads', () => {
    const s = snapshot([
      host('10.0.0.5', { sightings: [claimed(PLC), claimed(OTHER_PLC)] }),
      host('10.0.0.6', { sightings: [claimed(PLC)] }),
      host('10.0.0.7', { sightings: [claimed(OTHER_PLC)] }),
    ]);
    expect(devices(s).map(([ip, mac]) => [ip, mac])).toEqual([
      ['10.0.0.5', ''],
      ['10.0.0.6', PLC],
      ['10.0.0.7', OTHER_PLC],
    ]);
  });

  test('but two interfaces that answer for one address and no other are one device', () => {
    const s = snapshot([host('10.0.0.5', { sightings: [claimed(PLC), claimed(OTHER_PLC)] })]);
    expect(devices(s).map(([ip, mac]) => [ip, mac])).toEqual([['10.0.0.5', `${PLC} ${OTHER_PLC}`]]);
  });
});

test('a host with an interface in each of two networks is one device, and no router', () => {
  const s = snapshot(
    [
      host('10.0.0.9', { sightings: [claimed('00:50:56:00:00:01')], evidence: [named('HISTORIAN')] }),
      host('192.168.1.9', { sightings: [claimed('00:50:56:00:00:02')], evidence: [named('historian')] }),
      host('192.168.1.10', { sightings: [claimed(PLC)] }),
    ],
    [talk('192.168.1.9', '192.168.1.10', 'modbus')],
  );
  expect(devices(s).map(([ip]) => ip)).toEqual(['10.0.0.9 192.168.1.9', '192.168.1.10']);
  expect(assetsOf(s).all[0]?.role).not.toBe('router');
});

test.each([
  ['a router that forwards for two networks', ROUTER],
  ['a pair of routers that share it', VRRP],
])('the MAC address of %s is never a device’s behind it', (_, mac) => {
  const behind = ['10.1.0.1', '10.1.0.2'].map((address) => host(address, { sightings: [routed(mac)] }));
  expect(devices(snapshot(behind)).map(([ip, of]) => [ip, of])).toEqual([
    ['10.1.0.1', ''],
    ['10.1.0.2', ''],
  ]);
  const alone = snapshot([host('10.1.0.1', { sightings: [sighting(VRRP)] })]);
  expect(devices(alone).map(([ip, of]) => [ip, of])).toEqual([['10.1.0.1', '']]);
});
