/** What every request passes before its route: meant for us, not too often, from somebody who may, in time. */
import { PassThrough } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler, RouteOptions } from 'fastify';
import type { TokenRecord } from '../../../agent/store/reader.ts';
import type { Settings } from '../../configuration/settings.ts';
import { isLoopback } from '../../configuration/values.ts';
import type { App } from '../app.ts';
import { Problem } from '../http/problem.ts';
import { LOCAL, permit, principalOf } from './auth.ts';
import { checkProvenance } from './origin.ts';

/** Milliseconds in which a body other than an upload must have come. */
export const BODY_TIMEOUT = 10_000;

/** Milliseconds by which the event loop may be late before requests are turned away. */
const MAX_DELAY = 3000;

const MINUTE = 60_000;

export interface GuardOptions {
  readonly settings: Settings;
  /** The tokens that are good at this moment. */
  readonly tokens: () => readonly TokenRecord[];
}

/** Adds the guards, in the order in which a request passes them. To be called before any route is added. */
export async function addGuards(app: App, { settings, tokens }: GuardOptions): Promise<void> {
  const tokenNeeded = settings.requireToken || !isLoopback(settings.listen.host);
  app.decorateRequest('principal', null as never);

  app.addHook('onRequest', async (request) => {
    request.principal = LOCAL;
    checkProvenance(request.raw.url ?? '', request.headers, settings.hosts);
  });

  await app.register(rateLimit, { global: false, errorResponseBuilder: tooMany });
  app.addHook('onRequest', app.rateLimit({ max: settings.rateLimit, timeWindow: MINUTE }) as onRequestAsyncHookHandler);

  await app.register(underPressure, {
    maxEventLoopDelay: MAX_DELAY,
    pressureHandler: (request) => {
      if (request.routeOptions.config.role === 'anyone') return; // whoever watches over us must hear of it
      throw new Problem('UNAVAILABLE', 'the service is overloaded', { headers: { 'retry-after': '5' } });
    },
  });

  app.addHook('onRequest', async (request) => {
    const { role } = request.routeOptions.config;
    if (role === undefined || role === 'anyone') return; // without a role only what does not exist: see onRoute
    request.principal = principalOf(request.headers.authorization, tokens, tokenNeeded);
    permit(request.principal, role);
  });

  const routes: RouteOptions[] = [];
  app.addHook('onReady', async () => {
    const open = routes.find(({ config }) => config?.role === undefined);
    if (open !== undefined) throw new Error(`${String(open.method)} ${open.url} does not say who may use it`);
  });
  app.addHook('onRoute', (route) => {
    routes.push(route);
    const perMinute = route.config?.perMinute;
    if (perMinute === undefined) return;
    const limit = app.rateLimit({
      max: perMinute,
      timeWindow: MINUTE,
      groupId: `${String(route.method)} ${route.url}`,
    });
    route.preValidation = [limit as onRequestAsyncHookHandler, ...[route.preValidation ?? []].flat()] as never;
  });

  app.addHook('preParsing', limitBody);
}

function tooMany(_request: FastifyRequest, { ttl }: { ttl: number }): Problem {
  return new Problem('TOO_MANY_REQUESTS', `come back in ${Math.ceil(ttl / 1000)} seconds`);
}

/** Bodies are taken as they are, and within a time limit: who sends a byte now and then holds nothing for long. */
async function limitBody(request: FastifyRequest, reply: FastifyReply, payload: NodeJS.ReadableStream) {
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', `send it without content-encoding ${coding}`);
  }
  const { headers, routeOptions } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody || routeOptions.config.streamsBody) return payload;
  const limited = payload.pipe(new PassThrough());
  limited.on('error', () => {}); // who reads it hears of it; once nobody does, it matters to nobody
  payload.once('error', (error) => limited.destroy(error));
  const timer = setTimeout(() => {
    reply.header('connection', 'close');
    limited.destroy(new Problem('REQUEST_TIMEOUT'));
  }, BODY_TIMEOUT);
  limited.once('close', () => clearTimeout(timer));
  reply.raw.once('close', () => limited.destroy());
  return limited;
}
