/** A service for tests: a database of its own, a worker, the demo capture read; asked by injection or over a socket. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addToken } from '../../agent/store/tokens.ts';
import { configure } from '../../api/configuration/configuration.ts';
import { newToken, ROLES, type Role, tokenHash } from '../../api/server/access/auth.ts';
import { makeLogger } from '../../api/server/logger.ts';
import { type RunningService, runService } from '../../api/server/run-service.ts';

export const DEMO = readFileSync(fileURLToPath(new URL('../../fixtures/plant/demo.pcap', import.meta.url)));

export interface TestService extends RunningService {
  readonly folder: string;
  readonly tokens: Readonly<Record<Role, string>>;
  /** Lines of the log. */
  readonly log: string[];
  /** A request over a socket. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Waits until a capture is no longer queued or being read, and all that follows from it is there. */
  settled(): Promise<void>;
}

/** @param flags settings, as on the command line */
export async function startService(
  flags: readonly string[] = [],
  { page = null, db: path, flushInterval = 100 }: { page?: string | null; db?: string; flushInterval?: number } = {},
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-api-'));
  const db = path ?? join(folder, 'test.db');
  const settings = configure(['--db', db, '--listen', '127.0.0.1:0', '--log-level', 'debug', ...flags], {}, 'serve');
  const tokens = Object.fromEntries(
    ROLES.map((role) => {
      const token = newToken();
      const id = `${role} ${token.slice(-8)}`; // of a database that is opened again, each time another
      addToken(db, { id, hash: tokenHash(token), role, label: `the ${role}` }, 'test', 1);
      return [role, token];
    }),
  ) as Record<Role, string>;
  const log: string[] = [];
  const logger = await makeLogger(settings, { write: (line) => void log.push(line) });
  const service = await runService({ settings, logger, version: '0.0.0', page, flushInterval });
  const fetchPath = (path: string, init?: RequestInit) => fetch(`${service.url}${path}`, init);
  return {
    ...service,
    folder,
    tokens,
    log,
    fetch: fetchPath,
    async settled() {
      await service.context.service.keeper.idle();
      await service.context.service.keeper.flush();
    },
    async close() {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A service that has read the demo capture. */
export async function startDemo(flags: readonly string[] = []): Promise<TestService> {
  const service = await startService(flags);
  const response = await upload(service, 'demo.pcap', DEMO);
  if (response.status !== 201) throw new Error(await response.text());
  await service.settled();
  return service;
}

export function upload(
  service: TestService,
  name: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return service.fetch(`/api/v1/captures?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: body as NonNullable<RequestInit['body']>,
  });
}

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** What tests look at in answers; each answer has its share of it. */
interface AnyBody {
  readonly code: string;
  readonly instance: string;
  readonly id: number;
  readonly name: string;
  readonly total: number;
  readonly items: readonly { readonly id: string }[];
  readonly errors: readonly { readonly at: string; readonly message: string }[];
}

/** The JSON of an answer. */
export async function bodyOf(response: Response): Promise<AnyBody> {
  return (await response.json()) as AnyBody;
}
