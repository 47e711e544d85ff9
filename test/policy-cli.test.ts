/** The `policy` command as people and scripts run it: arguments, files, streams, exit status. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyJsonSchema } from '../agent/policy/policy-json-schema.ts';
import type { Report } from '../agent/report/report.ts';

/** Built by `npm test` (or `npm run build`) before the tests run. */
const MAIN = fileURLToPath(new URL('../dist/api/main.js', import.meta.url));
const DEMO = fileURLToPath(new URL('../fixtures/plant/demo.pcap', import.meta.url));

const EVERYTHING = `version: 1
zones:
  - {id: all, kind: control, securityLevelTarget: 2, members: [{cidr: 0.0.0.0/0}, {cidr: "::/0"}]}
conduits: []
`;
const SPLIT = `version: 1
zones:
  - {id: centre, name: Control centre, kind: supervisory, securityLevelTarget: 2, members: [{cidr: 10.20.10.0/24}]}
  - {id: rest, name: Everything else, kind: control, securityLevelTarget: 2, members: [{cidr: 0.0.0.0/0}, {cidr: "::/0"}]}
conduits:
  - {id: polls, from: centre, to: rest, allow: [{protocol: modbus, access: [read]}, {protocol: telnet}]}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldmark-policy-'));
  writeFileSync(join(folder, 'everything.yaml'), EVERYTHING);
  writeFileSync(join(folder, 'split.yaml'), SPLIT);
  writeFileSync(join(folder, 'wrong.yaml'), SPLIT.replace('from: centre', 'from: center').replace('modbus', 'modbsu'));
  writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x23, 0x20, 0xe4, 0x0a]));
  writeFileSync(join(folder, 'huge.yaml'), Buffer.alloc((2 << 20) + 1, '#'));
  writeFileSync(join(folder, 'cut.pcap'), readFileSync(DEMO).subarray(0, 10_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function fieldmark(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end();
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

describe('policy check', () => {
  test('nothing violated: status 0', async () => {
    const { status, stdout, stderr } = await fieldmark('policy', 'check', DEMO, '--policy', 'everything.yaml');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('VIOLATIONS  0\n  none: everything that was heard is allowed');
  });

  test('violations: status 3, and a table without colour that names who, what, why, when and where', async () => {
    const { status, stdout, stderr } = await fieldmark('policy', 'check', DEMO, '--policy', 'split.yaml');
    expect([status, stderr]).toEqual([3, '']);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/^VIOLATIONS {2}\d+: .*\d+ high/m);
    expect(stdout).toMatch(
      /^ {2}centre → rest\n {2}\S+ +10\.20\.10\.\d+.+not permitted.+20\d\d-\d\d-\d\d .+demo\.pcap frame \d+$/m,
    );
    expect(stdout).toMatch(/^NOTHING USED\n(.*\n)* {2}polls: telnet$/m);
  });

  test('--json - writes the report and nothing else', async () => {
    const { status, stdout } = await fieldmark('policy', 'check', DEMO, '--policy', 'split.yaml', '--json', '-');
    const report = JSON.parse(stdout) as Report;
    expect([status, report.format]).toEqual([3, 'fieldmark.report/1']);
    expect(report.zones.map(({ id }) => id)).toEqual(['centre', 'rest']);
    for (const { kind, client, server, fromZone, toZone, samples } of report.violations) {
      expect(['no-conduit', 'not-permitted']).toContain(kind);
      expect([client, server, fromZone, toZone].every((text) => typeof text === 'string' && text !== '')).toBe(true);
      expect(samples.length).toBeGreaterThan(0);
    }
    expect(report.violations.length).toBeGreaterThan(5);
  });

  test('a capture that breaks off: status 1 when what could be read violates nothing', async () => {
    const { status, stderr } = await fieldmark('policy', 'check', 'cut.pcap', '--policy', 'everything.yaml');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^fieldmark: cut\.pcap: .+\n$/);
  });

  test('analyze says the same, and succeeds', async () => {
    const { status, stdout } = await fieldmark('analyze', DEMO, '--policy', 'split.yaml');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ZONES {2}2\n(.*\n)* {2}centre +Control centre +supervisory +2 /m);
    expect(stdout).toMatch(/^VIOLATIONS {2}\d+: /m);
  });
});

describe('policy propose', () => {
  test('writes a policy that reads back', async () => {
    const { status, stdout, stderr } = await fieldmark('policy', 'propose', DEMO);
    expect([status, stderr]).toEqual([0, '']);
    expect(await fieldmark('policy', 'propose', DEMO, '-o', 'proposed.yaml')).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(join(folder, 'proposed.yaml'), 'utf8')).toBe(stdout);
    const { stderr: mistakes } = await fieldmark('policy', 'check', DEMO, '--policy', 'proposed.yaml');
    expect(mistakes).toBe('');
  });
});

test('policy schema writes the JSON Schema of policies', async () => {
  const { status, stdout } = await fieldmark('policy', 'schema');
  expect([status, JSON.parse(stdout)]).toEqual([0, policyJsonSchema()]);
});

describe.concurrent('what cannot be done', () => {
  test.each<[string, readonly string[], readonly RegExp[]]>([
    ['no action', ['policy'], [/^fieldmark: policy: say what to do: propose, check or schema: /]],
    ['an unknown action', ['policy', 'chekc'], [/^fieldmark: policy: there is no 'chekc': /]],
    ['no policy', ['policy', 'check', DEMO], [/^fieldmark: policy check: name the policy with --policy FILE$/]],
    ['no capture', ['policy', 'check', '--policy', 'split.yaml'], [/^fieldmark: policy check: name a capture: /]],
    ['nothing to propose from', ['policy', 'propose'], [/^fieldmark: policy propose: name a capture: /]],
    ['an unknown option', ['policy', 'check', DEMO, '--polcy', 'x'], [/^fieldmark: policy: .+polcy/]],
    [
      'a policy that is not there',
      ['policy', 'check', DEMO, '--policy', 'no.yaml'],
      [/^fieldmark: no\.yaml: no such file/],
    ],
    ['a policy that is a directory', ['analyze', DEMO, '--policy', '.'], [/^fieldmark: \.: is a directory/]],
    [
      'a policy in another encoding',
      ['analyze', DEMO, '--policy', 'latin1.yaml'],
      [/^fieldmark: latin1\.yaml: not UTF-8: /],
    ],
    [
      'a policy that never ends',
      ['analyze', DEMO, '--policy', 'huge.yaml'],
      [/^fieldmark: huge\.yaml: longer than 2 MiB/],
    ],
    [
      'mistakes in a policy, a line each',
      ['policy', 'check', DEMO, '--policy', 'wrong.yaml'],
      [
        /^fieldmark: wrong\.yaml:6:23: there is no zone 'center': did you mean 'centre'\?$/,
        /^fieldmark: wrong\.yaml:6:\d+: 'modbsu' is not known: did you mean 'modbus'\?$/,
      ],
    ],
    [
      'a file that cannot be written',
      ['policy', 'schema', '-o', 'missing/x.json'],
      [/^fieldmark: policy schema: the schema cannot be written to missing\/x\.json: /],
    ],
  ])('%s is one line each and status 2', async (_, args, expected) => {
    const { status, stdout, stderr } = await fieldmark(...args);
    expect([status, stdout]).toEqual([2, '']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(lines[index]).toMatch(pattern);
  });

  test('policy --help tells the format', async () => {
    const { status, stdout } = await fieldmark('policy', '--help');
    expect(status).toBe(0);
    for (const word of ['propose', 'check', 'securityLevelTarget', 'members', 'allow', '3 "check" found']) {
      expect(stdout).toContain(word);
    }
  });
});
