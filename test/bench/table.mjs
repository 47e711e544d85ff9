/** Plain tables: the first column to the left, numbers to the right. */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export const megabytes = (bytes) => (bytes > 0 ? `${(bytes / 1e6).toFixed(0)} MB` : '?');
export const perSecond = (count, seconds) => {
  const rate = count / seconds;
  return rate >= 1e6 ? `${(rate / 1e6).toFixed(2)} M` : `${(rate / 1e3).toFixed(0)} k`;
};
