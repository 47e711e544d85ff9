/** Text that devices say of themselves, made fit to be kept and shown. */
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
