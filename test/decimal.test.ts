import { expect, test } from 'vitest';
import { decimal } from '../agent/decimal.ts';

const intl = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

test.each([
  [0, '0'],
  [7, '7'],
  [999, '999'],
  [1000, '1,000'],
  [123_456, '123,456'],
  [1_234_567_890, '1,234,567,890'],
  [0.04, '0'],
  [0.25, '0.3'],
  [8.35, '8.4'],
  [99.96, '100'],
  [1234.5, '1,234.5'],
  [12_345_678.91, '12,345,678.9'],
  [-1234.5, '-1,234.5'],
])('%d is %s, as the languages of the world have it', (value, text) => {
  expect(decimal(value)).toBe(text);
  expect(intl.format(value)).toBe(text);
});
