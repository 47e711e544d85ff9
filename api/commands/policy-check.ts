import { plantOf } from '../../agent/plant.ts';
import { jsonOf } from '../../agent/report/json.ts';
import { checkSummaryOf } from '../terminal/check-summary.ts';
import { ExitStatus, UsageError } from './command.ts';
import { givenPolicy } from './given-policy.ts';
import { parseOptions } from './options.ts';
import { readCaptures, reportUnread } from './read-captures.ts';
import { THREADS_OPTION, threadsOf } from './threads.ts';
import { writeOutput } from './write-output.ts';

/** `fieldmark policy check`: the traffic against a policy. */
export async function checkAgainstPolicy(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseOptions('policy', args, {
    policy: { type: 'string' },
    json: { type: 'string' },
    ...THREADS_OPTION,
  });
  const { policy: path, json } = values;
  if (path === undefined) throw new UsageError('policy check: name the policy with --policy FILE');
  const policy = await givenPolicy(path);
  if (positionals.length === 0) throw new UsageError('policy check: name a capture: try fieldmark policy --help');
  const snapshot = await readCaptures(positionals, threadsOf('policy', values.threads));
  const plant = plantOf(snapshot, { policy });
  if (json !== undefined) await writeOutput(jsonOf(plant), json, 'policy check: the report');
  if (json !== '-') process.stdout.write(checkSummaryOf(plant, path, process.stdout));
  const failed = reportUnread(snapshot);
  if ((plant.check?.violations.length ?? 0) > 0) return ExitStatus.violations;
  return failed ? ExitStatus.incomplete : ExitStatus.done;
}
