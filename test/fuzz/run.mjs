/**
 * `npm run fuzz [-- TARGET…] [--seconds N | --minutes N] [--seed N] [--fresh] [--unreached]`: builds what the service's worker needs, then runs the campaigns
 * of main.ts with counters in the code under test. See README.md.
 */
import { build, install, node } from '../../api/setup.mjs';

install();
build();
const flags = ['--enable-source-maps', '--import', './test/fuzz/coverage/register.mjs'];
node([...flags, 'test/fuzz/main.ts', ...process.argv.slice(2)]);
