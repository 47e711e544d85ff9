/** Times between events, in three numbers that can be added up: how many, their mean, and how far they stray from it. */
export interface Rhythm {
  readonly intervals: number;
  /** Microseconds; 0 without an interval. */
  readonly meanInterval: number;
  /** Sum of the squared deviations from the mean, in square microseconds. */
  readonly squaredDeviations: number;
}

/** Of what was never repeated, or whose repetitions nobody counted. */
export const NO_RHYTHM: Rhythm = { intervals: 0, meanInterval: 0, squaredDeviations: 0 };

/** Mean and deviation of two sets of intervals together (Chan et al., 1979); the same whichever comes first. */
export function together(one: Rhythm, other: Rhythm): Rhythm {
  const intervals = one.intervals + other.intervals;
  if (one.intervals === 0 || other.intervals === 0) {
    const { meanInterval, squaredDeviations } = one.intervals === 0 ? other : one;
    return { intervals, meanInterval, squaredDeviations };
  }
  const difference = one.meanInterval - other.meanInterval;
  return {
    intervals,
    meanInterval: (microseconds(one) + microseconds(other)) / intervals,
    squaredDeviations:
      one.squaredDeviations +
      other.squaredDeviations +
      (difference * difference * (one.intervals * other.intervals)) / intervals,
  };
}

/** All intervals together: whole microseconds, so that their sum is the same in whatever order they are added up. */
function microseconds({ intervals, meanInterval }: Rhythm): number {
  return Math.round(meanInterval * intervals);
}
