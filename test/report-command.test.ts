/** `fieldmark report` as a process: its forms, where they go, and what becomes of a file that cannot be written. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CSV_TABLES } from '../agent/report/csv/tables.ts';
import { MAIN, runCommand } from './run-command.ts';

const DEMO = fileURLToPath(new URL('../fixtures/plant/demo.pcap', import.meta.url));
const demo = readFileSync(DEMO);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldmark-report-'));
  writeFileSync(join(folder, 'cut.pcap'), demo.subarray(0, 10_000));
  writeFileSync(join(folder, 'silent.pcap'), demo.subarray(0, 24)); // a header and no packet
});
afterAll(() => rmSync(folder, { recursive: true }));

const report = (args: readonly string[], input?: Uint8Array) => runCommand(folder, ['report', ...args], input);

const BEGINNINGS = {
  html: '<!DOCTYPE html>',
  md: '# IEC 62443 gap assessment',
  json: '{\n"format": "fieldmark.report/1"',
  csv: 'id,ip,mac,',
  svg: '<svg ',
  mermaid: 'flowchart TB',
  graphml: '<?xml ',
  drawio: '<?xml ',
} as const;
const SUFFIXES = [
  ['html', 'a.html'],
  ['md', 'a.md'],
  ['json', 'a.json'],
  ['csv', 'a.csv'],
  ['svg', 'a.SVG'],
  ['mermaid', 'a.mmd'],
  ['graphml', 'a.graphml'],
  ['drawio', 'a.drawio'],
  ['html', 'report'],
] as const;

describe('forms', () => {
  test('--format on standard output, and nothing else', async () => {
    const { status, stdout, stderr } = await report([DEMO, '--format', 'md', '-o', '-']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.startsWith(BEGINNINGS.md)).toBe(true);
  });

  test.each(SUFFIXES)('%s is what %s promises', async (format, name) => {
    const { status, stdout } = await report([DEMO, '-o', name]);
    expect([status, stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, name), 'utf8').startsWith(BEGINNINGS[format])).toBe(true);
  });

  test('names each capture with its hash, and itself', async () => {
    const { stdout } = await report([DEMO, '--format', 'json']);
    const { assessment } = JSON.parse(stdout) as { assessment: { method: object } };
    const sha256 = createHash('sha256').update(demo).digest('hex');
    expect(assessment.method).toMatchObject({ tool: 'Fieldmark', captures: [{ name: DEMO, sha256 }] });
  });

  test('--table chooses the table', async () => {
    const { status, stdout } = await report([DEMO, '--format', 'csv', '--table', 'conversations']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^client,server,.+\r\n/);
  });

  test('the same capture, the same bytes', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => report([DEMO])));
    expect(first?.stdout).toBe(second?.stdout);
  });

  test('of nothing heard says so', async () => {
    const { status, stdout } = await report(['silent.pcap', '--format', 'md']);
    expect(status).toBe(0);
    expect(stdout).toContain('Nothing was heard');
  });

  test('of a capture on standard input, which has no hash', async () => {
    const { status, stdout } = await report(['-', '--format', 'json'], demo);
    expect(status).toBe(0);
    const { assessment } = JSON.parse(stdout) as { assessment: { method: object } };
    expect(assessment.method).toMatchObject({ captures: [{ name: '-', sha256: null }] });
  });

  test('of a capture that breaks off holds what could be read, with status 1', async () => {
    const { status, stdout, stderr } = await report(['cut.pcap']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^fieldmark: cut\.pcap: .+ \(at byte \d+\)\n$/);
    expect(stdout).toContain('in part');
    expect(stdout.trimEnd().endsWith('</html>')).toBe(true);
  });
});

describe('where it goes', () => {
  const left = () => readdirSync(folder).filter((name) => name.endsWith('.part'));

  test('a file that is there is replaced, through a link too', async () => {
    writeFileSync(join(folder, 'old.html'), 'old');
    symlinkSync('old.html', join(folder, 'link.html'));
    expect((await report([DEMO, '-o', 'link.html'])).status).toBe(0);
    expect(readFileSync(join(folder, 'old.html'), 'utf8')).toMatch(/<\/html>\n$/);
    expect(left()).toEqual([]);
  });

  test.each([
    ['a folder that is not there', 'missing/report.html'],
    ['a folder', '.'],
    ['a full disk', '/dev/full'],
  ])('%s is one line and status 2', async (_, path) => {
    const { status, stdout, stderr } = await report([DEMO, '--format', 'html', '-o', path]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^fieldmark: report: the report cannot be written to .+: .+\n$/);
    expect(left()).toEqual([]);
  });

  test('a file that grows beyond what is allowed leaves the old one as it was', async () => {
    writeFileSync(join(folder, 'kept.html'), 'old');
    // the shell's limit on file sizes stands for a disk that becomes full while it is written
    const child = spawn(
      'sh',
      ['-c', 'ulimit -f 8; trap "" XFSZ; exec "$0" "$@"', process.execPath, MAIN, 'report', DEMO, '-o', 'kept.html'],
      { cwd: folder },
    );
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [status] = (await once(child, 'close')) as [number | null];
    expect(stderr).toMatch(/^fieldmark: report: the report cannot be written to kept\.html: EFBIG.+\n$/);
    expect(status).toBe(2);
    expect(readFileSync(join(folder, 'kept.html'), 'utf8')).toBe('old');
    expect(left()).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))('standard output on a full disk is one line and status 2', async () => {
    const child = spawn(process.execPath, [MAIN, 'report', DEMO], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [status] = (await once(child, 'close')) as [number | null];
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^fieldmark: standard output cannot be written: .+\n$/),
    ]);
  });

  test('who stops reading is no error', async () => {
    const child = spawn(process.execPath, [MAIN, 'report', DEMO]);
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
    ['no capture', [], /name a capture/],
    ['an unknown format', ['x.pcap', '--format', 'pdf'], /--format is one of html, .+, not 'pdf'/],
    ['an unknown table', ['x.pcap', '--format', 'csv', '--table', 'x'], /--table is one of assets, .+, not 'x'/],
    ['a table of what has none', ['x.pcap', '--format', 'html', '--table', 'zones'], /--table is for --format csv/],
    ['an unknown option', ['x.pcap', '--frobnicate'], /frobnicate/],
  ])('%s is one line and status 2', async (_, args, message) => {
    const { status, stderr } = await report(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fieldmark: report: .+\n$/);
    expect(stderr).toMatch(message);
  });

  test('--help', async () => {
    const { status, stdout } = await report(['--help']);
    expect(status).toBe(0);
    for (const name of [...Object.keys(BEGINNINGS), ...Object.keys(CSV_TABLES)]) expect(stdout).toContain(name);
  });
});
