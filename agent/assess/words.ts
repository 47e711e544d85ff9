/** How findings put things. */
import { decimal } from '../decimal.ts';

/** `1 host`, `2 hosts`. */
export function count(many: number, one: string, several = `${one}s`): string {
  return `${decimal(many)} ${many === 1 ? one : several}`;
}

/** A share of 0 to 1; what is more than nothing is never shown as nothing. */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  if (whole === 0 && share > 0) return 'less than 1 %';
  return `${whole} %`;
}

/** A span of microseconds. */
export function duration(microseconds: number): string {
  const seconds = microseconds / 1e6;
  if (seconds < 120) return `${decimal(Math.round(seconds))} s`;
  if (seconds < 7200) return `${decimal(Math.round(seconds / 60))} min`;
  if (seconds < 172_800) return `${decimal(Math.round(seconds / 3600))} h`;
  return `${decimal(Math.round(seconds / 86_400))} days`;
}

/** Lines of evidence before it is said how many more there are. */
const LINES = 12;

/** One line each of what fits, and how many were left out. */
export function lines(all: readonly string[]): string[];
export function lines<T>(all: readonly T[], most: number | undefined, say: (entry: T) => string): string[];
export function lines<T>(all: readonly T[], most = LINES, say: (entry: T) => string = String): string[] {
  const told = all.slice(0, most).map(say);
  return all.length <= most ? told : [...told, `and ${decimal(all.length - most)} more like these`];
}

/**
 * As `lines` of what is said of all, sorted; but of a large plant, of which a hundred thousand may fit, only what may be
 * among the first is said.
 * @param beginOf what a line begins with, or is
 */
export function firstLines<T>(all: readonly T[], beginOf: (entry: T) => string, say: (entry: T) => string): string[] {
  const first: string[] = [];
  for (const entry of all) {
    const last = first.length === LINES ? first[LINES - 1] : undefined;
    if (last !== undefined && beginOf(entry) > last) continue;
    const line = say(entry);
    const place = first.findIndex((other) => line < other);
    first.splice(place === -1 ? first.length : place, 0, line);
    first.length = Math.min(first.length, LINES);
  }
  return all.length <= LINES ? first : [...first, `and ${decimal(all.length - LINES)} more like these`];
}

/** Every value once, in the order of code units. */
export function distinct(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}
