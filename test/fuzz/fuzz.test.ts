/** A slice of `npm run fuzz` in every `npm test`, and all that it ever found. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { analyze } from '../../agent/analyze.ts';
import { plantOf } from '../../agent/plant.ts';
import { reportOf } from '../../agent/report/report.ts';
import { protocols } from '../../parsers/registry.ts';
import { demoFrames } from '../damage.ts';
import { hex } from '../support.ts';
import type { End } from '../tcp-talk.ts';
import { FOUND, fuzz } from './fuzz.ts';
import { captureTarget, decodeAll, decoderTarget, pipelineTarget, sampleMessages, streamTarget } from './targets.ts';

/** As long as `npm run fuzz` may take for one of them. */
const timeout = 3_600_000;
const demo = demoFrames();

describe('survives', { timeout }, () => {
  test('any frames', () => fuzz(pipelineTarget(demo), 100));
  test('any capture file', () => fuzz(captureTarget(demo), 200));

  for (const protocol of protocols) {
    test(`any message of ${protocol.name}`, async () => {
      fuzz(decoderTarget(protocol, await sampleMessages(protocol)), 200);
    });
    if (protocol.tcpPorts.length === 0) continue;
    test(`any stream of ${protocol.name}`, async () => {
      fuzz(streamTarget(protocol, await sampleMessages(protocol)), 50);
    });
  }
});

describe('what was found before', () => {
  const found = readdirSync(FOUND).filter((name) => /\.(hex|pcap)$/.test(name));
  test('is looked for', () => {});

  test.each(found.filter((name) => name.endsWith('.pcap')))('%s', async (name) => {
    reportOf(plantOf(await analyze([`${FOUND}${name}`])));
  });

  test.each(found.filter((name) => name.endsWith('.hex')))('%s', (name) => {
    const messages = readFileSync(`${FOUND}${name}`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ') as [End, string])
      .map(([from, bytes]) => [from, hex(bytes)] as const);
    for (const protocol of protocols) decodeAll(protocol, messages);
  });
});
