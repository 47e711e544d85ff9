/** Which addresses are one device: by MAC address on its own link, by DHCP lease, by serial number, by the name of a computer. */
import { AddressKind } from '../facts/hosts.ts';
import { sourceWords } from '../facts/source-words.ts';
import { grouped } from '../grouping.ts';
import { Groups } from './groups.ts';
import { leasesOf } from './leases.ts';
import type { Link } from './links.ts';
import { type EvidenceSnapshot, type HostSnapshot, scopedAddress } from './snapshot.ts';

/** The addresses of one device. */
export interface Device {
  readonly ips: readonly HostSnapshot[];
  readonly macs: readonly string[];
  /** The MAC addresses that sent frames of their own (LLDP, PROFINET, ARP). */
  readonly macHosts: readonly HostSnapshot[];
  /** Why several addresses are taken for one device, in words. */
  readonly joined: readonly string[];
}

/** Sources whose names belong to one computer: two addresses that give the same are its two interfaces. */
const COMPUTER_NAMES: ReadonlySet<string> = new Set(['netbios-ns', 'smb', 'dhcp', 's7comm-plus', 'mssql']);

/** Protocols in which a device tells its own IP address beside its MAC address: a switch has a MAC for every port. */
const SELF_DESCRIPTIONS: ReadonlySet<string> = new Set(['lldp', 'cdp', 'profinet-dcp']);

/** A serial number shorter than this is a default that many devices share. */
const SHORTEST_SERIAL = 4;
/** Addresses that one device has at most; more sharing a name or number means that it identifies nothing. */
const MOST_INTERFACES = 8;

/** Groups the senders of a snapshot into devices. */
export function devicesOf(senders: readonly HostSnapshot[], links: ReadonlyMap<string, Link>): Device[] {
  const groups = new Groups();
  for (const host of senders) groups.add(hostKey(host));
  const floating = floatingAddresses(links);
  for (const { mac, own } of links.values()) {
    if (own.length === 0) continue;
    groups.add(`mac ${mac}`);
    for (const host of own.filter((one) => !floating.has(one)))
      groups.join(`mac ${mac}`, hostKey(host), `${mac} is the MAC address of ${host.address}`);
  }
  const addresses = new Set(senders.filter(({ kind }) => kind !== AddressKind.mac).map(({ address }) => address));
  for (const host of senders) {
    for (const { field, value, source, confidence } of host.kind === AddressKind.mac ? host.evidence : []) {
      const told = SELF_DESCRIPTIONS.has(source.split('.', 1)[0] as string);
      if (field !== 'address' || confidence < 0.8 || !told || !addresses.has(value)) continue;
      groups.join(
        hostKey(host),
        `ip ${value}`,
        `${host.address} says that its address is ${value}: ${sourceWords(source)}`,
      );
    }
  }
  // a lease tells whose an address is also where it is only heard behind a router
  for (const host of senders) {
    const { holder } = leasesOf(host);
    if (holder === null || host.sightings.some(({ claimed }) => claimed)) continue;
    groups.join(`mac ${holder}`, hostKey(host), `${host.address} was leased to ${holder} (DHCP)`);
  }
  joinBy(groups, senders, serialOf, 'the same serial number');
  joinBy(groups, senders, computerNameOf, 'the same computer name');

  const devices = new Map<string, { ips: HostSnapshot[]; macs: Set<string>; macHosts: HostSnapshot[] }>();
  const deviceOf = (key: string) => {
    const root = groups.root(key);
    let device = devices.get(root);
    if (device === undefined) {
      device = { ips: [], macs: new Set(), macHosts: [] };
      devices.set(root, device);
    }
    return device;
  };
  for (const host of senders) {
    const device = deviceOf(hostKey(host));
    if (host.kind === AddressKind.mac) {
      device.macs.add(host.address);
      device.macHosts.push(host);
    } else {
      device.ips.push(host);
    }
  }
  for (const { mac, own } of links.values()) if (own.length > 0) deviceOf(`mac ${mac}`).macs.add(mac);
  return [...devices].map(([root, { ips, macs, macHosts }]) => ({
    ips: ips.sort(byAddress),
    macs: [...macs].sort(),
    macHosts,
    joined: groups.reasons(root),
  }));
}

/**
 * Addresses that several devices answer for in turn, each with an address of its own besides: a redundant pair's. A device
 * that answers for its only address from several interfaces is one.
 */
