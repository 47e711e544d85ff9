/** What passes within and between zones: the cells of the zone by zone matrix. */
import type { Access } from '../../parsers/protocol.ts';
import type { Plant } from '../plant.ts';
import { strongestAccess } from './conversation-words.ts';

/** All flows whose client is in one zone and whose server is in one zone; null stands for no zone. */
export interface Crossing {
  readonly from: string | null;
  readonly to: string | null;
  /** The strongest; null when no operation of any flow is known. */
  readonly access: Access | null;
  readonly conversations: number;
  readonly packets: number;
  readonly bytes: number;
  /** Of the policy. */
  readonly violations: number;
}

/** By `crossingKey`. */
export type Crossings = ReadonlyMap<string, Crossing>;

/** The crossings of a plant that have any flow or violation, by `crossingKey`, in the order in which they were met. */
export function crossingsOf({ flows, zoning, check }: Plant): Crossings {
  const crossings = new Map<string, { -readonly [K in keyof Crossing]: Crossing[K] }>();
  const at = (from: string | null, to: string | null) => {
    const key = crossingKey(from, to);
    let known = crossings.get(key);
    if (known === undefined) {
      known = { from, to, access: null, conversations: 0, packets: 0, bytes: 0, violations: 0 };
      crossings.set(key, known);
    }
    return known;
  };
  const zoneOf = (scoped: string) => zoning.zoneOfAddress.get(scoped) ?? null;
  for (const { client, server, accesses, conversation } of flows) {
    const crossing = at(zoneOf(client.scoped), zoneOf(server.scoped));
    // a flow's accesses are in order: the last is its strongest
    const strongest = accesses.at(-1);
    if (strongest !== undefined && strongest !== crossing.access) {
      crossing.access = strongestAccess(crossing.access === null ? [strongest] : [crossing.access, strongest]);
    }
    crossing.conversations++;
    crossing.packets += conversation.packets;
    crossing.bytes += conversation.bytes;
  }
  for (const { fromZone, toZone } of check?.violations ?? []) at(fromZone, toZone).violations++;
  return crossings;
}

/** What a crossing is found by. */
export function crossingKey(from: string | null, to: string | null): string {
  return JSON.stringify([from, to]);
}
