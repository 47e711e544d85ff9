/** A keeper in its thread: calls, errors with their codes, streams that wait for it, and the end. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Notice } from '../agent/service/keeper-status.ts';
import { KeeperThread } from '../agent/service/keeper-thread.ts';
import { Reader } from '../agent/store/reader.ts';

/** Built by `npm test` (or `npm run build`) before the tests run. */
const DEMO = 'fixtures/plant/demo.pcap';
const PACKETS = 5987;

const directory = mkdtempSync(join(tmpdir(), 'fieldmark-thread-'));
afterAll(() => rmSync(directory, { recursive: true }));

const threads: KeeperThread[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.close();
});
let databases = 0;

async function started(onNotice: (notice: Notice) => void = () => {}) {
  const database = join(directory, `${databases++}.db`);
  const thread = await KeeperThread.start({ database, flushInterval: 50, onNotice });
  threads.push(thread);
  return { thread, database };
}

test('reads a capture, tells how far it is, and what was written', async () => {
  const notices: Notice[] = [];
  const { thread, database } = await started((notice) => notices.push(notice));
  const row = await thread.add({ name: 'demo.pcap', source: { path: DEMO }, by: 'test' });
  await thread.keeper.idle();
  expect(await thread.status).toMatchObject({ storage: { ok: true }, reading: null, packets: PACKETS });
  const states = notices.flatMap((notice) => (notice.kind === 'capture' ? [notice.state] : []));
  expect([...new Set(states)]).toEqual(['reading', 'done']);
  const written = notices.findLast((notice) => notice.kind === 'revision');
  const reader = new Reader(database);
  expect(written).toMatchObject({ revision: reader.revisions().all });
  expect(reader.capture(row)).toMatchObject({ state: 'done', packets: PACKETS });
  reader.close();
});

test.runIf(process.platform === 'linux')('lets other threads go first, where that is asked for', async () => {
  const NICE = 18; // of /proc/PID/stat, counted from 0: proc_pid_stat(5)
  const niceness = () =>
    readdirSync('/proc/self/task').map((task) => {
      const stat = readFileSync(`/proc/self/task/${task}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[NICE - 2]);
    });
  const before = Math.max(...niceness());
  const database = join(directory, `${databases++}.db`);
  threads.push(await KeeperThread.start({ database, giveWay: true }));
  expect(Math.max(...niceness())).toBe(Math.max(before, 5));
  expect(niceness().filter((value) => value > before).length).toBeLessThanOrEqual(1);
});

test('errors that a person can mend keep their codes', async () => {
  const { thread, database } = await started();
  await expect(thread.keeper.readAgain(7, 'test')).rejects.toMatchObject({ code: 'CAPTURE_UNKNOWN' });
  await expect(thread.add({ name: 'x', source: { path: 'nowhere.pcap' }, by: 'test' })).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
  });
  await expect(KeeperThread.start({ database })).rejects.toMatchObject({ code: 'DATABASE_IN_USE' });
});

test('a stream is read no faster than the keeper takes it', async () => {
  const { thread } = await started();
  const bytes = readFileSync(DEMO);
  let given = 0;
  let taken = 0;
  let furthest = 0;
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += 4096) {
      given++;
      furthest = Math.max(furthest, given - taken);
      yield bytes.subarray(at, at + 4096);
      taken = ((await thread.status).reading?.bytesRead ?? 0) / 4096;
    }
  };
  await thread.add({ name: 'stream', source: { stream: pieces() }, by: 'test' });
  await thread.keeper.idle();
  expect((await thread.status).packets).toBe(PACKETS);
  expect(furthest).toBeLessThan(32);
});

test('a stream that breaks is a capture that failed, with what came before', async () => {
  const { thread, database } = await started();
  const broken = async function* () {
    yield readFileSync(DEMO).subarray(0, 100_000);
    throw new Error('the line is dead');
  };
  const row = await thread.add({ name: 'stream', source: { stream: broken() }, by: 'test' });
  await thread.keeper.idle();
  const reader = new Reader(database);
  expect(reader.capture(row)).toMatchObject({ state: 'failed', error: { code: 'FILE_READ_FAILED' } });
  expect(reader.capture(row)?.packets).toBeGreaterThan(100);
  reader.close();
});

test('who reads the database meanwhile sees it grow, whole each time', async () => {
  const { thread, database } = await started();
  const demo = readFileSync(DEMO);
  const repeated = async function* () {
    yield demo;
    for (let times = 0; times < 20; times++) yield demo.subarray(24);
  };
  const reader = new Reader(database);
  const row = await thread.add({ name: 'stream', source: { stream: repeated() }, by: 'test' });
  let ended = false;
  const end = thread.keeper.idle().then(() => {
    ended = true;
  });
  let seen = 0;
  while (!ended) {
    const packets = reader.capture(row)?.packets ?? 0;
    expect(packets).toBeGreaterThanOrEqual(seen);
    seen = packets;
    // all of one interval is one transaction: where packets are told, so is who sent them
    if (packets > 0) expect(reader.count('assets')).toBeGreaterThan(0);
    await new Promise(setImmediate);
  }
  await end;
  expect(reader.capture(row)).toMatchObject({ state: 'done', packets: 21 * PACKETS });
  reader.close();
});

test('after its end nothing is answered', async () => {
  const { thread } = await started();
  await thread.close();
  threads.length = 0;
  await expect(thread.keeper.flush()).rejects.toThrow('has ended');
});
