import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Of nineteen: where there is one core for two, the others get three quarters of it. */
const NICENESS = 5;

/**
 * Lets all other threads of this process go first, so that a request never waits for a capture that is being read. On
 * Linux each thread has a niceness of its own (setpriority(2), "C library/kernel differences"); threads that this one
 * starts inherit it. Elsewhere nothing is done.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  const [thread] = readlinkSync('/proc/thread-self').split('/').slice(-1);
  if (getPriority(Number(thread)) < NICENESS) setPriority(Number(thread), NICENESS);
}
