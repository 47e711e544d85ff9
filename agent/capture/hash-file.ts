import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileError } from '../errors.ts';

/** Bytes of a file that are read at a time. */
const CHUNK = 1 << 20;

/**
 * The SHA-256 of a file, in lower-case hexadecimal, and how many bytes it has: tells others whether they have the same.
 * @throws FieldmarkError FILE_* when it cannot be read
 */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (error) {
    throw fileError(error);
  }
  return { sha256: hash.digest('hex'), size };
}
