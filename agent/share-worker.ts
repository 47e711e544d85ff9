/** The body of a thread that reads one share of captures. */
import { parentPort, workerData } from 'node:worker_threads';
import { readWhileSeparable, type ShareTask } from './read-together.ts';

if (parentPort === null) throw new Error('this module is the body of a worker thread');
parentPort.postMessage(await readWhileSeparable(workerData as ShareTask, () => false));
