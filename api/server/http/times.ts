/** Times as clients write them. */
import { Problem } from './problem.ts';

/** Microseconds since 1970. */
export function now(): number {
  return Date.now() * 1000;
}

/** Microseconds since 1970 of an ISO 8601 time of any precision; `parameter` names it when it is none. */
export function microseconds(parameter: string, time: string): number {
  const [, whole = '', fraction = '', zone = ''] = /^(.+?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i.exec(time) ?? [];
  const seconds = Date.parse(whole + zone) / 1000;
  if (Number.isNaN(seconds)) {
    throw new Problem('INVALID_PARAMETER', `${parameter} is no time, e.g. 2026-03-02T08:15:30Z`);
  }
  return seconds * 1e6 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** The same of a time in a body that must be still to come. */
export function futureTime(field: string, time: string): number {
  const at = microseconds(field, time);
  if (at > now()) return at;
  const flaws = [{ at: `/${field}`, message: 'is in the past' }];
  throw new Problem('INVALID_BODY', `/${field} is in the past`, { flaws });
}
