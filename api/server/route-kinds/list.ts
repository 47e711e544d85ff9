/** Every list of the service: filters, free text, order, pages, choice of fields, and CSV, after the store's own table of lists. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Entries } from '../../../agent/store/entries.ts';
import { DEFAULT_PAGE, type ListRequest, MAX_PAGE } from '../../../agent/store/list-query.ts';
import { type Filter, LISTS, type ListDefinition, type ListName } from '../../../agent/store/lists.ts';
import type { Page, Reader } from '../../../agent/store/reader.ts';
import type { Role } from '../access/auth.ts';
import type { App } from '../app.ts';
import { csvLine } from '../http/csv.ts';
import { negotiate } from '../http/negotiate.ts';
import { Problem } from '../http/problem.ts';
import { microseconds } from '../http/times.ts';
import { described, oneOf, pageOf, Text, Time } from '../schemas/values.ts';

export interface ListRoute<Name extends ListName> {
  readonly url: string;
  readonly name: Name;
  /** One entry, a named schema. */
  readonly entry: TSchema;
  readonly tag: string;
  readonly summary: string;
  readonly role?: Role;
  /** Schema of the path's parameters, and what they add to the filter. */
  readonly params?: TSchema;
  /** Tables that the answer is a function of besides the list's own, and what is added to the entries from there. */
  readonly and?: readonly string[];
  readonly shown?: (entries: readonly Entries[Name][]) => readonly object[];
  readonly within?: (params: Record<string, string>) => Readonly<Record<string, string>>;
}

/** Filters whose values are times. */
const TIMES: ReadonlySet<string> = new Set(['since', 'until']);

