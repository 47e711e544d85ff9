/** What the service refuses, and how it says so: every problem code, over a socket. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../api/server/http/problem.ts';
import { POLICY } from './requests.ts';
import { bearer, bodyOf, DEMO, startDemo, startService, type TestService, upload } from './support.ts';

const PLC = '/api/v1/assets/ip-10.20.20.11';
const JSON_TYPE = { 'content-type': 'application/json' };
const YAML_TYPE = { 'content-type': 'application/yaml' };

let service: TestService;
beforeAll(async () => {
  service = await startDemo(['--max-upload', '2MB', '--max-event-clients', '2']);
});
afterAll(() => service.close());

/** Sends bytes as they are; answers all that comes back until the service closes, or `until` is in it. */
async function raw(text: string, until?: RegExp): Promise<string> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {}); // it may be cut off: what came before counts
  let answer = '';
  const done = new Promise<void>((resolve) => {
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
      if (until?.test(answer)) resolve();
    });
    socket.once('close', () => resolve());
  });
  await once(socket, 'connect');
  socket.write(text);
  await done;
  socket.destroy();
  return answer;
}

interface Case {
  readonly what: string;
  readonly code: ProblemCode;
  readonly path: string;
  readonly init?: RequestInit;
}

const CASES: readonly Case[] = [
  { what: 'an unknown path', code: 'NOT_FOUND', path: '/nothing' },
  { what: 'an unknown asset', code: 'NOT_FOUND', path: '/api/v1/assets/ip-1.2.3.4' },
  { what: 'an unknown conversation', code: 'NOT_FOUND', path: '/api/v1/conversations/nobody/operations' },
  { what: 'an unknown capture', code: 'NOT_FOUND', path: '/api/v1/captures/99' },
  { what: 'a policy where there is none', code: 'NOT_FOUND', path: '/api/v1/policy' },
  { what: 'a frame behind the last', code: 'NOT_FOUND', path: '/api/v1/frames?file=demo.pcap&frame=999999' },
  { what: 'a file outside', code: 'NOT_FOUND', path: '/api/v1/frames?file=../../etc/passwd&frame=1' },
  { what: 'a path outside', code: 'NOT_FOUND', path: '/api/v1/captures/..%2f..%2fetc%2fpasswd/x' },
  { what: 'a decision that was not made', code: 'NOT_FOUND', path: `${PLC}/zone`, init: { method: 'DELETE' } },
  { what: 'an unknown filter', code: 'INVALID_PARAMETER', path: '/api/v1/assets?colour=red' },
  { what: 'an unknown value of a filter', code: 'INVALID_PARAMETER', path: '/api/v1/conversations?access=eat' },
  { what: 'an unknown order', code: 'INVALID_PARAMETER', path: '/api/v1/assets?sort=colour' },
  { what: 'a page of no entry', code: 'INVALID_PARAMETER', path: '/api/v1/assets?limit=0' },
  { what: 'a page of too many', code: 'INVALID_PARAMETER', path: '/api/v1/assets?limit=1001' },
  { what: 'no time', code: 'INVALID_PARAMETER', path: '/api/v1/assets?since=yesterday' },
  { what: 'an unknown field', code: 'INVALID_PARAMETER', path: '/api/v1/assets?fields=id,colour' },
  { what: "another list's cursor", code: 'INVALID_PARAMETER', path: '/api/v1/assets?cursor=WyJ4IiwxLDFd' },
  { what: 'a capture without a number', code: 'INVALID_PARAMETER', path: '/api/v1/captures/first' },
  { what: 'a table of no CSV', code: 'INVALID_PARAMETER', path: '/api/v1/exports/md?table=assets' },
  { what: 'a long id', code: 'URI_TOO_LONG', path: `/api/v1/assets/${'x'.repeat(300)}` },
  {
    what: 'a form that does not exist',
    code: 'NOT_ACCEPTABLE',
    path: '/api/v1/assets',
    init: { headers: { accept: 'image/png' } },
  },
  { what: 'another method', code: 'METHOD_NOT_ALLOWED', path: '/api/v1/assets', init: { method: 'DELETE' } },
  {
    what: 'a name that is not ours',
    code: 'FOREIGN_ORIGIN',
    path: '/api/v1/assets',
    init: { headers: { origin: 'http://evil.example' } },
  },
  {
    what: 'a page in a sandbox',
    code: 'FOREIGN_ORIGIN',
    path: '/api/v1/assets',
    init: { headers: { origin: 'null' } },
  },
  {
    what: 'a foreign page that follows events',
    code: 'FOREIGN_ORIGIN',
    path: '/api/v1/events/stream',
    init: { headers: { 'sec-fetch-site': 'cross-site' } },
  },
  {
    what: 'a foreign page that uploads',
    code: 'FOREIGN_ORIGIN',
    path: '/api/v1/captures',
    init: {
      method: 'POST',
      headers: { origin: 'http://127.0.0.1:1', 'content-type': 'application/octet-stream' },
      body: 'x',
    },
  },
  {
    what: 'no token of ours',
    code: 'UNAUTHENTICATED',
    path: '/api/v1/assets',
    init: { headers: { authorization: 'Basic YTpi' } },
  },
  {
    what: 'a body that is no JSON',
    code: 'MALFORMED_REQUEST',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: JSON_TYPE, body: '{' },
  },
  {
    what: 'a body with a poisoned prototype',
    code: 'MALFORMED_REQUEST',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: JSON_TYPE, body: '{"__proto__": {"zone": "x"}}' },
  },
  {
    what: 'an unknown field of a body',
    code: 'INVALID_BODY',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: JSON_TYPE, body: '{"zone": "x", "by": "somebody else"}' },
  },
  {
    what: 'a number for a text',
    code: 'INVALID_BODY',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: JSON_TYPE, body: '{"zone": 7}' },
  },
  {
    what: 'a role that does not exist',
    code: 'INVALID_BODY',
    path: `${PLC}/overrides/role`,
    init: { method: 'PUT', headers: JSON_TYPE, body: '{"value": "king"}' },
  },
  {
    what: 'a zone that does not exist',
    code: 'CONFLICT',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: JSON_TYPE, body: '{"zone": "x"}' },
  },
  {
    what: 'a time that is over',
    code: 'INVALID_BODY',
    path: '/api/v1/events/suppressions/scan',
    init: { method: 'PUT', headers: JSON_TYPE, body: '{"reason": "x", "until": "2001-01-01T00:00:00Z"}' },
  },
  {
    what: 'a policy that names an unknown zone',
    code: 'INVALID_POLICY',
    path: '/api/v1/policy/check',
    init: { method: 'POST', headers: YAML_TYPE, body: POLICY.replace('to: plant', 'to: plant2') },
  },
  {
    what: 'a policy that is no YAML',
    code: 'INVALID_POLICY',
    path: '/api/v1/policy/check',
    init: { method: 'POST', headers: YAML_TYPE, body: 'a: [' },
  },
  {
    what: 'a policy over an unknown one',
    code: 'PRECONDITION_REQUIRED',
    path: '/api/v1/policy',
    init: { method: 'PUT', headers: YAML_TYPE, body: POLICY },
  },
  {
    what: 'a policy over one that is not there',
    code: 'PRECONDITION_FAILED',
    path: '/api/v1/policy',
    init: { method: 'PUT', headers: { ...YAML_TYPE, 'if-match': '"7"' }, body: POLICY },
  },
  {
    what: 'a body of another type',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: { 'content-type': 'application/xml' }, body: '<zone/>' },
  },
  {
    what: 'a capture as a form',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    path: '/api/v1/captures',
    init: { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'x' },
  },
  {
    what: 'a compressed body',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync('{}') },
  },
  {
    what: 'a large body',
    code: 'TOO_LARGE',
    path: `${PLC}/zone`,
    init: { method: 'PUT', headers: JSON_TYPE, body: ' '.repeat(1_000_001) },
  },
  {
    what: 'a large capture',
    code: 'TOO_LARGE',
    path: '/api/v1/captures',
    init: { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: new Uint8Array(2_000_001) },
  },
  {
    what: 'no capture at all',
    code: 'MALFORMED_REQUEST',
    path: '/api/v1/captures',
    init: { method: 'POST', headers: { 'content-type': 'application/octet-stream' } },
  },
];

