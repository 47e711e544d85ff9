/** A process that is killed while it reads and writes: its database opens whole, and the reading can be gone through again. */
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
/** A process is killed within this many milliseconds of its start, or of its opening: while it opens, reads or writes. */
const LATEST_KILL = 1000;
/** Bytes of a pcap file before its first record. */
const FILE_HEADER = 24;
/** The demo's traffic so often: enough to be read for longer than a process lives. */
const REPEATED = 12;

const CHILD = fileURLToPath(new URL('crash-child.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'fieldmark-crash-'));
const spool = join(directory, 'spool');
const database = join(directory, 'plant.db');
afterAll(() => rmSync(directory, { recursive: true }));

/**
 * Runs a keeper until it ends or is killed; answers what it said it had written.
 * @param milliseconds to live; null until it ends by itself
 * @param sinceOpen counted from when it had opened its database
 */
async function lived(milliseconds: number | null, sinceOpen = false): Promise<{ written: number; closed: boolean }> {
  const child = spawn(process.execPath, [CHILD, database, spool, 'long.pcap'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let timer: NodeJS.Timeout | undefined;
  const limit = () => {
    if (milliseconds !== null) timer ??= setTimeout(() => child.kill('SIGKILL'), milliseconds);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    limit();
  });
  if (!sinceOpen) limit();
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const written = [...said.matchAll(/^written (\d+)$/gm)].map(([, packets]) => Number(packets));
  return { written: written.at(-1) ?? 0, closed: said.includes('closed') };
}

test('kill -9 at any moment loses no more than was not written yet', async () => {
  mkdirSync(spool);
  const demo = readFileSync('fixtures/plant/demo.pcap');
  const records = demo.subarray(FILE_HEADER);
  const long = Buffer.concat([demo.subarray(0, FILE_HEADER), ...Array.from({ length: REPEATED }, () => records)]);
  writeFileSync(join(spool, 'long.pcap'), long);

  let caughtReading = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const { written, closed } = await lived(50 + ((kill * 7919) % LATEST_KILL), kill % 2 === 0);
    const opened = openedAfter();
    expect(opened.integrity).toBe('ok');
    if (opened.packets === null) continue; // killed before the database was made
    expect(opened.packets).toBeGreaterThanOrEqual(written);
    if (!closed && opened.states.includes('reading')) caughtReading++;
  }
  expect(caughtReading).toBeGreaterThan(KILLS / 4);

  expect((await lived(null)).closed).toBe(true);
  const undisturbed = new Keeper({ database: ':memory:', spool });
  await undisturbed.add({ name: 'long.pcap', source: { spool: 'long.pcap' }, by: 'test' });
  await undisturbed.idle();
  const { plant } = openPlant(database);
  expect(JSON.parse(JSON.stringify(reportOf(plant)))).toEqual(JSON.parse(JSON.stringify(reportOf(undisturbed.plant))));
  await undisturbed.close();
}, 120_000);

/** What a database holds whose process was killed, before any other has written to it. */
function openedAfter(): { integrity: string; packets: number | null; states: string[] } {
  const opened = new Database(database);
  try {
    const integrity = opened.pragma('integrity_check', { simple: true }) as string;
    const made = opened.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'capture'").get() !== undefined;
    if (!made) return { integrity, packets: null, states: [] };
    const captures = opened.prepare('SELECT state, packets FROM capture').all() as { state: string; packets: number }[];
    const packets = captures.reduce((sum, capture) => sum + capture.packets, 0);
    return { integrity, packets, states: captures.map(({ state }) => state) };
  } finally {
    opened.close();
  }
}
