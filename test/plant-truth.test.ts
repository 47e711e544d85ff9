/** The sensor against the simulator, which knows exactly what its captures show. */
import { describe, expect, test } from 'vitest';
import { assetsOf } from '../agent/model/assets.ts';
import { type CellOptions, cell } from '../fixtures/plant/scenarios/cell.ts';
import { demo } from '../fixtures/plant/scenarios/demo/index.ts';
import { type Scenario, simulate } from '../fixtures/plant/simulation.ts';
import type { ConversationTruth } from '../fixtures/plant/truth.ts';
import { protocols } from '../parsers/registry.ts';
import { type Counts, countsOf, endsOf, snapshotOf } from './sensing.ts';

const SEEDS = [1, 3] as const;
const MILLISECOND = 1_000_000;

const decoded = new Set(protocols.map(({ name }) => name));

/** DNP3's code of a solicited response: under it stand answers to requests that were not heard. */
const DNP3_RESPONSE = '129';

/** What the truth says of a conversation, as the agent counts it. */
function countsInTruth(truth: ConversationTruth): Map<string, Counts> {
  const counts = new Map(Object.entries(truth.operations).map(([code, count]) => [code, { ...count }]));
  const unmatched = truth.unmatchedResponses;
  if (unmatched > 0) counts.set(DNP3_RESPONSE, { requests: 0, responses: unmatched, errors: 0 });
  return counts;
}

/** A scenario's truth and what the sensor made of its frames. */
function compared(scenario: Scenario) {
  const simulation = simulate(scenario);
  const snapshot = snapshotOf(simulation.frames);
  return { truth: simulation.truth(), snapshot };
}

describe('counts every message of an impaired cell', () => {
  const exact: Readonly<Record<string, CellOptions>> = {
    'clean mirror port': {},
    'VLAN tags': { mirror: { tagged: true } },
    'no padding': { mirror: { padded: false } },
    'retransmissions, seen twice or late': { impairments: { retransmission: 0.1, lossBeforeMirror: 0.05 } },
    'split messages': { impairments: { split: 0.5 } },
    'split messages, their pieces out of order': { impairments: { split: 0.5, reorder: 0.5 } },
    'frames twice, in both VLANs of a router': {
      impairments: { duplicate: 0.2, bothHops: true },
      mirror: { tagged: true },
    },
    'keep-alives': { impairments: { keepAlive: 100 * MILLISECOND } },
    'the client only': { impairments: { only: 'client' } },
    'the server only': { impairments: { only: 'server' } },
    'connections older than the capture': { midStream: true },
    'connections older than the capture, keep-alives': {
      midStream: true,
      impairments: { keepAlive: 100 * MILLISECOND },
    },
    'connections older than the capture, the server only': { midStream: true, impairments: { only: 'server' } },
    'frames the mirror port lost': { impairments: { lossAtMirror: 0.02 } },
    'frames the mirror port lost, connections older than the capture': {
      midStream: true,
      impairments: { lossAtMirror: 0.02 },
    },
  };

  test.each(Object.entries(exact).flatMap(([name, options]) => SEEDS.map((seed) => ({ name, seed, options }))))(
    '$name (seed $seed)',
    ({ options, seed }) => {
      const { truth, snapshot } = compared(cell({ ...options, seed }));
      expect(snapshot.conversations.map(endsOf).sort()).toEqual(truth.conversations.map(endsOf).sort());
      for (const conversation of truth.conversations) {
        const heard = snapshot.conversations.find((candidate) => endsOf(candidate) === endsOf(conversation));
        expect(heard?.packets).toBe(conversation.packets);
        expect(sorted(countsOf(heard ?? { operations: [] }))).toEqual(sorted(countsInTruth(conversation)));
      }
      expect(snapshot.capture.packets).toBe(truth.packets);
      expect(snapshot.capture.bytes).toBe(truth.bytes);
      expect(snapshot.capture.quality.duplicates).toBe(truth.duplicates);
    },
  );

  // What stands in the part that was kept is told: of a message that is cut, no more than of a whole one, and of those
  // that fit, all.
  test.each(SEEDS)('packets cut at 96 bytes (seed %i)', (seed) => {
    const { truth: uncut } = compared(cell({ seed }));
    const { truth, snapshot } = compared(cell({ seed, mirror: { snapLength: 96 } }));
    expect(snapshot.conversations.map(endsOf).sort()).toEqual(truth.conversations.map(endsOf).sort());
    expect(truth.conversations.some(({ cutMessages }) => cutMessages > 0)).toBe(true);
    for (const conversation of truth.conversations) {
      const isSame = (candidate: Parameters<typeof endsOf>[0]) => endsOf(candidate) === endsOf(conversation);
      const counts = countsOf(snapshot.conversations.find(isSame) ?? { operations: [] });
      const whole = countsInTruth(conversation);
      const all = countsInTruth(uncut.conversations.find(isSame) ?? conversation);
      for (const [code, most] of all) {
        const none = { requests: 0, responses: 0, errors: 0 };
        const [got, least] = [counts.get(code) ?? none, whole.get(code) ?? none];
        for (const count of ['requests', 'responses', 'errors'] as const) {
          expect(got[count], `${code} ${count}`).toBeGreaterThanOrEqual(least[count]);
          expect(got[count], `${code} ${count}`).toBeLessThanOrEqual(most[count]);
        }
      }
      expect([...counts.keys()].filter((code) => !all.has(code))).toEqual([]);
    }
    expect(snapshot.capture.packets).toBe(truth.packets);
  });

  // Where pieces of a message are missing, the place where the next begins cannot always be told. Each hole may cost
  // the messages it cuts, one beside each of them, and the one that each direction begins with.
  const nearly: Readonly<Record<string, CellOptions>> = {
    'pieces lost': { impairments: { lossAtMirror: 0.02, split: 0.1 } },
    'pieces lost, connections older than the capture': {
      midStream: true,
      impairments: { lossAtMirror: 0.02, split: 0.1 },
    },
    'pieces out of order, the client only, connections older than the capture': {
      midStream: true,
      impairments: { only: 'client', split: 0.3, reorder: 0.3 },
    },
    everything: {
      midStream: true,
      impairments: {
        retransmission: 0.03,
        lossBeforeMirror: 0.02,
        lossAtMirror: 0.02,
        split: 0.2,
        reorder: 0.2,
        duplicate: 0.1,
      },
    },
  };

  test.each(Object.entries(nearly).flatMap(([name, options]) => SEEDS.map((seed) => ({ name, seed, options }))))(
    'nearly: $name (seed $seed)',
    ({ options, seed }) => {
      const { truth, snapshot } = compared(cell({ ...options, seed }));
      expect(snapshot.conversations.map(endsOf).sort()).toEqual(truth.conversations.map(endsOf).sort());
      for (const conversation of truth.conversations) {
        const heard = snapshot.conversations.find((candidate) => endsOf(candidate) === endsOf(conversation));
        const counts = countsOf(heard ?? { operations: [] });
        const tolerated = 2 + 2 * conversation.cutMessages;
        for (const [code, expected] of countsInTruth(conversation)) {
          const got = counts.get(code) ?? { requests: 0, responses: 0, errors: 0 };
          for (const count of ['requests', 'responses', 'errors'] as const) {
            expect(Math.abs(got[count] - expected[count]), `${code} ${count}`).toBeLessThanOrEqual(tolerated);
          }
        }
      }
    },
  );
});

