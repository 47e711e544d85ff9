/** What is installed in a plant: the image, the compose file and the unit say what the documentation promises. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SETTING_NAMES } from '../api/configuration/settings.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8')
  .replace(/^\s*#.*\n/gm, '')
  .replace(/\\\n/g, ' ');
const unit = readFileSync('deploy/fieldmark.service', 'utf8');

/** Settings that a text gives as FIELDMARK_NAME. */
function settingsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\bFIELDMARK_([A-Z]\w*)\b/g)].map(([, name]) => name as string))];
}

const KNOWN = new Set(SETTING_NAMES.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()));

test.each(['Dockerfile', 'compose.yaml', 'deploy/fieldmark.env', 'deploy/healthcheck.mjs'])(
  '%s names settings that there are',
  (file) => {
    const named = settingsIn(readFileSync(file, 'utf8'));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !KNOWN.has(name))).toEqual([]);
  },
);

test('the image: a base that can be pinned, no root, no leftovers of its building, a health check', () => {
  expect(dockerfile.match(/^FROM .*$/gm)).toHaveLength(2);
  expect(dockerfile.match(/^FROM \$\{NODE\}( AS build)?$/gm)).toHaveLength(2);
  expect(dockerfile).toMatch(/^ARG NODE=node:22-[\w.-]+$/m);
  const [, last = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
  expect([...last.matchAll(/^USER (.+)$/gm)].at(-1)?.[1]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect(last).toMatch(/^HEALTHCHECK .*healthcheck\.mjs/m);
  expect(last).toMatch(/^VOLUME \/data$/m);
  for (const [install] of dockerfile.matchAll(/^RUN apt-get.*$/gm)) {
    expect(install).toContain('--no-install-recommends');
    expect(install).toContain('rm -rf /var/lib/apt/lists/*');
  }
  expect(last).not.toMatch(/npm|g\+\+|make|python/);
});

test('compose: nothing but NET_RAW, a root that cannot be written, logs and memory with an end', () => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'));
  expect(services.fieldmark).toMatchObject({
    ...{ cap_drop: ['ALL'], cap_add: ['NET_RAW'], read_only: true, network_mode: 'host' },
    ...{ mem_limit: expect.anything(), pids_limit: expect.any(Number), volumes: ['fieldmark:/data'] },
    logging: { options: { 'max-size': expect.anything(), 'max-file': expect.anything() } },
  });
});

const analyze = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
const [, version = '0'] = /^systemd (\d+)/.exec(analyze.stdout ?? '') ?? [];
/** `security --offline` came with it. */
const canScore = Number(version) >= 251;
if (!canScore) console.warn('\n*** THE UNIT IS NOT SCORED HERE: systemd-analyze 251 or later is not installed ***\n');

test.skipIf(!canScore)('the unit is well-formed, and systemd rates it as the documentation says', () => {
  const [, promised = ''] = /rates the unit (\d+\.\d)/.exec(readFileSync('docs/deployment.md', 'utf8')) ?? [];
  const score = ['security', '--offline=yes', `--threshold=${Math.round(Number(promised) * 10)}`];
  const { status, stdout } = spawnSync('systemd-analyze', [...score, 'deploy/fieldmark.service'], { encoding: 'utf8' });
  expect(stdout).toMatch(/Overall exposure level/);
  expect(status).toBe(0);
});

test('of all capabilities the unit has the one that the helper needs', () => {
  expect(unit.match(/^\w*Capabilit\w*=.*$/gm)).toEqual([
    'AmbientCapabilities=CAP_NET_RAW',
    'CapabilityBoundingSet=CAP_NET_RAW',
  ]);
});
