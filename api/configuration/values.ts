/** What the texts of settings mean. Each reader throws a SettingError that says what it expects. */
import { BlockList, isIP } from 'node:net';

/** The text of a setting is not understood; the message says what would be. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Where to listen. */
export interface Where {
  /** An IP address or `localhost`, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Host names, in lower case. */
export type Hosts = ReadonlySet<string>;

export function path(text: string): string {
  if (text === '' || text.includes('\0')) throw new SettingError('a path is expected');
  return text;
}

/** `127.0.0.1:8470`, `[::1]:8470` or `localhost:8470`. */
export function address(text: string): Where {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  const known = bracketed === undefined ? isIP(host ?? '') === 4 || host === 'localhost' : isIP(bracketed) === 6;
  if (host === undefined || !known || port > 65_535) {
    throw new SettingError('HOST:PORT is expected, the host an IP address (IPv6 in brackets) or localhost');
  }
  return { host, port };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only programs of this machine reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || LOOPBACK.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}

export function hosts(text: string): Hosts {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const odd = names.find((name) => !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name));
  if (odd !== undefined) throw new SettingError(`host names with commas between them are expected, not '${odd}'`);
  return new Set(names);
}

/** Names with commas between them. */
export function names(text: string): readonly string[] {
  const found = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const odd = found.find((name) => /[\s/\0]/.test(name) || name.startsWith('-') || name.startsWith('.'));
  if (odd !== undefined) throw new SettingError(`names of interfaces are expected, not '${odd}'`);
  if (new Set(found).size < found.length) throw new SettingError('each interface can be named once');
  return found;
}

/** Any text without line ends. */
export function line(text: string): string {
  if (/[\0\r\n]/.test(text) || text.length > 4096) throw new SettingError('one line of text is expected');
  return text;
}

export function yesOrNo(text: string): boolean {
  if (/^(yes|true|1)$/i.test(text)) return true;
  if (/^(no|false|0)$/i.test(text)) return false;
  throw new SettingError('yes or no is expected');
}

export function choice<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const chosen = choices.find((candidate) => candidate === text);
    if (chosen === undefined) throw new SettingError(`one of ${choices.join(', ')} is expected`);
    return chosen;
  };
}

/** A whole number of `least` to `most`. */
export function count(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new SettingError(`a whole number from ${least} to ${most} is expected`);
    }
    return value;
  };
}

export const seconds = count(1, 86_400);

const MULTIPLES = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const;

/** `500MB`, `4GB`: decimal multiples, as disks are sold. */
export function bytes(text: string): number {
  const [, digits, multiple] = /^(\d{1,15}(?:\.\d{1,3})?) ?([KMGT]?)B?$/i.exec(text) ?? [];
  const factor = MULTIPLES[(multiple ?? '').toUpperCase() as keyof typeof MULTIPLES];
  const value = Math.round(Number(digits) * factor);
  if (digits === undefined || !Number.isSafeInteger(value)) {
    throw new SettingError('a number of bytes is expected, e.g. 500MB or 4GB');
  }
  return value;
}
