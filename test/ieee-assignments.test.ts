import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { assignmentOf } from '../agent/model/ieee-assignments.ts';

const all = createRequire(import.meta.url)('oui-data') as Readonly<Record<string, string>>;

it('finds every assignment of the list', () => {
  const wrong = Object.entries(all).filter(([prefix, text]) => assignmentOf(prefix) !== text);
  expect(wrong).toEqual([]);
  expect(Object.keys(all).length).toBeGreaterThan(50_000);
});

it.each([
  ['before the first', '0'.repeat(5)],
  ['behind the last', 'F'.repeat(9)],
  ['between two', '00000Z'],
  ['of no digits', ''],
  ['of another length', '00000000'],
])('finds none %s', (_, prefix) => {
  expect(assignmentOf(prefix)).toBeUndefined();
});
