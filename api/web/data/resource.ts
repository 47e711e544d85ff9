/** What a view shows of the service: asked for once, kept while new knowledge is fetched, so that nothing jumps. */
import { useEffect, useState } from 'preact/hooks';
import { get, type Offline, type Problem } from './client.ts';
import { revision } from './live.ts';

export interface Resource<T> {
  /** Undefined until the first answer. */
  readonly data: T | undefined;
  /** Why the last request failed; what is in `data` is older then. */
  readonly error: Problem | Offline | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** @param path below `/api/v1`; null asks for nothing */
export function useResource<T>(path: string | null): Resource<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string | null; data: T | undefined; error: Resource<T>['error'] }>({
    path: null,
    data: undefined,
    error: undefined,
  });
  const [loading, setLoading] = useState(path !== null);
  // a new revision or turn asks again
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    setLoading(true);
    get<T>(path, abort.signal).then(
      (data) => {
        setState({ path, data, error: undefined });
        setLoading(false);
      },
      (error: Problem | Offline | DOMException) => {
        if (abort.signal.aborted) return;
        setState((before) => ({
          path,
          data: before.path === path ? before.data : undefined,
          error: error as Problem | Offline,
        }));
        setLoading(false);
      },
    );
    return () => abort.abort();
  }, [path, turn, revision.value]);
  // what another path answered is not this one's
  const { data, error } = state.path === path ? state : { data: undefined, error: undefined };
  return { data, error, loading, reload: () => setTurn(turn + 1) };
}
