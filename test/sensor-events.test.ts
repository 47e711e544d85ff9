/** Events of the sensor: what goes on happening is one that grows. */
import { expect, test } from 'vitest';
import type { CaptureEvent } from '../agent/capture/live/live-capture.ts';
import { capturedBefore, framesFrom } from '../agent/service/frames-from.ts';
import { SensorEvents } from '../agent/service/sensor-events.ts';

const SECOND = 1_000_000;
const lost = (at: number, count: number, on = 'eth1'): CaptureEvent => ({
  ...{ kind: 'packets-lost', interface: on, what: 'packets were lost before they could be read', count },
  at: at * SECOND,
});

test('a night of loss is one event with how much and until when', () => {
  const events = new SensorEvents();
  for (let at = 0; at < 28_800; at++) expect(events.add(lost(1000 + at / 2, 10)).first).toBe(at === 0);
  const [event, ...others] = events.unsaved;
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    ...{ kind: 'sensor.packets-lost', severity: 'medium', reasons: ['Noticed 28800 times.'] },
    title: 'eth1: 288000 packets were lost before they could be read',
    ...{ firstSeen: 1000 * SECOND, lastSeen: 15_399.5 * SECOND },
  });
});

test('what comes much later, on another interface or after the clock was set back is another event', () => {
  const events = new SensorEvents();
  events.add(lost(1000, 1));
  for (const other of [lost(5000, 1), lost(1001, 1, 'eth2'), lost(900, 1)]) expect(events.add(other).first).toBe(true);
  expect(new Set(events.unsaved.map(({ id }) => id)).size).toBe(4);
});

test('what was written is not written again until more comes', () => {
  const events = new SensorEvents();
  events.add(lost(1000, 1));
  const written = events.unsaved;
  events.add(lost(1001, 1));
  events.saved(written);
  expect(events.unsaved).toHaveLength(1);
  events.saved(events.unsaved);
  expect(events.unsaved).toEqual([]);
});

test('storage that fails for months does not fill the memory', () => {
  const events = new SensorEvents();
  for (let at = 0; at < 12_000; at++) events.add(lost(1000 * at, 1));
  expect(events.unsaved).toHaveLength(10_000);
});

test('a name tells which capture a frame belongs to, and where its numbers begin', () => {
  expect(capturedBefore(framesFrom('eth1 2026', 0))).toEqual({ capture: 'eth1 2026', before: 0 });
  expect(capturedBefore(framesFrom('eth1 2026', 4e9))).toEqual({ capture: 'eth1 2026', before: 4e9 });
});
