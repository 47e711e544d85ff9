/** The service from its settings to its end: opens everything, listens, and closes in an order that loses nothing. */
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { FieldmarkError } from '../../agent/errors.ts';
import { programFile } from '../../agent/program-files.ts';
import { KeeperThread } from '../../agent/service/keeper-thread.ts';
import { Reader } from '../../agent/store/reader.ts';
import { prepareDatabase } from '../../agent/store/tokens.ts';
import type { Settings } from '../configuration/settings.ts';
import { isLoopback } from '../configuration/values.ts';
import type { Context } from './context.ts';
import { EventClients, type EventLog } from './event-clients.ts';
import { KeeperWatch, relay } from './keeper-watch.ts';
import { Revisions } from './revisions.ts';
import { buildServer } from './server.ts';
import { Spool } from './spool.ts';

/** Events of one reading. */
const EVENTS_AT_ONCE = 200;

/** The built page, beside the built program. */
const PAGE = fileURLToPath(programFile('dist/web'));

export interface RunningService {
  /** Where it listens, e.g. `http://127.0.0.1:8470`. */
  readonly url: string;
  readonly context: Context;
  /** Lets requests under way finish, writes what is known, closes everything. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly settings: Settings;
  readonly logger: FastifyBaseLogger;
  /** Of the program. */
  readonly version: string;
  /** Folder of the built page; null for the API alone. */
  readonly page?: string | null;
  /** Milliseconds between two transactions. */
  readonly flushInterval?: number;
  /** Told when the worker ends though nobody closed it. */
  readonly onFailure?: (error: Error) => void;
}

/** @throws FieldmarkError DATABASE_*, SERVICE_UNSAFE or SERVICE_FAILED: then nothing is left open */
export async function runService(options: RunOptions): Promise<RunningService> {
  const { settings, logger, version, page = PAGE, flushInterval, onFailure = () => {} } = options;
  prepareDatabase(settings.db);
  const reader = new Reader(settings.db);
  const undo: (() => unknown)[] = [() => reader.close()];
  try {
    refuseOpenService(settings, reader);
    const spoolDirectory = settings.spool ?? `${settings.db}-captures`;
    const spool = new Spool(spoolDirectory, settings);
    const eventClients = new EventClients(settings, eventsOf(reader));
    const revisions = new Revisions(reader);
    const notify = relay(eventClients);
    let watch: KeeperWatch | undefined;
    undo.unshift(() => eventClients.close());
    const service = await KeeperThread.start({
      database: settings.db,
      spool: spoolDirectory,
      spoolBytes: keptBytes(settings),
      unpackLimit: spool.unpackLimit,
      giveWay: settings.interfaces.length === 0,
      ...(flushInterval !== undefined && { flushInterval }),
      onNotice(notice) {
        if (notice.kind === 'storage') logger.warn({ storage: notice.storage }, 'storage');
        if (notice.kind === 'sensor' && notice.first) {
          const { kind, interface: name, what, count } = notice.event;
          logger[kind === 'helper-started' || kind === 'interface-up' ? 'info' : 'warn'](
            { event: kind, interface: name, count },
            what,
          );
        }
        if (notice.kind === 'revision') revisions.changed();
        // whoever is told of a revision asks at once: the status must not be the one before it
        if (notice.kind === 'revision' && watch !== undefined) void watch.look().then(() => notify(notice));
        else notify(notice);
      },
      onFailure(error) {
        logger.fatal({ err: error }, 'the worker has ended');
        onFailure(error);
      },
    });
    undo.unshift(() => service.close());
    const started = await KeeperWatch.start(service);
    watch = started;
    undo.unshift(() => started.close());
    const context = { settings, reader, revisions, service, watch: started, spool, eventClients, version };
    const app = await buildServer({ context, logger, page });
    undo.unshift(() => app.close());
    const { host, port } = settings.listen;
    await app.listen({ host, port, listenTextResolver: () => 'listening' }).catch((error: Error) => {
      throw new FieldmarkError('SERVICE_FAILED', `cannot listen on ${host}:${port}: ${error.message}`, error);
    });
    return { url: urlOf(settings, app.server.address() as AddressInfo), context, close: () => undoAll(undo) };
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

/** Older captures make room for newer ones: the largest that may come, or half of all, stays free. */
function keptBytes({ maxSpool, maxUpload }: Settings): number {
  return Math.max(maxSpool - maxUpload, Math.floor(maxSpool / 2));
}

/** Who listens for others must know who they are. */
function refuseOpenService({ listen }: Settings, reader: Reader): void {
  if (isLoopback(listen.host) || reader.tokens().length > 0) return;
  const mend = 'add a token first (fieldmark token add), or listen on 127.0.0.1';
  throw new FieldmarkError('SERVICE_UNSAFE', `listen: ${listen.host} can be reached from other machines: ${mend}`);
}

async function undoAll(undo: readonly (() => unknown)[]): Promise<void> {
  for (const step of undo) await step();
}

function eventsOf(reader: Reader): EventLog {
  return {
    read(after) {
      const { items } = reader.list('events', { filter: { after }, sort: 'number', limit: EVENTS_AT_ONCE });
      return items.map((entry) => ({ id: entry.number, event: 'event', data: JSON.stringify(entry) }));
    },
    last: () => reader.lastEvent(),
    forgotten: () => reader.forgottenEvents(),
  };
}

function urlOf({ tlsCert, listen }: Settings, { port, family }: AddressInfo): string {
  const host = family === 'IPv6' && listen.host !== 'localhost' ? `[${listen.host}]` : listen.host;
  return `${tlsCert === null ? 'http' : 'https'}://${host}:${port}`;
}
