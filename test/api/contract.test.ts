/** Every route: what it answers is what the OpenAPI document says, and who may ask is who should. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../api/server/access/auth.ts';
import { SAMPLES, type Sample } from './requests.ts';
import { bearer, startDemo, type TestService } from './support.ts';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
  readonly 'x-role': string;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let service: TestService;
let document: Document;
let ajv: Ajv2020;
beforeAll(async () => {
  service = await startDemo();
  document = (await (await service.fetch('/openapi.json')).json()) as Document;
  ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: { 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, binary: true },
  });
  ajv.addSchema({ $id: 'openapi', components: document.components });
});
afterAll(() => service.close());

/** Ids that only the service knows. */
async function pathOf({ path }: Sample): Promise<string> {
  const names = { conversation: '/conversations', conduit: '/conduits', finding: '/findings' };
  for (const [name, list] of Object.entries(names)) {
    if (!path.includes(`:${name}`)) continue;
    const { items } = (await (await service.fetch(`/api/v1${list}`)).json()) as { items: { id: string }[] };
    return path.replace(`:${name}`, encodeURIComponent(items[0]?.id ?? ''));
  }
  if (!path.includes(':attestation')) return path;
  const [attestation] = (await (await service.fetch('/api/v1/attestations')).json()) as { id: string }[];
  return path.replace(':attestation', attestation?.id ?? '');
}

async function ask(sample: Sample, role: Role | null): Promise<Response> {
  const { route, body, type = 'application/json', headers = {} } = sample;
  const content = body === undefined ? {} : { 'content-type': type };
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return service.fetch(await pathOf(sample), {
    method: route.split(' ', 1)[0] as string,
    headers: { ...headers, ...content, ...(role === null ? {} : bearer(service.tokens[role])) },
    ...(body === undefined ? {} : { body: bytes as NonNullable<RequestInit['body']> }),
  });
}

/** Checks a body against what the document says of the answer. */
async function conforms(response: Response, { route }: Sample): Promise<void> {
  const [method = '', path = ''] = route.split(' ');
  const described = document.paths[path]?.[method.toLowerCase()]?.responses[response.status];
  expect(described, `${route} does not document ${response.status}`).toBeDefined();
  const type = response.headers.get('content-type')?.split(';', 1)[0];
  if (type === undefined) {
    expect(await response.text()).toBe('');
    return;
  }
  const content = described?.content?.[type];
  expect(content, `${route} does not document ${type}`).toBeDefined();
  if (type === 'text/event-stream') return void (await response.body?.cancel());
  if (!type.endsWith('json')) return void (await response.arrayBuffer());
  const refs = JSON.stringify(content?.schema).replaceAll('"#/components', '"openapi#/components');
  const validate = ajv.compile(JSON.parse(refs));
  const body = await response.json();
  expect(validate(body), `${route}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(body).slice(0, 500)}`).toBe(
    true,
  );
}

/** Whether an answer is the same until something changes: a read of the API, but of what changes by itself. */
function isKept({ route }: Sample): boolean {
  return route.startsWith('GET /api/') && !/\/(sensor|stream)$/.test(route);
}

test('every route has a sample, with who may use it', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => `${method.toUpperCase()} ${path} ${operation['x-role']}`),
  );
  expect(documented.sort()).toEqual(SAMPLES.map(({ route, role }) => `${route} ${role}`).sort());
});

describe('each role', () => {
  const cases = SAMPLES.flatMap((sample) => ROLES.map((role) => [role, sample.route, sample] as const));
  test.each(cases)('%s: %s', async (role, _, sample) => {
    const permitted = sample.role === 'anyone' || ROLES.indexOf(role) >= ROLES.indexOf(sample.role);
    if (permitted) return; // the next test asks with the least that may
    const response = await ask(sample, role);
    expect(response.status).toBe(403);
    const body = await response.clone().json();
    expect(body).toMatchObject({ code: 'FORBIDDEN', status: 403 });
    await conforms(response, sample);
  });

  test.each(SAMPLES.filter(({ role }) => role !== 'anyone').map((sample) => [sample.route, sample] as const))(
    'nobody with a wrong token: %s',
    async (_, sample) => {
      const response = await service.fetch(await pathOf(sample), {
        method: sample.route.split(' ', 1)[0] as string,
        headers: bearer('fm_wrong'),
      });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="fieldmark"']);
      await conforms(response, sample);
    },
  );
});

describe('answers what the document says', () => {
  test.each(SAMPLES.map((sample) => [sample.route, sample] as const))('%s', async (_, sample) => {
    const response = await ask(sample, sample.role === 'anyone' ? null : sample.role);
    expect([response.status, response.status < 300 ? '' : await response.clone().text()]).toEqual([sample.status, '']);
    await conforms(response.clone(), sample);
    if (isKept(sample)) {
      const etag = response.headers.get('etag') ?? '';
      const again = await ask({ ...sample, headers: { 'if-none-match': etag } }, sample.role as Role);
      expect([etag, again.status, await again.text()]).toEqual([expect.stringMatching(/^(W\/)?"[^"]+"$/), 304, '']);
      const head = await ask({ ...sample, route: sample.route.replace('GET', 'HEAD') }, sample.role as Role);
      expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
    }
    if (sample.route.startsWith('PUT') || sample.route.startsWith('POST')) await service.settled();
  });

  test('every change is in the audit log, with who made it', async () => {
    const { items } = (await (await service.fetch('/api/v1/audit?limit=1000')).json()) as {
      items: { by: string; action: string }[];
    };
    const actions = new Set(items.map(({ action }) => action));
    const changes = ['zone', 'move', 'override', 'conduit', 'attestation', 'suppression', 'finding'];
    const expected = [...changes.map((kind) => `decision.${kind}`), 'policy.set', 'capture.add', 'capture.delete'];
    expect([...actions]).toEqual(expect.arrayContaining([...expected, 'setting.baseline']));
    expect(items.filter(({ action }) => action.startsWith('decision.')).map(({ by }) => by)).toContain('the analyst');
  });
});

/** Written anew by `npx vitest run -u test/api/contract.test.ts`. */
test('the document that is committed is the one that is served', async () => {
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot('../../api/openapi.json');
});
