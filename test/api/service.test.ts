/** What the service does: lists by pages, conditional requests, uploads, frames, events as they happen. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY } from './requests.ts';
import { bodyOf, DEMO, startDemo, startService, type TestService, upload } from './support.ts';

interface Item {
  readonly id: string;
  readonly [field: string]: unknown;
}
interface Page {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: string | null;
}

let service: TestService;
beforeAll(async () => {
  service = await startDemo();
});
afterAll(() => service.close());

const json = async <T>(path: string, init?: RequestInit) => (await (await service.fetch(path, init)).json()) as T;

/** Reads a stream of events until `enough` says so. */
async function events(response: Response, enough: (text: string) => boolean): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!enough(text)) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    text += part.value;
  }
  await reader?.cancel();
  return text;
}

describe('lists', () => {
  test.each(['assets', 'conversations', 'matrix/assets'])(
    '%s: pages make the whole, once and in order',
    async (list) => {
      const whole = await json<Page>(`/api/v1/${list}?limit=1000`);
      expect(whole.total).toBe(whole.items.length);
      const items: Item[] = [];
      let next: string | null = '';
      while (next !== null) {
        const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
        const page: Page = await json(`/api/v1/${list}?limit=7${cursor}`);
        expect(page.total).toBe(whole.total);
        items.push(...page.items);
        next = page.next;
      }
      expect(items).toEqual(whole.items);
    },
  );

  test('pages go on rightly while entries come and change', async () => {
    const other = await startService();
    try {
      await upload(other, 'first.pcap', DEMO.subarray(0, 300_000));
      await other.settled();
      const read = async (path: string) => (await (await other.fetch(path)).json()) as Page;
      const were = (await read('/api/v1/assets?limit=1000')).items.map(({ id }) => id);
      const met: string[] = [];
      let next: string | null = '';
      for (let pages = 0; next !== null; pages++) {
        const page: Page = await read(
          `/api/v1/assets?limit=5${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`,
        );
        met.push(...page.items.map(({ id }) => id));
        next = page.next;
        if (pages === 1) await upload(other, 'second.pcap', DEMO);
        if (pages === 2) await other.settled();
      }
      expect(met.length).toBe(new Set(met).size);
      expect(met).toEqual(expect.arrayContaining(were));
    } finally {
      await other.close();
    }
  });

  test('filters hold together, their values are alternatives', async () => {
    const { items } = await json<Page>('/api/v1/assets?role=plc&role=rtu&protocol=modbus&protocol=dnp3&q=10.20.20.1');
    expect(items.length).toBeGreaterThan(0);
    for (const { role, ip } of items) {
      expect(['plc', 'rtu']).toContain(role);
      expect(String(ip)).toContain('10.20.20.1');
    }
  });

  test('only the fields that were chosen, in that order', async () => {
    const { items } = await json<Page>('/api/v1/assets?limit=1&fields=role,id');
    expect(Object.keys(items[0] ?? {})).toEqual(['role', 'id']);
  });

  test('CSV of all that the filters leave', async () => {
    const { total } = await json<Page>('/api/v1/assets?limit=1');
    const response = await service.fetch('/api/v1/assets?fields=id,ip,vendor', { headers: { accept: 'text/csv' } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="assets.csv"');
    const lines = (await response.text()).split('\r\n');
    expect([lines[0], lines.length]).toEqual(['id,ip,vendor', total + 2]);
    const some = await service.fetch('/api/v1/assets?limit=3', { headers: { accept: 'text/csv' } });
    expect((await some.text()).split('\r\n').length).toBe(5);
  });

  test('compressed where the client can', async () => {
    const response = await service.fetch('/api/v1/assets', { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(((await response.json()) as Page).total).toBeGreaterThan(10);
  });
});

describe('conditional requests', () => {
  test('what has not changed is not sent again, what has is', async () => {
    const first = await service.fetch('/api/v1/decisions');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[^"]+"$/);
    const again = await service.fetch('/api/v1/decisions', { headers: { 'if-none-match': `"x", ${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const path = '/api/v1/assets/ip-10.20.20.11/overrides/location';
    const headers = { 'content-type': 'application/json' };
    await service.fetch(path, { method: 'PUT', headers, body: '{"value": "Hall 1"}' });
    const changed = await service.fetch('/api/v1/decisions', { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    await service.settled();
    const evidence = await json<{ field: string; source: string }[]>('/api/v1/assets/ip-10.20.20.11/evidence');
    expect(evidence).toContainEqual(
      expect.objectContaining({ field: 'location', value: 'Hall 1', source: 'operator local' }),
    );
  });

  test('an answer that is kept ready is another for each form and each revision', async () => {
    const path = '/api/v1/assets?fields=id,role&limit=3';
    const first = await (await service.fetch(path)).text();
    expect(await (await service.fetch(path)).text()).toBe(first);
    const csv = await service.fetch(path, { headers: { accept: 'text/csv' } });
    expect(await csv.text()).toMatch(/^id,role\r\n/);
    expect(JSON.parse(first).items.length).toBe(3);
    const override = `/api/v1/assets/${JSON.parse(first).items[0].id}/overrides/role`;
    const headers = { 'content-type': 'application/json' };
    await service.fetch(override, { method: 'PUT', headers, body: '{"value": "historian"}' });
    await service.settled();
    const changed = await json<Page>(path);
    expect(changed.items[0]).toMatchObject({ id: JSON.parse(first).items[0].id, role: 'historian' });
    await service.fetch(override, { method: 'DELETE' });
    await service.settled();
    expect(await (await service.fetch(path)).text()).toBe(first);
  });

  test('what was heard in sum has the entity tag of what follows from it', async () => {
    const other = await startService();
    try {
      const before = await other.fetch('/api/v1/overview');
      await upload(other, 'demo.pcap', DEMO);
      await other.settled();
      const after = await other.fetch('/api/v1/overview', {
        headers: { 'if-none-match': before.headers.get('etag') ?? '' },
      });
      const { packets, assets } = (await after.json()) as { packets: number; assets: number };
      const { total } = await bodyOf(await other.fetch('/api/v1/assets?limit=1'));
      expect([after.status, packets, assets]).toEqual([200, 5987, total]);
    } finally {
      await other.close();
    }
  });

  test('of two who change the same policy, one is told', async () => {
    const put = (headers: Record<string, string>) =>
      service.fetch('/api/v1/policy', {
        method: 'PUT',
        headers: { 'content-type': 'application/yaml', ...headers },
        body: POLICY,
      });
    const first = await put({ 'if-none-match': '*' });
    const tag = first.headers.get('etag') ?? '';
    expect([first.status, (await put({ 'if-none-match': '*' })).status]).toEqual([200, 412]);
    const both = await Promise.all([put({ 'if-match': tag }), put({ 'if-match': tag })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const now = await service.fetch('/api/v1/policy');
    expect([now.headers.get('content-type'), await now.text()]).toEqual(['application/yaml', POLICY]);
    const known = await service.fetch('/api/v1/policy', {
      headers: { 'if-none-match': now.headers.get('etag') ?? '' },
    });
    expect(known.status).toBe(304);
    await service.settled();
    const { total } = await json<Page>('/api/v1/violations');
    expect(total).toBeGreaterThan(0);
  });
});

describe('captures', () => {
  test('evidence leads to the frames that prove it', async () => {
    const evidence = await json<{ file: string; frame: number }[]>('/api/v1/assets/ip-10.20.20.11/evidence');
    const { file, frame } = evidence.find((entry) => entry.frame !== null) as { file: string; frame: number };
    const response = await service.fetch(`/api/v1/frames?file=${file}&frame=${frame}`);
    expect(response.headers.get('content-type')).toBe('application/vnd.tcpdump.pcap');
    const pcap = Buffer.from(await response.arrayBuffer());
    expect([pcap.readUInt32BE(0), pcap.readUInt32BE(20)]).toEqual([0xa1b2c3d4, 1]);
    let at = 24;
    for (let number = 1; number < frame; number++) at += 16 + DEMO.readUInt32LE(at + 8);
    expect(pcap.subarray(40)).toEqual(DEMO.subarray(at + 16, at + 16 + DEMO.readUInt32LE(at + 8)));
    expect(pcap.readUInt32BE(24)).toBe(DEMO.readUInt32LE(at));
  });

  test.each([
    ['../../../etc/cron.d/x.pcap', 'x.pcap'],
    ['..\\..\\windows\\x.pcapng', 'x.pcapng'],
    ['/etc/passwd', 'passwd'],
    ['a\u0000b\u001b[31m.pcap', 'ab[31m.pcap'],
    ['..', 'capture'],
  ])('the name %j is for show: %j', async (name, shown) => {
    const cut = gzipSync(DEMO.subarray(0, 3000 + name.length * 100)); // other bytes than the others'
    const response = await upload(service, name, cut);
    const capture = await bodyOf(response);
    expect([response.status, capture.name, response.headers.get('location')]).toEqual([
      201,
      shown,
      `/api/v1/captures/${capture.id}`,
    ]);
    for (const file of readdirSync(join(service.folder, 'test.db-captures'))) expect(file).toMatch(/^[0-9a-f-]{36}$/);
    await service.settled();
  });

  test('what is deleted is forgotten, and its bytes are gone', async () => {
    const other = await startService();
    try {
      const { id } = await bodyOf(await upload(other, 'demo.pcap', DEMO));
      await other.settled();
      expect((await bodyOf(await other.fetch('/api/v1/assets'))).total).toBeGreaterThan(30);
      expect((await other.fetch(`/api/v1/captures/${id}`, { method: 'DELETE' })).status).toBe(204);
      await other.settled();
      expect((await bodyOf(await other.fetch('/api/v1/assets'))).total).toBe(0);
      expect(readdirSync(join(other.folder, 'test.db-captures'))).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('a capture that holds too much for its size ends there', async () => {
    const other = await startService(['--max-unpack-ratio', '2']);
    try {
      const header = DEMO.subarray(0, 24);
      const bomb = gzipSync(Buffer.concat([header, Buffer.alloc(300_000_000)]), { level: 1 });
      const { id } = await bodyOf(await upload(other, 'bomb.pcap.gz', bomb));
      await other.settled();
      const capture = await bodyOf(await other.fetch(`/api/v1/captures/${id}`));
      expect(capture).toMatchObject({ state: 'failed', error: { code: 'COMPRESSION_EXCESSIVE' } });
      expect((await other.fetch('/healthz')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  test('an upload that breaks off leaves nothing', async () => {
    const before = readdirSync(join(service.folder, 'test.db-captures')).length;
    const abort = new AbortController();
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(DEMO.subarray(0, 1000));
        abort.abort();
      },
    });
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
      duplex: 'half',
      signal: abort.signal,
    };
    await expect(service.fetch('/api/v1/captures', init as RequestInit)).rejects.toThrow();
    await expect.poll(() => readdirSync(join(service.folder, 'test.db-captures')).length).toBe(before);
  });
});

describe('events', () => {
  test('tell what changes, as it does', async () => {
    const response = await service.fetch('/api/v1/events/stream');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const told = events(response, (text) => text.includes('event: revision') && text.includes('"state":"failed"'));
    await upload(service, 'more.pcap', DEMO.subarray(0, 200_000)); // it is cut: what it holds counts
    const text = await told;
    expect(text).toMatch(/^retry: 3000\n\n/);
    expect(text).toContain('event: capture\ndata: {"id":');
  });
});

describe('decisions', () => {
  test('a finding that is set aside stays among the findings, and the service goes on', async () => {
    const [finding] = (await json<Page>('/api/v1/findings?limit=1')).items;
    const path = `/api/v1/findings/${finding?.id}`;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ reason: 'known', until: null });
    expect((await service.fetch(`${path}/suppression`, { method: 'PUT', headers, body })).status).toBe(204);
    await service.settled();
    expect((await json<Item>(path)).id).toBe(finding?.id);
    const { items } = await json<Page>('/api/v1/decisions?kind=finding');
    expect(items).toMatchObject([{ decision: { finding: finding?.id, reason: 'known', until: null } }]);
    expect((await service.fetch(`${path}/suppression`, { method: 'DELETE' })).status).toBe(204);
  });

  test('a finding that was set aside for a time is told again when that is over, also to whoever has the answer', async () => {
    const [finding] = (await json<Page>('/api/v1/findings?limit=1')).items;
    const path = `/api/v1/findings/${finding?.id}`;
    const headers = { 'content-type': 'application/json' };
    const until = new Date(Date.now() + 3000).toISOString();
    const body = JSON.stringify({ reason: 'works', until });
    expect((await service.fetch(`${path}/suppression`, { method: 'PUT', headers, body })).status).toBe(204);
    await service.settled();
    const aside = await service.fetch(path);
    const { suppressed } = (await aside.json()) as { suppressed: object | null };
    const tag = aside.headers.get('etag') as string;
    let again: Response;
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      again = await service.fetch(path, { headers: { 'if-none-match': tag } });
    } while (again.status === 304);
    expect(suppressed).toMatchObject({ reason: 'works' });
    expect(await again.json()).toMatchObject({ suppressed: null });
    expect((await service.fetch(`${path}/suppression`, { method: 'DELETE' })).status).toBe(204);
  });
});

describe('headers', () => {
  test('nothing from elsewhere, nothing inline, no frame around us', async () => {
    const { headers } = await service.fetch('/api/v1/session');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'no-referrer']);
    expect([headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      'private, no-cache',
      null,
    ]);
  });

  test('the page that browses the API has no inline script or style', async () => {
    const page = await (await service.fetch('/docs/')).text();
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=/);
    const initializer = await (await service.fetch('/docs/static/swagger-initializer.js')).text();
    expect(initializer).toContain('SwaggerUIBundle');
  });

  test('metrics count requests by route', async () => {
    const metrics = await (await service.fetch('/metrics')).text();
    expect(metrics).toContain('fieldmark_http_request_seconds_count{route="/api/v1/assets",method="GET",status="200"}');
    expect(metrics).toMatch(/^fieldmark_assets [1-9]\d*$/m);
  });
});

test('ends while clients follow events, and leaves a whole database', async () => {
  const other = await startService();
  const stream = await other.fetch('/api/v1/events/stream');
  const ended = events(stream, () => false);
  await other.close();
  expect(await ended).toMatch(/^retry: 3000/);
  expect(existsSync(other.folder)).toBe(false);
});
