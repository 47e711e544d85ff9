/** Whatever TCP does to a connection on its way, the sensor learns from it what it learns from the plain one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../fixtures/plant/random.ts';
import { Outcome } from '../parsers/protocol.ts';
import { protocols } from '../parsers/registry.ts';
import type { Sample } from '../parsers/sample.ts';
import { runs } from './runs.ts';
import { countsOf, knowledgeOf, snapshotOf } from './sensing.ts';
import { hex } from './support.ts';
import { type End, TcpTalk } from './tcp-talk.ts';

type Message = readonly [from: End, bytes: Uint8Array];

const streamed = protocols.filter(({ stream, tcpPorts }) => stream !== undefined && tcpPorts.length > 0);

/** Pieces at most of one message: less than the sensor lets wait. */
const MAX_PIECES = 12;

for (const protocol of streamed) {
  const { samples }: { samples: readonly Sample[] } = await import(`../parsers/${protocol.name}/samples.ts`);
  const exchanges = samples
    .filter(({ outcomes = [] }) => outcomes.every((outcome) => outcome === Outcome.ok))
    .map(({ messages }) => messages.map(([from, bytes]): Message => [from, hex(bytes)]));
  const port = protocol.tcpPorts[0] as number;
  const talk = fc.array(fc.constantFrom(...exchanges), { minLength: 1, maxLength: 5 }).map((parts) => parts.flat());

  test(`${protocol.name}: segmentation, order, repetition and overlap change nothing`, () => {
    fc.assert(
      fc.property(talk, fc.integer(), (messages, seed) => {
        const plain = new TcpTalk(port).open();
        for (const [from, bytes] of messages) plain.say(from, bytes);
        const mangled = new TcpTalk(port).open();
        const random = new Random(seed);
        for (const [from, bytes] of messages) mangle(mangled, from, bytes, random);
        expect(knowledgeOf(snapshotOf(mangled.frames))).toEqual(knowledgeOf(snapshotOf(plain.frames)));
      }),
      { numRuns: runs(60) },
    );
  });
}

/** Sends a message in pieces of any size in any order, some of them twice, some overlapping what was sent before. */
function mangle(talk: TcpTalk, from: End, bytes: Uint8Array, random: Random): void {
  const start = talk.append(from, bytes);
  const cuts = Array.from({ length: random.below(MAX_PIECES) }, () => start + random.below(bytes.length));
  const edges = [...new Set([start, ...cuts, start + bytes.length])].sort((a, b) => a - b);
  const pieces = edges.slice(1).map((end, index): [number, number] => [edges[index] as number, end]);
  for (let left = pieces.length - 1; left > 0; left--) {
    const other = random.chance(0.5) ? random.below(left + 1) : left;
    [pieces[left], pieces[other]] = [pieces[other] as [number, number], pieces[left] as [number, number]];
  }
  for (const [low, high] of pieces) {
    const early = random.chance(0.2) ? random.below(20) : 0;
    talk.segment(from, Math.max(0, low - early), high);
    if (random.chance(0.1)) talk.again();
    if (random.chance(0.1)) talk.segment(from, low, high);
    if (random.chance(0.1)) {
      const before = random.below(start + 1);
      talk.segment(from, before, Math.min(start, before + random.below(300)));
    }
  }
}

describe('a connection', () => {
  const request = hex('0001 0000 0006 11 03 006b 0003'); // Modbus: reads 3 registers
  const answer = hex('0001 0000 0009 11 03 06 022b 0000 0064');
  const counts = (talk: TcpTalk) => {
    const [conversation] = snapshotOf(talk.frames).conversations;
    return Object.fromEntries(countsOf(conversation ?? { operations: [] }));
  };
  const read = (requests: number, responses: number) => ({ 3: { requests, responses, errors: 0 } });

  test('whose first message comes in pieces, the second first', () => {
    const talk = new TcpTalk(502).open();
    const start = talk.append('client', request);
    talk.segment('client', start + 5, start + 12).segment('client', start, start + 5);
    expect(counts(talk.say('server', answer))).toEqual(read(1, 1));
  });

  test('that is older than the capture, whose first answer comes in pieces, the second first', () => {
    const talk = new TcpTalk(502).say('client', request);
    const start = talk.append('server', answer);
    talk.segment('server', start + 8, start + 15).segment('server', start, start + 8);
    expect(counts(talk)).toEqual(read(1, 1));
  });

  test('that is older than the capture, whose first message begins with a piece of its header', () => {
    const talk = new TcpTalk(502);
    const start = talk.append('client', request);
    talk.segment('client', start, start + 2).segment('client', start + 2, start + 12);
    expect(counts(talk.say('server', answer))).toEqual(read(1, 1));
  });

  test('in which all but the short end of a message is lost', () => {
    const talk = new TcpTalk(502).open().say('client', request);
    const start = talk.append('client', request);
    talk
      .segment('client', start + 10, start + 12)
      .say('client', request)
      .say('server', answer);
    expect(counts(talk)).toEqual(read(2, 1));
  });

  test('in which the end of a broken message looks like the start of one', () => {
    const talk = new TcpTalk(502).open().say('client', request);
    const start = talk.append('client', hex('0002 0000 0006 01 03 0000 0034'));
    talk.segment('client', start + 6, start + 12); // 0103 0000 0034: transaction 0x0103 of 52 bytes
    for (let i = 0; i < 5; i++) talk.say('client', request);
    expect(counts(talk.say('server', answer))).toEqual(read(6, 1));
  });

  test('that begins like another protocol, which its port is not registered for', () => {
    const talk = new TcpTalk(102).say('client', hex('32010000000b000e00000401120a10020031000184000048'));
    const job = hex('0300001f02f080 32010000000c000e0000 0401120a10020032000184000050'); // S7comm: reads
    for (let i = 0; i < 3; i++) talk.say('client', job);
    const [conversation] = snapshotOf(talk.frames).conversations;
    expect(conversation?.protocol).toBe('s7comm');
    expect(conversation?.operations.map(({ code, requests }) => [code, requests])).toEqual([['0x04', 3]]);
  });
});
