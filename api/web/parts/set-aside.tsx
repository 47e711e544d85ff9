import type { SetAside } from '../data/suppressions.ts';
import type { SearchState } from './search-state.ts';
import { Time } from './values.tsx';
import { countWords } from './words.ts';

/** That something is set aside, by whom, why and until when. */
export function SetAsideNote({ of: { by, at, reason, until } }: { readonly of: SetAside }) {
  return (
    <p class="note">
      Set aside by {by}, <Time at={at} />
      {until !== null && (
        <>
          , until <Time at={until} />
        </>
      )}
      : {reason}
    </p>
  );
}

interface SetAsideToggleProps {
  readonly search: SearchState;
  readonly count: number;
}

/** Shows what is set aside among the rest, on demand; kept in the address as `aside`. */
export function SetAsideToggle({ search, count }: SetAsideToggleProps) {
  const shown = search.value('aside') === 'yes';
  if (count === 0 && !shown) return null;
  return (
    <label class="row">
      <input type="checkbox" checked={shown} onChange={() => search.set({ aside: shown ? null : 'yes' })} />
      Show {countWords(count)} set aside
    </label>
  );
}
