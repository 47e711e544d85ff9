/** Conversations and operations name the frame that shows them first. */
import { expect, test } from 'vitest';
import { LIMITS } from '../agent/limits.ts';
import type { ConversationSnapshot, FrameReference } from '../agent/model/snapshot.ts';
import { takeSnapshot } from '../agent/model/take-snapshot.ts';
import { Sensor, type SensorOptions } from '../agent/sensor.ts';
import { demoFrames } from './damage.ts';

const frames = demoFrames();
const half = Math.floor(frames.length / 2);

/** The demo as two files, the first of which is the second half when `swapped`. */
function heard({ swapped = false, ...options }: SensorOptions & { readonly swapped?: boolean } = {}) {
  const sensor = new Sensor(options);
  const files = swapped ? [frames.slice(half), frames.slice(0, half)] : [frames.slice(0, half), frames.slice(half)];
  for (const [file, content] of files.entries()) {
    sensor.beginFile(file);
    for (const { bytes, time } of content) sensor.frame(bytes, 0, bytes.length, bytes.length, time, 1, 0);
  }
  sensor.finish();
  const names = files.map((_, file) => ({ name: `${file}.pcap`, packets: 0, bytes: 0, hearing: null, error: null }));
  const timeOf = (place: FrameReference | null) => {
    const file = files[Number(place?.file.split('.')[0])];
    return file?.[(place?.frame ?? 0) - 1]?.time;
  };
  return { conversations: takeSnapshot(sensor, names).conversations, timeOf };
}

/** The beginnings that conversations state. */
const beginnings = (conversations: readonly ConversationSnapshot[]) =>
  conversations.flatMap((conversation) => [conversation, ...conversation.operations]);

test.each([
  ['in order', {}],
  ['in files that come in the wrong order', { swapped: true }],
  ['when flows and dialogues are pushed out and begin again', { limits: { ...LIMITS, flows: 24, dialogues: 4 } }],
])('the first frame is the one captured when the thing was seen first: %s', (_, options) => {
  const { conversations, timeOf } = heard(options);
  const all = beginnings(conversations);
  expect(all.length).toBeGreaterThan(100);
  expect(all.map(({ firstFrame }) => timeOf(firstFrame))).toEqual(all.map(({ firstSeen }) => firstSeen));
});

test('both files are named', () => {
  const { conversations } = heard();
  expect(new Set(beginnings(conversations).map(({ firstFrame }) => firstFrame?.file))).toEqual(
    new Set(['0.pcap', '1.pcap']),
  );
});

test('without the name of a file there is no reference', () => {
  const sensor = new Sensor();
  const [first] = frames;
  if (first === undefined) throw new Error('the demo has no frame');
  sensor.beginFile(0);
  sensor.frame(first.bytes, 0, first.bytes.length, first.bytes.length, first.time, 1, 0);
  sensor.finish();
  for (const { firstFrame } of takeSnapshot(sensor, []).conversations) expect(firstFrame).toBeNull();
});
