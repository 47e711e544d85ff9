/** What can be listed, by what it can be filtered and sorted: the one table behind every list of the service. */
import { SEVERITIES } from '../severity.ts';

/** Stands around each of a row's marks: no name and no value of one holds it. */
export const MARK = '|';

/** How a value narrows a list. */
export interface Filter {
  readonly type: 'text' | 'integer';
  /**
   * A condition of a row that is looked at, with one `?` for each time the value is bound; several values of one filter
   * are alternatives.
   */
  readonly where: string;
  /** Reads the rows' numbers from an index by the value alone; absent where no index has them. */
  readonly found?: string;
  /** The one column that decides. */
  readonly column?: string;
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
  /** An index (`TABLE_scan`) holds all columns that filters, orders and searches name: large tables are not read whole. */
  readonly scanIndex: boolean;
}

/**
 * The filters of a table's columns; all but `unindexed` have an index that begins with them.
 * @param within the part of the table that is meant, which the indexes begin with
 */
function filtersOf(table: string, within?: string) {
  const part = within === undefined ? '' : `${within} AND `;
  const foundBy = (where: string) => ({ where, found: `SELECT row FROM ${table} WHERE ${part}${where}` });
  const indexed = (column: string, sign = '=') => ({ ...foundBy(`${column} ${sign} ?`), column });
  const closed = (values: readonly string[] | undefined) => (values === undefined ? {} : { values });
  const tagged = (name: string) => `FROM ${table}_tag WHERE name = '${name}' AND value = ?`;
  return {
    text: (column: string, values?: readonly string[]): Filter => ({
      type: 'text',
      ...indexed(column),
      ...closed(values),
    }),
    unindexed: (column: string, values?: readonly string[]): Filter => ({
      type: 'text',
      where: `${column} = ?`,
      ...closed(values),
    }),
    integer: (column: string): Filter => ({ type: 'integer', ...indexed(column) }),
    from: (column: string): Filter => ({ type: 'integer', ...indexed(column, '>=') }),
    until: (column: string): Filter => ({ type: 'integer', ...indexed(column, '<=') }),
    behind: (column: string): Filter => ({ type: 'integer', ...indexed(column, '>') }),
    either: (one: string, other: string): Filter => ({ type: 'text', ...foundBy(`(${one} = ? OR ${other} = ?)`) }),
    tag: (name: string, values?: readonly string[]): Filter => ({
      type: 'text',
      where: `EXISTS (SELECT 1 ${tagged(name)} AND ${table}_tag.row = ${table}.row)`,
      found: `SELECT row ${tagged(name)}`,
      ...closed(values),
    }),
    /** A tag that stands in the column `marks` too. */
    mark: (name: string, values?: readonly string[]): Filter => ({
      type: 'text',
      where: `instr(marks, '${MARK}${name}=' || ? || '${MARK}') > 0`,
      found: `SELECT row ${tagged(name)}`,
      ...closed(values),
    }),
    severity: (): Filter => ({
      type: 'text',
      ...indexed('severity'),
      values: SEVERITIES,
      stored: (value) => (SEVERITIES as readonly string[]).indexOf(value),
    }),
  };
}

const asset = filtersOf('asset');
const conversation = filtersOf('conversation');
const zone = filtersOf('zone');
const conduit = filtersOf('conduit');
const violation = filtersOf('violation');
const finding = filtersOf('finding');
const assetPair = filtersOf('pair', "level = 'asset'");
const zonePair = filtersOf('pair', "level = 'zone'");
const event = filtersOf('event');
const capture = filtersOf('capture');
const history = filtersOf('history');
const audit = filtersOf('audit');
const policy = filtersOf('policy');
const decision = filtersOf('decision');

const ACCESSES = ['session', 'diagnostic', 'read', 'write', 'control', 'program'] as const;

