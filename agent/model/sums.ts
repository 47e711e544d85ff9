/** What a snapshot says in sums of its parts: the same sums for one sensor's parts and for several snapshots'. */
import { type Rhythm, together } from '../facts/rhythm.ts';
import type { ConversationSnapshot, RangeSnapshot } from './snapshot.ts';
import { byPlace } from './snapshot-order.ts';

/** A rhythm needs two intervals at least. */
const INTERVALS_FOR_A_PERIOD = 2;
/** Packets from which on a TCP conversation would have been heard in both directions. */
const PACKETS_TO_JUDGE = 3;

/** The period of a rhythm, as people read it, beside what it is made of. */
export function rhythmOf(rhythm: Rhythm): Pick<RangeSnapshot, 'period' | 'jitter' | 'rhythm'> {
  const { intervals, meanInterval, squaredDeviations } = rhythm;
  const rhythmic = intervals >= INTERVALS_FOR_A_PERIOD;
  return {
    period: rhythmic ? seconds(meanInterval) : null,
    jitter: rhythmic ? seconds(Math.sqrt(squaredDeviations / intervals)) : null,
    rhythm,
  };
}

function seconds(microseconds: number): number {
  return Math.round(microseconds) / 1e6;
}

/** Share (0 to 1) of the TCP conversations of three packets or more of which only one direction was heard. */
export function oneSidedShare(conversations: readonly ConversationSnapshot[]): number {
  const tcp = conversations.filter(({ transport, packets }) => transport === 'tcp' && packets >= PACKETS_TO_JUDGE);
  const oneSided = tcp.filter((c) => c.packetsFromClient === 0 || c.packetsFromServer === 0).length;
  return tcp.length === 0 ? 0 : Math.round((1000 * oneSided) / tcp.length) / 1000;
}

/** Ranges with no place twice, in order. */
export function uniteRanges(ranges: readonly RangeSnapshot[]): RangeSnapshot[] {
  const placeOf = ({ unit, space, name, first, last }: RangeSnapshot) => `${unit}/${space}/${first}/${last}/${name}`;
  return unite(ranges, placeOf, (same) => {
    const [one] = same;
    const rhythm = same
      .map((range) => range.rhythm)
      .sort(byWeight) // sums of fractions depend on their order in the last digit
      .reduce(together);
    return { ...one, times: sum(same, ({ times }) => times), ...rhythmOf(rhythm) };
  }).sort(byPlace);
}

function byWeight(a: Rhythm, b: Rhythm): number {
  return a.intervals - b.intervals || a.meanInterval - b.meanInterval || a.squaredDeviations - b.squaredDeviations;
}

/** One or more of a kind. */
export type Several<T> = readonly [T, ...T[]];

/** Makes one of all that share a key; what is alone stays the object that it is. */
export function unite<T>(all: readonly T[], keyOf: (one: T) => string, combine: (same: Several<T>) => T): T[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0] : combine(group)));
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

/** The earliest of times, of which null is none. */
export function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, time) => (first === null || (time !== null && time < first) ? time : first), null);
}

/** The latest of times, of which null is none. */
export function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((last, time) => (last === null || (time !== null && time > last) ? time : last), null);
}
