import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { differences } from '../../agent/baseline/events.ts';
import { diffOf, type Side } from '../../agent/report/diff.ts';
import { diffText } from '../terminal/events.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';
import { readPicture } from './read-picture.ts';

const HELP = `fieldmark diff: tells what changed in a plant from A to B

Usage: fieldmark diff A B [--json FILE|-]

  A, B         what was heard before and after; each is one of
                 a capture, a directory of captures, a pattern in quotes, or - (standard input)
                 a report (fieldmark.report/1) that fieldmark analyze --json wrote
                 a database that fieldmark analyze --db wrote

  --json FILE  writes the comparison (fieldmark.diff/1) to FILE; with - to standard output, and nothing else
  --help       shows this text

Told are devices, conversations, operations, writers, programmers and address ranges that are new; identities, firmware
and addresses that changed; devices that fell silent; and what happened in B and not in A: controllers stopped, started
or programmed, scans, address conflicts. docs/events.md explains each and what to do about it.

Exit status: 0 done, with or without differences; 1 some input could not be read whole; 2 usage error.
`;

export const diffCommand: Command = {
  help: HELP,

  async run(args) {
    const { names, json } = options(args);
    const [before, after] = [await readPicture(names[0]), await readPicture(names[1])];
    const events = differences(before.picture, after.picture);
    const sides: [Side, Side] = [
      { name: names[0], picture: before.picture },
      { name: names[1], picture: after.picture },
    ];
    if (json !== undefined) await write(json, `${JSON.stringify(diffOf(...sides, events), null, 1)}\n`);
    if (json !== '-') process.stdout.write(diffText(...sides, events, process.stdout));
    return before.incomplete || after.incomplete ? ExitStatus.incomplete : ExitStatus.done;
  },
};

function options(args: readonly string[]): { names: readonly [string, string]; json: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'string' } },
    });
    const [before, after, ...more] = positionals;
    if (before === undefined || after === undefined || more.length > 0) {
      throw new UsageError(`diff: name two captures or reports, not ${positionals.length}: try fieldmark diff --help`);
    }
    if (before === '-' && after === '-') throw new UsageError('diff: only one side can be standard input');
    return { names: [before, after], json: values.json };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`diff: ${(error as Error).message.split('\n', 1)[0]}: try fieldmark diff --help`);
  }
}

async function write(path: string, text: string): Promise<void> {
  if (path === '-') {
    process.stdout.write(text);
    return;
  }
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`diff: the comparison cannot be written to ${path}: ${error.message}`);
  });
}
