import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { analyze } from '../../agent/analyze.ts';
import { findCaptures } from '../../agent/capture/find-captures.ts';
import type { FileSnapshot, Snapshot } from '../../agent/model/snapshot.ts';
import { reportOf } from '../../agent/report/report.ts';
import { ReadingProgress } from '../terminal/progress.ts';
import { summaryOf } from '../terminal/summary.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';

const HELP = `fieldmark analyze: reads captures, tells who is there and who talks to whom doing what

Usage: fieldmark analyze FILE|DIRECTORY|GLOB|- ... [--json FILE|-]

  FILE         a pcap or pcapng capture, plain or compressed by gzip or zstd
  DIRECTORY    all captures in it and below (.pcap .pcapng .cap .dmp .ntar, also with .gz or .zst)
  GLOB         a pattern in quotes, e.g. 'day-*/**/*.pcap'
  -            a capture on standard input

  --json FILE  writes the report (fieldmark.report/1) to FILE; with - to standard output, and nothing else
  --help       shows this text

Exit status: 0 all was read; 1 some input could not be read whole (the report holds what could); 2 usage error.
`;

export const analyzeCommand: Command = {
  name: 'analyze',
  summary: 'reads captures: assets, conversations, operations',
  help: HELP,

  async run(args) {
    const { positionals, json } = options(args);
    const { sources, problems } = await findCaptures(positionals);
    const progress = new ReadingProgress(process.stderr, sources);
    let read: Snapshot;
    try {
      read = await analyze(sources, { onProgress: (step) => progress.show(step) });
    } finally {
      progress.stop();
    }
    const notFound = problems.map(({ name, error }): FileSnapshot => {
      return {
        name,
        packets: 0,
        bytes: 0,
        hearing: null,
        error: { code: error.code, offset: null, message: error.message },
      };
    });
    const snapshot = { ...read, capture: { ...read.capture, files: [...read.capture.files, ...notFound] } };
    const failed = snapshot.capture.files.filter(({ error }) => error !== null);

    if (json !== undefined) await writeReport(snapshot, json);
    if (json !== '-') process.stdout.write(summaryOf(snapshot, process.stdout));
    // a person at a terminal has read it in the summary already
    if (json === '-' || !process.stdout.isTTY) {
      for (const { name, error } of failed) process.stderr.write(`fieldmark: ${name}: ${error?.message}\n`);
    }
    return failed.length > 0 ? ExitStatus.incomplete : ExitStatus.done;
  },
};

function options(args: readonly string[]): { positionals: string[]; json: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'string' } },
    });
    if (positionals.length === 0) throw new UsageError('analyze: name a capture: try fieldmark analyze --help');
    return { positionals, json: values.json };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`analyze: ${(error as Error).message.split('\n', 1)[0]}: try fieldmark analyze --help`);
  }
}

async function writeReport(snapshot: Snapshot, path: string): Promise<void> {
  const text = `${JSON.stringify(reportOf(snapshot), null, 1)}\n`;
  if (path === '-') {
    process.stdout.write(text);
    return;
  }
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`analyze: the report cannot be written to ${path}: ${error.message}`);
  });
}
