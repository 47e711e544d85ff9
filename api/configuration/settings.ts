/** Everything that can be set about the service. One table: flags, environment, file, help and documentation follow it. */
import { address, bytes, choice, count, type Hosts, hosts, path, seconds, type Where, yesOrNo } from './values.ts';

export interface Setting<T> {
  /** What its text means. Throws a SettingError that says what is expected instead. */
  readonly read: (text: string) => T;
  /** As it would be written; null: not set. */
  readonly preset: string | null;
  /** What it is, for people. */
  readonly about: string;
  /** Name of the kind of value in help texts, e.g. `FILE`. */
  readonly value: string;
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** In the file a setting has its name here (`listen: …`); as a flag `--log-level`, in the environment `FIELDMARK_LOG_LEVEL`. */
export const SETTINGS = {
  listen: {
    read: address,
    preset: '127.0.0.1:8470',
    value: 'HOST:PORT',
    about: 'Where the service listens. Any other than a loopback address needs a token; port 0 takes a free one.',
  },
  db: { read: path, preset: 'fieldmark.db', value: 'FILE', about: 'The database.' },
  spool: {
    read: path,
    preset: null,
    value: 'DIRECTORY',
    about: 'Where uploaded captures are kept. Without it, beside the database, with `-captures` behind its name.',
  },
  hosts: {
    read: hosts,
    preset: '',
    value: 'NAME,…',
    about:
      'Host names by which the service is reached. Addresses and `localhost` always do; any other name is refused.',
  },
  requireToken: {
    read: yesOrNo,
    preset: 'no',
    value: 'yes|no',
    about: 'Whether a token is needed on a loopback address too: on a machine that several people use.',
  },
  tlsCert: {
    read: path,
    preset: null,
    value: 'FILE',
    about: 'Certificate chain (PEM); with `tlsKey`, the service speaks HTTPS.',
  },
  tlsKey: {
    read: path,
    preset: null,
    value: 'FILE',
    about: 'Private key of the certificate (PEM, without a passphrase).',
  },
  logLevel: { read: choice(LEVELS), preset: 'info', value: LEVELS.join('|'), about: 'The least that is logged.' },
  logFile: {
    read: path,
    preset: null,
    value: 'FILE',
    about: 'Logs go there, a new file each day or 20 MB, fourteen of them kept; without it, to standard output.',
  },
  maxUpload: {
    read: bytes,
    preset: '4GB',
    value: 'BYTES',
    about: 'Largest capture that can be uploaded.',
  },
  maxSpool: { read: bytes, preset: '20GB', value: 'BYTES', about: 'What all uploaded captures may take on the disk.' },
  maxUnpackRatio: {
    read: count(2, 1000),
    preset: '100',
    value: 'NUMBER',
    about: 'A compressed capture may hold so many times its size; the first 256 MB are free.',
  },
  rateLimit: {
    read: count(1, 10_000_000),
    preset: '60000',
    value: 'NUMBER',
    about: 'Requests per minute and client address.',
  },
  maxConnections: { read: count(1, 100_000), preset: '1024', value: 'NUMBER', about: 'Connections at a time.' },
  maxEventClients: {
    read: count(0, 10_000),
    preset: '64',
    value: 'NUMBER',
    about: 'Clients that follow events at a time.',
  },
  uploadTimeout: {
    read: seconds,
    preset: '3600',
    value: 'SECONDS',
    about: 'Time within which an upload must have come in whole.',
  },
  shutdownTimeout: {
    read: seconds,
    preset: '10',
    value: 'SECONDS',
    about: 'Time that requests under way get to finish when the service ends.',
  },
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;

/** What is set, each value checked. Those without a preset are null when nothing says otherwise. */
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name]['preset'] extends null
    ? ReturnType<(typeof SETTINGS)[Name]['read']> | null
    : ReturnType<(typeof SETTINGS)[Name]['read']>;
};

export type { Hosts, Where };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** `logLevel` as a flag: `log-level`. */
export function flagOf(name: SettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `logLevel` in the environment: `FIELDMARK_LOG_LEVEL`. */
export function variableOf(name: SettingName): string {
  return `FIELDMARK_${flagOf(name).replaceAll('-', '_').toUpperCase()}`;
}
