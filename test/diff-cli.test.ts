/** `fieldmark diff` as people and scripts run it: real processes, files and exit statuses. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { diffOf } from '../agent/report/diff.ts';
import { writePcap } from '../fixtures/plant/capture/pcap.ts';
import { MemorySink } from '../fixtures/plant/capture/sink.ts';
import { S7Client } from '../fixtures/plant/protocols/s7comm.ts';
import { CELL, cell } from '../fixtures/plant/scenarios/cell.ts';
import { link } from '../fixtures/plant/scenarios/links.ts';
import { simulate, type World } from '../fixtures/plant/simulation.ts';
import { SECOND } from '../fixtures/plant/timeline.ts';

/** Built by `npm test` (or `npm run build`) before the tests run. */
const MAIN = fileURLToPath(new URL('../dist/api/main.js', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;

async function fieldmark(args: readonly string[], input?: Uint8Array): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

/** The cell, in which somebody stops the S7 controller if it `stops`. */
function capture(stops: boolean): Uint8Array {
  const base = cell({ seconds: 20 });
  const stop = (world: World) =>
    world.timeline.start(
      (function* () {
        const s7 = new S7Client(900);
        const connection = world.connection(link('s7comm', CELL.scada, CELL.s7Plc));
        yield world.timeline.sleep(10 * SECOND);
        yield connection.open();
        yield connection.exchange(s7.connect(1, 0, 2, 0x0a));
        yield connection.exchange(s7.setup(480));
        yield connection.exchange(s7.plcStop());
      })(),
    );
  const { startSeconds, frames } = simulate({
    ...base,
    begin(world) {
      base.begin(world);
      if (stops) stop(world);
    },
  });
  const sink = new MemorySink();
  writePcap(sink, startSeconds, frames);
  return sink.bytes();
}

const stopped = capture(true);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fieldmark-diff-'));
  mkdirSync(join(folder, 'day'));
  writeFileSync(join(folder, 'a.pcap'), capture(false));
  for (const name of ['b.pcap', 'day/b.pcap']) writeFileSync(join(folder, name), stopped);
  writeFileSync(join(folder, 'cut.pcap'), stopped.subarray(0, -10));
  writeFileSync(join(folder, 'text.pcap'), 'this is not a capture');
  writeFileSync(join(folder, 'other.json'), '{"format": "something else"}');
  writeFileSync(join(folder, 'broken.json'), '{"format": "fieldmark.report/1", "capt');
  await Promise.all(['a', 'b'].map((name) => fieldmark(['analyze', `${name}.pcap`, '--json', `${name}.json`])));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const diff = ({ stdout }: Ended) => JSON.parse(stdout) as ReturnType<typeof diffOf>;

describe('diff', () => {
  test('tells people what happened, in plain words', async () => {
    const { status, stdout, stderr } = await fieldmark(['diff', 'a.pcap', 'b.pcap']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/HIGH {2}1\n.*10\.1\.10\.1 stopped PLC 10\.1\.20\.2\n.*PLC Stop: 1 request, 1 answer /);
    expect(stdout).toContain('ATT&CK T0858');
  });

  test.each([
    ['a capture with itself', 'b.pcap', 'b.pcap'],
    ['a report with itself', 'b.json', 'b.json'],
    ['a capture with its report', 'b.pcap', 'b.json'],
    ['a report with a directory that holds its capture', 'b.json', 'day'],
  ])('nothing: %s', async (_, before, after) => {
    const { status, stdout } = await fieldmark(['diff', before, after]);
    expect([status, stdout.endsWith('\n\nNothing changed.\n')]).toEqual([0, true]);
  });

  test.each([
    ['captures', 'a.pcap', 'b.pcap'],
    ['reports', 'a.json', 'b.json'],
    ['one of each', 'a.json', 'b.pcap'],
  ])('--json - writes the comparison and nothing else: %s', async (_, before, after) => {
    const ended = await fieldmark(['diff', before, after, '--json', '-']);
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const { format, counts, events, ...sides } = diff(ended);
    expect([format, counts]).toEqual(['fieldmark.diff/1', { low: 0, medium: 0, high: 1, critical: 0 }]);
    expect([sides.before.name, sides.after.name]).toEqual([before, after]);
    expect(events).toMatchObject([{ kind: 'controller-stop', samples: [{ file: 'b.pcap' }] }]);
  });

  test('--json FILE writes it there, and the words to the terminal', async () => {
    const { stdout } = await fieldmark(['diff', 'a.json', 'b.json', '--json', 'diff.json']);
    expect(stdout).toContain('stopped');
    expect(JSON.parse(readFileSync(join(folder, 'diff.json'), 'utf8'))).toMatchObject({ format: 'fieldmark.diff/1' });
  });

  test('a capture on standard input', async () => {
    const { status, stdout } = await fieldmark(['diff', 'a.json', '-'], stopped);
    expect([status, stdout.includes('stopped')]).toEqual([0, true]);
  });

  test('a capture that breaks off is compared as far as it goes, with one line and status 1', async () => {
    const { status, stdout, stderr } = await fieldmark(['diff', 'a.pcap', 'cut.pcap']);
    expect([status, stdout.includes('stopped')]).toEqual([1, true]);
    expect(stderr).toMatch(/^fieldmark: cut\.pcap: .+ \(at byte \d+\)\n$/);
  });

  test.each([
    ['missing', 'missing.pcap', /no such file or directory/],
    ['no capture', 'text.pcap', /not a capture/],
    ['another JSON', 'other.json', /^fieldmark: other\.json: is no report fieldmark\.report\/1: .+\n$/],
    ['half a report', 'broken.json', /^fieldmark: broken\.json: is no JSON, .+\n$/],
  ])('a side that is %s is status 1, and nothing is compared', async (_, name, message) => {
    const { status, stdout, stderr } = await fieldmark(['diff', 'a.pcap', name]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  test.each([
    ['one side', ['diff', 'a.pcap']],
    ['three', ['diff', 'a.pcap', 'a.pcap', 'a.pcap']],
    ['standard input twice', ['diff', '-', '-']],
    ['an unknown option', ['diff', 'a.pcap', 'b.pcap', '--frobnicate']],
  ])('usage: %s is one line and status 2', async (_, args) => {
    const { status, stderr } = await fieldmark(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fieldmark: diff: .+\n$/);
  });

  test('--help succeeds', async () => {
    const { status, stdout } = await fieldmark(['diff', '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('fieldmark diff A B');
  });
});
