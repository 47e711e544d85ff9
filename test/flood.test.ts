/** What floods push out, and what they must not. */
import { describe, expect, test } from 'vitest';
import { LIMITS, type Limits } from '../agent/limits.ts';
import { hearingFindings } from '../agent/model/capture-quality.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { reportOf } from '../agent/report/report.ts';
import { Sensor } from '../agent/sensor.ts';
import { lost } from '../fixtures/plant/bench/flood-truth.ts';
import { type Flood, floods, mix } from '../fixtures/plant/bench/floods.ts';
import { LINKTYPE_ETHERNET } from '../fixtures/plant/capture/pcap.ts';
import { arp, EtherType, ethernet, IpProtocol, ipv4, udp } from '../fixtures/plant/frames.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { demo } from '../fixtures/plant/scenarios/demo/index.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { endsOf, sensed, snapshotOf } from './sensing.ts';
import { hex } from './support.ts';
import { CLIENT, SERVER, TcpTalk } from './tcp-talk.ts';

const MILLISECOND = 1_000_000;
const FLOWS = 16;
const READ_REQUEST = hex('00 01 00 00 00 06 01 03 00 00 00 01');
const READ_RESPONSE = hex('00 01 00 00 00 05 01 03 02 00 07');

test('a flow under way outlives flows of one packet, however many', () => {
  const frames: Frame[] = [];
  const hear = (source: string, sourcePort: number) => {
    const bytes = datagram(source, sourcePort, frames.length);
    frames.push({ bytes, length: bytes.length, time: frames.length * MILLISECOND });
  };
  for (let packet = 0; packet < 3; packet++) hear('10.0.0.1', 40_000);
  for (let round = 0; round < 20; round++) {
    for (let spoofed = 0; spoofed < 2 * FLOWS; spoofed++) hear(`10.1.${round}.${spoofed + 1}`, 1024 + spoofed);
    hear('10.0.0.1', 40_000);
  }
  const options = { limits: { ...LIMITS, flows: FLOWS } };
  expect(sensed(frames, options).counters.flowsEvicted).toBeGreaterThan(600);
  const steady = snapshotOf(frames, options).conversations.find(
    (conversation) => endsOf(conversation) === '10.0.0.1 > 10.0.0.2 udp/6000 udp/6000',
  );
  expect(steady).toMatchObject({ flows: 1, packetsFromClient: 23 });
});

test('a plant is found behind a flood that fills every table, and forged senders are summed up', () => {
  const frames: Frame[] = [];
  for (let i = 0; i < 2000; i++) {
    const bytes = datagram(`11.${i >> 8}.${i & 0xff}.7`, 1024 + i, i);
    frames.push({ bytes, length: bytes.length, time: i * MILLISECOND });
  }
  const talk = new TcpTalk(502).open();
  for (let i = 0; i < 5; i++) talk.say('client', READ_REQUEST).say('server', READ_RESPONSE);
  for (const frame of talk.frames) frames.push({ ...frame, time: frame.time + 3000 * MILLISECOND });
  const limits = {
    ...LIMITS,
    flows: 256,
    hosts: 512,
    listedHosts: 64,
    passersBy: 32,
    conversations: 128,
    passingConversations: 64,
    sightings: 256,
  };
  const snapshot = snapshotOf(frames, { limits });
  expect(snapshot.hosts.length).toBeLessThanOrEqual(66);
  expect(snapshot.hosts.map(({ address }) => address)).toEqual(expect.arrayContaining([CLIENT, SERVER]));
  const modbus = snapshot.conversations.find(({ protocol }) => protocol === 'modbus');
  expect(modbus?.operations[0]).toMatchObject({ code: '3', requests: 5, responses: 5 });
  const { hostsSummedUp = 0, conversationsSummedUp = 0, hostsRefused = 0 } = snapshot.capture.quality.limitsHit;
  expect(hostsSummedUp).toBeGreaterThan(150);
  expect(conversationsSummedUp).toBeGreaterThan(0);
  expect(hostsRefused).toBe(0);
});

test('a router that only answers by ARP is found behind devices that claim as many addresses as there is room for', () => {
  const frames: Frame[] = [];
  const asker = { mac: '02:00:00:00:00:01', ip: '10.0.0.1' };
  const router = { mac: '02:00:00:00:00:02', ip: '10.0.0.254' };
  const nobody = '00:00:00:00:00:00';
  const hear = (operation: 1 | 2, sender: typeof asker, targetMac: string, targetIp: string) => {
    const destination = operation === 1 ? 'ff:ff:ff:ff:ff:ff' : targetMac;
    const body = arp(operation, sender.mac, sender.ip, targetMac, targetIp);
    const bytes = ethernet(sender.mac, destination, undefined, EtherType.arp, body, true);
    frames.push({ bytes, length: bytes.length, time: frames.length * MILLISECOND });
  };
  hear(1, asker, nobody, router.ip);
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 1000; i++) {
      const [high, low] = [i >> 8, i & 0xff];
      hear(1, { mac: `02:01:00:00:${hexByte(high)}:${hexByte(low)}`, ip: `11.0.${high}.${low}` }, nobody, asker.ip);
    }
  }
  const limits = { ...LIMITS, hosts: 512 };
  const addresses = () => snapshotOf(frames, { limits }).hosts.map(({ address }) => address);
  hear(2, router, asker.mac, asker.ip); // nobody asked since addresses are many
  expect(addresses()).not.toContain(router.ip);
  hear(1, asker, nobody, router.ip);
  hear(2, router, asker.mac, asker.ip);
  expect(addresses()).toEqual(expect.arrayContaining([router.ip, router.mac]));
});

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}

