/** Devices that spoke regularly and are not heard any more, or no longer answer. */
import { grouped } from '../grouping.ts';
import type { ConversationSnapshot } from '../model/snapshot.ts';
import type { Baseline, BaselineAsset } from './baseline.ts';
import { eventOf, type PlantEvent } from './event.ts';
import {
  clientAddress,
  durationOf,
  endsOf,
  firstFrames,
  isWatched,
  type Picture,
  type PictureAsset,
  type Scene,
  serverAddress,
} from './picture.ts';
import type { Recognition } from './recognition.ts';
import { periodOf } from './rhythm.ts';
import { assetLabel, serviceLabel } from './words.ts';

/** Periods that a regular device must miss, and seconds, before it is called silent. */
const MISSED_PERIODS = 20;
const LEAST_SECONDS = 60;
/** Seconds that a device must not answer, where its client goes on asking. */
const UNANSWERED_SECONDS = 10;
/** Requests that must have been made in vain. */
const UNANSWERED_REQUESTS = 10;

/** Regular devices of the baseline that were not heard, though the capture is long enough and shows their network. */
export function silentAssets(baseline: Baseline, picture: Picture, recognition: Recognition): PlantEvent[] {
  const seconds = durationOf(picture);
  const networks = new Set(picture.assets.flatMap(({ addresses }) => addresses.map(networkOf)));
  const askedInVain = grouped(picture.conversations.filter(isWatched), serverAddress);
  return baseline.assets.flatMap((asset) => {
    const { rhythm } = asset;
    if (rhythm === null || asset.outside || recognition.heardAgain.has(asset.id)) return [];
    if (seconds < Math.max(LEAST_SECONDS, MISSED_PERIODS * rhythm.period)) return [];
    if (!asset.addresses.some((address) => networks.has(networkOf(address)))) return [];
    const asked = asset.addresses.flatMap((address) => askedInVain.get(address) ?? []);
    return [silence(asset, rhythm, seconds, asked)];
  });
}

function silence(
  asset: BaselineAsset,
  rhythm: NonNullable<BaselineAsset['rhythm']>,
  seconds: number,
  asked: readonly ConversationSnapshot[],
): PlantEvent {
  const [first] = asked;
  return eventOf('asset-silent', {
    about: asset.id,
    title: `${asset.label} is not heard any more`,
    reasons: [
      `In the baseline it spoke every ${rounded(rhythm.period)} s (${rhythm.of})`,
      `Nothing of it was heard in ${rounded(seconds)} s, though its network was`,
      ...asked.map(
        (conversation) =>
          `${conversation.client} asks it in vain: ${serviceLabel(conversation)}, ${conversation.packetsFromClient} packets`,
      ),
    ],
    assets: [asset.id],
    conversation: first === undefined ? null : endsOf(first),
    samples: asked.flatMap((conversation) => firstFrames(conversation)),
    weight: { safety: asset.role === 'safety-controller', missed: asked.length > 0 },
  });
}

/** What a device's neighbours share: the first three bytes of an IPv4 address; MAC addresses all share one segment. */
function networkOf(address: string): string {
  if (address.includes('.')) return address.replace(/\.\d+(?=$|@)/, '');
  return /^([0-9a-f]{2}:){5}/.test(address) ? 'segment' : address.split(':').slice(0, 4).join(':');
}

/** Devices that are heard, but no longer answer a client that asked them regularly and still asks. */
export function lostViews(baseline: Baseline, picture: Picture, recognition: Recognition): PlantEvent[] {
  if (picture.capture.quality.oneSidedShare > 0.2) return []; // answers may take a way that is not heard
  const key = (client: string, server: string, protocol: string) =>
    `${recognition.partyAt(client)}|${recognition.partyAt(server)}|${protocol}`;
  const answered = new Set(
    baseline.conversations
      .filter(
        (conversation) =>
          conversation.answered &&
          conversation.operations.some(({ ranges }) => ranges.some(({ period }) => period !== null)),
      )
      .map(({ client, server, protocol }) => key(client, server, protocol)),
  );
  return picture.conversations.flatMap((conversation) => {
    const { packetsFromServer, client, protocol, operations } = conversation;
    const requests = operations.reduce((sum, operation) => sum + operation.requests, 0);
    const address = serverAddress(conversation);
    const device = recognition.assetAt(address);
    if (packetsFromServer > 0 || requests < UNANSWERED_REQUESTS || device === undefined) return [];
    if (!answered.has(key(client, address, protocol))) return [];
    const why = `None of ${requests} requests was answered; in the baseline they were`;
    return [lostView(conversation, picture.assetAt(clientAddress(conversation)), device, [why])];
  });
}

/** Devices that stopped answering within what was heard, while their client went on asking. */
export function viewsLostWithin(scene: Scene): PlantEvent[] {
  const seconds = durationOf(scene);
  return scene.conversations.flatMap((conversation) => {
    if (conversation.packetsFromServer === 0 || conversation.packetsFromClient === 0) return [];
    const server = scene.assetAt(serverAddress(conversation));
    if (server === undefined) return [];
    const since = (conversation.lastSeen - server.lastSeen) / 1e6;
    if (since < UNANSWERED_SECONDS) return [];
    const period = periodOf(conversation, seconds);
    if (period === null || since < MISSED_PERIODS * period) return [];
    return [
      lostView(conversation, scene.assetAt(clientAddress(conversation)), server, [
        `It was asked every ${rounded(period)} s; in the last ${rounded(since)} s nothing of it was heard, while ${conversation.client} went on`,
      ]),
    ];
  });
}

function lostView(
  conversation: ConversationSnapshot,
  asker: PictureAsset | undefined,
  device: PictureAsset,
  reasons: readonly string[],
): PlantEvent {
  const { client, protocol } = conversation;
  return eventOf('loss-of-view', {
    about: `${asker?.id ?? client}>${device.id} ${protocol}`,
    title: `${assetLabel(device)} does not answer ${client} any more`,
    reasons,
    assets: asker === undefined ? [device.id] : [device.id, asker.id],
    conversation: endsOf(conversation),
    firstSeen: conversation.firstSeen,
    lastSeen: conversation.lastSeen,
    samples: firstFrames(conversation),
    weight: { safety: device.role === 'safety-controller' },
  });
}

function rounded(seconds: number): string {
  return String(Number(seconds.toPrecision(3)));
}
