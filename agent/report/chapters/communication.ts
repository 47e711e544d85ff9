/** The communication matrix: who talks to whom doing what. */
import { scopedAddress } from '../../model/snapshot.ts';
import { accessOf, doing, protocolText, rhythm, weightiestFirst } from '../conversation-words.ts';
import { type Block, type Inline, type Row, type Text, UNKNOWN } from '../document.ts';
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
  const ordered = weightiestFirst(conversations);
  const end = (address: string, scope: number): Text => {
    const scoped = scopedAddress(address, scope);
    const zone = plant.zoning.zoneOfAddress.get(scoped);
    const inZone: Inline[] = zone === undefined ? [] : [' in ', zoneLink(zone)];
    return [...endText(address, plant.assets.idOf.get(scoped) ?? null), ...inZone];
  };
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
          end(client, scope),
          end(server, scope),
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
