import { Type } from 'typebox';
import { LIMITS } from '../../agent/limits.ts';
import { isoTime } from '../../agent/report/time.ts';
import type { KeeperStatus } from '../../agent/service/keeper.ts';
import type { Role } from '../auth.ts';
import { ROLES } from '../auth.ts';
import type { Context, Routes } from '../context.ts';
import {
  Anything,
  Count,
  Counts,
  described,
  Flag,
  list,
  nullable,
  oneOf,
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

interface Sensor {
  readonly storage: { readonly ok: boolean; readonly code: string | null; readonly since: string | null };
  readonly answers: boolean;
  readonly reading: KeeperStatus['reading'];
  readonly queued: number;
  readonly flushMilliseconds: number | null;
  readonly flushes: number;
  readonly spoolBytes: number;
  readonly eventClients: number;
  readonly packets: number;
  readonly bytes: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
}

const SensorSchema = shape<Sensor>({
  storage: described(
    Type.Object({ ok: Flag, code: nullable(Text), since: nullable(Time) }, { additionalProperties: false }),
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
  flushMilliseconds: nullable(Type.Number()),
  flushes: Count,
  spoolBytes: Count,
  eventClients: Count,
  packets: Count,
  bytes: Count,
  firstSeen: nullable(Time),
  lastSeen: nullable(Time),
});

export const systemRoutes: Routes = (app, context) => {
  const { reader, watch, version } = context;

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
      schema: { tags: [tag], summary: 'How reading and writing fare', response: { 200: SensorSchema } },
    },
    async () => sensorOf(context),
  );

  app.get(
    '/sensor/counters',
    {
      config: { role: 'viewer' },
      schema: {
        tags: [tag],
        summary: 'How well the plant could be heard, in counts, by file',
        response: {
          200: Type.Object({ quality: Anything, files: list(Anything) }, { additionalProperties: false }),
        },
      },
    },
    async () => {
      const { quality, files } = watch.status.capture;
      return { quality, files };
    },
  );

  app.get(
    '/sensor/limits',
    {
      config: { role: 'viewer' },
      schema: {
        tags: [tag],
        summary: 'The ceilings of what grows with traffic, and how often each was hit',
        response: {
          200: Type.Object({ limits: Counts, hit: Counts }, { additionalProperties: false }),
        },
      },
    },
    async () => ({ limits: { ...LIMITS }, hit: { ...watch.status.capture.quality.limitsHit } }),
  );
};

function sensorOf({ watch, spool, eventClients }: Context): Sensor {
  const { storage, reading, queued, flushMilliseconds, flushes, capture } = watch.status;
  return {
    // the message names files: it is in the log
    storage: { ok: storage.ok, code: storage.code, since: isoTime(storage.since) },
    answers: watch.alive,
    ...{ reading, queued, flushMilliseconds, flushes },
    spoolBytes: spool.bytes,
    eventClients: eventClients.count,
    packets: capture.packets,
    bytes: capture.bytes,
    firstSeen: isoTime(capture.firstSeen),
    lastSeen: isoTime(capture.lastSeen),
  };
}
