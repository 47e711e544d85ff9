import type { FastifyBaseLogger } from 'fastify';
import { FieldmarkError } from '../../agent/errors.ts';
import { configure, settingsHelp } from '../configuration/configuration.ts';
import { LISTENING_SETTINGS, SERVICE_SETTINGS, SETTING_NAMES } from '../configuration/settings.ts';
import type { Context } from '../server/context.ts';
import { holdPolicy, startListening } from '../server/listening.ts';
import { type Command, UsageError } from './command.ts';
import { runUntilEnded } from './run-until-ended.ts';

const HELP = `fieldmark watch: listens to mirror ports, with the page and the REST API over what is heard

Usage: fieldmark watch INTERFACE… [--db FILE] [--policy FILE] [--listen HOST:PORT] [SETTINGS]

Never sends a packet. A helper (tcpdump, dumpcap or cap) captures; it alone needs a privilege: docs/deployment.md.
"fieldmark interfaces" lists what can be listened to, "fieldmark doctor" says what is missing.

${settingsHelp(LISTENING_SETTINGS)}

Of the service:

  --config FILE                    a YAML file of settings, one "name: value" in each line; flags outrank the
                                   environment (FIELDMARK_DB, FIELDMARK_INTERFACES, …), that outranks the file
${settingsHelp(SERVICE_SETTINGS)}
  --help                           shows this text

Stops at Ctrl-C or SIGTERM: what was heard is written. At SIGHUP the policy is read again.

Exit status: 0 stopped when asked to; 1 a fault stopped it; 2 configuration error, or an interface cannot be listened to.
`;

export const watchCommand: Command = {
  help: HELP,

  async run(args) {
    const settings = configure(args, process.env, 'watch', { flagNames: SETTING_NAMES, rest: 'interfaces' });
    if (settings.interfaces.length === 0) {
      throw new UsageError('watch: name an interface to listen to: "fieldmark interfaces" lists them');
    }
    return await runUntilEnded(settings, async ({ context }, logger) => {
      const { policy } = settings;
      if (policy !== null) await holdPolicy(policy, context);
      process.on('SIGHUP', () => void readAgain(policy, context, logger));
      await startListening(context);
    });
  },
};

/** Reads the policy again; a mistake in it is for the log. */
async function readAgain(policy: string | null, context: Context, logger: FastifyBaseLogger): Promise<void> {
  if (policy === null) return;
  try {
    const version = await holdPolicy(policy, context);
    logger.info({ policy, version }, version === null ? 'the policy is the same' : 'another policy holds');
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    logger.error({ policy, code: error.code, problem: error.message }, 'the policy before goes on holding');
  }
}
