/**
 * The programs that may read an interface for us. Each owns the privilege to capture, writes a pcap stream to its
 * standard output, and says how much was lost; the sensor reads the stream like any file and needs no privilege.
 */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FieldmarkError } from '../../errors.ts';
import { programFile } from '../../program-files.ts';

export const HELPERS = ['tcpdump', 'dumpcap', 'cap'] as const;

export type HelperName = (typeof HELPERS)[number];

export interface CaptureOptions {
  readonly interface: string;
  /** In the language of pcap-filter(7); empty for all packets. */
  readonly filter: string;
  /** Bytes of each packet that are kept. */
  readonly snapLength: number;
  /** Size of the kernel's ring in bytes: what bridges the time in which nobody reads. */
  readonly ringBytes: number;
  /** Without it only frames for this machine, for all and for groups are seen: of a mirror port next to nothing. */
  readonly promiscuous: boolean;
}

export const DEFAULT_SNAP_LENGTH = 262_144;
export const DEFAULT_RING_BYTES = 64 << 20;

/** How a helper is started and spoken to. */
export interface HelperCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What it writes to its standard error once it listens. */
  readonly listening: RegExp;
  /** A signal on which it says on standard error how many packets were lost so far; null when it only does at its end. */
  readonly reportSignal: NodeJS.Signals | null;
  /**
   * A signal on which it hands over packets that it holds back; null when it holds none for long. It is for a helper
   * that sleeps: tcpdump writes its buffer out in the signal's handler, and one that comes as it writes a packet
   * damages the stream.
   */
  readonly flushSignal: NodeJS.Signals | null;
  /** Counts of lost packets in what it writes to standard error; the last is in force. */
  readonly lost: RegExp;
}

/** Where it can be seen whether a process sleeps. Elsewhere tcpdump hands over each packet at once, at three times the cost. */
const CAN_FLUSH = process.platform === 'linux';

/** The command line of a helper. The filter is one argument behind `--`: it can never be taken for an option. */
export function helperCommand(helper: HelperName, options: CaptureOptions): HelperCommand {
  const { interface: name, filter, snapLength, ringBytes, promiscuous } = options;
  const expression = filter === '' ? [] : [filter];
  switch (helper) {
    case 'tcpdump':
      return {
        command: 'tcpdump',
        args: [
          ...['-i', name, '-n', '-w', '-', '-s', String(snapLength), '-B', String(Math.ceil(ringBytes / 1024))],
          ...(promiscuous ? [] : ['-p']),
          ...(CAN_FLUSH ? [] : ['-U']),
          ...['--', ...expression],
        ],
        listening: /listening on /,
        reportSignal: 'SIGUSR1',
        flushSignal: CAN_FLUSH ? 'SIGUSR2' : null,
        lost: /(\d+) packets? dropped by kernel/g,
      };
    case 'dumpcap':
      return {
        command: 'dumpcap',
        args: [
          ...['-q', '-P', '-i', name, '-w', '-', '-s', String(snapLength)],
          ...['-B', String(Math.ceil(ringBytes / 2 ** 20))],
          ...(promiscuous ? [] : ['-p']),
          ...(filter === '' ? [] : ['-f', filter]),
        ],
        listening: /^File: /m, // "Capturing on" comes before it finds out whether it may
        reportSignal: null,
        flushSignal: null,
        lost: /received\/dropped on interface .*: \d+\/(\d+)/g,
      };
    case 'cap':
      return {
        command: process.execPath,
        args: [
          ...[fileURLToPath(programFile('dist/agent/capture/live/cap-helper.js')), name, filter],
          ...[String(snapLength), String(ringBytes)],
        ],
        listening: /listening on /,
        reportSignal: 'SIGUSR2',
        flushSignal: null,
        lost: /(\d+) packets? dropped by kernel/g,
      };
  }
}

/** The helpers that this machine has, the best first. */
export function presentHelpers(path: string = process.env['PATH'] ?? ''): HelperName[] {
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin'].filter((folder) => folder !== '');
  return HELPERS.filter((helper) =>
    helper === 'cap' ? hasCap() : folders.some((folder) => isProgram(join(folder, helper))),
  );
}

/** @throws FieldmarkError when there is none, or not the one that is wanted */
export function chooseHelper(wanted: HelperName | null): HelperName {
  const present = presentHelpers();
  if (wanted !== null && !present.includes(wanted)) {
    throw new FieldmarkError(
      'HELPER_MISSING',
      `the capture helper ${wanted} is not on this machine: ${howToGet(wanted)}`,
    );
  }
  const [best] = present;
  if (best === undefined) {
    throw new FieldmarkError('HELPER_MISSING', `nothing on this machine can capture: ${howToGet('tcpdump')}`);
  }
  return wanted ?? best;
}

/** How a person gets a helper. */
export function howToGet(helper: HelperName): string {
  if (helper === 'cap') return 'install the libpcap headers (Debian: apt install libpcap-dev) and run npm rebuild cap';
  return `install it (Debian: apt install ${helper === 'dumpcap' ? 'wireshark-common' : 'tcpdump'})`;
}

/** How a helper gets the right to listen. */
export function howToPermit(helper: HelperName): string {
  switch (helper) {
    case 'tcpdump':
      return 'give it the right, as root: setcap cap_net_raw+ep "$(command -v tcpdump)"';
    case 'dumpcap':
      return 'dpkg-reconfigure wireshark-common, then usermod -a -G wireshark USER, both as root, and log in again';
    case 'cap':
      return 'give Fieldmark CAP_NET_RAW as its only capability (systemd: AmbientCapabilities), or install tcpdump';
  }
}

function hasCap(): boolean {
  try {
    createRequire(import.meta.url).resolve('cap/build/Release/cap.node');
    return true;
  } catch {
    return false; // an optional dependency: it is not there where libpcap's headers were not
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
