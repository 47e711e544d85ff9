/**
 * `npm run fuzz [-- --scale N] [--seed N]`: the fuzz targets and all property tests with many more cases than `npm test`
 * tries, from another seed each time. See README.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, install, ROOT } from '../../api/setup.mjs';

const { values } = parseArgs({
  options: { scale: { type: 'string', default: '60' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
});
/** Property tests take longer for a case; these many times fewer of them. */
const PROPERTY_SHARE = 10;
const PROPERTIES = [
  'test/every-protocol.test.ts',
  'test/tcp.test.ts',
  'test/pipeline.test.ts',
  'test/common-frame.test.ts',
  'test/capture.test.ts',
];

install();
build();
const folder = mkdtempSync(join(tmpdir(), 'fieldmark-fuzz-'));
const summary = join(folder, 'summary');
const startedAt = performance.now();
const scale = Number(values.scale);

const targets = vitest(['test/fuzz/fuzz.test.ts'], scale);
const properties = vitest(PROPERTIES, Math.max(1, scale / PROPERTY_SHARE));

const lines = contents(summary)
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });
console.log(`\n${'target'.padEnd(24)}${'cases'.padStart(10)}${'seeds from'.padStart(14)}${'seconds'.padStart(10)}`);
for (const { target, cases, firstSeed, seconds } of lines) {
  console.log(
    `${target.padEnd(24)}${String(cases).padStart(10)}${String(firstSeed).padStart(14)}${seconds.toFixed(1).padStart(10)}`,
  );
}
const all = lines.reduce((sum, { cases }) => sum + cases, 0);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(`
${all} cases${targets === 0 ? ', none failed' : ': see above for what failed; its case is kept in test/fuzz/found'}.
Property tests with ${Math.max(1, scale / PROPERTY_SHARE)} times their usual cases: ${properties === 0 ? 'none failed' : 'see above'}.
${seconds} s in all. Again with the same cases: npm run fuzz -- --scale ${scale} --seed ${values.seed}`);
process.exitCode = targets === 0 && properties === 0 ? 0 : 1;

function vitest(files, times) {
  const env = { ...process.env, FUZZ_SCALE: String(times), FUZZ_SEED: values.seed, FUZZ_SUMMARY: summary };
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout=3600000', ...files];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env }).status;
}

function contents(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // not a single target ran to its end
  }
}
