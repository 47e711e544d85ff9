/** A process that is killed while it hears and writes: its database opens whole, and a reading can be gone through again. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { reportOf } from '../agent/report/report.ts';
import { Keeper } from '../agent/service/keeper.ts';
import { openPlant } from '../agent/store/open-plant.ts';

const KILLS = 20;
/** Milliseconds of life at most. */
const LATEST_KILL = 500;
/** From when a life is counted: its start, when the database is open, when something was written. */
const MOMENTS = [null, /written/, /open/, /written/];
const DEMO = 'fixtures/plant/demo.pcap';
/** Bytes of a pcap file before its first record. */
const FILE_HEADER = 24;

const CHILD = fileURLToPath(new URL('crash-child.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'fieldmark-crash-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Life {
  /** What the process said last that it had written, in packets. */
  readonly written: number;
  readonly closed: boolean;
}

/**
 * Runs a keeper until it ends or is killed.
 * @param from what it says, or nothing, from which on it has `milliseconds` to live
 */
async function lived(args: readonly string[], from: RegExp | null, milliseconds: number): Promise<Life> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let timer: NodeJS.Timeout | undefined;
  const count = () => {
    if (from === null || from.test(said)) timer ??= setTimeout(() => child.kill('SIGKILL'), milliseconds);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    count();
  });
  count();
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const written = [...said.matchAll(/^written (\d+)$/gm)].map(([, packets]) => Number(packets));
  return { written: written.at(-1) ?? 0, closed: said.includes('closed') };
}

test('kill -9 at any moment loses no more than was not written yet', async () => {
  const database = join(directory, 'live.db');
  let caughtReading = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const from = MOMENTS[kill % MOMENTS.length] as RegExp | null;
    const { written } = await lived([database, DEMO], from, 20 + ((kill * 7919) % LATEST_KILL));
    const { integrity, packets, reading } = held(database);
    expect(integrity).toBe('ok');
    expect(packets).toBeGreaterThanOrEqual(written);
    if (reading) caughtReading++;
  }
  expect(caughtReading).toBeGreaterThan(KILLS / 4);
}, 120_000);

test('what was being read is read again, and then is as if nothing had happened', async () => {
  const [database, spool, name] = [join(directory, 'again.db'), join(directory, 'spool'), 'long.pcap'];
  mkdirSync(spool);
  const demo = readFileSync(DEMO);
  const records = Array.from({ length: 12 }, () => demo.subarray(FILE_HEADER));
  writeFileSync(join(spool, name), Buffer.concat([demo.subarray(0, FILE_HEADER), ...records]));

  expect((await lived([database, name, spool], /written [1-9]/, 0)).closed).toBe(false);
  expect((await lived([database, name, spool], /closed/, 10_000)).closed).toBe(true);

  const undisturbed = new Keeper({ database: ':memory:', spool });
  await undisturbed.add({ name, source: { spool: name }, by: 'test' });
  await undisturbed.idle();
  const plain = (report: unknown) => JSON.parse(JSON.stringify(report));
  expect(plain(reportOf(openPlant(database).plant))).toEqual(plain(reportOf(undisturbed.plant)));
  await undisturbed.close();
}, 60_000);

/** What a database holds whose process was killed, before any other has written to it. */
function held(path: string): { integrity: string; packets: number; reading: boolean } {
  const database = new Database(path);
  try {
    const integrity = database.pragma('integrity_check', { simple: true }) as string;
    const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'capture'").get() !== undefined;
    if (!made) return { integrity, packets: 0, reading: false };
    const captures = database.prepare('SELECT state, packets FROM capture').all() as {
      state: string;
      packets: number;
    }[];
    const packets = captures.reduce((sum, capture) => sum + capture.packets, 0);
    return {
      integrity,
      packets,
      reading: captures.some(({ state, packets: heard }) => state === 'reading' && heard > 0),
    };
  } finally {
    database.close();
  }
}
