/**
 * The frames of an interface on disk, so that what proves a statement can be shown later: the helper's pcap stream as it
 * comes, in files of bounded size, the oldest of which go for the newest. Writing never holds up listening: what the disk
 * is too slow for is not kept, and that is told.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../../errors.ts';

/** Of a pcap file, before its first record. */
const HEADER_BYTES = 24;
/** Of what may be kept, one file takes at most this share: so much goes at a time. */
const SHARE = 8;
const LARGEST_FILE = 256 << 20;
/** Bytes that wait for the disk at most. */
const MOST_WAITING = 32 << 20;
/** Milliseconds until writing is tried again after the disk refused. */
const RETRY = 30_000;
const DIGITS = 16;

/** The least that is worth keeping. */
export const LEAST_KEPT = 1 << 20;

export interface KeepOptions {
  /** Of this interface alone. */
  readonly folder: string;
  /** Bytes that all files in it may take. */
  readonly most: number;
  /** Number of the capture in the database: frames are told by it. */
  readonly capture: number;
}

interface Kept {
  readonly path: string;
  size: number;
}

/** A file that is being written. `whole`: bytes up to the end of its last whole record. */
interface Piece extends Kept {
  whole: number;
  file: FileHandle | undefined;
}

export class FrameKeeper {
  readonly #options: KeepOptions;
  readonly #onTrouble: (what: string) => void;
  readonly #pieceBytes: number;
  /** Written to their end, oldest first. */
  readonly #kept: Kept[];
  #header = Buffer.alloc(0);
  #piece: Piece | undefined;
  #total: number;
  #waiting = 0;
  #work: Promise<void> = Promise.resolve();
  #refusedUntil = 0;
  /** Bytes that were not kept, as the disk was too slow or full. */
  missed = 0;

  /**
   * Makes the folder; what an earlier run left counts, and goes first.
   * @param onTrouble told, in plain words, why frames are not being kept
   * @throws FieldmarkError FILE_* when the folder cannot be used
   */
  constructor(options: KeepOptions, onTrouble: (what: string) => void) {
    this.#options = options;
    this.#onTrouble = onTrouble;
    this.#pieceBytes = Math.min(LARGEST_FILE, Math.floor(options.most / SHARE));
    try {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      this.#kept = readdirSync(options.folder)
        .sort()
        .map((name) => join(options.folder, name))
        .map((path) => ({ path, size: statSync(path).size }));
    } catch (error) {
      throw fileError(error);
    }
    this.#total = this.#kept.reduce((sum, { size }) => sum + size, 0);
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return this.#total;
  }

  /** A helper starts: another stream with a header of its own. */
  begin(): void {
    this.#end();
    this.#header = Buffer.alloc(0);
  }

