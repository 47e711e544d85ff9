/**
 * What several sensors know together is what one alone would know as long as no table is full: what is pushed out then
 * depends on all that came before. So each may fill its part of every table only: all of them together hold no more than
 * one alone would.
 */
import { LIMITS, type Limits } from '../limits.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Load, Sensor } from '../sensor.ts';

/** How full tables may be so that nothing of what one reader knows depends on what it has no room for. */
const CALM: Load = { ...LIMITS, hosts: LIMITS.hosts / 2 };

/** The limits of one of several sensors. */
export function limitsOf(readers: number): Limits {
  return { ...LIMITS, passersBy: LIMITS.passersBy / readers };
}

/** Whether what the sensor knows so far is what it would know of its share if it had heard everything. */
export function isSeparable({ astray, load }: Sensor, readers: number): boolean {
  return !astray && (Object.keys(load) as (keyof Load)[]).every((table) => load[table] <= CALM[table] / readers);
}

/** Whether all that a sensor knows is listed. */
export function isComplete({ capture }: Snapshot): boolean {
  return capture.quality.limitsHit['hostsSummedUp'] === undefined;
}
