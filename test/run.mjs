/** `npm test`: installs, builds, lints and runs all tests. Arguments go to Vitest. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, node } from '../api/setup.mjs';

install();
build();
node(['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']);
node(['node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json']);
node(['node_modules/typescript/bin/tsc', '-p', 'api/web/tsconfig.json']);

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-test-'));
const results = join(folder, 'results.json');
process.on('exit', () => {
  let counts = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
  try {
    counts = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    console.error('the tests did not run to their end');
    process.exitCode ||= 1;
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(
    `tests: ${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped`,
  );
});
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
node(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)]);
