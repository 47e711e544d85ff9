#!/usr/bin/env node
/** The `fieldmark` command: finds the command that the arguments name, and turns errors into one line and a status. */
import { FieldmarkError } from '../agent/errors.ts';
import { PolicyError } from '../agent/policy/policy-error.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { type Command, ExitStatus, UsageError } from './commands/command.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { interfacesCommand } from './commands/interfaces.ts';
import { policyCommand } from './commands/policy.ts';
import { reportCommand } from './commands/report.ts';
import { serveCommand } from './commands/serve.ts';
import { tokenCommand } from './commands/token.ts';
import { watchCommand } from './commands/watch.ts';
import { version } from './version.ts';

const COMMANDS: readonly Command[] = [
  analyzeCommand,
  watchCommand,
  reportCommand,
  policyCommand,
  diffCommand,
  serveCommand,
  interfacesCommand,
  doctorCommand,
  tokenCommand,
];

const HELP = `fieldmark: hears what is on a plant's network, and never sends a packet

Usage: fieldmark COMMAND [ARGUMENTS]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`).join('\n')}

  fieldmark COMMAND --help   tells more about a command
  fieldmark --version        tells the version

Exit status: 0 done; 1 some input could not be read whole (the report holds what could);
2 usage or configuration error; 3 "policy check" found violations.
`;

/** Runs a command line (without the program's name) and answers the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? ExitStatus.usage : ExitStatus.done;
  }
  if (name === '--version' || name === '-V') {
    process.stdout.write(`${version()}\n`);
    return ExitStatus.done;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  try {
    if (command === undefined) throw new UsageError(`there is no command '${name}': try fieldmark --help`);
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(command.help);
      return ExitStatus.done;
    }
    return await command.run(rest);
  } catch (error) {
    if (error instanceof UsageError || error instanceof FieldmarkError) {
      const lines = error instanceof PolicyError ? error.lines : [error.message];
      for (const line of lines) process.stderr.write(`fieldmark: ${line}\n`);
      return error instanceof FieldmarkError ? error.exitStatus : ExitStatus.usage;
    }
    throw error;
  }
}

// Who reads our output may stop reading (head, a closed pager): that is no error. A full disk is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitStatus.done);
  process.stderr.write(`fieldmark: standard output cannot be written: ${error.message}\n`);
  process.exit(ExitStatus.usage);
});

process.exitCode = await main(process.argv.slice(2));
