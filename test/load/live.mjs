/**
 * `node test/load/live.mjs [PACKETS-PER-SECOND] [SECONDS] [--helper tcpdump]`: the built `watch` on an interface that is sent
 * the plant of the benchmark. Prints what was sent, heard and lost, and what it took; ends with status 1 when a packet is
 * missing that was not told as lost, or when the traffic told something else than what the simulator knows.
 * Needs root (network namespaces), tcpdump and tcpreplay. `--busy` keeps every processor busy meanwhile; `--no-offload` switches
 * the interface's merging of packets off first (needs ethtool).
 */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { openPlant } from '../../dist/agent/store/open-plant.js';
import { argumentsOf } from '../arguments.mjs';
import { plantCapture } from '../bench/captures.mjs';
import { megabytes, perSecond, table } from '../bench/table.mjs';
import { Watched } from './watched.mjs';

/** Of a capture that is sent from memory, again and again. */
const CAPTURE_BYTES = 100_000_000;
const POLL = 250;

const { positionals, values } = argumentsOf(import.meta.url, {
  allowPositionals: true,
  options: {
    helper: { type: 'string', default: 'tcpdump' },
    busy: { type: 'boolean', default: false },
    'no-offload': { type: 'boolean', default: false },
  },
});
const [rate = 100_000, seconds = 10] = positionals.map(Number);

const { path, truth } = await plantCapture(CAPTURE_BYTES);
const times = Math.max(1, Math.round((rate * seconds) / truth.packets));
const sent = times * truth.packets;
const busy = values.busy ? cpus().map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })) : [];
const watched = await Watched.start(['--helper', values.helper], (network) => {
  if (values['no-offload'])
    network.run('ethtool', '-K', 'mirror', 'tso', 'off', 'gso', 'off', 'gro', 'off', 'lro', 'off');
});
const failures = [];
try {
  const before = watched.taken();
  let [sensorBytes, helperBytes] = [0, 0];
  const poll = setInterval(() => {
    const { sensor, helpers } = watched.taken();
    sensorBytes = Math.max(sensorBytes, sensor.bytes);
    helperBytes = Math.max(helperBytes, helpers.bytes);
  }, POLL);
  const lasted = await watched.network.replay(path, times, rate);
  const after = watched.taken();
  await watched.settled(sent);
  clearInterval(poll);
  await wait(1500); // what is lost is told twice a second
  const [{ packets, lost, shed, sent: spoken }] = watched.status().interfaces;
  const missing = sent - packets - lost;
  if (missing !== 0) failures.push(`${missing} packets are missing and were not told as lost`);
  if (spoken !== 0 || watched.network.sent !== 0) failures.push('something was sent');
  if ((await watched.end()) !== 0) failures.push('watch ended with another status than 0');
  const { snapshot } = openPlant(watched.db).plant;
  if (lost + shed === 0) failures.push(...strangers(snapshot, truth));
  const share = (now, then) => `${((100 * (now.seconds - then.seconds)) / lasted).toFixed(0)} %`;
  console.log(
    table(
      ['asked for', 'sent', 'in', 'a second', 'lost', 'shed', 'missing', 'sensor', 'of a core', 'helper', 'of a core'],
      [
        [
          ...[`${rate}/s through ${values.helper}`, `${sent}`, `${lasted.toFixed(1)} s`, perSecond(sent, lasted)],
          ...[`${lost}`, `${shed}`, `${missing}`],
          ...[megabytes(sensorBytes), share(after.sensor, before.sensor)],
          ...[megabytes(helperBytes), share(after.helpers, before.helpers)],
        ],
      ],
    ),
  );
} finally {
  for (const one of busy) one.kill('SIGKILL');
  watched.remove();
}
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Conversations that the simulator does not know, or that were not heard. */
function strangers(snapshot, { conversations }) {
  const ends = ({ client, server, protocol, port }) => `${client} ${server} ${protocol} ${port}`;
  const heard = new Set(snapshot.conversations.map(ends));
  return conversations.filter((one) => !heard.has(ends(one))).map((one) => `not heard: ${ends(one)}`);
}
