/**
 * `npm start`: from a bare machine to the picture of a plant, at the terminal and then as a page.
 * `npm start -- FILE` reads one's own captures.
 */
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { build, install, node, ROOT } from './setup.mjs';

install();
build();

const DEMO = 'fixtures/plant/demo.pcap';
const PROGRAM = `${ROOT}dist/api/main.js`;
const args = process.argv.slice(2);
const own = args.map((arg) =>
  arg.startsWith('-') ? arg : relative(process.cwd(), resolve(process.env.INIT_CWD ?? '.', arg)),
);
const names = own.length > 0 ? own : [DEMO];
node([PROGRAM, 'analyze', ...names], { cwd: process.cwd() });
if (own.length === 0) {
  console.log(`That was the bundled capture of a made-up bottling plant, ${DEMO}.
Yours:       npm start -- path/to/capture.pcap
As JSON:     npm start -- path/to/capture.pcap --json report.json
All options: npm start -- --help
`);
}
// somebody looks on, and asked for nothing else
const files = names.filter((name) => statSync(name, { throwIfNoEntry: false })?.isFile() === true);
if (process.stdout.isTTY && files.length > 0 && files.length === names.length) await showPage(files);

/** Serves the page over a database that goes when it ends. */
async function showPage(captures) {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const serve = ['serve', '--db', join(folder, 'plant.db'), '--listen', '127.0.0.1:0', '--log-level', 'silent'];
  const service = spawn(process.execPath, [PROGRAM, ...serve], { stdio: ['ignore', 'ignore', 'pipe'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill('SIGTERM'));
  service.on('exit', (status) => process.exit(status ?? 0));
  let said = '';
  for await (const words of service.stderr.setEncoding('utf8')) {
    said += words;
    const [address] = said.match(/http:\/\/\S+/) ?? [];
    if (address === undefined) continue;
    service.stderr.resume();
    await Promise.all(captures.map((path) => upload(address, path)));
    console.log(`The page:    ${address} (Ctrl-C ends it)`);
    return;
  }
  console.error(said); // it ended before it listened: the picture at the terminal stays
}

async function upload(address, path) {
  const response = await fetch(`${address}/api/v1/captures?name=${encodeURIComponent(basename(path))}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(statSync(path).size) },
    body: createReadStream(path),
    duplex: 'half',
  });
  if (!response.ok) console.error(`fieldmark: ${path}: ${(await response.json()).detail}`);
}
