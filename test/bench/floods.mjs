/**
 * `node test/bench/floods.mjs [--names A,B] [--share 1]`: the whole program, from standard input to the written report,
 * under each flood of `fixtures/plant/bench/floods.ts` among a small plant's traffic: how much memory it takes, and
 * whether the plant is still found. Exit status 1 when memory or the plant does not stay.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../api/setup.mjs';
import { argumentsOf } from '../arguments.mjs';
import { megabytes, perSecond, table } from './table.mjs';

/** What docs/limits.md promises, from the first frame to the written report. */
const CEILING_BYTES = 512e6;
const POLL_MILLISECONDS = 20;

const { values } = argumentsOf(import.meta.url, {
  options: { names: { type: 'string' }, share: { type: 'string', default: '1' } },
});
const { floods } = await import('../../dist/fixtures/plant/bench/floods.js');
const { lost } = await import('../../dist/fixtures/plant/bench/flood-truth.js');
const chosen =
  values.names === undefined ? floods : floods.filter(({ name }) => values.names.split(',').includes(name));
const folder = mkdtempSync(join(tmpdir(), 'fieldmark-floods-'));
const calm = await analysed([`${ROOT}fixtures/plant/demo.pcap`]);
const rows = [];
for (const { name, packets } of chosen) {
  const count = Math.round(packets * Number(values.share));
  const { report, seconds, rssBytes } = await analysed(
    ['-'],
    ['flood', '/dev/stdout', '--name', name, '--packets', count],
  );
  const missing = lost(calm.report, report);
  if (missing.length > 0 || rssBytes > CEILING_BYTES) process.exitCode = 1;
  const { limitsHit } = report.capture.quality;
  rows.push([
    name,
    (report.capture.packets / 1e6).toFixed(2),
    perSecond(report.capture.packets, seconds),
    megabytes(rssBytes),
    missing.length === 0
      ? `all ${calm.report.assets.length}`
      : `lost: ${missing.slice(0, 3).join('; ')} (${missing.length})`,
    String(report.assets.length),
    Object.entries(limitsHit)
      .map(([counter, times]) => `${counter} ${times.toLocaleString('en-GB')}`)
      .join(', '),
  ]);
  console.error(rows.at(-1).join(' | '));
}
rmSync(folder, { recursive: true });
const head = ['flood', 'M packets', 'packets/s', 'peak memory', "plant's assets", 'assets', 'shed'];
console.log(`${table(head, rows)}
Packets per second include making them, which another process does. The ceiling is ${megabytes(CEILING_BYTES)}.`);

/** What `analyze` makes of `sources`, standard input being what the simulator writes when it is told to. */
async function analysed(sources, simulator) {
  const path = join(folder, 'report.json');
  const main = `${ROOT}dist/api/main.js`;
  const made = simulator === undefined ? '/dev/null' : `<("$0" "\${@:4}")`;
  const generator = simulator === undefined ? [] : [`${ROOT}dist/fixtures/plant/main.js`, ...simulator.map(String)];
  const startedAt = performance.now();
  const script = `exec "$0" "$1" analyze "$2" --json "$3" < ${made}`;
  const child = spawn('bash', ['-c', script, process.execPath, main, sources[0], path, ...generator], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let rssBytes = 0;
  const poll = setInterval(() => {
    rssBytes = Math.max(rssBytes, mostResident(child.pid));
  }, POLL_MILLISECONDS);
  const [status] = await once(child, 'close');
  clearInterval(poll);
  if (status !== 0) throw new Error(`analyze ended with status ${status}`);
  const report = JSON.parse(readFileSync(path, 'utf8'));
  return { report, seconds: (performance.now() - startedAt) / 1000, rssBytes };
}

/** The most that a process had so far, in bytes; 0 when it has ended. */
function mostResident(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it has ended
  }
}
