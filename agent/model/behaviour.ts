/** What a device does on the network, told from its conversations: the ground on which roles are judged. */
import type { Access } from '../../parsers/protocol.ts';
import { type ConversationSnapshot, scopedAddress } from './snapshot.ts';

/** Protocols that controllers and field devices serve. */
const FIELD_PROTOCOLS: ReadonlySet<string> = new Set([
  ...[
    'modbus',
    'modbus-rtu',
    's7comm',
    's7comm-plus',
    'dnp3',
    'enip',
    'cip-io',
    'iec104',
    'mms',
    'profinet-io',
    'profinet-cm',
  ],
  ...[
    'bacnet',
    'fins',
    'slmp',
    'ads',
    'codesys',
    'ge-srtp',
    'hart-ip',
    'tristation',

    'pcworx',
    'proconos',
    'knx',
  ],
]);

/** Whether a protocol is one that controllers and field devices serve. */
export function isFieldProtocol(protocol: string): boolean {
  return FIELD_PROTOCOLS.has(protocol);
}

/** One protocol on one side. */
export interface Dealing {
  readonly protocol: string;
  /** Addresses at the other end; one at least. */
  readonly peers: ReadonlySet<string>;
  /** Requests by access; of an access that was used, maybe none. */
  readonly requests: ReadonlyMap<Access, number>;
}

/** All that is wanted of a device's conversations: who needs more of them adds it here, and they are gone through once. */
export interface Behaviour {
  /** What it serves, by protocol. Only what it answered. */
  readonly serves: ReadonlyMap<string, Dealing>;
  /** What it asks others for, by protocol. */
  readonly asks: ReadonlyMap<string, Dealing>;
  /** Server ports of services that nothing recognised, e.g. `tcp/5450`. */
  readonly ports: ReadonlySet<string>;
  /** It sends a protocol on its own to a group: GOOSE, PROFINET, LLDP. */
  readonly publishes: ReadonlySet<string>;
  /** Numbers of the units that answered in its place, by protocol. */
  readonly units: ReadonlyMap<string, ReadonlySet<number>>;
}

interface MutableDealing {
  readonly protocol: string;
  readonly peers: Set<string>;
  readonly requests: Map<Access, number>;
}

/** The conversations in which a device was heard, by its side. */
export interface Spoken {
  readonly asked: readonly ConversationSnapshot[];
  readonly served: readonly ConversationSnapshot[];
}

export function behaviourOf({ asked, served }: Spoken): Behaviour {
  const serves = new Map<string, MutableDealing>();
  const asks = new Map<string, MutableDealing>();
  const ports = new Set<string>();
  const publishes = new Set<string>();
  const units = new Map<string, Set<number>>();
  for (const conversation of asked) {
    const { protocol, transport, server, scope } = conversation;
    if (transport === 'eth') publishes.add(protocol);
    else add(asks, conversation, scopedAddress(server, scope));
  }
  for (const conversation of served) {
    const { protocol, transport, client, scope, recognised, packetsFromClient } = conversation;
    if (transport === 'eth') publishes.add(protocol);
    else {
      add(serves, conversation, scopedAddress(client, scope));
      if (!recognised && packetsFromClient > 0) ports.add(protocol);
    }
    addUnits(units, conversation);
  }
  return { serves, asks, ports, publishes, units };
}

function add(dealings: Map<string, MutableDealing>, conversation: ConversationSnapshot, peer: string): void {
  const { protocol, operations } = conversation;
  let dealing = dealings.get(protocol);
  if (dealing === undefined) {
    dealing = { protocol, peers: new Set(), requests: new Map() };
    dealings.set(protocol, dealing);
  }
  dealing.peers.add(peer);
  for (const { access, requests } of operations) {
    dealing.requests.set(access, (dealing.requests.get(access) ?? 0) + requests);
  }
}

function addUnits(units: Map<string, Set<number>>, { protocol, operations }: ConversationSnapshot): void {
  for (const { unitsAnswered } of operations) {
    if (unitsAnswered.length === 0) continue;
    let known = units.get(protocol);
    if (known === undefined) {
      known = new Set();
      units.set(protocol, known);
    }
    for (const unit of unitsAnswered) known.add(unit);
  }
}

/** Whether a device speaks a protocol, on whichever side or without sides. */
export function speaks({ asks, serves, publishes }: Behaviour, protocol: string): boolean {
  return asks.has(protocol) || serves.has(protocol) || publishes.has(protocol);
}

/** Dealings in field protocols. */
export function field(dealings: ReadonlyMap<string, Dealing>): Dealing[] {
  return [...dealings.values()].filter(({ protocol }) => isFieldProtocol(protocol));
}

/** All peers of several dealings. */
export function peersOf(dealings: readonly Dealing[]): ReadonlySet<string> {
  if (dealings.length === 1) return (dealings[0] as Dealing).peers;
  const all = new Set<string>();
  for (const { peers } of dealings) for (const peer of peers) all.add(peer);
  return all;
}

/** Whether a peer in some dealings is what `test` asks for; no dealing has none. */
export function somePeer(dealings: readonly (Dealing | undefined)[], test: (peer: string) => boolean): boolean {
  for (const dealing of dealings) for (const peer of dealing?.peers ?? []) if (test(peer)) return true;
  return false;
}
