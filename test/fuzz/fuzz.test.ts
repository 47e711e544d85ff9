/** A slice of `npm run fuzz` in every `npm test`, without its search: and all that it ever found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../fixtures/plant/random.ts';
import { withoutSqlite } from '../sqlite.ts';
import type { Case, OpenTarget, Target } from './engine/case.ts';
import { parsed, written } from './engine/case.ts';
import { foundCases } from './engine/found.ts';
import { type Material, mutated, wordBytes } from './engine/mutate.ts';
import { targetNames, targetOf } from './targets/index.ts';

/** Milliseconds of changed cases for each target: enough to notice that a target no longer works at all. */
const SLICE_MILLISECONDS = 150;
const SEED = 1;

const found = foundCases();
/** Requests go to the service, which keeps a database. */
const possible = targetNames.filter((name) => name !== 'bodies' || !withoutSqlite());

test('every case that was kept is of a target', () => {
  for (const { target } of found) expect(targetNames).toContain(target);
});

describe.each(possible)('%s', (name) => {
  let target: Target;
  let open: OpenTarget; // undefined still where opening fails
  beforeAll(async () => {
    target = await targetOf(name);
    open = await target.open();
  });
  afterAll(() => open?.close?.());

  test('has seeds of its tags, which stand the same in a file, and each passes', async () => {
    expect(open.seeds.length).toBeGreaterThan(0);
    for (const made of open.seeds) {
      expect(parsed(written(made))).toEqual(made.map(({ tag, bytes }) => ({ tag, bytes: Uint8Array.from(bytes) })));
      await open.attempt(made);
    }
  });

  test('stands changed cases', async () => {
    const random = new Random(SEED);
    const { seeds, repair } = open;
    const material: Material = { random, target, words: wordBytes(target.words ?? []), others: seeds, repair };
    const until = performance.now() + SLICE_MILLISECONDS;
    do await open.attempt(mutated(seeds[random.below(seeds.length)] as Case, material));
    while (performance.now() < until);
  });

  const kept = found.filter((entry) => entry.target === name);
  if (kept.length > 0) test.each(kept)('$name passes', ({ made }) => open.attempt(made));
});
