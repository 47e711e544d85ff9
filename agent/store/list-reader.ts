/**
 * Pages of lists, and how many entries fit, at a cost that has a bound whatever is asked for. There are three ways:
 * - what is rare is found by its own index and put in order;
 * - what is common is met soon enough on a walk along the order's index, which ends after some steps;
 * - what is neither (two common things that are rare together, or all of it at the far end of the order) is met by going
 *   over all entries once, in an index that holds every column that is asked for, where the table is large.
 */
import { FieldmarkError } from '../errors.ts';
import {
  behind,
  bound,
  type Condition,
  conditionOf,
  cursorOf,
  hasTrigrams,
  inOrder,
  type ListRequest,
  limitOf,
  type Order,
  orderOf,
  type Place,
  patternOf,
  phraseOf,
  placeOf,
  searchText,
  together,
  upTo,
  type Wanted,
  wantedOf,
} from './list-query.ts';
import { LISTS, type ListDefinition, type ListName } from './lists.ts';
import type { Row } from './shapes.ts';
import type { Statements } from './statements.ts';

/** Rows of a page. */
export interface Rows {
  readonly rows: readonly Row[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
  /** How many entries fit in all, as `count` tells it; undefined where the page was read without learning it. */
  readonly total: number | undefined;
}

/** Entries found by an index, few enough to look at each and put them in order. */
const FEW = 2000;
/** Entries that a walk looks at, besides twice as many as the page has: a small part of what going over all costs. */
const STEPS = 1000;
/** Entries that are put in order; of more, those show where the page ends at the latest. */
const MOST_ORDERED = 50_000;
/** Entries that fit are counted up to here. */
export const MOST_COUNTED = 10_000;

/** Which entries are wanted, in whatever order. */
interface Wish {
  readonly list: ListDefinition;
  readonly filters: readonly Wanted[];
  /** The text sought. */
  readonly text: string | undefined;
  /** Of an entry that is looked at. */
  readonly fits: Condition;
  /** Reads the rows' numbers of few entries, all that fit among them, from an index. */
  readonly found: Condition | undefined;
}

/** Which of them, and in what order. */
interface PageWish {
  readonly name: ListName;
  readonly order: Order;
  readonly limit: number;
  readonly place: Place | undefined;
}

/** One way to read a page: undefined when it came to no page. */
interface Way {
  readonly query: Condition;
  readonly take: (rows: Row[]) => Rows | undefined;
}

export class ListReader {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  page(name: ListName, request: ListRequest): Rows {
    for (const { query, take } of this.#ways(this.#wishOf(LISTS[name], request), pageWishOf(name, request))) {
      const page = take(this.#statements.all(query.sql, query.values) as Row[]);
      if (page !== undefined) return page;
    }
    throw new Error('the last way always comes to a page');
  }

  /** How many entries fit, up to MOST_COUNTED; without filters and search all of the list. */
  count(name: ListName, request: ListRequest): number {
    const wish = this.#wishOf(LISTS[name], request);
    const { list, fits, found } = wish;
    if (!isNarrowed(wish)) return this.#count({ ...fits, sql: `SELECT 1 FROM ${list.table}${where(fits)}` });
    const counted = found === undefined ? (onlyIndex(wish) ?? scan(wish)) : lookUp(wish, found);
    return this.#count(counted, MOST_COUNTED);
  }

