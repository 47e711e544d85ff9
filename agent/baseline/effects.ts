/** What was done to controllers: stopped, started, restarted, programmed, read out. Told from what their protocols name so. */
import type { Effect } from '../../parsers/protocol.ts';
import { grouped } from '../grouping.ts';
import { type EventKind, eventOf, type PlantEvent } from './event.ts';
import { endsOf, firstFrames, type PictureAsset, type PictureConversation, type Scene } from './picture.ts';
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
export function effectEvents({ assets, conversations }: Scene): PlantEvent[] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  return conversations.flatMap((conversation) => {
    if (!conversation.operations.some(({ effect }) => effect !== null)) return [];
    const told = conversation.operations.filter(({ effect }) => effect !== null);
    const label = (id: string | null, address: string) => {
      const asset = id === null ? undefined : byId.get(id);
      return asset === undefined ? address : assetLabel(asset);
    };
    const client = label(conversation.clientId, conversation.client);
    const server = label(conversation.serverId, conversation.server);
    const device = conversation.serverId === null ? undefined : byId.get(conversation.serverId);
    return [...grouped(told, ({ effect }) => effect as Effect)].map(([effect, operations]) =>
      effectEvent(effect, operations, conversation, { client, server, device }),
    );
  });
}

interface Ends {
  readonly client: string;
  readonly server: string;
  readonly device: PictureAsset | undefined;
}

function effectEvent(
  effect: Effect,
  operations: PictureConversation['operations'],
  conversation: PictureConversation,
  { client, server, device }: Ends,
): PlantEvent {
  const [kind, done, said] = EFFECT_KINDS[effect];
  const sum = (of: 'requests' | 'responses' | 'errors') => operations.reduce((total, part) => total + part[of], 0);
  const [requests, responses, errors] = [sum('requests'), sum('responses'), sum('errors')];
  // what a controller reports of itself is no request that it could decline
  const ownWord = operations.every(({ access }) => access === 'diagnostic');
  const attempt = !ownWord && responses > 0 && errors >= responses;
  const title = ownWord ? `${server} ${said}` : `${client} ${attempt ? 'tried in vain: ' : ''}${done} ${server}`;
  return eventOf(kind, {
    about: `${conversation.clientId ?? conversation.client}>${conversation.serverId ?? conversation.server} ${conversation.protocol}`,
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
    assets: [conversation.serverId, conversation.clientId].filter((id) => id !== null),
    conversation: endsOf(conversation),
    firstSeen: Math.min(...operations.map(({ firstSeen }) => firstSeen)),
    lastSeen: Math.max(...operations.map(({ lastSeen }) => lastSeen)),
    samples: firstFrames(conversation, operations),
    weight: { safety: device?.role === 'safety-controller', attempt },
  });
}
