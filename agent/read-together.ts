/**
 * Captures read by several threads at once. Each reads all of them and works on the flows of its share (`share.ts`); what
 * they found is joined to what one alone would have found.
 *
 * That holds as long as no table is full: what is pushed out then depends on all that came before. So each thread may fill
 * its part of every table only (all of them together hold no more than one alone would); beyond, and where a flow turns up
 * in another share than those it is linked with, the threads give up, and one reads it all.
 */
import { randomInt } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { bucketLoads } from './bucket-loads.ts';
import { MAX_PER_HOST } from './facts/evidence.ts';
import { LIMITS } from './limits.ts';
import { joinShares } from './model/merge-snapshots.ts';
import type { ConversationSnapshot, Snapshot } from './model/snapshot.ts';
import { programFile } from './program-files.ts';
import { type Progress, readShare } from './read-share.ts';
import type { Load, Sensor } from './sensor.ts';
import { FIRST_READER, type Share, shareOut } from './share.ts';

/** What a thread is started with. */
export interface ShareTask {
  readonly sources: readonly string[];
  readonly share: Share;
  /** Threads that share. */
  readonly readers: number;
  /** Bytes of a file that are read at once. */
  readonly chunkBytes?: number;
}

/** What it answers: what it found, or null when it gave up. */
export type ShareAnswer = Snapshot | null;

export interface TogetherOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Bytes of a file that are read at once. */
  readonly chunkBytes?: number;
  /** The module that is a thread's body, where it is not the one beside this. */
  readonly worker?: URL;
}

/**
 * @param sources files, which are read several times
 * @param readers threads, from 2
 * @returns undefined when one alone must read them
 */
export async function readTogether(
  sources: readonly string[],
  readers: number,
  { onProgress, chunkBytes, worker = programFile('dist/agent/share-worker.js') }: TogetherOptions = {},
): Promise<Snapshot | undefined> {
  const seed = randomInt(2 ** 32) | 0;
  const shares = sharesOf(await bucketLoads(sources, seed), readers, seed);
  const stop = new AbortController();
  const chunks = chunkBytes === undefined ? {} : { chunkBytes };
  const others = shares
    .filter(({ reader }) => reader !== FIRST_READER)
    .map((share) => inThread(worker, { sources, share, readers, ...chunks }, stop));
  const own = readWhileSeparable({ sources, share: shares[FIRST_READER] as Share, readers, ...chunks }, (progress) => {
    onProgress?.(progress);
    return stop.signal.aborted;
  });
  void own.then(
    (part) => part ?? stop.abort(),
    () => stop.abort(),
  );
  const parts: Snapshot[] = [];
  for (const part of await Promise.all([own, ...others])) {
    if (part === null) return undefined;
    parts.push(part);
  }
  return joined(parts);
}

/** The shares of readers, of loads by bucket. */
export function sharesOf(loads: ArrayLike<number>, readers: number, seed: number): Share[] {
  const readerOf = shareOut(loads, readers);
  return Array.from({ length: readers }, (_, reader) => ({ reader, readers: readerOf, seed }));
}

/** What the parts are together; undefined where that is not what one reader of everything would know. */
export function joined(parts: readonly Snapshot[]): Snapshot | undefined {
  const whole = joinShares(parts);
  const crowded =
    whole.hosts.length > LIMITS.listedHosts || whole.hosts.some(({ evidence }) => evidence.length > MAX_PER_HOST);
  return crowded || divided(parts, whole) ? undefined : whole;
}

/** Whether a rhythm was heard in two parts: what makes it up cannot be told from its sums to the last digit. */
function divided(parts: readonly Snapshot[], whole: Snapshot): boolean {
  const all = parts.flatMap(({ conversations }) => conversations);
  if (all.length === whole.conversations.length) return false;
  const known = new Set<string>();
  return all.filter(isRhythmic).some(({ client, server, scope, transport, port, protocol }) => {
    const key = `${client}>${server}@${scope} ${transport}/${port} ${protocol}`;
    if (known.has(key)) return true;
    known.add(key);
    return false;
  });
}

function isRhythmic({ operations }: ConversationSnapshot): boolean {
  return operations.some(({ ranges }) => ranges.length > 0);
}

/**
 * Reads one share.
 * @param stop asked now and then
 * @returns null when it gave up, or was told to stop
 */
export async function readWhileSeparable(
  { sources, share, readers, ...chunks }: ShareTask,
  stop: (progress: Progress) => boolean,
): Promise<ShareAnswer> {
  const givenUp = new Error('given up');
  const limits = { ...LIMITS, passersBy: LIMITS.passersBy / readers };
  try {
    const part = await readShare(sources, {
      share,
      ...chunks,
      limits,
      onProgress(progress, sensor) {
        if (stop(progress) || !isSeparable(sensor, readers)) throw givenUp;
      },
    });
    return part.capture.quality.limitsHit['hostsSummedUp'] === undefined ? part : null;
  } catch (error) {
    if (error !== givenUp) throw error;
    return null;
  }
}

/** How full tables may be so that nothing of what one reader knows depends on what it has no room for. */
const CALM: Load = { ...LIMITS, hosts: LIMITS.hosts / 2 };

function isSeparable({ astray, load }: Sensor, readers: number): boolean {
  return !astray && (Object.keys(load) as (keyof Load)[]).every((table) => load[table] <= CALM[table] / readers);
}

function inThread(module: URL, task: ShareTask, stop: AbortController): Promise<ShareAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: task, name: `fieldmark-reader-${task.share.reader}` });
    let answer: ShareAnswer = null;
    stop.signal.addEventListener('abort', () => void worker.terminate());
    worker.once('message', (message: ShareAnswer) => {
      answer = message;
      if (answer === null) stop.abort();
    });
    worker.once('error', (error) => {
      stop.abort();
      reject(error);
    });
    worker.once('exit', () => resolve(answer));
  });
}
