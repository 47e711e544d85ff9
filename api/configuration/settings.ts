/** Everything that can be set about the service. One table: flags, environment, file, help and documentation follow it. */
import { DEFAULT_RING_BYTES, DEFAULT_SNAP_LENGTH, HELPERS } from '../../agent/capture/live/helper.ts';
import {
  address,
  bytes,
  choice,
  count,
  type Hosts,
  hosts,
  line,
  names,
  path,
  seconds,
  type Where,
  yesOrNo,
} from './values.ts';

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
  maxConnectionsPerAddress: {
    read: count(1, 100_000),
    preset: '512',
    value: 'NUMBER',
    about: 'Connections of one client address at a time; behind a proxy all clients have its address.',
  },
  maxEventClients: {
    read: count(0, 10_000),
    preset: '64',
    value: 'NUMBER',
    about: 'Clients that follow events at a time.',
  },
  maxEventClientsPerAddress: {
    read: count(0, 10_000),
    preset: '32',
    value: 'NUMBER',
    about: 'Clients of one address that follow events at a time.',
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
  interfaces: { read: names, preset: '', value: 'NAME,…', about: 'Interfaces that are listened to.' },
  filter: {
    read: line,
    preset: '',
    value: 'BPF',
    about: 'Only such packets are captured, e.g. "not port 22" (pcap-filter(7)); the kernel drops the others.',
  },
  helper: {
    read: choice(HELPERS),
    preset: null,
    value: HELPERS.join('|'),
    about: 'The program that captures. Without it, the first of these that is on this machine.',
  },
  snaplen: {
    read: count(96, DEFAULT_SNAP_LENGTH),
    preset: String(DEFAULT_SNAP_LENGTH),
    value: 'BYTES',
    about: 'So much of each packet is captured.',
  },
  ring: {
    read: bytes,
    preset: String(DEFAULT_RING_BYTES),
    value: 'BYTES',
    about: "The kernel's buffer for each interface: bridges the time in which nobody reads.",
  },
  promiscuous: {
    read: yesOrNo,
    preset: 'yes',
    value: 'yes|no',
    about: 'Whether packets for others are heard too: without it next to nothing of a mirror port.',
  },
  keep: {
    read: bytes,
    preset: null,
    value: 'BYTES',
    about: 'Frames are kept on the disk up to so much, all interfaces together, the oldest going for the newest.',
  },
  keepIn: {
    read: path,
    preset: null,
    value: 'DIRECTORY',
    about: 'Where frames are kept. Without it, beside the database, with `-frames` behind its name.',
  },
  policy: {
    read: path,
    preset: null,
    value: 'FILE',
    about: 'The policy that holds; it is read again at SIGHUP.',
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

/** What only listening to interfaces needs. */
export const LISTENING_SETTINGS: readonly SettingName[] = [
  ...(['interfaces', 'policy', 'filter', 'helper', 'snaplen', 'ring', 'promiscuous', 'keep', 'keepIn'] as const),
];

/** What the service needs, whatever it listens to. */
export const SERVICE_SETTINGS: readonly SettingName[] = SETTING_NAMES.filter(
  (name) => !LISTENING_SETTINGS.includes(name),
);

/** `logLevel` as a flag: `log-level`. */
export function flagOf(name: SettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `logLevel` in the environment: `FIELDMARK_LOG_LEVEL`. */
export function variableOf(name: SettingName): string {
  return `FIELDMARK_${flagOf(name).replaceAll('-', '_').toUpperCase()}`;
}
