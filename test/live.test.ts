/** Listening as it is done in a plant: the whole program on an interface, real helpers, traffic in namespaces of our own. */
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cutFrames } from '../agent/capture/cut-frames.ts';
import { presentHelpers } from '../agent/capture/live/helper.ts';
import { keptFile } from '../agent/capture/live/kept-frames.ts';
import { readCapture } from '../agent/capture/read-capture.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { Sensor } from '../agent/sensor.ts';
import { openPlant } from '../agent/store/open-plant.ts';
import { Reader } from '../agent/store/reader.ts';
import { TestNetwork, whyNoNetwork } from './network.mjs';
import { MAIN } from './run-command.ts';
import { endsOf } from './sensing.ts';

const DEMO = 'fixtures/plant/demo.pcap';
/** In the demo capture. */
const PACKETS = 5987;

const reason = whyNoNetwork();
if (reason !== null) console.warn(`\n*** LIVE CAPTURE IS NOT TESTED HERE: ${reason} ***\n`);

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-live-'));
const undo: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(() => {
  for (const step of undo.reverse()) step();
});

function network(): TestNetwork {
  const made = new TestNetwork();
  undo.push(() => made.remove());
  return made;
}

/** `fieldmark watch` on the interface that listens. */
class Watching {
  readonly db: string;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  log = '';
  #reader: Reader | undefined;

  constructor(on: TestNetwork, db: string, flags: readonly string[] = []) {
    this.db = db;
    const args = ['watch', 'mirror', '--db', db, '--listen', '127.0.0.1:0', ...flags];
    this.#process = on.spawn(process.execPath, [MAIN, ...args]);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    }
    this.#ended = once(this.#process, 'close');
    undo.push(() => {
      this.#process.kill('SIGKILL');
    });
  }

  async ready(): Promise<this> {
    await this.until(() => this.log.includes('Ctrl-C ends it'));
    this.#reader = new Reader(this.db);
    return this;
  }

