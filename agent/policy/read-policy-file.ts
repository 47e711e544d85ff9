import { open } from 'node:fs/promises';
import { FieldmarkError, fileError } from '../errors.ts';
import type { Policy } from './policy.ts';
import { readPolicy } from './read-policy.ts';

/** Bytes of the longest policy: ten thousand devices with a comment each take one million. */
const MOST_BYTES = 2 << 20;

/**
 * Reads a policy from a file.
 * @throws FieldmarkError POLICY_NOT_READABLE, or PolicyError with every mistake in it
 */
export async function readPolicyFile(path: string): Promise<Policy> {
  return readPolicy(await policyText(path), path);
}

/**
 * The text of a policy's file.
 * @throws FieldmarkError POLICY_NOT_READABLE
 */
export async function policyText(path: string): Promise<string> {
  const bytes = await contentOf(path).catch((error: unknown) => {
    throw new FieldmarkError('POLICY_NOT_READABLE', `${path}: ${fileError(error).message}`, error);
  });
  if (bytes.length > MOST_BYTES) {
    throw new FieldmarkError('POLICY_NOT_READABLE', `${path}: longer than 2 MiB: this is no policy`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FieldmarkError('POLICY_NOT_READABLE', `${path}: not UTF-8: save it as UTF-8 text`, error);
  }
}

/** What is in a file, but no more than one byte beyond the limit: it may be a device that never ends. */
async function contentOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ start: 0, end: MOST_BYTES, autoClose: false })) {
      chunks.push(chunk as Uint8Array);
      length += (chunk as Uint8Array).length;
    }
    return Buffer.concat(chunks, length);
  } finally {
    await file.close();
  }
}
