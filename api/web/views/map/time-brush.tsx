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
  return (
    <fieldset class="time-brush" title={words}>
      <legend class="visually-hidden">Time: {words}</legend>
      <input
        type="range"
        min={0}
        max={STEPS}
        value={from}
        aria-label="From"
        aria-valuetext={localWords(isoOf(from))}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          const step = Math.min(valueAsNumber, to);
          search.set({ from: step === 0 ? null : isoOf(step) }, true);
        }}
      />
      <input
        type="range"
        min={0}
        max={STEPS}
        value={to}
        aria-label="To"
        aria-valuetext={localWords(isoOf(to))}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          const step = Math.max(valueAsNumber, from);
          search.set({ to: step === STEPS ? null : isoOf(step) }, true);
        }}
      />
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
