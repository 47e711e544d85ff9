/** What of the traffic the map shows. */
import type { Pair } from '../../data/model.ts';

/** From what leaves a process as it is to what changes it most. */
export const ACCESSES = ['session', 'diagnostic', 'read', 'write', 'control', 'program'] as const;

export type AccessName = (typeof ACCESSES)[number];

export interface MapFilters {
  readonly protocol: string | null;
  /** Only pairs in which something at least so strong is done. */
  readonly access: AccessName | null;
  readonly zone: string | null;
  /** ISO times; null: from the start, to the end. */
  readonly from: string | null;
  readonly to: string | null;
}

export function strongestAccess({ accesses }: Pick<Pair, 'accesses'>): AccessName | null {
  return ACCESSES.findLast((access) => (accesses[access] ?? 0) > 0) ?? null;
}

/** @param zonesOf the zones of both ends */
export function shows(pair: Pair, filters: MapFilters, zonesOf: readonly (string | null | undefined)[]): boolean {
  const { protocol, access, zone, from, to } = filters;
  if (protocol !== null && !pair.protocols.some((spoken) => spoken.protocol === protocol)) return false;
  if (access !== null && !ACCESSES.slice(ACCESSES.indexOf(access)).some((each) => (pair.accesses[each] ?? 0) > 0)) {
    return false;
  }
  if (zone !== null && !zonesOf.includes(zone)) return false;
  if (from !== null && pair.lastSeen !== null && pair.lastSeen < from) return false;
  return to === null || pair.firstSeen === null || pair.firstSeen <= to;
}

export function isFiltered({ protocol, access, zone, from, to }: MapFilters): boolean {
  return [protocol, access, zone, from, to].some((value) => value !== null);
}
