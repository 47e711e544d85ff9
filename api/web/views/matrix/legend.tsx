import { Access } from '../../parts/values.tsx';
import { ACCESSES } from '../map/filters.ts';
import type { ProtocolColours } from './protocol-colours.ts';

interface LegendProps {
  /** Null: cells are shaded by access. */
  readonly colours: ProtocolColours | null;
  /** Some protocols have no colour of their own. */
  readonly others: boolean;
}

/** What the colours of the cells mean. */
export function Legend({ colours, others }: LegendProps) {
  return (
    <ul class="row chips matrix-legend" aria-label="What the colours mean">
      {colours === null
        ? ACCESSES.map((access) => (
            <li key={access}>
              <Access of={access} />
            </li>
          ))
        : [...colours].map(([protocol, number]) => (
            <li key={protocol} class="protocol" data-protocol={number}>
              {protocol}
            </li>
          ))}
      {others && (
        <li class="protocol" data-protocol="other">
          others
        </li>
      )}
      <li>
        <span class="corner" aria-hidden="true" /> violation
      </li>
    </ul>
  );
}
