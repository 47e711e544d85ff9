import { Type } from 'typebox';
import { isoTime } from '../../../agent/report/time.ts';
import type { FindingEntry } from '../../../agent/store/entries.ts';
import type { Context, Routes } from '../context.ts';
import { futureTime, now } from '../http/times.ts';
import { addDecision, ById, Reason } from '../route-kinds/decision.ts';
import { addList, found } from '../route-kinds/list.ts';
import { FindingSchema, type FindingSuppression, type ShownFinding } from '../schemas/findings.ts';
import { nullable, ref, Time } from '../schemas/values.ts';
import { ViolationSchema } from '../schemas/zoning.ts';

const Suppression = Type.Object(
  { reason: Reason, until: Type.Optional(nullable(Time)) },
  { additionalProperties: false, description: '`until`: from then on it is shown again; without it, never.' },
);

export const findingRoutes: Routes = (app, context) => {
  const { reader } = context;
  addList(app, reader, {
    url: '/violations',
    name: 'violations',
    entry: ViolationSchema,
    tag: 'policy',
    summary: 'Flows that the policy does not allow',
  });

  addList(app, reader, {
    url: '/findings',
    name: 'findings',
    entry: FindingSchema,
    tag: 'findings',
    summary: 'What an assessor should know, with what proves it and what would mend it',
    and: ['decision'],
    shown: (entries) => withSuppressions(context, entries),
  });

  app.get(
    '/findings/:id',
    {
      config: { role: 'viewer', revisioned: ['finding', 'decision'] },
      schema: { tags: ['findings'], summary: 'A finding', params: ById, response: { 200: ref(FindingSchema) } },
    },
    async ({ params }) => {
      const [finding] = withSuppressions(context, [found(reader.finding(params.id), 'finding')]);
      return finding as ShownFinding;
    },
  );

  addDecision(app, context, {
    url: '/findings/:id/suppression',
    tag: 'findings',
    summary: 'Sets a finding aside, with a reason, for good or until a time',
    params: ById,
    body: Suppression,
    subject: ({ id }) => {
      found(reader.finding(id), 'finding');
      return { kind: 'finding', key: id };
    },
    decision: ({ id }, { reason, until = null }) => {
      return { finding: id, reason, until: until === null ? null : futureTime('until', until) };
    },
  });
};

/** What is kept of a finding that was set aside. */
interface SetAside {
  readonly finding: string;
  readonly reason: string;
  readonly by: string;
  /** Microseconds since 1970. */
  readonly at: number;
  readonly until: number | null;
}

/** The findings, each with why it is set aside; null when it is not, or no longer. */
export function withSuppressions({ reader }: Context, entries: readonly FindingEntry[]): ShownFinding[] {
  if (entries.length === 0) return [];
  const { items } = reader.list('decisions', {
    filter: { kind: 'finding' },
    limit: 1000,
  });
  const suppressions = new Map<string, FindingSuppression>();
  for (const { decision } of items) {
    const { finding, reason, by, at, until } = decision as SetAside;
    if (until !== null && until <= now()) continue;
    suppressions.set(finding, { reason, by, at: isoTime(at) as string, until: isoTime(until) });
  }
  return entries.map((entry) => ({ ...entry, suppressed: suppressions.get(entry.id) ?? null }));
}
