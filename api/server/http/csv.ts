/** Lists as CSV (RFC 4180), safe to open in a spreadsheet. */
import { csvLine as safeLine } from '../../../agent/report/csv/csv.ts';

/** One line of CSV. Null is empty; lists have `; ` between their members; other objects are JSON. */
export function csvLine(cells: readonly unknown[]): string {
  return safeLine(cells.map((value) => (typeof value === 'number' ? value : textOf(value))));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((member) => typeof member !== 'object')) return value.join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
