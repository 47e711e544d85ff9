import { Type } from 'typebox';
import type { PairEntry } from '../../../agent/store/entries.ts';
import { ACCESS_ORDER } from '../../../agent/zones/flow.ts';
import type { Routes } from '../context.ts';
import { addList } from '../route-kinds/list.ts';
import { PairSchema } from '../schemas/traffic.ts';
import { described, list, nullable, oneOf, ref, shape, Text } from '../schemas/values.ts';

const tag = 'matrix';

/** One end of the matrix. */
interface Line {
  readonly id: string;
  readonly name: string;
  /** Of an asset; null for a zone, and for an asset in none. */
  readonly zone: string | null;
  readonly purdueLevel: number | null;
}

interface Matrix {
  readonly lines: readonly Line[];
  readonly cells: readonly PairEntry[];
  readonly complete: boolean;
}

const MatrixSchema = shape<Matrix>({
  lines: described(
    list(shape<Line>({ id: Text, name: Text, zone: nullable(Text), purdueLevel: nullable(Type.Number()) })),
    'Rows (clients) and columns (servers), in an order that keeps zones together.',
  ),
  cells: described(list(ref(PairSchema)), 'Only those in which something passes; the busiest first.'),
  complete: described(Type.Boolean(), 'False where only the busiest cells are told.'),
});

/** Assets that one matrix shows: more is read by nobody. */
const MOST_ASSETS = 500;

export const matrixRoutes: Routes = (app, { reader }) => {
  app.get(
    '/matrix',
    {
      config: { role: 'viewer', revisioned: ['pair', 'zone', 'asset'] },
      schema: {
        tags: [tag],
        summary: 'What passes from whom to whom: between zones, or between the assets of zones',
        querystring: Type.Object(
          {
            by: Type.Optional(described(oneOf(['zone', 'asset']), 'Without it: `zone`.')),
            zone: Type.Optional(
              described(
                Type.Array(Type.String({ maxLength: 256 }), { maxItems: 50 }),
                'With `by=asset`: only assets of these.',
              ),
            ),
            protocol: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 50 })),
            access: Type.Optional(Type.Array(oneOf(ACCESS_ORDER), { maxItems: 6 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: MatrixSchema },
      },
    },
    async ({ query }) => {
      const lines = query.by === 'asset' ? assetLines(query.zone) : zoneLines();
      const known = new Set(lines.map(({ id }) => id));
      const cells = query.by === 'asset' ? reader.matrix({ assets: [...known] }) : reader.matrix({ zones: true });
      const wanted = cells.filter((cell) => isWanted(cell, query.protocol, query.access));
      return { lines, cells: wanted, complete: lines.length < MOST_ASSETS };
    },
  );

  addList(app, reader, {
    url: '/matrix/assets',
    name: 'pairs',
    entry: PairSchema,
    tag,
    summary: 'The cells of the matrix of assets, to be filtered and paged',
  });

  addList(app, reader, {
    url: '/matrix/zones',
    name: 'zonePairs',
    entry: PairSchema,
    tag,
    summary: 'The cells of the matrix of zones, to be filtered and paged',
  });

  function zoneLines(): Line[] {
    return reader
      .list('zones', { limit: MOST_ASSETS })
      .items.map(({ id, name }) => ({ id, name, zone: null, purdueLevel: null }));
  }

  function assetLines(zones: readonly string[] | undefined): Line[] {
    const filter = zones === undefined ? {} : { filter: { zone: zones } };
    return reader
      .list('assets', { ...filter, sort: 'zone', limit: MOST_ASSETS })
      .items.map(({ id, names, ip, mac, zone, purdueLevel }) => {
        return { id, name: names[0] ?? ip[0] ?? mac[0] ?? id, zone, purdueLevel };
      });
  }
};

function isWanted(
  { protocols, accesses }: PairEntry,
  protocol: readonly string[] | undefined,
  access: readonly string[] | undefined,
): boolean {
  const spoken = protocol === undefined || protocols.some((entry) => protocol.includes(entry.protocol));
  return spoken && (access === undefined || access.some((name) => name in accesses));
}
