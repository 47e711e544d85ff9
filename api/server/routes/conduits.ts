import { Type } from 'typebox';
import type { Routes } from '../context.ts';
import { futureTime } from '../http/times.ts';
import { addDecision, ById, MaybeReason } from '../route-kinds/decision.ts';
import { addList, found } from '../route-kinds/list.ts';
import { nullable, oneOf, ref, Time } from '../schemas/values.ts';
import { ConduitSchema } from '../schemas/zoning.ts';

const tag = 'conduits';

const Body = Type.Object(
  {
    status: oneOf(['approved', 'rejected']),
    until: Type.Optional(nullable(Time)),
    reason: MaybeReason,
  },
  { additionalProperties: false, description: '`until`: from then on it is proposed again; without it, for good.' },
);

export const conduitRoutes: Routes = (app, context) => {
  const { reader } = context;
  addList(app, reader, {
    url: '/conduits',
    name: 'conduits',
    entry: ConduitSchema,
    tag,
    summary: 'What passes, or may pass, between zones, with the decisions about it',
  });

  app.get(
    '/conduits/:id',
    {
      config: { role: 'viewer', revisioned: ['conduit'] },
      schema: { tags: [tag], summary: 'A conduit', params: ById, response: { 200: ref(ConduitSchema) } },
    },
    async ({ params }) => found(reader.conduit(params.id), 'conduit'),
  );

  addDecision(app, context, {
    url: '/conduits/:id/decision',
    tag,
    summary: 'Approves or rejects a conduit, for good or until a time',
    params: ById,
    body: Body,
    subject: ({ id }) => {
      const { from, to } = found(reader.conduit(id), 'conduit');
      return { kind: 'conduit', key: `${from} ${to}` };
    },
    decision: ({ id }, { status, until = null, reason = null }) => {
      const { from, to } = found(reader.conduit(id), 'conduit');
      return { from, to, status, reason, until: until === null ? null : futureTime('until', until) };
    },
  });
};
