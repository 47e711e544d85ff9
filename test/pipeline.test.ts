/** The whole way from a file's bytes to the report: cut anywhere, in any chunks, with anything in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { CaptureError } from '../agent/capture/capture-error.ts';
import { CaptureParser } from '../agent/capture/capture-parser.ts';
import { LIMITS, type Limits } from '../agent/limits.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { reportOf } from '../agent/report/report.ts';
import { Sensor } from '../agent/sensor.ts';
import { type DamagedFrames, damagedFrames, demoFrames } from './damage.ts';
import { runs } from './runs.ts';
import { knowledgeOf } from './sensing.ts';

const DEMO = new URL('../fixtures/plant/demo.pcap', import.meta.url);
const demo = readFileSync(DEMO);
const frames = demoFrames();

/** The report of a capture that comes in chunks of `sizes` in turn, as JSON. */
function reportText(capture: Uint8Array, sizes: readonly number[]): string {
  const sensor = new Sensor();
  const parser = new CaptureParser(sensor);
  sensor.beginFile(0);
  for (let at = 0, turn = 0; at < capture.length; turn++) {
    const end = Math.min(capture.length, at + (sizes[turn % sizes.length] as number));
    parser.feed(capture.slice(at, end));
    at = end;
  }
  parser.end();
  sensor.finish();
  const { packets, bytes } = sensor.counters;
  return JSON.stringify(
    reportOf(plantOf(takeSnapshot(sensor, [{ name: 'demo.pcap', packets, bytes, hearing: null, error: null }]))),
  );
}

test('the same capture gives the same report, whatever the chunks it comes in', () => {
  const whole = reportText(demo, [demo.length]);
  expect(reportText(demo, [demo.length])).toBe(whole);
  for (const sizes of [[1], [7], [65_536], [1, 4096, 100_000]]) expect(reportText(demo, sizes)).toBe(whole);
});

describe('the demo cut at a byte', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fieldmark-pipeline-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  // every byte of the first packets, and some of the rest
  const cuts = Array.from({ length: 150 }, (_, i) => i).concat(
    Array.from({ length: Math.floor((demo.length - 150) / 9973) }, (_, i) => 150 + 9973 * i),
  );

  test('gives an error with its place, and the frames before', async () => {
    for (const cut of cuts) {
      const path = join(folder, 'cut.pcap');
      writeFileSync(path, demo.subarray(0, cut));
      const { capture } = await analyze([path]);
      const whole = frames.filter(({ end }) => end <= cut).length;
      expect(capture.packets).toBe(whole);
      const { error } = capture.files[0] ?? {};
      if (cut === 24 || frames.some(({ end }) => end === cut)) expect(error).toBeNull();
      else expect(error?.code).toBe(cut === 0 ? 'CAPTURE_EMPTY' : cut < 4 ? 'CAPTURE_NOT_A_CAPTURE' : 'CAPTURE_CUT');
    }
  });
});

describe('whatever the frames', () => {
  /** Ceilings so low that every table fills. */
  const tiny: Limits = {
    ...LIMITS,
    flows: 16,
    dialogues: 4,
    hosts: 24,
    sightings: 8,
    conversations: 12,
    operationsPerConversation: 3,
    rangesPerConversation: 4,
    evidencePerConversation: 2,
    heldMessageBytes: 4096,
    heldSegmentBytes: 4096,
    waitingSegments: 4,
    fragmentedDatagrams: 2,
    fragmentsPerDatagram: 4,
    announcements: 4,
  };

  function hear({ frames, link }: DamagedFrames, limits: Limits): Sensor {
    const sensor = new Sensor({ limits });
    sensor.beginFile(0);
    for (const { bytes, time } of frames) sensor.frame(bytes, 0, bytes.length, bytes.length, time, link, 0);
    sensor.finish();
    return sensor;
  }

  test('nothing throws, and the report can be made', () => {
    fc.assert(
      fc.property(damagedFrames(frames), (damaged) => {
        const sensor = hear(damaged, LIMITS);
        expect(sensor.counters.packets).toBe(damaged.frames.length);
        JSON.stringify(reportOf(plantOf(takeSnapshot(sensor, []))));
      }),
      { numRuns: runs(150) },
    );
  });

  test('nothing grows beyond its ceiling', () => {
    fc.assert(
      fc.property(damagedFrames(frames), (damaged) => {
        const sensor = hear(damaged, tiny);
        expect(sensor.flows.size).toBeLessThanOrEqual(tiny.flows);
        expect(sensor.flows.dialogues).toBe(0);
        expect(sensor.hosts.count).toBeLessThanOrEqual(tiny.hosts);
        expect(sensor.sightings.count).toBeLessThanOrEqual(tiny.sightings);
        expect(sensor.conversations.all.length).toBeLessThanOrEqual(tiny.conversations);
        for (const { operations } of sensor.conversations.all) {
          expect(operations.size).toBeLessThanOrEqual(tiny.operationsPerConversation);
          for (const { ranges } of operations.values()) {
            expect(ranges.size).toBeLessThanOrEqual(tiny.rangesPerConversation);
          }
        }
        JSON.stringify(reportOf(plantOf(takeSnapshot(sensor, []))));
      }),
      { numRuns: runs(150) },
    );
  });

  test('the same frames give the same knowledge', () => {
    fc.assert(
      fc.property(damagedFrames(frames), (damaged) => {
        const picture = () => knowledgeOf(takeSnapshot(hear(damaged, LIMITS), []));
        expect(picture()).toEqual(picture());
      }),
      { numRuns: runs(20) },
    );
  });

  test('damage of the file is an error of the capture, or no error', () => {
    const damage = fc.array(fc.tuple(fc.nat(demo.length - 1), fc.nat(255)), { maxLength: 20 });
    fc.assert(
      fc.property(damage, fc.nat(40_000), (changes, cut) => {
        const capture = Uint8Array.from(demo.subarray(0, cut));
        for (const [at, value] of changes) capture[at % Math.max(1, cut)] = value;
        const sensor = new Sensor();
        const parser = new CaptureParser(sensor);
        try {
          parser.feed(capture);
          parser.end();
        } catch (error) {
          expect(error).toBeInstanceOf(CaptureError);
        }
        sensor.finish();
        JSON.stringify(reportOf(plantOf(takeSnapshot(sensor, []))));
      }),
      { numRuns: runs(100) },
    );
  });
});
