import { once } from 'node:events';
import { configure, settingsHelp } from '../configuration/configuration.ts';
import { makeLogger } from '../logger.ts';
import { runService } from '../run-service.ts';
import { version } from '../version.ts';
import { type Command, ExitStatus } from './command.ts';

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
  name: 'serve',
  summary: 'the page and the REST API over a database',
  help: HELP,

  async run(args) {
    const settings = configure(args, process.env, 'serve');
    const logger = await makeLogger(settings);
    const ended = new AbortController();
    let fault: Error | undefined;
    const service = await runService({
      settings,
      logger,
      version: version(),
      onFailure(error) {
        fault = error;
        ended.abort();
      },
    });
    process.stderr.write(`fieldmark: ${service.url} (Ctrl-C ends it)\n`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), aborted(ended.signal)]);
    logger.info('ending');
    const patience = setTimeout(() => {
      logger.warn('requests under way were cut off');
      process.exit(fault === undefined ? ExitStatus.done : ExitStatus.incomplete);
    }, settings.shutdownTimeout * 1000);
    await service.close();
    clearTimeout(patience);
    logger.info('ended');
    return fault === undefined ? ExitStatus.done : ExitStatus.incomplete;
  },
};

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
