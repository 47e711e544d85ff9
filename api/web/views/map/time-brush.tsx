/** Two handles on the time that was heard: what was said between them is shown. */
import type { Pair } from '../../data/model.ts';
import type { SearchState } from '../../parts/search-state.ts';
import { localWords, spanWords } from '../../parts/words.ts';

const STEPS = 200;

export function TimeBrush({ pairs, search }: { readonly pairs: readonly Pair[]; readonly search: SearchState }) {
  const first = Math.min(...pairs.flatMap(({ firstSeen }) => (firstSeen === null ? [] : [Date.parse(firstSeen)])));
  const last = Math.max(...pairs.flatMap(({ lastSeen }) => (lastSeen === null ? [] : [Date.parse(lastSeen)])));
  if (!(last > first)) return null;
  const span = last - first;
  const stepOf = (iso: string | null, otherwise: number) =>
    iso === null ? otherwise : Math.round(((Date.parse(iso) - first) / span) * STEPS);
  const isoOf = (step: number) => new Date(first + (step / STEPS) * span).toISOString();
  const from = stepOf(search.value('from'), 0);
  const to = stepOf(search.value('to'), STEPS);
  const words = spanWords(isoOf(from), isoOf(to));
  const handle = (label: string, value: number, onMove: (step: number) => void) => (
    <input
      type="range"
      min={0}
      max={STEPS}
      value={value}
      aria-label={label}
      aria-valuetext={localWords(isoOf(value))}
      onChange={({ currentTarget }) => {
        onMove(currentTarget.valueAsNumber);
      }}
    />
  );
  return (
    <fieldset class="time-brush" title={words}>
      <legend class="visually-hidden">Time: {words}</legend>
      <span class="track">
        <i style={{ left: `${(100 * from) / STEPS}%`, right: `${100 - (100 * to) / STEPS}%` }} />
        {handle('From', from, (step) => {
          const next = Math.min(step, to - 1);
          search.set({ from: next <= 0 ? null : isoOf(next) }, true);
        })}
        {handle('To', to, (step) => {
          const next = Math.max(step, from + 1);
          search.set({ to: next >= STEPS ? null : isoOf(next) }, true);
        })}
      </span>
      <output>{from === 0 && to === STEPS ? 'any time' : clockWords(isoOf(from), isoOf(to), span)}</output>
    </fieldset>
  );
}

const DAY = 86_400_000;

/** Within a day the time of day tells enough; all of it is said on hover. */
function clockWords(from: string, to: string, span: number): string {
  if (span > DAY) return spanWords(from, to);
  const clock = (iso: string) => new Date(iso).toLocaleTimeString('en-GB');
  return `${clock(from)} – ${clock(to)}`;
}
