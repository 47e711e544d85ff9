/** What makes an assessment reproducible: which program read which bytes. */
import { stat } from 'node:fs/promises';
import type { Method } from '../../agent/assess/assessment.ts';
import { hashFile } from '../../agent/capture/hash-file.ts';
import type { CaptureSnapshot } from '../../agent/model/snapshot.ts';
import { version } from '../version.ts';

/**
 * The method of an assessment.
 * @param policy name of the policy file, or undefined where none was given
 */
export async function methodOf(
  captures: Method['captures'],
  policy: string | undefined,
): Promise<Omit<Method, 'rules'>> {
  const policySha256 = policy === undefined ? null : await fileHash(policy);
  return { tool: 'Fieldmark', version: version(), captures, policySha256 };
}

/** The captures that were read, each with the hash of its bytes: they are read once more for that. */
export async function captureHashes({ files }: CaptureSnapshot): Promise<Method['captures']> {
  const captures: Method['captures'][number][] = [];
  for (const { name, packets } of files) captures.push({ name, sha256: await fileHash(name), packets });
  return captures;
}

/** SHA-256 of a file as it is stored; null for what cannot be read twice (standard input, pipes) or at all. */
async function fileHash(name: string): Promise<string | null> {
  const isFile = await stat(name).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return null;
  return await hashFile(name).then(
    ({ sha256 }) => sha256,
    () => null,
  );
}
