/** Who controls whom, told from requests: owners of I/O, panels of controllers, hosts that program. */

import type { Asset } from '../model/asset.ts';
import type { Assets } from '../model/assets.ts';
import { isFieldProtocol } from '../model/behaviour.ts';
import { CONTROLLERS } from '../model/roles/role.ts';
import { type ConversationSnapshot, type Snapshot, scopedAddress } from '../model/snapshot.ts';
import { topOf } from './grouping.ts';

/** All that passes from one asset to another, in the direction in which it is asked. */
export interface Dealing {
  readonly client: Party;
  readonly server: Party;
  readonly packets: number;
  /** Of these packets, the frames straight on Ethernet: between neighbours on one link. */
  readonly frames: number;
  /** Requests for process values, commands or cyclic I/O, or packets where only those are known. */
  readonly requests: number;
  /** It moves programs or configuration. */
  readonly programs: boolean;
  /** It writes or commands. */
  readonly commands: boolean;
}

/** An asset with all its dealings: one object for two tables each, and found without a look-up by whoever has one end. */
export interface Party {
  readonly asset: Asset;
  /** With others, whichever way they are asked. */
  readonly dealings: readonly Dealing[];
  /** Of these, the ones with requests that it makes, and that it is asked. */
  readonly asks: readonly Dealing[];
  readonly askedBy: readonly Dealing[];
}

/** Who controls whom. All is by the ids of assets. */
export interface Control {
  /** Every asset that has an address. */
  readonly parties: ReadonlyMap<string, Party>;
  /** The controller that owns a device without logic of its own (I/O, drive, gateway). */
  readonly ownerOf: ReadonlyMap<string, string>;
  /** The controllers whose panel a panel is; those it only looks at now and then are left out. */
  readonly panelOf: ReadonlyMap<string, readonly string[]>;
}

/** Protocols of cyclic I/O, straight on Ethernet, beside those of `isFieldProtocol`. */
const ETHERNET_IO: ReadonlySet<string> = new Set(['profinet-io', 'ethercat', 'powerlink', 'sercos', 'cc-link-ie']);

/** Whether machines speak it among themselves. */
export function isMachineProtocol(protocol: string): boolean {
  return isFieldProtocol(protocol) || ETHERNET_IO.has(protocol) || MACHINE_GROUPS.has(protocol);
}

/** Protocols that machines send to groups. */
const MACHINE_GROUPS: ReadonlySet<string> = new Set(['profinet-dcp', 'goose', 'sampled-values']);

/** Devices that do what a controller says. */
const OWNED: ReadonlySet<Asset['role']> = new Set(['remote-io', 'drive', 'gateway', 'protocol-converter']);

/** A panel's controller gets at least this share of the panel's requests to the one it asks most … */
const SHARE_OF_PANEL = 0.25;
/** … and of what the controller's busiest panel asks of it: a look now and then makes no panel. */
const SHARE_OF_CONTROLLER = 0.25;
/** More controllers than this on one screen are an operator station's. */
const CONTROLLERS_OF_PANEL = 2;

export function controlOf(snapshot: Snapshot, assets: Assets): Control {
  const parties = new Map<string, PartyInMaking>();
  const partyAt = new Map<string, PartyInMaking>();
  for (const [address, id] of assets.idOf) {
    const party = parties.get(id) ?? new PartyInMaking(assets.byId.get(id) as Asset);
    parties.set(id, party);
    partyAt.set(address, party);
  }
  for (const conversation of snapshot.conversations) {
    const { transport, packets, operations, scope } = conversation;
    let client = partyAt.get(scopedAddress(conversation.client, scope));
    let server = partyAt.get(scopedAddress(conversation.server, scope));
    if (client === undefined || server === undefined || client === server) continue;
    // straight on Ethernet nobody asks: the controller is the one of the two that controls
    if (transport === 'eth' && controls(server) && !controls(client)) [client, server] = [server, client];
    const dealing = client.dealingWith(server);
    dealing.packets += packets;
    if (transport === 'eth') dealing.frames += packets;
    const requests = processRequests(conversation, controls(server));
    if (requests > 0) {
      if (dealing.requests === 0) {
        client.asks.push(dealing);
        server.askedBy.push(dealing);
      }
      dealing.requests += requests;
    }
    for (const { access } of operations) {
      if (access === 'program') dealing.programs = true;
      if (access === 'write' || access === 'control') dealing.commands = true;
    }
  }
  return { parties, ownerOf: ownersOf(parties), panelOf: panelsOf(parties) };
}

