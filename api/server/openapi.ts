/** The OpenAPI document: made of the same schemas that check requests and write answers. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { RouteOptions } from 'fastify';
import type { App } from './app.ts';
import { PROBLEM_TYPE, PROBLEMS, type ProblemCode } from './http/problem.ts';
import { SCHEMAS } from './schemas/index.ts';
import { ProblemSchema } from './schemas/problem.ts';
import { ref } from './schemas/values.ts';

const DESCRIPTION = `What Fieldmark knows of a plant: assets with their evidence, who talks to whom doing what, zones and
conduits, violations, findings, and what operators decided. Absent knowledge is \`null\`; times are ISO 8601 UTC with microseconds.
Every list takes \`limit\` and \`cursor\`, and answers CSV to \`Accept: text/csv\`. Errors are problem details (RFC 9457) with a stable \`code\`.`;

/** What any request may be answered, beyond what its route says. */
const OF_EVERY_REQUEST: readonly ProblemCode[] = [
  'MALFORMED_REQUEST',
  'FOREIGN_HOST',
  'FOREIGN_ORIGIN',
  'HEADERS_TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'UNAVAILABLE',
];

/** Adds the document, its page, and to every route's schema the problems it may answer. To be called before any route is added. */
export async function addOpenApi(app: App, version: string): Promise<void> {
  for (const schema of SCHEMAS) app.addSchema(schema);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fieldmark',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    refResolver: { buildLocalReference: (schema) => String(schema['$id']) },
  });
  app.addHook('onRoute', describeProblems);
}

/** Serves the document. */
export function addDocumentRoute(app: App): void {
  app.get('/openapi.json', { config: { role: 'viewer' }, schema: { hide: true } }, async () => app.swagger());
}

/** A page to browse the document by: static files, which tell nothing of the plant. */
export async function addDocumentPage(app: App): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'anyone' };
    });
    await scope.register(swaggerUi, { routePrefix: '/docs' });
  });
}

/** The problems that a route may answer, each once. */
export function problemsOf(route: Pick<RouteOptions, 'config' | 'schema' | 'method'>): readonly ProblemCode[] {
  const { role, problems = [] } = route.config ?? {};
  const { params, querystring, body } = route.schema ?? {};
  const codes: ProblemCode[] = [...OF_EVERY_REQUEST, ...problems];
  if (role !== 'anyone') codes.push('UNAUTHENTICATED', 'FORBIDDEN');
  if (params !== undefined) codes.push('NOT_FOUND', 'URI_TOO_LONG');
  if (params !== undefined || querystring !== undefined) codes.push('INVALID_PARAMETER');
  if (body !== undefined) codes.push('INVALID_BODY', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'REQUEST_TIMEOUT');
  return [...new Set(codes)].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);
}

function describeProblems(route: RouteOptions): void {
  if (route.schema === undefined || (route.schema as { hide?: boolean }).hide) return;
  const codes = problemsOf(route);
  const described: Record<number, unknown> = {};
  for (const status of new Set(codes.map((code) => PROBLEMS[code].status))) {
    const ofStatus = codes.filter((code) => PROBLEMS[code].status === status);
    described[status] = {
      description: ofStatus.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
      content: { [PROBLEM_TYPE]: { schema: ref(ProblemSchema) } },
    };
  }
  const given = (route.schema.response ?? {}) as Record<string, unknown>;
  const role = route.config?.role;
  const needsToken = role !== 'anyone';
  route.schema = {
    ...route.schema,
    'x-role': role,
    response: { ...described, ...given },
    ...(needsToken && { security: [{ token: [] }] }),
  } as typeof route.schema;
}
