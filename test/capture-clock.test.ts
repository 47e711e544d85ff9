import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock } from '../agent/capture/clock.ts';

/** The same by definition, in whole numbers of any size. */
function exactly(resolution: number, offsetSeconds: number, units: bigint): number {
  const digits = BigInt(resolution & 0x7f);
  const unitsPerSecond = (resolution & 0x80) === 0 ? 10n ** digits : 2n ** digits;
  const time = BigInt(offsetSeconds) * 1_000_000n + (units * 1_000_000n) / unitsPerSecond;
  if (time < 0n) return 0;
  return time > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(time);
}

function clocked(resolution: number, offsetSeconds: number, units: bigint): number {
  const clock = new Clock(resolution, offsetSeconds);
  return clock.microseconds(Number(units >> 32n), Number(units & 0xffff_ffffn));
}

const resolutions = fc.integer({ min: 0, max: 255 });

test('timestamps are exact in every resolution', () => {
  const units = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  fc.assert(
    fc.property(resolutions, units, (resolution, value) => {
      expect(clocked(resolution, 0, value)).toBe(exactly(resolution, 0, value));
    }),
    { numRuns: 100_000 },
  );
});

test('timestamps are exact next to a whole microsecond, where rounding would show', () => {
  const microseconds = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n });
  fc.assert(
    fc.property(resolutions, microseconds, fc.integer({ min: -2, max: 2 }), (resolution, time, step) => {
      const digits = BigInt(resolution & 0x7f);
      const unitsPerSecond = (resolution & 0x80) === 0 ? 10n ** digits : 2n ** digits;
      const units = BigInt.asUintN(64, (time * unitsPerSecond) / 1_000_000n + BigInt(step));
      expect(clocked(resolution, 0, units)).toBe(exactly(resolution, 0, units));
    }),
    { numRuns: 100_000 },
  );
});

test('an offset is added, and times outside what can be told are brought inside', () => {
  const year2200 = 7_258_118_400n * 1_000_000_000n;
  const offset = fc.integer({ min: -8_000_000_000, max: 8_000_000_000 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: year2200 }), offset, (nanoseconds, seconds) => {
      expect(clocked(9, seconds, nanoseconds)).toBe(exactly(9, seconds, nanoseconds));
    }),
    { numRuns: 20_000 },
  );
  expect(clocked(6, -1, 0n)).toBe(0);
  expect(clocked(0, 0, 2n ** 64n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
});

test('microseconds when the interface does not say', () => {
  expect(new Clock().microseconds(395_812, 1_234)).toBe(395_812 * 2 ** 32 + 1_234);
});
