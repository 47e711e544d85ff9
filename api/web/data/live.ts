/** What the service says by itself: a stream of server-sent events, taken up again where it broke off. */
import { signal } from '@preact/signals';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Problem, requestOnce } from './client.ts';

/** Counts up whenever the service has new knowledge: what is shown is asked for again. */
export const revision = signal(0);
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');

const listeners = new Map<string, Set<(data: unknown) => void>>();
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;

/** Calls `listener` for each event of a type; answers how to stop that. */
export function listen(type: string, listener: (data: unknown) => void): () => void {
  const all = listeners.get(type) ?? new Set();
  listeners.set(type, all.add(listener));
  return () => all.delete(listener);
}

/**
 * Listens until the page is left. A tab that nobody sees does not: a browser has six connections for all tabs of a
 * service that speaks HTTP/1.1, and a tab beyond them would wait for ever.
 */
export async function follow(path: string): Promise<void> {
  let lastId: string | null = null;
  let wait = FIRST_WAIT;
  const parser = createParser({
    onEvent(event: EventSourceMessage) {
      lastId = event.id ?? lastId;
      const type = event.event ?? 'message';
      if (type === 'revision') revision.value += 1;
      const data: unknown = JSON.parse(event.data);
      for (const listener of listeners.get(type) ?? []) listener(data);
    },
  });
  let listened = false;
  for (;;) {
    await visibility('visible');
    const abort = new AbortController();
    void visibility('hidden').then(() => abort.abort());
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId !== null) headers['last-event-id'] = lastId;
      const response = await requestOnce(path, { headers, signal: abort.signal });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      // knowledge may have changed while nobody listened
      if (listened) revision.value += 1;
      listened = true;
      connection.value = 'live';
      wait = FIRST_WAIT;
      for (;;) {
        const part = await reader?.read();
        if (part === undefined || part.done) break;
        parser.feed(part.value);
      }
    } catch (error) {
      // the next try tells: what is shown says that the connection is lost
      if (error instanceof Problem) wait = Math.max(wait, error.wait ?? 0);
    }
    parser.reset();
    if (abort.signal.aborted) continue;
    connection.value = 'lost';
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}

/** Waits until the tab is seen, or no longer. */
function visibility(state: DocumentVisibilityState): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== state) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}