function datagram(source: string, sourcePort: number, number: number): Uint8Array {
  const body = udp(source, '10.0.0.2', sourcePort, 6000, Uint8Array.of(number >>> 8, number & 0xff));
  const packet = ipv4(source, '10.0.0.2', 64, number + 1, IpProtocol.udp, body);
  return ethernet('02:00:00:00:00:01', '02:00:00:00:00:02', undefined, EtherType.ipv4, packet, true);
}

describe('the demo plant among a small flood, with small tables', () => {
  const tables = {
    ...{ flows: 2048, passingFlows: 512, dialogues: 256, hosts: 2048, listedHosts: 1024, passersBy: 128 },
    ...{ sightings: 2048, conversations: 2048, passingConversations: 128, operations: 4096, ranges: 4096 },
    ...{ evidenceBytes: 2 << 20, heldFactBytes: 1 << 20, heldMessageBytes: 1 << 20, heldSegmentBytes: 1 << 20 },
  };
  const limits: Limits = { ...LIMITS, ...tables, operationsPerConversation: 256 };
  /** Fewer where each is large. */
  const packetsOf = ({ name }: Flood) => (name === 'long-names' ? 400 : 6000);
  const plant = [...simulate(demo).frames];
  const calm = reportOf(plantOf(snapshotOf(plant)));

  /** What there is too much of, by counters. */
  const shed: Readonly<Record<string, readonly string[]>> = {
    'spoofed-sources': ['conversationsRefused', 'flowsEvicted', 'hostsSummedUp'],
    'one-packet-flows': ['conversationsRefused', 'flowsEvicted'],
    'scan-of-a-/8': ['conversationsRefused', 'flowsEvicted', 'hostsSummedUp'],
    'half-open': ['conversationsRefused', 'flowsEvicted', 'hostsSummedUp'],
    'arp-storm': ['hostsRefused', 'hostsSummedUp'],
    'dnp3-stations': ['operationsRefused'],
    'endless-fragments': [],
    'unfinished-pdus': [],
    vlans: ['hostsRefused', 'hostsSummedUp'],
    'long-names': ['dialoguesEvicted'],
  };

  test('what controllers say out of order and in pieces is held even when a flood holds all that may be held', () => {
    const nothingLeft: Limits = { ...LIMITS, heldMessageBytes: 0, heldSegmentBytes: 0 };
    const { reordered } = snapshotOf(plant).capture.quality;
    expect(reordered).toBeGreaterThan(0);
    expect(lost(calm, reportOf(plantOf(snapshotOf(plant, { limits: nothingLeft }))))).toEqual([]);
  });

  test('every flood is one that is expected here', () => {
    expect(floods.map(({ name }) => name)).toEqual(Object.keys(shed));
  });

  test.each(floods)('$name', (flood) => {
    const sensor = new Sensor({ limits });
    mix(plant, flood, packetsOf(flood), (bytes, time) => {
      const micros = 1_760_000_400_000_000 + Math.floor(time / 1000);
      sensor.frame(bytes, 0, bytes.length, bytes.length, micros, LINKTYPE_ETHERNET, 0);
      sensor.settle(); // the bytes are lent until the next frame only
    });
    const within = Object.entries(sensor.load).filter(([table, load]) => load > limits[table as keyof Limits]);
    expect(within).toEqual([]);
    sensor.finish();
    const { packets, bytes } = sensor.counters;
    expect(packets).toBe(plant.length + packetsOf(flood));
    const known = plantOf(takeSnapshot(sensor, [{ name: 'frames', packets, bytes, hearing: null, error: null }]));
    expect(lost(calm, reportOf(known))).toEqual([]);

    const { limitsHit } = known.snapshot.capture.quality;
    const expected = shed[flood.name] ?? [];
    expect(Object.keys(limitsHit)).toEqual(expect.arrayContaining([...expected]));
    expect(known.events.filter(({ kind }) => kind === 'limits-reached')).toHaveLength(expected.length > 0 ? 1 : 0);
    expect(hearingFindings(known.snapshot).filter(({ id }) => id === 'limits-reached')).toHaveLength(
      expected.length > 0 ? 1 : 0,
    );
    const { listedHosts, passersBy } = limits;
    expect(known.snapshot.hosts.length).toBeLessThanOrEqual(listedHosts);
    if (limitsHit['hostsSummedUp'] !== undefined) {
      expect(known.assets.all.length).toBeLessThanOrEqual(calm.assets.length + 2 * passersBy);
    }
  });
});
