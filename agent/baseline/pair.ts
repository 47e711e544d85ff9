/** Two parties with all they say to one another, and what every event about them tells. */
import { grouped } from '../grouping.ts';
import type { ConversationSnapshot, OperationSnapshot } from '../model/snapshot.ts';
import type { EventFacts } from './event.ts';
import { pairKey } from './known-pairs.ts';
import {
  clientAddress,
  endsOf,
  firstFrames,
  isWatched,
  type Picture,
  type PictureAsset,
  serverAddress,
} from './picture.ts';
import { OUTSIDE, type Recognition } from './recognition.ts';
import { isInVain } from './scans.ts';
import { assetLabel, counted, serviceLabel } from './words.ts';

/** Two parties with all they say to one another now. */
export interface Pair {
  readonly client: string;
  readonly server: string;
  readonly clientAsset: PictureAsset | undefined;
  readonly serverAsset: PictureAsset | undefined;
  readonly conversations: readonly ConversationSnapshot[];
}

/** The pairs of a picture; what a scan tried in vain is told with the scan. */
export function pairsOf(picture: Picture, { partyAt, assetAt }: Recognition): Pair[] {
  const scanners = new Set(
    picture.occurrences.filter(({ kind }) => kind === 'scan').map(({ conversation }) => conversation?.client),
  );
  const told = picture.conversations.filter(
    (conversation) => isWatched(conversation) && !(scanners.has(conversation.client) && isInVain(conversation)),
  );
  const pairs = grouped(told, (conversation) =>
    pairKey(partyAt(clientAddress(conversation)), partyAt(serverAddress(conversation))),
  );
  return [...pairs.values()].map((conversations) => {
    const [first] = conversations as [ConversationSnapshot];
    const [client, server] = [clientAddress(first), serverAddress(first)];
    return {
      client: partyAt(client),
      server: partyAt(server),
      clientAsset: assetAt(client),
      serverAsset: assetAt(server),
      conversations,
    };
  });
}

/** Operations of a conversation that an event is about; none: the conversation itself. */
export interface Told {
  readonly conversation: ConversationSnapshot;
  readonly operations: readonly OperationSnapshot[];
}

/** What all events about a pair have. */
export function factsOf(pair: Pair, told: readonly Told[]): Omit<EventFacts, 'about' | 'title'> {
  const [first] = told;
  const parts: readonly { readonly firstSeen: number; readonly lastSeen: number }[] = told.flatMap<
    ConversationSnapshot | OperationSnapshot
  >(({ conversation, operations }) => (operations.length === 0 ? [conversation] : operations));
  const operations = told.flatMap((entry) => entry.operations);
  const responses = operations.reduce((sum, operation) => sum + operation.responses, 0);
  const errors = operations.reduce((sum, operation) => sum + operation.errors, 0);
  const silent = told.every(({ conversation }) => conversation.packetsFromServer === 0);
  return {
    reasons: told.flatMap(({ conversation, operations }) => [
      ...(operations.length === 0 ? [`${serviceLabel(conversation)}: ${counted(conversation.packets, 'packet')}`] : []),
      ...operations.map(({ name, access, requests, errors }) => {
        const refused = errors > 0 ? `, ${errors} refused` : '';
        return `${serviceLabel(conversation)}: ${name} (${access}), ${counted(requests, 'request')}${refused}`;
      }),
    ]),
    assets: [pair.clientAsset?.id, pair.serverAsset?.id].filter((id) => id !== undefined),
    conversation: first === undefined ? null : endsOf(first.conversation),
    firstSeen: parts.reduce((least, { firstSeen }) => Math.min(least, firstSeen), Number.POSITIVE_INFINITY),
    lastSeen: parts.reduce((most, { lastSeen }) => Math.max(most, lastSeen), Number.NEGATIVE_INFINITY),
    samples: told.flatMap(({ conversation, operations }) => firstFrames(conversation, operations)),
    weight: {
      safety: pair.serverAsset?.role === 'safety-controller',
      attempt: silent || (responses > 0 && errors >= responses),
    },
  };
}

/** One end of a pair for a sentence. */
export function labelOf(pair: Pair, side: 'client' | 'server'): string {
  if (pair[side] === OUTSIDE) return `the outside (${(pair.conversations[0] as ConversationSnapshot)[side]})`;
  const asset = side === 'client' ? pair.clientAsset : pair.serverAsset;
  return asset === undefined ? (pair.conversations[0] as ConversationSnapshot)[side] : assetLabel(asset);
}

/** Services that a title names before it counts. */
const MOST_SERVICES = 4;

export function servicesOf(conversations: readonly ConversationSnapshot[]): string {
  const services = [...new Set(conversations.map(serviceLabel))];
  const rest = services.length - MOST_SERVICES;
  return rest > 0 ? `${services.slice(0, MOST_SERVICES).join(', ')} and ${rest} more` : services.join(', ');
}
