/** The thread that listens and writes: a keeper, and messages in place of calls. */
import { parentPort, workerData } from 'node:worker_threads';
import { FieldmarkError } from '../errors.ts';
import { type CaptureRequest, Keeper } from './keeper.ts';
import type { Reply, Request, StreamReference, WorkerOptions } from './messages.ts';
import { giveWay } from './priority.ts';

if (parentPort === null) throw new Error('this module is the body of a worker thread');
const port = parentPort;
const say = (reply: Reply) => port.postMessage(reply);

/** Bytes that come by messages, in order; whoever sends waits until they are used. */
class Inflow {
  readonly #number: number;
  readonly #chunks: Uint8Array[] = [];
  #ended = false;
  #problem: string | null = null;
  #given = false;
  #wake: (() => void) | undefined;

  constructor(number: number) {
    this.#number = number;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  end(problem: string | null): void {
    this.#ended = true;
    this.#problem = problem;
    this.#wake?.();
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift();
        if (chunk !== undefined) {
          yield chunk;
          say({ kind: 'taken', stream: this.#number, more: true });
        } else if (this.#ended) {
          if (this.#problem !== null) throw new FieldmarkError('FILE_READ_FAILED', this.#problem);
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      if (!this.#given) say({ kind: 'taken', stream: this.#number, more: false });
      this.#given = true;
      inflows.delete(this.#number);
    }
  }
}

const inflows = new Map<number, Inflow>();

function keeperOf(options: WorkerOptions): Keeper | undefined {
  try {
    if (options.giveWay) giveWay();
    const keeper = new Keeper({ ...options, onNotice: (notice) => say({ kind: 'notice', notice }) });
    say({ kind: 'ready' });
    return keeper;
  } catch (error) {
    sayError(null, error);
    return undefined;
  }
}

function sayError(id: number | null, error: unknown): void {
  if (error instanceof FieldmarkError) say({ kind: 'error', id, code: error.code, message: error.message });
  else
    say({
      kind: 'error',
      id,
      code: null,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
}

const keeper = keeperOf(workerData as WorkerOptions);

async function answer(keeper: Keeper, request: Extract<Request, { readonly kind: 'call' }>): Promise<void> {
  const { id, name } = request;
  try {
    const value = name === 'status' ? keeper.status : await call(keeper, name, withStreams(request.values));
    say({ kind: 'value', id, value });
  } catch (error) {
    sayError(id, error);
  }
  if (name === 'close') port.close();
}

function call(keeper: Keeper, name: Exclude<Extract<Request, { kind: 'call' }>['name'], 'status'>, values: unknown[]) {
  const method = keeper[name] as (...values: unknown[]) => unknown;
  return method.apply(keeper, values);
}

/** The values of a call, with the stream that one of them only names. */
function withStreams(values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    const source = (value as { readonly source?: Partial<StreamReference> } | null)?.source;
    if (source?.streamNumber === undefined) return value;
    const inflow = new Inflow(source.streamNumber);
    inflows.set(source.streamNumber, inflow);
    return { ...(value as Omit<CaptureRequest, 'source'>), source: { stream: inflow.bytes() } };
  });
}

if (keeper === undefined) {
  port.close();
} else {
  port.on('message', (request: Request) => {
    if (request.kind === 'call') void answer(keeper, request);
    else if (request.kind === 'chunk') inflows.get(request.stream)?.push(request.bytes);
    else inflows.get(request.stream)?.end(request.problem);
  });
}
