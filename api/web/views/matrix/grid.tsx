/** The matrix as a drawing: only cells in which something was said exist, so that hundreds of rows stay light. */
import type { Pair } from '../../data/model.ts';
import { countWords } from '../../parts/words.ts';
import { strongestAccess } from '../map/filters.ts';

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
  readonly onChoose: (from: string, to: string) => void;
}

const FEW = 30;
const LONGEST_NAME = 22;
/** Room at the right for the slanted name of the last column. */
const SLANT = 110;
/** Height of the columns' heads, width of the rows' heads. */
const HEAD = 150;
const SIDE = 176;

export function Grid({ heads, pairs, violated, chosen, onChoose }: GridProps) {
  const size = heads.length <= FEW ? 32 : 18;
  const place = new Map(heads.map(({ id }, index) => [id, index]));
  const cells = pairs.flatMap((pair) => {
    const row = place.get(pair.from);
    const column = place.get(pair.to);
    return row === undefined || column === undefined ? [] : [{ pair, row, column }];
  });
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
      <svg width={whole + SLANT} height={whole}>
        <title>Clients down, servers across</title>
        {[...heads, null].map((head, index) => (
          <g key={head?.id ?? ''}>
            <line class="ruling" x1={0} x2={whole} y1={index * size} y2={index * size} />
            <line class="ruling" y1={0} y2={whole} x1={index * size} x2={index * size} />
          </g>
        ))}
        {cells.map(({ pair, row, column }) => {
          const key = `${pair.from} ${pair.to}`;
          const x = column * size;
          const y = row * size;
          const access = strongestAccess(pair);
          const words = `${heads[row]?.name} to ${heads[column]?.name}: ${access ?? 'no operation recognised'}, ${countWords(pair.packets)} packets${violated.has(key) ? ', violation' : ''}`;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
            <g
              key={key}
              role="button"
              tabIndex={0}
              aria-label={words}
              class={chosen === key ? 'cell chosen' : 'cell'}
              data-access={access ?? 'none'}
              onClick={() => onChoose(pair.from, pair.to)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') onChoose(pair.from, pair.to);
              }}
            >
              <title>{words}</title>
              <rect x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx={2} />
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
