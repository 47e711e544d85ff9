/** Devices that the baseline does not know. */
import { grouped } from '../grouping.ts';
import { eventOf, type PlantEvent } from './event.ts';
import { labelOf, type Pair, servicesOf } from './pair.ts';
import { endsOf, firstFrames, isOperational, type PictureAsset } from './picture.ts';
import { assetLabel } from './words.ts';

/** One event per device that the baseline does not know, with what it does. */
export function newAssets(news: ReadonlySet<PictureAsset>, pairs: readonly Pair[]): PlantEvent[] {
  const asClient = grouped(pairs, ({ clientAsset }) => clientAsset);
  const asServer = grouped(pairs, ({ serverAsset }) => serverAsset);
  return [...news].map((asset) => {
    const asks = asClient.get(asset) ?? [];
    const serves = asServer.get(asset) ?? [];
    const conversations = [...asks, ...serves].flatMap((pair) => pair.conversations);
    const reaches = asks.some((pair) =>
      pair.conversations.some((conversation) => isOperational(conversation, pair.serverAsset)),
    );
    const [first] = conversations;
    const frames = asset.evidence.flatMap(({ file, frame }) =>
      file === null || frame === null ? [] : [{ file, frame }],
    );
    return eventOf('new-asset', {
      about: asset.id,
      title: `${assetLabel(asset)}${described(asset)} is new`,
      severity: reaches ? 'high' : conversations.length === 0 ? 'low' : 'medium',
      reasons: [
        ...asks.map((pair) => `It asks ${labelOf(pair, 'server')}: ${servicesOf(pair.conversations)}`),
        ...serves.map((pair) => `It is asked by ${labelOf(pair, 'client')}: ${servicesOf(pair.conversations)}`),
        ...(conversations.length === 0 ? ['It was heard, but in no conversation with another station'] : []),
      ],
      assets: [asset.id],
      conversation: first === undefined ? null : endsOf(first),
      firstSeen: asset.firstSeen,
      lastSeen: asset.lastSeen,
      samples: [...conversations.flatMap((conversation) => firstFrames(conversation)), ...frames],
      after: [...asset.ip, ...asset.mac],
      weight: { safety: asset.role === 'safety-controller' },
    });
  });
}

function described({ vendor, product, model }: PictureAsset): string {
  const words = [vendor, product ?? model].filter((word) => word !== null);
  return words.length === 0 ? '' : `, ${words.join(' ')},`;
}
