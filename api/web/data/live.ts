/** What the service says by itself: a stream of server-sent events, taken up again where it broke off. */
import { signal } from '@preact/signals';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { request } from './client.ts';

/** Counts up whenever the service has new knowledge: what is shown is asked for again. */
export const revision = signal(0);
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');

const listeners = new Map<string, Set<(data: unknown) => void>>();
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** Calls `listener` for each event of a type; answers how to stop that. */
export function listen(type: string, listener: (data: unknown) => void): () => void {
  const all = listeners.get(type) ?? new Set();
  listeners.set(type, all.add(listener));
  return () => all.delete(listener);
}

/** Listens until the page is left. */
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
  for (;;) {
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId !== null) headers['last-event-id'] = lastId;
      const response = await request(path, { headers });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      // knowledge may have changed while nobody listened
      if (connection.value === 'lost') revision.value += 1;
      connection.value = 'live';
      wait = FIRST_WAIT;
      for (;;) {
        const part = await reader?.read();
        if (part === undefined || part.done) break;
        parser.feed(part.value);
      }
    } catch {
      // the next try tells: what is shown says that the connection is lost
    }
    connection.value = 'lost';
    parser.reset();
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}
