import { visible } from '../../agent/report/visible.ts';

/** A column of a table: its heading, and whether its cells are numbers, which stand to the right. */
export interface Column {
  readonly heading: string;
  readonly right?: boolean;
  /** Longer cells are cut; the last characters give way to an ellipsis. */
  readonly most?: number;
}

/** Lines of a table, whatever its cells hold: headings, then rows, two blanks between columns and at the left. Columns that are empty are left out. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const used = columns.map((_, index) => rows.some((row) => row[index] !== ''));
  const cells = [columns.map(({ heading }) => heading), ...rows].map((row) =>
    row.map((cell, index) => cut(visible(cell), columns[index]?.most)).filter((_, index) => used[index]),
  );
  const shown = columns.filter((_, index) => used[index]);
  const widths = shown.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  return cells
    .map((row) => {
      const line = row.map((cell, index) => {
        const width = widths[index] ?? 0;
        return shown[index]?.right === true ? cell.padStart(width) : cell.padEnd(width);
      });
      return `  ${line.join('  ')}`.trimEnd();
    })
    .join('\n');
}

function cut(cell: string, most = Number.POSITIVE_INFINITY): string {
  return cell.length <= most ? cell : `${cell.slice(0, most - 1)}…`;
}
