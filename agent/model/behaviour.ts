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
  /** Addresses at the other end. */
  readonly peers: ReadonlySet<string>;
  readonly packets: number;
  readonly accesses: ReadonlySet<Access>;
  /** Requests by access. */
  readonly requests: ReadonlyMap<Access, number>;
  /** Operation codes, as reports write them. */
  readonly codes: ReadonlySet<string>;
}

export interface Behaviour {
  /** What it serves, by protocol. Only what it answered. */
  readonly serves: ReadonlyMap<string, Dealing>;
  /** What it asks others for, by protocol. */
  readonly asks: ReadonlyMap<string, Dealing>;
  /** Protocols without sides that it speaks (straight on Ethernet, implicit I/O). */
  readonly speaks: ReadonlySet<string>;
  /** Server ports of services that nothing recognised, e.g. `tcp/5450`. */
  readonly ports: ReadonlySet<string>;
  /** It sends a protocol on its own to a group: GOOSE, PROFINET, LLDP. */
  readonly publishes: ReadonlySet<string>;
}

interface MutableDealing {
  readonly protocol: string;
  readonly peers: Set<string>;
  packets: number;
  readonly accesses: Set<Access>;
  readonly requests: Map<Access, number>;
  readonly codes: Set<string>;
}

/** The conversations in which a device was heard, by its side. */
export interface Spoken {
  readonly asked: readonly ConversationSnapshot[];
  readonly served: readonly ConversationSnapshot[];
}

export function behaviourOf({ asked, served }: Spoken): Behaviour {
  const serves = new Map<string, MutableDealing>();
  const asks = new Map<string, MutableDealing>();
  const speaks = new Set<string>();
  const ports = new Set<string>();
  const publishes = new Set<string>();
  for (const side of [asked, served]) {
    for (const { protocol, transport } of side) {
      speaks.add(protocol);
      if (transport === 'eth') publishes.add(protocol);
    }
  }
  for (const conversation of asked) {
    const { transport, server, scope } = conversation;
    if (transport !== 'eth') add(asks, conversation, scopedAddress(server, scope));
  }
  for (const conversation of served) {
    const { protocol, transport, client, scope, recognised, packetsFromClient } = conversation;
    if (transport === 'eth') continue;
    add(serves, conversation, scopedAddress(client, scope));
    if (!recognised && packetsFromClient > 0) ports.add(protocol);
  }
  return { serves, asks, speaks, ports, publishes };
}

function add(dealings: Map<string, MutableDealing>, conversation: ConversationSnapshot, peer: string): void {
  let dealing = dealings.get(conversation.protocol);
  if (dealing === undefined) {
    const { protocol } = conversation;
    dealing = { protocol, peers: new Set(), packets: 0, accesses: new Set(), requests: new Map(), codes: new Set() };
    dealings.set(protocol, dealing);
  }
  dealing.peers.add(peer);
  dealing.packets += conversation.packets;
  for (const { access, code, requests } of conversation.operations) {
    dealing.accesses.add(access);
    dealing.codes.add(code);
    dealing.requests.set(access, (dealing.requests.get(access) ?? 0) + requests);
  }
}

/** Dealings in field protocols. */
export function field(dealings: ReadonlyMap<string, Dealing>): Dealing[] {
  return [...dealings.values()].filter(({ protocol }) => isFieldProtocol(protocol));
}

/** All peers of several dealings. */
export function peersOf(dealings: readonly Dealing[]): Set<string> {
  return new Set(dealings.flatMap(({ peers }) => [...peers]));
}
