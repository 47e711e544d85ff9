/** What operators decide: made or replaced by PUT, taken back by DELETE. Who and when is added here, never by the client. */
import { type Static, type TSchema, Type } from 'typebox';
import type { DecisionKind } from '../../../agent/store/entries.ts';
import type { App } from '../app.ts';
import type { Context } from '../context.ts';
import { Problem, type ProblemCode } from '../http/problem.ts';
import { now } from '../http/times.ts';
import { Done, Id, nullable } from '../schemas/values.ts';

export const Reason = Type.String({ minLength: 1, maxLength: 1000 });
/** Where a decision needs none. */
export const MaybeReason = Type.Optional(nullable(Reason));

/** What a decision is about: its key among those of its kind. */
export interface Subject {
  readonly kind: DecisionKind;
  readonly key: string;
}

export interface DecisionRoute<Params extends TSchema, Body extends TSchema> {
  readonly url: string;
  readonly tag: string;
  /** What making it does, e.g. `Moves an asset into a zone`. */
  readonly summary: string;
  readonly problems?: readonly ProblemCode[];
  readonly params: Params;
  readonly body: Body;
  /** @throws Problem NOT_FOUND when there is nothing to decide about */
  readonly subject: (params: Static<Params>) => Subject;
  /** The decision but for who made it and when. */
  readonly decision: (params: Static<Params>, body: Static<Body>) => object;
}

/** Adds the routes that make a decision and take it back. */
export function addDecision<Params extends TSchema, Body extends TSchema>(
  app: App,
  { reader, service }: Context,
  route: DecisionRoute<Params, Body>,
): void {
  const { url, tag, summary, problems = [], params, body } = route;
  const config = { role: 'analyst', problems } as const;
  const response = { 204: Done };
  app.put(url, { config, schema: { tags: [tag], summary, params, body, response } }, async (request, reply) => {
    const by = request.principal.name;
    const given = request.params as Static<Params>;
    const { kind, key } = route.subject(given);
    const decision = { ...route.decision(given, request.body as Static<Body>), by, at: now() };
    await service.keeper.decide(kind, key, decision, by);
    return reply.code(204).send();
  });
  const undo = `Takes it back: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
  app.delete(url, { config, schema: { tags: [tag], summary: undo, params, response } }, async (request, reply) => {
    const { kind, key } = route.subject(request.params as Static<Params>);
    const made = reader.count('decisions', { filter: { kind, key } });
    if (made === 0) throw new Problem('NOT_FOUND', 'no such decision was made');
    await service.keeper.decide(kind, key, null, request.principal.name);
    return reply.code(204).send();
  });
}

/** Path of something that is known by its id. */
export const ById = Type.Object({ id: Id });

/**
 * The address by which decisions about an asset are kept: the one its id is made of.
 * @throws Problem CONFLICT for a part, which has none of its own
 */
export function addressOf(assetId: string): string {
  const [, address] = /^(?:ip|mac)-([^/]+)$/.exec(assetId) ?? [];
  if (address === undefined) throw new Problem('CONFLICT', 'a part has no address of its own: decide about its device');
  return address;
}
