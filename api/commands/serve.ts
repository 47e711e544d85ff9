import { configure, settingsHelp } from '../configuration/configuration.ts';
import type { Command } from './command.ts';
import { runUntilEnded } from './run-until-ended.ts';

const HELP = `fieldmark serve: the page and the REST API over a database; captures can be uploaded

Usage: fieldmark serve [--db FILE] [--listen HOST:PORT] [SETTINGS]

  --config FILE                    a YAML file of settings, one "name: value" in each line; flags outrank the
                                   environment (FIELDMARK_DB, FIELDMARK_LISTEN, …), that outranks the file
${settingsHelp()}
  --help                           shows this text

On 127.0.0.1 no token is needed; any other address needs one: fieldmark token add NAME --role viewer|analyst|admin.
Stops at Ctrl-C or SIGTERM: requests under way are finished, what was heard is written.

Exit status: 0 stopped when asked to; 1 a fault stopped it; 2 configuration error.
`;

export const serveCommand: Command = {
  help: HELP,

  async run(args) {
    return await runUntilEnded(configure(args, process.env, 'serve'));
  },
};
