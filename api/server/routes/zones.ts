import { Type } from 'typebox';
import type { Routes } from '../context.ts';
import { Problem } from '../http/problem.ts';
import { addDecision, addressOf, ById, MaybeReason } from '../route-kinds/decision.ts';
import { addList, found } from '../route-kinds/list.ts';
import { Flag, Id, list, nullable, ref } from '../schemas/values.ts';
import { Level, MemberSchema, ZoneKindName, ZoneSchema } from '../schemas/zoning.ts';

const tag = 'zones';

const ZoneBody = Type.Object(
  {
    name: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 200 }))),
    kind: Type.Optional(nullable(ZoneKindName)),
    securityLevelTarget: Type.Optional(nullable(Level)),
    locked: Type.Optional(Flag),
    reason: MaybeReason,
  },
  { additionalProperties: false, description: 'What is absent or null stays as it is proposed.' },
);

const MoveBody = Type.Object({ zone: Id, reason: MaybeReason }, { additionalProperties: false });

export const zoneRoutes: Routes = (app, context) => {
  const { reader } = context;
  addList(app, reader, { url: '/zones', name: 'zones', entry: ZoneSchema, tag, summary: 'Zones' });

  app.get(
    '/zones/:id',
    {
      config: { role: 'viewer', revisioned: ['zone'] },
      schema: { tags: [tag], summary: 'A zone', params: ById, response: { 200: ref(ZoneSchema) } },
    },
    async ({ params }) => found(reader.zone(params.id), 'zone'),
  );

  app.get(
    '/zones/:id/members',
    {
      config: { role: 'viewer', revisioned: ['zone'] },
      schema: {
        tags: [tag],
        summary: 'The assets of a zone, each with why it is there and where it would be otherwise',
        params: ById,
        response: { 200: list(ref(MemberSchema)) },
      },
    },
    async ({ params }) => found(reader.members(params.id), 'zone'),
  );

  addDecision(app, context, {
    url: '/zones/:id/decision',
    tag,
    summary: 'Names, classes or locks a zone',
    params: ById,
    body: ZoneBody,
    subject: ({ id }) => {
      found(reader.zone(id), 'zone');
      return { kind: 'zone', key: id };
    },
    decision: ({ id }, { name = null, kind = null, securityLevelTarget = null, locked = false, reason = null }) => {
      const members = locked ? (reader.members(id) ?? []) : [];
      return {
        kind: 'zone',
        zoneId: id,
        ...{ name, zoneKind: kind, securityLevelTarget, locked, reason },
        members: members.filter(({ assetId }) => !assetId.includes('/')).map(({ assetId }) => addressOf(assetId)),
      };
    },
  });

  addDecision(app, context, {
    url: '/assets/:id/zone',
    tag: 'assets',
    summary: 'Moves an asset into a zone',
    problems: ['CONFLICT'],
    params: ById,
    body: MoveBody,
    subject: ({ id }) => {
      found(reader.asset(id), 'asset');
      return { kind: 'move', key: addressOf(id) };
    },
    decision: ({ id }, { zone, reason = null }) => {
      if (reader.zone(zone) === undefined) throw new Problem('CONFLICT', `there is no zone ${zone}`);
      return { kind: 'move', address: addressOf(id), zoneId: zone, reason };
    },
  });
};
