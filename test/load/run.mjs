/**
 * `node test/load/run.mjs [busy|slow|idle|body|bomb …] [--seconds 60] [--bytes 1000000000]`: the built service under load and abuse. It prints figures, and
 * ends with status 1 when the service does not stand it. Without a name, everything.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import autocannon from 'autocannon';
import { argumentsOf } from '../arguments.mjs';
import { plantCapture } from '../bench/captures.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = { busy, slow, idle, body, bomb };
const { positionals, values } = argumentsOf(import.meta.url, {
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, bytes: { type: 'string', default: '1000000000' } },
});

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-load-'));
const failures = [];
const child = spawn(
  process.execPath,
  [`${ROOT}dist/api/main.js`, 'serve', '--listen', '127.0.0.1:0', '--db', 'load.db', '--log-level', 'warn'],
  {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'inherit', 'pipe'],
  },
);
let ended = false;
child.once('exit', () => {
  ended = true;
});
const [line] = await once(child.stderr.setEncoding('utf8'), 'data');
const { url, host, port } = addressIn(line);

try {
  for (const part of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
    const began = performance.now();
    const result = await PARTS[part]();
    const healthy = !ended && (await fetch(`${url}/healthz`)).ok;
    if (!healthy) failures.push(`${part}: the service is gone`);
    const figures = Object.entries({ ...result, 'service resident': `${residentMegabytes()} MB` });
    console.log(`${part}: ${figures.map(([name, figure]) => `${name} ${figure}`).join(', ')} (${seconds(began)} s)`);
  }
} finally {
  child.kill('SIGTERM');
  if (!ended) await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** 500 requests a second while a large capture is read. */
async function busy() {
  await upload(createReadStream(`${ROOT}fixtures/plant/demo.pcap`), 'demo.pcap');
  const { path } = await plantCapture(Number(values.bytes));
  const taken = await upload(createReadStream(path), 'bench.pcap');
  if (taken.status !== 201) throw new Error(`the upload was answered by ${taken.status}: ${taken.text}`);
  const { id } = JSON.parse(taken.text);
  const paths = [
    '/api/v1/assets?limit=50',
    '/api/v1/conversations?limit=50',
    '/api/v1/overview',
    '/api/v1/zones',
    '/api/v1/matrix/zones',
    '/api/v1/sensor',
  ];
  const done = readUntilDone(id);
  const load = await autocannon({
    url,
    connections: 20,
    overallRate: 500,
    duration: Number(values.seconds),
    requests: paths.map((path) => ({ path })),
  });
  const refused = load.non2xx + load.errors + load.timeouts;
  if (refused > 0) failures.push(`busy: ${refused} requests failed`);
  return {
    requests: load.requests.total,
    failed: refused,
    p50: `${load.latency.p50} ms`,
    p99: `${load.latency.p99} ms`,
    longest: `${load.latency.max} ms`,
    'capture read after': `${((await done) / 1000).toFixed(1)} s`,
  };
}

async function readUntilDone(id) {
  const began = performance.now();
  for (;;) {
    const { state } = await (await fetch(`${url}/api/v1/captures/${id}`)).json();
    if (state !== 'queued' && state !== 'reading') return performance.now() - began;
    await wait(500);
  }
}

/** Slowloris: headers that come a byte a second on many connections. */
async function slow() {
  const sockets = Array.from({ length: 500 }, () =>
    connect(port, host)
      .on('error', () => {})
      .resume(),
  );
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x');
  }, 1000);
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX: ');
  const began = performance.now();
  const health = await fetch(`${url}/healthz`);
  const latency = performance.now() - began;
  await Promise.race([Promise.all(sockets.map((socket) => socket.closed || once(socket, 'close'))), wait(30_000)]);
  clearInterval(timer);
  const open = sockets.filter(({ destroyed }) => !destroyed).length;
  for (const socket of sockets) socket.destroy();
  if (open > 0 || !health.ok) failures.push(`slow: ${open} connections are still held`);
  return { connections: sockets.length, 'still held': open, 'health meanwhile': `${latency.toFixed(0)} ms` };
}

/** Clients that follow events and never read. */
async function idle() {
  const counts = { followed: 0, refused: 0, cut: 0 };
  const sockets = [];
  for (let i = 0; i < 10_000; i++) {
    const socket = connect(port, host);
    sockets.push(socket);
    socket.once('data', (data) => counts[data.toString().startsWith('HTTP/1.1 200') ? 'followed' : 'refused']++);
    socket.on('error', () => {});
    socket.once('close', () => counts.cut++);
    socket.write('GET /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    if (i % 200 === 0) await wait(20);
  }
  await wait(3000);
  const { eventClients } = await sensor().catch(() => ({ eventClients: null }));
  for (const socket of sockets) socket.destroy();
  await wait(1000);
  if (counts.followed > 32) failures.push(`idle: ${counts.followed} clients were taken`);
  return { ...counts, 'known to the service': eventClients ?? 'not asked: no connection was free' };
}

/** A JSON body of 1 GB. */
async function body() {
  const piece = Buffer.alloc(1 << 20, ' ');
  const spaces = Readable.from(Array.from({ length: 1000 }, () => piece));
  const { status, sent } = await send('PUT', '/api/v1/assets/x/zone', 'application/json', spaces);
  if (status !== 413) failures.push(`body: answered ${status}`);
  return { status, 'sent before it was refused': `${(sent / 1e6).toFixed(1)} MB` };
}

/** A capture of 10 GB of nothing in gzip. */
async function bomb() {
  const header = readFileSync(`${ROOT}fixtures/plant/demo.pcap`).subarray(0, 24);
  const zeros = Buffer.alloc(16 << 20);
  const gzip = createGzip({ level: 1 });
  const pieces = (function* () {
    yield header;
    for (let i = 0; i < 640; i++) yield zeros;
  })();
  const filled = pipeline(Readable.from(pieces), gzip);
  const { text } = await send('POST', '/api/v1/captures?name=bomb.pcap.gz', 'application/gzip', gzip);
  await filled;
  const { id, size } = JSON.parse(text);
  await readUntilDone(id);
  await wait(3000);
  const { state, error } = await (await fetch(`${url}/api/v1/captures/${id}`)).json();
  if (state !== 'failed') failures.push(`bomb: ${state}`);
  return { 'as stored': `${(size / 1e6).toFixed(1)} MB`, state, error: error?.code };
}

async function sensor() {
  return (await fetch(`${url}/api/v1/sensor`)).json();
}

async function upload(stream, name) {
  return send('POST', `/api/v1/captures?name=${name}`, 'application/octet-stream', stream);
}

/** Sends a stream; answers what came back, and how much was sent until then. */
function send(method, path, type, stream) {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const sending = request(
      `${url}${path}`,
      { method, agent: false, headers: { 'content-type': type } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, text, sent }));
      },
    );
    sending.on('error', (error) => resolve({ status: error.code, text: '', sent }));
    stream.on('data', (chunk) => {
      sent += chunk.length;
    });
    stream.pipe(sending);
  });
}

function addressIn(text) {
  const [found] = /http:\S+/.exec(text) ?? [];
  if (found === undefined) throw new Error(text);
  const { hostname, port: digits } = new URL(found);
  return { url: found, host: hostname, port: Number(digits) };
}

function residentMegabytes() {
  const status =
    statSync(`/proc/${child.pid}`, { throwIfNoEntry: false }) && readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return status ? Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024) : 'unknown';
}

function seconds(began) {
  return ((performance.now() - began) / 1000).toFixed(1);
}
