/** The same report, however many read, in whatever chunks the bytes come, and in whatever order the files are named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { readCapture } from '../agent/capture/read-capture.ts';
import { Overlaps } from '../agent/flow/overlaps.ts';
import { LIMITS } from '../agent/limits.ts';
import type { Snapshot } from '../agent/model/snapshot.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { readFiles } from '../agent/read-files.ts';
import { Reading } from '../agent/reading.ts';
import { reportOf } from '../agent/report/report.ts';
import { Sensor } from '../agent/sensor.ts';
import { bucketAtSight, NO_BUCKET } from '../agent/together/bucket-at-sight.ts';
import { Distributor } from '../agent/together/distributor.ts';
import { GivenUp } from '../agent/together/given-up.ts';
import { Lane, type LaneMessage } from '../agent/together/lane.ts';
import { LaneReader } from '../agent/together/lane-reader.ts';
import { joined, readTogether, sharesOf } from '../agent/together/read-together.ts';
import { BUCKETS, bucketOf, GIVING_OUT, type Share, shareOut } from '../agent/together/share.ts';
import { SharedBuffers } from '../agent/together/shared-buffers.ts';
import { LINKTYPE_ETHERNET, writePcap } from '../fixtures/plant/capture/pcap.ts';
import { writePcapng } from '../fixtures/plant/capture/pcapng.ts';
import { MemorySink } from '../fixtures/plant/capture/sink.ts';
import type { Frame } from '../fixtures/plant/network.ts';
import { demo } from '../fixtures/plant/scenarios/demo/index.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { PacketReader } from '../parsers/net/packet.ts';
import { Kind } from '../parsers/net/packet-view.ts';
import { machine } from './machines.ts';
import { runs } from './runs.ts';
import { play } from './sensing.ts';

const DEMO = fileURLToPath(new URL('../fixtures/plant/demo.pcap', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fieldmark-shares-'));
afterAll(() => rmSync(folder, { recursive: true }));

const frames = [...simulate(demo).frames];
const NAMES = ['frames'];
const whole = JSON.stringify(heardAlone(frames));
const SEED = 42;
const NO_LOADS = new Float64Array(BUCKETS);

/** What one who hears all frames, of one file, knows. */
function heardAlone(heard: readonly Frame[]): Snapshot {
  const sensor = new Sensor();
  const reading = new Reading(sensor, NAMES);
  reading.beginFile();
  play(heard, sensor);
  reading.endFile(null);
  return reading.end();
}

/** What readers of these shares find in some frames, put together. The lanes between them are of no length. */
function together(heard: readonly Frame[], shares: readonly Share[]): Snapshot | undefined {
  const [share, ...others] = shares as [Share, ...Share[]];
  const parts: Snapshot[] = [];
  const chunks = new SharedBuffers(1);
  const lanes = others.map((other) => {
    const reader = new LaneReader({ share: other, readers: shares.length, names: NAMES });
    const lane: Lane = new Lane(chunks, (message) => {
      const answer = reader.take(message);
      if (answer === 'done') lane.done();
      else if (answer !== undefined) parts.push(answer.part as Snapshot);
    });
    return lane;
  });
  const sensor = new Sensor({ share });
  const reading = new Reading(sensor, NAMES);
  const distributor = new Distributor(sensor, share, lanes, chunks);
  reading.beginFile();
  distributor.beginFile();
  play(heard, distributor);
  reading.endFile(null);
  distributor.end();
  return joined([reading.end(), ...parts]);
}

/** What goes along a lane when all these frames do. */
function lettersOf(heard: readonly Frame[]): LaneMessage[] {
  const letters: LaneMessage[] = [];
  const lane = new Lane(new SharedBuffers(1), (message) => letters.push(message));
  lane.beginFile();
  for (const [index, { bytes, length, time }] of heard.entries()) {
    lane.frame(bytes, undefined, 0, bytes.length, length, time, LINKTYPE_ETHERNET, 0, index + 1, false);
  }
  lane.end(heard.length, 0);
  return letters;
}

