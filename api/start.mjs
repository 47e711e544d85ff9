/** `npm start`: from a bare machine to the picture of a plant. `npm start -- FILE` reads one's own captures. */
import { relative, resolve } from 'node:path';
import { build, install, node, ROOT } from './setup.mjs';

install();
build();

const DEMO = 'fixtures/plant/demo.pcap';
const args = process.argv.slice(2);
const own = args.map((arg) =>
  arg.startsWith('-') ? arg : relative(process.cwd(), resolve(process.env.INIT_CWD ?? '.', arg)),
);
node([`${ROOT}dist/api/main.js`, 'analyze', ...(own.length > 0 ? own : [DEMO])], { cwd: process.cwd() });
if (own.length === 0) {
  console.log(`That was the bundled capture of a made-up bottling plant, ${DEMO}.
Yours:       npm start -- path/to/capture.pcap
As JSON:     npm start -- path/to/capture.pcap --json report.json
All options: npm start -- --help`);
}
