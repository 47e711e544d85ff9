/** From what a reader asks of a list to SQL: only names of the list's definition ever become part of it. */
import { FieldmarkError } from '../errors.ts';
import type { Filter, ListDefinition } from './lists.ts';
import type { Bound } from './statements.ts';

/** What a reader asks of a list. */
export interface ListRequest {
  /** By the names of the list's definition; several values of one name are alternatives, several names hold together. */
  readonly filter?: Readonly<Record<string, FilterValue | readonly FilterValue[]>>;
  /** Only entries whose text holds this, in any case. */
  readonly search?: string;
  /** A name of the definition's sorts, with `-` before it for the highest first. */
  readonly sort?: string;
  /** Entries at most, 1 to MAX_PAGE. */
  readonly limit?: number;
  /** Where the page before ended: its `next`. */
  readonly cursor?: string;
}

export type FilterValue = string | number;

export const MAX_PAGE = 1000;
export const DEFAULT_PAGE = 100;
/** Values of one filter. */
const MOST_VALUES = 200;
const LONGEST_TEXT = 500;

/** A condition and what it binds. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Bound[];
}

export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** One filter of a request, checked: its definition and its values as the columns hold them. */
export interface Wanted {
  readonly filter: Filter;
  readonly values: readonly Bound[];
}

/** The filters of a request. */
export function wantedOf(list: ListDefinition, filter: ListRequest['filter'] = {}): Wanted[] {
  return Object.entries(filter).map(([name, wanted]) => {
    const definition = Object.hasOwn(list.filters, name) ? list.filters[name] : undefined;
    if (definition === undefined) throw refused(`there is no filter '${name}': ${namesOf(list.filters)}`);
    const alternatives = Array.isArray(wanted) ? (wanted as readonly FilterValue[]) : [wanted as FilterValue];
    if (alternatives.length > MOST_VALUES) throw refused(`filter '${name}' has more than ${MOST_VALUES} values`);
    return { filter: definition, values: alternatives.map((value) => storedValue(name, definition, value)) };
  });
}

/** What filters ask for, as a condition; '' when they narrow nothing. */
export function conditionOf(list: ListDefinition, wanted: readonly Wanted[]): Condition {
  const parts = wanted.map(({ filter, values }) => alternatives(filter.where, values));
  return together(...(list.where === undefined ? [] : [{ sql: list.where, values: [] }]), ...parts);
}

const NO_CONDITION: Condition = { sql: '', values: [] };

/** One condition for any of several values. */
export function alternatives(sql: string, values: readonly Bound[]): Condition {
  if (values.length === 0) return { sql: '0', values: [] };
  return { sql: `(${values.map(() => sql).join(' OR ')})`, values: bound(sql, values) };
}

/** What each of several values binds, where each stands for every `?` once. */
export function bound(sql: string, values: readonly Bound[]): Bound[] {
  const binds = sql.split('?').length - 1;
  return values.flatMap((value) => Array.from({ length: binds }, () => value));
}

/** Conditions that all hold. */
export function together(...conditions: readonly Condition[]): Condition {
  const used = conditions.filter(({ sql }) => sql !== '');
  return { sql: used.map(({ sql }) => sql).join(' AND '), values: used.flatMap(({ values }) => values) };
}

function storedValue(name: string, { type, values, stored }: Filter, value: FilterValue): Bound {
  if (type === 'integer') {
    const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isSafeInteger(number)) throw refused(`filter '${name}' wants a whole number, not '${value}'`);
    return number;
  }
  const text = String(value);
  if (text.length > LONGEST_TEXT) throw refused(`filter '${name}' is longer than ${LONGEST_TEXT} characters`);
  if (values !== undefined && !values.includes(text)) {
    throw refused(`filter '${name}' knows no '${text}': ${values.join(', ')}`);
  }
  return stored === undefined ? text : stored(text);
}

/** The order that `sort` names. */
export function orderOf(list: ListDefinition, sort: string = list.defaultSort): Order {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const column = Object.hasOwn(list.sorts, name) ? list.sorts[name] : undefined;
  if (column === undefined) throw refused(`it cannot be sorted by '${name}': ${namesOf(list.sorts)}`);
  return { column, descending };
}

/** How many entries a page has. */
export function limitOf({ limit = DEFAULT_PAGE }: ListRequest): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw refused(`limit must be 1 to ${MAX_PAGE}, not ${limit}`);
  }
  return limit;
}

/** Where a page ended: the value it is sorted by and the number of its last entry. */
export interface Place {
  readonly value: Bound;
  readonly row: number;
}

/** A place as a reader hands it back; it holds for the same order only. */
export function cursorOf({ column, descending }: Order, { value, row }: Place): string {
  return Buffer.from(JSON.stringify([`${descending ? '-' : ''}${column}`, value, row])).toString('base64url');
}

/** The place that a cursor names; undefined without one. */
export function placeOf({ column, descending }: Order, cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parts = null;
  }
  const [order, value, row] = Array.isArray(parts) ? parts : [];
  const known = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
  if (order !== `${descending ? '-' : ''}${column}` || !known || !Number.isSafeInteger(row)) {
    throw refused('the cursor is not of this list in this order: begin with the first page');
  }
  return { value, row };
}

/** The condition that an entry stands behind a place. */
export function behind(order: Order, place: Place | undefined, row = 'row'): Condition {
  return place === undefined ? NO_CONDITION : beside(order, order.descending ? '<' : '>', place, row);
}

/** The condition that an entry stands at a place or before it. */
export function upTo(order: Order, place: Place | undefined): Condition {
  return place === undefined ? NO_CONDITION : beside(order, order.descending ? '>=' : '<=', place);
}

function beside({ column }: Order, sign: string, { value, row }: Place, number = 'row'): Condition {
  if (column === number) return { sql: `${number} ${sign} ?`, values: [row] };
  return { sql: `(${column}, ${number}) ${sign} (?, ?)`, values: [value, row] };
}

/** What to order by; the row's number is the last word, so that there is one order. */
export function inOrder({ column, descending }: Order, row = 'row'): string {
  const way = descending ? 'DESC' : 'ASC';
  return column === row ? `${row} ${way}` : `${column} ${way}, ${row} ${way}`;
}

/** Trigrams of a shorter text do not exist. */
const SHORTEST_INDEXED = 3;

export function searchText(search: string | undefined): string | undefined {
  const wanted = search?.trim();
  if (wanted === undefined || wanted === '') return undefined;
  if (wanted.length > LONGEST_TEXT) throw refused(`the text sought is longer than ${LONGEST_TEXT} characters`);
  return wanted;
}

/** Whether an index of text can find it. */
export function hasTrigrams(wanted: string): boolean {
  return [...wanted].length >= SHORTEST_INDEXED;
}

/** The text as one phrase of FTS5: whatever signs it holds. */
export function phraseOf(wanted: string): string {
  return `"${wanted.replaceAll('"', '""')}"`;
}

/** The text as a pattern of LIKE, with `\\` as its escape. */
export function patternOf(wanted: string): string {
  return `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
}

function namesOf(known: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(known);
  return names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
}

function refused(message: string): FieldmarkError {
  return new FieldmarkError('QUERY_INVALID', message);
}
