import { statSync } from 'node:fs';
import { Type } from 'typebox';
import { HELPERS } from '../../../agent/capture/live/helper.ts';
import { LIMITS } from '../../../agent/limits.ts';
import { isoTime } from '../../../agent/report/time.ts';
import type { KeeperStatus } from '../../../agent/service/keeper-status.ts';
import type { ListeningStatus } from '../../../agent/service/listener.ts';
import type { Role } from '../access/auth.ts';
import { ROLES } from '../access/auth.ts';
import type { Context, Routes } from '../context.ts';
import {
  Anything,
  Count,
  described,
  Flag,
  list,
  nullable,
  oneOf,
  ref,
  Share,
  shape,
  Text,
  Time,
} from '../schemas/values.ts';

const tag = 'sensor';

interface Session {
  readonly name: string;
  readonly role: Role;
  readonly version: string;
  readonly revision: number;
  readonly lastEvent: number;
}

interface Limit {
  readonly name: string;
  readonly ceiling: number;
  readonly hit: number;
}

interface Sensor {
  readonly version: string;
  readonly startedAt: string;
  readonly interfaces: readonly ListeningStatus[];
  readonly storage: {
    readonly state: 'ok' | 'failing';
    readonly bytes: number;
    readonly message: string | null;
    readonly since: string | null;
  };
  readonly answers: boolean;
  readonly reading: KeeperStatus['reading'];
  readonly queued: number;
  readonly flushMilliseconds: number | null;
  readonly flushes: number;
  readonly memoryBytes: number;
  readonly spoolBytes: number;
  readonly eventClients: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly limits: readonly Limit[];
}

const ListeningSchema = shape<ListeningStatus>({
  interface: Text,
  helper: oneOf(HELPERS),
  state: oneOf(['starting', 'listening', 'waiting', 'stopped']),
  interfaceState: described(Text, 'As the kernel has it: `up`, `down`, `unknown`, `notpresent`, …'),
  restarts: described(Count, 'Times that the helper had to be started again.'),
  packets: Count,
  packetsPerSecond: described(Count, 'Over the last half second.'),
  lost: described(Count, 'Packets that the kernel or the helper lost.'),
  shed: described(Count, 'Of `packets`, those counted but not read, as more came than could be.'),
  reading: described(Count, 'Of bulk transfers one frame in so many is read now; 1: all are.'),
  bytes: described(Count, 'That the helper handed over.'),
  sent: described(nullable(Count), 'Packets that this machine sent on the interface meanwhile: 0 on a mirror port.'),
  keptBytes: described(nullable(Count), 'Of frames on the disk; null when none are kept.'),
});

const SensorSchema = shape<Sensor>(
  {
    version: Text,
    startedAt: Time,
    interfaces: described(list(ListeningSchema), 'Interfaces that are listened to, and how that fares.'),
    storage: described(
      Type.Object(
        { state: oneOf(['ok', 'failing']), bytes: Count, message: nullable(Text), since: nullable(Time) },
        { additionalProperties: false },
      ),
      'Whether what is heard can be written; if not, since when and why.',
    ),
    answers: described(Flag, 'Whether the worker that reads and writes does.'),
    reading: nullable(
      shape<NonNullable<KeeperStatus['reading']>>({
        capture: Count,
        name: Text,
        bytesRead: Count,
        size: nullable(Count),
        packets: Count,
      }),
    ),
    queued: described(Count, 'Captures that wait for their turn.'),
    flushMilliseconds: described(nullable(Type.Number()), 'What the last transaction took.'),
    flushes: Count,
    memoryBytes: Count,
    spoolBytes: Count,
    eventClients: Count,
    counters: described(Type.Record(Type.String(), Type.Number()), 'How well the plant could be heard.'),
    limits: list(shape<Limit>({ name: Text, ceiling: Count, hit: Count })),
  },
  'Sensor',
);

interface Source {
  readonly name: string;
  readonly packets: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly lossShare: number;
}

const SourceSchema = shape<Source>(
  {
    name: described(Text, 'The capture, or how many captures.'),
    packets: Count,
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    lossShare: described(Share, 'Of the packets, those that whoever captured them says were lost.'),
  },
  'Source',
);

export const systemRoutes: Routes = (app, context) => {
  app.addSchema(SensorSchema);
  app.addSchema(SourceSchema);
  const { reader, version } = context;
  const sensor = lookedAt(context);

  app.get(
    '/session',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['session'],
        summary: 'Who asks, and what that permits',
        response: {
          200: shape<Session>({ name: Text, role: oneOf(ROLES), version: Text, revision: Count, lastEvent: Count }),
        },
      },
    },
    async ({ principal: { name, role } }) => {
      return { name, role, version, revision: reader.revisions().all, lastEvent: reader.lastEvent() };
    },
  );

  app.get(
    '/sensor',
    {
      config: { role: 'viewer' },
      schema: { tags: [tag], summary: 'How reading and writing fare', response: { 200: ref(SensorSchema) } },
    },
    async () => sensor(),
  );

  app.get(
    '/sensor/counters',
    {
      config: { role: 'viewer', revisioned: ['heard'] },
      schema: {
        tags: [tag],
        summary: 'How well the plant could be heard, in counts, by file',
        response: {
          200: Type.Object({ quality: Anything, files: list(Anything) }, { additionalProperties: false }),
        },
      },
    },
    async () => {
      const { quality, files } = reader.heard();
      return { quality, files };
    },
  );

  app.get(
    '/source',
    {
      config: { role: 'viewer', revisioned: ['heard'] },
      schema: { tags: [tag], summary: 'What is being looked at', response: { 200: ref(SourceSchema) } },
    },
    async () => sourceOf(context),
  );
};

/** The sensor as of the last look at it: the operating system is asked no more often, however many ask here. */
function lookedAt(context: Context): () => Sensor {
  let last: { readonly status: KeeperStatus; readonly sensor: Sensor } | undefined;
  return () => {
    const { status } = context.watch;
    if (last?.status !== status) last = { status, sensor: sensorOf(context) };
    return last.sensor;
  };
}

function sensorOf({ settings, watch, reader, spool, eventClients, version }: Context): Sensor {
  const { storage, reading, queued, interfaces, flushMilliseconds, flushes } = watch.status;
  const { limitsHit, messages: _, unreadable: __, ...counters } = reader.heard().quality;
  return {
    version,
    startedAt: isoTime(Math.floor(performance.timeOrigin) * 1000) as string,
    interfaces,
    storage: {
      state: storage.ok ? 'ok' : 'failing',
      bytes: statSync(settings.db, { throwIfNoEntry: false })?.size ?? 0,
      message: storage.ok ? null : `cannot be written: ${storage.code}`, // more of it is in the log: it names files
      since: isoTime(storage.since),
    },
    answers: watch.alive,
    ...{ reading, queued, flushMilliseconds, flushes },
    memoryBytes: process.memoryUsage.rss(),
    spoolBytes: spool.bytes,
    eventClients: eventClients.count,
    counters,
    limits: Object.entries(LIMITS).map(([name, ceiling]) => ({ name, ceiling, hit: limitsHit[name] ?? 0 })),
  };
}

function sourceOf({ reader }: Context): Source {
  const { packets, firstSeen, lastSeen, files, quality } = reader.heard();
  const [only] = files;
  const lost = quality.droppedByCapture;
  return {
    name: files.length === 1 && only !== undefined ? only.name : `${files.length} captures`,
    packets,
    firstSeen: isoTime(firstSeen),
    lastSeen: isoTime(lastSeen),
    lossShare: lost === 0 ? 0 : lost / (lost + packets),
  };
}
