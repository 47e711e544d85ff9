/** How long is kept what would grow for ever, and how much of it. */

const DAY = 24 * 3600 * 1_000_000;

/** Rows at most, and their age in microseconds at most. */
export interface Retention {
  readonly rows: number;
  readonly age: number;
}

/** Each about 300 bytes a row: the three together stay below 600 MB. */
export const RETENTION: Readonly<Record<'event' | 'history' | 'audit', Retention>> = {
  /** What happened: a year. */
  event: { rows: 500_000, age: 366 * DAY },
  /** What assets were before: three years, as an assessment is repeated. */
  history: { rows: 1_000_000, age: 3 * 366 * DAY },
  /** Who changed what: three years. */
  audit: { rows: 500_000, age: 3 * 366 * DAY },
};

/** Captures whose bytes are kept so that a frame can be shown: the oldest go first, beyond this many bytes. */
export const SPOOL_BYTES = 20 * 1024 ** 3;
