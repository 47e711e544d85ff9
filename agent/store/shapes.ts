/** From rows to the entries of lists. */
import { isoTime } from '../report/time.ts';
import type { Entries } from './entries.ts';
import type { ListName } from './lists.ts';

/** A row as the database gives it. */
export type Row = Readonly<Record<string, string | number | null>>;

const body = (row: Row) => JSON.parse(row['body'] as string);
const text = (row: Row, column: string) => row[column] as string;
const time = (row: Row, column: string) => isoTime(row[column] as number | null);
const json = (value: string | number | null | undefined) => (value == null ? null : JSON.parse(value as string));

/** How each list's rows become entries. */
export const SHAPES: { readonly [Name in ListName]: (row: Row) => Entries[Name] } = {
  assets: body,
  conversations: body,
  zones: body,
  conduits: body,
  violations: body,
  findings: body,
  pairs: body,
  zonePairs: body,
  events: (row) => ({
    number: row['row'] as number,
    id: text(row, 'id'),
    kind: text(row, 'kind'),
    severity: text(row, 'severity'),
    asset: row['asset'] === '' ? null : text(row, 'asset'),
    at: time(row, 'at') as string,
    event: body(row),
  }),
  captures: (row) => ({
    id: row['row'] as number,
    name: text(row, 'name'),
    sha256: row['sha256'] as string | null,
    size: row['size'] as number | null,
    live: row['live'] === 1,
    state: text(row, 'state') as Entries['captures']['state'],
    bytesRead: row['bytes_read'] as number,
    packets: row['packets'] as number,
    bytes: row['bytes'] as number,
    firstSeen: time(row, 'first_seen'),
    lastSeen: time(row, 'last_seen'),
    verdict: json(row['verdict']),
    error: json(row['error']),
    by: text(row, 'by'),
    added: time(row, 'added') as string,
    finished: time(row, 'finished'),
  }),
  history: (row) => ({
    number: row['row'] as number,
    asset: text(row, 'asset'),
    field: text(row, 'field'),
    before: row['before'] as string | null,
    after: row['after'] as string | null,
    at: time(row, 'at') as string,
  }),
  audit: (row) => ({
    number: row['row'] as number,
    at: time(row, 'at') as string,
    by: text(row, 'by'),
    action: text(row, 'action'),
    subject: text(row, 'subject'),
    detail: body(row),
  }),
  policies: (row) => ({
    version: row['row'] as number,
    sha256: text(row, 'sha256'),
    by: text(row, 'by'),
    at: time(row, 'at') as string,
    reason: row['reason'] as string | null,
    active: row['active'] === 1,
  }),
  decisions: (row) => ({
    kind: text(row, 'kind') as Entries['decisions']['kind'],
    key: text(row, 'key'),
    by: text(row, 'by'),
    at: time(row, 'at') as string,
    decision: body(row),
  }),
  tokens: (row) => ({
    id: text(row, 'id'),
    role: text(row, 'role') as Entries['tokens']['role'],
    label: text(row, 'label'),
    created: time(row, 'created') as string,
    lastUsed: time(row, 'last_used'),
  }),
};