  /**
   * Takes the stream's next bytes, which are not changed afterwards.
   *
   * @param whole how many of them lie before the end of the last whole record in them; undefined when it does not end here
   * @param before frames of the capture before these bytes
   * @param after frames up to `whole`
   */
  take(chunk: Uint8Array, whole: number | undefined, before: number, after: number): void {
    const missing = HEADER_BYTES - this.#header.length;
    const start = Math.min(missing, chunk.length);
    if (missing > 0) {
      this.#header = Buffer.concat([this.#header, chunk.subarray(0, start)]);
      if (this.#header.length < HEADER_BYTES) return;
      this.#begin(before);
    }
    const turn = whole === undefined || whole < start ? undefined : whole;
    const piece = this.#piece;
    if (piece === undefined) {
      this.missed += chunk.length - start;
      if (turn === undefined || !this.#begin(after)) return;
      this.missed -= chunk.length - turn;
      this.#write(chunk.subarray(turn), 0);
    } else if (turn !== undefined && piece.size + chunk.length - start > this.#pieceBytes) {
      this.#write(chunk.subarray(start, turn), turn - start);
      if (this.#begin(after)) this.#write(chunk.subarray(turn), 0);
    } else {
      this.#write(chunk.subarray(start), turn === undefined ? undefined : turn - start);
    }
  }

  /** Writes what waits, and closes the file. */
  async close(): Promise<void> {
    this.#end();
    await this.#work;
  }

  /** Begins a file with the frame behind `frames`; answers whether there is one. */
  #begin(frames: number): boolean {
    this.#end();
    if (performance.now() < this.#refusedUntil || this.#waiting > MOST_WAITING / 2) return false;
    const { folder, capture } = this.#options;
    const path = join(folder, nameOf(capture, frames + 1));
    const piece: Piece = { path, size: 0, whole: 0, file: undefined };
    this.#piece = piece;
    this.#then(async () => {
      piece.file = await open(path, 'w', 0o600);
    });
    this.#write(this.#header, HEADER_BYTES);
    return true;
  }

  /** @param whole how many of the bytes lie before the end of their last whole record */
  #write(bytes: Uint8Array, whole: number | undefined): void {
    const piece = this.#piece;
    if (piece === undefined || bytes.length === 0) return;
    if (this.#waiting + bytes.length > MOST_WAITING) {
      this.#refuse('the disk is too slow for all frames: some are not kept');
      this.missed += bytes.length;
      this.#end();
      return;
    }
    if (whole !== undefined) piece.whole = piece.size + whole;
    piece.size += bytes.length;
    this.#waiting += bytes.length;
    this.#makeRoom(bytes.length);
    this.#then(async () => {
      try {
        for (let at = 0; piece.file !== undefined && at < bytes.length; ) {
          at += (await piece.file.write(bytes, at)).bytesWritten;
        }
      } finally {
        this.#waiting -= bytes.length;
      }
    });
  }

  /** The oldest go before more comes than may be kept. */
  #makeRoom(bytes: number): void {
    this.#total += bytes;
    while (this.#total > this.#options.most) {
      const oldest = this.#kept.shift();
      if (oldest === undefined) return;
      this.#total -= oldest.size;
      this.#then(() => rm(oldest.path, { force: true }));
    }
  }

  /** Ends the file with its last whole record. */
  #end(): void {
    const piece = this.#piece;
    if (piece === undefined) return;
    this.#piece = undefined;
    this.#total -= piece.size - piece.whole;
    piece.size = piece.whole;
    this.#kept.push(piece);
    this.#then(async () => {
      const { file } = piece;
      piece.file = undefined;
      try {
        await file?.truncate(Math.min(piece.whole, (await file.stat()).size));
      } finally {
        await file?.close();
      }
    });
  }

  /** Does something with the disk behind all before it. */
  #then(work: () => Promise<unknown>): void {
    this.#work = this.#work.then(work).then(
      () => {},
      (error) => {
        this.#refuse(`frames cannot be kept: ${fileError(error).message}`);
        this.#end();
      },
    );
  }

  #refuse(what: string): void {
    if (performance.now() >= this.#refusedUntil) this.#onTrouble(what);
    this.#refusedUntil = performance.now() + RETRY;
  }
}

function nameOf(capture: number, frame: number): string {
  return `${String(capture).padStart(DIGITS, '0')}-${String(frame).padStart(DIGITS, '0')}.pcap`;
}

/**
 * The file that should hold a frame of a capture, and the number of its first frame; undefined when it is kept no more.
 * @param folder of all interfaces
 */
export async function keptFile(
  folder: string,
  capture: number,
  frame: number,
): Promise<{ readonly path: string; readonly first: number } | undefined> {
  const wanted = nameOf(capture, frame);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const before = entries
    .filter((entry) => entry.isFile() && entry.name <= wanted && entry.name.startsWith(wanted.slice(0, DIGITS + 1)))
    .sort((a, b) => (a.name < b.name ? 1 : -1));
  const [found] = before;
  if (found === undefined) return undefined;
  const first = Number(found.name.slice(DIGITS + 1, 2 * DIGITS + 1));
  return { path: join(found.parentPath, found.name), first };
}
