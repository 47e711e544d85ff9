import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { STANDARD_INPUT } from './capture/read-capture.ts';
import { hasSharedAddresses } from './model/link-scopes.ts';
import { mergeSnapshots, NOTHING_HEARD, settled } from './model/merge-snapshots.ts';
import { isLinkScope, type Snapshot } from './model/snapshot.ts';
import { readApart } from './read-apart.ts';
import { type Progress, readFiles } from './read-files.ts';
import { readTogether } from './together/read-together.ts';

export type { Progress } from './read-files.ts';

/** Bytes of captures that are worth a thread of their own: it takes a tenth of a second to start. */
const BYTES_PER_THREAD = 48 << 20;

export interface AnalyzeOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Threads that read at once, at most; as many as there are processors unless told otherwise. */
  readonly threads?: number;
  /** Bytes of captures from which on another thread is worth it. */
  readonly bytesPerThread?: number;
  /** Bytes of a file that are read at once. */
  readonly chunkBytes?: number;
}

/**
 * Reads captures in the order given and tells what they hold. A file that cannot be read to its end gives what could
 * be read, and its error; the others are read all the same. The result is the same whatever the number of threads.
 * Captures in which devices share an address are read once more, each interface of each as a sensor's of its own: they
 * may be of links that use the same addresses.
 *
 * @param sources as `readCapture` takes them
 */
export async function analyze(sources: readonly string[], options: AnalyzeOptions = {}): Promise<Snapshot> {
  const together = await readAll(sources, options);
  if (!hasSharedAddresses(together) || (await rereadableBytes(sources)) === 0) return together;
  const { onProgress: _shownOnce, ...quietly } = options;
  let apart = NOTHING_HEARD;
  for (const source of sources) {
    const heard = sources.length === 1 ? together : await readAll([source], quietly);
    apart = mergeSnapshots(apart, (await readApart(source, heard)) ?? heard);
  }
  apart = settled(apart);
  return apart.hosts.some(({ scope }) => isLinkScope(scope)) ? apart : together;
}

/** Reads captures as one sensor's. */
async function readAll(
  sources: readonly string[],
  { onProgress, threads = availableParallelism(), bytesPerThread = BYTES_PER_THREAD, chunkBytes }: AnalyzeOptions,
): Promise<Snapshot> {
  const progress = { ...(onProgress !== undefined && { onProgress }), ...(chunkBytes !== undefined && { chunkBytes }) };
  const worth = Math.min(threads, Math.floor((await rereadableBytes(sources)) / bytesPerThread));
  if (worth > 1) {
    const together = await readTogether(sources, worth, progress);
    if (together !== undefined) return together;
  }
  return readFiles(sources, progress);
}

/** How many bytes there are, all in files that can be read more than once; 0 when any cannot. */
async function rereadableBytes(sources: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const source of sources) {
    const status = source === STANDARD_INPUT ? undefined : await stat(source).catch(() => undefined);
    if (status === undefined || !status.isFile()) return 0;
    bytes += status.size;
  }
  return bytes;
}
