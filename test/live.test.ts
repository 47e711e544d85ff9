/** Listening as it is done in a plant: the whole program on an interface, real helpers, traffic in namespaces of our own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutFrames } from '../agent/capture/cut-frames.ts';
import { presentHelpers } from '../agent/capture/live/helper.ts';
import { keptFile } from '../agent/capture/live/kept-frames.ts';
import { readCapture } from '../agent/capture/read-capture.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { Sensor } from '../agent/sensor.ts';
import { openPlant } from '../agent/store/open-plant.ts';
import { writePcap } from '../fixtures/plant/capture/pcap.ts';
import { line } from '../fixtures/plant/scenarios/line.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { endsOf } from './sensing.ts';
import { DEMO, folder, network, PACKETS, reason, undo, watching } from './watching.ts';

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
    const watch = await watching(on, helper, { flags: ['--helper', helper] });
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
    const watch = await watching(on, 'keep', { flags: ['--keep', '2MB', '--keep-in', kept] });
    await on.replay(DEMO, 4, 20_000);
    await watch.heard(4 * PACKETS);
    const number = 4 * PACKETS - 10;
    const name = encodeURIComponent(watch.reader.capture(1)?.name ?? '');
    const proof = watch.answer(`/api/v1/frames?file=${name}&frame=${number}`);
    expect(await watch.end()).toBe(0);
    const sizes = readdirSync(join(kept, 'mirror')).map((name) => statSync(join(kept, 'mirror', name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000_000);
    const file = await keptFile(kept, 1, number);
    const [frame] = await cutFrames(file?.path ?? '', [number - (file?.first ?? 0) + 1]);
    const [original] = await cutFrames(DEMO, [PACKETS - 10]);
    expect(Buffer.from(frame?.bytes ?? [])).toEqual(Buffer.from(original?.bytes ?? []));
    expect(proof.subarray(-(original?.bytes.length ?? 0))).toEqual(Buffer.from(original?.bytes ?? []));
  });

  test('what was known before a restart is known after it, and SIGHUP reads the policy again', async () => {
    const on = network();
    const policy = join(folder, 'policy.yaml');
    copyFileSync('fixtures/plant/demo.policy.yaml', policy);
    const first = await watching(on, 'again', { flags: ['--policy', policy] });
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
    const watch = await watching(on, join('disk', 'full'), { flags: ['--keep', '4MB'] });
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

  test('the clock may be set, forward and back', async () => {
    const on = network();
    const offset = join(folder, 'offset');
    writeFileSync(offset, '0');
    const clock = { preload: new URL('./set-clock.mjs', import.meta.url).href, env: { CLOCK_OFFSET_FILE: offset } };
    const watch = await watching(on, 'clock', clock);
    await on.replay(DEMO, 1, 20_000);
    await watch.heard(PACKETS);
    const told = () => (watch.log.match(/"event":"clock-stepped"/g) ?? []).length;
    writeFileSync(offset, '3600000');
    await watch.until(() => told() === 1);
    writeFileSync(offset, '-86400000');
    await watch.until(() => told() === 2);
    await on.replay(DEMO, 1, 20_000);
    await watch.heard(2 * PACKETS);
    await watch.until(() => watch.events().includes('sensor.clock-stepped'));
    expect(watch.log).toMatch(/set 3600 s forward/);
    expect(watch.log).toMatch(/set 90000 s back/);
    expect(await watch.end()).toBe(0);
  });

  test('two interfaces on links with the same addresses: all devices are told apart', async () => {
    const on = network(2);
    const files = [1, 2].map((number) => {
      const path = join(folder, `line-${number}.pcap`);
      const pieces: Uint8Array[] = [];
      writePcap({ write: (bytes) => void pieces.push(bytes) }, 1_760_000_400, simulate(line(number)).frames);
      writeFileSync(path, Buffer.concat(pieces));
      return path;
    });
    const watch = await watching(on, 'two-links', { interfaces: ['mirror', 'mirror2'] });
    await Promise.all([on.replay(files[0] as string, 1, 500), on.replay(files[1] as string, 1, 500, 2)]);
    const frames = [...simulate(line(1)).frames].length;
    for (const capture of [1, 2]) await watch.heard(frames, capture);
    expect(await watch.end()).toBe(0);
    const told = openPlant(watch.db).plant.assets.all.map(({ id, mac }) => `${id} ${mac}`);
    expect(told).toHaveLength(6);
    expect(new Set(told.map((one) => one.split(' ')[1])).size).toBe(6);
  });

  test('two interfaces are heard at once, each a capture of its own', async () => {
    const on = network(2);
    const watch = await watching(on, 'two', { interfaces: ['mirror', 'mirror2'], flags: ['--keep', '4MB'] });
    await Promise.all([on.replay(DEMO, 1, 10_000), on.replay(DEMO, 2, 20_000, 2)]);
    await Promise.all([watch.heard(PACKETS, 1), watch.heard(2 * PACKETS, 2)]);
    const { interfaces } = watch.ask('/api/v1/sensor') as { interfaces: { interface: string; packets: number }[] };
    expect(interfaces).toMatchObject([
      { interface: 'mirror', packets: PACKETS, lost: 0, sent: 0 },
      { interface: 'mirror2', packets: 2 * PACKETS, lost: 0, sent: 0 },
    ]);
    expect(await watch.end()).toBe(0);
    expect(readdirSync(join(folder, 'two.db-frames'))).toEqual(['mirror', 'mirror2']);
    const { capture, conversations } = openPlant(watch.db).plant.snapshot;
    expect(capture.packets).toBe(3 * PACKETS);
    expect(new Set(conversations.map(endsOf))).toEqual(new Set((await fromFile()).conversations.map(endsOf)));
  });
});
