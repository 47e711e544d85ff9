/** A whole list, page after page: for views that show everything at once. */
import { useEffect, useState } from 'preact/hooks';
import { get, type Offline, type Problem } from './client.ts';
import { revision } from './live.ts';
import type { List } from './model.ts';
import type { Resource } from './resource.ts';

const PAGE = 500;
/** Beyond this no page shows everything at once. */
const MOST = 20_000;

/** @param path of a list below `/api/v1`, without page parameters */
export function useAll<T>(path: string): Resource<List<T>> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string; data?: List<T>; error?: Problem | Offline }>({ path });
  const [loading, setLoading] = useState(true);
  // a new revision or turn asks again
  useEffect(() => {
    const abort = new AbortController();
    setLoading(true);
    fetchAll<T>(path, abort.signal, MOST).then(
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
  // what another path answered is not this one's
  const { data, error } = state.path === path ? state : {};
  return { data, error, loading, reload: () => setTurn(turn + 1) };
}

/**
 * Asks for a whole list once.
 *
 * @param most entries after which no more are asked for
 */
export async function fetchAll<T>(
  path: string,
  signal?: AbortSignal,
  most = Number.POSITIVE_INFINITY,
): Promise<List<T>> {
  const items: T[] = [];
  const mark = path.includes('?') ? '&' : '?';
  let cursor: string | null = null;
  let total = 0;
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: List<T> = await get<List<T>>(`${path}${mark}limit=${PAGE}${next}`, signal);
    items.push(...page.items);
    total = page.total;
    cursor = page.next;
  } while (cursor !== null && items.length < most);
  return { items, total, next: cursor };
}
