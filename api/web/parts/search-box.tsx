import { useEffect, useState } from 'preact/hooks';
import type { SearchState } from './search-state.ts';

const WAIT = 200;

interface SearchBoxProps {
  readonly search: SearchState;
  /** Of what, e.g. `the assets`. */
  readonly what: string;
  /** What is searched in. */
  readonly hint: string;
}

/** Text that a list is searched for: it stands in the address, as `q`, a moment after the last key. */
export function SearchBox({ search, what, hint }: SearchBoxProps) {
  const kept = search.value('q') ?? '';
  const [words, setWords] = useState(kept);
  useEffect(() => setWords(kept), [kept]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words !== kept) search.set({ q: words }, true);
    }, WAIT);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <input
      type="search"
      placeholder={hint}
      aria-label={`Search ${what}`}
      value={words}
      onInput={(event) => setWords(event.currentTarget.value)}
    />
  );
}
