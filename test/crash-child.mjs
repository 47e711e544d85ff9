/**
 * Keeps a database until it is killed, and says what it has written. Hears the records of a capture over and over, as a
 * mirror port that never falls silent; or, with a spool, reads what lies there, again where it was interrupted.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Keeper } from '../dist/agent/service/keeper.js';

const [database, capture, spool] = process.argv.slice(2);
const FILE_HEADER = 24; // bytes of a pcap file before its first record
const PIECE = 16_384;

const keeper = new Keeper({
  database,
  ...(spool === undefined ? {} : { spool }),
  flushInterval: 50,
  onNotice(notice) {
    if (notice.kind !== 'revision' || !notice.tables.includes('asset')) return;
    process.stdout.write(`written ${keeper.plant.snapshot.capture.packets}\n`);
  },
});
process.stdout.write('open\n');

if (spool === undefined) {
  await keeper.add({ name: 'eth0', source: { stream: endless(readFileSync(capture)) }, live: true, by: 'test' });
} else {
  for (const { row } of keeper.store.records.captures('interrupted')) keeper.readAgain(row, 'test');
  await keeper
    .add({ name: capture, source: { spool: capture }, sha256: capture, size: null, by: 'test' })
    .catch((error) => process.stdout.write(`${error.code}\n`));
}
await keeper.idle();
await keeper.close();
process.stdout.write('closed\n');

async function* endless(bytes) {
  yield bytes.subarray(0, FILE_HEADER);
  for (;;) {
    for (let at = FILE_HEADER; at < bytes.length; at += PIECE) {
      yield bytes.subarray(at, at + PIECE);
      await pause(1);
    }
  }
}
