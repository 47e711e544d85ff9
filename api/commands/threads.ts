/** How many threads read captures: an option of every command that does. */
import { UsageError } from './command.ts';

export const THREADS_OPTION = { threads: { type: 'string' } } as const;

/** Threads that a capture is shared out among at most: beyond, all wait for the one that reads the busiest pair. */
const MOST_THREADS = 64;

/**
 * The number after `--threads`; undefined where it was not given.
 * @throws UsageError when it is none
 */
export function threadsOf(command: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const threads = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (threads < 1 || threads > MOST_THREADS) {
    throw new UsageError(
      `${command}: --threads: 1 to ${MOST_THREADS}, not '${value}': try fieldmark ${command} --help`,
    );
  }
  return threads;
}
