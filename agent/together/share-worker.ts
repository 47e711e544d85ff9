/** The body of a thread that works on one share of what another reads. */
import { parentPort } from 'node:worker_threads';
import type { LaneMessage } from './lane.ts';
import { LaneReader, type ShareTask } from './lane-reader.ts';

if (parentPort === null) throw new Error('this module is the body of a worker thread');
const port = parentPort;
port.once('message', (task: ShareTask) => {
  const reader = new LaneReader(task);
  port.on('message', (message: LaneMessage) => {
    const answer = reader.take(message);
    if (answer === undefined) return;
    port.postMessage(answer);
    if (answer !== 'done') port.close();
  });
});
