import { type FileHandle, open } from 'node:fs/promises';
import { fileError } from '../errors.ts';
import { CaptureParser } from './capture-parser.ts';
import type { FrameSink } from './frame-sink.ts';
import { GzipUnwrapper, isGzip } from './gzip.ts';
import { OwnBuffers, type ReadBuffers } from './read-buffers.ts';
import { LimitedUnpacked, PlainUnwrapper, type Unpacked, type UnpackLimit, type Unwrapper } from './unwrapper.ts';
import { isZstd, ZstdUnwrapper } from './zstd.ts';

/** The name that stands for standard input. */
export const STANDARD_INPUT = '-';

/**
 * Two of these are read into in turn. Large: what was read is handed over by the event loop, for which the reading stands
 * still a moment each time.
 */
const READ_BYTES = 4 << 20;

/** As many bytes as tell how a file is compressed, if it is. */
const MAGIC_BYTES = 4;

const EMPTY = Buffer.alloc(0);

export interface ReadOptions {
  /** Called now and then with how many bytes of the file, as it is stored, were read, and how many there are if known. */
  readonly onProgress?: (bytesRead: number, totalBytes: number | undefined) => void;
  /** Asked between pieces, which hold a few megabytes at most in earnest: reading goes on when its promise is settled. */
  readonly pace?: (() => Promise<void> | undefined) | undefined;
  /** Ends the reading early: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Bytes of a file that are read at once; READ_BYTES unless told otherwise. */
  readonly chunkBytes?: number;
  /** Where they are read to, instead; buffers are taken while those before are in use. */
  readonly buffers?: ReadBuffers;
  /** How much a compressed capture may hold; without it, whatever it does. For captures from strangers. */
  readonly unpackLimit?: UnpackLimit;
}

/**
 * Reads a capture whole, pcap or pcapng, plain or compressed by gzip or zstd, and hands its frames to `sink`.
 *
 * @param source a file's path, `-` for standard input, or the bytes themselves as they come (lent until the next are
 *   asked for). Of a file that grows, what it held when it was opened is read.
 * @throws FieldmarkError when it cannot be read, CaptureError with an offset when it cannot be read to its end: then
 *   the sink has had all that stands before. The messages do not name the source. What the sink throws passes.
 */
export async function readCapture(
  source: string | AsyncIterable<Uint8Array>,
  sink: FrameSink,
  options: ReadOptions = {},
): Promise<void> {
  if (typeof source !== 'string') return readChunks(source, undefined, sink, options);
  if (source === STANDARD_INPUT) return readChunks(streamChunks(process.stdin), undefined, sink, options);

  const file = await open(source).catch((error) => {
    throw fileError(error);
  });
  try {
    const stat = await file.stat();
    const totalBytes = stat.isFile() ? stat.size : undefined; // a pipe has none
    await readChunks(
      fileChunks(file, totalBytes, options.buffers ?? new OwnBuffers(options.chunkBytes ?? READ_BYTES)),
      totalBytes,
      sink,
      options,
    );
  } finally {
    await file.close();
  }
}

/** Whether what a file holds must be unpacked; false of one that cannot be read. */
export async function isCompressed(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const start = Buffer.alloc(MAGIC_BYTES);
    await file.read(start, 0, MAGIC_BYTES, 0);
    return isGzip(start) || isZstd(start);
  } catch {
    return false; // whoever reads it is told why
  } finally {
    await file.close();
  }
}

async function readChunks(
  chunks: AsyncIterable<Uint8Array>,
  totalBytes: number | undefined,
  sink: FrameSink,
  { onProgress, pace, signal, unpackLimit }: ReadOptions,
): Promise<void> {
  const parser = new CaptureParser(sink);
  const limited = unpackLimit && new LimitedUnpacked(parser, unpackLimit);
  let unwrapper: Unwrapper | undefined;
  let start = EMPTY; // bytes too few to tell how the rest is compressed
  let bytesRead = 0;
  signal?.throwIfAborted();
  try {
    for await (const chunk of chunks) {
      const bytes = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      bytesRead += chunk.length;
      if (limited !== undefined) limited.storedBytes = bytesRead;
      if (unwrapper === undefined && bytes.length < MAGIC_BYTES) {
        start = Buffer.from(bytes);
        continue;
      }
      start = EMPTY;
      unwrapper ??= unwrapperOf(bytes, parser, limited);
      for (let at = 0; at < bytes.length; at += unwrapper.pieceBytes) {
        await unwrapper.push(bytes.subarray(at, at + unwrapper.pieceBytes));
        signal?.throwIfAborted();
        const notYet = pace?.();
        if (notYet !== undefined) await notYet;
      }
      onProgress?.(bytesRead, totalBytes);
    }
    parser.feed(start);
    await unwrapper?.end();
    parser.end();
  } catch (error) {
    await unwrapper?.passedOn(); // what came before it is not lost
    throw error;
  } finally {
    unwrapper?.close();
  }
}

function unwrapperOf(start: Uint8Array, parser: CaptureParser, limited: Unpacked = parser): Unwrapper {
  if (isGzip(start)) return new GzipUnwrapper(limited);
  if (isZstd(start)) return new ZstdUnwrapper(limited);
  return new PlainUnwrapper(parser);
}

/** The bytes of a file, `totalBytes` of them or all there come. The next are being read while these are in use. */
async function* fileChunks(
  file: FileHandle,
  totalBytes: number | undefined,
  buffers: ReadBuffers,
): AsyncGenerator<Uint8Array> {
  let left = totalBytes ?? Number.POSITIVE_INFINITY;
  const read = async () => {
    const buffer = buffers.take();
    try {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, left));
      left -= bytesRead;
      return { buffer, bytesRead };
    } catch (error) {
      buffers.release(buffer);
      throw fileError(error);
    }
  };
  let next = read();
  try {
    for (;;) {
      const { buffer, bytesRead } = await next;
      if (bytesRead === 0) return; // all there was, or less if the file shrank
      next = read();
      next.catch(() => {}); // it is awaited when these bytes have been used
      try {
        yield buffer.subarray(0, bytesRead);
      } finally {
        buffers.release(buffer);
      }
    }
  } finally {
    // the file must not be closed under it
    await next.then(
      ({ buffer }) => buffers.release(buffer),
      () => {},
    );
  }
}

/** The bytes of a stream, its errors put into words. */
async function* streamChunks(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw fileError(error);
  }
}