function floatingAddresses(links: ReadonlyMap<string, Link>): ReadonlySet<HostSnapshot> {
  const holders = new Map<HostSnapshot, Link[]>();
  for (const link of links.values()) {
    for (const host of link.own) {
      if (host.kind === AddressKind.ipv4) holders.set(host, [...(holders.get(host) ?? []), link]);
    }
  }
  const isOnly = (host: HostSnapshot) => holders.get(host)?.length === 1;
  return new Set(
    [...holders]
      .filter(([, all]) => all.filter(({ own }) => own.some(isOnly)).length > 1)
      .map(([host]) => host)
      .filter((host) => !isOnly(host)),
  );
}

function hostKey(host: HostSnapshot): string {
  return host.kind === AddressKind.mac ? `mac ${host.address}` : `ip ${scopedAddress(host.address, host.scope)}`;
}

/** Joins hosts for which `identityOf` gives the same, if they are few enough to be one device's interfaces. */
function joinBy(
  groups: Groups,
  senders: readonly HostSnapshot[],
  identityOf: (host: HostSnapshot) => string | undefined,
  reason: string,
): void {
  const byValue = new Map<string, HostSnapshot[]>();
  for (const host of senders) {
    const value = identityOf(host);
    if (value === undefined) continue;
    const known = byValue.get(value);
    if (known === undefined) byValue.set(value, [host]);
    else known.push(host);
  }
  for (const [value, hosts] of byValue) {
    const [first, ...others] = hosts;
    if (first === undefined || hosts.length > MOST_INTERFACES) continue;
    for (const other of others) {
      groups.join(hostKey(first), hostKey(other), `${first.address} and ${other.address} have ${reason}: ${value}`);
    }
  }
}

/** Serial number with its maker, as the device itself says it; parts behind it (units, slots) have their own. */
function serialOf(host: HostSnapshot): string | undefined {
  const own = host.evidence.filter(({ unit, confidence }) => unit === null && confidence >= 0.8);
  const serial = lastSaid(
    own.filter(({ field, value }) => field === 'serial' && value.length >= SHORTEST_SERIAL && /[1-9a-f]/i.test(value)),
  );
  if (serial === undefined) return undefined;
  const protocol = serial.source.split('.', 1)[0];
  return `${protocol} ${serial.value}`;
}

function computerNameOf(host: HostSnapshot): string | undefined {
  const name = lastSaid(
    host.evidence.filter(
      ({ field, source, confidence }) =>
        field === 'name' && confidence >= 0.8 && COMPUTER_NAMES.has(source.split('.', 1)[0] as string),
    ),
  );
  return name?.value.toLowerCase();
}

/**
 * What a device said last. Who says one thing and then another is several devices behind one address (a router that
 * translates addresses): sources that did so are passed over.
 */
function lastSaid(evidence: readonly EvidenceSnapshot[]): EvidenceSnapshot | undefined {
  for (const said of grouped(evidence, ({ source }) => source).values()) {
    const inOrder = [...said].sort((a, b) => a.firstSeen - b.firstSeen);
    const inTurns = inOrder.some((one, place) => {
      const before = inOrder[place - 1];
      return (
        before !== undefined &&
        before.value.toLowerCase() !== one.value.toLowerCase() &&
        before.lastSeen >= one.firstSeen
      );
    });
    if (!inTurns) return inOrder.at(-1);
  }
  return undefined;
}

const DOT = 0x2e;
const DIGIT_ZERO = 0x30;

/** Order of addresses as numbers, so that the lowest names the device whatever the order of the traffic. */
export function byAddress(a: HostSnapshot, b: HostSnapshot): number {
  if (a.kind !== b.kind) return b.kind === AddressKind.ipv4 ? 1 : a.kind === AddressKind.ipv4 ? -1 : a.kind - b.kind;
  if (a.kind !== AddressKind.ipv4) return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
  return ipv4Number(a.address) - ipv4Number(b.address);
}

/** A dotted address as a number. Digit by digit: sorting asks for it millions of times. */
function ipv4Number(address: string): number {
  let number = 0;
  let part = 0;
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at);
    if (code === DOT) {
      number = number * 256 + part;
      part = 0;
    } else {
      part = part * 10 + code - DIGIT_ZERO;
    }
  }
  return number * 256 + part;
}
