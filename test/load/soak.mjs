/**
 * `node test/load/soak.mjs [MILLIONS-OF-PACKETS] [PACKETS-PER-SECOND]`: weeks in minutes. The built `watch` with a database and kept
 * frames hears the plant of the benchmark again and again; prints the memory of the sensor and of its helper by tenths of
 * the traffic, and ends with status 1 when the last tenth took more than 5 % more than the first did at most, or a packet is missing.
 * Needs what live.mjs needs. 50 million packets take some four minutes, and 300 MB of disk.
 */
import { argumentsOf } from '../arguments.mjs';
import { plantCapture } from '../bench/captures.mjs';
import { megabytes, table } from '../bench/table.mjs';
import { Watched } from './watched.mjs';

const CAPTURE_BYTES = 100_000_000;
const KEEP = '200MB';
const POLL = 500;
const TENTHS = 10;
/** How much more the last tenth may take than the first. */
const GROWTH = 1.05;

const [millions = 50, rate = 250_000] = argumentsOf(import.meta.url, { allowPositionals: true }).positionals.map(
  Number,
);
const { path, truth } = await plantCapture(CAPTURE_BYTES);
const times = Math.ceil((millions * 1e6) / truth.packets);
const sent = times * truth.packets;
const watched = await Watched.start(['--keep', KEEP]);
const failures = [];
try {
  const samples = [];
  const poll = setInterval(() => {
    const { sensor, helpers } = watched.taken();
    samples.push({ came: watched.network.received, sensor, helpers, database: watched.databaseBytes });
  }, POLL);
  const lasted = await watched.network.replay(path, times, rate);
  await watched.settled(sent);
  clearInterval(poll);
  const [{ packets, lost, shed, sent: spoken }] = watched.status().interfaces;
  console.log(`${sent} packets in ${lasted.toFixed(0)} s: ${packets} heard, ${lost} lost, ${shed} passed over\n`);
  if (packets + lost !== sent) failures.push(`${sent - packets - lost} packets are missing and were not told as lost`);
  if (spoken !== 0) failures.push('something was sent');

  const tenths = Array.from({ length: TENTHS }, (_, tenth) =>
    samples.filter(({ came }) => came > 0 && came < sent && Math.floor((TENTHS * came) / sent) === tenth),
  );
  const head = ['tenth', 'million packets', 'sensor, mean', 'at most', 'helper', 'database'];
  const rows = tenths.map((tenth, index) => [
    ...[`${index + 1}`, `${(((index + 1) * sent) / TENTHS / 1e6).toFixed(1)}`],
    ...[
      megabytes(mean(tenth.map(({ sensor }) => sensor.bytes))),
      megabytes(most(tenth.map(({ sensor }) => sensor.bytes))),
    ],
    ...[
      megabytes(most(tenth.map(({ helpers }) => helpers.bytes))),
      megabytes(most(tenth.map(({ database }) => database))),
    ],
  ]);
  console.log(table(head, rows));
  const [first, last] = [tenths[0], tenths[TENTHS - 1]].map((tenth) => most(tenth.map(({ sensor }) => sensor.bytes)));
  console.log(`\nfrom the first tenth to the last: ${(100 * (last / first - 1)).toFixed(1)} %`);
  if (!(last <= GROWTH * first)) failures.push('memory grows');
  if ((await watched.end()) !== 0) failures.push('watch ended with another status than 0');
} finally {
  watched.remove();
}
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function most(values) {
  return Math.max(...values);
}
