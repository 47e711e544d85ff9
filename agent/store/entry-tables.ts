/** The tables of entries: their columns, and which of them change with every packet. */

export interface EntryTableDefinition {
  /** All columns but row, id, hash, fixed and marks. */
  readonly columns: readonly string[];
  /** Columns that change as traffic goes on; the others, and the tags, mostly stay. */
  readonly moving: readonly string[];
  readonly tagged: boolean;
  /** The tags stand in a column `marks` too. */
  readonly marked: boolean;
  readonly textIndex: boolean;
}

export const ENTRY_TABLES = {
  asset: {
    columns: [
      'address',
      'name',
      'vendor',
      'product',
      'model',
      'firmware',
      'role',
      'purdue_level',
      'zone',
      'parent',
      'completeness',
      'first_seen',
      'last_seen',
      'text',
      'body',
      'evidence',
    ],
    moving: ['last_seen', 'body', 'evidence'],
    tagged: true,
    marked: false,
    textIndex: true,
  },
  conversation: {
    columns: [
      'client',
      'server',
      'client_id',
      'server_id',
      'from_zone',
      'to_zone',
      'transport',
      'port',
      'protocol',
      'packets',
      'bytes',
      'first_seen',
      'last_seen',
      'text',
      'body',
      'operations',
    ],
    moving: ['packets', 'bytes', 'last_seen', 'body', 'operations'],
    tagged: true,
    marked: true,
    textIndex: true,
  },
  pair: {
    columns: ['level', 'from', 'to', 'packets', 'bytes', 'last_seen', 'body'],
    moving: ['packets', 'bytes', 'last_seen', 'body'],
    tagged: true,
    marked: true,
    textIndex: false,
  },
  zone: {
    columns: ['name', 'kind', 'security_level_target', 'assets', 'text', 'body', 'members'],
    moving: ['body', 'members'],
    tagged: false,
    marked: false,
    textIndex: false,
  },
  conduit: {
    columns: ['from', 'to', 'status', 'packets', 'last_seen', 'body'],
    moving: ['packets', 'last_seen', 'body'],
    tagged: false,
    marked: false,
    textIndex: false,
  },
  violation: {
    columns: [
      'kind',
      'severity',
      'client',
      'server',
      'client_id',
      'server_id',
      'protocol',
      'from_zone',
      'to_zone',
      'access',
      'packets',
      'first_seen',
      'last_seen',
      'text',
      'body',
    ],
    moving: ['packets', 'last_seen', 'body'],
    tagged: false,
    marked: false,
    textIndex: true,
  },
  finding: {
    columns: ['rule', 'requirement', 'severity', 'zone', 'last_seen', 'text', 'body'],
    moving: ['last_seen', 'body'],
    tagged: true,
    marked: false,
    textIndex: false,
  },
} as const satisfies Record<string, EntryTableDefinition>;

export type EntryTable = keyof typeof ENTRY_TABLES;
