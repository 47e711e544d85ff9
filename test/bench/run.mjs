/**
 * `npm run bench [-- --bytes 1GB] [--only stages,protocols,threads,memory,tools] [--hostile] [--against [REV]] [--clean]`:
 * how fast captures are read, stage by stage and beside other programs, and whether memory stays; or whether this tree is
 * slower than another commit. README.md says what the figures mean.
 */
import { execFile, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, install, ROOT } from '../../api/setup.mjs';
import { argumentsOf } from '../arguments.mjs';
import { against } from './against.mjs';
import { clean, hostileCapture, plantCapture } from './captures.mjs';
import { measured } from './measure.mjs';
import { megabytes, perSecond, table } from './table.mjs';
import { installed, TOOLS } from './tools.mjs';

/** By one thread. */
const STAGES = [
  ['reading', 'the file, record by record'],
  ['headers', '+ link, tunnels, IP, TCP and UDP'],
  ['flows', '+ flows, hosts, copies of the mirror port'],
  ['whole', '+ streams in order, protocols decoded, report'],
];
/** Protocols of the capture, each with what it cannot do without: the carrier, or the one that arranges it. */
const PROTOCOLS = [['modbus'], ['cotp', 's7comm'], ['dnp3'], ['enip'], ['enip', 'cip-io']];
const MULTIPLES = { '': 1, K: 1e3, M: 1e6, G: 1e9 };
/** Of several runs the quickest counts: what disturbs a run can only slow it. */
const RUNS = 3;
/** A program that would take longer is given the first packets only. */
const PATIENCE_SECONDS = 60;
const SAMPLE_PACKETS = 200_000;
const STAGE = fileURLToPath(new URL('./stage.mjs', import.meta.url));
/** Bytes of a packet of the hostile capture in its file, about. */
const HOSTILE_PACKET_BYTES = 95;

/** `--against` without a commit: the one before this. */
const PARENT = 'HEAD~1';
const args = process.argv.slice(2).flatMap((arg, index, all) => {
  const next = all[index + 1];
  return arg === '--against' && (next === undefined || next.startsWith('--')) ? [arg, PARENT] : [arg];
});

const { values } = argumentsOf(import.meta.url, {
  args,
  options: {
    bytes: { type: 'string', default: '1GB' },
    only: { type: 'string', default: 'stages,protocols,threads,memory,tools' },
    against: { type: 'string' },
    hostile: { type: 'boolean', default: false },
    clean: { type: 'boolean', default: false },
  },
});
const only = new Set(values.only.split(','));

if (values.clean) {
  clean();
  process.exit();
}
install();
build();

const bytes = byteCount(values.bytes);
const capture = values.hostile
  ? await hostileCapture(Math.ceil(bytes / HOSTILE_PACKET_BYTES))
  : await plantCapture(bytes);
const { path, size, truth } = capture;
const { packets } = truth;
const cpu = cpus();
console.log(`${path}
${megabytes(size)}, ${(packets / 1e6).toFixed(2)} million packets, ${(size / packets).toFixed(0)} bytes each with their record headers
Node.js ${process.versions.node}, ${cpu.length} x ${cpu[0]?.model}
`);
if (values.against !== undefined) {
  const hostile = await hostileCapture(Math.ceil(bytes / 4 / HOSTILE_PACKET_BYTES));
  const slower = await against(values.against, [
    { name: 'plant', path, threads: 1 },
    { name: 'plant', path, threads: cpu.length },
    { name: 'hostile', path: hostile.path, threads: 1 },
  ]);
  process.exit(slower ? 1 : 0);
}
if (only.has('stages')) stages();
if (only.has('protocols') && truth.conversations) perProtocol();
if (only.has('threads')) await threads();
if (only.has('memory')) await memory();
if (only.has('tools')) {
  await tools(capture, values.hostile ? 'the hostile capture' : 'the plant');
  if (!values.hostile) await tools(await hostileCapture(Math.ceil(bytes / 4 / HOSTILE_PACKET_BYTES)), 'many flows');
}

