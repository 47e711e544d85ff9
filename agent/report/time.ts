/** Times as reports write them. */

/** The last instant that ISO 8601 with four-digit years can write, in microseconds. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999) * 1000;

/** The microseconds since 1970 of a time that `isoTime` wrote; null where it is no such text. */
export function microsecondsOf(text: string | null): number | null {
  const written = text === null ? null : /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})(\d{3})Z$/.exec(text);
  if (written === null) return null;
  const milliseconds = Date.parse(`${written[1]}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000 + Number(written[2]);
}

/** ISO 8601 UTC with microseconds; null for no time, and for one that a broken capture put outside the calendar. */
export function isoTime(microseconds: number | null): string | null {
  if (microseconds === null || !(microseconds >= 0 && microseconds <= LATEST)) return null;
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
