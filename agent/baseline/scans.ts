/** One source that tries many addresses, ports or units in vain: it searches, whoever it is. */
import { grouped } from '../grouping.ts';
import { isGroup } from '../model/address.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import { NO_FLOWS } from '../zones/flow.ts';
import { eventOf, type PlantEvent } from './event.ts';
import { clientAddress, endsOf, firstFrames, type PictureAsset, type Scene, serverAddress } from './picture.ts';
import { assetLabel, few } from './words.ts';

/**
 * Addresses, ports of one device, or units behind one, that a source tries in vain before it is called a scan. A station
 * of which part is switched off tries a few; network management that pings a segment is answered by most of it.
 */
export const TRIED_IN_VAIN = 16;

/** Packets of a flow that comes to nothing: SYN, answer and reset, each once repeated. */
const MOST_PACKETS_IN_VAIN = 6;
/** Bytes of such a packet on the wire: no room for a message. */
const MOST_BYTES_IN_VAIN = 80;

export function scanEvents(scene: Scene): PlantEvent[] {
  const asked = scene.conversations.filter(isAsked);
  const balance = balanceOf(asked);
  return [...grouped(asked, clientAddress)].flatMap(([source, conversations]) => {
    if (conversations.length < TRIED_IN_VAIN && !conversations.some(({ operations }) => operations.length > 0))
      return [];
    const asset = scene.assetAt(source);
    const heard = answersAreHeard(balance, conversations);
    return [
      ...(heard ? [...addressSweep(source, conversations, asset), ...portSweeps(source, conversations, asset)] : []),
      ...conversations.flatMap((conversation) => unitSweep(source, conversation, asset)),
    ];
  });
}

/** Whether a conversation is one that a scan is made of. */
export function isInVain({
  packetsFromServer,
  recognised,
  operations,
  packets,
  flows,
  bytes,
}: ConversationSnapshot): boolean {
  if (packetsFromServer === 0) return true;
  const bare = !recognised && operations.length === 0;
  return bare && packets <= MOST_PACKETS_IN_VAIN * flows && bytes <= MOST_BYTES_IN_VAIN * packets;
}

function isAsked(conversation: ConversationSnapshot): boolean {
  const { transport, protocol, server, packetsFromClient, packetsFromServer } = conversation;
  if (transport === 'eth' || isGroup(server, packetsFromServer > 0) || packetsFromClient === 0) return false;
  return protocol === 'icmp' || protocol === 'icmpv6' || !NO_FLOWS.has(protocol);
}

interface Balance {
  readonly answered: number;
  readonly unanswered: number;
}

function balanceOf(conversations: readonly ConversationSnapshot[]): Balance {
  let [answered, unanswered] = [0, 0];
  for (const { transport, packetsFromServer } of conversations) {
    if (transport !== 'tcp') continue;
    if (packetsFromServer === 0) unanswered++;
    else answered++;
  }
  return { answered, unanswered };
}

/** What is unanswered proves nothing where the mirror shows one direction only: others must be answered. */
function answersAreHeard(all: Balance, own: readonly ConversationSnapshot[]): boolean {
  const mine = balanceOf(own);
  return all.answered - mine.answered >= all.unanswered - mine.unanswered;
}

function addressSweep(
  source: string,
  conversations: readonly ConversationSnapshot[],
  asset: PictureAsset | undefined,
): PlantEvent[] {
  // who gets something of nearly all has hardly an address that gave nothing
  if (conversations.filter(isInVain).length < TRIED_IN_VAIN) return [];
  const tried = grouped(conversations, serverAddress);
  const vain = [...tried].filter(([, of]) => of.every(isInVain));
  if (vain.length < TRIED_IN_VAIN || 2 * vain.length <= tried.size) return [];
  const all = vain.flatMap(([, of]) => of);
  return [
    scanOf(source, 'addresses', all, asset, {
      title: `${labelOf(source, asset)} tried ${vain.length} addresses in vain`,
      reasons: [
        `Of ${tried.size} addresses that it tried, ${vain.length} gave nothing: ${few(vain.map(([address]) => address))}`,
        `Services: ${few([...new Set(all.map(({ protocol }) => protocol))])}`,
      ],
    }),
  ];
}

function portSweeps(
  source: string,
  conversations: readonly ConversationSnapshot[],
  asset: PictureAsset | undefined,
): PlantEvent[] {
  const vain = conversations.filter((conversation) => conversation.port !== null && isInVain(conversation));
  if (vain.length < TRIED_IN_VAIN) return [];
  return [...grouped(vain, serverAddress)].flatMap(([server, of]) => {
    const ports = [...new Set(of.map(({ transport, port }) => `${transport}/${port}`))];
    if (ports.length < TRIED_IN_VAIN) return [];
    return [
      scanOf(source, `ports of ${server}`, of, asset, {
        title: `${labelOf(source, asset)} tried ${ports.length} ports of ${server} in vain`,
        reasons: [`Ports that gave nothing: ${few(ports)}`],
      }),
    ];
  });
}

function unitSweep(source: string, conversation: ConversationSnapshot, asset: PictureAsset | undefined): PlantEvent[] {
  // most conversations are with one unit
  let all = 0;
  for (const { units } of conversation.operations) all += units.length;
  if (all < TRIED_IN_VAIN) return [];
  const asked = new Set(conversation.operations.flatMap(({ units }) => units));
  for (const unit of conversation.operations.flatMap(({ unitsAnswered }) => unitsAnswered)) asked.delete(unit);
  // a listener who hears no answers at all cannot tell
  if (asked.size < TRIED_IN_VAIN || conversation.packetsFromServer === 0) return [];
  const { server, protocol } = conversation;
  return [
    scanOf(source, `units of ${server} ${protocol}`, [conversation], asset, {
      title: `${labelOf(source, asset)} tried ${asked.size} units behind ${server} in vain`,
      reasons: [`Units of ${protocol} that did not answer: ${few([...asked].map(String))}`],
    }),
  ];
}

function scanOf(
  source: string,
  what: string,
  conversations: readonly ConversationSnapshot[],
  asset: PictureAsset | undefined,
  told: { readonly title: string; readonly reasons: readonly string[] },
): PlantEvent {
  const [first] = conversations;
  return eventOf('scan', {
    about: `${asset?.id ?? source} ${what}`,
    ...told,
    assets: asset === undefined ? [] : [asset.id],
    conversation: first === undefined ? null : endsOf(first),
    firstSeen: conversations.reduce((least, { firstSeen }) => Math.min(least, firstSeen), Number.POSITIVE_INFINITY),
    lastSeen: conversations.reduce((most, { lastSeen }) => Math.max(most, lastSeen), Number.NEGATIVE_INFINITY),
    samples: conversations.slice(0, 5).flatMap((conversation) => firstFrames(conversation)),
  });
}

function labelOf(source: string, asset: PictureAsset | undefined): string {
  return asset === undefined ? source : assetLabel(asset);
}
