/** The communication matrix: who talks to whom doing what. */
import { scopedAddress } from '../../model/snapshot.ts';
import { accessOf, byWeight, doing, protocolText, rhythm } from '../conversation-words.ts';
import { type Block, type Row, UNKNOWN } from '../document.ts';
import type { Dossier } from '../dossier.ts';
import { bytesText, countText } from '../numbers.ts';
import { cut } from '../visible.ts';
import { counted } from '../words.ts';
import { MOST_ROWS } from './gaps.ts';

export function* communicationBlocks(dossier: Dossier): Generator<Block> {
  const { plant, endText, zoneLink } = dossier;
  const { conversations } = plant.snapshot;
  if (conversations.length === 0) {
    yield { block: 'paragraph', text: 'No conversation was heard.' };
    return;
  }
  const ordered = [...conversations].sort(byWeight);
  const idOf = (address: string, scope: number) => plant.assets.idOf.get(scopedAddress(address, scope)) ?? null;
  const zoneOf = (address: string, scope: number) =>
    zoneLink(plant.zoning.zoneOfAddress.get(scopedAddress(address, scope)) ?? null);
  yield {
    block: 'paragraph',
    text: `${counted(conversations.length, 'conversation')}; those that change the process most come first.`,
  };
  yield {
    block: 'table',
    caption: 'Conversations',
    columns: [
      { heading: 'client' },
      { heading: 'server' },
      { heading: 'between' },
      { heading: 'protocol' },
      { heading: 'at most' },
      { heading: 'doing', wide: true },
      { heading: 'every', number: true },
      { heading: 'packets', number: true },
      { heading: 'bytes', number: true },
    ],
    rows: ordered.slice(0, MOST_ROWS).map((entry): Row => {
      const { client, server, scope } = entry;
      const access = accessOf(entry);
      return {
        cells: [
          endText(client, idOf(client, scope)),
          endText(server, idOf(server, scope)),
          [zoneOf(client, scope), ' → ', zoneOf(server, scope)],
          protocolText(entry),
          access === null ? UNKNOWN : { is: 'access', access },
          cut(doing(entry), 400) || UNKNOWN,
          rhythm(entry) || UNKNOWN,
          countText(entry.packets),
          bytesText(entry.bytes),
        ],
      };
    }),
  };
  if (ordered.length > MOST_ROWS) {
    yield {
      block: 'paragraph',
      text: `And ${counted(ordered.length - MOST_ROWS, 'more conversation')}: the CSV (--table conversations) and the JSON hold all.`,
    };
  }
}
