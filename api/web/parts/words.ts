/** Numbers, sizes and times as people read them. */

const COUNT = new Intl.NumberFormat('en-GB');
const RELATIVE = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
const LOCAL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export function countWords(count: number): string {
  return COUNT.format(count);
}

/** With a unit by the thousand: kB, MB, GB. */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

/** @param seconds at least 0 */
export function durationWords(seconds: number): string {
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 120) return `${seconds.toLocaleString('en-GB', { maximumFractionDigits: seconds < 10 ? 1 : 0 })} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

export function percentWords(share: number): string {
  return `${(100 * share).toLocaleString('en-GB', { maximumFractionDigits: share > 0 && share < 0.01 ? 2 : 0 })} %`;
}

/** How long ago, from `now` in milliseconds. */
export function agoWords(iso: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}

/** In the reader's zone. */
export function localWords(iso: string): string {
  return LOCAL.format(new Date(iso));
}

/** In the reader's zone, the day once when both lie in one: `9 Oct 2025, 09:00:00 – 09:02:59`. */
export function spanWords(from: string, to: string): string {
  return LOCAL.formatRange(new Date(from), new Date(to));
}
