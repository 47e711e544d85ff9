/**
 * Where uploaded captures are kept: under names of our own making, counted and limited as they come. What a client calls
 * its file is for people to read, and never part of a path.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type CutFrame, cutFrames, pcapOf } from '../../agent/capture/cut-frames.ts';
import { keptFile } from '../../agent/capture/live/kept-frames.ts';
import type { UnpackLimit } from '../../agent/capture/unwrapper.ts';
import { FieldmarkError, fileError } from '../../agent/errors.ts';
import { Problem } from './http/problem.ts';

export interface SpoolLimits {
  /** Bytes of one capture. */
  readonly maxUpload: number;
  /** Bytes of all captures. */
  readonly maxSpool: number;
  /** How many times its size a compressed capture may hold. */
  readonly maxUnpackRatio: number;
}

/** A capture that came in whole. */
export interface Spooled {
  readonly path: string;
  readonly size: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** What has not come in whole ends with this. */
const PART = '.part';

/** Left free on the disk: the database needs room too. */
const RESERVE_BYTES = 256 << 20;

/** Bytes that any capture may hold, however it is compressed. */
const FREE_BYTES = 256_000_000;

/** Captures that are searched for frames at a time. */
const MAX_CUTTING = 4;

/** Uploads at a time. */
const MAX_UPLOADS = 8;

export class Spool {
  readonly #directory: string;
  readonly #limits: SpoolLimits;
  /** Bytes of what is coming in. */
  readonly #underWay = new Map<string, number>();
  #cutting = 0;

  /** Makes the directory, and removes what a former run left half received. @throws FieldmarkError SERVICE_FAILED */
  constructor(directory: string, limits: SpoolLimits) {
    this.#directory = directory;
    this.#limits = limits;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(directory))
        if (name.endsWith(PART)) void rm(join(directory, name), { force: true });
    } catch (error) {
      throw new FieldmarkError('SERVICE_FAILED', `the spool ${directory}: ${fileError(error).message}`, error);
    }
  }

  /** How much a compressed capture may hold. */
  get unpackLimit(): UnpackLimit {
    return { ratio: this.#limits.maxUnpackRatio, freeBytes: FREE_BYTES };
  }

  /** Bytes of all captures that are kept, and of those coming in. */
  get bytes(): number {
    let sum = 0;
    for (const name of readdirSync(this.#directory)) {
      sum += statSync(join(this.#directory, name), { throwIfNoEntry: false })?.size ?? 0;
    }
    return sum;
  }

  /**
   * Takes a capture as it comes. What breaks off leaves nothing behind.
   *
   * @param announced how many bytes will come, if known
   * @param onBytes told now and then how many have come
   * @throws Problem TOO_LARGE, STORAGE_FULL, UNAVAILABLE or MALFORMED_REQUEST
   */
  async receive(
    chunks: AsyncIterable<Uint8Array>,
    announced: number | undefined,
    onBytes: (received: number) => void = () => {},
  ): Promise<Spooled> {
    const { maxUpload } = this.#limits;
    if ((announced ?? 0) > maxUpload) throw tooLarge(maxUpload);
    if (this.#underWay.size >= MAX_UPLOADS) {
      throw new Problem('UNAVAILABLE', `${MAX_UPLOADS} uploads are under way`, { headers: { 'retry-after': '30' } });
    }
    const room = await this.#room();
    if ((announced ?? 1) > room) throw noRoom();
    const most = Math.min(maxUpload, room);

    const name = randomUUID();
    const path = join(this.#directory, name);
    this.#underWay.set(name, announced ?? 0);
    let file: FileHandle | undefined;
    try {
      file = await open(path + PART, 'wx', 0o600);
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > most) throw size > maxUpload ? tooLarge(maxUpload) : noRoom();
        hash.update(chunk);
        for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
        onBytes(size);
      }
      if (announced !== undefined && size !== announced) throw new Problem('MALFORMED_REQUEST', 'the upload broke off');
      await file.sync();
      await file.close();
      file = undefined;
      await rename(path + PART, path);
      return { path, size, sha256: hash.digest('hex') };
    } catch (error) {
      await file?.close();
      await rm(path + PART, { force: true });
      throw storageProblem(error);
    } finally {
      this.#underWay.delete(name);
    }
  }

  /** Throws a capture away that nobody wants. */
  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /**
   * Frames of a capture as a pcap file.
   *
   * @param name of the file, as it was kept
   * @throws Problem NOT_FOUND, CONFLICT or UNAVAILABLE
   */
  async frames(name: string, numbers: readonly number[]): Promise<Uint8Array> {
    return await this.#cut(numbers, async () => await this.#framesOf(join(this.#directory, name), numbers));
  }

  /**
   * Frames of what was heard of an interface, as a pcap file.
   *
   * @param folder where frames of interfaces are kept
   * @param capture its number
   * @throws Problem NOT_FOUND when they were not kept, or had to go for newer ones; CONFLICT or UNAVAILABLE
   */
  async liveFrames(folder: string, capture: number, numbers: readonly number[]): Promise<Uint8Array> {
    return await this.#cut(numbers, async () => {
      const frames: CutFrame[] = [];
      for (const number of new Set(numbers)) {
        const file = await keptFile(folder, capture, number);
        if (file === undefined) continue;
        const [frame] = await this.#framesOf(file.path, [number - file.first + 1]);
        if (frame !== undefined) frames.push({ ...frame, number });
      }
      return frames;
    });
  }

  #framesOf(path: string, numbers: readonly number[]): Promise<CutFrame[]> {
    return cutFrames(path, numbers, { unpackLimit: this.unpackLimit });
  }

  async #cut(numbers: readonly number[], find: () => Promise<CutFrame[]>): Promise<Uint8Array> {
    if (this.#cutting >= MAX_CUTTING) {
      throw new Problem('UNAVAILABLE', `${MAX_CUTTING} captures are being searched`, {
        headers: { 'retry-after': '2' },
      });
    }
    this.#cutting++;
    try {
      const frames = await find();
      const missing = numbers.filter((number) => frames.every((frame) => frame.number !== number));
      if (missing.length > 0) throw new Problem('NOT_FOUND', `there is no frame ${missing.join(', ')}`);
      if (frames.some(({ link }) => link !== frames[0]?.link)) {
        throw new Problem('CONFLICT', 'the frames are of several link types: ask for them one by one');
      }
      return pcapOf(frames);
    } catch (error) {
      if (error instanceof FieldmarkError) throw new Problem('CONFLICT', 'the capture cannot be read up to there');
      throw error;
    } finally {
      this.#cutting--;
    }
  }

  /** Bytes that may still come. */
  async #room(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#directory);
    const announced = [...this.#underWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    return Math.min(this.#limits.maxSpool - this.bytes, bavail * bsize - RESERVE_BYTES) - announced;
  }
}

function tooLarge(most: number): Problem {
  return new Problem('TOO_LARGE', `a capture may have ${most} bytes`, { headers: { connection: 'close' } });
}

function noRoom(): Problem {
  return new Problem('STORAGE_FULL', undefined, { headers: { connection: 'close' } });
}

function storageProblem(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return noRoom();
  // the client went away: nobody reads this answer, but the log says what it was
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') {
    return new Problem('MALFORMED_REQUEST', 'the upload broke off');
  }
  return error;
}

/** Longest name that is kept for show. */
const MAX_NAME_LENGTH = 200;

/** What a client calls its file, fit to be shown: the last part of the path, in printable characters. */
export function shownName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const printable = last
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
  return printable === '' || /^\.+$/.test(printable) ? 'capture' : printable;
}
