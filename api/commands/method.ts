/** What makes an assessment reproducible: which program read which bytes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Method } from '../../agent/assess/assessment.ts';
import type { CaptureSnapshot } from '../../agent/model/snapshot.ts';
import { version } from '../version.ts';

/**
 * The method of an assessment of captures.
 * @param policy name of the policy file, or null where none was given
 */
export async function methodOf({ files }: CaptureSnapshot, policy: string | null): Promise<Omit<Method, 'rules'>> {
  const captures: Method['captures'][number][] = [];
  for (const { name, packets } of files) captures.push({ name, sha256: await fileHash(name), packets });
  return {
    tool: 'Fieldmark',
    version: version(),
    captures,
    policySha256: policy === null ? null : await fileHash(policy),
  };
}

/** SHA-256 of a file as it is stored; null for what cannot be read twice (standard input, pipes) or at all. */
async function fileHash(name: string): Promise<string | null> {
  const isFile = await stat(name).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return null;
  const hash = createHash('sha256');
  return pipeline(createReadStream(name), hash).then(
    () => hash.digest('hex'),
    () => null,
  );
}
