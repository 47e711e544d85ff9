/** Which devices speak at regular intervals: only of those is silence news. */
import type { ConversationSnapshot } from '../model/snapshot.ts';
import { clientAddress, isWatched, type Scene, serverAddress } from './picture.ts';
import { serviceLabel } from './words.ts';

export interface Rhythm {
  /** Mean seconds between two times that it speaks. */
  readonly period: number;
  /** What it says so regularly, in words. */
  readonly of: string;
}

/** Times that something is done before it is called regular. */
const LEAST_TIMES = 10;
/** Standard deviation of the intervals, as a share of their mean. */
const MOST_JITTER = 0.5;
/** Packets of a stream that tells no ranges before it is called cyclic, and the share of the capture it must fill. */
const LEAST_PACKETS = 100;
const LEAST_SHARE = 0.9;

/** The fastest rhythm of each asset that has one, by its id. */
export function rhythmsOf({ conversations, assetAt }: Scene, duration: number): Map<string, Rhythm> {
  const rhythms = new Map<string, Rhythm>();
  const note = (address: string, rhythm: Rhythm) => {
    const id = assetAt(address)?.id;
    const known = id === undefined ? undefined : rhythms.get(id);
    if (id !== undefined && (known === undefined || rhythm.period < known.period)) rhythms.set(id, rhythm);
  };
  for (const conversation of conversations) {
    const { client, server, packetsFromClient, packetsFromServer } = conversation;
    const period = periodOf(conversation, duration);
    if (period === null) continue;
    const of = (other: string) => ({ period, of: `${serviceLabel(conversation)} with ${other}` });
    if (packetsFromClient > 0) note(clientAddress(conversation), of(server));
    if (packetsFromServer > 0) note(serverAddress(conversation), of(client));
  }
  return rhythms;
}

/** Seconds between two regular messages of a conversation; null where nothing in it is regular. */
export function periodOf(conversation: ConversationSnapshot, duration: number): number | null {
  if (!isWatched(conversation)) return null;
  const regular = conversation.operations
    .flatMap(({ ranges }) => ranges)
    .flatMap(({ times, period, jitter }) => {
      const steady = times >= LEAST_TIMES && period !== null && period > 0 && (jitter ?? 0) <= MOST_JITTER * period;
      return steady ? [period] : [];
    });
  if (regular.length > 0) return regular.reduce((least, period) => Math.min(least, period));
  const { operations, packets, firstSeen, lastSeen } = conversation;
  const seconds = (lastSeen - firstSeen) / 1e6;
  const cyclic = operations.some(({ access, ranges }) => access === 'read' && ranges.length === 0);
  return cyclic && packets >= LEAST_PACKETS && seconds >= LEAST_SHARE * duration ? seconds / packets : null;
}
