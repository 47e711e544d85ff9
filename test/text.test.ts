/** Text that devices say of themselves, made fit to be kept and shown. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { printable, text } from '../parsers/text.ts';

const of = (value: string | Uint8Array) => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return text(bytes, 0, bytes.length);
};

test.each([
  ['padding', ' PLC-1 \0\0\0', 'PLC-1'],
  ['several blanks, ends of lines', 'a \t b\r\nc', 'a b c'],
  ['an escape sequence', '\u001b[2Ja', '[2Ja'],
  ['control characters of the upper half', 'a\u009b1mb', 'a 1mb'],
  ['a turned direction', 'a\u202egnp.exe', 'a gnp.exe'],
  ['Latin-1', Uint8Array.of(0x50, 0xfc), 'Pü'],
  ['nothing', '', null],
  ['nothing but padding', ' \0', null],
  ['a long one', 'x'.repeat(300), 'x'.repeat(256)],
  ['a character that the end would cut in two', `${'x'.repeat(255)}😀`, 'x'.repeat(255)],
  ['one that goes on beyond what is looked at, in characters of three bytes', '€'.repeat(400), '€'.repeat(256)],
  ['a blank before the end', `${'x'.repeat(255)} y`, 'x'.repeat(255)],
])('%s', (_, value, expected) => {
  expect(of(value)).toBe(expected);
});

test.each([
  ['halves of characters', 'a\ud800b\udc00c', 'a b c'],
  ['a whole character of two halves', 'a😀b', 'a😀b'],
  ['what is no character', 'a\uffffb\ufffec', 'a b c'],
])('of another encoding: %s', (_, value, expected) => {
  expect(printable(value)).toBe(expected);
});

test('of a long name no more stays in memory than what is kept', () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const names = 500;
  const kept: (string | null)[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let number = 0; number < names; number++) {
    kept.push(of('name-'.repeat(12_000)), printable(`${number}${'wide '.repeat(12_000)}`));
  }
  collect();
  expect(kept.every((name) => name?.length === 256 || name?.length === 255)).toBe(true);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(names * 10_000); // of 120,000 bytes for each
});
