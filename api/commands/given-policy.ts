import type { Policy } from '../../agent/policy/policy.ts';

/**
 * The policy that an operator named, or null. What reads policies is loaded only when there is one to read: it takes longer
 * to load than all the rest.
 * @throws FieldmarkError when it cannot be read, or holds mistakes
 */
export async function givenPolicy(path: string | undefined): Promise<Policy | null> {
  if (path === undefined) return null;
  const { readPolicyFile } = await import('../../agent/policy/read-policy-file.ts');
  return await readPolicyFile(path);
}
