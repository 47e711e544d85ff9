/** What a conversation does, in words for people. */
import type { Access } from '../../parsers/protocol.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import { ACCESS_ORDER } from '../zones/flow.ts';
import { countText, durationText } from './numbers.ts';

const rank = (access: Access | null) => (access === null ? -1 : ACCESS_ORDER.indexOf(access));

/** The access that changes the process most; null when no operation is known. */
export function strongestAccess(accesses: Iterable<Access>): Access | null {
  let strongest: Access | null = null;
  for (const access of accesses) if (strongest === null || rank(access) > rank(strongest)) strongest = access;
  return strongest;
}

/** The strongest access of a conversation's operations. */
export function accessOf({ operations }: ConversationSnapshot): Access | null {
  return strongestAccess(operations.map(({ access }) => access));
}

/** In order: recognised protocols first, what changes the process most first, then by packets. */
export function weightiestFirst(conversations: readonly ConversationSnapshot[]): ConversationSnapshot[] {
  return conversations
    .map((entry) => ({ entry, strength: rank(accessOf(entry)) }))
    .sort(
      ({ entry: a, strength: x }, { entry: b, strength: y }) =>
        Number(b.recognised) - Number(a.recognised) || y - x || b.packets - a.packets,
    )
    .map(({ entry }) => entry);
}

/** The protocol, and the port where both are known. */
export function protocolText({ protocol, recognised, port, transport }: ConversationSnapshot): string {
  return !recognised || port === null ? protocol : `${protocol} ${transport}/${port}`;
}

/** The operations, strongest first, then by number. */
export function doing({ operations }: ConversationSnapshot): string {
  return [...operations]
    .sort((a, b) => rank(b.access) - rank(a.access) || b.requests - a.requests)
    .map(({ name, requests, responses, errors }) => {
      const refused = errors > 0 ? `, ${countText(errors)} refused` : '';
      return `${name} ×${countText(Math.max(requests, responses))}${refused}`;
    })
    .join('; ');
}

/** The period of the range touched most often, or nothing. */
export function rhythm({ operations }: ConversationSnapshot): string {
  const ranges = operations.flatMap((operation) => operation.ranges).filter(({ period }) => period !== null);
  const busiest = ranges.sort((a, b) => b.times - a.times)[0];
  return busiest?.period == null ? '' : durationText(busiest.period);
}