  /** How SQLite goes about a page, by each way that may be tried. */
  plans(name: ListName, request: ListRequest): string[][] {
    const ways = [...this.#ways(this.#wishOf(LISTS[name], request), pageWishOf(name, request))];
    return ways.map(({ query: { sql, values } }) => {
      const steps = this.#statements.all(`EXPLAIN QUERY PLAN ${sql}`, values) as { readonly detail: string }[];
      return steps.map(({ detail }) => detail);
    });
  }

  #wishOf(list: ListDefinition, request: ListRequest): Wish {
    const filters = wantedOf(list, request.filter);
    const text = searchText(request.search);
    if (text !== undefined && !list.searchable) {
      throw new FieldmarkError('QUERY_INVALID', 'this list has no text to search');
    }
    const wish = { list, filters, text };
    const byFilters = conditionOf(list, filters);
    const fits = together(byFilters, holding(text));
    const rare = filters.find((wanted) => this.#isRare(wanted));
    if (rare !== undefined) return { ...wish, fits, found: indexOf(rare) };
    const index = textIndexOf(list, text);
    if (index !== undefined && this.#count(index, FEW + 1) <= FEW) return { ...wish, fits: byFilters, found: index };
    return { ...wish, fits, found: undefined };
  }

  /** Whether an index finds few entries by a filter. */
  #isRare(wanted: Wanted): boolean {
    if (wanted.values.length === 0) return true;
    if (wanted.filter.found === undefined) return false;
    let few = 0;
    for (const value of wanted.values) {
      few += this.#count(indexOf({ ...wanted, values: [value] }), FEW + 1);
      if (few > FEW) return false;
    }
    return true;
  }

  /** The ways to a page, the likeliest first; the last always comes to one. */
  *#ways(wish: Wish, page: PageWish): Generator<Way> {
    const { list, found } = wish;
    const { order, limit, place } = page;
    const all = (rows: Row[], total?: number) => rowsOf(page, rows, total);
    const totalOf = ([first]: Row[]) => first?.['total'] as number | undefined;
    if (found !== undefined) {
      yield { query: putInOrder(page, list, lookUp(wish, found, order)), take: (rows) => all(rows, totalOf(rows)) };
      return;
    }
    const end = isNarrowed(wish) ? this.#endOfWalk(wish, page) : undefined;
    yield {
      query: walk(wish, page, end),
      take: (rows) => (rows.length > limit || end === undefined ? all(rows) : undefined),
    };
    if (end === undefined) return;
    const index = onlyIndex(wish);
    const areMany = index !== undefined && this.#count(index, MOST_COUNTED) === MOST_COUNTED;
    const most = areMany ? FEW : MOST_ORDERED;
    const { sql, values } = scan(wish, order);
    let bound: Place | undefined;
    yield {
      query: putInOrder(page, list, { sql: `${sql} LIMIT ${most + 1}`, values }),
      take(rows) {
        const total = totalOf(rows) ?? (place === undefined ? 0 : Number.POSITIVE_INFINITY);
        if (total <= most) return all(rows, Math.min(total, MOST_COUNTED));
        if (rows.length > limit) bound = placeOfRow(rows[limit] as Row);
        return undefined;
      },
    };
    yield { query: first(wish, page, bound), take: (rows) => all(rows, MOST_COUNTED) };
  }

  /** Where a walk ends that comes to no page; undefined when it comes to the list's end. */
  #endOfWalk({ list, filters }: Wish, { order, limit, place }: PageWish): Place | undefined {
    const { column } = order;
    // what the order's own index finds costs no steps
    const within = filters.filter(({ filter, values }) => filter.column === column && values.length === 1);
    const { sql, values } = together(conditionOf(list, within), behind(order, place));
    const steps = `${where({ sql, values })} ORDER BY ${inOrder(order)} LIMIT 1 OFFSET ${STEPS + 2 * limit}`;
    const query = `SELECT ${column} AS value, row FROM ${list.table} ${along(list, order)}${steps}`;
    return this.#statements.get(query, values) as Place | undefined;
  }

