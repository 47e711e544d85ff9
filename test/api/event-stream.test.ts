/** Server-sent events over a socket: who comes back misses nothing, and is told when something is not to be had any more. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventClients, type EventLog } from '../../api/server/event-clients.ts';
import { bodyOf, DEMO, startDemo, startService, type TestService, upload } from './support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startDemo(['--max-event-clients', '4', '--max-event-clients-per-address', '3']);
});
afterAll(() => service.close());

interface Told {
  readonly id: number | null;
  readonly event: string;
  readonly data: { readonly [field: string]: unknown };
}

/** The messages of a stream as they are on the wire; comments and the like are left out. */
function messagesOf(text: string): Told[] {
  return text
    .split('\n\n')
    .slice(0, -1) // what follows the last empty line has not come whole
    .map((block) => Object.fromEntries(block.split('\n').map((line) => [line.split(': ', 1)[0], line])))
    .filter((fields) => fields['event'] !== undefined)
    .map(({ id, event, data }) => ({
      id: id === undefined ? null : Number(id.slice('id: '.length)),
      event: (event as string).slice('event: '.length),
      data: JSON.parse((data as string).slice('data: '.length)),
    }));
}

/** Follows over a socket of its own until `enough`. */
async function follow(
  lastId: number | string | undefined,
  enough: (told: readonly Told[]) => boolean,
  from: TestService = service,
): Promise<Told[]> {
  const { hostname, port } = new URL(from.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const header = lastId === undefined ? '' : `Last-Event-ID: ${lastId}\r\n`;
  socket.write(`GET /api/v1/events/stream HTTP/1.0\r\nHost: localhost\r\n${header}\r\n`); // 1.0: nothing is chunked
  let text = '';
  for await (const part of socket.setEncoding('utf8')) {
    text += part;
    const body = text.split('\r\n\r\n')[1] ?? '';
    if (enough(messagesOf(body))) break;
  }
  socket.destroy();
  return messagesOf(text.split('\r\n\r\n')[1] ?? '');
}

async function kept(from: TestService = service): Promise<number[]> {
  const { items } = (await (await from.fetch('/api/v1/events?sort=number&limit=1000')).json()) as {
    items: { number: number }[];
  };
  return items.map(({ number }) => number);
}

describe('who comes back', () => {
  test('gets everything behind the last event that it had, in order', async () => {
    const numbers = await kept();
    expect(numbers.length).toBeGreaterThan(1);
    const last = numbers.at(-1);
    for (const had of [0, numbers[0] as number]) {
      const told = await follow(had, (all) => all.some(({ id }) => id === last));
      expect(told.map(({ id }) => id)).toEqual(numbers.filter((number) => number > had));
      expect(new Set(told.map(({ event }) => event))).toEqual(new Set(['event']));
    }
  });

  test('is told what happens next, without what it had', async () => {
    const last = (await kept()).at(-1) as number;
    await expect.poll(() => service.context.eventClients.count).toBe(0);
    const told = follow(last, (all) => all.some(({ event }) => event === 'revision'));
    await expect.poll(() => service.context.eventClients.count).toBe(1);
    const headers = { 'content-type': 'application/json' };
    const path = '/api/v1/assets/ip-10.20.20.11/overrides/location';
    const made = await service.fetch(path, { method: 'PUT', headers, body: '{"value": "Line 3"}' });
    expect(made.status).toBe(204);
    expect((await told).filter(({ id }) => id !== null && id <= last)).toEqual([]);
  });

  test.each(['x', '-1', '1.5'])('with %j as the last event is refused', async (lastId) => {
    const response = await service.fetch('/api/v1/events/stream', { headers: { 'last-event-id': lastId } });
    expect([response.status, (await bodyOf(response)).code]).toEqual([400, 'INVALID_PARAMETER']);
  });

  test('after a restart goes on where it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldmark-resume-'));
    try {
      const first = await startService([], { db: join(folder, 'plant.db') });
      await upload(first, 'demo.pcap', DEMO);
      await first.settled();
      const numbers = await kept(first);
      await first.close();
      const second = await startService([], { db: join(folder, 'plant.db') });
      const last = numbers.at(-1) as number;
      const told = await follow(numbers[0], (all) => all.some(({ id }) => id === last), second);
      await second.close();
      expect(told.map(({ id }) => id)).toEqual(numbers.slice(1));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('with a number of another database is told so, and where this one stands', async () => {
    const last = (await kept()).at(-1) as number;
    const [first] = await follow(last + 1000, (all) => all.length > 0);
    expect(first).toEqual({ id: last, event: 'missed', data: { after: last + 1000, until: last } });
  });
});

/** A log of numbered events, the first `forgotten` of which are not kept any more. */
function logOf(count: number, forgotten = 0, data = '{}'): EventLog {
  return {
    read: (after) =>
      Array.from({ length: Math.max(0, Math.min(10, count - Math.max(after, forgotten))) }, (_, index) => ({
        id: Math.max(after, forgotten) + index + 1,
        event: 'event',
        data,
      })),
    last: () => count,
    forgotten: () => forgotten,
  };
}

const LIMITS = { maxEventClients: 4, maxEventClientsPerAddress: 3 };

describe('what is not kept any more', () => {
  test.each([
    { had: 2, forgotten: 5, missed: { after: 2, until: 5 }, gets: [6, 7, 8] },
    { had: 5, forgotten: 5, missed: null, gets: [6, 7, 8] },
    { had: 6, forgotten: 5, missed: null, gets: [7, 8] },
    { had: undefined, forgotten: 5, missed: null, gets: [] },
  ])('who had $had of 8, of which $forgotten are gone', async ({ had, forgotten, missed, gets }) => {
    const clients = new EventClients(LIMITS, logOf(8, forgotten));
    const stream = clients.follow('192.0.2.1', had);
    clients.close();
    const text = (await stream.setEncoding('utf8').toArray()).join('');
    const told = messagesOf(text);
    expect(told.filter(({ event }) => event === 'missed').map(({ data }) => data)).toEqual(missed ? [missed] : []);
    expect(told.filter(({ event }) => event === 'event').map(({ id }) => id)).toEqual(gets);
  });

  test('a long way behind is caught up with as it is read, not all at once', async () => {
    const data = JSON.stringify('x'.repeat(5000));
    const clients = new EventClients(LIMITS, logOf(1000, 0, data)); // five megabytes
    const stream = clients.follow('192.0.2.1', 0);
    expect(stream.readableLength).toBeLessThan(200_000);
    let text = '';
    for await (const part of stream.setEncoding('utf8')) {
      text += part;
      if (text.includes('id: 1000\n')) break;
    }
    expect(messagesOf(`${text}\n\n`).map(({ id }) => id)).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
    await expect.poll(() => clients.count).toBe(0);
    clients.close();
  });

  test('who does not read is sent away', () => {
    const clients = new EventClients(LIMITS, logOf(0));
    clients.follow('192.0.2.1', undefined);
    for (let time = 0; time < 100; time++)
      clients.tell({ event: 'revision', data: JSON.stringify('x'.repeat(10_000)) });
    return expect.poll(() => clients.count).toBe(0);
  });
});

test('one address does not get all places', async () => {
  const { port } = new URL(service.url);
  const sockets: Socket[] = [];
  const status = async (localAddress: string): Promise<string> => {
    const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress });
    sockets.push(socket);
    socket.write('GET /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    return `${answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)} ${/"code":"(\w+)"/.exec(answer)?.[1] ?? ''}`;
  };
  await expect.poll(() => service.context.eventClients.count).toBe(0);
  const first = [];
  for (let number = 0; number < 4; number++) first.push(await status('127.0.0.1'));
  expect(first).toEqual(['200 ', '200 ', '200 ', '429 TOO_MANY_REQUESTS']);
  expect([await status('127.0.0.2'), await status('127.0.0.2')]).toEqual(['200 ', '503 UNAVAILABLE']);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => service.context.eventClients.count).toBe(0);
});
