/** Comma-separated values after RFC 4180, for spreadsheets. */
import { visible } from '../visible.ts';

/** Null and nothing are an empty cell. */
export type CsvValue = string | number | null;

/**
 * Characters (and their full-width forms) by which spreadsheets begin a formula: a device may call itself
 * `=HYPERLINK(…)`. OWASP, "CSV Injection": an apostrophe in front makes text of it.
 */
const FORMULA = /^[=+\-@＝＋－＠]/;
/** Cells that hold one of these are quoted: RFC 4180, section 2, rule 6. */
const NEEDS_QUOTES = /[",\r\n]/;

/** One line, with its end (CRLF: RFC 4180, section 2, rule 1). */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = visible(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
