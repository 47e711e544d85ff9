/** From addresses to assets: a pure function of a snapshot. */
import { AddressKind } from '../facts/hosts.ts';
import { isGlobal } from './address.ts';
import type { Asset, SpokenProtocol } from './asset.ts';
import { type Behaviour, behaviourOf, peersOf, type Spoken, speaks } from './behaviour.ts';
import { blockOf, ownPublicBlocks } from './blocks.ts';
import { completenessOf } from './completeness.ts';
import { byAddress, type Device, devicesOf } from './fusion.ts';
import { byStrength, conflictsOf, macEvidence, ownEvidence, strongest } from './identity.ts';
import { linksOf } from './links.ts';
import { makerPortEvidence } from './maker-ports.ts';
import { answeringUnits, nestedAssets } from './nested.ts';
import { givenLevel, givenRole, type Override, overrideEvidence, overridesOf } from './overrides.ts';
import { type Judgement, judge, LEVELS, type Role, type Vote } from './roles/role.ts';
import { ownVotes, peerVotes, type RoleFacts } from './roles/rules.ts';
import { type ConversationSnapshot, type EvidenceSnapshot, type Snapshot, scopedAddress } from './snapshot.ts';

/** The assets of a snapshot, and which of them each address belongs to. */
export interface Assets {
  readonly all: readonly Asset[];
  readonly byId: ReadonlyMap<string, Asset>;
  /** Id of the asset that has an address (scoped: see scopedAddress); absent for addresses that never sent. */
  readonly idOf: ReadonlyMap<string, string>;
}

/** A device with what its role is judged by. */
interface Draft {
  readonly device: Device;
  /** What operators said of it. */
  readonly given: readonly Override[];
  readonly behaviour: Behaviour;
  readonly evidence: readonly EvidenceSnapshot[];
  readonly own: readonly EvidenceSnapshot[];
  readonly names: readonly string[];
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** The networks it is in, by the first three bytes of its IPv4 addresses. */
  readonly networks: readonly string[];
  readonly facts: RoleFacts;
  readonly votes: readonly Vote[];
}

/** Roles whose level is that of the network they stand in. */
const LEVEL_OF_NETWORK: ReadonlySet<Role> = new Set(['server', 'domain-controller', 'workstation', 'printer']);
const HIGHEST_OT_LEVEL = 3;
/** Roles that tell nothing of those whom they serve. */
const SHARED: ReadonlySet<Role> = new Set(['server', 'domain-controller', 'switch', 'router', 'firewall', 'clock']);

/**
 * Every device that sent a packet, with its parts, its identity, its role and why.
 * @param overrides what operators said; beats all that was heard
 */
export function assetsOf(snapshot: Snapshot, overrides: readonly Override[] = []): Assets {
  const senders = snapshot.hosts.filter((host) => host.unicast && host.firstSent !== null).sort(byAddress);
  const links = linksOf(senders);
  const forwards = new Map([...links].map(([mac, { behind }]) => [mac, behind.length]));
  const talks = conversationsByAddress(snapshot.conversations);
  const told = new Map(
    snapshot.hosts.filter(({ kind }) => kind === AddressKind.mac).map((host) => [host.address, host.evidence]),
  );
  const devices = devicesOf(senders, links);
  const ownBlocks = ownPublicBlocks(devices.flatMap(linkedOf));
  const isStranger = (address: string) => isGlobal(address) && !ownBlocks.has(blockOf(address) ?? '');
  const drafts = devices.map((device) => draftOf(device, { talks, forwards, told, overrides, isStranger }));

  const provisional = new Map<string, Role>();
  const first = drafts.map((draft) => {
    const judgement = judge(draft.votes);
    for (const { address, scope } of draft.device.ips) provisional.set(scopedAddress(address, scope), judgement.role);
    return { draft, judgement };
  });
  const roleOf = (address: string): Role => provisional.get(address) ?? 'unknown';
  const judged = first.map(({ draft, judgement }) => {
    const more = peerVotes(draft.facts, draft.votes, roleOf);
    return { draft, judgement: more.length === 0 ? judgement : judge([...draft.votes, ...more]) };
  });
  const sides = sidesOf(judged);
  const idsOf: string[] = [];
  const all = judged.flatMap(({ draft, judgement }) => {
    const given = givenRole(draft.given);
    const { role, confidence, reasons, runnerUp } =
      given === undefined
        ? judgement
        : { role: given.role, confidence: 1, reasons: [`set by ${given.by}`], runnerUp: judgement };
    const level =
      givenLevel(draft.given) ?? (LEVEL_OF_NETWORK.has(role) ? levelIn(sides, draft, role, roleOf) : LEVELS[role]);
    const asset = assetOf(draft, {
      role,
      roleConfidence: confidence,
      roleReasons: reasons,
      roleRunnerUp: runnerUp,
      purdueLevel: level,
    });
    idsOf.push(asset.id);
    return [asset, ...nestedAssets(asset, draft.behaviour)];
  });
  const idOf = new Map(
    judged.flatMap(({ draft: { device } }, index) => {
      const id = idsOf[index] as string;
      const addresses = [...device.ips.map(({ address, scope }) => scopedAddress(address, scope)), ...device.macs];
      return addresses.map((address) => [address, id] as const);
    }),
  );
  return { all, byId: new Map(all.map((asset) => [asset.id, asset])), idOf };
}

