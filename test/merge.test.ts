/** Snapshots that are merged say what one sensor would have said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeSnapshots, NOTHING_HEARD, settled } from '../agent/model/merge-snapshots.ts';
import { type Snapshot, scopedAddress } from '../agent/model/snapshot.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { reportOf } from '../agent/report/report.ts';
import { Sensor } from '../agent/sensor.ts';
import { LINKTYPE_ETHERNET } from '../fixtures/plant/capture/pcap.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { demo } from '../fixtures/plant/scenarios/demo/index.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { machine } from './machines.ts';
import { runs } from './runs.ts';
import { snapshotOf } from './sensing.ts';

const frames = [...simulate(demo).frames];
const whole = snapshotOf(frames);

/** The snapshots of the frames between `cuts`. */
function pieces(cuts: readonly number[]): Snapshot[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), frames.length];
  return places.slice(1).map((end, index) => snapshotOf(frames.slice(places[index], end)));
}

const cuts = fc.uniqueArray(fc.nat(frames.length), { minLength: 1, maxLength: 4 });

describe('whatever the cuts', () => {
  test('the order of merging does not matter', () => {
    fc.assert(
      fc.property(cuts, fc.nat(), (places, seed) => {
        const parts = pieces(places);
        const merged = mergeSnapshots(...parts);
        expect(mergeSnapshots(...shuffled(parts, seed))).toEqual(merged);
        const [first, ...others] = shuffled(parts, seed + 1) as [Snapshot, ...Snapshot[]];
        const oneByOne = others.reduce((sum, part) => mergeSnapshots(sum, part), first);
        expect(without(oneByOne, SUMS_OF_FRACTIONS)).toEqual(without(merged, SUMS_OF_FRACTIONS));
        expect(reportOf(plantOf(oneByOne))).toEqual(reportOf(plantOf(merged)));
      }),
      // a mean that lay between two digits of a report, and fell to one or the other
      { numRuns: runs(8), examples: [[[539, 2849, 3139, 0], 820265767]] },
    );
  });

  test('no packet, no address and no time is lost or made up', () => {
    fc.assert(
      fc.property(cuts, (places) => {
        const merged = settled(mergeSnapshots(...pieces(places)));
        expect(merged.capture).toMatchObject({
          packets: whole.capture.packets,
          bytes: whole.capture.bytes,
          firstSeen: whole.capture.firstSeen,
          lastSeen: whole.capture.lastSeen,
        });
        expect(merged.hosts.map(addressing)).toEqual(whole.hosts.map(addressing));
        // the copy of a frame that a cut tells from it is no copy any more
        const copies = whole.capture.quality.duplicates - merged.capture.quality.duplicates;
        expect(packetsOf(merged)).toBe(packetsOf(whole) + copies);
      }),
      { numRuns: runs(8) },
    );
  });
});

test('sensors that share the traffic out by its ends say together what one says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 4 }), (sensors) => {
      const shares = Array.from({ length: sensors }, () => [] as Frame[]);
      for (const frame of frames) shares[pairOf(frame) % sensors]?.push(frame);
      const merged = settled(mergeSnapshots(...shares.map((share) => snapshotOf(share))));
      expect(without(merged, [...FRAMES, ...SUMS_OF_FRACTIONS])).toEqual(
        without(whole, [...FRAMES, ...SUMS_OF_FRACTIONS]),
      );
    }),
    { numRuns: 3 },
  );
});

test('nothing heard adds nothing', () => {
  expect(mergeSnapshots()).toBe(NOTHING_HEARD);
  expect(mergeSnapshots(NOTHING_HEARD, whole, NOTHING_HEARD)).toBe(whole);
});

describe('one address that two machines use', () => {
  const ids = (snapshot: Snapshot) => plantOf(snapshot).assets.all.map(({ id, vlan, mac }) => [id, vlan, mac]);
  const both = snapshotOf([...machine(10, 100), ...machine(20, 200)]);

  test.each([
    ['each in a capture of its own', [machine(10, 100), machine(20, 200)]],
    ['the later one first', [machine(20, 200), machine(10, 100)]],
    ['one alone and then both', [machine(20, 200), [...machine(10, 100), ...machine(20, 200)]]],
  ])('%s: are two assets', (_, captures) => {
    const merged = settled(mergeSnapshots(...captures.map((capture) => snapshotOf(capture))));
    expect(ids(merged)).toEqual(ids(both));
    expect(merged.conversations.map(({ client, scope }) => scopedAddress(client, scope))).toEqual(
      both.conversations.map(({ client, scope }) => scopedAddress(client, scope)),
    );
  });
});

describe('a sensor that is asked while it listens', () => {
  test('says all by then, and goes on as if nobody had asked', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(frames.length - 1), { minLength: 1, maxLength: 3 }), (moments) => {
        const asked = new Sensor();
        asked.beginFile(0);
        for (const [index, { bytes, length, time }] of frames.entries()) {
          if (moments.includes(index)) takeSnapshot(asked, []);
          const microseconds = 1_760_000_400_000_000 + Math.floor(time / 1000);
          asked.frame(bytes, 0, bytes.length, length, microseconds, LINKTYPE_ETHERNET, 0);
        }
        const files = whole.capture.files;
        expect(takeSnapshot(asked, files)).toEqual(whole);
        asked.finish();
        expect(takeSnapshot(asked, files)).toEqual(whole);
      }),
      { numRuns: runs(4) },
    );
  });
});

function shuffled<T>(all: readonly T[], seed: number): T[] {
  return all
    .map((one, index) => [Math.imul(index + 1, 2654435761 + 2 * seed) >>> 0, one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

function addressing({ address, scope, firstSent, lastSent, sightings }: Snapshot['hosts'][number]) {
  return { address, scope, firstSent, lastSent, sightings };
}

/** Packets of all conversations, whoever is taken for the client and whatever they are called. */
function packetsOf({ conversations }: Snapshot): number {
  return conversations.reduce((sum, { packets }) => sum + packets, 0);
}

/** A number of the pair of addresses between which a frame goes; group addresses belong to nobody and do not count. */
function pairOf({ bytes }: Frame): number {
  const tagged = bytes[12] === 0x81 && bytes[13] === 0;
  const type = tagged ? 16 : 12;
  const ip = bytes[type] === 8 && bytes[type + 1] === 0;
  const at = type + 2;
  const ends = ip
    ? [bytes.slice(at + 12, at + 16), bytes.slice(at + 16, at + 20)]
    : [bytes.slice(0, 6), bytes.slice(6, 12)];
  return ends.reduce((sum, end) => sum + end.reduce((number, byte) => number * 7 + byte, 0), 0);
}

/** Numbers of frames are those of what each sensor heard. */
const FRAMES = ['frame', 'firstFrame', 'files'];
/** Their last digit depends on the order of the sum; what is shown of them is rounded. */
const SUMS_OF_FRACTIONS = ['rhythm'];

function without(snapshot: Snapshot, dropped: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(snapshot, (key, value) => (dropped.includes(key) ? undefined : value)));
}