/** Each stage with all that come before it, and what it adds. */
function stages() {
  const rows = [];
  let before = { seconds: 0, cpuSeconds: 0 };
  for (const [name, does] of STAGES) {
    const all = Array.from({ length: RUNS }, () => stage(path, name));
    const best = {
      seconds: Math.min(...all.map(({ seconds }) => seconds)),
      cpuSeconds: Math.min(...all.map(({ cpuSeconds }) => cpuSeconds)),
    };
    const nanoseconds = (seconds) => ((seconds * 1e9) / packets).toFixed(0);
    rows.push([
      `${name}: ${does}`,
      perSecond(packets, best.seconds),
      (size / 1e6 / best.seconds).toFixed(0),
      best.seconds.toFixed(2),
      best.cpuSeconds.toFixed(2),
      nanoseconds(best.cpuSeconds),
      nanoseconds(Math.max(0, best.cpuSeconds - before.cpuSeconds)),
      megabytes(Math.max(...all.map(({ rssBytes }) => rssBytes))),
    ]);
    before = best;
    if (name === 'whole' && truth.conversations) check(all[0].operations);
  }
  const head = ['stage', 'packets/s', 'MB/s', 'wall s', 'CPU s', 'ns/packet', 'of which its own', 'peak memory'];
  console.log(`\n${table(head, rows)}\nBest of ${RUNS} runs, each in a process of its own; ns by CPU time.\n`);
}

/** The report must be right: a fast wrong answer is worth nothing. */
function check(operations) {
  const heard = new Map(operations.map(({ ends, counts }) => [ends, counts]));
  let right = 0;
  let all = 0;
  for (const { client, server, protocol, port, operations: expected } of truth.conversations) {
    const counts = heard.get(`${client} ${server} ${protocol} ${port}`) ?? [];
    for (const [code, { requests, responses, errors }] of Object.entries(expected)) {
      all++;
      const sum = (of) => counts.filter((count) => count.code === code).reduce((total, count) => total + count[of], 0);
      if (sum('requests') === requests && sum('responses') === responses && sum('errors') === errors) right++;
    }
  }
  console.log(`Right: ${right} of ${all} operation counts in ${truth.conversations.length} conversations.`);
}

/** What decoding costs: each protocol alone, beyond what finding the flows takes. */
function perProtocol() {
  const quickestOf = (name, protocols) => {
    const all = Array.from({ length: RUNS }, () => stage(path, name, protocols));
    return all.reduce((best, run) => (run.cpuSeconds < best.cpuSeconds ? run : best));
  };
  const without = quickestOf('decoding', 'none').cpuSeconds;
  const rows = PROTOCOLS.map((protocols) => {
    const { cpuSeconds, messages } = quickestOf('decoding', protocols.join(','));
    const seconds = Math.max(0, cpuSeconds - without);
    return [
      protocols.join(' + '),
      (messages / 1e6).toFixed(2),
      seconds.toFixed(2),
      ((seconds * 1e9) / messages).toFixed(0),
      ((seconds * 1e9) / packets).toFixed(0),
    ];
  });
  const head = ['protocol', 'M messages', 'CPU s', 'ns/message', 'ns/packet of all'];
  console.log(`${table(head, rows)}\nA carrier's messages and those that it carries count each.\n`);
}

/**
 * What more threads give, beside what this machine has to give: independent processes, one for each processor, each with
 * the whole capture. Processors that share caches, or turn slower when all work, do less than twice the work of one.
 */
async function threads() {
  const many = cpu.length;
  const rows = [];
  const fastest = { one: Infinity, many: Infinity, apart: Infinity };
  const processor = { one: Infinity, many: Infinity, apart: Infinity };
  for (let run = 0; run < RUNS; run++) {
    // by turns: what disturbs the machine disturbs all three
    const began = performance.now();
    const apart = await Promise.all(Array.from({ length: many }, () => stageBeside(path, 'whole')));
    fastest.apart = Math.min(fastest.apart, (performance.now() - began) / 1000);
    processor.apart = Math.min(processor.apart, sum(apart.map(({ cpuSeconds }) => cpuSeconds)));
    for (const [name, count] of [
      ['one', 1],
      ['many', many],
    ]) {
      const start = performance.now();
      const { cpuSeconds } = await stageBeside(path, 'together', String(count));
      fastest[name] = Math.min(fastest[name], (performance.now() - start) / 1000);
      processor[name] = Math.min(processor[name], cpuSeconds);
    }
  }
  const row = (title, name, captures) => [
    title,
    perSecond(captures * packets, fastest[name]),
    fastest[name].toFixed(2),
    processor[name].toFixed(2),
    `${((captures * fastest.one) / fastest[name]).toFixed(2)} x`,
  ];
  rows.push(row('one thread', 'one', 1), row(`${many} threads`, 'many', 1));
  rows.push(row(`${many} processes, each with all of it: the machine's ceiling`, 'apart', many));
  console.log(`${table(['from start to end', 'packets/s', 'wall s', 'CPU s', 'of one thread'], rows)}
Best of ${RUNS} runs by turns, with the start of the process.\n`);
}

