/** The address bar holds what is selected and filtered: every view can be sent to somebody. */
import { useSearchParams } from 'wouter-preact';

export interface SearchState {
  /** Null when it is not in the address. */
  readonly value: (key: string) => string | null;
  /** Null takes a key away. Going back undoes it, unless `replace` (for what changes as one types). */
  readonly set: (changes: Readonly<Record<string, string | null>>, replace?: boolean) => void;
}

export function useSearchState(): SearchState {
  const [params, setParams] = useSearchParams();
  return {
    value: (key) => params.get(key),
    set: (changes, replace = false) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [key, value] of Object.entries(changes)) {
            if (value === null || value === '') after.delete(key);
            else after.set(key, value);
          }
          return after;
        },
        { replace },
      ),
  };
}