describe('shares of one reading', () => {
  test('what is told of a frame at sight is what reading it whole tells', () => {
    const overlaps = new Overlaps(LIMITS);
    const reader = new PacketReader({ datagrams: 1, pieces: 1, timeout: 1 }, () => {});
    let told = 0;
    const check = (bytes: Uint8Array) => {
      const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const bucket = bucketAtSight(data, 0, bytes.length, SEED, overlaps);
      const kind = reader.read(bytes, 0, bytes.length, LINKTYPE_ETHERNET, 0, 0);
      if (kind !== Kind.broken && kind !== Kind.arp) overlaps.seen(reader.view, reader.view.ttl);
      if (bucket === NO_BUCKET) return;
      told++;
      expect(bucket).toBe(bucketOf(reader.view, kind, SEED));
    };
    for (const { bytes } of frames) check(bytes);
    expect(told).toBeGreaterThan(0.9 * frames.length);
    const changed = fc.tuple(fc.constantFrom(...frames.slice(0, 500)), fc.nat(53), fc.nat(255), fc.nat(80));
    fc.assert(
      fc.property(changed, ([{ bytes }, at, value, cut]) => {
        const other = bytes.slice(0, Math.max(14, bytes.length - cut));
        if (at < other.length) other[at] = value;
        check(other);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('are together what one reader knows, to the last byte', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer(), (readers, seed) => {
        expect(JSON.stringify(together(frames, sharesOf(NO_LOADS, readers, seed)))).toBe(whole);
      }),
      { numRuns: runs(6) },
    );
  });

  test('whoever has which flows', () => {
    const anyhow = fc.array(fc.nat(2), { minLength: BUCKETS, maxLength: BUCKETS });
    fc.assert(
      fc.property(anyhow, fc.integer(), (owners, seed) => {
        const readers = Uint8Array.from(owners);
        const shares = [0, 1, 2].map((reader) => ({ reader, readers, seed }));
        expect(JSON.stringify(together(frames, shares))).toBe(whole);
      }),
      { numRuns: runs(4) },
    );
  });

  test.each([
    ['with the same others', (_vlan: number) => '192.168.0.2'],
    ["with others, whose flows are another reader's", (vlan: number) => `192.168.0.${10 + vlan}`],
  ])('agree on addresses that two VLANs use for two devices %s', (_, panelOf) => {
    const vlans = [1, 2, 3, 4, 5, 6];
    const twice = vlans.flatMap((vlan) => machine(vlan, vlan, 64, panelOf(vlan)));
    twice.sort((a, b) => a.time - b.time);
    const alone = heardAlone(twice);
    expect(new Set(alone.hosts.map(({ scope }) => scope)).size).toBeGreaterThan(1);
    for (const seed of [1, 2, 3]) {
      expect(JSON.stringify(together(twice, sharesOf(NO_LOADS, 3, seed)))).toBe(JSON.stringify(alone));
    }
  });

  test('give up rather than fill a table further than their part', () => {
    const [, share] = sharesOf(NO_LOADS, 2, 1) as [Share, Share];
    const answers = (readers: number) => {
      const reader = new LaneReader({ share, readers, names: NAMES });
      return lettersOf(frames).map((message) => reader.take(message));
    };
    expect(answers(2).at(-1)).toMatchObject({ part: { capture: { files: [{ name: 'frames', error: null }] } } });
    expect(answers(1e6)).toContainEqual({ part: null });
  });

  test('weigh about the same', () => {
    const loads = NO_LOADS.map((_, bucket) => (bucket % 7) ** 3);
    const readerOf = shareOut(loads, 3);
    const sums = [GIVING_OUT * loads.reduce((sum, load) => sum + load, 0), 0, 0]; // the first also reads
    for (const [bucket, reader] of readerOf.entries())
      sums[reader] = (sums[reader] as number) + (loads[bucket] as number);
    expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(6 ** 3);
  });
});

test('threads read what one reads, files that break off included', async () => {
  const broken = join(folder, 'broken.pcap');
  writeFileSync(broken, readFileSync(DEMO).subarray(0, 100_003));
  const files = [DEMO, broken];
  const alone = await analyze(files, { threads: 1 });
  expect(alone.capture.files[1]?.error?.code).toBe('CAPTURE_CUT');
  for (const threads of [2, 3]) {
    const several = await analyze(files, { threads, bytesPerThread: 1 });
    expect(JSON.stringify(several)).toBe(JSON.stringify(alone));
    expect(JSON.stringify(reportOf(plantOf(several)))).toBe(JSON.stringify(reportOf(plantOf(alone))));
  }
});

test('who fills a lane waits until there is room, and gives up when it cannot wait', async () => {
  const lane = new Lane(new SharedBuffers(1), () => {});
  const longest = new Uint8Array(262_144); // two of them fill more than a batch
  let number = 0;
  const send = () => lane.frame(longest, undefined, 0, longest.length, longest.length, 0, 1, 0, ++number, false);
  while (lane.crowded === undefined) send();
  let waits = true;
  const room = lane.crowded?.then(() => {
    waits = false;
  });
  await Promise.resolve();
  expect(waits).toBe(true);
  lane.done();
  await room;
  expect(waits).toBe(false);
  expect(lane.crowded).toBeUndefined();
  expect(() => {
    for (;;) send();
  }).toThrow(GivenUp);
});

test('a thread that fails ends the reading with its error; one that ends early leaves it to one', async () => {
  const body = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const failing = body('throw new Error("out of order")');
  await expect(readTogether([DEMO], 2, { worker: failing })).rejects.toThrow('out of order');
  expect(await readTogether([DEMO], 2, { worker: body('') })).toBeUndefined();
  expect(await readTogether([DEMO], 2)).toBeDefined();
});

test('chunks of any size', async () => {
  const bytes = new Uint8Array(readFileSync(DEMO));
  const read = async (sizes: readonly number[]) => {
    const sensor = new Sensor();
    sensor.beginFile(0);
    await readCapture(chunks(bytes, sizes), sensor);
    sensor.finish();
    const { packets, bytes: wireBytes } = sensor.counters;
    return JSON.stringify(
      takeSnapshot(sensor, [
        { name: DEMO, packets, bytes: wireBytes, hearing: sensor.counters.hearing(), error: null },
      ]),
    );
  };
  const expected = JSON.stringify(await readFiles([DEMO]));
  const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(sizes, async (some) => {
      expect(await read([...some, 1000])).toBe(expected);
    }),
    { numRuns: runs(6) },
  );
});

/** Files that overlap in time, each of another format, of flows that have nothing to do with one another. */
function filesOfAllFormats(): string[] {
  const formats = [
    ['part.pcap', writePcap, (bytes: Uint8Array) => bytes],
    ['part.pcapng', writePcapng, (bytes: Uint8Array) => bytes],
    ['packed.pcap.gz', writePcap, gzipSync],
    ['packed.pcapng.gz', writePcapng, gzipSync],
  ] as const;
  const shares = sharesOf(NO_LOADS, formats.length, 42);
  return formats.map(([name, write, pack], index) => {
    const sensor = new Sensor({ share: shares[index] as Share });
    const own = frames.filter(({ bytes, length, time }) => {
      const before = sensor.counters.packets;
      sensor.frame(bytes, 0, bytes.length, length, time, LINKTYPE_ETHERNET, 0, true);
      return sensor.counters.packets > before;
    });
    const sink = new MemorySink();
    write(sink, 1_760_000_400, own);
    const path = join(folder, name);
    writeFileSync(path, pack(sink.bytes()));
    return path;
  });
}

test('files of any format that overlap in time: in any order, by any number of threads, in chunks of any size', async () => {
  const names = filesOfAllFormats();
  const report = async (order: readonly string[], threads: number, chunkBytes: number) => {
    const snapshot = await analyze(order, { threads, bytesPerThread: 1, chunkBytes });
    const files = [...snapshot.capture.files].sort((a, b) => (a.name < b.name ? -1 : 1));
    return JSON.stringify(reportOf(plantOf({ ...snapshot, capture: { ...snapshot.capture, files } })));
  };
  const expected = await report(names, 1, 1 << 20);
  const order = fc.shuffledSubarray(names, { minLength: names.length });
  const chunkBytes = fc.integer({ min: 100, max: 1 << 20 });
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 1, max: 4 }), chunkBytes, async (...how) => {
      expect(await report(...how)).toBe(expected);
    }),
    { numRuns: runs(8), examples: [[[...names].reverse(), 3, 1 << 10]] },
  );
}, 120_000);

async function* chunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = Math.min(bytes.length, at + (sizes[turn % sizes.length] as number));
    yield bytes.subarray(at, end);
    at = end;
  }
}
