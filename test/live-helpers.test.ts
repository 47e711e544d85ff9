/** Listening without a network: a helper of our own in the place of tcpdump, that does what helpers do at their worst. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CaptureEvent, LiveCapture } from '../agent/capture/live/live-capture.ts';
import { FieldmarkError } from '../agent/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-helper-'));
const path = process.env['PATH'];
const DEMO = resolve('fixtures/plant/demo.pcap');
const PACKETS = 5987;

beforeAll(() => {
  process.env['PATH'] = `${folder}:${path}`;
});
afterAll(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true });
});

/** Puts a shell script in tcpdump's place. `$DEMO` is a capture, and `$COUNT` how often the script was started before. */
function helper(script: string): void {
  const file = join(folder, 'tcpdump');
  const count = join(folder, 'count');
  rmSync(count, { force: true });
  const counting = `COUNT=$(cat ${count} 2>/dev/null || echo 0)\necho $((COUNT + 1)) > ${count}`;
  // the sensor may signal before the script can take it: a shell that ignores a signal lets nobody down
  writeFileSync(file, `#!/bin/sh\ntrap '' USR2\ntrap '' USR1\nDEMO=${DEMO}\n${counting}\n${script}\n`);
  chmodSync(file, 0o755);
}

const LISTENS = 'echo "tcpdump: listening on eth0" >&2';
/** Until the sensor ends it. */
const STAYS = `trap 'exit 0' INT\nwhile :; do sleep 0.05; done`;

class Heard {
  packets = 0;
  lost = 0;
  readonly events: CaptureEvent[] = [];
  clock = () => Date.now();
  readonly capture = new LiveCapture(
    { interface: 'eth0', helper: 'tcpdump', filter: '', snapLength: 65_535, ringBytes: 1 << 20, promiscuous: true },
    {
      sink: {
        frame: () => {
          this.packets++;
        },
        dropped: (frames) => {
          this.lost += frames;
        },
      },
      onEvent: (event) => this.events.push(event),
      clock: () => this.clock(),
    },
  );

  kinds(): string[] {
    return this.events.map(({ kind }) => kind);
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('what the helper writes is heard, and its end is told', async () => {
  helper(`${LISTENS}\ncat $DEMO\n${STAYS}`);
  const heard = new Heard();
  await heard.capture.start();
  await until(() => heard.packets === PACKETS);
  expect(heard.capture.status()).toMatchObject({ state: 'listening', helper: 'tcpdump', restarts: 0, lost: 0 });
  await heard.capture.stop();
  expect(heard.capture.status().state).toBe('stopped');
  expect(heard.kinds().filter((kind) => !kind.startsWith('interface'))).toEqual(['helper-started']);
});

test('a helper that ends is told of and started again, and the new stream is read', async () => {
  helper(`${LISTENS}\ncat $DEMO\n[ $COUNT = 0 ] && { echo "tcpdump: it broke" >&2; exit 3; }\n${STAYS}`);
  const heard = new Heard();
  await heard.capture.start();
  await until(() => heard.packets === 2 * PACKETS);
  await heard.capture.stop();
  expect(heard.kinds().slice(0, 3)).toEqual(['helper-started', 'helper-ended', 'helper-started']);
  expect(heard.events[1]?.what).toContain('it broke');
  expect(heard.capture.status().restarts).toBe(1);
});

test('a damaged stream ends the helper, not the sensor', async () => {
  const damaged = 'head -c 20000 $DEMO; head -c 20000 /dev/zero | tr "\\\\0" "\\\\377"';
  helper(`${LISTENS}\nif [ $COUNT = 0 ]; then ${damaged}; else cat $DEMO; fi\n${STAYS}`);
  const heard = new Heard();
  await heard.capture.start();
  await until(() => heard.packets > PACKETS);
  await heard.capture.stop();
  expect(heard.kinds()).toContain('helper-ended');
});

test('what helpers lost is added up over their lives', async () => {
  helper(
    `${LISTENS}\ncat $DEMO\necho "7 packets dropped by kernel" >&2\n[ $COUNT = 0 ] && { sleep 0.3; exit 1; }\n${STAYS}`,
  );
  const heard = new Heard();
  await heard.capture.start();
  await until(() => heard.lost === 14);
  await heard.capture.stop();
  expect(heard.capture.status().lost).toBe(14);
  expect(heard.events.filter(({ kind }) => kind === 'packets-lost').map(({ count }) => count)).toEqual([7, 7]);
});

test('a clock that is set is told of, whichever way', async () => {
  helper(`${LISTENS}\ncat $DEMO\n${STAYS}`);
  const heard = new Heard();
  await heard.capture.start();
  const stepped = () => heard.events.filter(({ kind }) => kind === 'clock-stepped').map(({ what }) => what);
  heard.clock = () => Date.now() + 3_600_000;
  await until(() => stepped().length === 1);
  heard.clock = () => Date.now() - 86_400_000;
  await until(() => stepped().length === 2);
  await heard.capture.stop();
  expect(stepped()[0]).toMatch(/set 3600 s forward/);
  expect(stepped()[1]).toMatch(/set 90000 s back/);
  expect(heard.packets).toBe(PACKETS);
});

test.each([
  ['CAPTURE_NOT_PERMITTED', 'eth0: You do not have permission to capture on that device', /setcap/],
  ['CAPTURE_FAILED', 'eth0: No such device exists', /there is no interface eth0/],
])('%s when the first helper cannot listen', async (code, words, message) => {
  helper(`echo "tcpdump: ${words}" >&2; exit 1`);
  const heard = new Heard();
  const error = await heard.capture.start().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FieldmarkError);
  expect((error as FieldmarkError).code).toBe(code);
  expect((error as FieldmarkError).message).toMatch(message);
});
