/**
 * Captures read by several threads at once. One reads them and deals the frames out (`frame-dispatcher.ts`), each works on
 * the flows of its share (`share.ts`); what they found is joined to what one alone would have found.
 *
 * That holds as long as no table is full: what is pushed out then depends on all that came before. So each thread may fill
 * its part of every table only (all of them together hold no more than one alone would); beyond, and where a flow turns up
 * in another share than those it is linked with, the threads give up, and one reads it all. Of addresses the part is that
 * of `listedHosts`: with more of them, which are listed depends on who else is there and on who came first, and of that
 * no thread knows more than its own share.
 */
import { randomInt } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { bucketLoads } from './bucket-loads.ts';
import { MAX_PER_HOST } from './facts/evidence.ts';
import { FrameBlocks } from './frame-blocks.ts';
import { LIMITS } from './limits.ts';
import { joinShares } from './model/merge-snapshots.ts';
import type { ConversationSnapshot, Snapshot } from './model/snapshot.ts';
import { followShare, type Progress, readShare } from './read-share.ts';
import type { Load, Sensor } from './sensor.ts';
import { BUCKETS, FIRST_READER, type Share, shareOut } from './share.ts';

/** What reading packets and dealing them out costs the one who reads, as a share of what working on all of them costs. */
const DEALING = 0.3;

/** What a thread is started with. */
export interface ShareTask {
  readonly sources: readonly string[];
  readonly reader: number;
  /** Threads that share. */
  readonly readers: number;
  readonly seed: number;
  /** The reader of each bucket, in shared memory: they are given before the first block is filled. */
  readonly owners: Uint8Array;
  /** That of the blocks. */
  readonly memory: SharedArrayBuffer;
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
 * @param sources files, of which some are looked into before all are read
 * @param readers threads, from 2
 * @returns undefined when one alone must read them
 */
export async function readTogether(
  sources: readonly string[],
  readers: number,
  { worker = new URL('./share-worker.js', import.meta.url), ...options }: TogetherOptions = {},
): Promise<Snapshot | undefined> {
  const seed = randomInt(2 ** 32) | 0;
  const blocks = new FrameBlocks(readers);
  const owners = new Uint8Array(new SharedArrayBuffer(BUCKETS));
  const task = (reader: number): ShareTask => ({ sources, reader, readers, seed, owners, memory: blocks.memory });
  // they start while it is found out what they are to do
  const others = Array.from({ length: readers - 1 }, (_, index) => inThread(worker, task(index + 1), blocks));
  const lead = async () => {
    owners.set(shareOut(await bucketLoads(sources, seed), readers, DEALING));
    return readWhileSeparable(task(FIRST_READER), blocks, options);
  };
  const own = lead().catch((error) => {
    blocks.stop();
    throw error;
  });
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
  const [first, ...rest] = parts;
  if (first === undefined) return undefined;
  const whole = joinShares([first, ...rest]);
  const crowded = whole.hosts.some(({ evidence }) => evidence.length > MAX_PER_HOST);
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

const givenUp = new Error('given up');

/**
 * Reads the captures, deals out what is others', and works on its own share.
 * @returns null when it gave up, or another did
 */
export async function readWhileSeparable(
  task: ShareTask,
  blocks: FrameBlocks,
  { onProgress, chunkBytes }: Pick<TogetherOptions, 'onProgress' | 'chunkBytes'> = {},
): Promise<ShareAnswer> {
  return unlessGivenUp(blocks, (goOn) =>
    readShare(task.sources, {
      shared: { share: shareOf(task), readers: task.readers, blocks },
      ...(chunkBytes !== undefined && { chunkBytes }),
      onProgress(progress, sensor) {
        onProgress?.(progress);
        goOn(sensor, task.readers);
      },
    }),
  );
}

/** Works on what the one who reads leaves to this thread; the same answers. */
export async function followWhileSeparable(task: ShareTask): Promise<ShareAnswer> {
  const blocks = new FrameBlocks(task.readers, task.memory);
  return unlessGivenUp(blocks, async (goOn) =>
    followShare(task.sources, { share: shareOf(task), readers: task.readers, blocks }, (sensor) =>
      goOn(sensor, task.readers),
    ),
  );
}

async function unlessGivenUp(
  blocks: FrameBlocks,
  read: (goOn: (sensor: Sensor, readers: number) => void) => Promise<Snapshot>,
): Promise<ShareAnswer> {
  try {
    const part = await read((sensor, readers) => {
      if (blocks.stopped || !isSeparable(sensor, readers)) throw givenUp;
    });
    return blocks.stopped ? null : part;
  } catch (error) {
    blocks.stop();
    if (error !== givenUp) throw error;
    return null;
  }
}

function shareOf({ reader, owners, seed }: ShareTask): Share {
  return { reader, readers: owners, seed };
}

/** How full tables may be so that nothing of what one reader knows depends on what it has no room for. */
const CALM: Load = { ...LIMITS, hosts: LIMITS.listedHosts, conversations: LIMITS.conversations / 2 };

/** Whether what a sensor knows of its share is what one reader of everything would know of it. */
export function isSeparable({ astray, load }: Pick<Sensor, 'astray' | 'load'>, readers: number): boolean {
  return !astray && (Object.keys(load) as (keyof Load)[]).every((table) => load[table] <= CALM[table] / readers);
}

function inThread(module: URL, task: ShareTask, blocks: FrameBlocks): Promise<ShareAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: task, name: `fieldmark-reader-${task.reader}` });
    let answer: ShareAnswer = null;
    worker.once('message', (message: ShareAnswer) => {
      answer = message;
    });
    worker.once('error', (error) => {
      blocks.stop();
      reject(error);
    });
    worker.once('exit', () => resolve(answer));
  });
}