  #count({ sql, values }: Condition, most?: number): number {
    const limit = most === undefined ? '' : ` LIMIT ${most}`;
    return (this.#statements.get(`SELECT count(*) AS count FROM (${sql}${limit})`, values) as { count: number }).count;
  }
}

const BODY = ['body'];

/** What a page needs of lists whose rows hold more. */
const COLUMNS: Partial<Record<ListName, readonly string[]>> = {
  assets: BODY,
  conversations: BODY,
  zones: BODY,
  conduits: BODY,
  violations: BODY,
  findings: BODY,
  pairs: BODY,
  zonePairs: BODY,
  policies: ['sha256', 'by', 'at', 'reason', 'active'],
  tokens: ['id', 'role', 'label', 'created', 'last_used'],
};

function columnsOf(name: ListName, table: string): readonly string[] {
  return COLUMNS[name] ?? [`${table}.*`];
}

function pageWishOf(name: ListName, request: ListRequest): PageWish {
  const order = orderOf(LISTS[name], request.sort);
  return { name, order, limit: limitOf(request), place: placeOf(order, request.cursor) };
}

/** Of one row more than a page has, when there are more. */
function rowsOf({ order, limit, place }: PageWish, rows: Row[], total: number | undefined): Rows {
  if (rows.length <= limit) return { rows, next: null, total: place === undefined ? rows.length : total };
  rows.pop();
  return { rows, next: cursorOf(order, placeOfRow(rows[limit - 1] as Row)), total };
}

function placeOfRow({ sorted, row }: Row): Place {
  return { value: sorted as string | number, row: row as number };
}

function isNarrowed({ filters, text }: Wish): boolean {
  return filters.length > 0 || text !== undefined;
}

/** That an entry's text holds what is sought. */
function holding(text: string | undefined): Condition {
  if (text === undefined) return { sql: '', values: [] };
  return { sql: "text LIKE ? ESCAPE '\\'", values: [patternOf(text)] };
}

/** What the index of texts finds; undefined where it cannot. */
function textIndexOf({ table, textIndex }: ListDefinition, text: string | undefined): Condition | undefined {
  if (text === undefined || !textIndex || !hasTrigrams(text)) return undefined;
  return { sql: `SELECT rowid FROM ${table}_text WHERE ${table}_text MATCH ?`, values: [phraseOf(text)] };
}

/** What an index finds by each of a filter's values. */
function indexOf({ filter: { found }, values }: Wanted): Condition {
  if (found === undefined || values.length === 0) return { sql: 'SELECT NULL WHERE 0', values: [] };
  return { sql: values.map(() => found).join(' UNION '), values: bound(found, values) };
}

/** The one index that finds all that is wanted and nothing else; undefined when there is none. */
function onlyIndex({ list, filters, text }: Wish): Condition | undefined {
  const [first, second] = filters;
  if (first === undefined) return textIndexOf(list, text);
  const { filter, values } = first;
  // what an index finds does not know which rows of the table are the list's
  if (second !== undefined || text !== undefined || list.where !== undefined || values.length !== 1) return undefined;
  return filter.found === undefined ? undefined : indexOf(first);
}

/** Looks at each row that an index finds. */
function lookUp({ list: { table }, fits }: Wish, found: Condition, order?: Order): Condition {
  const from = `found CROSS JOIN ${table} ON ${table}.row = found.place`;
  const sql = `WITH found (place) AS (${found.sql}) SELECT ${placed(order)} FROM ${from}${where(fits)}`;
  return { sql, values: [...found.values, ...fits.values] };
}

/** Looks at every entry. */
function scan({ list: { table, scanIndex }, fits }: Wish, order?: Order): Condition {
  const index = scanIndex ? `INDEXED BY ${table}_scan` : 'NOT INDEXED';
  return { sql: `SELECT ${placed(order)} FROM ${table} ${index}${where(fits)}`, values: fits.values };
}

/** A row's place in an order, as `place` and `sorted`; any column where none is wanted. */
function placed(order: Order | undefined): string {
  return order === undefined ? '1' : `row AS place, ${order.column} AS sorted`;
}

/** Looks at entries as they come along the order's index, up to a place. */
function walk({ list, fits }: Wish, page: PageWish, end: Place | undefined): Condition {
  const { name, order, limit, place } = page;
  const wanted = together(fits, behind(order, place), upTo(order, end));
  const columns = [...columnsOf(name, list.table), 'row', `${order.column} AS sorted`].join(', ');
  const sql = `SELECT ${columns} FROM ${list.table} ${along(list, order)}${where(wanted)}
    ORDER BY ${inOrder(order)} LIMIT ${limit + 1}`;
  return { sql, values: wanted.values };
}

/** The page of what was placed, and how many were. */
function putInOrder(page: PageWish, { table }: ListDefinition, placed: Condition): Condition {
  const order = { column: 'sorted', descending: page.order.descending };
  const wanted = behind(order, page.place, 'place');
  const first = `SELECT place, sorted, (SELECT count(*) FROM fitting) AS total FROM fitting${where(wanted)}
    ORDER BY ${inOrder(order, 'place')} LIMIT ${page.limit + 1}`;
  const sql = `WITH fitting AS MATERIALIZED (${placed.sql}) ${whole(page, table, first, 'total')}`;
  return { sql, values: [...placed.values, ...wanted.values] };
}

/**
 * The page of all that fit, which are too many to be put in order.
 * @param bound a place that the page ends at or before: what is behind it needs no further look
 */
function first(wish: Wish, page: PageWish, bound: Place | undefined): Condition {
  const { order, place, limit } = page;
  const fits = together(upTo(order, bound), behind(order, place), wish.fits);
  const { sql, values } = scan({ ...wish, fits }, order);
  // the sign keeps SQLite from a walk along the order's index
  const places = `${sql} ORDER BY +${inOrder(order)} LIMIT ${limit + 1}`;
  return { sql: whole(page, wish.list.table, places), values };
}

/** The rows of a page whose places were read. */
function whole({ name, order }: PageWish, table: string, places: string, ...more: readonly string[]): string {
  const columns = [...columnsOf(name, table), 'row', 'sorted', ...more].join(', ');
  const sorted = { ...order, column: 'sorted' };
  return `SELECT ${columns} FROM (${places}) CROSS JOIN ${table} ON row = place ORDER BY ${inOrder(sorted, 'place')}`;
}

function along({ table }: ListDefinition, { column }: Order): string {
  return column === 'row' ? 'NOT INDEXED' : `INDEXED BY ${table}_${column.replaceAll('"', '')}`;
}

function where({ sql }: Condition): string {
  return sql === '' ? '' : ` WHERE ${sql}`;
}
