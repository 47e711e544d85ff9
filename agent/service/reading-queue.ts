/** Captures that are read one after another, in the order in which they came. */
import { CaptureError } from '../capture/capture-error.ts';
import { readCapture } from '../capture/read-capture.ts';
import type { UnpackLimit } from '../capture/unwrapper.ts';
import { fileError } from '../errors.ts';
import type { FileSnapshot, Snapshot } from '../model/snapshot.ts';
import { takeSnapshot } from '../model/take-snapshot.ts';
import { readApart } from '../read-apart.ts';
import { Sensor } from '../sensor.ts';
import type { CaptureState } from '../store/entries.ts';
import type { CaptureRecord } from '../store/records.ts';
import type { KeeperStatus, Reading } from './keeper-status.ts';
import type { Outcome } from './outcome.ts';

/** Where a capture's bytes are: a file's path, or the bytes as they come. */
export type Source = AsyncIterable<Uint8Array> | string;

export interface ReadingQueueOptions {
  /** How much a compressed capture may hold; without it, whatever it does. */
  readonly unpackLimit?: UnpackLimit | undefined;
  /** Told when a reading begins, and whenever more of the capture was read. */
  readonly onProgress: (capture: CaptureRecord, reading: Reading) => void;
  /** Told when a reading ended, before the next begins. */
  readonly onEnd: (outcome: Outcome, reading: Reading) => void;
  /** Told when nothing waits any more. */
  readonly onEmpty: () => Promise<void>;
}

/** The capture that is being read. */
interface Current {
  readonly capture: CaptureRecord;
  readonly sensor: Sensor;
  readonly abort: AbortController;
  bytesRead: number;
}

/** Why a reading ends early. */
class ReadingEnded extends Error {}

export class ReadingQueue {
  readonly #options: ReadingQueueOptions;
  readonly #waiting: { readonly capture: CaptureRecord; readonly source: Source }[] = [];
  #current: Current | undefined;
  #reading: Promise<void> | undefined;
  #pump: Promise<void> | undefined;
  #closed = false;

  constructor(options: ReadingQueueOptions) {
    this.#options = options;
  }

  add(capture: CaptureRecord, source: Source): void {
    this.#waiting.push({ capture, source });
    this.start();
  }

  /** Begins to read what waits, if nothing is being read; with nothing to read, it is empty at once. */
  start(): void {
    this.#pump ??= this.#readAll().finally(() => {
      this.#pump = undefined;
      if (this.#waiting.length > 0) this.start(); // it was added as the last one ended
    });
  }

  /** Captures that wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** The capture that is being read, and how far. */
  get reading(): KeeperStatus['reading'] {
    const current = this.#current;
    return current ? { capture: current.capture.row, name: current.capture.name, ...readingOf(current) } : null;
  }

  /** What was heard so far of the capture that is being read, if one is. */
  heard(): Outcome[] {
    return this.#current === undefined ? [] : [outcomeOf(this.#current, 'reading', null)];
  }

  /** Takes a capture out: it is no longer waited for, and if it is being read, that has ended. */
  async remove(row: number): Promise<void> {
    await this.end(row);
    const at = this.#waiting.findIndex(({ capture }) => capture.row === row);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /** Ends the reading of a capture; what was heard stays. */
  async end(row: number): Promise<void> {
    const current = this.#current;
    if (current?.capture.row !== row) return;
    current.abort.abort(new ReadingEnded());
    await this.#reading;
  }

  /** Resolves when nothing is being read or waits to be. */
  async idle(): Promise<void> {
    while (this.#pump !== undefined) await this.#pump;
  }

  /** Ends the reading, and begins no other. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    if (this.#current !== undefined) await this.end(this.#current.capture.row);
    await this.#pump;
  }

  async #readAll(): Promise<void> {
    await Promise.resolve(); // whoever adds a capture has its number first
    for (let next = this.#waiting.shift(); next !== undefined && !this.#closed; next = this.#waiting.shift()) {
      this.#reading = this.#read(next.capture, next.source);
      await this.#reading;
    }
    if (!this.#closed) await this.#options.onEmpty();
  }

  async #read(capture: CaptureRecord, source: Source): Promise<void> {
    const { unpackLimit, onProgress: tell, onEnd } = this.#options;
    const current: Current = { capture, sensor: new Sensor(), abort: new AbortController(), bytesRead: 0 };
    current.sensor.beginFile(0);
    this.#current = current;
    tell(capture, readingOf(current));
    const onProgress = (bytesRead: number) => {
      current.bytesRead = bytesRead;
      tell(capture, readingOf(current));
    };
    let error: FileSnapshot['error'] = null;
    let state: CaptureState = 'done';
    let apart: Snapshot | undefined;
    try {
      const { signal } = current.abort;
      const bytes = typeof source === 'string' ? source : endable(source, signal);
      const limits = unpackLimit === undefined ? {} : { unpackLimit };
      await readCapture(bytes, current.sensor, { onProgress, signal, ...limits });
      if (typeof source === 'string') apart = await readApart(source, snapshotOf(current, null), limits);
    } catch (caught) {
      if (caught instanceof ReadingEnded) {
        state = capture.live ? 'done' : 'interrupted';
      } else {
        const { code, message } = fileError(caught);
        state = 'failed';
        error = { code, offset: caught instanceof CaptureError ? caught.offset : null, message };
      }
    }
    current.sensor.finish();
    this.#current = undefined;
    onEnd({ ...outcomeOf(current, state, error), ...(apart !== undefined && { snapshot: apart }) }, readingOf(current));
  }
}

function readingOf({ bytesRead, capture, sensor }: Current): Reading {
  return { bytesRead, size: capture.size, packets: sensor.counters.packets };
}

function outcomeOf(current: Current, state: CaptureState, error: FileSnapshot['error']): Outcome {
  const { capture, bytesRead } = current;
  return { capture, snapshot: snapshotOf(current, error), bytesRead, state, error };
}

/** What was heard of a capture, as the one file of its snapshot. */
function snapshotOf({ capture: { name }, sensor }: Current, error: FileSnapshot['error']): Snapshot {
  const { packets, bytes } = sensor.counters;
  return takeSnapshot(sensor, [{ name, packets, bytes, hearing: sensor.counters.hearing(), error }]);
}

/** The bytes of a stream until it ends, or `signal` says so, however long the next bytes may take to come. */
async function* endable(stream: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]();
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ended.catch(() => {}); // it is heard where the next bytes are awaited
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), ended]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    void iterator.return?.()?.catch?.(() => {}); // it may never answer: nobody waits for it
  }
}
