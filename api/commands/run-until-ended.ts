/** The service as a command: from its settings until somebody ends it. */
import { once } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import type { Settings } from '../configuration/settings.ts';
import type { RunningService } from '../server/run-service.ts';
import { version } from '../version.ts';
import { ExitStatus } from './command.ts';

/**
 * Runs the service until Ctrl-C, SIGTERM or a fault; answers the exit status.
 * @param started told when it serves; what it throws ends the service
 */
export async function runUntilEnded(
  settings: Settings,
  started: (service: RunningService, logger: FastifyBaseLogger) => Promise<void> = async () => {},
): Promise<number> {
  // loaded here: what only prints help starts without a server
  const [{ makeLogger }, { runService }] = await Promise.all([
    import('../server/logger.ts'),
    import('../server/run-service.ts'),
  ]);
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
  const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), aborted(ended.signal)]);
  try {
    await started(service, logger);
  } catch (error) {
    await service.close();
    throw error;
  }
  process.stderr.write(`fieldmark: ${service.url} (Ctrl-C ends it)\n`);
  await asked;
  logger.info('ending');
  const patience = setTimeout(() => {
    logger.warn('requests under way were cut off');
    process.exit(fault === undefined ? ExitStatus.done : ExitStatus.incomplete);
  }, settings.shutdownTimeout * 1000);
  await service.close();
  clearTimeout(patience);
  logger.info('ended');
  return fault === undefined ? ExitStatus.done : ExitStatus.incomplete;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
