/** Interfaces that are listened to, each in its thread: what they heard, and what becomes of it when they end. */
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import { NOTHING_HEARD } from '../model/merge-snapshots.ts';
import type { CaptureRecord } from '../store/records.ts';
import type { ListeningStatus, ListenOptions } from './listener.ts';
import { ListenerThread } from './listener-thread.ts';
import type { Outcome } from './outcome.ts';

/** Milliseconds until an interface is listened to again after a fault of ours ended it. */
const LISTEN_AGAIN = 5000;

export interface InterfacesOptions {
  readonly onEvent: (event: CaptureEvent) => void;
  /** Told all that was heard of an interface that is not listened to any more. */
  readonly onEnd: (outcome: Outcome) => void;
}

interface Live {
  readonly capture: CaptureRecord;
  readonly thread: ListenerThread;
}

export class Interfaces {
  readonly #options: InterfacesOptions;
  readonly #live = new Map<number, Live>();
  #closed = false;

  constructor(options: InterfacesOptions) {
    this.#options = options;
  }

  /**
   * Listens to an interface until it is stopped.
   * @param again begins anew after a fault of ours, as another capture; asked until it succeeds
   * @throws FieldmarkError HELPER_MISSING, CAPTURE_NOT_PERMITTED or CAPTURE_FAILED
   */
  async listen(capture: CaptureRecord, listen: ListenOptions, again: () => Promise<unknown>): Promise<void> {
    const { onEvent } = this.#options;
    const onFailure = (error: Error) => this.#failed(capture.row, listen.interface, error, again);
    const thread = await ListenerThread.start(listen, { onEvent, onFailure });
    this.#live.set(capture.row, { capture, thread });
  }

  get any(): boolean {
    return this.#live.size > 0;
  }

  get statuses(): ListeningStatus[] {
    return [...this.#live.values()].flatMap(({ thread }) => thread.status ?? []);
  }

  /** Asks each what it heard; answers the milliseconds for which listening stood still at most. */
  async ask(): Promise<number> {
    const heard = await Promise.all([...this.#live.values()].map(({ thread }) => thread.heard()));
    return Math.max(0, ...heard.map((one) => one?.milliseconds ?? 0));
  }

  /** What each had heard when it was asked last. */
  heard(): Outcome[] {
    return [...this.#live.values()].flatMap(({ capture, thread: { latest } }) =>
      latest === undefined
        ? []
        : [{ capture, snapshot: latest.snapshot, bytesRead: latest.bytes, state: 'reading', error: null }],
    );
  }

  /** Ends listening for a capture, if it is one of an interface. */
  async stop(row: number): Promise<void> {
    const live = this.#live.get(row);
    if (live === undefined) return;
    await live.thread.stop();
    this.#settle(live, null);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#live.keys()].map((row) => this.stop(row)));
  }

  /** A fault of ours ended listening: what was heard stays, and it begins anew. */
  #failed(row: number, name: string, { message }: Error, listen: () => Promise<unknown>): void {
    const live = this.#live.get(row);
    if (live === undefined) return;
    this.#settle(live, { code: 'CAPTURE_FAILED', offset: null, message });
    const again = () => {
      if (!this.#closed) listen().catch(() => setTimeout(again, LISTEN_AGAIN).unref());
    };
    const what = `listening was ended by a fault of this program: ${message}; it begins again`;
    this.#options.onEvent({ kind: 'helper-ended', interface: name, what, count: 1, at: Date.now() * 1000 });
    setTimeout(again, LISTEN_AGAIN).unref();
  }

  #settle({ capture, thread }: Live, error: Outcome['error']): void {
    if (!this.#live.delete(capture.row)) return;
    const { snapshot = NOTHING_HEARD, bytes: bytesRead = 0 } = thread.latest ?? {};
    this.#options.onEnd({ capture, snapshot, bytesRead, state: error === null ? 'done' : 'failed', error });
  }
}
