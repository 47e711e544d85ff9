/** What can be listed, by what it can be filtered and sorted: the one table behind every list of the service. */
import { SEVERITIES } from '../severity.ts';

/** How a value narrows a list. */
export interface Filter {
  readonly type: 'text' | 'integer';
  /** A condition with one `?` for each time the value is bound; several values of one filter are alternatives. */
  readonly where: string;
  /** Values of a closed set. */
  readonly values?: readonly string[];
  /** Turns the value into what the column holds. */
  readonly stored?: (value: string) => string | number;
}

export interface ListDefinition {
  readonly table: string;
  /** Holds for every entry of the list. */
  readonly where?: string;
  readonly filters: Readonly<Record<string, Filter>>;
  /** Names that a list can be sorted by, and their columns. */
  readonly sorts: Readonly<Record<string, string>>;
  readonly defaultSort: string;
  /** The list has free text: a column `text`. */
  readonly searchable: boolean;
  /** The free text is indexed (`TABLE_text`). */
  readonly textIndex: boolean;
}

const text = (column: string, values?: readonly string[]): Filter =>
  values === undefined ? { type: 'text', where: `${column} = ?` } : { type: 'text', where: `${column} = ?`, values };
const integer = (column: string): Filter => ({ type: 'integer', where: `${column} = ?` });
const from = (column: string): Filter => ({ type: 'integer', where: `${column} >= ?` });
const until = (column: string): Filter => ({ type: 'integer', where: `${column} <= ?` });
const either = (one: string, other: string): Filter => ({ type: 'text', where: `(${one} = ? OR ${other} = ?)` });
const tag = (table: string, name: string, values?: readonly string[]): Filter => {
  const where = `row IN (SELECT row FROM ${table}_tag WHERE name = '${name}' AND value = ?)`;
  return values === undefined ? { type: 'text', where } : { type: 'text', where, values };
};
const severity: Filter = {
  ...text('severity', SEVERITIES),
  stored: (value) => (SEVERITIES as readonly string[]).indexOf(value),
};

const ACCESSES = ['session', 'diagnostic', 'read', 'write', 'control', 'program'] as const;

