/**
 * Loaded before a program: its threads that listen to an interface have next to no time for it, as on a machine that is
 * too slow for what is mirrored to it.
 */
import { workerData } from 'node:worker_threads';

/** Milliseconds of each turn, and for something else than listening. */
const TURN = 100;
const OTHERWISE = 96;

if (workerData?.interface !== undefined) {
  setInterval(() => {
    const until = performance.now() + OTHERWISE;
    while (performance.now() < until);
  }, TURN).unref();
}