  get reader(): Reader {
    if (this.#reader === undefined) throw new Error('not ready yet');
    return this.#reader;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#process.exitCode !== null) throw new Error(`watch has ended: ${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until the database has so many packets of a capture. */
  async heard(packets: number, capture = 1): Promise<void> {
    await this.until(() => (this.reader.capture(capture)?.packets ?? 0) >= packets);
  }

  events(): string[] {
    const { items } = this.reader.list('events', { filter: {}, sort: 'number', limit: 100 });
    return items.map(({ kind }) => kind).filter((kind) => kind.startsWith('sensor.'));
  }

  /** Process ids of the helpers: children of any of its threads. */
  helpers(): number[] {
    const tasks = `/proc/${this.#process.pid}/task`;
    return readdirSync(tasks)
      .flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' '))
      .filter((id) => id !== '')
      .map(Number);
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** Ends it as an operator does; answers the exit status. */
  async end(): Promise<number | null> {
    this.#reader?.close();
    this.signal('SIGTERM');
    await this.#ended;
    return this.#process.exitCode;
  }
}

async function watching(on: TestNetwork, name: string, flags: readonly string[] = []): Promise<Watching> {
  return await new Watching(on, join(folder, `${name}.db`), flags).ready();
}

/** What the demo capture tells when it is read as a file. */
async function fromFile() {
  const sensor = new Sensor();
  sensor.beginFile(0);
  await readCapture(DEMO, sensor);
  sensor.finish();
  return takeSnapshot(sensor, []);
}

describe.skipIf(reason !== null)('on an interface', () => {
  const helpers = presentHelpers().filter((helper) => helper !== 'dumpcap');
  test.each(helpers)('through %s nothing is missing that is not told as lost, and nothing is sent', async (helper) => {
    const on = network();
    const watch = await watching(on, helper, ['--helper', helper]);
    await on.replay(DEMO, 8, helper === 'cap' ? 10_000 : 50_000);
    const lost = () => /"event":"packets-lost"/.test(watch.log);
    await watch.until(() => lost() || (watch.reader.capture(1)?.packets ?? 0) === 8 * PACKETS);
    if (lost()) await new Promise((resolve) => setTimeout(resolve, 2000)); // until all of it is told
    expect(await watch.end()).toBe(0);
    expect(on.sent).toBe(0);

    const { snapshot } = openPlant(watch.db).plant;
    const { packets, quality } = snapshot.capture;
    expect(packets + quality.droppedByCapture).toBe(8 * PACKETS);
    if (helper === 'tcpdump') expect(quality.droppedByCapture).toBe(0);
    if (quality.droppedByCapture > 0) return; // the ring of this helper is small: a busy machine loses packets
    const file = await fromFile();
    expect(new Set(snapshot.conversations.map(endsOf))).toEqual(new Set(file.conversations.map(endsOf)));
    expect(snapshot.hosts.map(({ address }) => address)).toEqual(file.hosts.map(({ address }) => address));
  });

  test('a helper that is killed is started again; the interface may go down and up', async () => {
    const on = network();
    const watch = await watching(on, 'trouble');
    await on.replay(DEMO, 1, 20_000);
    await watch.heard(PACKETS);
    for (const id of watch.helpers()) process.kill(id, 'SIGKILL');
    await watch.until(() => watch.events().includes('sensor.helper-ended') && watch.helpers().length === 1);
    await watch.until(() => (watch.log.match(/listens on mirror/g) ?? []).length === 1); // told once, as one event
    on.link('down');
    await watch.until(() => watch.events().includes('sensor.interface-down'));
    on.link('up');
    await watch.until(() => watch.events().includes('sensor.interface-up') && watch.helpers().length === 1);
    for (let sent = 0; (watch.reader.capture(1)?.packets ?? 0) < 2 * PACKETS; sent++) {
      await on.replay(DEMO, 1, 20_000); // the helper may still be starting
      if (sent > 20) throw new Error(`nothing is heard any more: ${watch.log}`);
    }
    expect(await watch.end()).toBe(0);
    expect(on.sent).toBe(0);
  });

  test('frames are kept within what may be, and the frame that proves a statement is among them', async () => {
    const on = network();
    const kept = join(folder, 'kept');
    const watch = await watching(on, 'keep', ['--keep', '2MB', '--keep-in', kept]);
    await on.replay(DEMO, 4, 20_000);
    await watch.heard(4 * PACKETS);
    expect(await watch.end()).toBe(0);
    const sizes = readdirSync(join(kept, 'mirror')).map((name) => statSync(join(kept, 'mirror', name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000_000);
    const number = 4 * PACKETS - 10;
    const file = await keptFile(kept, 1, number);
    const [frame] = await cutFrames(file?.path ?? '', [number - (file?.first ?? 0) + 1]);
    const [original] = await cutFrames(DEMO, [PACKETS - 10]);
    expect(Buffer.from(frame?.bytes ?? [])).toEqual(Buffer.from(original?.bytes ?? []));
  });

  test('what was known before a restart is known after it, and SIGHUP reads the policy again', async () => {
    const on = network();
    const policy = join(folder, 'policy.yaml');
    copyFileSync('fixtures/plant/demo.policy.yaml', policy);
    const first = await watching(on, 'again', ['--policy', policy]);
    expect(first.reader.policy()?.version).toBe(1);
    await on.replay(DEMO, 1, 20_000);
    await first.heard(PACKETS);
    writeFileSync(policy, `${readFileSync('fixtures/plant/demo.policy.yaml', 'utf8')}\n# looked over\n`);
    first.signal('SIGHUP');
    await first.until(() => first.reader.policy()?.version === 2);
    writeFileSync(policy, 'version: 1\nzones: wrong\n');
    first.signal('SIGHUP');
    await first.until(() => first.log.includes('POLICY_INVALID'));
    expect(first.reader.policy()?.version).toBe(2);
    expect(await first.end()).toBe(0);
    const before = openPlant(first.db).plant;

    const second = await watching(on, 'again');
    await on.replay(DEMO, 1, 20_000);
    await second.heard(PACKETS, 2);
    expect(await second.end()).toBe(0);
    const after = openPlant(second.db).plant;
    expect(after.snapshot.capture.packets).toBe(2 * PACKETS);
    expect(after.snapshot.capture.firstSeen).toBe(before.snapshot.capture.firstSeen);
    expect(after.assets.all.map(({ id }) => id)).toEqual(before.assets.all.map(({ id }) => id));
    expect(after.policy?.zones.length).toBe(before.policy?.zones.length);
  });

  test('a disk that is full is survived: what was heard meanwhile is written when there is room', async () => {
    const on = network();
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', disk]);
    if (status !== 0) {
      console.warn('\n*** A FULL DISK IS NOT TESTED HERE: no file system can be mounted ***\n');
      return;
    }
    undo.push(() => execFileSync('umount', ['-l', disk]));
    const watch = await new Watching(on, join(disk, 'full.db'), ['--keep', '4MB']).ready();
    await on.replay(DEMO, 1, 20_000);
    await watch.heard(PACKETS);
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=4096']);
    await on.replay(DEMO, 4, 20_000);
    await watch.until(() => watch.log.includes('SQLITE_FULL') && watch.log.includes('frames-not-kept'));
    rmSync(join(disk, 'filler'));
    await watch.heard(5 * PACKETS);
    await watch.until(() => watch.events().includes('sensor.frames-not-kept'));
    expect(await watch.end()).toBe(0);
  });
});

test('an interface that is not there is told in one line', () => {
  const args = [MAIN, 'watch', 'nowhere0', '--db', join(folder, 'nowhere.db'), '--listen', '127.0.0.1:0'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^fieldmark: /);
});
