/** Times as reports write them. */

/** The last instant that ISO 8601 with four-digit years can write, in microseconds. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999) * 1000;

/** ISO 8601 UTC with microseconds; null for no time, and for one that a broken capture put outside the calendar. */
export function isoTime(microseconds: number | null): string | null {
  if (microseconds === null || !(microseconds >= 0 && microseconds <= LATEST)) return null;
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}
