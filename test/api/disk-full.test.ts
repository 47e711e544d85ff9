/**
 * A disk that is full: a small file system of its own, which a test fills. The service lives, says so, refuses what it could
 * not keep, and goes on by itself when there is room.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, DEMO, startService, upload } from './support.ts';

const BYTES = 8 << 20;

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-full-'));
/** With room: what is in it is not what these tests are about. */
const spool = mkdtempSync(join(tmpdir(), 'fieldmark-spool-'));
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${BYTES},mode=700`, 'fieldmark', folder]).status === 0;
if (!mounted) console.warn('NOT TESTED: a full disk. It takes root and Linux to mount a small file system.');

afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', folder]);
  for (const made of [folder, spool]) rmSync(made, { recursive: true, force: true });
});

const FILLER = join(folder, 'filler');

/** Leaves no byte free. */
function fill(): void {
  const { bavail, bsize } = statfsSync(folder);
  for (let blocks = bavail; blocks > 0; blocks = statfsSync(folder).bavail) {
    writeFileSync(FILLER, Buffer.alloc(blocks * bsize), { flag: 'a' });
  }
}

describe.skipIf(!mounted)('on a small file system', () => {
  const room = () => rmSync(FILLER, { force: true });
  beforeAll(room);

  test('what is heard is kept in memory, and written when there is room', async () => {
    const service = await startService(['--spool', spool], { db: join(folder, 'plant.db') });
    const told: string[] = [];
    let following: Promise<void> | undefined;
    try {
      const stream = await service.fetch('/api/v1/events/stream');
      following = (async () => {
        for await (const part of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) told.push(part);
      })();
      const { total: before } = await bodyOf(await service.fetch('/api/v1/assets'));
      expect(before).toBe(0);

      fill();
      const refused = await service.fetch('/api/v1/attestations', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ requirement: 'SR 1.7', statement: 'x'.repeat(4000), evidence: 'audit' }),
      });
      expect([refused.status, (await bodyOf(refused)).code]).toEqual([507, 'STORAGE_FULL']);

      // a capture is recorded in the database before it is read: there is just room for that
      room();
      const taken = await upload(service, 'demo.pcap', DEMO);
      expect(taken.status).toBe(201);
      fill();
      await expect
        .poll(async () => (await service.fetch('/readyz')).status, { timeout: 20_000, interval: 100 })
        .toBe(503);
      const health = await service.fetch('/healthz');
      expect([health.status, await health.json()]).toEqual([
        200,
        { status: 'degraded', storage: false, storageError: expect.stringMatching(/^SQLITE_/), worker: true },
      ]);
      const sensor = (await (await service.fetch('/api/v1/sensor')).json()) as { storage: object };
      expect(sensor.storage).toMatchObject({ state: 'failing', message: expect.stringMatching(/SQLITE_/) });
      expect((await service.fetch('/api/v1/assets')).status).toBe(200); // reading goes on

      room();
      await expect
        .poll(async () => (await service.fetch('/readyz')).status, { timeout: 30_000, interval: 200 })
        .toBe(200);
      await service.settled();
      await service.settled();
      expect((await bodyOf(await service.fetch('/api/v1/assets'))).total).toBeGreaterThan(30);
      const events = (await (await service.fetch('/api/v1/events?kind=sensor.storage-failed')).json()) as {
        items: { severity: string }[];
      };
      expect(events.items).toMatchObject([{ severity: 'high' }]);
      await expect.poll(() => told.join('')).toContain('event: storage\ndata: {"ok":true,"code":null}');
      expect(told.join('')).toMatch(/event: storage\ndata: \{"ok":false,"code":"SQLITE_\w+"\}/);
    } finally {
      await service.close();
    }
    await following;
  }, 120_000);

  test('an upload for which there is no room is refused as that, and leaves nothing', async () => {
    const service = await startService(['--spool', join(folder, 'spool')]);
    try {
      const response = await upload(service, 'demo.pcap', DEMO);
      expect([response.status, (await bodyOf(response)).code]).toEqual([507, 'STORAGE_FULL']);
      expect((await bodyOf(await service.fetch('/api/v1/captures'))).total).toBe(0);
      expect((await service.fetch('/readyz')).status).toBe(200);
    } finally {
      await service.close();
    }
  });

  test('a database cannot be begun on it, in one line', async () => {
    fill();
    await expect(startService([], { db: join(folder, 'new.db') })).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('full'),
    });
    room();
  });
});