describe('is refused with', () => {
  test.each(CASES.map((each) => [each.code, each.what, each] as const))('%s: %s', async (code, _, { path, init }) => {
    const response = await service.fetch(path, init);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = await bodyOf(response);
    const { status, title } = PROBLEMS[code];
    expect(problem).toMatchObject({ code, status, title, type: expect.stringMatching(/^urn:fieldmark:problem:/) });
    expect([response.status, response.headers.get('etag')]).toEqual([status, null]);
    expect(problem.instance).toBe(`urn:fieldmark:request:${response.headers.get('x-request-id')}`);
  });

  test('METHOD_NOT_ALLOWED tells which there are', async () => {
    const response = await service.fetch('/api/v1/policy', { method: 'PATCH' });
    expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE');
  });

  test('INVALID_BODY names every field', async () => {
    const body = '{"status": "maybe", "colour": 1}';
    const { items } = await bodyOf(await service.fetch('/api/v1/conduits?limit=1'));
    const path = `/api/v1/conduits/${encodeURIComponent(items[0]?.id ?? '')}/decision`;
    const response = await service.fetch(path, { method: 'PUT', headers: JSON_TYPE, body });
    const { errors } = await bodyOf(response);
    expect(errors.map(({ at }: { at: string }) => at).sort()).toEqual(['/colour', '/status']);
  });

  test('INVALID_POLICY names line and column', async () => {
    const body = POLICY.replace('to: plant', 'to: plant2');
    const response = await service.fetch('/api/v1/policy/check', { method: 'POST', headers: YAML_TYPE, body });
    const { errors } = await bodyOf(response);
    expect(errors[0]).toMatchObject({
      at: expect.stringMatching(/^6:\d+$/),
      message: expect.stringContaining('plant2'),
    });
  });

  test.each([
    ['evil.example', 403],
    ['evil.example:80', 403],
    ['', 400],
    ['127.0.0.1.evil.example', 403],
    ['localhost', 200],
    ['[::1]:9', 200],
    ['[::ffff:127.0.0.1]', 200],
    ['[2001:db8::1]:8470', 200],
    ['::1', 403],
    ['[::1', 403],
    ['[::1].evil.example', 403],
    ['[evil.example]', 403],
    ['localhost.evil.example', 403],
    ['localhost:80:80', 403],
    ['LOCALHOST', 200],
    ['192.0.2.1', 200],
  ])('FOREIGN_HOST: %s gets %d', async (host, status) => {
    const answer = await raw(`GET /healthz HTTP/1.1\r\n${host && `Host: ${host}\r\n`}Connection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test('what is not HTTP', async () => {
    const answer = await raw('hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]+"code":"MALFORMED_REQUEST"/);
  });

  test('headers without end', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 431 [\s\S]+"code":"HEADERS_TOO_LARGE"/);
  });

  test('a length that says too much', async () => {
    const head = `PUT ${PLC}/zone HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    const answer = await raw(`${head}Content-Length: 1000000000\r\n\r\n{`);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  test('the same capture twice', async () => {
    const response = await upload(service, 'copy.pcap', DEMO);
    expect([response.status, (await bodyOf(response)).code]).toEqual([409, 'CONFLICT']);
  });

  test('more clients of events than permitted', async () => {
    const streams = await Promise.all([1, 2].map(() => service.fetch('/api/v1/events/stream')));
    const third = await service.fetch('/api/v1/events/stream');
    expect([third.status, (await bodyOf(third)).code, third.headers.get('retry-after')]).toEqual([
      503,
      'UNAVAILABLE',
      '30',
    ]);
    await Promise.all(streams.map((stream) => stream.body?.cancel()));
  });
});

test('a body that does not come', async () => {
  const head = `PUT ${PLC}/zone HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{`;
  const answer = await raw(head);
  expect(answer).toMatch(/^HTTP\/1.1 408 [\s\S]+"code":"REQUEST_TIMEOUT"/);
  expect(answer.toLowerCase()).toContain('connection: close');
}, 30_000);

test('no room left in the spool', async () => {
  const small = await startService(['--max-upload', '6KB', '--max-spool', '8KB']);
  try {
    expect((await upload(small, 'one.pcap', DEMO.subarray(0, 5000))).status).toBe(201);
    const second = await upload(small, 'two.pcap', DEMO.subarray(0, 5500));
    expect([second.status, (await bodyOf(second)).code]).toEqual([507, 'STORAGE_FULL']);
  } finally {
    await small.close();
  }
});

test('a fault of ours tells nothing of the machine, and the log has it', async () => {
  const broken = await startService();
  try {
    broken.context.reader.close();
    const response = await broken.fetch('/api/v1/overview');
    const { code, instance, ...rest } = await bodyOf(response);
    expect([response.status, code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(rest)).not.toMatch(/database|\.ts|\.js|\//);
    const id = instance.slice('urn:fieldmark:request:'.length);
    expect(broken.log.some((line) => line.includes('request failed') && line.includes(id))).toBe(true);
  } finally {
    await broken.close();
  }
});

test.each([
  ['OPTIONS /api/v1/assets', 405, 'METHOD_NOT_ALLOWED'],
  ['DELETE /healthz', 405, 'METHOD_NOT_ALLOWED'],
  ['TRACE /api/v1/assets', 404, 'NOT_FOUND'],
  ['GET http://evil.example/api/v1/assets', 403, 'FOREIGN_HOST'],
  ['GET http://localhost/nothing', 404, 'NOT_FOUND'],
  ['GET //api/v1/assets', 404, 'NOT_FOUND'],
  ['GET /api/v1/captures/../../../../etc/passwd', 404, 'NOT_FOUND'],
  ['GET /docs/static/..%2f..%2f..%2fpackage.json', 404, 'NOT_FOUND'],
  ['GET /docs/static/\\..\\..\\package.json', 404, 'NOT_FOUND'],
  ['GET /api/v1/assets/%ff', 400, 'MALFORMED_REQUEST'],
])('%s is answered by %d', async (request, status, code) => {
  const answer = await raw(`${request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]+"code":"${code}"`));
});

test('a part of an answer is not to be had: the whole comes', async () => {
  const response = await service.fetch('/api/v1/assets', { headers: { range: 'bytes=0-10' } });
  expect([response.status, response.headers.get('content-range')]).toEqual([200, null]);
});

test('too many connections of one address', async () => {
  const strict = await startService(['--max-connections-per-address', '3']);
  const { port } = new URL(strict.url);
  const from = (localAddress: string) => connect({ port: Number(port), host: '127.0.0.1', localAddress });
  try {
    const held = [1, 2, 3].map(() => from('127.0.0.1'));
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    const [refused] = (await once(from('127.0.0.1').setEncoding('utf8'), 'data')) as [string];
    expect(refused).toMatch(/^HTTP\/1.1 429 [\s\S]+retry-after: 10[\s\S]+"code":"TOO_MANY_REQUESTS"/);
    const other = from('127.0.0.2');
    other.write('GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n');
    const [answer] = (await once(other.setEncoding('utf8'), 'data')) as [string];
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    for (const socket of held) socket.destroy();
    await expect.poll(async () => (await strict.fetch('/healthz').catch(() => null))?.status).toBe(200);
    const said = strict.log.filter((line) => line.includes('connections are refused'));
    expect(said.map((line) => JSON.parse(line))).toMatchObject([{ from: '127.0.0.1', most: 3 }]);
  } finally {
    await strict.close();
  }
});

test('too many requests', async () => {
  const strict = await startService(['--rate-limit', '3']);
  try {
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await strict.fetch('/healthz')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const response = await strict.fetch('/api/v1/assets', { headers: bearer('fm_guess') }); // guesses count too
    expect([response.status, (await bodyOf(response)).code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await strict.close();
  }
});

test('nothing secret is in the log, and nothing of the machine in an answer', async () => {
  await service.fetch('/api/v1/session?token=hidden', {
    headers: { cookie: 'hidden=1', ...bearer(service.tokens.admin) },
  });
  const log = service.log.join('');
  for (const token of [...Object.values(service.tokens), 'hidden']) expect(log).not.toContain(token);
  expect(log).toContain('"path":"/api/v1/session"');
});
