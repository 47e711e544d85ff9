/**
 * Under a flood most addresses are nobody's: forged senders, targets of a scan that are not there. Up to a number of
 * addresses all are listed, whatever they are; beyond it only those that show themselves to be somebody, and of what the
 * others did samples and sums. Nothing spoofed becomes an asset for ever, and the plant is still found among it.
 */
import type { ConversationTotals } from '../facts/conversations.ts';
import { NO_HOST } from '../facts/hosts.ts';
import type { Limits } from '../limits.ts';
import type { Picture } from '../sensor.ts';

/** What of a picture is listed, and how much is not. */
export interface Listed {
  readonly conversations: readonly ConversationTotals[];
  isListed(host: number): boolean;
  readonly hostsSummedUp: number;
  readonly conversationsSummedUp: number;
}

/** Packets of a client that hears answers: who forges an address gets none, and cannot go on. */
const PACKETS_OF_A_TALK = 3;

/** Conversations with passers-by that are kept of each other end: as many as tell a scan, or a flood, for what it is. */
const SAMPLES = 64;

/** What a snapshot lists: everything, as long as it is no more than `limits.listedHosts`. */
export function listedOf(picture: Picture, limits: Limits): Listed {
  const { hosts, sightings, evidence } = picture;
  const known = picture.conversations.filter(({ client, server }) => client !== NO_HOST && server !== NO_HOST);
  if (hosts.count <= limits.listedHosts) {
    return { conversations: known, isListed: () => true, hostsSummedUp: 0, conversationsSummedUp: 0 };
  }
  const listed = new Uint8Array(hosts.count);
  let count = 0;
  const list = (host: number) => {
    count += 1 - (listed[host] as number);
    listed[host] = 1;
  };
  for (let host = 0; host < hosts.count; host++) if (evidence.knows(host)) list(host);
  for (const conversation of known.filter(isTalk)) {
    list(conversation.client);
    list(conversation.server);
  }
  // who only claims an address may be a silent device, or one of a storm's: those that came first
  for (let row = 0; row < sightings.count && count < limits.listedHosts / 2; row++) {
    if (sightings.claimed(row)) list(sightings.host(row));
  }
  const samples = new Uint8Array(hosts.count);
  const somebody = listed.slice();
  const conversations = known.filter((conversation) => {
    const { client, server } = conversation;
    if (somebody[client] === 1 && somebody[server] === 1) return true;
    const other = somebody[client] === 1 ? client : server;
    if (samples[other] === SAMPLES || count >= limits.listedHosts) return false;
    samples[other] = (samples[other] as number) + 1;
    list(client);
    list(server);
    return true;
  });
  return {
    conversations,
    isListed: (host) => listed[host] === 1,
    hostsSummedUp: hosts.count - count,
    conversationsSummedUp: known.length - conversations.length,
  };
}

/** Whether two ends really talk with each other. */
function isTalk({ protocol, packetsFromClient, packetsFromServer }: ConversationTotals): boolean {
  return protocol !== undefined
    ? packetsFromServer > 0
    : packetsFromClient >= PACKETS_OF_A_TALK && packetsFromServer > 0;
}
