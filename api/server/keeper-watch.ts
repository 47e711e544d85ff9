/** How the worker fares, known without asking it: it may be in the middle of something when a request comes. */
import type { KeeperStatus, Notice } from '../../agent/service/keeper-status.ts';
import type { KeeperThread } from '../../agent/service/keeper-thread.ts';
import type { EventClients } from './event-clients.ts';

/** Milliseconds between two looks. */
const INTERVAL = 1000;

/** Milliseconds without an answer after which the worker is taken for stuck. */
const STUCK = 60_000;

/** Milliseconds between two messages about the reading of a capture. */
const PROGRESS_INTERVAL = 500;

export class KeeperWatch {
  readonly #thread: KeeperThread;
  readonly #timer: NodeJS.Timeout;
  #status: KeeperStatus;
  #at = performance.now();
  #asking = false;

  private constructor(thread: KeeperThread, status: KeeperStatus) {
    this.#thread = thread;
    this.#status = status;
    this.#timer = setInterval(() => {
      if (!this.#asking) void this.look();
    }, INTERVAL).unref();
  }

  static async start(thread: KeeperThread): Promise<KeeperWatch> {
    return new KeeperWatch(thread, await thread.status);
  }

  /** As of the last look. */
  get status(): KeeperStatus {
    return this.#status;
  }

  /** Whether the worker answers. */
  get alive(): boolean {
    return performance.now() - this.#at < STUCK;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Looks now: the status then knows all that was written before. */
  async look(): Promise<void> {
    this.#asking = true;
    try {
      this.#status = await this.#thread.status;
      this.#at = performance.now();
    } catch {
      // it has ended: `alive` tells soon, and the log has heard of it from the thread itself
    } finally {
      this.#asking = false;
    }
  }
}

/** Hands on to clients what the worker tells. */
export function relay(clients: EventClients): (notice: Notice) => void {
  const told = new Map<number, { readonly state: string; readonly at: number }>();
  return (notice) => {
    if (notice.kind === 'capture') {
      const { capture, state, progress } = notice;
      const before = told.get(capture);
      const recent = before?.state === state && performance.now() - before.at < PROGRESS_INTERVAL;
      if (recent) return;
      if (state === 'reading') told.set(capture, { state, at: performance.now() });
      else told.delete(capture);
      clients.tell({ event: 'capture', data: JSON.stringify({ id: capture, state, ...progress }) });
    } else if (notice.kind === 'revision') {
      const { revision, tables } = notice;
      clients.tell({ event: 'revision', data: JSON.stringify({ revision, tables }) });
      if (tables.includes('event')) clients.catchUp();
    } else if (notice.kind === 'storage') {
      clients.tell({ event: 'storage', data: JSON.stringify({ ok: notice.storage.ok, code: notice.storage.code }) });
    }
  };
}
