import { Type } from 'typebox';
import type { Routes } from '../context.ts';
import { addDecision, ById, Reason } from '../decisions.ts';
import { addList, found } from '../list.ts';
import { FindingSchema } from '../schemas/findings.ts';
import { nullable, ref, Time } from '../schemas/values.ts';
import { ViolationSchema } from '../schemas/zoning.ts';
import { futureTime } from '../times.ts';

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
  });

  app.get(
    '/findings/:id',
    {
      config: { role: 'viewer', revisioned: ['finding'] },
      schema: { tags: ['findings'], summary: 'A finding', params: ById, response: { 200: ref(FindingSchema) } },
    },
    async ({ params }) => found(reader.finding(params.id), 'finding'),
  );

  addDecision(app, context, {
    url: '/findings/:id/suppression',
    tag: 'findings',
    summary: 'Sets a finding aside, with a reason, for good or until a time',
    params: ById,
    body: Suppression,
    subject: ({ id }) => {
      found(reader.finding(id), 'finding');
      return { kind: 'suppression', key: `finding ${id}` };
    },
    decision: ({ id }, { reason, until = null }) => {
      return { finding: id, reason, until: until === null ? null : futureTime('until', until) };
    },
  });
};
