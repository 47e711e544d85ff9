/** What watches over the service: is it there, is it ready, how busy is it. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ListeningStatus } from '../../agent/service/listener.ts';
import type { App } from './app.ts';
import type { Context } from './context.ts';
import { Count, described, Flag, nullable, oneOf, shape, Text } from './schemas/values.ts';

interface Health {
  readonly status: 'ok' | 'degraded';
  /** Whether what is heard is written down. */
  readonly storage: boolean;
  /** E.g. `SQLITE_FULL`. */
  readonly storageError: string | null;
  /** Whether the worker that reads and writes answers. */
  readonly worker: boolean;
  /** Whether every interface that should be is listened to: not while a helper is started again. */
  readonly listening: boolean;
  /** Packets lost on all interfaces so far. */
  readonly lost: number;
  /** Packets counted but not read so far, as more came than could be. */
  readonly shed: number;
}

const HealthSchema = shape<Health>({
  status: oneOf(['ok', 'degraded']),
  storage: Flag,
  storageError: nullable(Text),
  worker: Flag,
  listening: described(Flag, 'Whether every interface that should be is listened to.'),
  lost: described(Count, 'Packets lost on all interfaces so far.'),
  shed: described(Count, 'Packets counted but not read so far, as more came than could be.'),
});

/** Seconds; a page that answers within the first few is quick. */
const DURATIONS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function addHealth(app: App, context: Context): void {
  const { watch } = context;
  const tags = ['health'];
  const health = (): Health => {
    const { ok, code } = watch.status.storage;
    const worker = watch.alive;
    const { interfaces } = watch.status;
    const listening = interfaces.every(({ state }) => state === 'listening');
    const lost = interfaces.reduce((sum, one) => sum + one.lost, 0);
    const shed = interfaces.reduce((sum, one) => sum + one.shed, 0);
    const status = ok && worker && listening ? 'ok' : 'degraded';
    return { status, storage: ok, storageError: code, worker, listening, lost, shed };
  };

  app.get(
    '/healthz',
    {
      config: { role: 'anyone' },
      schema: { tags, summary: 'Whether the service lives, and how it fares', response: { 200: HealthSchema } },
    },
    async () => health(),
  );

  app.get(
    '/readyz',
    {
      config: { role: 'anyone' },
      schema: {
        tags,
        summary:
          'Whether it can do its work: 503 while what is heard cannot be written, an interface is not listened to, or the worker does not answer',
        response: { 200: HealthSchema, 503: HealthSchema },
      },
    },
    async (_request, reply) => {
      const state = health();
      return reply.code(state.status === 'ok' ? 200 : 503).send(state);
    },
  );

  const registry = metricsOf(app, context);
  app.get(
    '/metrics',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Counts and durations for Prometheus',
        response: { 200: { description: 'Text exposition format.', content: { 'text/plain': { schema: Text } } } },
      },
    },
    async (_request, reply) => reply.type(registry.contentType).send((await registry.metrics()) as never),
  );
}

function metricsOf(app: App, { watch, eventClients }: Context): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const durations = new Histogram({
    name: 'fieldmark_http_request_seconds',
    help: 'Time to answer a request, by route, method and status',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: DURATIONS,
    registers,
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ route, method: request.method, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('fieldmark_assets', 'Assets known', () => watch.status.assets);
  gauge('fieldmark_conversations', 'Conversations known', () => watch.status.conversations);
  gauge('fieldmark_packets', 'Packets heard', () => watch.status.packets);
  gauge('fieldmark_captures_queued', 'Captures that wait to be read', () => watch.status.queued);
  gauge('fieldmark_event_clients', 'Clients that follow events', () => eventClients.count);
  gauge('fieldmark_storage_ok', 'Whether what is heard can be written: 1 or 0', () =>
    watch.status.storage.ok ? 1 : 0,
  );
  const perInterface = (name: string, help: string, value: (one: ListeningStatus) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['interface'] as const,
      registers,
      collect() {
        for (const one of watch.status.interfaces) this.set({ interface: one.interface }, value(one));
      },
    });
  perInterface('fieldmark_interface_packets', 'Packets heard', ({ packets }) => packets);
  perInterface('fieldmark_interface_lost', 'Packets that the kernel or the helper lost', ({ lost }) => lost);
  perInterface('fieldmark_interface_shed', 'Packets counted but not read', ({ shed }) => shed);
  perInterface('fieldmark_interface_sent', 'Packets sent by this machine: 0 on a mirror port', ({ sent }) => sent ?? 0);
  perInterface('fieldmark_interface_listening', 'Whether it is listened to: 1 or 0', ({ state }) =>
    state === 'listening' ? 1 : 0,
  );
  gauge('fieldmark_flush_seconds', 'Time of the last transaction', () => (watch.status.flushMilliseconds ?? 0) / 1000);
  return registry;
}
