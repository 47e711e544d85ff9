/** Methods of HTTP (RFC 9110, section 9), WebDAV (RFC 4918) and UPnP. */
import { ascii } from '../lines.ts';
import type { Access, Operation } from '../protocol.ts';

const METHODS: readonly (readonly [name: string, access: Access])[] = [
  ['GET', 'read'],
  ['HEAD', 'read'],
  ['POST', 'write'], // reads as well, where a page or SOAP service asks by form
  ['PUT', 'write'],
  ['DELETE', 'write'],
  ['PATCH', 'write'],
  ['OPTIONS', 'session'],
  ['TRACE', 'diagnostic'],
  ['CONNECT', 'session'],
  ['PROPFIND', 'read'],
  ['PROPPATCH', 'write'],
  ['MKCOL', 'write'],
  ['COPY', 'write'],
  ['MOVE', 'write'],
  ['LOCK', 'session'],
  ['UNLOCK', 'session'],
  ['REPORT', 'read'],
  ['SEARCH', 'read'],
  ['NOTIFY', 'read'],
  ['SUBSCRIBE', 'session'],
  ['UNSUBSCRIBE', 'session'],
  ['RPC_IN_DATA', 'session'],
  ['RPC_OUT_DATA', 'session'],
];

export const CONNECT: number = METHODS.findIndex(([name]) => name === 'CONNECT');

const NAMES: readonly Uint8Array[] = METHODS.map(([name]) => ascii(`${name} `));

/** The number of the method that the request line at `at` begins with; METHODS' length for any other. */
export function methodAt(b: Uint8Array, at: number, end: number): number {
  let method = 0;
  for (; method < NAMES.length; method++) {
    const name = NAMES[method] as Uint8Array;
    let i = 0;
    while (i < name.length && at + i < end && b[at + i] === name[i]) i++;
    if (i === name.length) break;
  }
  return method;
}

/** Whether `b[at, end)` is a known method; a blank stands at `end`. */
export function isMethod(b: Uint8Array, at: number, end: number): boolean {
  return methodAt(b, at, end + 1) < NAMES.length;
}

/** What the decoder's operation number means. */
export function operation(number: number): Operation {
  const [name, access] = METHODS[number] ?? ['other', 'write' as const];
  return { code: name, name, access };
}
