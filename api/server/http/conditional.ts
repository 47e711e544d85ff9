/** Conditional requests (RFC 9110, section 13): what has not changed is not sent again, what has changed not overwritten. */
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { KeptAnswers } from './kept-answers.ts';
import { Problem } from './problem.ts';

/** Numbers count anew in another database: entity tags of one run mean nothing in the next. */
const RUN = randomBytes(4).toString('hex');
/** Characters of an entity tag that is made of an answer's bytes: 132 bits. */
const TAG = 22;

/** The caller may keep it, and asks whether it still holds before using it again. */
const REVALIDATED = { 'cache-control': 'private, no-cache', vary: 'accept, authorization' };

/**
 * Gives every answer to a read its entity tag, and answers 304 where the client has it already. What is a function of
 * tables is told by their revision, and not made twice; everything else by its bytes.
 *
 * @param revision another one whenever these tables tell something else
 */
export function addConditionalReads(app: App, revision: (tables: readonly string[]) => string): void {
  const answers = new KeptAnswers();

  app.addHook('preHandler', async (request, reply) => {
    const tables = request.routeOptions.config.revisioned;
    if (tables === undefined) {
      reply.header('cache-control', 'no-store');
      return undefined;
    }
    // weak: what is equal in meaning may differ in its compression
    const tag = `W/"${RUN}-${revision(tables)}"`;
    reply.headers({ etag: tag, ...REVALIDATED });
    if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
    const answer = answers.get(asked(request), tag);
    return answer && reply.type(answer.type).send(answer.body);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return payload;
    const { revisioned, role } = request.routeOptions.config;
    const tag = reply.getHeader('etag');
    if (revisioned !== undefined && typeof tag === 'string' && typeof payload === 'string') {
      const body = Buffer.from(payload); // once, not each time it is sent
      answers.put(asked(request), { tag, type: String(reply.getHeader('content-type')), body });
      return body;
    }
    const known = typeof payload === 'string' || payload instanceof Uint8Array;
    if (tag !== undefined || !known || role === undefined || role === 'anyone') return payload;
    const own = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, TAG)}"`;
    reply.headers({ etag: own, ...REVALIDATED });
    if (!matches(request.headers['if-none-match'], own)) return payload;
    reply.code(304).removeHeader('content-type').removeHeader('content-disposition');
    return null;
  });
}

/** What a request asks for, as far as the answer depends on it. */
function asked({ url, headers }: FastifyRequest): string {
  return `${headers.accept ?? ''}\n${url}`;
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
