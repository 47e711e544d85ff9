/** Keeps a database until it is killed: reads what is in its spool, and says what it has written. */
import { Keeper } from '../dist/agent/service/keeper.js';

const [database, spool, name] = process.argv.slice(2);
const keeper = new Keeper({
  database,
  spool,
  flushInterval: 50,
  onNotice(notice) {
    if (notice.kind !== 'revision' || !notice.tables.includes('capture')) return;
    process.stdout.write(`written ${keeper?.plant.snapshot.capture.packets ?? 0}\n`);
  },
});
process.stdout.write('open\n');
for (const { row } of keeper.store.records.captures('interrupted')) keeper.readAgain(row, 'test');
await keeper
  .add({ name, source: { spool: name }, sha256: name, size: null, by: 'test' })
  .catch((error) => process.stdout.write(`${error.code}\n`));
await keeper.idle();
await keeper.close();
process.stdout.write('closed\n');
