/** What cannot be listened to is told in one line that says how to mend it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HELPERS, helperCommand, presentHelpers } from '../agent/capture/live/helper.ts';
import type { TestNetwork } from './network.mjs';
import { MAIN } from './run-command.ts';
import { folder, network, reason } from './watching.ts';

interface Refusal {
  readonly status: number | null;
  readonly line: string;
}

/** Runs a command that ends at once; answers its only line. */
function refusal(args: readonly string[], before: readonly string[] = []): Refusal {
  const [command = '', ...rest] = [...before, process.execPath, MAIN, ...args];
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', cwd: folder });
  const lines = `${stdout.replace(/^\{.*\n/gm, '')}${stderr}`.trim().split('\n');
  expect(lines).toHaveLength(1);
  return { status, line: lines[0] as string };
}

const QUIET = ['--listen', '127.0.0.1:0', '--log-level', 'silent'];

test.each(['-i', '--help=', '../../etc/passwd', 'eth0 foo', 'a/b', '.'])('%s is no name of an interface', (name) => {
  const { status, line } = refusal(['watch', ...QUIET, '--', name]);
  expect(status).toBe(2);
  expect(line).toMatch(/names of interfaces are expected/);
});

test('neither a name nor a filter can become an option of a helper', () => {
  const options = {
    interface: '-w',
    filter: '-r /etc/passwd',
    snapLength: 1500,
    ringBytes: 1 << 20,
    promiscuous: true,
  };
  const before = (args: readonly string[], value: string) => args[args.indexOf(value) - 1];
  const [tcpdump, dumpcap, cap] = HELPERS.map((helper) => helperCommand(helper, options).args);
  expect(before(tcpdump ?? [], options.filter)).toBe('--');
  expect(tcpdump?.slice(0, 2)).toEqual(['-i', '-w']);
  expect(before(dumpcap ?? [], options.filter)).toBe('-f');
  expect(dumpcap?.slice(2, 4)).toEqual(['-i', '-w']);
  expect(cap?.slice(1, 3)).toEqual([options.interface, options.filter]); // behind the script: Node.js reads no more options
});

test('the best helper that is there is chosen, and one that is not there is told', () => {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  for (const name of ['dumpcap', 'tcpdump']) {
    writeFileSync(join(programs, name), '#!/bin/sh\n');
    chmodSync(join(programs, name), name === 'dumpcap' ? 0o755 : 0o644);
  }
  expect(presentHelpers(programs)[0]).toBe(presentHelpers('').includes('tcpdump') ? 'tcpdump' : 'dumpcap');
  chmodSync(join(programs, 'tcpdump'), 0o755);
  expect(presentHelpers(programs).slice(0, 2)).toEqual(['tcpdump', 'dumpcap']);
});

describe.skipIf(reason !== null)('on this machine', () => {
  let shared: TestNetwork | undefined;
  /** What runs a program where `mirror` is. */
  function inside(): readonly string[] {
    shared ??= network();
    return ['ip', 'netns', 'exec', shared.name];
  }

  test.each(presentHelpers())('%s: a filter that is none', (helper) => {
    const flags = ['--helper', helper, '--filter', 'tcp prot 5'];
    const { status, line } = refusal(['watch', 'mirror', ...QUIET, ...flags], inside());
    expect(status).toBe(2);
    expect(line).toMatch(/^fieldmark: .* cannot listen on mirror with the filter 'tcp prot 5' .*pcap-filter\(7\)/);
  });

  test.each(presentHelpers())('%s: an interface that is not there', (helper) => {
    const { status, line } = refusal(['watch', 'nowhere0', ...QUIET, '--helper', helper], inside());
    expect(status).toBe(2);
    expect(line).toBe(
      `fieldmark: there is no interface nowhere0 that ${helper} can listen on: "fieldmark interfaces" lists them`,
    );
  });

  test.each(presentHelpers())('%s: the right to listen is missing', (helper) => {
    const powerless = [...inside(), 'setpriv', '--bounding-set=-net_raw'];
    const { status, line } = refusal(['watch', 'mirror', ...QUIET, '--helper', helper], powerless);
    expect(status).toBe(2);
    const mend = { tcpdump: 'setcap cap_net_raw', dumpcap: 'wireshark-common', cap: 'AmbientCapabilities' }[helper];
    expect(line).toMatch(new RegExp(`^fieldmark: ${helper} is not permitted to listen on mirror: .*${mend}`));

    const [command = '', ...args] = [...powerless, process.execPath, MAIN, 'doctor', 'mirror'];
    const doctor = spawnSync(command, args, { encoding: 'utf8' });
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toMatch(new RegExp(`BAD +${helper} is here, but is not permitted .*\n +→ .*${mend}`));
  });
});
