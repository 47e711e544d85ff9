/** The types that everything in the service is written against. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Principal, Role } from './access/auth.ts';
import type { ProblemCode } from './http/problem.ts';

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route. Every route says so: one that does not is refused when the service starts. */
    readonly role?: Role | 'anyone';
    /** Problems that the route answers beyond those that every route does. */
    readonly problems?: readonly ProblemCode[];
    /** Tables of the store that the answer is a function of: it has an ETag, and is not made twice. */
    readonly revisioned?: readonly string[];
    /** Takes long, or much memory: so many requests per minute and client address. */
    readonly perMinute?: number;
    /** The body is read as it comes, and limited by who reads it. */
    readonly streamsBody?: boolean;
  }
  interface FastifyRequest {
    principal: Principal;
  }
}