/** All lists. Times in filters are microseconds since 1970; `since` and `until` mean heard from and up to then. */
export const LISTS = {
  assets: {
    table: 'asset',
    filters: {
      role: text('role'),
      vendor: text('vendor'),
      product: text('product'),
      model: text('model'),
      firmware: text('firmware'),
      zone: text('zone'),
      parent: text('parent'),
      purdueLevel: integer('purdue_level'),
      protocol: tag('asset', 'protocol'),
      ip: tag('asset', 'ip'),
      mac: tag('asset', 'mac'),
      vlan: tag('asset', 'vlan'),
      since: from('last_seen'),
      until: until('first_seen'),
    },
    sorts: {
      address: 'address',
      name: 'name',
      vendor: 'vendor',
      product: 'product',
      model: 'model',
      firmware: 'firmware',
      role: 'role',
      purdueLevel: 'purdue_level',
      zone: 'zone',
      completeness: 'completeness',
      firstSeen: 'first_seen',
      lastSeen: 'last_seen',
    },
    defaultSort: 'address',
    searchable: true,
    textIndex: true,
  },
  conversations: {
    table: 'conversation',
    filters: {
      asset: either('client_id', 'server_id'),
      clientId: text('client_id'),
      serverId: text('server_id'),
      address: either('client', 'server'),
      client: text('client'),
      server: text('server'),
      zone: either('from_zone', 'to_zone'),
      fromZone: text('from_zone'),
      toZone: text('to_zone'),
      transport: text('transport', ['tcp', 'udp', 'ip', 'eth']),
      port: integer('port'),
      protocol: text('protocol'),
      access: tag('conversation', 'access', ACCESSES),
      since: from('last_seen'),
      until: until('first_seen'),
    },
    sorts: {
      client: 'client',
      server: 'server',
      port: 'port',
      protocol: 'protocol',
      packets: 'packets',
      bytes: 'bytes',
      firstSeen: 'first_seen',
      lastSeen: 'last_seen',
    },
    defaultSort: '-lastSeen',
    searchable: true,
    textIndex: true,
  },
  zones: {
    table: 'zone',
    filters: { kind: text('kind'), securityLevelTarget: integer('security_level_target') },
    sorts: { name: 'name', kind: 'kind', securityLevelTarget: 'security_level_target', assets: 'assets' },
    defaultSort: 'name',
    searchable: true,
    textIndex: false,
  },
  conduits: {
    table: 'conduit',
    filters: {
      zone: either('"from"', '"to"'),
      from: text('"from"'),
      to: text('"to"'),
      status: text('status', ['proposed', 'approved', 'rejected']),
    },
    sorts: { from: '"from"', to: '"to"', status: 'status', packets: 'packets', lastSeen: 'last_seen' },
    defaultSort: 'from',
    searchable: false,
    textIndex: false,
  },
  violations: {
    table: 'violation',
    filters: {
      kind: text('kind', ['no-conduit', 'not-permitted', 'unassigned']),
      severity,
      asset: either('client_id', 'server_id'),
      clientId: text('client_id'),
      serverId: text('server_id'),
      zone: either('from_zone', 'to_zone'),
      fromZone: text('from_zone'),
      toZone: text('to_zone'),
      protocol: text('protocol'),
      access: text('access', ACCESSES),
      since: from('last_seen'),
      until: until('first_seen'),
    },
    sorts: {
      severity: 'severity',
      protocol: 'protocol',
      packets: 'packets',
      firstSeen: 'first_seen',
      lastSeen: 'last_seen',
    },
    defaultSort: '-severity',
    searchable: true,
    textIndex: true,
  },
  findings: {
    table: 'finding',
    filters: {
      rule: text('rule'),
      requirement: text('requirement'),
      severity,
      zone: text('zone'),
      asset: tag('finding', 'asset'),
    },
    sorts: { severity: 'severity', requirement: 'requirement', rule: 'rule', zone: 'zone', lastSeen: 'last_seen' },
    defaultSort: '-severity',
    searchable: true,
    textIndex: false,
  },
  /** Pairs of assets, client and server, with all that passes between them: the matrix, cell by cell. */
  pairs: {
    table: 'pair',
    where: "level = 'asset'",
    filters: {
      asset: either('"from"', '"to"'),
      from: text('"from"'),
      to: text('"to"'),
      protocol: tag('pair', 'protocol'),
      access: tag('pair', 'access', ACCESSES),
    },
    sorts: { bytes: 'bytes', packets: 'packets', lastSeen: 'last_seen' },
    defaultSort: '-bytes',
    searchable: false,
    textIndex: false,
  },
  /** The same by zone; the zone of what lies in none is ''. */
  zonePairs: {
    table: 'pair',
    where: "level = 'zone'",
    filters: {
      zone: either('"from"', '"to"'),
      from: text('"from"'),
      to: text('"to"'),
      protocol: tag('pair', 'protocol'),
      access: tag('pair', 'access', ACCESSES),
    },
    sorts: { bytes: 'bytes', packets: 'packets', lastSeen: 'last_seen' },
    defaultSort: '-bytes',
    searchable: false,
    textIndex: false,
  },
  events: {
    table: 'event',
    filters: {
      kind: text('kind'),
      severity: text('severity', SEVERITIES),
      asset: text('asset'),
      /** Behind this number: what a reader that has read so far has not seen. */
      after: { type: 'integer', where: 'row > ?' },
      since: from('at'),
      until: until('at'),
    },
    sorts: { number: 'row', at: 'at' },
    defaultSort: '-number',
    searchable: true,
    textIndex: false,
  },
  captures: {
    table: 'capture',
    where: "state <> 'deleted'",
    filters: {
      state: text('state', ['queued', 'reading', 'done', 'interrupted', 'failed']),
      sha256: text('sha256'),
    },
    sorts: { number: 'row' },
    defaultSort: '-number',
    searchable: false,
    textIndex: false,
  },
  history: {
    table: 'history',
    filters: { asset: text('asset'), field: text('field'), since: from('at'), until: until('at') },
    sorts: { number: 'row', at: 'at' },
    defaultSort: '-number',
    searchable: false,
    textIndex: false,
  },
  audit: {
    table: 'audit',
    filters: {
      by: text('by'),
      action: text('action'),
      subject: text('subject'),
      since: from('at'),
      until: until('at'),
    },
    sorts: { number: 'row', at: 'at' },
    defaultSort: '-number',
    searchable: false,
    textIndex: false,
  },
  policies: {
    table: 'policy',
    filters: { by: text('by'), sha256: text('sha256') },
    sorts: { version: 'row' },
    defaultSort: '-version',
    searchable: false,
    textIndex: false,
  },
  decisions: {
    table: 'decision',
    filters: {
      kind: text('kind', ['override', 'zone', 'move', 'conduit', 'attestation', 'suppression']),
      key: text('key'),
      by: text('by'),
    },
    sorts: { number: 'row' },
    defaultSort: 'number',
    searchable: false,
    textIndex: false,
  },
  tokens: {
    table: 'token',
    filters: {},
    sorts: { number: 'row' },
    defaultSort: 'number',
    searchable: false,
    textIndex: false,
  },
} as const satisfies Record<string, ListDefinition>;

export type ListName = keyof typeof LISTS;
