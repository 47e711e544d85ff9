/** Who controls whom, told from requests: owners of I/O, panels of controllers, hosts that program. */

import type { Asset } from '../model/asset.ts';
import type { Assets } from '../model/assets.ts';
import { isFieldProtocol } from '../model/behaviour.ts';
import { CONTROLLERS } from '../model/roles/role.ts';
import { type ConversationSnapshot, type Snapshot, scopedAddress } from '../model/snapshot.ts';
import { counted, topOf } from './grouping.ts';

type Table = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** All tables are by the ids of assets; the numbers are requests, or packets where only those are known. */
export interface Control {
  /** Who asks whom for process values, commands or cyclic I/O: client, then server. */
  readonly asks: Table;
  /** The same from the other side: server, then client. */
  readonly askedBy: Table;
  /** Who moves programs or configuration into whom. */
  readonly programs: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whom a host writes to or commands. */
  readonly commands: ReadonlyMap<string, ReadonlySet<string>>;
  /** Packets between two assets, whichever way; each pair stands under both. */
  readonly packets: Table;
  /** The same, of frames straight on Ethernet only: between neighbours on one link. */
  readonly frames: Table;
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
  const byId = new Map(assets.all.map((asset) => [asset.id, asset]));
  const asks = new Map<string, Map<string, number>>();
  const askedBy = new Map<string, Map<string, number>>();
  const packets = new Map<string, Map<string, number>>();
  const frames = new Map<string, Map<string, number>>();
  const programs = new Map<string, Set<string>>();
  const commands = new Map<string, Set<string>>();
  for (const conversation of snapshot.conversations) {
    let client = assets.idOf.get(scopedAddress(conversation.client, conversation.scope));
    let server = assets.idOf.get(scopedAddress(conversation.server, conversation.scope));
    if (client === undefined || server === undefined || client === server) continue;
    counted(packets, client, server, conversation.packets);
    counted(packets, server, client, conversation.packets);
    if (conversation.transport === 'eth') {
      counted(frames, client, server, conversation.packets);
      counted(frames, server, client, conversation.packets);
    }
    // straight on Ethernet nobody asks: the controller is the one of the two that controls
    if (conversation.transport === 'eth' && controls(byId.get(server)) && !controls(byId.get(client))) {
      [client, server] = [server, client];
    }
    const requests = processRequests(conversation, controls(byId.get(server)));
    if (requests > 0) {
      counted(asks, client, server, requests);
      counted(askedBy, server, client, requests);
    }
    for (const { access } of conversation.operations) {
      if (access === 'program') programs.set(client, (programs.get(client) ?? new Set()).add(server));
      if (access === 'write' || access === 'control') {
        commands.set(client, (commands.get(client) ?? new Set()).add(server));
      }
    }
  }
  return {
    ...{ asks, askedBy, programs, commands, packets, frames },
    ownerOf: ownersOf(assets.all, askedBy, byId),
    panelOf: panelsOf(assets.all, { asks, askedBy, commands }, byId),
  };
}

function controls(asset: Asset | undefined): boolean {
  return asset !== undefined && CONTROLLERS.has(asset.role);
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

function ownersOf(all: readonly Asset[], askedBy: Table, byId: ReadonlyMap<string, Asset>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { id, role } of all) {
    if (!OWNED.has(role)) continue;
    const controllers = [...(askedBy.get(id) ?? [])].filter(([client]) => controls(byId.get(client)));
    const owner = topOf(new Map(controllers));
    if (owner !== undefined) owners.set(id, owner);
  }
  return owners;
}

function panelsOf(
  all: readonly Asset[],
  { asks, askedBy, commands }: Pick<Control, 'asks' | 'askedBy' | 'commands'>,
  byId: ReadonlyMap<string, Asset>,
): Map<string, readonly string[]> {
  const commanded = new Set([...commands.values()].flatMap((servers) => [...servers]));
  // who only reads what others command is an onlooker
  const operates = (id: string, server: string) => !commanded.has(server) || commands.get(id)?.has(server) === true;
  const isPanel = (id: string) => byId.get(id)?.role === 'hmi';
  const busiestOf = new Map<string, number>();
  for (const [server, clients] of askedBy) {
    const counts = [...clients].filter(([client]) => isPanel(client)).map(([, count]) => count);
    if (counts.length > 0)
      busiestOf.set(
        server,
        counts.reduce((a, b) => Math.max(a, b)),
      );
  }
  const panels = new Map<string, readonly string[]>();
  for (const { id } of all.filter((asset) => isPanel(asset.id))) {
    const asked = [...(asks.get(id) ?? [])].filter(([server]) => controls(byId.get(server)) && operates(id, server));
    const most = asked.reduce((top, [, count]) => Math.max(top, count), 0);
    const own = asked
      .filter(([server, count]) => count >= SHARE_OF_PANEL * most && count >= shareOf(busiestOf, server))
      .map(([server]) => server);
    if (own.length > 0 && own.length <= CONTROLLERS_OF_PANEL) panels.set(id, own.sort());
  }
  return panels;
}

function shareOf(busiestOf: ReadonlyMap<string, number>, server: string): number {
  return SHARE_OF_CONTROLLER * (busiestOf.get(server) ?? 0);
}

/** Whether all that a host asks or programs is among `members`; false when it asks nobody. */
export function staysWithin({ asks, programs }: Control, id: string, members: ReadonlySet<string>): boolean {
  const targets = [...(asks.get(id)?.keys() ?? []), ...(programs.get(id) ?? [])];
  return targets.length > 0 && targets.every((target) => members.has(target));
}
