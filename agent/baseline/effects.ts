/** What was done to controllers: stopped, started, restarted, programmed, read out. Told from what their protocols name so. */
import type { Effect } from '../../parsers/protocol.ts';
import { grouped } from '../grouping.ts';
import type { ConversationSnapshot, OperationSnapshot } from '../model/snapshot.ts';
import { type EventKind, eventOf, type PlantEvent } from './event.ts';
import { clientAddress, endsOf, firstFrames, type PictureAsset, type Scene, serverAddress } from './picture.ts';
import { assetLabel, counted, serviceLabel } from './words.ts';

/** The kind of event that an effect is, and the sentence it makes. */
export const EFFECT_KINDS: Readonly<Record<Effect, readonly [kind: EventKind, done: string, said: string]>> = {
  stop: ['controller-stop', 'stopped', 'says that it stopped'],
  start: ['controller-start', 'started', 'says that it runs'],
  restart: ['controller-restart', 'restarted', 'says that it restarted'],
  mode: ['mode-change', 'changed the mode of', 'says that its mode changed'],
  download: ['program-download', 'wrote logic or configuration into', 'says that its program changed'],
  upload: ['program-upload', 'read logic or configuration out of', 'says that its program was read'],
  firmware: ['firmware-update', 'wrote firmware into', 'says that its firmware changed'],
  settings: ['device-settings', 'set the address, name or communication of', 'says that its settings changed'],
};

/** One event per client, device, protocol and effect. */
export function effectEvents({ conversations, assetAt }: Scene): PlantEvent[] {
  return conversations.flatMap((conversation) => {
    if (!conversation.operations.some(({ effect }) => effect !== null)) return [];
    const told = conversation.operations.filter(({ effect }) => effect !== null);
    const ends = {
      client: assetAt(clientAddress(conversation)),
      server: assetAt(serverAddress(conversation)),
    };
    return [...grouped(told, ({ effect }) => effect as Effect)].map(([effect, operations]) =>
      effectEvent(effect, operations, conversation, ends),
    );
  });
}

interface Ends {
  readonly client: PictureAsset | undefined;
  readonly server: PictureAsset | undefined;
}

function effectEvent(
  effect: Effect,
  operations: readonly OperationSnapshot[],
  conversation: ConversationSnapshot,
  ends: Ends,
): PlantEvent {
  const client = ends.client === undefined ? conversation.client : assetLabel(ends.client);
  const server = ends.server === undefined ? conversation.server : assetLabel(ends.server);
  const [kind, done, said] = EFFECT_KINDS[effect];
  const sum = (of: 'requests' | 'responses' | 'errors') => operations.reduce((total, part) => total + part[of], 0);
  const [requests, responses, errors] = [sum('requests'), sum('responses'), sum('errors')];
  // what a controller reports of itself is no request that it could decline
  const ownWord = operations.every(({ access }) => access === 'diagnostic');
  const attempt = !ownWord && responses > 0 && errors >= responses;
  const title = ownWord ? `${server} ${said}` : `${client} ${attempt ? 'tried in vain: ' : ''}${done} ${server}`;
  return eventOf(kind, {
    about: `${ends.client?.id ?? conversation.client}>${ends.server?.id ?? conversation.server} ${conversation.protocol}`,
    title,
    reasons: [
      ...operations.map(({ name, requests, responses, errors }) => {
        const refused = errors > 0 ? `, ${errors} of them refused` : '';
        return `${name}: ${counted(requests, 'request')}, ${counted(responses, 'answer')}${refused} over ${serviceLabel(conversation)}`;
      }),
      ...(requests > 0 && responses === 0 && !ownWord
        ? ['No answer was heard, which some protocols do not give.']
        : []),
    ],
    assets: [ends.server?.id, ends.client?.id].filter((id) => id !== undefined),
    conversation: endsOf(conversation),
    firstSeen: Math.min(...operations.map(({ firstSeen }) => firstSeen)),
    lastSeen: Math.max(...operations.map(({ lastSeen }) => lastSeen)),
    samples: firstFrames(conversation, operations),
    weight: { safety: ends.server?.role === 'safety-controller', attempt },
  });
}