type DealingInMaking = { -readonly [Field in keyof Dealing]: Dealing[Field] };

class PartyInMaking implements Party {
  readonly asset: Asset;
  readonly dealings: DealingInMaking[] = [];
  readonly asks: DealingInMaking[] = [];
  readonly askedBy: DealingInMaking[] = [];
  readonly #asServer = new Map<Party, DealingInMaking>();

  constructor(asset: Asset) {
    this.asset = asset;
  }

  dealingWith(server: PartyInMaking): DealingInMaking {
    let dealing = this.#asServer.get(server);
    if (dealing === undefined) {
      dealing = { client: this, server, packets: 0, frames: 0, requests: 0, programs: false, commands: false };
      this.#asServer.set(server, dealing);
      this.dealings.push(dealing);
      server.dealings.push(dealing);
    }
    return dealing;
  }
}

/** The other end of one of a party's dealings. */
export function peerIn({ client, server }: Dealing, party: Party): Asset {
  return client === party ? server.asset : client.asset;
}

function controls({ asset }: Party): boolean {
  return CONTROLLERS.has(asset.role);
}

function processRequests({ protocol, operations, packets }: ConversationSnapshot, serverControls: boolean): number {
  const isControl = isFieldProtocol(protocol) || ETHERNET_IO.has(protocol);
  if (!isControl && !(serverControls && protocol === 'opcua')) return 0;
  let isProcess = operations.length === 0;
  let asked = 0;
  for (const { access, requests, responses } of operations) {
    if (access !== 'read' && access !== 'write' && access !== 'control') continue;
    isProcess = true;
    // a mirror that hears one direction only shows answers without their questions
    asked += Math.max(requests, responses);
  }
  return isProcess && asked === 0 ? Math.ceil(packets / 2) : asked;
}

function ownersOf(parties: ReadonlyMap<string, Party>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [id, { asset, askedBy }] of parties) {
    if (!OWNED.has(asset.role)) continue;
    const requests = askedBy
      .filter(({ client }) => controls(client))
      .map((d) => [d.client.asset.id, d.requests] as const);
    const owner = topOf(new Map(requests));
    if (owner !== undefined) owners.set(id, owner);
  }
  return owners;
}

function panelsOf(parties: ReadonlyMap<string, Party>): Map<string, readonly string[]> {
  const screens = [...parties.values()].filter(({ asset }) => asset.role === 'hmi');
  const busiest = new Map<Party, number>();
  for (const { asks } of screens) {
    for (const { server, requests } of asks) busiest.set(server, Math.max(busiest.get(server) ?? 0, requests));
  }
  const panels = new Map<string, readonly string[]>();
  for (const { asset, asks } of screens) {
    // who only reads what others command is an onlooker
    const asked = asks.filter(({ server, commands }) => controls(server) && (commands || !isCommanded(server)));
    const most = asked.reduce((top, { requests }) => Math.max(top, requests), 0);
    const own = asked.filter(
      ({ server, requests }) =>
        requests >= SHARE_OF_PANEL * most && requests >= SHARE_OF_CONTROLLER * (busiest.get(server) ?? 0),
    );
    if (own.length > 0 && own.length <= CONTROLLERS_OF_PANEL) {
      panels.set(asset.id, own.map(({ server }) => server.asset.id).sort());
    }
  }
  return panels;
}

function isCommanded(party: Party): boolean {
  return party.dealings.some(({ server, commands }) => server === party && commands);
}

/** Whether all that a host asks or programs is among `members`; false when it asks nobody. */
export function staysWithin({ parties }: Control, id: string, members: ReadonlySet<string>): boolean {
  const party = parties.get(id);
  const own = party?.dealings.filter(
    ({ client, requests, programs }) => client === party && (requests > 0 || programs),
  );
  return own !== undefined && own.length > 0 && own.every(({ server }) => members.has(server.asset.id));
}
