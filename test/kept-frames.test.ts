/** Frames on the disk: whatever the chunks they come in, each that is kept is found again, and never more is kept than may be. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CaptureParser } from '../agent/capture/capture-parser.ts';
import { cutFrames } from '../agent/capture/cut-frames.ts';
import { FrameKeeper, keptFile } from '../agent/capture/live/kept-frames.ts';
import { runs } from './runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DEMO = new Uint8Array(readFileSync('fixtures/plant/demo.pcap'));
const CAPTURE = 7;

/** Every frame of the capture, in order. */
const frames: Buffer[] = [];
new CaptureParser({ frame: (b, at, end) => void frames.push(Buffer.from(b.subarray(at, end))) }).feed(DEMO);

/** Keeps streams that each hold the whole capture, in chunks of these sizes; answers the most that lay on the disk. */
async function keep(into: string, most: number, sizes: readonly number[], streams: number): Promise<number> {
  const troubles: string[] = [];
  const keeper = new FrameKeeper({ folder: into, most, capture: CAPTURE }, (what) => troubles.push(what));
  let heard = 0;
  let known = 0;
  let largest = 0;
  for (let stream = 0; stream < streams; stream++) {
    keeper.begin();
    const parser = new CaptureParser({ frame: () => void heard++ });
    for (let at = 0, turn = 0; at < DEMO.length; turn++) {
      const chunk = DEMO.slice(at, at + (sizes[turn % sizes.length] as number));
      parser.feed(chunk);
      keeper.take(chunk, parser.wholeUntil === undefined ? undefined : parser.wholeUntil - at, known, heard);
      known = heard;
      at += chunk.length;
      if (turn % 16 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        largest = Math.max(largest, sizeOf(into));
      }
    }
  }
  await keeper.close();
  expect(troubles).toEqual([]);
  expect(keeper.missed).toBe(0);
  return Math.max(largest, sizeOf(into));
}

function sizeOf(path: string): number {
  return readdirSync(path).reduce(
    (sum, name) => sum + (statSync(join(path, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

async function frame(number: number): Promise<Uint8Array | undefined> {
  const file = await keptFile(folder, CAPTURE, number);
  if (file === undefined) return undefined;
  const [found] = await cutFrames(file.path, [number - file.first + 1]);
  return found?.bytes;
}

test('the newest frames are kept, each is found by its number, and the disk holds no more than may be', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 200_000, max: 1_500_000 }), async (chunks, most) => {
      const average = chunks.reduce((sum, size) => sum + size, 0) / chunks.length;
      fc.pre(average > 300); // many tiny writes tell nothing more and take long
      const into = mkdtempSync(join(folder, 'eth-'));
      expect(await keep(into, most, chunks, 2)).toBeLessThanOrEqual(most);
      const last = 2 * frames.length;
      for (const number of [last, last - 1, last - 100]) {
        expect(Buffer.from((await frame(number)) ?? [])).toEqual(frames[(number - 1) % frames.length]);
      }
      const first = await frame(1);
      if (first !== undefined) expect(Buffer.from(first)).toEqual(frames[0]);
      rmSync(into, { recursive: true });
    }),
    { numRuns: runs(8) },
  );
});

test('what an earlier run left counts, and goes first', async () => {
  const into = mkdtempSync(join(folder, 'left-'));
  writeFileSync(join(into, '0000000000000001-0000000000000001.pcap'), Buffer.alloc(700_000));
  expect(await keep(into, 800_000, [10_000], 1)).toBeLessThanOrEqual(800_000);
  expect(readdirSync(into)).not.toContain('0000000000000001-0000000000000001.pcap');
  rmSync(into, { recursive: true });
});

test('of another capture nothing is found', async () => {
  expect(await keptFile(folder, CAPTURE + 1, 1)).toBeUndefined();
  expect(await keptFile(join(folder, 'nowhere'), CAPTURE, 1)).toBeUndefined();
});
