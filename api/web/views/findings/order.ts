/** The order in which findings and violations stand. */
import { grouped } from '../../../../agent/grouping.ts';
import type { Violation } from '../../data/model.ts';
import type { Column, Sorting } from '../../parts/table.tsx';
import type { SeverityName } from '../../parts/values.tsx';

export const SEVERITIES: readonly SeverityName[] = ['critical', 'high', 'medium', 'low'];

interface Rated {
  readonly severity: SeverityName;
  readonly id: string;
}

/** The most severe first. */
export function bySeverity(a: Rated, b: Rated): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
}

/** Border by border, that with the most severe violation first. */
export function byBorder(violations: readonly Violation[]): Violation[] {
  const sorted = [...violations].sort(bySeverity);
  const borders = grouped(sorted, ({ fromZone, toZone }) => `${fromZone} ${toZone}`);
  return [...borders.values()].flat();
}

/** By what a column says; as they came where it says the same. */
export function byColumn<Row extends Rated>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting,
): Row[] {
  const down = sorting.startsWith('-');
  const id = down ? sorting.slice(1) : sorting;
  const text = columns.find((column) => column.id === id)?.text;
  if (text === undefined) return [...rows];
  const compare = (a: Row, b: Row) => {
    if (id === 'severity') return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
    const [one, other] = [text(a) ?? '', text(b) ?? ''];
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one).localeCompare(String(other), 'en', { numeric: true });
  };
  return [...rows].sort((a, b) => (down ? compare(b, a) : compare(a, b)));
}
