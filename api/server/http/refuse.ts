import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE, PROBLEMS, type Problem } from './problem.ts';

/** Milliseconds in which a client may read why it is cut off. */
const LINGER = 1000;

/** Tells a client why it is cut off, where there is no request that could be answered, and cuts it off. */
export function refuse(socket: Socket, problem: Problem): void {
  const { status, title } = PROBLEMS[problem.code];
  const body = JSON.stringify(problem.details(randomUUID()));
  const headers = Object.entries({
    'Content-Type': PROBLEM_TYPE,
    'Content-Length': Buffer.byteLength(body),
    ...problem.headers,
    Connection: 'close',
  });
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER).unref(); // whoever does not hang up is cut off
}
