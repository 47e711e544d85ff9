#!/usr/bin/env node
/** The `fieldmark` command: finds the command that the arguments name, and turns errors into one line and a status. */
import { FieldmarkError } from '../agent/errors.ts';
import { type Command, ExitStatus, UsageError } from './commands/command.ts';
import { tell } from './terminal/tell.ts';
import { version } from './version.ts';

interface Entry {
  readonly name: string;
  /** Half a line, for the list of commands. */
  readonly summary: string;
  /** Only the command that runs is loaded: what serves takes longer to load than most captures to read. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'analyze',
    summary: 'reads captures: assets, conversations, operations, zones, violations of a policy',
    load: async () => (await import('./commands/analyze.ts')).analyzeCommand,
  },
  {
    name: 'watch',
    summary: 'listens to mirror ports, with the page and the REST API',
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  {
    name: 'report',
    summary: 'the IEC 62443 assessment: html, md, json, csv; diagrams of zones and conduits',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  {
    name: 'policy',
    summary: 'proposes a policy of zones and conduits; checks traffic against one',
    load: async () => (await import('./commands/policy.ts')).policyCommand,
  },
  {
    name: 'diff',
    summary: 'tells what changed between two captures, reports or databases',
    load: async () => (await import('./commands/diff.ts')).diffCommand,
  },
  {
    name: 'serve',
    summary: 'the page and the REST API over a database',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'interfaces',
    summary: 'what can be listened to',
    load: async () => (await import('./commands/interfaces.ts')).interfacesCommand,
  },
  {
    name: 'doctor',
    summary: 'what stands in the way of listening on this machine',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  {
    name: 'token',
    summary: 'who may use the service: add, list, remove',
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
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
  const entry = COMMANDS.find((candidate) => candidate.name === name);
  try {
    if (entry === undefined) throw new UsageError(`there is no command '${name}': try fieldmark --help`);
    const command = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(command.help);
      return ExitStatus.done;
    }
    return await command.run(rest);
  } catch (error) {
    if (error instanceof UsageError || error instanceof FieldmarkError) {
      const lines = (error instanceof FieldmarkError && error.lines) || [error.message];
      for (const line of lines) tell(line);
      return error instanceof FieldmarkError ? error.exitStatus : ExitStatus.usage;
    }
    throw error;
  }
}

// Who reads our output may stop reading (head, a closed pager): that is no error. A full disk is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitStatus.done);
  tell(`standard output cannot be written: ${error.message}`);
  process.exit(ExitStatus.usage);
});

process.exitCode = await main(process.argv.slice(2));