/** Adds a list to the service. */
export function addList<Name extends ListName>(app: App, reader: Reader, route: ListRoute<Name>): void {
  const { url, name, entry, tag, summary, role = 'viewer', params, and = [], within = () => ({}) } = route;
  const { shown = (entries: readonly Entries[Name][]): readonly object[] => entries } = route;
  const page = pageOf<Entries[Name]>(entry, `${capital(name)}Page`);
  const columns = Object.keys((entry as unknown as { properties: object }).properties);
  app.addSchema(page);
  app.get(
    url,
    {
      config: { role, revisioned: [LISTS[name].table, ...and], problems: ['NOT_ACCEPTABLE'] },
      schema: {
        tags: [tag],
        summary,
        ...(params !== undefined && { params }),
        querystring: queryOf(LISTS[name]),
        response: {
          200: {
            description: 'A page as JSON; as CSV all that the filters leave, or `limit` of it.',
            content: {
              'application/json': { schema: { $ref: `${schemaId(page)}#` } },
              'text/csv': { schema: Text },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const query = request.query as Query;
      const chosen = fieldsOf(query.fields, columns);
      const filter = { ...filterOf(query, LISTS[name]), ...within((request.params ?? {}) as Record<string, string>) };
      const wanted = { filter, ...pick(query) };
      if (negotiate(request.headers.accept, ['application/json', 'text/csv']) === 'text/csv') {
        return sendCsv(reply, rows(reader, name, wanted, shown), chosen ?? columns, `${name}.csv`);
      }
      const { items: entries, next, total = reader.count(name, wanted) } = reader.list(name, wanted);
      const items = shown(entries);
      return reply.send({
        items: chosen === undefined ? items : items.map((item) => choose(item, chosen)),
        total,
        next,
      });
    },
  );
}

interface Query {
  readonly q?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly fields?: string;
  readonly [filter: string]: string | number | readonly (string | number)[] | undefined;
}

function pick({ q, sort, limit, cursor }: Query): ListRequest {
  return {
    ...(q !== undefined && { search: q }),
    ...(sort !== undefined && { sort }),
    ...(limit !== undefined && { limit }),
    ...(cursor !== undefined && { cursor }),
  };
}

function queryOf(list: ListDefinition): TSchema {
  const properties: Record<string, TSchema> = {};
  for (const [name, filter] of Object.entries(list.filters)) {
    properties[name] = Type.Optional(
      TIMES.has(name) ? Time : Type.Array(valueSchema(filter), { minItems: 1, maxItems: 50 }),
    );
  }
  if (list.searchable) {
    const about = 'Free text: what the entry must hold somewhere, in any case.';
    properties['q'] = Type.Optional(Type.String({ maxLength: 200, description: about }));
  }
  const sorts = Object.keys(list.sorts).flatMap((name) => [name, `-${name}`]);
  const standard = `With \`-\` the highest first. Without it: \`${list.defaultSort}\`.`;
  const limit = Type.Integer({
    minimum: 1,
    maximum: MAX_PAGE,
    description: `Entries of a page; ${DEFAULT_PAGE} without it.`,
  });
  const cursor = Type.String({ maxLength: 2000, description: '`next` of the page before.' });
  const fields = Type.String({
    maxLength: 1000,
    description: 'Names of fields with commas between: only these are sent.',
  });
  properties['sort'] = Type.Optional(described(oneOf(sorts), standard));
  properties['limit'] = Type.Optional(limit);
  properties['cursor'] = Type.Optional(cursor);
  properties['fields'] = Type.Optional(fields);
  return Type.Object(properties, { additionalProperties: false });
}

function valueSchema({ type, values }: Filter): TSchema {
  if (values !== undefined) return oneOf(values);
  return type === 'integer' ? Type.Integer() : Type.String({ maxLength: 256 });
}

function filterOf(query: Query, list: ListDefinition): NonNullable<ListRequest['filter']> {
  const filter: Record<string, string | number | readonly (string | number)[]> = {};
  for (const name of Object.keys(list.filters)) {
    const value = query[name];
    if (value !== undefined) filter[name] = TIMES.has(name) ? microseconds(name, String(value)) : value;
  }
  return filter;
}

/** The fields that were chosen, in that order; undefined for all. */
function fieldsOf(text: string | undefined, known: readonly string[]): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const chosen = text.split(',').map((name) => name.trim());
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Problem('INVALID_PARAMETER', `there is no field '${unknown}': ${known.join(', ')}`, {
      flaws: [{ at: 'fields', message: 'names a field that does not exist' }],
    });
  }
  return chosen;
}

function choose(entry: object, fields: readonly string[]): Record<string, unknown> {
  const values = entry as Record<string, unknown>;
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/** All entries that a request leaves, `limit` of them at most, read a page at a time. */
function* rows<Name extends ListName>(
  reader: Reader,
  name: Name,
  wanted: ListRequest,
  shown: (entries: readonly Entries[Name][]) => readonly object[],
): Generator<object> {
  let left = wanted.limit ?? Number.POSITIVE_INFINITY;
  let cursor: string | null | undefined = wanted.cursor;
  do {
    const limit = Math.min(left, MAX_PAGE);
    const page: Page<Entries[Name]> = reader.list(name, { ...wanted, limit, ...(cursor !== undefined && { cursor }) });
    yield* shown(page.items);
    left -= page.items.length;
    cursor = page.next;
  } while (cursor !== null && left > 0);
}

/** Sends entries as CSV while they are read: others get their turn between the pieces. */
export function sendCsv(
  reply: FastifyReply,
  entries: Iterable<object>,
  columns: readonly string[],
  fileName: string,
): FastifyReply {
  const lines = function* () {
    yield csvLine(columns);
    let piece = '';
    for (const entry of entries) {
      piece += csvLine(columns.map((column) => (entry as Record<string, unknown>)[column]));
      if (piece.length < CSV_PIECE_LENGTH) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  };
  reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return reply.type('text/csv; charset=utf-8').send(Readable.from(lines(), { objectMode: false }));
}

const CSV_PIECE_LENGTH = 64 * 1024;

/** The entry that a request names, or NOT_FOUND. */
export function found<T>(entry: T | undefined, what: string): T {
  if (entry === undefined) throw new Problem('NOT_FOUND', `there is no such ${what}`);
  return entry;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function schemaId(schema: TSchema): string {
  return (schema as unknown as { $id: string }).$id;
}
