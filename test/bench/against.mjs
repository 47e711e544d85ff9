/** Another commit beside this one: built in a worktree of its own, and measured by turns with this one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../api/setup.mjs';
import { measured } from './measure.mjs';
import { table } from './table.mjs';

/** Pairs of runs; the first of a pair is one time this, the other time that. */
const ROUNDS = 7;
/** What a ratio may be off by chance: as much slower is no news, more is. */
const TOLERANCE = 0.05;
const SIGNALS = ['SIGINT', 'SIGTERM'];

/**
 * Compares `analyze` of this tree with that of another commit.
 * @param revision as git names it
 * @param workloads captures, and how many threads read each
 * @returns whether this tree is slower at any
 */
export async function against(revision, workloads) {
  const commit = git('rev-parse', '--verify', `${revision}^{commit}`);
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-against-'));
  const other = join(folder, 'tree');
  const remove = () => {
    git('worktree', 'remove', '--force', other);
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => {
    remove();
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  git('worktree', 'add', '--detach', '--force', other, commit);
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(other, 'node_modules'), 'junction');
    const build = "import('./api/setup.mjs').then((setup) => setup.build())"; // as it builds itself
    run(process.execPath, ['--eval', build], other);
    const compared = [];
    for (const workload of workloads) compared.push(await compare(ROOT, other, workload));
    const head = ['capture', 'threads', 'wall', 'CPU', 'CPU, all rounds', 'this tree is'];
    console.log(
      table(
        head,
        compared.map(({ row }) => row),
      ),
    );
    console.log(`Against ${git('log', '-1', '--format=%h %s', commit)}: this tree's time over that commit's, the median of \
${ROUNDS} rounds by turns. More than ${100 * TOLERANCE} % of CPU time is a difference.\n`);
    return compared.some(({ verdict }) => verdict === 'slower');
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
    remove();
  }
}

async function compare(own, other, { name, path, threads }) {
  const analyze = async (root) => {
    const main = join(root, 'dist/api/main.js');
    const result = await measured(process.execPath, [
      ...[main, 'analyze', path, '--threads', String(threads)],
      ...['--json', '/dev/null'],
    ]);
    if (result.failed) throw new Error(`analyze failed in ${root}`);
    return result;
  };
  await analyze(own); // once for nothing: the file is in memory then
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? [own, other] : [other, own];
    const results = new Map();
    for (const root of order) results.set(root, await analyze(root));
    rounds.push({ own: results.get(own), other: results.get(other) });
  }
  const ratios = (of) => rounds.map((round) => of(round.own) / of(round.other)).sort((a, b) => a - b);
  const wall = ratios(({ seconds }) => seconds);
  const cpu = ratios(({ cpuSeconds }) => cpuSeconds);
  const verdict = verdictOf(median(cpu));
  const range = `${cpu[0].toFixed(2)} to ${cpu.at(-1).toFixed(2)}`;
  return {
    verdict,
    row: [name, String(threads), `${median(wall).toFixed(2)} x`, `${median(cpu).toFixed(2)} x`, range, verdict],
  };
}

function verdictOf(ratio) {
  if (ratio > 1 + TOLERANCE) return 'slower';
  return ratio < 1 - TOLERANCE ? 'quicker' : 'as quick';
}

const median = (sorted) => sorted[sorted.length >> 1];

function git(...args) {
  return run('git', args, ROOT).trim();
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`.trim()}`);
  return stdout;
}
