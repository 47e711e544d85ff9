import { parseArgs } from 'node:util';
import { assess } from '../../agent/assess/assess.ts';
import { plantOf } from '../../agent/plant.ts';
import { CSV_TABLES, type CsvTable } from '../../agent/report/csv/tables.ts';
import { FORMATS, type FormatName } from '../../agent/report/formats.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';
import { methodOf } from './method.ts';
import { readCaptures, reportUnread } from './read-captures.ts';
import { writeOutput } from './write-output.ts';

const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
const TABLE_NAMES = Object.keys(CSV_TABLES) as CsvTable[];

const HELP = `fieldmark report: the IEC 62443 assessment of a plant, from captures

Usage: fieldmark report FILE|DIRECTORY|GLOB|- ... [--format FORMAT] [--table TABLE] [-o FILE|-]

  FILE …         captures, as "fieldmark analyze" takes them

  --format html     one self-contained page: summary, zones and conduits, levels, gaps, roadmap, register, method
           md       the same chapters as Markdown
           json     the report (fieldmark.report/1) with its assessment
           csv      one table for spreadsheets
           svg | mermaid | graphml | drawio     the diagram of zones and conduits
                 without --format, what the name behind -o ends with decides, else html
  --table        of csv: ${TABLE_NAMES.join(' | ')}
                 (assets when not given)
  -o, --output   writes to FILE: whole or not at all; - is standard output, as when not given
  --help         shows this text

Exit status: 0 done; 1 some input could not be read whole (the report holds what could); 2 usage error, or the report
could not be written.
`;

export const reportCommand: Command = {
  name: 'report',
  summary: 'the IEC 62443 assessment: html, md, json, csv; diagrams of zones and conduits',
  help: HELP,

  async run(args) {
    const { positionals, format, table, output } = options(args);
    const snapshot = await readCaptures(positionals);
    const plant = plantOf(snapshot);
    const assessment = assess(plant, await methodOf(snapshot.capture, null));
    await writeOutput(FORMATS[format].write(plant, assessment, table), output, 'report: the report');
    return reportUnread(snapshot) ? ExitStatus.incomplete : ExitStatus.done;
  },
};

interface Options {
  readonly positionals: readonly string[];
  readonly format: FormatName;
  readonly table: CsvTable;
  readonly output: string;
}

function options(args: readonly string[]): Options {
  const parsed = parse(args);
  const { positionals, values } = parsed;
  if (positionals.length === 0) throw new UsageError('report: name a capture: try fieldmark report --help');
  const output = values.output ?? '-';
  const format = chosen('--format', values.format, FORMAT_NAMES) ?? formatOf(output);
  const table = chosen('--table', values.table, TABLE_NAMES);
  if (table !== undefined && format !== 'csv') throw new UsageError('report: --table is for --format csv');
  return { positionals, format, table: table ?? 'assets', output };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        table: { type: 'string' },
        output: { type: 'string', short: 'o' },
      },
    });
  } catch (error) {
    throw new UsageError(`report: ${(error as Error).message.split('\n', 1)[0]}: try fieldmark report --help`);
  }
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
