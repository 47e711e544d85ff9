/** Refuses connections beyond what one address may hold, and says in the log who was refused. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { Settings } from '../../configuration/settings.ts';
import { Problem } from '../http/problem.ts';
import { refuse } from '../http/refuse.ts';
import { AddressCeiling } from './address-ceiling.ts';

/** Milliseconds between two lines of the log about the same: refusing must cost less than asking. */
const SAY_AGAIN = 60_000;

export function addConnectionCeiling(
  server: Server,
  { maxConnections, maxConnectionsPerAddress, tlsCert }: Settings,
  log: FastifyBaseLogger,
): void {
  server.maxConnections = maxConnections;
  const ceiling = new AddressCeiling(maxConnectionsPerAddress);
  let saidAt = Number.NEGATIVE_INFINITY;
  const say = (from: string | undefined, most: number, what: string) => {
    if (performance.now() - saidAt < SAY_AGAIN) return;
    saidAt = performance.now();
    log.warn({ from, most }, what);
  };
  server.on('drop', (data) => say(data?.remoteAddress, maxConnections, 'connections are refused: there are too many'));
  server.prependListener('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    if (ceiling.enter(from)) {
      socket.once('close', () => ceiling.leave(from));
      return;
    }
    say(from, maxConnectionsPerAddress, 'connections are refused: one address has too many');
    const detail = `one address may hold ${maxConnectionsPerAddress} connections`;
    // before TLS nothing can be said that the client would understand
    if (tlsCert !== null) socket.destroy();
    else refuse(socket, new Problem('TOO_MANY_REQUESTS', detail, { headers: { 'retry-after': '10' } }));
  });
}
