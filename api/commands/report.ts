import { assess } from '../../agent/assess/assess.ts';
import type { Assessment } from '../../agent/assess/assessment.ts';
import { type Plant, plantOf } from '../../agent/plant.ts';
import { CSV_TABLES, type CsvTable } from '../../agent/report/csv/tables.ts';
import { FORMATS, type FormatName } from '../../agent/report/formats.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';
import { givenPolicy } from './given-policy.ts';
import { captureHashes, methodOf } from './method.ts';
import { parseOptions } from './options.ts';
import { readCaptures, reportUnread } from './read-captures.ts';
import { THREADS_OPTION, threadsOf } from './threads.ts';
import { writeOutput } from './write-output.ts';

const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
const TABLE_NAMES = Object.keys(CSV_TABLES) as CsvTable[];

const HELP = `fieldmark report: the IEC 62443 assessment of a plant, from captures or a database

Usage: fieldmark report FILE|DIRECTORY|GLOB|- ...|--db FILE [--policy FILE] [--format FORMAT] [--table TABLE] [-o FILE|-]

  FILE …         captures, as "fieldmark analyze" takes them
  --db FILE      a database instead: all that was read into it, with what operators decided and attested
  --policy FILE  compares the traffic with a policy: its zones and conduits take the place of proposed ones, and of
                 those of the policy in the database

  --format html     one self-contained page: summary, zones and conduits, levels, gaps, roadmap, register, method
           md       the same chapters as Markdown
           json     the report (fieldmark.report/1) with its assessment
           csv      one table for spreadsheets
           svg | mermaid | graphml | drawio     the diagram of zones and conduits
                 without --format, what the name behind -o ends with decides, else html
  --table        of csv: ${TABLE_NAMES.join(' | ')}
                 (assets when not given)
  -o, --output   writes to FILE: whole or not at all; - is standard output, as when not given
  --threads N    reads large captures in at most N threads; as many as there are processors when not given
  --help         shows this text

Exit status: 0 done; 1 some input could not be read whole (the report holds what could); 2 usage error, or the report
could not be written.
`;

export const reportCommand: Command = {
  help: HELP,

  async run(args) {
    const { positionals, db, policy, format, table, output, threads } = options(args);
    const subject = db === undefined ? await heard(positionals, policy, threads) : await kept(db, policy);
    const { plant, assessment } = subject;
    await writeOutput(FORMATS[format].write(plant, assessment, table), output, 'report: the report');
    return reportUnread(plant.snapshot) ? ExitStatus.incomplete : ExitStatus.done;
  },
};

/** What a report is about. */
interface Subject {
  readonly plant: Plant;
  readonly assessment: Assessment;
}

/** @param policy name of a file; it is read first, so that a mistake in it is known at once */
async function heard(
  names: readonly string[],
  policy: string | undefined,
  threads: number | undefined,
): Promise<Subject> {
  const wanted = await givenPolicy(policy);
  const snapshot = await readCaptures(names, threads);
  const plant = plantOf(snapshot, { policy: wanted });
  const method = await methodOf(await captureHashes(snapshot.capture), policy);
  return { plant, assessment: assess(plant, method) };
}

async function kept(database: string, policy: string | undefined): Promise<Subject> {
  const wanted = await givenPolicy(policy);
  const { openPlant } = await import('../../agent/store/open-plant.ts');
  const stored = openPlant(database);
  const plant =
    wanted === null ? stored.plant : plantOf(stored.plant.snapshot, { ...stored.decisions, policy: wanted });
  const method = await methodOf(stored.captures, policy);
  const { policySha256 = stored.policySha256 } = wanted === null ? {} : method;
  return { plant, assessment: assess(plant, { ...method, policySha256 }, stored.attestations) };
}

interface Options {
  readonly positionals: readonly string[];
  readonly db: string | undefined;
  readonly policy: string | undefined;
  readonly format: FormatName;
  readonly table: CsvTable;
  readonly output: string;
  readonly threads: number | undefined;
}

function options(args: readonly string[]): Options {
  const { positionals, values } = parseOptions('report', args, {
    db: { type: 'string' },
    policy: { type: 'string' },
    format: { type: 'string' },
    table: { type: 'string' },
    output: { type: 'string', short: 'o' },
    ...THREADS_OPTION,
  });
  const { db, policy } = values;
  if (positionals.length === 0 && db === undefined) {
    throw new UsageError('report: name a capture or a database: try fieldmark report --help');
  }
  if (positionals.length > 0 && db !== undefined) {
    throw new UsageError('report: captures or a database, not both: read them into it with fieldmark analyze --db');
  }
  const output = values.output ?? '-';
  const format = chosen('--format', values.format, FORMAT_NAMES) ?? formatOf(output);
  const table = chosen('--table', values.table, TABLE_NAMES);
  if (table !== undefined && format !== 'csv') throw new UsageError('report: --table is for --format csv');
  const threads = threadsOf('report', values.threads);
  return { positionals, db, policy, format, table: table ?? 'assets', output, threads };
}

function chosen<Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (value === undefined) return undefined;
  const name = names.find((candidate) => candidate === value);
  if (name === undefined) throw new UsageError(`report: ${option} is one of ${names.join(', ')}, not '${value}'`);
  return name;
}

/** The format that a file's name promises. */
function formatOf(output: string): FormatName {
  return FORMAT_NAMES.find((name) => output.toLowerCase().endsWith(FORMATS[name].suffix)) ?? 'html';
}
