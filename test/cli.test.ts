/** The command as people and scripts run it: a process with arguments, streams and an exit status. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../agent/report/report.ts';
import type { PlantTruth } from '../fixtures/plant/truth.ts';
import { type Ended, MAIN, runCommand } from './run-command.ts';
import { withoutSqlite } from './sqlite.ts';

const DEMO = fileURLToPath(new URL('../fixtures/plant/demo.pcap', import.meta.url));
const demo = readFileSync(DEMO);
const truth = JSON.parse(readFileSync(DEMO.replace('.pcap', '.expect.json'), 'utf8')) as PlantTruth;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldmark-cli-'));
  mkdirSync(join(folder, 'day/night'), { recursive: true });
  copyFileSync(DEMO, join(folder, 'day/a.pcap'));
  copyFileSync(DEMO, join(folder, 'day/night/b.pcap'));
  writeFileSync(join(folder, 'day/notes.txt'), 'not a capture');
  writeFileSync(join(folder, 'empty.pcap'), '');
  writeFileSync(join(folder, 'text.pcap'), 'this is not a capture');
  writeFileSync(join(folder, 'cut.pcap'), demo.subarray(0, 10_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `fieldmark` in the folder with the captures. */
const fieldmark = (args: readonly string[], input?: Uint8Array) => runCommand(folder, args, input);

const report = ({ stdout }: Ended) => JSON.parse(stdout) as Report;

describe('analyze', () => {
  test('tells people what it found, and succeeds', async () => {
    const { status, stdout, stderr } = await fieldmark(['analyze', DEMO]);
    expect([status, stderr]).toEqual([0, '']);
    for (const expected of ['modbus', 's7comm', 'enip', 'dnp3']) expect(stdout).toContain(expected);
  });

  test('--json - writes the report and nothing else', async () => {
    const ended = await fieldmark(['analyze', DEMO, '--json', '-']);
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const { format, capture } = report(ended);
    expect([format, capture.packets, capture.bytes]).toEqual(['fieldmark.report/1', truth.packets, truth.bytes]);
    expect(capture.files).toMatchObject([{ name: DEMO, packets: truth.packets, bytes: truth.bytes, error: null }]);
  });

  test('--json FILE writes the report there, and the summary for people to the terminal', async () => {
    const { status, stdout } = await fieldmark(['analyze', DEMO, '--json', 'report.json']);
    expect(status).toBe(0);
    expect(stdout).toContain('modbus');
    const written = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(written.capture.packets).toBe(truth.packets);
  });

  test('the same capture, the same bytes of report', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => fieldmark(['analyze', DEMO, '--json', '-'])));
    expect(first?.stdout).toBe(second?.stdout);
  });

  test.skipIf(withoutSqlite())('--db keeps what was read: the same report, and nothing twice', async () => {
    const plain = await fieldmark(['analyze', 'day/a.pcap', '--json', '-']);
    const first = await fieldmark(['analyze', 'day/a.pcap', '--db', 'plant.db', '--json', '-']);
    expect(first).toEqual(plain);
    const again = await fieldmark(['analyze', 'day/night/b.pcap', '--db', 'plant.db', '--json', '-']);
    expect(again.stdout).toBe(plain.stdout);
    expect(again.stderr).toContain('was read before as day/a.pcap');
    const difference = await fieldmark(['diff', 'plant.db', 'day/a.pcap', '--json', '-']);
    expect(difference.status).toBe(0);
    expect(JSON.parse(difference.stdout).events).toEqual([]);
    const refused = await fieldmark(['analyze', 'day/a.pcap', '--db', 'day/notes.txt']);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^fieldmark: day\/notes\.txt: is no database: name another file\n$/);
  });

  test('a capture on standard input', async () => {
    const ended = await fieldmark(['analyze', '-', '--json', '-'], demo);
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    expect(report(ended).capture.files).toMatchObject([{ name: '-', packets: truth.packets, error: null }]);
  });

  test.each([
    ['several files', ['day/a.pcap', 'day/night/b.pcap']],
    ['a directory', ['day']],
    ['a glob', ['day/**/*.pcap']],
  ])('%s', async (_, args) => {
    const ended = await fieldmark(['analyze', ...args, '--json', '-']);
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const { capture } = report(ended);
    expect(capture.files.map(({ name }) => name)).toEqual(['day/a.pcap', 'day/night/b.pcap']);
    expect(capture.packets).toBe(2 * truth.packets);
  });

  test.each([
    ['is missing', 'missing.pcap', 'no such file or directory: check the spelling', null],
    ['is empty', 'empty.pcap', 'empty: there is no byte in it (at byte 0)', 0],
    ['is no capture', 'text.pcap', 'not a capture: it begins with 0x74686973, neither pcap nor pcapng (at byte 0)', 0],
    ['is no capture', 'nothing-*.pcap', 'no file matches the pattern', null],
  ])('a file that %s is one line and status 1; the others are read', async (_, name, message, offset) => {
    const ended = await fieldmark(['analyze', name, DEMO, '--json', '-']);
    expect([ended.status, ended.stderr]).toEqual([1, `fieldmark: ${name}: ${message}\n`]);
    const { capture } = report(ended);
    expect(capture.packets).toBe(truth.packets);
    const error = { code: expect.any(String), offset, message };
    expect(capture.files.find((file) => file.name === name)).toMatchObject({ name, packets: 0, bytes: 0, error });
  });

  test('a file that breaks off gives what it holds, one line and status 1', async () => {
    const ended = await fieldmark(['analyze', 'cut.pcap', '--json', '-']);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^fieldmark: cut\.pcap: .+ \(at byte \d+\)\n$/);
    const [file] = report(ended).capture.files;
    expect(file?.packets).toBeGreaterThan(10);
    expect(file?.error?.code).toBe('CAPTURE_CUT');
    expect(file?.error?.offset).toBeLessThan(10_000);
  });

  test('who stops reading is no error', async () => {
    const child = spawn(process.execPath, [MAIN, 'analyze', DEMO, '--json', '-']);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = (await once(child, 'close')) as [number | null];
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('usage', () => {
  test.each([
    ['no command', [], /^$/],
    ['an unknown command', ['listen'], /^fieldmark: there is no command 'listen': .+\n$/],
    ['no capture', ['analyze'], /^fieldmark: analyze: name a capture: .+\n$/],
    ['an unknown option', ['analyze', 'x.pcap', '--frobnicate'], /^fieldmark: analyze: .+frobnicate.+\n$/],
    ['an option without its value', ['analyze', 'x.pcap', '--json'], /^fieldmark: analyze: .+--json.+\n$/],
  ])('%s is one line and status 2', async (_, args, message) => {
    const { status, stderr } = await fieldmark(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('a report that cannot be written', async () => {
    const { status, stderr } = await fieldmark(['analyze', DEMO, '--json', 'missing/report.json']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fieldmark: analyze: the report cannot be written to missing\/report\.json: .+\n$/);
  });

  test.each([[['--help']], [['analyze', '--help']], [['--version']]])('%s succeeds', async (args) => {
    const { status, stdout, stderr } = await fieldmark(args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.length).toBeGreaterThan(4);
  });
});
