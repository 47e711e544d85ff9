/** Messages that are broken, and requests that are refused, more often than a healthy plant has. */
import { eventOf, type PlantEvent } from './event.ts';
import { clientAddress, endsOf, firstFrames, isOperational, type Scene, serverAddress } from './picture.ts';
import { assetLabel, serviceLabel } from './words.ts';

/** Broken messages, and their share of all, before they are told of. */
const LEAST_BROKEN = 100;
const BROKEN_SHARE = 0.01;
/** Refused requests of a conversation, and their share of its answers. */
const LEAST_REFUSED = 20;
const REFUSED_SHARE = 0.2;

export function malformedMessages({ capture: { quality, firstSeen, lastSeen } }: Scene): PlantEvent[] {
  const { ok, truncated, malformed, unsupported } = quality.messages;
  const broken = malformed + truncated;
  const all = ok + broken + unsupported;
  if (broken < LEAST_BROKEN || broken < BROKEN_SHARE * all) return [];
  return [
    eventOf('malformed-messages', {
      about: 'all',
      title: `${broken} of ${all} messages contradict the specification of their protocol`,
      reasons: [`${malformed} hold what the protocol does not allow, ${truncated} lengths that point past their end`],
      ...{ firstSeen, lastSeen },
    }),
  ];
}

export function refusals({ conversations, assetAt }: Scene): PlantEvent[] {
  return conversations.flatMap((conversation) => {
    let [responses, errors] = [0, 0];
    for (const part of conversation.operations) {
      responses += part.responses;
      errors += part.errors;
    }
    if (errors < LEAST_REFUSED || errors < REFUSED_SHARE * responses) return [];
    const server = assetAt(serverAddress(conversation));
    if (!isOperational(conversation, server)) return [];
    const client = assetAt(clientAddress(conversation));
    const refused = conversation.operations.filter(({ errors }) => errors > 0);
    const label = server === undefined ? conversation.server : assetLabel(server);
    return [
      eventOf('exception-burst', {
        about: `${client?.id ?? conversation.client}>${server?.id ?? conversation.server} ${conversation.protocol}`,
        title: `${label} refuses ${errors} of ${responses} requests of ${conversation.client}`,
        reasons: refused.map(
          ({ name, errors, responses }) =>
            `${name} over ${serviceLabel(conversation)}: ${errors} of ${responses} refused`,
        ),
        assets: [server?.id, client?.id].filter((id) => id !== undefined),
        conversation: endsOf(conversation),
        firstSeen: Math.min(...refused.map(({ firstSeen }) => firstSeen)),
        lastSeen: Math.max(...refused.map(({ lastSeen }) => lastSeen)),
        samples: firstFrames(conversation, refused),
        weight: { safety: server?.role === 'safety-controller' },
      }),
    ];
  });
}