/** All lists. Times in filters are microseconds since 1970; `since` and `until` mean heard from and up to then. */
export const LISTS = {
  assets: {
    table: 'asset',
    filters: {
      role: asset.text('role'),
      vendor: asset.text('vendor'),
      product: asset.text('product'),
      model: asset.text('model'),
      firmware: asset.text('firmware'),
      zone: asset.text('zone'),
      parent: asset.text('parent'),
      purdueLevel: asset.integer('purdue_level'),
      protocol: asset.tag('protocol'),
      ip: asset.tag('ip'),
      mac: asset.tag('mac'),
      vlan: asset.tag('vlan'),
      since: asset.from('last_seen'),
      until: asset.until('first_seen'),
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
    scanIndex: false,
  },
  conversations: {
    table: 'conversation',
    filters: {
      asset: conversation.either('client_id', 'server_id'),
      clientId: conversation.text('client_id'),
      serverId: conversation.text('server_id'),
      address: conversation.either('client', 'server'),
      client: conversation.text('client'),
      server: conversation.text('server'),
      zone: conversation.either('from_zone', 'to_zone'),
      fromZone: conversation.text('from_zone'),
      toZone: conversation.text('to_zone'),
      transport: conversation.unindexed('transport', ['tcp', 'udp', 'ip', 'eth']),
      port: conversation.integer('port'),
      protocol: conversation.text('protocol'),
      access: conversation.mark('access', ACCESSES),
      since: conversation.from('last_seen'),
      until: conversation.until('first_seen'),
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
    scanIndex: true,
  },
  zones: {
    table: 'zone',
    filters: { kind: zone.text('kind'), securityLevelTarget: zone.integer('security_level_target') },
    sorts: { name: 'name', kind: 'kind', securityLevelTarget: 'security_level_target', assets: 'assets' },
    defaultSort: 'name',
    searchable: true,
    textIndex: false,
    scanIndex: false,
  },
  conduits: {
    table: 'conduit',
    filters: {
      zone: conduit.either('"from"', '"to"'),
      from: conduit.text('"from"'),
      to: conduit.text('"to"'),
      status: conduit.text('status', ['proposed', 'approved', 'rejected']),
    },
    sorts: { from: '"from"', to: '"to"', status: 'status', packets: 'packets', lastSeen: 'last_seen' },
    defaultSort: 'from',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
  violations: {
    table: 'violation',
    filters: {
      kind: violation.text('kind', ['no-conduit', 'not-permitted', 'unassigned']),
      severity: violation.severity(),
      asset: violation.either('client_id', 'server_id'),
      clientId: violation.text('client_id'),
      serverId: violation.text('server_id'),
      zone: violation.either('from_zone', 'to_zone'),
      fromZone: violation.text('from_zone'),
      toZone: violation.text('to_zone'),
      protocol: violation.text('protocol'),
      access: violation.unindexed('access', ACCESSES),
      since: violation.from('last_seen'),
      until: violation.until('first_seen'),
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
    scanIndex: true,
  },
  findings: {
    table: 'finding',
    filters: {
      rule: finding.text('rule'),
      requirement: finding.text('requirement'),
      severity: finding.severity(),
      zone: finding.text('zone'),
      asset: finding.tag('asset'),
    },
    sorts: { severity: 'severity', requirement: 'requirement', rule: 'rule', zone: 'zone', lastSeen: 'last_seen' },
    defaultSort: '-severity',
    searchable: true,
    textIndex: false,
    scanIndex: false,
  },
  /** Pairs of assets, client and server, with all that passes between them: the matrix, cell by cell. */
  pairs: {
    table: 'pair',
    where: "level = 'asset'",
    filters: {
      asset: assetPair.either('"from"', '"to"'),
      from: assetPair.text('"from"'),
      to: assetPair.text('"to"'),
      protocol: assetPair.mark('protocol'),
      access: assetPair.mark('access', ACCESSES),
    },
    sorts: { bytes: 'bytes', packets: 'packets', lastSeen: 'last_seen' },
    defaultSort: '-bytes',
    searchable: false,
    textIndex: false,
    scanIndex: true,
  },
  /** The same by zone; the zone of what lies in none is ''. */
  zonePairs: {
    table: 'pair',
    where: "level = 'zone'",
    filters: {
      zone: zonePair.either('"from"', '"to"'),
      from: zonePair.text('"from"'),
      to: zonePair.text('"to"'),
      protocol: zonePair.mark('protocol'),
      access: zonePair.mark('access', ACCESSES),
    },
    sorts: { bytes: 'bytes', packets: 'packets', lastSeen: 'last_seen' },
    defaultSort: '-bytes',
    searchable: false,
    textIndex: false,
    scanIndex: true,
  },
  events: {
    table: 'event',
    filters: {
      kind: event.text('kind'),
      severity: event.text('severity', SEVERITIES),
      asset: event.text('asset'),
      /** Behind this number: what a reader that has read so far has not seen. */
      after: event.behind('row'),
      since: event.from('at'),
      until: event.until('at'),
    },
    sorts: { number: 'row', at: 'at' },
    defaultSort: '-number',
    searchable: true,
    textIndex: false,
    scanIndex: false,
  },
  captures: {
    table: 'capture',
    where: "state <> 'deleted'",
    filters: {
      state: capture.text('state', ['queued', 'reading', 'done', 'interrupted', 'failed']),
      sha256: capture.text('sha256'),
    },
    sorts: { number: 'row' },
    defaultSort: '-number',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
  history: {
    table: 'history',
    filters: {
      asset: history.text('asset'),
      field: history.unindexed('field'),
      since: history.from('at'),
      until: history.until('at'),
    },
    sorts: { number: 'row', at: 'at' },
    defaultSort: '-number',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
  audit: {
    table: 'audit',
    filters: {
      by: audit.text('by'),
      action: audit.text('action'),
      subject: audit.unindexed('subject'),
      since: audit.from('at'),
      until: audit.until('at'),
    },
    sorts: { number: 'row', at: 'at' },
    defaultSort: '-number',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
  policies: {
    table: 'policy',
    filters: { by: policy.unindexed('by'), sha256: policy.unindexed('sha256') },
    sorts: { version: 'row' },
    defaultSort: '-version',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
  decisions: {
    table: 'decision',
    filters: {
      kind: decision.text('kind', ['override', 'zone', 'move', 'conduit', 'attestation', 'suppression', 'finding']),
      key: decision.unindexed('key'),
      by: decision.unindexed('by'),
    },
    sorts: { number: 'row' },
    defaultSort: 'number',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
  tokens: {
    table: 'token',
    filters: {},
    sorts: { number: 'row' },
    defaultSort: 'number',
    searchable: false,
    textIndex: false,
    scanIndex: false,
  },
} as const satisfies Record<string, ListDefinition>;

export type ListName = keyof typeof LISTS;
