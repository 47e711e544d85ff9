/** Runs campaigns one after another, keeps what they find, and tells it in a table. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from '../arguments.mjs';
import type { Finding, Result } from './engine/campaign.ts';
import { type Case, parsed, written } from './engine/case.ts';
import { keep } from './engine/found.ts';
import { watched } from './engine/watched.ts';
import { targetNames } from './targets/index.ts';

/** Cases of campaigns before, by target. They only save time: nothing is lost with them. */
const CORPORA = fileURLToPath(new URL('../../node_modules/.cache/fieldmark-fuzz/', import.meta.url));

const { values, positionals } = argumentsOf(new URL('run.mjs', import.meta.url), {
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    fresh: { type: 'boolean', default: false },
    unreached: { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !targetNames.includes(name));
if (unknown !== undefined) {
  console.error(`fuzz: there is no target ${unknown}: one of ${targetNames.join(', ')}`);
  process.exit(2);
}
const chosen = targetNames.filter((name) => positionals.length === 0 || positionals.includes(name));
const seconds = values.minutes === undefined ? Number(values.seconds) : Number(values.minutes) * 60;

const COLUMNS = [18, 12, 10, 8, 16, 10] as const;
const row = (...cells: readonly string[]) =>
  console.log(
    cells.map((cell, index) => (index === 0 ? cell.padEnd(COLUMNS[0]) : cell.padStart(COLUMNS[index] ?? 0))).join(''),
  );

console.log(`Each target for ${seconds} s, seed ${values.seed}.\n`);
row('target', 'inputs', 'inputs/s', 'corpus', 'forks reached', 'findings');
let failed = false;
for (const name of chosen) {
  const corpus = values.fresh ? [] : knownCases(name);
  const result = await watched({ target: name, seconds, seed: Number(values.seed), corpus });
  if ('made' in result) {
    row(name, '', '', '', '', '1');
    told(name, result);
    continue;
  }
  row(...cells(result));
  if (values.unreached) console.log(result.unreached.map((place) => `  ${place}`).join('\n'));
  for (const finding of result.findings) told(name, finding);
  rememberCases(name, result.corpus);
}
process.exitCode = failed ? 1 : 0;

function cells({ target, inputs, seconds: spent, corpus, reached, all, findings }: Result): string[] {
  const share = all === 0 ? '' : ` (${Math.round((100 * reached) / all)} %)`;
  const count = (value: number) => value.toLocaleString('en');
  return [
    target,
    count(inputs),
    count(Math.round(inputs / spent)),
    count(corpus.length),
    `${reached}/${all}${share}`,
    String(findings.length),
  ];
}

function told(target: string, finding: Finding): void {
  failed = true;
  const path = keep(target, finding);
  console.log(`\n${target}: ${finding.message}\nkept as ${path}\n`);
}

function knownCases(target: string): Case[] {
  try {
    return readFileSync(`${CORPORA}${target}`, 'utf8')
      .split('\n\n')
      .filter((text) => text !== '')
      .map(parsed);
  } catch {
    return []; // the first campaign of this target here
  }
}

function rememberCases(target: string, corpus: readonly Case[]): void {
  mkdirSync(CORPORA, { recursive: true });
  writeFileSync(`${CORPORA}${target}`, corpus.map(written).join('\n'));
}