function sum(all) {
  return all.reduce((total, one) => total + one, 0);
}

/** Whether memory depends on the size of the file. */
async function memory() {
  const quarter = values.hostile
    ? await hostileCapture(Math.ceil(bytes / 4 / HOSTILE_PACKET_BYTES))
    : await plantCapture(bytes / 4);
  const [small, large] = [stage(quarter.path, 'whole'), stage(path, 'whole')];
  console.log(`Peak memory: ${megabytes(small.rssBytes)} for ${megabytes(quarter.size)} of capture, \
${megabytes(large.rssBytes)} for ${megabytes(size)}.\n`);
}

/** Whole programs, from their start to their end. */
async function tools({ path, size, truth: { packets } }, what) {
  const main = `${ROOT}dist/api/main.js`;
  const ours = await quickest(process.execPath, [main, 'analyze', path, '--json', '/dev/null']);
  const oneThread = [main, 'analyze', path, '--threads', '1', '--json', '/dev/null'];
  const row = (name, { seconds, cpuSeconds, rssBytes }, note = '') => [
    name,
    perSecond(packets, seconds),
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    `${(seconds / ours.seconds).toFixed(1)} x`,
    `${(cpuSeconds / ours.cpuSeconds).toFixed(1)} x`,
    megabytes(rssBytes),
    note,
  ];
  const rows = [row('fieldmark analyze', ours)];
  rows.push(row('fieldmark analyze --threads 1', await quickest(process.execPath, oneThread)));
  const absent = new Set();
  for (const tool of TOOLS) {
    if (!installed(tool.name)) {
      absent.add(tool.name);
      continue;
    }
    const { result, note } = await whole(tool, path, packets);
    rows.push(row(`${tool.name}: ${tool.does}`, result, note));
  }
  console.log(`${what}: ${megabytes(size)}, ${(packets / 1e6).toFixed(2)} million packets\n`);
  console.log(table(['program', 'packets/s', 'wall s', 'CPU s', 'wall', 'CPU', 'peak memory', ''], rows));
  if (absent.size > 0) console.log(`Not installed: ${[...absent].join(', ')}.`);
  console.log();
}

/** Runs a program on the capture, or on its first packets when the whole would take too long. */
async function whole(tool, path, packets) {
  const takesCount = tool.arguments('', 1).includes('-c');
  if (takesCount) {
    const sample = Math.min(packets, SAMPLE_PACKETS);
    const trial = await measured(tool.name, tool.arguments(path, sample));
    if (sample < packets && (trial.seconds * packets) / sample > PATIENCE_SECONDS) {
      const share = Math.min(1, (PATIENCE_SECONDS / 2 / trial.seconds) * (sample / packets));
      const count = Math.floor(packets * share);
      const { seconds, cpuSeconds, rssBytes } = await measured(tool.name, tool.arguments(path, count));
      const result = { seconds: seconds / share, cpuSeconds: cpuSeconds / share, rssBytes };
      return { result, note: `from the first ${(count / 1e6).toFixed(2)} M packets (memory of these alone)` };
    }
  }
  const result = await measured(tool.name, tool.arguments(path));
  return { result, note: result.failed ? 'ended with an error' : '' };
}

async function quickest(command, args) {
  const all = [];
  for (let run = 0; run < RUNS; run++) all.push(await measured(command, args));
  return {
    seconds: Math.min(...all.map(({ seconds }) => seconds)),
    cpuSeconds: Math.min(...all.map(({ cpuSeconds }) => cpuSeconds)),
    rssBytes: Math.max(...all.map(({ rssBytes }) => rssBytes)),
  };
}

/** A stage in a process of its own, while others run. */
async function stageBeside(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [STAGE, ...args], { maxBuffer: 1 << 30 });
  return JSON.parse(stdout);
}

function stage(file, name, protocols = '') {
  const { stdout, status } = spawnSync(process.execPath, [STAGE, file, name, protocols], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the stage '${name}' ended with status ${status}`);
  return JSON.parse(stdout);
}

/** The number of bytes in `"500MB"`. */
function byteCount(text) {
  const found = /^(\d+(?:\.\d+)?)([KMG]?)B?$/.exec(text);
  if (found === null) throw new Error(`--bytes: not a number of bytes: ${text}`);
  return Number(found[1]) * MULTIPLES[found[2]];
}
