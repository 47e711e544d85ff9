/** From addresses to assets: a pure function of a snapshot. */
import { AddressKind } from '../facts/hosts.ts';
import { isGlobal } from './address.ts';
import { type Role, roleOf } from './roles.ts';
import type { ConversationSnapshot, EvidenceSnapshot, HostSnapshot, Snapshot } from './snapshot.ts';

/** A protocol an asset speaks, and on which side. */
export interface SpokenProtocol {
  readonly name: string;
  readonly as: 'client' | 'server' | 'peer';
}

/** A device, as far as the traffic tells. */
export interface Asset {
  readonly id: string;
  readonly mac: readonly string[];
  readonly ip: readonly string[];
  readonly vlan: readonly number[];
  readonly names: readonly string[];
  readonly vendor: string | null;
  readonly product: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly hardware: string | null;
  readonly serial: string | null;
  readonly role: Role;
  readonly roleReason: string;
  readonly purdueLevel: number | null;
  /** Id of the gateway or chassis of a nested asset. */
  readonly parent: string | null;
  readonly protocols: readonly SpokenProtocol[];
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly evidence: readonly EvidenceSnapshot[];
}

/** The assets of a snapshot, and which of them each address belongs to. */
export interface Assets {
  readonly all: readonly Asset[];
  /** Id of the asset that has an address; absent for addresses that never sent. */
  readonly idOf: ReadonlyMap<string, string>;
}

/** What is gathered of one asset before it is told. */
interface Draft {
  readonly ips: HostSnapshot[];
  readonly macs: Set<string>;
  macHost: HostSnapshot | undefined;
}

/** Every host that sent a packet, with its own MAC addresses; addresses behind one MAC that is theirs are one asset. */
export function assetsOf(snapshot: Snapshot): Assets {
  const senders = snapshot.hosts.filter((host) => host.unicast && host.firstSent !== null);
  const owners = macOwners(senders);
  const drafts = new Map<string, Draft>();
  for (const host of senders) {
    if (host.kind === AddressKind.mac) continue;
    const macs = host.sightings.map(({ mac }) => mac).filter((mac) => owners.get(mac)?.includes(host) === true);
    const shared = macs.map((mac) => drafts.get(`mac ${mac}`)).find((draft) => draft !== undefined);
    const draft = shared ?? { ips: [], macs: new Set(), macHost: undefined };
    draft.ips.push(host);
    for (const mac of macs) {
      draft.macs.add(mac);
      drafts.set(`mac ${mac}`, draft);
    }
    drafts.set(`ip ${host.address}`, draft);
  }
  for (const host of senders) {
    if (host.kind !== AddressKind.mac) continue;
    const key = `mac ${host.address}`;
    const draft = drafts.get(key) ?? { ips: [], macs: new Set([host.address]), macHost: undefined };
    draft.macHost = host;
    drafts.set(key, draft);
  }

  const talks = conversationsByAddress(snapshot.conversations);
  const all = [...new Set(drafts.values())].map((draft) => asset(draft, talks));
  all.sort(byId);
  const idOf = new Map(all.flatMap(({ id, ip, mac }) => [...ip, ...mac].map((address) => [address, id] as const)));
  return { all, idOf };
}

/**
 * Whose a MAC address is: of the addresses that claimed it by ARP, or else of the only one of its family that was
 * seen behind it. A MAC with many addresses that none of them claimed is a router's: nobody's that is behind it.
 */
function macOwners(senders: readonly HostSnapshot[]): Map<string, readonly HostSnapshot[]> {
  const behind = new Map<string, { host: HostSnapshot; claimed: boolean }[]>();
  for (const host of senders) {
    for (const { mac, claimed } of host.sightings) {
      const known = behind.get(mac) ?? [];
      known.push({ host, claimed });
      behind.set(mac, known);
    }
  }
  const owners = new Map<string, readonly HostSnapshot[]>();
  for (const [mac, hosts] of behind) {
    if (mac === '00:00:00:00:00:00') continue; // loopback
    const claimants = hosts.filter(({ claimed }) => claimed).map(({ host }) => host);
    const v4 = hosts.filter(({ host }) => host.kind === AddressKind.ipv4).map(({ host }) => host);
    const v6 = hosts.filter(({ host }) => host.kind === AddressKind.ipv6).map(({ host }) => host);
    const linkLocal = v6.filter(({ address }) => address.startsWith('fe80:'));
    if (claimants.length > 0) owners.set(mac, v4.length === claimants.length ? [...claimants, ...v6] : claimants);
    else if (v4.length <= 1 && v6.length - linkLocal.length <= 2) owners.set(mac, [...v4, ...v6]);
    else owners.set(mac, linkLocal.slice(0, 1));
  }
  return owners;
}

