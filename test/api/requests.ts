/** One request that works for each route: what the contract, the roles and the refusals are tested with. */
import type { Role } from '../../api/server/access/auth.ts';
import { DEMO } from './support.ts';

export interface Sample {
  /** As the OpenAPI document names it. */
  readonly route: string;
  /** The least that may. */
  readonly role: Role | 'anyone';
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const API = '/api/v1';
const PLC = 'ip-10.20.20.11';
const YAML = 'application/yaml';

export const POLICY = `version: 1
zones:
  - {id: plant, name: Plant, kind: control, securityLevelTarget: 2, members: [{cidr: 10.20.20.0/23}]}
  - {id: office, name: Office, kind: enterprise, securityLevelTarget: 1, members: [{cidr: 10.20.100.0/24}]}
conduits:
  - {id: office-plant, from: office, to: plant, allow: [{protocol: s7comm, access: [read]}]}
`;

const get = (route: string, path = route, role: Sample['role'] = 'viewer'): Sample => {
  return { route: `GET ${API}${route}`, role, path: `${API}${path}`, status: 200 };
};
const write = (
  method: string,
  route: string,
  path: string,
  status: number,
  { role = 'analyst', ...more }: Partial<Sample> = {},
): Sample => ({ route: `${method} ${API}${route}`, role, path: `${API}${path}`, status, ...more });

/** In an order in which each works: what is taken back was made before. */
export const SAMPLES: readonly Sample[] = [
  { route: 'GET /healthz', role: 'anyone', path: '/healthz', status: 200 },
  { route: 'GET /readyz', role: 'anyone', path: '/readyz', status: 200 },
  { route: 'GET /metrics', role: 'viewer', path: '/metrics', status: 200 },
  get('/session'),
  get('/source'),
  get('/sensor'),
  get('/sensor/counters'),
  get('/overview'),
  get('/search', '/search?q=10.20'),
  get('/assets', '/assets?role=plc&protocol=modbus&sort=-lastSeen&limit=2&q=10.20'),
  get('/assets/{id}', `/assets/${PLC}`),
  get('/assets/{id}/evidence', `/assets/${PLC}/evidence`),
  get('/assets/{id}/neighbours', `/assets/${PLC}/neighbours`),
  get('/assets/{id}/history', `/assets/${PLC}/history`),
  get('/conversations', '/conversations?access=write&protocol=modbus'),
  get('/conversations/{id}', '/conversations/:conversation'),
  get('/conversations/{id}/operations', '/conversations/:conversation/operations'),
  get('/matrix', '/matrix?by=asset&access=write'),
  get('/matrix/assets'),
  get('/matrix/zones'),
  get('/policy/proposal'),
  write('POST', '/policy/check', '/policy/check', 200, { role: 'viewer', body: POLICY, type: YAML }),
  write('PUT', '/policy', '/policy?reason=first', 200, { body: POLICY, type: YAML, headers: { 'if-none-match': '*' } }),
  get('/policy'),
  get('/policy/versions'),
  get('/policy/versions/{version}', '/policy/versions/1'),
  get('/violations'),
  get('/zones'),
  get('/zones/{id}', '/zones/plant'),
  get('/zones/{id}/members', '/zones/plant/members'),
  write('PUT', '/zones/{id}/decision', '/zones/plant/decision', 204, { body: { name: 'The plant', locked: true } }),
  write('DELETE', '/zones/{id}/decision', '/zones/plant/decision', 204),
  write('PUT', '/assets/{id}/zone', `/assets/${PLC}/zone`, 204, { body: { zone: 'office', reason: null } }),
  write('DELETE', '/assets/{id}/zone', `/assets/${PLC}/zone`, 204),
  write('PUT', '/assets/{id}/overrides/{field}', `/assets/${PLC}/overrides/location`, 204, {
    body: { value: 'Hall 2', reason: 'seen' },
  }),
  write('DELETE', '/assets/{id}/overrides/{field}', `/assets/${PLC}/overrides/location`, 204),
  get('/conduits'),
  get('/conduits/{id}', '/conduits/:conduit'),
  write('PUT', '/conduits/{id}/decision', '/conduits/:conduit/decision', 204, {
    body: { status: 'approved', until: '2999-01-01T00:00:00.000000Z', reason: 'commissioning' },
  }),
  write('DELETE', '/conduits/{id}/decision', '/conduits/:conduit/decision', 204),
  get('/findings'),
  get('/findings/{id}', '/findings/:finding'),
  write('PUT', '/findings/{id}/suppression', '/findings/:finding/suppression', 204, { body: { reason: 'known' } }),
  write('DELETE', '/findings/{id}/suppression', '/findings/:finding/suppression', 204),
  get('/assessment'),
  get('/attestations'),
  write('POST', '/attestations', '/attestations', 201, {
    body: { zone: null, requirement: 'SR 1.7', statement: 'Passwords have 12 letters', evidence: 'audit 2025' },
  }),
  write('DELETE', '/attestations/{id}', '/attestations/:attestation', 204),
  get('/exports/{format}', '/exports/md'),
  write('PUT', '/baseline', '/baseline', 204),
  get('/baseline'),
  write('DELETE', '/baseline', '/baseline', 204),
  get('/events'),
  get('/events/stream'),
  write('PUT', '/events/suppressions/{kind}', '/events/suppressions/scan', 204, { body: { reason: 'the scanner' } }),
  write('DELETE', '/events/suppressions/{kind}', '/events/suppressions/scan', 204),
  get('/decisions'),
  get('/audit', '/audit', 'admin'),
  get('/captures'),
  get('/captures/{id}', '/captures/1'),
  get('/frames', '/frames?file=demo.pcap&frame=3&frame=9'),
  write('POST', '/captures', '/captures?name=again.pcap', 201, {
    body: DEMO.subarray(0, 5000),
    type: 'application/vnd.tcpdump.pcap',
  }),
  write('POST', '/captures/{id}/reading', '/captures/1/reading', 204),
  write('DELETE', '/captures/{id}', '/captures/1', 204, { role: 'admin' }),
  write('DELETE', '/policy', '/policy', 204, { headers: { 'if-match': '"1"' } }),
];
