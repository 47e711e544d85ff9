/** From what a reader asks of a list to SQL: only names of the list's definition ever become part of it. */
import { FieldmarkError } from '../errors.ts';
import type { Filter, ListDefinition } from './lists.ts';

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

type Bound = string | number;

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

/**
 * What filters ask for, as a condition; '' when they narrow nothing.
 * @param walked the rows are looked at one after another anyway
 */
export function conditionOf(list: ListDefinition, wanted: readonly Wanted[], walked = false): Condition {
  const parts = wanted.map(({ filter, values }) => {
    const sql = walked ? (filter.walked ?? filter.where) : filter.where;
    return alternatives(sql, values);
  });
  return together(...(list.where === undefined ? [] : [{ sql: list.where, values: [] }]), ...parts);
}

/** One condition for any of several values. */
export function alternatives(sql: string, values: readonly Bound[]): Condition {
  const binds = sql.split('?').length - 1;
  if (values.length === 0) return { sql: '0', values: [] };
  return {
    sql: `(${values.map(() => sql).join(' OR ')})`,
    values: values.flatMap((value) => Array.from({ length: binds }, () => value)),
  };
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
export function behind({ column, descending }: Order, place: Place | undefined): Condition {
  if (place === undefined) return { sql: '', values: [] };
  const sign = descending ? '<' : '>';
  if (column === 'row') return { sql: `row ${sign} ?`, values: [place.row] };
  return { sql: `(${column}, row) ${sign} (?, ?)`, values: [place.value, place.row] };
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
export function isIndexed(list: ListDefinition, wanted: string): boolean {
  return list.textIndex && [...wanted].length >= SHORTEST_INDEXED;
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
