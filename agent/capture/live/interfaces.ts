/** The machine's network interfaces, and what its kernel counts of them (Linux: /sys/class/net). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

const SYS = '/sys/class/net';

export interface Interface {
  readonly name: string;
  /** `up`, `down`, `unknown`, …: operstate of RFC 2863. */
  readonly state: string;
  readonly mac: string | null;
  /** Addresses of the machine on it: a mirror port should have none. */
  readonly addresses: readonly string[];
  /** Null where the system does not say. */
  readonly received: number | null;
  /** Packets sent by this machine: stays the same while nothing but listening happens. */
  readonly sent: number | null;
}

/** Every interface that can be listened to, in order of name; the loopback last. */
export function interfacesOf(): Interface[] {
  const own = networkInterfaces();
  const names = new Set([...list(SYS), ...Object.keys(own)]);
  const all = [...names].map((name): Interface => {
    const addresses = (own[name] ?? []).map(({ address }) => address);
    return { name, addresses, mac: own[name]?.[0]?.mac ?? text(name, 'address'), ...countsOf(name) };
  });
  const loopback = ({ name }: Interface) => Number(name === 'lo');
  return all.sort((a, b) => loopback(a) - loopback(b) || (a.name < b.name ? -1 : 1));
}

/** State and counters of one interface. */
export function countsOf(name: string): Pick<Interface, 'state' | 'received' | 'sent'> {
  return {
    state: text(name, 'operstate') ?? (existsSync(SYS) ? 'notpresent' : 'unknown'),
    received: count(name, 'statistics/rx_packets'),
    sent: count(name, 'statistics/tx_packets'),
  };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not Linux
  }
}

function text(name: string, file: string): string | null {
  try {
    return readFileSync(`${SYS}/${name}/${file}`, 'utf8').trim();
  } catch {
    return null; // not Linux, or the interface has gone
  }
}

function count(name: string, file: string): number | null {
  const value = text(name, file);
  return value === null ? null : Number(value);
}