describe('the demo', () => {
  const { truth, snapshot } = compared(demo);

  test('conversations and their operations', () => {
    for (const conversation of truth.conversations) {
      const { client, server, transport, port, protocol } = conversation;
      const heard = snapshot.conversations.find(
        (other) =>
          other.client === client && other.server === server && other.transport === transport && other.port === port,
      );
      expect(heard, endsOf(conversation)).toBeDefined();
      // the simulator names what it only hints at by its port; the agent may know it better
      if (decoded.has(protocol)) expect(heard?.protocol).toBe(protocol);
      expect(heard?.packets).toBe(conversation.packets);
      if (Object.keys(conversation.operations).length === 0) continue; // the simulator counts none of this protocol
      expect(sorted(countsOf(heard ?? { operations: [] }))).toEqual(sorted(countsInTruth(conversation)));
    }
  });

  test('no conversation with a port that did not take place', () => {
    const ends = (entry: { client: string; server: string; transport: string; port: number | null }) =>
      `${entry.client} > ${entry.server} ${entry.transport}/${entry.port}`;
    const heard = snapshot.conversations.filter(({ transport }) => transport === 'tcp' || transport === 'udp');
    expect([...new Set(heard.map(ends))].sort()).toEqual([...new Set(truth.conversations.map(ends))].sort());
  });

  test('assets, their own MAC addresses and what they say of themselves', () => {
    const assets = assetsOf(snapshot).all;
    for (const { ip, mac, claims } of truth.assets) {
      const asset = assets.find((candidate) => candidate.ip.includes(ip));
      expect(asset, ip).toBeDefined();
      if (mac !== null) expect(asset?.mac, ip).toContain(mac);
      const values = new Set(asset?.evidence.map(({ value }) => plain(value)));
      for (const { field, value } of claims) expect(values, `${ip} ${field}`).toContain(plain(value));
    }
  });

  test('duplicates', () => expect(snapshot.capture.quality.duplicates).toBe(truth.duplicates));
});

function sorted(counts: ReadonlyMap<string, Counts>): Record<string, Counts> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A value without what spellings of it differ in: case, a leading V, leading zeros of a version's parts. */
function plain(value: string): string {
  const text = value.toLowerCase();
  return /^v?\d+(\.\d+)+$/.test(text) ? text.replace(/^v/, '').split('.').map(Number).join('.') : text;
}
