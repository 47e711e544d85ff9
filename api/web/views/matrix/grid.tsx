/** The matrix as a drawing: only cells in which something was said exist, so that hundreds of rows stay light. */
import { useState } from 'preact/hooks';
import type { Pair } from '../../data/model.ts';
import { countWords } from '../../parts/words.ts';
import { strongestAccess } from '../map/filters.ts';
import { type ProtocolColours, stripesOf } from './protocol-colours.ts';

export interface Head {
  readonly id: string;
  readonly name: string;
  /** Zone kind, for the colour. */
  readonly kind: string;
}

interface GridProps {
  readonly heads: readonly Head[];
  readonly pairs: readonly Pair[];
  /** `from to` of pairs in which a violation was seen. */
  readonly violated: ReadonlySet<string>;
  readonly chosen: string | null;
  /** Null: cells are shaded by what is done at most. */
  readonly colours: ProtocolColours | null;
  readonly onChoose: (from: string, to: string) => void;
}

const FEW = 30;
const LONGEST_NAME = 26;
/** Room at the right for the slanted name of the last column. */
const SLANT = 130;
/** Height of the columns' heads, width of the rows' heads. */
const HEAD = 174;
const SIDE = 204;

interface Cell {
  readonly pair: Pair;
  readonly row: number;
  readonly column: number;
}

export function Grid({ heads, pairs, violated, chosen, colours, onChoose }: GridProps) {
  const [current, setCurrent] = useState(0);
  const size = heads.length <= FEW ? 32 : 18;
  const place = new Map(heads.map(({ id }, index) => [id, index]));
  const cells = pairs.flatMap((pair) => {
    const row = place.get(pair.from);
    const column = place.get(pair.to);
    return row === undefined || column === undefined ? [] : [{ pair, row, column }];
  });
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  const entry = Math.min(current, cells.length - 1);
  const go = (index: number, drawing: Element) => {
    setCurrent(index);
    drawing.querySelector<SVGGElement>(`[data-cell="${index}"]`)?.focus();
  };
  const whole = heads.length * size + 1;
  const short = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="matrix-box" aria-label="Clients down, servers across" tabIndex={0}>
      <div class="matrix-corner">
        <span>servers →</span>
        <span>clients ↓</span>
      </div>
      <svg class="matrix-columns" width={whole + SLANT} height={HEAD} aria-hidden="true">
        {heads.map(({ id, name, kind }, index) => (
          <g key={id} data-kind={kind}>
            <title>{name}</title>
            <text transform={`translate(${(index + 0.5) * size} ${HEAD - 14}) rotate(-55)`} class="column-name">
              {short(name)}
            </text>
            <rect class="kind" x={index * size + 1} y={HEAD - 9} width={size - 2} height={5} />
          </g>
        ))}
      </svg>
      <svg class="matrix-rows" width={SIDE} height={whole} aria-hidden="true">
        {heads.map(({ id, name, kind }, index) => (
          <g key={id} data-kind={kind}>
            <title>{name}</title>
            <text x={SIDE - 14} y={(index + 0.5) * size} class="row-name">
              {short(name)}
            </text>
            <rect class="kind" x={SIDE - 9} y={index * size + 1} width={5} height={size - 2} />
          </g>
        ))}
      </svg>
      <svg class="matrix-cells" width={whole + SLANT} height={whole}>
        <title>Clients down, servers across; the arrow keys go from cell to cell</title>
        {[...heads, null].map((head, index) => (
          <g key={head?.id ?? ''}>
            <line class="ruling" x1={0} x2={whole} y1={index * size} y2={index * size} />
            <line class="ruling" y1={0} y2={whole} x1={index * size} x2={index * size} />
          </g>
        ))}
        {cells.map((cell, index) => {
          const { pair, row, column } = cell;
          const key = `${pair.from} ${pair.to}`;
          const x = column * size;
          const y = row * size;
          const access = strongestAccess(pair);
          const words = `${heads[row]?.name} to ${heads[column]?.name}: ${access ?? 'no operation recognised'}, ${protocolWords(pair)}, ${countWords(pair.packets)} packets${violated.has(key) ? ', violation' : ''}`;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
            <g
              key={key}
              role="button"
              // in SVG, attributes have no other spelling
              tabindex={index === entry ? 0 : -1}
              data-cell={index}
              aria-label={words}
              class={chosen === key ? 'cell chosen' : 'cell'}
              data-access={access ?? 'none'}
              onClick={() => {
                setCurrent(index);
                onChoose(pair.from, pair.to);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') onChoose(pair.from, pair.to);
                const next = nextCell(cells, cell, event.key);
                if (next === null) return;
                event.preventDefault();
                go(next, event.currentTarget.parentElement as Element);
              }}
            >
              <title>{words}</title>
              <rect x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx={2} />
              {colours !== null && <Stripes of={stripesOf(colours, pair)} x={x + 2} y={y + 2} side={size - 4} />}
              {violated.has(key) && (
                <path class="violated" d={`M${x + size - 1} ${y + 1}h-${size / 3}l${size / 3} ${size / 3}z`} />
              )}
            </g>
          );
        })}
      </svg>
    </section>
  );
}

interface StripesProps {
  /** Colours, from the left. */
  readonly of: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

function Stripes({ of, x, y, side }: StripesProps) {
  const width = side / of.length;
  return (
    <>
      {of.map((colour, index) => (
        <rect
          key={colour}
          class="stripe"
          data-protocol={colour}
          x={x + index * width}
          y={y}
          width={width}
          height={side}
        />
      ))}
    </>
  );
}

/** Names that a cell says of its protocols. */
const NAMED = 4;

function protocolWords({ protocols }: Pair): string {
  const names = protocols.map(({ protocol }) => protocol);
  return names.length <= NAMED
    ? names.join(' ')
    : `${names.slice(0, NAMED).join(' ')} and ${names.length - NAMED} more`;
}

/** The cell that an arrow key leads to: the next in the row, or the nearest in the next row that has one. */
function nextCell(cells: readonly Cell[], { row, column }: Cell, key: string): number | null {
  const at = cells.findIndex((cell) => cell.row === row && cell.column === column);
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'ArrowRight') return Math.min(cells.length - 1, at + 1);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const beyond = cells.filter((cell) => (key === 'ArrowDown' ? cell.row > row : cell.row < row));
  const distance = (cell: Cell) => Math.abs(cell.row - row) * cells.length + Math.abs(cell.column - column);
  const nearest = beyond.sort((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? at : cells.indexOf(nearest);
}
