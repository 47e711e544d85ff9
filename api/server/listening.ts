/** What `watch` does beyond serving: listens to interfaces, and holds the traffic to a policy in a file. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readPolicy } from '../../agent/policy/read-policy.ts';
import { policyText } from '../../agent/policy/read-policy-file.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Context } from './context.ts';

/** Who it is in the audit log. */
const WATCH = 'watch';

/** Where the frames of live captures are kept. */
export function framesFolder({ keepIn, db }: Pick<Settings, 'keepIn' | 'db'>): string {
  return keepIn ?? `${db}-frames`;
}

/**
 * Listens to every interface that is set.
 * @throws FieldmarkError HELPER_MISSING, CAPTURE_NOT_PERMITTED or CAPTURE_FAILED for the first that cannot be listened to
 */
export async function startListening({ settings, service }: Pick<Context, 'settings' | 'service'>): Promise<void> {
  const { interfaces, filter, helper, snaplen, ring, promiscuous, keep } = settings;
  for (const name of interfaces) {
    const most = keep === null ? null : Math.floor(keep / interfaces.length);
    await service.keeper.listen({
      interface: name,
      ...{ filter, helper, promiscuous },
      snapLength: snaplen,
      ringBytes: ring,
      keep: most === null ? null : { folder: join(framesFolder(settings), name), most },
      by: WATCH,
    });
  }
}

/**
 * Makes the policy in the file the one that holds, if it is another than does.
 * @returns its version, or null when it holds already
 * @throws FieldmarkError POLICY_NOT_READABLE, or PolicyError with every mistake: then the one before goes on holding
 */
export async function holdPolicy(
  path: string,
  { reader, service }: Pick<Context, 'reader' | 'service'>,
): Promise<number | null> {
  const yaml = await policyText(path);
  const parsed = readPolicy(yaml, path);
  const sha256 = createHash('sha256').update(yaml).digest('hex');
  if (reader.policy()?.sha256 === sha256) return null;
  return await service.keeper.setPolicy({ yaml, parsed, reason: `read from ${path}` }, WATCH);
}
