import { Type } from 'typebox';
import { sourceWords } from '../../../agent/facts/source-words.ts';
import type { PairEntry } from '../../../agent/store/entries.ts';
import type { Routes } from '../context.ts';
import { addList, found } from '../route-kinds/list.ts';
import { AssetSchema, EvidenceSchema, HistorySchema } from '../schemas/asset.ts';
import { PairSchema } from '../schemas/traffic.ts';
import { Id, list, ref, shape } from '../schemas/values.ts';

const ByAsset = Type.Object({ id: Id });
const tags = ['assets'];

const Neighbours = shape<{ readonly asClient: readonly PairEntry[]; readonly asServer: readonly PairEntry[] }>({
  asClient: list(ref(PairSchema)),
  asServer: list(ref(PairSchema)),
});

export const assetRoutes: Routes = (app, { reader }) => {
  addList(app, reader, {
    url: '/assets',
    name: 'assets',
    entry: AssetSchema,
    tag: 'assets',
    summary: 'Devices, and parts behind them',
  });

  app.get(
    '/assets/:id',
    {
      config: { role: 'viewer', revisioned: ['asset'] },
      schema: { tags, summary: 'An asset', params: ByAsset, response: { 200: ref(AssetSchema) } },
    },
    async ({ params }) => found(reader.asset(params.id), 'asset'),
  );

  app.get(
    '/assets/:id/evidence',
    {
      config: { role: 'viewer', revisioned: ['asset'] },
      schema: {
        tags,
        summary: 'All that was said of an asset, strongest first, with the frames that prove it',
        params: ByAsset,
        response: { 200: list(ref(EvidenceSchema)) },
      },
    },
    async ({ params }) =>
      found(reader.evidence(params.id), 'asset').map((entry) => ({ ...entry, words: sourceWords(entry.source) })),
  );

  app.get(
    '/assets/:id/neighbours',
    {
      config: { role: 'viewer', revisioned: ['asset', 'pair'] },
      schema: {
        tags,
        summary: 'What passes between an asset and each other one, busiest first',
        params: ByAsset,
        response: { 200: Neighbours },
      },
    },
    async ({ params }) => {
      found(reader.asset(params.id), 'asset');
      return reader.neighbours(params.id);
    },
  );

  addList(app, reader, {
    url: '/assets/:id/history',
    name: 'history',
    entry: HistorySchema,
    tag: 'assets',
    summary: 'How the attributes of an asset changed',
    params: ByAsset,
    within: ({ id = '' }) => ({ asset: id }),
  });
};
