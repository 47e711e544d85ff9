/** Files that the page makes itself. */
import type { Column } from './table.tsx';

/** Hands a file to the reader. */
export function save(name: string, content: Blob | string, type = 'text/plain'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What a column is called, and what it says. */
export type CsvColumn<Row> = Pick<Column<Row>, 'heading' | 'text'>;

/** The rows that are shown, with the columns that are shown. */
export function saveCsv<Row>(name: string, columns: readonly CsvColumn<Row>[], rows: readonly Row[]): void {
  const lines = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ text }) => text?.(row) ?? null)),
  ];
  save(name, `${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`, 'text/csv');
}

/** RFC 4180; what a spreadsheet would take for a formula is text (OWASP, CSV injection). */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
