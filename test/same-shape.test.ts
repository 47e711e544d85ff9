/**
 * What every message passes through must be of one shape, whatever the protocol: where the engine meets several, it looks
 * each access up, and the packet path costs twice as much without any test failing.
 */
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { readCapture } from '../agent/capture/read-capture.ts';
import type { Dialogue } from '../agent/flow/dialogue.ts';
import { Sensor } from '../agent/sensor.ts';

/** The engine widens what it holds of a field while the first few are made; those keep the narrower shape. */
const OF_ONE_SHAPE = 0.95;

setFlagsFromString('--allow-natives-syntax');
const sameShape = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean;

test('dialogues, exchanges and ledgers have one shape each', async () => {
  const sensor = new Sensor();
  await readCapture(fileURLToPath(new URL('../fixtures/plant/demo.pcap', import.meta.url)), sensor);
  sensor.settle();
  const dialogues: Dialogue[] = [];
  sensor.flows.each((flow) => {
    const dialogue = sensor.flows.dialogue(flow);
    if (dialogue !== undefined) dialogues.push(dialogue);
  });
  const exchanges = dialogues.flatMap(({ outer, carried }) => [outer, ...carried]);
  expect(new Set(exchanges.map(({ protocol }) => protocol.name)).size).toBeGreaterThan(8);
  expect(inCommonShape(dialogues)).toBeGreaterThan(OF_ONE_SHAPE);
  expect(inCommonShape(exchanges)).toBeGreaterThan(OF_ONE_SHAPE);
  expect(inCommonShape(exchanges.map(({ ledger }) => ledger))).toBeGreaterThan(OF_ONE_SHAPE);
});

/** The share of objects that have the commonest shape. */
function inCommonShape(objects: readonly object[]): number {
  const alike = objects.map((object) => objects.filter((other) => sameShape(object, other)).length);
  return Math.max(...alike) / objects.length;
}
