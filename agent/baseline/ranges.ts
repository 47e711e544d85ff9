/** Which addresses of a device somebody touches: unions of ranges, and names. Pure: made once, then asked. */
import type { Access } from '../../parsers/protocol.ts';
import { grouped } from '../grouping.ts';
import type { RangeSnapshot } from '../model/snapshot.ts';

/** A range as a baseline keeps it. */
export type KnownRange = Pick<RangeSnapshot, 'unit' | 'space' | 'name' | 'first' | 'last'>;

/** An operation with what it touched. */
export interface Touching {
  readonly access: Access;
  readonly ranges: readonly KnownRange[];
}

interface Space {
  /** Disjoint, in order, none touching the next; both ends included. */
  readonly intervals: readonly (readonly [first: number, last: number])[];
  readonly names: ReadonlySet<string>;
}

/** What is touched, by reading or writing, unit and space. */
export type Coverage = ReadonlyMap<string, Space>;

export function coverageOf(operations: readonly Touching[]): Coverage {
  const touched = operations.flatMap(({ access, ranges }) =>
    ranges.map((range) => ({ key: keyOf(access, range), range })),
  );
  const spaces = grouped(touched, ({ key }) => key);
  return new Map(
    [...spaces].map(([key, all]) => {
      const numbers = all.flatMap(({ range: { first, last } }) =>
        first === null || last === null ? [] : [[first, last] as const],
      );
      const names = all.flatMap(({ range: { name } }) => (name === null ? [] : [name]));
      return [key, { intervals: union(numbers), names: new Set(names) }];
    }),
  );
}

/** Whether all of a range was touched in the same way. */
export function covers(coverage: Coverage, access: Access, range: KnownRange): boolean {
  const space = coverage.get(keyOf(access, range));
  if (space === undefined) return false;
  const { name, first, last } = range;
  if (name !== null) return space.names.has(name);
  if (first === null || last === null) return true;
  const { intervals } = space;
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((intervals[middle] as readonly [number, number])[1] < last) low = middle + 1;
    else high = middle;
  }
  const found = intervals[low];
  return found !== undefined && found[0] <= first;
}

function union(ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** Whether an access changes what it touches. */
export function isWriting(access: Access): boolean {
  return access === 'write' || access === 'control';
}

function keyOf(access: Access, { unit, space }: KnownRange): string {
  return `${isWriting(access) ? 'write' : 'read'}|${unit ?? ''}|${space}`;
}

/** `holding-register 40 to 49 of unit 3`, `tag "Speed"`. */
export function rangeLabel({ unit, space, name, first, last }: KnownRange): string {
  const what = name === null ? `${space} ${first}${last === first ? '' : ` to ${last}`}` : `${space} "${name}"`;
  return unit === null ? what : `${what} of unit ${unit}`;
}
