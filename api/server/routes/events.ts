import { Type } from 'typebox';
import { EVENT_KINDS, type EventKind } from '../../../agent/baseline/event.ts';
import type { Routes } from '../context.ts';
import { futureTime } from '../http/times.ts';
import { addDecision, Reason } from '../route-kinds/decision.ts';
import { addList, found } from '../route-kinds/list.ts';
import { AuditSchema, DecisionSchema, EventSchema } from '../schemas/records.ts';
import { Done, described, nullable, oneOf, Text, Time } from '../schemas/values.ts';

const tag = 'events';
const tags = [tag];

const STREAM = `Server-sent events. \`event\`: an entry of the list, with its number as \`id\`; a client that comes back with
\`Last-Event-ID\` misses none. \`missed\`: the events behind that number, up to \`until\`, are not kept any more, or the number is of
another database: read the lists anew. Without an \`id\`, of interest now: \`revision\` (something changed: which tables), \`capture\` (how far
its reading is), \`storage\` (whether what is heard can be written).`;

const SuppressionParams = Type.Object({ kind: oneOf(Object.keys(EVENT_KINDS) as EventKind[]) });
const SuppressionBody = Type.Object(
  {
    reason: Reason,
    until: Type.Optional(nullable(Time)),
    asset: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 256 }))),
  },
  { additionalProperties: false, description: '`asset`: only events about this one.' },
);

export const eventRoutes: Routes = (app, context) => {
  const { reader, service, eventClients } = context;
  addList(app, reader, {
    url: '/events',
    name: 'events',
    entry: EventSchema,
    tag,
    summary: 'What happened, and what changed since the baseline',
  });

  app.get(
    '/events/stream',
    {
      exposeHeadRoute: false,
      compress: false,
      config: { role: 'viewer', perMinute: 240, problems: ['UNAVAILABLE'] },
      schema: {
        tags,
        summary: 'Events as they happen',
        description: STREAM,
        headers: Type.Object({
          'last-event-id': Type.Optional(
            described(Type.Integer({ minimum: 0 }), 'Without it, only what happens from now on.'),
          ),
        }),
        response: { 200: { description: STREAM, content: { 'text/event-stream': { schema: Text } } } },
      },
    },
    async ({ headers, ip }, reply) => {
      const stream = eventClients.follow(ip, headers['last-event-id'] as number | undefined);
      reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      return reply.type('text/event-stream; charset=utf-8').send(stream as never);
    },
  );

  addDecision(app, context, {
    url: '/events/suppressions/:kind',
    tag,
    summary: 'Sets events of a kind aside, all or those about one asset',
    params: SuppressionParams,
    body: SuppressionBody,
    subject: ({ kind }) => ({ kind: 'suppression', key: `event ${kind}` }),
    decision: ({ kind }, { reason, until = null, asset = null }) => ({
      match: { kind, asset, conversation: null },
      reason,
      until: until === null ? null : futureTime('until', until),
    }),
  });

  app.get(
    '/baseline',
    {
      config: { role: 'viewer', revisioned: ['setting'], problems: ['NOT_FOUND'] },
      schema: {
        tags,
        summary: 'What was normal when the baseline was taken',
        response: { 200: Type.Unsafe<unknown>({ type: 'object', additionalProperties: true }) },
      },
    },
    async () => found(reader.setting('baseline') ?? undefined, 'baseline: nobody has taken one'),
  );

  app.put(
    '/baseline',
    {
      config: { role: 'analyst', problems: ['STORAGE_FULL'] },
      schema: { tags, summary: 'Takes what was heard until now for normal', response: { 204: Done } },
    },
    async ({ principal }, reply) => {
      await service.keeper.takeBaseline(principal.name);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/baseline',
    {
      config: { role: 'analyst', problems: ['NOT_FOUND', 'STORAGE_FULL'] },
      schema: { tags, summary: 'Forgets the baseline', response: { 204: Done } },
    },
    async ({ principal }, reply) => {
      found(reader.setting('baseline') ?? undefined, 'baseline');
      await service.keeper.setSetting('baseline', null, principal.name);
      return reply.code(204).send();
    },
  );

  addList(app, reader, {
    url: '/decisions',
    name: 'decisions',
    entry: DecisionSchema,
    tag: 'decisions',
    summary: 'What operators decided: overrides, zones, moves, conduits, attestations, suppressions',
  });

  addList(app, reader, {
    url: '/audit',
    name: 'audit',
    entry: AuditSchema,
    tag: 'audit',
    summary: 'Who changed what',
    role: 'admin',
  });
};
