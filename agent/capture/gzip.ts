import { createGunzip, type Gunzip } from 'node:zlib';
import { CaptureError } from './capture-error.ts';
import type { Unpacked, Unwrapper } from './unwrapper.ts';

/** Output is handed on in pieces of this size; when the data turns out damaged, at most so much before it is lost. */
const OUTPUT_BYTES = 32 * 1024;

/** Whether `b` begins like gzip (RFC 1952, section 2.3.1; 8 is deflate, the only method there is). */
export function isGzip(b: Uint8Array): boolean {
  return b[0] === 0x1f && b[1] === 0x8b && b[2] === 8;
}

/** Unpacks gzip data of one or more members. */
export class GzipUnwrapper implements Unwrapper {
  readonly pieceBytes: number = 64 * 1024; // deflate makes at most 1,032 times as much of it
  readonly #to: Unpacked;
  readonly #gunzip: Gunzip;
  #failure: unknown;
  #finished = false; // the data has ended; zeros that pad it may follow, and are let pass
  #settle: (() => void) | undefined; // of the push or end under way

  constructor(to: Unpacked) {
    this.#to = to;
    this.#gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
    this.#gunzip.on('data', (chunk: Uint8Array) => this.#pass(chunk));
    this.#gunzip.on('end', () => this.#finish());
    this.#gunzip.on('error', (error: NodeJS.ErrnoException) => this.#fail(this.#explain(error)));
  }

  push(bytes: Uint8Array): Promise<void> {
    return this.#until((done) => this.#gunzip.write(bytes, done));
  }

  end(): Promise<void> {
    return this.#until(() => this.#gunzip.end());
  }

  close(): void {
    this.#gunzip.destroy();
  }

  #pass(chunk: Uint8Array): void {
    if (this.#failure !== undefined) return; // on the way when it failed
    try {
      this.#to.feed(chunk);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#settle?.();
  }

  #finish(): void {
    this.#finished = true;
    this.#settle?.();
  }

  /** Starts something and waits until it is done, or the data has failed or ended: zlib calls back after neither. */
  async #until(start: (done: () => void) => unknown): Promise<void> {
    if (this.#failure === undefined && !this.#finished) {
      await new Promise<void>((resolve) => {
        this.#settle = resolve;
        start(resolve);
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
