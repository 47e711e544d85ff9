/** An interface that is listened to in a thread of its own: neither the database nor another interface holds it up. */
import { Worker } from 'node:worker_threads';
import type { CaptureEvent } from '../capture/live/live-capture.ts';
import { FieldmarkError } from '../errors.ts';
import { programFile } from '../program-files.ts';
import type { Heard, ListeningStatus, ListenOptions } from './listener.ts';
import type { ListenerReply, ListenerRequest } from './listener-messages.ts';

export interface ListenerThreadOptions {
  readonly onEvent: (event: CaptureEvent) => void;
  /** Told when the thread ends though nobody asked it to: a fault of ours. */
  readonly onFailure: (error: Error) => void;
}

export class ListenerThread {
  readonly #worker: Worker;
  readonly #onEvent: (event: CaptureEvent) => void;
  readonly #waiting: { resolve(heard: Heard | undefined): void }[] = [];
  #status: ListeningStatus | undefined;
  #latest: Heard | undefined;
  #ended = false;

  private constructor(worker: Worker, { onEvent, onFailure }: ListenerThreadOptions) {
    this.#worker = worker;
    this.#onEvent = onEvent;
    worker.on('message', (reply: ListenerReply) => this.#take(reply));
    worker.on('error', (error) => {
      this.#end();
      onFailure(error);
    });
    worker.on('exit', () => this.#end());
  }

  /**
   * Starts to listen.
   * @returns when the helper listens
   * @throws FieldmarkError HELPER_MISSING, CAPTURE_NOT_PERMITTED or CAPTURE_FAILED
   */
  static async start(listen: ListenOptions, options: ListenerThreadOptions): Promise<ListenerThread> {
    const worker = new Worker(programFile('dist/agent/service/listener-worker.js'), {
      workerData: listen,
      name: `fieldmark-${listen.interface}`,
    });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.on('message', function first(reply: ListenerReply) {
        if (reply.kind === 'event') return options.onEvent(reply.event);
        worker.off('message', first);
        worker.off('error', reject);
        if (reply.kind !== 'failed') return resolve();
        reject(reply.code === null ? new Error(reply.message) : new FieldmarkError(reply.code, reply.message));
      });
    });
    return new ListenerThread(worker, options);
  }

  /** As of a moment ago; undefined before it was first told. */
  get status(): ListeningStatus | undefined {
    return this.#status;
  }

  /** What was heard when it was last asked for; undefined before that. */
  get latest(): Heard | undefined {
    return this.#latest;
  }

  /** Asks what was heard; answers the last there is when the thread has ended. */
  heard(): Promise<Heard | undefined> {
    return this.#ask('heard');
  }

  /** Ends listening; answers all that was heard. */
  async stop(): Promise<Heard | undefined> {
    const heard = await this.#ask('stop');
    await this.#worker.terminate();
    return heard;
  }

  #ask(request: ListenerRequest): Promise<Heard | undefined> {
    if (this.#ended) return Promise.resolve(this.#latest);
    return new Promise((resolve) => {
      this.#waiting.push({ resolve });
      this.#worker.postMessage(request);
    });
  }

  #take(reply: ListenerReply): void {
    if (reply.kind === 'event') this.#onEvent(reply.event);
    else if (reply.kind === 'status') this.#status = reply.status;
    else if (reply.kind === 'heard') {
      this.#latest = reply.heard;
      this.#waiting.shift()?.resolve(reply.heard);
    }
  }

  #end(): void {
    this.#ended = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve(this.#latest);
  }
}
