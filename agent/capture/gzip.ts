import { createGunzip, type Gunzip } from 'node:zlib';
import { CaptureError } from './capture-error.ts';
import type { Unpacked, Unwrapper } from './unwrapper.ts';

/** Output comes in pieces of this size; when the data turns out damaged, at most so much before it is lost. */
const OUTPUT_BYTES = 256 * 1024;

/** So much of it at a time: zlib, when it is done with a piece, gets the next one between two of them. */
const PASSED_BYTES = 64 * 1024;

/** From so many bytes that were unpacked and not passed on yet, unpacking waits. */
const AHEAD_BYTES = 1 << 20;

/** Whether `b` begins like gzip (RFC 1952, section 2.3.1; 8 is deflate, the only method there is). */
export function isGzip(b: Uint8Array): boolean {
  return b[0] === 0x1f && b[1] === 0x8b && b[2] === 8;
}

/** Unpacks gzip data of one or more members, in a thread of Node's own: what came before is passed on meanwhile. */
export class GzipUnwrapper implements Unwrapper {
  readonly pieceBytes: number = 256 * 1024; // deflate makes at most 1,032 times as much of it
  readonly #to: Unpacked;
  readonly #gunzip: Gunzip;
  #unpacked: Uint8Array[] = []; // not passed on yet
  #unpackedBytes = 0;
  #passing = false; // soon, or just now
  #ended = false; // the data has; zeros that pad it may follow, and are let pass
  #damage: NodeJS.ErrnoException | undefined;
  #finished = false; // it has ended, and all of it was passed on
  #failure: unknown; // told when all before it was passed on
  #settle: (() => void) | undefined; // of the push or end under way

  constructor(to: Unpacked) {
    this.#to = to;
    this.#gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
    this.#gunzip.on('data', (chunk: Uint8Array) => this.#take(chunk));
    this.#gunzip.on('end', () => {
      this.#ended = true;
      this.#passSoon();
    });
    this.#gunzip.on('error', (error: NodeJS.ErrnoException) => {
      this.#damage = error;
      this.#passSoon();
    });
  }

  push(bytes: Uint8Array): Promise<void> {
    return this.#until((done) => this.#gunzip.write(bytes, done));
  }

  end(): Promise<void> {
    return this.#until(() => this.#gunzip.end());
  }

  async passedOn(): Promise<void> {
    while (this.#passing && this.#failure === undefined) await new Promise(setImmediate);
  }

  close(): void {
    this.#gunzip.destroy();
    this.#unpacked = [];
  }

  #take(chunk: Uint8Array): void {
    if (this.#failure !== undefined) return; // on the way when it failed
    for (let at = 0; at < chunk.length; at += PASSED_BYTES) this.#unpacked.push(chunk.subarray(at, at + PASSED_BYTES));
    this.#unpackedBytes += chunk.length;
    if (this.#unpackedBytes >= AHEAD_BYTES) this.#gunzip.pause();
    this.#passSoon();
  }

  /** Lets zlib begin with the next first. */
  #passSoon(): void {
    if (this.#passing) return;
    this.#passing = true;
    setImmediate(() => {
      this.#passing = false;
      this.#passOn();
    });
  }

  #passOn(): void {
    const chunk = this.#unpacked.shift();
    try {
      if (chunk !== undefined) {
        this.#unpackedBytes -= chunk.length;
        this.#to.feed(chunk);
      }
      if (this.#unpacked.length > 0) this.#passSoon();
      else if (this.#damage !== undefined) throw this.#explain(this.#damage);
      else this.#finished = this.#ended;
    } catch (error) {
      this.#failure = error;
    }
    if (this.#failure !== undefined || this.#finished) this.#settle?.();
    else if (this.#unpackedBytes < AHEAD_BYTES) this.#gunzip.resume();
  }

  /** Starts something and waits until it is done, or the data has failed or ended: zlib calls back after neither. */
  async #until(start: (done: (error?: Error | null) => void) => unknown): Promise<void> {
    if (this.#failure === undefined && !this.#finished) {
      await new Promise<void>((resolve) => {
        this.#settle = resolve;
        start((error) => {
          if (!error) resolve(); // else it is told when all before it was passed on
        });
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #explain(error: NodeJS.ErrnoException): CaptureError {
    const { offset } = this.#to;
    if (error.code === 'Z_BUF_ERROR') {
      return new CaptureError('CAPTURE_CUT', offset, 'cut short: the gzip data ends too early', error);
    }
    return new CaptureError('COMPRESSION_DAMAGED', offset, `damaged gzip data: ${error.message}`, error);
  }
}
