/** What a policy that was proposed from traffic says of that traffic: nothing. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import type { Snapshot } from '../agent/model/snapshot.ts';
import { plantOf } from '../agent/plant.ts';
import { proposePolicy } from '../agent/policy/propose-policy.ts';
import { readPolicy } from '../agent/policy/read-policy.ts';
import { writePolicy } from '../agent/policy/write-policy.ts';
import { cell } from '../fixtures/plant/scenarios/cell.ts';
import { simulate } from '../fixtures/plant/simulation.ts';
import { SECOND } from '../fixtures/plant/timeline.ts';
import { parsed } from './fuzz/engine/case.ts';
import { snapshotOf } from './sensing.ts';

/** What the policy proposed from a snapshot flags of it. */
function flaggedOf(snapshot: Snapshot) {
  const { policy, notes } = proposePolicy(plantOf(snapshot));
  const back = readPolicy(writePolicy(policy, notes), 'proposed.yaml');
  expect(back).toEqual(policy);
  return plantOf(snapshot, { policy: back }).check?.violations;
}

describe('a policy proposed from traffic flags none of it', () => {
  test('the demo plant', async () => {
    expect(flaggedOf(await analyze([fileURLToPath(new URL('../fixtures/plant/demo.pcap', import.meta.url))]))).toEqual(
      [],
    );
  });

  test.each([
    ['a clean mirror port', cell({})],
    ['connections older than the capture', cell({ midStream: true })],
    ['only the client', cell({ impairments: { only: 'client' } })],
    ['only the server', cell({ impairments: { only: 'server' } })],
    [
      'tagged frames seen twice, also behind a router',
      cell({ impairments: { duplicate: 0.2, bothHops: true }, mirror: { tagged: true } }),
    ],
  ])('%s', (_, scenario) => {
    expect(flaggedOf(snapshotOf(simulate(scenario).frames))).toEqual([]);
  });
});

test('says which addresses it cannot give to each of the zones that they are in', () => {
  // two devices of one address in two VLANs, seen behind the MAC addresses of others only
  const found = new URL('fuzz/found/pipeline/devices-that-nothing-tells-apart.case', import.meta.url);
  const frames = parsed(readFileSync(found, 'utf8')).map(({ bytes }, index) => {
    return { bytes, length: bytes.length, time: index * SECOND };
  });
  const { policy, notes, ambiguous } = proposePolicy(plantOf(snapshotOf(frames)));
  expect(ambiguous).toEqual(['10.20.10.10']);
  expect(writePolicy(policy, notes)).toContain('# 10.20.10.10: another zone has the same');
});