type Talks = ReadonlyMap<string, readonly (readonly [ConversationSnapshot, 'client' | 'server'])[]>;

function conversationsByAddress(conversations: readonly ConversationSnapshot[]): Talks {
  const talks = new Map<string, (readonly [ConversationSnapshot, 'client' | 'server'])[]>();
  const add = (address: string, entry: readonly [ConversationSnapshot, 'client' | 'server']) => {
    const known = talks.get(address);
    if (known === undefined) talks.set(address, [entry]);
    else known.push(entry);
  };
  for (const conversation of conversations) {
    if (conversation.packetsFromClient > 0) add(conversation.client, [conversation, 'client']);
    if (conversation.packetsFromServer > 0) add(conversation.server, [conversation, 'server']);
  }
  return talks;
}

function asset(draft: Draft, talks: Talks): Asset {
  const ip = draft.ips.map(({ address }) => address);
  const mac = [...draft.macs].sort();
  const hosts = draft.macHost === undefined ? draft.ips : [...draft.ips, draft.macHost];
  const evidence = hosts.flatMap((host) => host.evidence).sort(byStrength);
  const spoken = [...ip, ...mac].flatMap((address) => talks.get(address) ?? []);
  const vlan = new Set(draft.ips.flatMap((host) => host.sightings).map((sighting) => sighting.vlan));
  vlan.delete(0);
  const own = evidence.filter(({ unit }) => unit === null || describesWhole(evidence, unit));
  const strongest = (field: string) => own.find((entry) => entry.field === field)?.value ?? null;
  const address = ip[0];
  const { role, level, reason } = roleOf(spoken, address !== undefined && isGlobal(address));
  return {
    id: address === undefined ? `mac-${mac[0]}` : `ip-${address}`,
    mac,
    ip,
    vlan: [...vlan].sort((a, b) => a - b),
    names: [...new Set(own.filter(({ field }) => field === 'name').map(({ value }) => value))],
    vendor: strongest('vendor'),
    product: strongest('product'),
    model: strongest('model'),
    firmware: strongest('firmware'),
    hardware: strongest('hardware'),
    serial: strongest('serial'),
    role,
    roleReason: reason,
    purdueLevel: level,
    parent: null,
    protocols: protocolsOf(spoken),
    firstSeen: Math.min(...hosts.map((host) => host.firstSent as number)),
    lastSeen: Math.max(...hosts.map((host) => host.lastSent as number)),
    evidence,
  };
}

/** When only one unit ever told of itself, it is the device: many answer under unit 1 or 255 only. */
function describesWhole(evidence: readonly EvidenceSnapshot[], unit: number): boolean {
  return evidence.every((entry) => entry.unit === null || entry.unit === unit);
}

function protocolsOf(spoken: readonly (readonly [ConversationSnapshot, 'client' | 'server'])[]): SpokenProtocol[] {
  const sides = new Map<string, SpokenProtocol['as']>();
  for (const [{ protocol, transport }, side] of spoken) {
    const before = sides.get(protocol);
    const as = transport === 'eth' || (before !== undefined && before !== side) ? 'peer' : side;
    sides.set(protocol, as);
  }
  return [...sides].map(([name, as]) => ({ name, as })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function byStrength(a: EvidenceSnapshot, b: EvidenceSnapshot): number {
  return b.confidence - a.confidence || b.times - a.times || a.firstSeen - b.firstSeen;
}

function byId(a: Asset, b: Asset): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
