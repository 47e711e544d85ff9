/** A list as far as it was scrolled: the next page is asked for when the end comes in sight. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, type Offline, type Problem } from './client.ts';
import { revision } from './live.ts';
import type { List } from './model.ts';
import type { Resource } from './resource.ts';

const PAGE = 200;

export interface Pages<T> extends Resource<List<T>> {
  /** Fetches the next page, if there is one. */
  readonly more: () => void;
}

/** @param path of a list below `/api/v1`, with filters and sorting but without page parameters */
export function usePages<T>(path: string): Pages<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string; data?: List<T>; error?: Problem | Offline }>({ path });
  const [loading, setLoading] = useState(true);
  const asking = useRef(false);
  const mark = path.includes('?') ? '&' : '?';
  const shown = state.path === path ? (state.data?.items.length ?? 0) : 0;
  const known = useRef(shown);
  known.current = shown;

  // a new revision or turn asks again, for as many as were there: what is in sight stays in sight
  useEffect(() => {
    const abort = new AbortController();
    setLoading(true);
    const limit = Math.min(1000, Math.max(PAGE, Math.ceil(known.current / PAGE) * PAGE));
    get<List<T>>(`${path}${mark}limit=${limit}`, abort.signal).then(
      (data) => {
        setState({ path, data });
        setLoading(false);
      },
      (error: Problem | Offline | DOMException) => {
        if (abort.signal.aborted) return;
        setState((before) => ({ ...(before.path === path ? before : { path }), error: error as Problem | Offline }));
        setLoading(false);
      },
    );
    return () => abort.abort();
  }, [path, turn, revision.value]);

  const next = state.path === path ? (state.data?.next ?? null) : null;
  const more = useCallback(() => {
    if (next === null || asking.current) return;
    asking.current = true;
    get<List<T>>(`${path}${mark}limit=${PAGE}&cursor=${encodeURIComponent(next)}`)
      .then(
        (page) =>
          setState((before) => {
            if (before.path !== path || before.data?.next !== next) return before;
            return { path, data: { ...page, items: [...before.data.items, ...page.items] } };
          }),
        (error: Problem | Offline) => setState((before) => ({ ...before, error })),
      )
      .finally(() => {
        asking.current = false;
      });
  }, [path, next]);
  const current = state.path === path ? state : undefined;
  // while another path loads, what was there stays
  return { data: current?.data ?? state.data, error: current?.error, loading, more, reload: () => setTurn(turn + 1) };
}