/** The addresses that a device was heard to have on its own link. */
function linkedOf({ ips, macs }: Device) {
  return ips.flatMap(({ address, sightings }) => {
    const own = sightings.filter(({ mac }) => macs.includes(mac));
    return own.length === 0 ? [] : [{ address, claimed: own.some(({ claimed }) => claimed) }];
  });
}

/** What is known beyond a single device. */
interface Surroundings {
  readonly talks: Talks;
  /** How many addresses each MAC address only forwards for. */
  readonly forwards: ReadonlyMap<string, number>;
  /** What was said of each MAC address, also of those that sent no frame of their own. */
  readonly told: ReadonlyMap<string, readonly EvidenceSnapshot[]>;
  readonly overrides: readonly Override[];
  /** Whether an address is a public one, and none that the plant itself uses. */
  readonly isStranger: (address: string) => boolean;
}

function draftOf(device: Device, { talks, forwards, told, overrides, isStranger }: Surroundings): Draft {
  const hosts = [...device.ips, ...device.macHosts];
  const firstSeen = Math.min(...hosts.map((host) => host.firstSent as number));
  const lastSeen = Math.max(...hosts.map((host) => host.lastSent as number));
  const addresses = [...device.ips.map(({ address, scope }) => scopedAddress(address, scope)), ...device.macs];
  const behaviour = behaviourOf(spokenAt(addresses, talks));
  const given = overridesOf(overrides, addresses);
  const heard = [
    ...device.ips.flatMap((host) => host.evidence),
    ...device.macs.flatMap((mac) => told.get(mac) ?? []),
    ...macEvidence(device.macs, firstSeen, lastSeen),
  ];
  heard.push(...makerPortEvidence(heard, behaviour, { firstSeen, lastSeen }));
  const evidence = [...given.map(overrideEvidence), ...heard.sort(byStrength)];
  const own = ownEvidence(evidence);
  const names = [...new Set(own.filter(({ field }) => field === 'name').map(({ value }) => value))];
  const networks = networksOf(device);
  const facts: RoleFacts = {
    behaviour,
    evidence: own,
    vendors: [...new Set(own.filter(({ field }) => field === 'vendor').map(({ value }) => value))],
    names,
    isExternal: device.ips.length > 0 && device.ips.every(({ address }) => isStranger(address)),
    forwardsFor: device.macs.reduce((sum, mac) => sum + (forwards.get(mac) ?? 0), 0),
    networks: networks.length,
    offLink: device.macs.length === 0,
    isComputer: ['netbios-ns', 'netbios-dgm', 'smb', 'ldap', 'kerberos'].some((protocol) =>
      speaks(behaviour, protocol),
    ),
    units: answeringUnits(behaviour).length,
  };
  const votes = ownVotes(facts);
  return { device, given, behaviour, evidence, own, names, firstSeen, lastSeen, networks, facts, votes };
}

type RoleOfAsset = Pick<Asset, 'role' | 'roleConfidence' | 'roleReasons' | 'roleRunnerUp' | 'purdueLevel'>;

function assetOf({ device, behaviour, evidence, own, names, firstSeen, lastSeen }: Draft, role: RoleOfAsset): Asset {
  const ip = [...new Set(device.ips.map(({ address }) => address))];
  const [first] = device.ips;
  const identity = {
    vendor: strongest(own, 'vendor'),
    product: strongest(own, 'product'),
    model: strongest(own, 'model'),
    firmware: strongest(own, 'firmware'),
    hardware: strongest(own, 'hardware'),
    serial: strongest(own, 'serial'),
  };
  const protocols = protocolsOf(behaviour);
  return {
    id: first === undefined ? `mac-${device.macs[0]}` : `ip-${scopedAddress(first.address, first.scope)}`,
    mac: device.macs,
    ip,
    vlan: vlansOf(device),
    names,
    ...identity,
    ...role,
    parent: null,
    joined: device.joined,
    conflicts: conflictsOf(own),
    protocols,
    completeness: completenessOf({
      ...identity,
      protocols,
      role: role.role,
      names,
      ip,
      mac: device.macs,
      os: strongest(own, 'os'),
      location: strongest(own, 'location'),
      services: [...behaviour.serves.keys()],
      logs: behaviour.asks.has('syslog'),
    }),
    firstSeen,
    lastSeen,
    evidence,
  };
}

