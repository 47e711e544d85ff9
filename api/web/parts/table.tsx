/** A long list as a table: only the rows in sight exist, the keyboard walks them, headings sort. */
import { ArrowDown, ArrowUp } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Column<Row> {
  readonly id: string;
  readonly heading: string;
  /** CSS width, e.g. `140px`; columns without one share what the others leave. */
  readonly width?: string;
  /** CSS width that it has at least, when it shares. */
  readonly leastWidth?: string;
  readonly number?: boolean;
  readonly sortable?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
  /** The same for a file; absent where the service makes the file. */
  readonly text?: (row: Row) => string | number | null;
}

/** A column's id, with `-` before it for the other way round. */
export type Sorting = string;

interface TableProps<Row> {
  /** For screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selected?: string | null;
  readonly onOpen?: (row: Row) => void;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** Called when the end comes in sight, to fetch more. */
  readonly onEnd?: () => void;
  /** How many there are in all, also those not fetched. */
  readonly total?: number;
}

const ROW_HEIGHT = 34;
/** Of a column that takes what the others leave. */
const LEAST_WIDTH = '200px';
/** Rows above and below what is in sight. */
const MARGIN = 12;

export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, selected, onOpen, onEnd, total } = props;
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 800 });
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const first = Math.max(0, Math.floor(scroll.top / ROW_HEIGHT) - MARGIN);
  const last = Math.min(rows.length, Math.ceil((scroll.top + scroll.height) / ROW_HEIGHT) + MARGIN);
  useEffect(() => {
    if (last >= rows.length) onEnd?.();
  }, [last, rows.length, onEnd]);

  const go = (row: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, row));
    setCurrent(next);
    const element = box.current;
    if (element === null) return;
    const top = next * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * ROW_HEIGHT > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * ROW_HEIGHT - element.clientHeight;
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(scroll.height / ROW_HEIGHT) - 2);
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    };
    const move = moves[event.key];
    const row = rows[current];
    if (move !== undefined) {
      event.preventDefault();
      go(move);
    } else if (event.key === 'Enter' && row !== undefined && event.target === event.currentTarget) onOpen?.(row);
  };

  return (
    <div class="table" ref={box}>
      <table
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        style={{
          minWidth: `calc(${columns.map(({ leastWidth = LEAST_WIDTH, width = leastWidth }) => width).join(' + ')})`,
        }}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} {...(width === undefined ? {} : { style: { width } })} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column.id} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer rows={first} />
          {rows.slice(first, last).map((row, at) => {
            const index = first + at;
            return (
              <tr
                key={keyOf(row)}
                aria-rowindex={index + 2}
                aria-selected={selected === keyOf(row)}
                data-row={index}
                tabIndex={index === Math.min(current, rows.length - 1) ? 0 : -1}
                onClick={() => {
                  setCurrent(index);
                  onOpen?.(row);
                }}
                onKeyDown={onKeyDown}
              >
                {columns.map(({ id, number, cell }) => (
                  <td key={id} class={number ? 'number' : ''}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer rows={rows.length - last} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for rows that are out of sight. */
function Spacer({ rows }: { readonly rows: number }) {
  return rows > 0 ? <tr class="spacer" style={{ height: `${rows * ROW_HEIGHT}px` }} /> : null;
}

function Heading<Row>({ column, sorting, onSort }: { readonly column: Column<Row> } & TableProps<Row>) {
  const { id, heading, number, sortable } = column;
  const up = sorting === id;
  const down = sorting === `-${id}`;
  const Icon = down ? ArrowDown : ArrowUp;
  const order = up ? 'ascending' : down ? 'descending' : 'none';
  return (
    <th scope="col" class={number ? 'number' : ''} {...(sortable ? { 'aria-sort': order } : {})}>
      {sortable && onSort !== undefined ? (
        <button type="button" class="plain" onClick={() => onSort(up ? `-${id}` : id)}>
          {heading} {(up || down) && <Icon size={13} aria-hidden="true" />}
        </button>
      ) : (
        heading
      )}
    </th>
  );
}
