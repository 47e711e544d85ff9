import type { SearchState } from './search-state.ts';

interface ChoiceProps {
  readonly search: SearchState;
  /** The key in the address. */
  readonly of: string;
  /** What stands there while nothing is chosen, e.g. `Any severity`. */
  readonly label: string;
  /** Values, or values with their words. */
  readonly options: readonly (string | readonly [value: string, words: string])[];
}

/** One of several filters, kept in the address. */
export function Choice({ search, of, label, options }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={search.value(of) ?? ''}
      onChange={(event) => search.set({ [of]: event.currentTarget.value || null })}
    >
      <option value="">{label}</option>
      {options.map((option) => {
        const [value, words] = typeof option === 'string' ? [option, option.replaceAll('-', ' ')] : option;
        return (
          <option key={value} value={value}>
            {words}
          </option>
        );
      })}
    </select>
  );
}
