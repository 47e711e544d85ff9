import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isCompressed, STANDARD_INPUT } from './capture/read-capture.ts';
import { hasSharedAddresses } from './model/link-scopes.ts';
import { mergeSnapshots, NOTHING_HEARD, settled } from './model/merge-snapshots.ts';
import { isLinkScope, type Snapshot } from './model/snapshot.ts';
import { readApart } from './read-apart.ts';
import { type Progress, readFiles } from './read-files.ts';
import { readTogether } from './together/read-together.ts';

export type { Progress } from './read-files.ts';

/**
 * Bytes of captures that are worth a thread of their own, by measurement: starting it and compiling its code once more
 * takes half a second of a processor's time.
 */
const BYTES_PER_THREAD = 256 << 20;

export interface AnalyzeOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Threads that read at once, at most; as many as there are processors unless told otherwise. */
  readonly threads?: number;
  /** Bytes of captures from which on another thread is worth it; compressed ones do not count. */
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
  if (!hasSharedAddresses(together) || !(await canBeReadAgain(sources))) return together;
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
  const worth = threads > 1 ? Math.min(threads, Math.floor((await plainBytes(sources)) / bytesPerThread)) : 1;
  if (worth > 1 && (await canBeReadAgain(sources))) {
    const together = await readTogether(sources, worth, progress);
    if (together !== undefined) return together;
  }
  return readFiles(sources, progress);
}

/** Whether all are files: others can be read once only. */
async function canBeReadAgain(sources: readonly string[]): Promise<boolean> {
  for (const source of sources) if (!(await statusOf(source))?.isFile()) return false;
  return true;
}

/** How many bytes there are in files that are not compressed: those that are keep who unpacks them busy. */
async function plainBytes(sources: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const source of sources) {
    const status = await statusOf(source);
    if (status?.isFile() && !(await isCompressed(source))) bytes += status.size;
  }
  return bytes;
}

/** Undefined of standard input, and of what is not there. */
async function statusOf(source: string): Promise<Stats | undefined> {
  return source === STANDARD_INPUT ? undefined : stat(source).catch(() => undefined);
}
