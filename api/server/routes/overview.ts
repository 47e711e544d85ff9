import { Type } from 'typebox';
import { isoTime } from '../../../agent/report/time.ts';
import { SEVERITIES } from '../../../agent/severity.ts';
import type { AssetEntry, EventEntry, ZoneEntry } from '../../../agent/store/entries.ts';
import type { ListName } from '../../../agent/store/lists.ts';
import type { Context, Routes } from '../context.ts';
import { AssetSchema } from '../schemas/asset.ts';
import { FindingSchema, type ShownFinding } from '../schemas/findings.ts';
import { EventSchema } from '../schemas/records.ts';
import { Count, Counts, described, list, nullable, ref, shape, Time } from '../schemas/values.ts';
import { ZoneSchema } from '../schemas/zoning.ts';
import { withSuppressions } from './findings.ts';

/** What the overview is a function of. */
const TABLES = [
  'heard',
  'asset',
  'conversation',
  'zone',
  'conduit',
  'violation',
  'finding',
  'event',
  'policy',
  'capture',
  'decision',
  'setting',
];

/** Newest events and weightiest findings that it tells. */
const MOST = 10;

interface Overview {
  readonly packets: number;
  readonly bytes: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly captures: number;
  readonly assets: number;
  readonly assetsByRole: Readonly<Record<string, number>>;
  readonly assetsByLevel: Readonly<Record<string, number>>;
  readonly assetsByVendor: Readonly<Record<string, number>>;
  readonly conversations: number;
  readonly conversationsByProtocol: Readonly<Record<string, number>>;
  readonly zones: readonly ZoneEntry[];
  readonly conduitsByStatus: Readonly<Record<string, number>>;
  readonly policyVersion: number | null;
  readonly baselineUntil: string | null;
  readonly violations: number;
  readonly violationsBySeverity: Readonly<Record<string, number>>;
  readonly findings: number;
  readonly findingsBySeverity: Readonly<Record<string, number>>;
  readonly topFindings: readonly ShownFinding[];
  readonly newestEvents: readonly EventEntry[];
}

const OverviewSchema = shape<Overview>({
  packets: Count,
  bytes: Count,
  firstSeen: nullable(Time),
  lastSeen: nullable(Time),
  captures: Count,
  assets: Count,
  assetsByRole: Counts,
  assetsByLevel: described(Counts, 'By Purdue level; `-1` is not known.'),
  assetsByVendor: Counts,
  conversations: Count,
  conversationsByProtocol: Counts,
  zones: list(ref(ZoneSchema)),
  conduitsByStatus: Counts,
  policyVersion: nullable(Count),
  baselineUntil: described(
    nullable(Time),
    'Until when what was heard is taken for normal; null: there is no baseline.',
  ),
  violations: Count,
  violationsBySeverity: Counts,
  findings: Count,
  findingsBySeverity: Counts,
  topFindings: list(ref(FindingSchema)),
  newestEvents: list(ref(EventSchema)),
});

interface Found {
  readonly assets: readonly AssetEntry[];
  readonly zones: readonly ZoneEntry[];
  readonly findings: readonly ShownFinding[];
}

const FoundSchema = shape<Found>({
  assets: list(ref(AssetSchema)),
  zones: list(ref(ZoneSchema)),
  findings: list(ref(FindingSchema)),
});

export const overviewRoutes: Routes = (app, context) => {
  app.get(
    '/overview',
    {
      config: { role: 'viewer', revisioned: TABLES },
      schema: {
        tags: ['overview'],
        summary: 'The plant in numbers, with what to look at first',
        response: { 200: OverviewSchema },
      },
    },
    async () => overviewOf(context),
  );

  app.get(
    '/search',
    {
      config: { role: 'viewer', revisioned: ['asset', 'zone', 'finding', 'decision'] },
      schema: {
        tags: ['overview'],
        summary: 'Assets, zones and findings that hold a text',
        querystring: Type.Object({ q: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
        response: { 200: FoundSchema },
      },
    },
    async ({ query: { q } }) => {
      const request = { search: q, limit: MOST };
      return {
        assets: context.reader.list('assets', request).items,
        zones: context.reader.list('zones', request).items,
        findings: withSuppressions(context, context.reader.list('findings', request).items),
      };
    },
  );
};

function overviewOf(context: Context): Overview {
  const { reader } = context;
  const { packets, bytes, firstSeen, lastSeen } = reader.heard();
  const by = (name: ListName, column: string) =>
    Object.fromEntries(reader.countBy(name, column).map(({ value, count }) => [String(value), count]));
  const bySeverity = (name: ListName) =>
    Object.fromEntries(
      reader.countBy(name, 'severity').map(({ value, count }) => [SEVERITIES[Number(value)] as string, count]),
    );
  return {
    ...{ packets, bytes, firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen) },
    captures: reader.count('captures'),
    assets: reader.count('assets'),
    assetsByRole: by('assets', 'role'),
    assetsByLevel: by('assets', 'purdueLevel'),
    assetsByVendor: by('assets', 'vendor'),
    conversations: reader.count('conversations'),
    conversationsByProtocol: by('conversations', 'protocol'),
    zones: reader.list('zones', { limit: 1000 }).items,
    conduitsByStatus: by('conduits', 'status'),
    policyVersion: reader.policy()?.version ?? null,
    baselineUntil: isoTime(reader.baselineUntil()),
    violations: reader.count('violations'),
    violationsBySeverity: bySeverity('violations'),
    findings: reader.count('findings'),
    findingsBySeverity: bySeverity('findings'),
    topFindings: withSuppressions(context, reader.list('findings', { limit: MOST }).items),
    newestEvents: reader.list('events', { limit: MOST }).items,
  };
}
