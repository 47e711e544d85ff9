/** The service: everything that faces a program or a person over HTTP. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import { Ajv } from 'ajv';
import Fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';
import { FieldmarkError, fileError } from '../../agent/errors.ts';
import type { Settings } from '../configuration/settings.ts';
import { addConnectionCeiling } from './access/connection-ceiling.ts';
import { addGuards } from './access/guard.ts';
import type { App } from './app.ts';
import type { Context } from './context.ts';
import { addHealth } from './health.ts';
import { addConditionalReads } from './http/conditional.ts';
import { PROBLEM_TYPE, PROBLEMS, Problem, type ProblemCode, problemOf } from './http/problem.ts';
import { refuse } from './http/refuse.ts';
import { addDocumentPage, addDocumentRoute, addOpenApi } from './openapi.ts';
import { ROUTES } from './routes/index.ts';

/** Bytes of a body that is not a capture. */
const BODY_LIMIT = 1_000_000;
/** Bytes of all headers together. */
const HEADER_LIMIT = 16_384;
/** Milliseconds in which the headers of a request must have come; the same for the first byte of the next one. */
const HEADERS_TIMEOUT = 10_000;
const KEEP_ALIVE_TIMEOUT = 15_000;
/** Milliseconds after which connections that are too slow are looked for. */
const CHECK_INTERVAL = 2000;
/** Characters of one part of a path: the longest id. */
const MAX_PARAMETER_LENGTH = 256;

/**
 * Everything is from here: no script, style, font or image from elsewhere, nothing inline, no frame around us.
 * Images may be data: URLs, as the pages' own style sheets hold some.
 */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

export interface ServiceOptions {
  readonly context: Context;
  readonly logger: FastifyBaseLogger;
  /** Folder of the built page; null for the API alone. */
  readonly page: string | null;
}

/** Makes the service, ready to listen. @throws FieldmarkError SERVICE_FAILED when a certificate cannot be read */
export async function buildServer({ context, logger, page }: ServiceOptions): Promise<App> {
  const { settings, reader, revisions, version } = context;
  const app = Fastify({
    loggerInstance: logger,
    serverFactory: (handler) => server(handler, settings, logger),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    schemaController: {
      compilersFactory: {
        buildValidator: (() => validatorOf) as never, // its type knows compilers of its own only
        // answers are written as they are: the contract test, not the serializer, holds them to their schemas
        buildSerializer: () => () => (answer) => JSON.stringify(answer),
      },
    },
    frameworkErrors: sendProblem,
    clientErrorHandler,
  }) as unknown as App;

  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) => {
    if (page !== null && isViewOfPage(request)) return sendPage(page, reply);
    return sendProblem(new Problem('NOT_FOUND'), request, reply);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: settings.tlsCert === null ? false : { maxAge: 31_536_000 },
  });
  await addGuards(app, { settings, tokens: () => reader.tokens() });
  addConditionalReads(app, (tables) => revisions.of(tables));
  // quickly rather than tightly: what it spares is spent on the wire of one building
  const zlibOptions = { level: 1 };
  await app.register(compress, { encodings: ['gzip'], zlibOptions, globalDecompression: false, threshold: 4096 });
  await addOpenApi(app, version);

  const methods = methodsByUrl(app);
  addHealth(app, context); // it measures all routes that are added after it
  await app.register(
    async (scope) => {
      for (const addRoutes of ROUTES) addRoutes(scope as unknown as App, context);
    },
    { prefix: '/api/v1' },
  );
  addDocumentRoute(app);
  refuseOtherMethods(app, methods);
  await addDocumentPage(app);
  if (page !== null && existsSync(page)) await addPage(app, page);
  app.addHook('preClose', async () => context.eventClients.close());
  return app;
}

