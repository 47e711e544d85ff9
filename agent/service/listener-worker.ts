/** The thread of an interface: it starts the helper itself, so that the bytes come straight to where they are read. */
import { parentPort, workerData } from 'node:worker_threads';
import { FieldmarkError } from '../errors.ts';
import { Listener, type ListenOptions } from './listener.ts';
import type { ListenerReply, ListenerRequest } from './listener-messages.ts';

if (parentPort === null) throw new Error('this module is the body of a worker thread');
const port = parentPort;
const say = (reply: ListenerReply) => port.postMessage(reply);

const STATUS_INTERVAL = 500;

async function listen(): Promise<void> {
  const listener = new Listener(workerData as ListenOptions, (event) => say({ kind: 'event', event }));
  await listener.start();
  say({ kind: 'listening' });
  const sayStatus = () => say({ kind: 'status', status: listener.status() });
  sayStatus();
  const timer = setInterval(sayStatus, STATUS_INTERVAL);
  port.on('message', async (request: ListenerRequest) => {
    if (request === 'heard') {
      say({ kind: 'heard', heard: listener.heard() });
      return;
    }
    clearInterval(timer);
    const heard = await listener.stop();
    sayStatus();
    say({ kind: 'heard', heard });
    port.close();
  });
}

listen().catch((error: unknown) => {
  const code = error instanceof FieldmarkError ? error.code : null;
  say({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  port.close();
});
