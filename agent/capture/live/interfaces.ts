/** The machine's network interfaces, and what its kernel counts of them (Linux: /sys/class/net). */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { basename } from 'node:path';

const SYS = '/sys/class/net';
const NO_MAC = '00:00:00:00:00:00';
/** ARPHRD_LOOPBACK and ARPHRD_ETHER (Linux, include/uapi/linux/if_arp.h). */
const LOOPBACK = '772';
const ETHERNET = '1';
/** IFF_UP (netdevice(7)). */
const UP = 1;
/** tcpdump and dumpcap take it for all interfaces together; the kernel has none of this name. */
const ANY = 'any';

/**
 * What an interface is made of. `port`: a network card's, and what hears a cable; `software`: an end of a
 * veth pair, a tap, a dummy.
 */
export type InterfaceKind = 'port' | 'wireless' | 'vlan' | 'bond' | 'bridge' | 'tunnel' | 'loopback' | 'software';

export interface Interface {
  readonly name: string;
  /** Null where the system does not say. */
  readonly kind: InterfaceKind | null;
  /** The bridge or bond that it is a port of. */
  readonly master: string | null;
  /** Whether it was switched on; what is on is `down` all the same when the cable carries nothing. */
  readonly enabled: boolean;
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
    const mac = own[name]?.[0]?.mac ?? text(name, 'address');
    return { name, ...natureOf(name), addresses, mac: mac === NO_MAC ? null : mac, ...countsOf(name) };
  });
  const loopback = ({ kind }: Interface) => Number(kind === 'loopback');
  return all.sort((a, b) => loopback(a) - loopback(b) || (a.name < b.name ? -1 : 1));
}

function natureOf(name: string): Pick<Interface, 'kind' | 'master' | 'enabled'> {
  const flags = text(name, 'flags');
  const enabled = flags === null || (Number(flags) & UP) !== 0;
  return { kind: kindOf(name), master: target(name, 'master'), enabled };
}

/** By the device's type (Linux, SET_NETDEV_DEVTYPE) where its driver names one. */
function kindOf(name: string): InterfaceKind | null {
  const type = text(name, 'type');
  if (type === null) return null;
  if (type === LOOPBACK) return 'loopback';
  const [, deviceType] = /^DEVTYPE=(\w+)$/m.exec(text(name, 'uevent') ?? '') ?? [];
  if (deviceType === 'wlan') return 'wireless';
  if (deviceType === 'vlan' || deviceType === 'bond' || deviceType === 'bridge') return deviceType;
  if (type !== ETHERNET) return 'tunnel';
  return target(name, 'device') === null ? 'software' : 'port';
}

/** State and counters of one interface. */
export function countsOf(name: string): Pick<Interface, 'state' | 'received' | 'sent'> {
  return {
    state: text(name, 'operstate') ?? (existsSync(SYS) && name !== ANY ? 'notpresent' : 'unknown'),
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

/** The name of what a link in the interface's folder leads to. */
function target(name: string, link: string): string | null {
  try {
    return basename(readlinkSync(`${SYS}/${name}/${link}`));
  } catch {
    return null; // there is none: it is nobody's port, or no hardware
  }
}

function count(name: string, file: string): number | null {
  const value = text(name, file);
  return value === null ? null : Number(value);
}
