/** Runs a campaign in a thread of its own, so that one that hangs or takes all memory is a finding too. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Finding, Result } from './campaign.ts';
import { type Case, parsed } from './case.ts';
import { processorMilliseconds } from './processor-time.ts';

/** Megabytes of heap for a campaign. Corpus and code take a tenth of it. */
const MOST_HEAP_MEGABYTES = 1500;
/** Bytes of the longest case as text. */
const LONGEST_CASE_BYTES = 8 << 20;
/** Milliseconds of a processor for one case after which it hangs. */
const HANGS_MILLISECONDS = 30_000;
const LOOK_MILLISECONDS = 1000;

/** What is shared with the thread: how many cases it began, and the text of the last. */
export interface Watch {
  readonly begun: Int32Array;
  readonly length: Int32Array;
  readonly text: Uint8Array;
}

export interface CampaignData {
  readonly target: string;
  readonly seconds: number;
  readonly seed: number;
  readonly corpus: readonly Case[];
  readonly shared: SharedArrayBuffer;
}

export function watchOf(shared: SharedArrayBuffer): Watch {
  return { begun: new Int32Array(shared, 0, 1), length: new Int32Array(shared, 4, 1), text: new Uint8Array(shared, 8) };
}

/** @returns the campaign's result, or the case at which it ended by force */
export async function watched(data: Omit<CampaignData, 'shared'>): Promise<Result | Finding> {
  const shared = new SharedArrayBuffer(8 + LONGEST_CASE_BYTES);
  const watch = watchOf(shared);
  const worker = new Worker(new URL('./campaign-thread.ts', import.meta.url), {
    workerData: { ...data, shared } satisfies CampaignData,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MEGABYTES },
  });
  const current = (key: string, message: string): Finding => {
    const text = Buffer.from(watch.text.slice(0, watch.length[0])).toString('utf8');
    return { key, message, made: parsed(text) };
  };
  let last = -1;
  let since = processorMilliseconds();
  const hung = new Promise<Finding>((resolve) => {
    const timer = setInterval(() => {
      const begun = Atomics.load(watch.begun, 0);
      if (begun !== last) [last, since] = [begun, processorMilliseconds()];
      else if (begun > 0 && processorMilliseconds() - since > HANGS_MILLISECONDS) {
        resolve(current('hang', `goes on for more than ${HANGS_MILLISECONDS} ms`));
      }
    }, LOOK_MILLISECONDS);
    worker.once('exit', () => clearInterval(timer));
  });
  const ended = once(worker, 'message').then(
    ([result]) => result as Result,
    (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        return current('memory', `takes more than ${MOST_HEAP_MEGABYTES} MB`);
      throw error;
    },
  );
  try {
    return await Promise.race([ended, hung]);
  } finally {
    await worker.terminate();
  }
}
