/**
 * Captures read by several threads at once. One reads the files, works on the flows of its own share (`share.ts`) and sends
 * the other frames along lanes to the threads whose they are; what they found is joined to what one alone would have found.
 *
 * Where that would not be the same (`separable.ts`), or a flow turns up in another share than those it is linked with, the
 * threads give up, and one reads it all.
 */
import { randomInt } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { MAX_PER_HOST } from '../facts/evidence.ts';
import { LIMITS } from '../limits.ts';
import { joinShares } from '../model/merge-snapshots.ts';
import type { ConversationSnapshot, Snapshot } from '../model/snapshot.ts';
import { programFile } from '../program-files.ts';
import { type Progress, readFiles } from '../read-files.ts';
import { Sensor } from '../sensor.ts';
import { bucketLoads } from './bucket-loads.ts';
import { Distributor } from './distributor.ts';
import { GivenUp } from './given-up.ts';
import { Lane } from './lane.ts';
import type { LaneAnswer, ShareTask } from './lane-reader.ts';
import { isComplete, isSeparable, limitsOf } from './separable.ts';
import { FIRST_READER, type Share, shareOut } from './share.ts';
import { SharedBuffers } from './shared-buffers.ts';

/** Bytes of a file that are read at once: their frames have room in a batch, and dozens of chunks may be under way. */
const CHUNK_BYTES = 1 << 20;

export interface TogetherOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Bytes of a file that are read at once. */
  readonly chunkBytes?: number;
  /** The module that is a thread's body, where it is not the built one. */
  readonly worker?: URL;
}

/**
 * @param sources files that can be read again
 * @param readers threads, from 2
 * @returns undefined when one alone must read them
 */
export async function readTogether(
  sources: readonly string[],
  readers: number,
  { onProgress, chunkBytes, worker = programFile('dist/agent/together/share-worker.js') }: TogetherOptions = {},
): Promise<Snapshot | undefined> {
  // they take a while to start: meanwhile it is found out what their shares are, and the first frames are read
  const others = Array.from({ length: readers - 1 }, (_, index) => new OtherReader(worker, index + 1));
  try {
    const seed = randomInt(2 ** 32) | 0;
    const shares = sharesOf(await bucketLoads(sources, seed), readers, seed);
    const chunks = new SharedBuffers(chunkBytes ?? CHUNK_BYTES);
    const lanes = others.map((other, index) =>
      other.begin({ share: shares[index + 1] as Share, readers, names: sources }, chunks),
    );
    const share = shares[FIRST_READER] as Share;
    const sensor = new Sensor({ share, limits: limitsOf(readers) });
    const own = await readFiles(sources, {
      sensor,
      division: new Distributor(sensor, share, lanes, chunks),
      onProgress(progress) {
        onProgress?.(progress);
        if (others.some(({ failure }) => failure !== undefined) || !isSeparable(sensor, readers)) throw new GivenUp();
      },
    });
    if (!isComplete(own)) return undefined;
    return joined([own, ...(await Promise.all(others.map(({ part }) => part)))]);
  } catch (error) {
    const why = [error, ...others.map(({ failure }) => failure)];
    const fault = why.find((one) => one !== undefined && !(one instanceof GivenUp));
    if (fault !== undefined) throw fault;
    return undefined;
  } finally {
    await Promise.all(others.map((other) => other.stop()));
  }
}

/** A thread that has a share. */
class OtherReader {
  readonly #worker: Worker;
  #lane: Lane | undefined; // once it has its share
  /** What it found. Rejects with `failure`. */
  readonly part: Promise<Snapshot>;
  /** GivenUp, when it gave up or is stopped; or what it failed of. */
  failure: unknown;

  constructor(module: URL, reader: number) {
    const worker = new Worker(module, { name: `fieldmark-reader-${reader}` });
    this.#worker = worker;
    this.part = new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.failure ??= error;
        this.#lane?.close();
        reject(error);
      };
      worker.on('message', (answer: LaneAnswer) => {
        if (answer === 'done') this.#lane?.done();
        else if (answer.part === null) fail(new GivenUp());
        else resolve(answer.part);
      });
      worker.once('error', fail);
      worker.once('exit', () => fail(new GivenUp()));
    });
    this.part.catch(() => {}); // it is asked for when all is read
  }

  /** Tells it what its share is. Returns the way to it. */
  begin(task: ShareTask, chunks: SharedBuffers): Lane {
    this.#worker.postMessage(task);
    this.#lane = new Lane(chunks, (message) => this.#worker.postMessage(message));
    return this.#lane;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
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
