/** Requests to the service: every route that takes a body, and addresses with their queries. */
import { setImmediate as immediate } from 'node:timers/promises';
import type { InjectOptions } from 'fastify';
import { PROBLEM_TYPE, PROBLEMS } from '../../../api/server/http/problem.ts';
import { makeLogger } from '../../../api/server/logger.ts';
import { buildServer } from '../../../api/server/server.ts';
import { SAMPLES } from '../../api/requests.ts';
import { bodyOf, DEMO, startService, type TestService, upload } from '../../api/support.ts';
import type { Part, Target } from '../engine/case.ts';
import { demo } from './demo.ts';
import { YAML_WORDS } from './policy.ts';

/** The bytes are what follows the host in an address. */
const GET = 'GET';
/** Only the service's worker is in the way of these: nothing that the bytes say. */
const UNAVAILABLE = 503;
/** Their bytes are captures, which the reader's target is tried with; or they never end. */
const LEFT_OUT = ['POST /api/v1/captures', 'GET /api/v1/events/stream'];
const ODD_TYPES = ['text/plain', 'application/json; charset=utf-16', 'multipart/form-data', ''];

/** So many of the demo capture's: a small plant is looked through sooner. */
const FRAMES = 800;

const withBody = SAMPLES.filter(({ body, route }) => body !== undefined && !LEFT_OUT.includes(route));

export const target: Target = {
  name: 'bodies',
  tags: [
    GET,
    ...withBody.flatMap((sample) => [tagOf(sample), tagOf(sample)]),
    ...ODD_TYPES.map((type) => `PUT /api/v1/zones/plant/decision ${type}`),
  ],
  mostBytes: 8000,
  mostParts: 4,
  text: 'json',
  words: [
    ...YAML_WORDS,
    '%00',
    '%2e%2e%2f',
    '%ff',
    '&sort=-',
    '?cursor=',
    '&limit=',
    '&fields=',
    '&q=',
    'null',
    '2999-01-01T00:00:00Z',
  ],
  async open() {
    const service = await startService(['--rate-limit', '10000000']);
    await upload(service, 'demo.pcap', DEMO.subarray(0, demo()[FRAMES - 1]?.end));
    await service.settled();
    const ids = await idsOf(service);
    let failure = '';
    const write = (line: string) => {
      failure = line;
    };
    const logger = await makeLogger(service.context.settings, { write });
    const app = await buildServer({ context: service.context, logger, page: null });
    const gets = SAMPLES.filter(({ route }) => route.startsWith(GET) && !LEFT_OUT.includes(route));
    let asked = 0;
    return {
      covers: (path) => /^api\/server\/|^agent\/store\/(list-query|reader)/.test(path),
      seeds: [
        ...withBody.map(({ body, ...sample }): Part[] => [{ tag: tagOf(sample), bytes: content(body) }]),
        ...gets.map(({ path }): Part[] => [{ tag: GET, bytes: content(path) }]),
      ],
      async attempt(made) {
        for (const { tag, bytes } of made) {
          const [method = '', path = '', ...type] = tag.split(' ');
          const url = tag === GET ? addressOf(bytes) : path;
          if (url.includes('/events/stream')) continue;
          failure = '';
          asked++;
          const { statusCode, headers, body } = await app.inject({
            method: method as NonNullable<InjectOptions['method']>,
            url: withIds(url, ids),
            // each from elsewhere: limits of one client are not what is looked for
            remoteAddress: `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
            headers: {
              'if-none-match': '*',
              host: 'localhost',
              ...(type.length > 0 && { 'content-type': type.join(' ') }),
            },
            ...(tag === GET ? {} : { payload: Buffer.from(bytes) }),
          });
          await immediate(); // what a request leaves for later is done, and lets go of it
          if (statusCode >= 500 && statusCode !== UNAVAILABLE)
            throw new Error(`${tag}: ${statusCode} ${failure.slice(0, 2000)}`);
          if (statusCode < 400) continue;
          const problem = String(headers['content-type']).startsWith(PROBLEM_TYPE) ? JSON.parse(body) : {};
          if (!(problem.code in PROBLEMS))
            throw new Error(`${tag}: ${statusCode} is no problem of ours: ${body.slice(0, 200)}`);
        }
      },
      async close() {
        await app.close();
        await service.close();
      },
    };
  },
};

function tagOf({ route, path, type = 'application/json' }: { route: string; path: string; type?: string }): string {
  return `${route.split(' ', 1)[0]} ${path} ${type}`;
}

function content(body: unknown): Uint8Array {
  return Uint8Array.from(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8'));
}

/** Any bytes as an address that the client can parse: to it, a backslash is a slash, and what follows two is a host. */
function addressOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^\x21-\x7e]|\\/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return text.startsWith('/') ? text.replace(/^\/+/, '/') : `/${text}`;
}

/** Ids that only the service knows. */
async function idsOf(service: TestService): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, list] of [
    ['conversation', '/conversations'],
    ['conduit', '/conduits'],
    ['finding', '/findings'],
  ] as const) {
    const { items } = await bodyOf(await service.fetch(`/api/v1${list}`));
    ids.set(`:${name}`, encodeURIComponent(items[0]?.id ?? ''));
  }
  return ids;
}

function withIds(url: string, ids: ReadonlyMap<string, string>): string {
  return url.replace(/:(?:conversation|conduit|finding)\b/, (name) => ids.get(name) ?? name);
}
