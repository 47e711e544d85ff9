/** Conditional requests (RFC 9110, section 13): what has not changed is not sent again, what has changed not overwritten. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { Problem } from './problem.ts';

/** Numbers count anew in another database: entity tags of one run mean nothing in the next. */
const RUN = randomBytes(4).toString('hex');

/**
 * Answers 304 to reads of what still has the revision that the client has.
 *
 * @param revision counts up whenever something in these tables changes
 */
export function addConditionalReads(app: App, revision: (tables: readonly string[]) => number): void {
  app.addHook('preHandler', async (request, reply) => {
    const tables = request.routeOptions.config.revisioned;
    if (tables === undefined) {
      reply.header('cache-control', 'no-store');
      return undefined;
    }
    // weak: what is equal in meaning may differ in its compression
    const tag = `W/"${RUN}-${revision(tables)}"`;
    reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'accept, authorization' });
    if (!matches(request.headers['if-none-match'], tag)) return undefined;
    return reply.code(304).send();
  });
}

/** Whether a list of entity tags, or `*`, holds one; compared weakly. */
function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((entry) => entry.trim() === '*' || opaque(entry) === opaque(tag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/**
 * Refuses to overwrite what has changed since it was read.
 *
 * @param version of what is there now; null when nothing is
 * @throws Problem PRECONDITION_REQUIRED or PRECONDITION_FAILED
 */
export function checkVersion({ headers }: FastifyRequest, version: string | null): void {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (match === undefined && noneMatch === undefined) throw new Problem('PRECONDITION_REQUIRED');
  const current = version === null ? null : versionTag(version);
  const expected = match === undefined || (current !== null && matches(match, current));
  const absent = noneMatch === undefined || current === null || !matches(noneMatch, current);
  if (!expected || !absent) {
    const now = version === null ? 'there is none yet' : `the newest is ${current}`;
    throw new Problem('PRECONDITION_FAILED', `it is not the version that was read: ${now}`);
  }
}

/** Names the version of what is sent; answers whether the client has it already: then nothing is to be sent. */
export function hasVersion({ headers }: FastifyRequest, reply: FastifyReply, version: string): boolean {
  const tag = versionTag(version);
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'accept, authorization' });
  return matches(headers['if-none-match'], tag);
}

function versionTag(version: string): string {
  return `"${version}"`;
}
