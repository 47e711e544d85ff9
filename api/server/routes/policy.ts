import type { FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { Type } from 'typebox';
import type { Policy } from '../../../agent/policy/policy.ts';
import { PolicyError } from '../../../agent/policy/policy-error.ts';
import type { PolicyEntry } from '../../../agent/store/entries.ts';
import type { Routes } from '../context.ts';
import { checkVersion, hasVersion } from '../http/conditional.ts';
import { YAML } from '../http/media-types.ts';
import { negotiate } from '../http/negotiate.ts';
import { addList, found } from '../route-kinds/list.ts';
import { Count, Done, described, ref, shape, Text } from '../schemas/values.ts';
import { PolicyPreviewSchema, PolicyVersionSchema } from '../schemas/zoning.ts';

const tag = 'policy';
const tags = [tag];
/** As messages name what was sent. */
const SENT = 'policy';

const PolicyText = described(Text, 'A policy: zones and conduits, YAML of version 1.');
const YamlBody = { content: { [YAML]: { schema: Type.String({ minLength: 1 }) } } };
const PolicyVersionText = shape<PolicyEntry & { readonly yaml: string }>({
  ...(PolicyVersionSchema as unknown as { properties: Record<keyof PolicyEntry, typeof Text> }).properties,
  yaml: PolicyText,
});
const PolicyAnswer = {
  description: 'The text as YAML, or with who set it and when as JSON.',
  content: { [YAML]: { schema: PolicyText }, 'application/json': { schema: PolicyVersionText } },
};

export const policyRoutes: Routes = (app, { reader, service }) => {
  app.addContentTypeParser([YAML, 'application/x-yaml', 'text/yaml'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  /** Policies are written one after another, so that the version that is looked at is the one that is replaced. */
  let writing: Promise<unknown> = Promise.resolve();
  const policyOf = async (yaml: string): Promise<Policy> => {
    const read = await service.keeper.readPolicy(yaml, SENT);
    if (read.policy === null) throw new PolicyError(SENT, read.problems);
    return read.policy;
  };

  const read: RouteShorthandOptions = { config: { role: 'viewer', problems: ['NOT_FOUND', 'NOT_ACCEPTABLE'] } };
  app.get(
    '/policy',
    { ...read, schema: { tags, summary: 'The policy that holds', response: { 200: PolicyAnswer } } },
    async (request, reply) => sendPolicy(request, reply, found(reader.policy(), 'policy')),
  );

  app.put(
    '/policy',
    {
      config: {
        role: 'analyst',
        problems: ['INVALID_POLICY', 'PRECONDITION_FAILED', 'PRECONDITION_REQUIRED', 'STORAGE_FULL'],
      },
      schema: {
        tags,
        summary: 'Makes a policy the one that holds; the one before stays among the versions',
        description:
          'Needs `If-Match` with the `ETag` of the policy that is replaced, or `If-None-Match: *` for the first.',
        querystring: Type.Object(
          { reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })) },
          { additionalProperties: false },
        ),
        body: YamlBody,
        response: { 200: shape<{ readonly version: number }>({ version: Count }) },
      },
    },
    async (request, reply) => {
      const yaml = request.body as string;
      const parsed = await policyOf(yaml);
      const { reason = null } = request.query;
      const written = writing.then(async () => {
        const current = reader.policy();
        checkVersion(request, current === undefined ? null : String(current.version));
        return service.keeper.setPolicy({ yaml, parsed, reason }, request.principal.name);
      });
      writing = written.catch(() => {});
      const version = (await written) as number;
      reply.header('etag', `"${version}"`);
      return reply.send({ version });
    },
  );

  app.delete(
    '/policy',
    {
      config: { role: 'analyst', problems: ['NOT_FOUND', 'PRECONDITION_FAILED', 'PRECONDITION_REQUIRED'] },
      schema: {
        tags,
        summary: 'No policy holds any more; zones and conduits are proposed again',
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const cleared = writing.then(async () => {
        const { version } = found(reader.policy(), 'policy');
        checkVersion(request, String(version));
        await service.keeper.setPolicy(null, request.principal.name);
      });
      writing = cleared.catch(() => {});
      await cleared;
      return reply.code(204).send();
    },
  );

  app.get(
    '/policy/proposal',
    {
      config: { role: 'viewer', perMinute: 60, problems: ['NOT_ACCEPTABLE'] },
      schema: {
        tags,
        summary: 'A policy from the traffic that was heard',
        response: { 200: { description: 'To be looked over, and set.', content: { [YAML]: { schema: PolicyText } } } },
      },
    },
    async ({ headers }, reply) => {
      negotiate(headers.accept, [YAML]);
      return reply.type(YAML).send(await service.keeper.proposePolicy());
    },
  );

  app.post(
    '/policy/check',
    {
      config: { role: 'viewer', perMinute: 240, problems: ['INVALID_POLICY'] },
      schema: {
        tags,
        summary: 'What a draft would make of the traffic: zones, conduits, violations; nothing is kept',
        body: YamlBody,
        response: { 200: ref(PolicyPreviewSchema) },
      },
    },
    async ({ body }) => service.keeper.previewPolicy(await policyOf(body as string)),
  );

  addList(app, reader, {
    url: '/policy/versions',
    name: 'policies',
    entry: PolicyVersionSchema,
    tag,
    summary: 'All versions of the policy',
  });

  app.get(
    '/policy/versions/:version',
    {
      ...read,
      schema: {
        tags,
        summary: 'A version of the policy',
        params: Type.Object({ version: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        response: { 200: PolicyAnswer },
      },
    },
    async (request, reply) => sendPolicy(request, reply, found(reader.policy(request.params.version), 'version')),
  );
};

function sendPolicy(request: FastifyRequest, reply: FastifyReply, policy: PolicyEntry & { readonly yaml: string }) {
  const form = negotiate(request.headers.accept, [YAML, 'application/json']);
  if (hasVersion(request, reply, String(policy.version))) return reply.code(304).send();
  return form === YAML ? reply.type(YAML).send(policy.yaml) : reply.send(policy);
}