function server(handler: RequestListener, settings: Settings, logger: FastifyBaseLogger): Server {
  const options: ServerOptions = {
    maxHeaderSize: HEADER_LIMIT,
    headersTimeout: HEADERS_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    requestTimeout: settings.uploadTimeout * 1000,
    connectionsCheckingInterval: CHECK_INTERVAL,
    noDelay: true,
  };
  const { tlsCert, tlsKey } = settings;
  const made =
    tlsCert === null || tlsKey === null
      ? createServer(options, handler)
      : tlsServer(
          {
            ...options,
            cert: secretFile(tlsCert, 'tlsCert'),
            key: secretFile(tlsKey, 'tlsKey'),
            minVersion: 'TLSv1.2',
            handshakeTimeout: HEADERS_TIMEOUT,
          },
          handler,
        );
  addConnectionCeiling(made, settings, logger);
  return made;
}

function tlsServer(options: Parameters<typeof createTlsServer>[0], handler: RequestListener): Server {
  try {
    return createTlsServer(options, handler);
  } catch (error) {
    const why = `no certificate (PEM) and the key that belongs to it: ${(error as Error).message}`;
    throw new FieldmarkError('SERVICE_FAILED', `tlsCert, tlsKey: ${why}`, error);
  }
}

function secretFile(path: string, setting: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new FieldmarkError('SERVICE_FAILED', `${setting}: ${path}: ${fileError(error).message}`, error);
  }
}

/** Query and path are text: numbers are read out of it, and one value stands for a list of one. */
const lenient = new Ajv({
  coerceTypes: 'array',
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i },
});
/** In JSON a number is a number. All that is wrong is told at once. */
const strict = new Ajv({ allErrors: true, formats: { 'date-time': lenient.formats['date-time'] as RegExp } });

function validatorOf({ schema, httpPart }: { readonly schema: object; readonly httpPart?: string }) {
  return (httpPart === 'body' ? strict : lenient).compile(schema);
}

/** Answers any error as problem details. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'request failed');
  else request.log.debug({ code: problem.code, detail: problem.detail }, 'request refused');
  if (PROBLEMS[problem.code].status === 413) reply.header('connection', 'close'); // the rest of the body is not wanted
  reply
    .removeHeader('etag')
    .code(problem.statusCode)
    .headers({ ...problem.headers, 'cache-control': 'no-store', 'x-request-id': request.id })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem.details(request.id)));
}

const SOCKET_PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/** What comes before there is a request: bytes that are not HTTP, headers without end. */
function clientErrorHandler(this: unknown, error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  refuse(socket, new Problem(SOCKET_PROBLEMS[error.code ?? ''] ?? 'MALFORMED_REQUEST'));
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Collects which methods each path has, as its routes are added. */
function methodsByUrl(app: App): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set<string>();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  return methods;
}

/** A path that exists answers other methods with 405 and `Allow` (RFC 9110, section 15.5.6). */
function refuseOtherMethods(app: App, methods: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [url, known] of [...methods]) {
    const allow = METHODS.filter((method) => known.has(method)).join(', ');
    app.route({
      url,
      method: METHODS.filter((method) => !known.has(method)),
      exposeHeadRoute: false,
      config: { role: 'anyone' },
      schema: { hide: true },
      handler: async () => {
        throw new Problem('METHOD_NOT_ALLOWED', `it has ${allow}`, { headers: { allow } });
      },
    });
  }
}

/** Whether a person goes to a view of the page, whose paths only the page knows. */
function isViewOfPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !/^\/(api|docs|files)\//.test(url) && (headers.accept ?? '').includes('text/html');
}

async function sendPage(folder: string, reply: FastifyReply): Promise<FastifyReply> {
  const document = await readFile(join(folder, 'index.html'));
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(document);
}

/** Serves the page: files with a hash in their names for ever, its document never without asking. */
async function addPage(app: App, folder: string): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'anyone' };
      route.schema = { ...route.schema, hide: true };
    });
    await scope.register(staticFiles, {
      root: folder,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (response, path) => {
        const lasting = path.includes('/files/');
        response.setHeader('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  });
}
