/** A capture that was taken on several interfaces at once, each read as a sensor's of its own. */
import { InterfaceCount } from './capture/interfaces.ts';
import { type ReadOptions, readCapture } from './capture/read-capture.ts';
import { hasSharedAddresses } from './model/link-scopes.ts';
import { joinInterfaces, settled } from './model/merge-snapshots.ts';
import { isLinkScope, type Snapshot } from './model/snapshot.ts';
import { readFiles } from './read-files.ts';

/**
 * What a capture tells when its interfaces are on links that use the same addresses; undefined where they are not, as where
 * one hears what is sent and the other what is answered.
 * @param path of a file that was read whole
 * @param together what reading it as one sensor's told
 * @throws FieldmarkError when it cannot be read again
 */
export async function readApart(
  path: string,
  together: Snapshot,
  options: Pick<ReadOptions, 'unpackLimit'> = {},
): Promise<Snapshot | undefined> {
  if (!hasSharedAddresses(together)) return undefined;
  const count = new InterfaceCount();
  await readCapture(path, count, options);
  const { numbers } = count;
  if (numbers.length < 2) return undefined;
  const parts: Snapshot[] = [];
  const names = together.capture.files.map(({ name }) => name);
  for (const only of numbers) parts.push(await readFiles([path], { only, names }));
  const apart = joinInterfaces(parts);
  return settled(apart).hosts.some(({ scope }) => isLinkScope(scope)) ? apart : undefined;
}
