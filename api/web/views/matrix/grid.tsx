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

export function Grid({ heads, pairs, violated, chosen, onChoose }: GridProps) {
  const size = heads.length <= FEW ? 30 : 16;
  const room = 168;
  const place = new Map(heads.map(({ id }, index) => [id, index]));
  const cells = pairs.flatMap((pair) => {
    const row = place.get(pair.from);
    const column = place.get(pair.to);
    return row === undefined || column === undefined ? [] : [{ pair, row, column }];
  });
  const whole = room + heads.length * size + 1;
  const short = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too
    <section class="matrix-box" aria-label="Clients down, servers across" tabIndex={0}>
      <svg width={whole + SLANT} height={whole}>
        <title>Clients down, servers across</title>
        {heads.map(({ id, name, kind }, index) => (
          <g key={id} data-kind={kind}>
            <title>{name}</title>
            <text x={room - 14} y={room + (index + 0.5) * size} class="row-name">
              {short(name)}
            </text>
            <rect class="kind" x={room - 9} y={room + index * size + 1} width={5} height={size - 2} />
            <text transform={`translate(${room + (index + 0.5) * size} ${room - 14}) rotate(-55)`} class="column-name">
              {short(name)}
            </text>
            <rect class="kind" x={room + index * size + 1} y={room - 9} width={size - 2} height={5} />
            <line class="ruling" x1={room} x2={whole} y1={room + index * size} y2={room + index * size} />
            <line class="ruling" y1={room} y2={whole} x1={room + index * size} x2={room + index * size} />
          </g>
        ))}
        {cells.map(({ pair, row, column }) => {
          const key = `${pair.from} ${pair.to}`;
          const x = room + column * size;
          const y = room + row * size;
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
