import { plantOf } from '../../agent/plant.ts';
import { proposePolicy } from '../../agent/policy/propose-policy.ts';
import { ExitStatus, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { readCaptures, reportUnread } from './read-captures.ts';
import { THREADS_OPTION, threadsOf } from './threads.ts';
import { writeOutput } from './write-output.ts';

/** `fieldmark policy propose`: a policy from the traffic. */
export async function proposeFromCaptures(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseOptions('policy', args, {
    output: { type: 'string', short: 'o', default: '-' },
    ...THREADS_OPTION,
  });
  if (positionals.length === 0) throw new UsageError('policy propose: name a capture: try fieldmark policy --help');
  const snapshot = await readCaptures(positionals, threadsOf('policy', values.threads));
  const { writePolicy } = await import('../../agent/policy/write-policy.ts');
  const { policy, notes } = proposePolicy(plantOf(snapshot));
  await writeOutput(writePolicy(policy, notes), values.output, 'policy propose: the policy');
  return reportUnread(snapshot) ? ExitStatus.incomplete : ExitStatus.done;
}
