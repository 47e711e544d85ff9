/** A keeper in a thread of its own: the same calls, answered by promises, while the thread that asks stays free. */
import { Worker } from 'node:worker_threads';
import { type ErrorCode, FieldmarkError, fileError } from '../errors.ts';
import { programFile } from '../program-files.ts';
import type { CaptureRequest, Keeper } from './keeper.ts';
import type { KeeperStatus, Notice } from './keeper-status.ts';
import type { CallName, Reply, Request, WorkerOptions } from './messages.ts';

/** The calls of a keeper, each answered by a promise; see Keeper for what they do. */
export type KeeperCalls = {
  readonly [Name in Exclude<CallName, 'add'>]: (
    ...values: Parameters<Keeper[Name]>
  ) => Promise<Awaited<ReturnType<Keeper[Name]>>>;
};

/** Chunks of a stream that are on their way at most: about as many megabytes. */
const CHUNKS_AHEAD = 8;

interface Waiting {
  resolve(value: never): void;
  reject(error: unknown): void;
}

interface Outflow {
  ahead: number;
  open: boolean;
  wake: (() => void) | undefined;
}

export interface KeeperThreadOptions extends WorkerOptions {
  readonly onNotice?: (notice: Notice) => void;
  /** Told when the thread ends though nobody closed it: a fault of ours. */
  readonly onFailure?: (error: Error) => void;
}

export class KeeperThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #outflows = new Map<number, Outflow>();
  readonly #notice: (notice: Notice) => void;
  #calls = 0;
  #ended: Error | undefined;
  /** Calls of the keeper. After `close` no other call is answered. */
  readonly keeper: KeeperCalls;

  private constructor(worker: Worker, { onNotice = () => {}, onFailure }: KeeperThreadOptions) {
    this.#worker = worker;
    this.#notice = onNotice;
    this.keeper = new Proxy({} as KeeperCalls, {
      get:
        (_, name) =>
        (...values: unknown[]) =>
          this.#call(name as CallName, values),
    });
    worker.on('message', (reply: Reply) => this.#take(reply));
    worker.on('error', (error) => this.#end(error, onFailure));
    worker.on('exit', () => this.#end(new Error('the thread that writes the database has ended'), undefined));
  }

  /**
   * Starts the thread and opens the database in it.
   * @throws FieldmarkError DATABASE_* when it cannot be opened
   */
  static async start(options: KeeperThreadOptions): Promise<KeeperThread> {
    const { onNotice: _, onFailure: __, ...workerData } = options;
    const worker = new Worker(programFile('dist/agent/service/worker.js'), { workerData, name: 'fieldmark-keeper' });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (reply: Reply) => {
        worker.off('error', reject);
        if (reply.kind === 'error') reject(errorOf(reply));
        else resolve();
      });
    });
    return new KeeperThread(worker, options);
  }

  get status(): Promise<KeeperStatus> {
    return this.#call('status', []) as Promise<KeeperStatus>;
  }

  /** As Keeper.add. A stream's bytes are copied over; it is read no faster than the keeper takes them. */
  async add({ source, ...request }: CaptureRequest): Promise<number> {
    if (!('stream' in source)) return this.#call('add', [{ ...request, source }]) as Promise<number>;
    const streamNumber = ++this.#calls;
    const outflow: Outflow = { ahead: 0, open: true, wake: undefined };
    this.#outflows.set(streamNumber, outflow);
    const row = await (this.#call('add', [{ ...request, source: { streamNumber } }]) as Promise<number>);
    void this.#pour(streamNumber, outflow, source.stream);
    return row;
  }

  /** Writes what is known, closes the database, ends the thread. */
  async close(): Promise<void> {
    await this.keeper.close();
    await this.#worker.terminate();
  }

  async #pour(stream: number, outflow: Outflow, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    let problem: string | null = null;
    try {
      for await (const chunk of chunks) {
        while (outflow.open && outflow.ahead >= CHUNKS_AHEAD) {
          await new Promise<void>((resolve) => {
            outflow.wake = resolve;
          });
        }
        if (!outflow.open) break;
        outflow.ahead++;
        const bytes = new Uint8Array(chunk); // lent to us; a copy may be handed on whole
        this.#post({ kind: 'chunk', stream, bytes }, [bytes.buffer]);
      }
    } catch (error) {
      problem = fileError(error).message;
    }
    this.#outflows.delete(stream);
    this.#post({ kind: 'end', stream, problem });
  }

  #call(name: CallName | 'status', values: readonly unknown[]): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ kind: 'call', id, name, values });
    });
  }

  #post(request: Request, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer as ArrayBuffer[]);
  }

  #take(reply: Reply): void {
    if (reply.kind === 'notice') this.#notice(reply.notice);
    else if (reply.kind === 'taken') this.#taken(reply);
    else if (reply.kind !== 'ready' && reply.id !== null) {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.kind === 'value') waiting?.resolve(reply.value as never);
      else waiting?.reject(errorOf(reply));
    }
  }

  #taken({ stream, more }: Extract<Reply, { readonly kind: 'taken' }>): void {
    const outflow = this.#outflows.get(stream);
    if (outflow === undefined) return;
    outflow.ahead--;
    outflow.open = more;
    outflow.wake?.();
  }

  #end(error: Error, failed: ((error: Error) => void) | undefined): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const outflow of this.#outflows.values()) {
      outflow.open = false;
      outflow.wake?.();
    }
    failed?.(error);
  }
}

function errorOf({ code, message }: { readonly code: ErrorCode | null; readonly message: string }): Error {
  return code === null ? new Error(message) : new FieldmarkError(code, message);
}
