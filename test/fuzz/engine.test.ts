/** The search itself: it must find what is planted, shorten it, and leave intact what it promises to. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../fixtures/plant/random.ts';
import { instrument } from './coverage/instrument.mjs';
import { campaign } from './engine/campaign.ts';
import type { Case, Part, Target } from './engine/case.ts';
import { parsed, written } from './engine/case.ts';
import { type Material, mutated } from './engine/mutate.ts';
import { shrunk } from './engine/shrink.ts';

const SECONDS = 2;
const part = (bytes: readonly number[], tag = 'in'): Part => ({ tag, bytes: Uint8Array.from(bytes) });

/** A target whose code is `source`: the body of a function of the bytes `b`. */
function planted(name: string, source: string, seeds: readonly Case[]): Target {
  const path = `parsers/planted/${name}.ts`;
  return {
    name,
    tags: ['in'],
    mostBytes: 64,
    mostParts: 3,
    async open() {
      const code = instrument(`globalThis.planted = (b) => {\n${source}\n}`, path, (line) => line + 1);
      new Function(code)();
      const attempt = (globalThis as unknown as { planted: (b: Uint8Array) => void }).planted;
      return {
        covers: (candidate) => candidate === path,
        seeds,
        attempt: (made) => made.forEach(({ bytes }) => void attempt(bytes)),
      };
    },
  };
}

const run = (target: Target) => campaign(target, { seconds: SECONDS, seed: 1, corpus: [], trying: () => {} });

describe('a campaign', () => {
  test('is led through one comparison after another, and shortens what it finds', async () => {
    const source = `
      if (b[2] === 0x42) if (b[3] === 0x13) if (b[4] === 0x77) if (b[5] === 0x99) throw new Error('planted');
      return 0;`;
    const { findings, reached, all } = await run(planted('behind-four', source, [[part([0, 0, 0, 0, 0, 0, 0, 0])]]));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('planted');
    expect(findings[0]?.made).toEqual([part([0, 0, 0x42, 0x13, 0x77, 0x99])]);
    expect([reached, all]).toEqual([8, 9]); // the function, both sides of four forks; what fails is no case to go on from
  });

  test('takes a loop without end for a fault', async () => {
    const { findings } = await run(planted('endless', 'while (b[0] === 7) b.length;', [[part([1])]]));
    expect(findings.map(({ key }) => key)).toEqual([expect.stringMatching(/^Endless: goes on without end/)]);
  });

  test('takes the square of a length for a fault', async () => {
    const source = 'for (const x of b) for (const y of b) for (const z of b) if (x > y + z) return;';
    const { findings } = await run(planted('cube', source, [[part(Array(60).fill(1))]]));
    expect(findings.map(({ key }) => key)).toEqual(['turns']);
  });

  test('keeps few cases that reach all', async () => {
    const source = 'if (b.length > 3) return 1; if (b.length > 1) return 2; return 3;';
    const { corpus, findings } = await run(planted('lengths', source, [[part([1, 2, 3, 4, 5, 6])]]));
    expect(findings).toEqual([]);
    expect(corpus.length).toBeLessThanOrEqual(8);
  });
});

test('counters change nothing else of the code', () => {
  const code = `
    let order = '';
    const say = (x) => ((order += x), x);
    function f(a, b = a ? 1 : 2) { if (a) say(1); else if (b) say(2); switch (a) { case 1: say(3); case 2: default: say(4); } return a && b || (() => ({ a }))(); }
    for (let i = 0; i < 3; i++) f(i);
    do say(5); while (order.length < 12);
    label: for (const x of [1, 2]) { for (const y of [1, 2]) if (y === 2) continue label; else say(x ?? y); }
    try { null.x } catch { say(6) }
    globalThis.result = JSON.stringify([order, f(0), f(2), (async () => {})() instanceof Promise]);`;
  const results = [code, instrument(code, 'parsers/planted/same.ts', () => 1)].map((source) => {
    new Function(source)();
    return (globalThis as unknown as { result: string }).result;
  });
  expect(results[1]).toBe(results[0]);
});

describe('changes', () => {
  const material = (target: Partial<Target>): Material => ({
    random: new Random(7),
    target: { name: 'x', tags: ['in'], mostBytes: 500, mostParts: 4, open: () => Promise.reject(), ...target },
    words: [Uint8Array.of(1, 2)],
    others: [],
  });

  test('keep to the ceilings of a target, and to its tags', () => {
    const within = material({ mostBytes: 40, mostParts: 3 });
    let made: Case = [part(Array(30).fill(9)), part([1])];
    for (let i = 0; i < 5000; i++) {
      made = mutated(made, within);
      expect(made.length).toBeLessThanOrEqual(3);
      for (const { tag, bytes } of made) expect([tag, bytes.length <= 40]).toEqual(['in', true]);
    }
  });

  test('leave what they are made of as it was', () => {
    const bytes = Uint8Array.from({ length: 50 }, (_, i) => i);
    const before = bytes.slice();
    const within = material({ text: 'lines' });
    for (let i = 0; i < 2000; i++) mutated([{ tag: 'in', bytes }], within);
    expect(bytes).toEqual(before);
  });

  test('mostly let a length field follow', () => {
    const bytes = Uint8Array.of(0, 1, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8); // 16 bits, of what is behind
    const within = material({ mostParts: 1 });
    let followed = 0;
    for (let i = 0; i < 20_000; i++) {
      const changed = mutated([{ tag: 'in', bytes }], within)[0]?.bytes ?? bytes;
      const length = ((changed[2] ?? 0) << 8) | (changed[3] ?? 0);
      if (changed.length !== bytes.length && length === changed.length - 4) followed++;
    }
    expect(followed).toBeGreaterThan(1000);
  });
});

test('a case is made as short as it can be with what it shows', async () => {
  const made = [part([1, 2]), part([9, 7, 9, 9, 5, 9]), part([3])];
  const holds = async (candidate: Case) =>
    candidate.some(({ bytes }) => bytes.includes(7) && bytes.indexOf(5) > bytes.indexOf(7));
  expect(await shrunk(made, holds)).toEqual([part([7, 5])]);
});

test('a case stands in a file as it was', () => {
  const made = [
    part([...Buffer.from('a "text"\twith\r\nlines')], 'a tag'),
    part([]),
    part([0, 255, 34]),
    part([0x22, 0x22, 0x22, 0x22]),
  ];
  expect(parsed(written(made))).toEqual(made);
});
