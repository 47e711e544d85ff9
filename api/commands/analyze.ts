import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Plant, plantOf } from '../../agent/plant.ts';
import { reportOf } from '../../agent/report/report.ts';
import { summaryOf } from '../terminal/summary.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';
import { readCaptures, readIntoDatabase, reportUnread } from './read-captures.ts';

const HELP = `fieldmark analyze: reads captures, tells who is there and who talks to whom doing what

Usage: fieldmark analyze FILE|DIRECTORY|GLOB|- ... [--json FILE|-] [--db FILE]

  FILE         a pcap or pcapng capture, plain or compressed by gzip or zstd
  DIRECTORY    all captures in it and below (.pcap .pcapng .cap .dmp .ntar, also with .gz or .zst)
  GLOB         a pattern in quotes, e.g. 'day-*/**/*.pcap'
  -            a capture on standard input

  --json FILE  writes the report (fieldmark.report/1) to FILE; with - to standard output, and nothing else
  --db FILE    keeps what was read in a database, made when there is none; the summary and the report are of all that
               is in it, with what operators decided. A capture that is in it already is not read again.
  --help       shows this text

Exit status: 0 all was read; 1 some input could not be read whole (the report holds what could); 2 usage error.
`;

export const analyzeCommand: Command = {
  name: 'analyze',
  summary: 'reads captures: assets, conversations, operations',
  help: HELP,

  async run(args) {
    const { positionals, json, db } = options(args);
    const plant = db === undefined ? plantOf(await readCaptures(positionals)) : await readIntoDatabase(positionals, db);
    const { snapshot } = plant;
    if (json !== undefined) await writeReport(plant, json);
    if (json !== '-') process.stdout.write(summaryOf(plant, process.stdout));
    const failed = snapshot.capture.files.some(({ error }) => error !== null);
    // a person at a terminal has read it in the summary already
    if (json === '-' || !process.stdout.isTTY) reportUnread(snapshot);
    return failed ? ExitStatus.incomplete : ExitStatus.done;
  },
};

function options(args: readonly string[]): { positionals: string[]; json: string | undefined; db: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'string' }, db: { type: 'string' } },
    });
    if (positionals.length === 0) throw new UsageError('analyze: name a capture: try fieldmark analyze --help');
    return { positionals, json: values.json, db: values.db };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`analyze: ${(error as Error).message.split('\n', 1)[0]}: try fieldmark analyze --help`);
  }
}

async function writeReport(plant: Plant, path: string): Promise<void> {
  const text = `${JSON.stringify(reportOf(plant), null, 1)}\n`;
  if (path === '-') {
    process.stdout.write(text);
    return;
  }
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`analyze: the report cannot be written to ${path}: ${error.message}`);
  });
}