/** By scoped address. */
type Talks = ReadonlyMap<string, Spoken>;

const SILENT: Spoken = { asked: [], served: [] };

/** Only those in which the address was heard: who never answered serves nothing. */
function conversationsByAddress(conversations: readonly ConversationSnapshot[]): Talks {
  const talks = new Map<string, { asked: ConversationSnapshot[]; served: ConversationSnapshot[] }>();
  const at = (address: string) => {
    let known = talks.get(address);
    if (known === undefined) {
      known = { asked: [], served: [] };
      talks.set(address, known);
    }
    return known;
  };
  for (const conversation of conversations) {
    const { client, server, scope } = conversation;
    if (conversation.packetsFromClient > 0) at(scopedAddress(client, scope)).asked.push(conversation);
    if (conversation.packetsFromServer > 0) at(scopedAddress(server, scope)).served.push(conversation);
  }
  return talks;
}

/** What a device with these addresses spoke. */
function spokenAt(addresses: readonly string[], talks: Talks): Spoken {
  const found = addresses.flatMap((address) => talks.get(address) ?? []);
  if (found.length <= 1) return found[0] ?? SILENT;
  return { asked: found.flatMap(({ asked }) => asked), served: found.flatMap(({ served }) => served) };
}

/** VLANs in which the device was seen behind its own MAC addresses; 0, the untagged, is none. */
function vlansOf(device: Device): number[] {
  const own = new Set(device.macs);
  const vlans = new Set(
    device.ips.flatMap(({ sightings }) => sightings.filter(({ mac }) => own.has(mac)).map(({ vlan }) => vlan)),
  );
  vlans.delete(0);
  return [...vlans].sort((a, b) => a - b);
}

function protocolsOf({ asks, serves, publishes }: Behaviour): SpokenProtocol[] {
  const names = new Set([...asks.keys(), ...serves.keys(), ...publishes]);
  return [...names].sort().map((name) => {
    const isPeer = publishes.has(name) || (asks.has(name) && serves.has(name));
    return { name, as: isPeer ? 'peer' : asks.has(name) ? 'client' : 'server' };
  });
}

function networksOf({ ips }: Device): string[] {
  const networks = new Set<string>();
  for (const { kind, address } of ips) {
    if (kind === AddressKind.ipv4) networks.add(address.slice(0, address.lastIndexOf('.')));
  }
  return [...networks];
}

/** How many devices of a network have a role that fixes their level, on either side of the border of operations. */
interface Sides {
  operations: number;
  enterprise: number;
}

function sidesOf(judged: readonly { readonly draft: Draft; readonly judgement: Judgement }[]): Map<string, Sides> {
  const sides = new Map<string, Sides>();
  for (const { draft, judgement } of judged) {
    const { role } = judgement;
    const level = LEVELS[role];
    if (level === null || role === 'switch' || role === 'router' || role === 'firewall') continue;
    for (const network of draft.networks) {
      const known = sides.get(network) ?? { operations: 0, enterprise: 0 };
      sides.set(network, known);
      if (level <= HIGHEST_OT_LEVEL) known.operations++;
      else known.enterprise++;
    }
  }
  return sides;
}

/** Networks with less than this share of either side are the other side's. */
const LEAST_SHARE = 0.2;

/**
 * A server among operators and controllers belongs to their operations (3), elsewhere to the enterprise. Where both share a
 * network, it belongs to those with whom it deals.
 * @param roleOf the role that the device with an address is taken for
 */
function levelIn(
  sides: ReadonlyMap<string, Sides>,
  draft: Draft,
  role: Role,
  roleOf: (address: string) => Role,
): number | null {
  let [operations, enterprise] = [0, 0];
  for (const network of draft.networks) {
    operations += sides.get(network)?.operations ?? 0;
    enterprise += sides.get(network)?.enterprise ?? 0;
  }
  const least = LEAST_SHARE * (operations + enterprise);
  const dealings = operations >= least && enterprise >= least ? dealingsOf(draft, roleOf) : 0;
  return dealings > 0 || (dealings === 0 && operations > enterprise) ? HIGHEST_OT_LEVEL : LEVELS[role];
}

/** By how many more devices of the plant a host deals with than with people's computers and strangers. */
function dealingsOf({ device, behaviour }: Draft, roleOf: (address: string) => Role): number {
  const own = new Set(device.ips.map(({ address, scope }) => scopedAddress(address, scope)));
  const peers = peersOf([...behaviour.asks.values(), ...behaviour.serves.values()]);
  let balance = 0;
  for (const peer of peers) {
    const role = roleOf(peer);
    const level = LEVELS[role];
    // servers are on both sides, and infrastructure serves both
    if (own.has(peer) || level === null || SHARED.has(role)) continue;
    balance += level <= HIGHEST_OT_LEVEL ? 1 : -1;
  }
  return balance;
}
