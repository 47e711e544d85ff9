import { plantOf } from '../../agent/plant.ts';
import { jsonOf } from '../../agent/report/json.ts';
import { summaryOf } from '../terminal/summary.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';
import { givenPolicy } from './given-policy.ts';
import { parseOptions } from './options.ts';
import { readCaptures, readIntoDatabase, reportUnread } from './read-captures.ts';
import { THREADS_OPTION, threadsOf } from './threads.ts';
import { writeOutput } from './write-output.ts';

const HELP = `fieldmark analyze: reads captures, tells who is there and who talks to whom doing what

Usage: fieldmark analyze FILE|DIRECTORY|GLOB|- ... [--policy FILE] [--json FILE|-] [--db FILE]
                         [--threads N]

  FILE           a pcap or pcapng capture, plain or compressed by gzip or zstd
  DIRECTORY      all captures in it and below (.pcap .pcapng .cap .dmp .ntar, also with .gz or .zst)
  GLOB           a pattern in quotes, e.g. 'day-*/**/*.pcap'
  -              a capture on standard input

  --policy FILE  compares the traffic with a policy (see fieldmark policy --help): its zones take the place of
                 proposed ones, and flows it does not allow are violations
  --json FILE    writes the report (fieldmark.report/1) to FILE; with - to standard output, and nothing else
  --db FILE      keeps what was read in a database, made when there is none; the summary and the report are of all
                 that is in it, with what operators decided. A capture that is in it already is not read again.
  --threads N    reads large captures in at most N threads (without --db); as many as there are processors when not
                 given. What is read is the same.
  --help         shows this text

Exit status: 0 all was read; 1 some input could not be read whole (the report holds what could);
2 usage error, or a mistake in the policy.
`;

export const analyzeCommand: Command = {
  help: HELP,

  async run(args) {
    const { positionals, values } = parseOptions('analyze', args, {
      policy: { type: 'string' },
      json: { type: 'string' },
      db: { type: 'string' },
      ...THREADS_OPTION,
    });
    if (positionals.length === 0) throw new UsageError('analyze: name a capture: try fieldmark analyze --help');
    const { json, db } = values;
    const threads = threadsOf('analyze', values.threads);
    const policy = await givenPolicy(values.policy);
    const plant =
      db === undefined
        ? plantOf(await readCaptures(positionals, threads), { policy })
        : await readIntoDatabase(positionals, db, policy);
    const { snapshot } = plant;
    if (json !== undefined) await writeOutput(jsonOf(plant), json, 'analyze: the report');
    if (json !== '-') process.stdout.write(summaryOf(plant, process.stdout));
    const failed = snapshot.capture.files.some(({ error }) => error !== null);
    // a person at a terminal has read it in the summary already
    if (json === '-' || !process.stdout.isTTY) reportUnread(snapshot);
    return failed ? ExitStatus.incomplete : ExitStatus.done;
  },
};
