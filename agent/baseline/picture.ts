/** What events and baselines are told from: a plant as it was heard, or a report of one that was read back. */

import type { Access } from '../../parsers/protocol.ts';
import { isGlobal, isGroup } from '../model/address.ts';
import type { Asset } from '../model/asset.ts';
import { isFieldProtocol } from '../model/behaviour.ts';
import { FIELD_DEVICES, type Role } from '../model/roles/role.ts';
import {
  type CaptureSnapshot,
  type ConversationSnapshot,
  type FrameReference,
  type OperationSnapshot,
  scopedAddress,
} from '../model/snapshot.ts';
import type { Plant } from '../plant.ts';
import { ACCESS_ORDER, NO_FLOWS } from '../zones/flow.ts';
import type { EventConversation, PlantEvent } from './event.ts';

export type PictureAsset = Pick<
  Asset,
  | 'id'
  | 'mac'
  | 'ip'
  | 'vlan'
  | 'names'
  | 'vendor'
  | 'model'
  | 'product'
  | 'firmware'
  | 'serial'
  | 'role'
  | 'purdueLevel'
  | 'parent'
  | 'firstSeen'
  | 'lastSeen'
  | 'evidence'
> & {
  /** All its addresses: IP (scoped: see scopedAddress) and MAC; empty for a part. */
  readonly addresses: readonly string[];
};

/** Who is there and talks to whom. */
export interface Scene {
  readonly capture: Pick<CaptureSnapshot, 'firstSeen' | 'lastSeen' | 'quality'>;
  readonly assets: readonly PictureAsset[];
  readonly conversations: readonly ConversationSnapshot[];
  /** The asset that has an address (scoped: see scopedAddress); undefined for one that never sent. */
  readonly assetAt: (address: string) => PictureAsset | undefined;
}

export interface Picture extends Scene {
  /** Events that need no baseline. */
  readonly occurrences: readonly PlantEvent[];
}

/** The scene of what was heard. */
export function sceneOf({ snapshot: { capture, conversations }, assets }: Pick<Plant, 'snapshot' | 'assets'>): Scene {
  const addresses = new Map<string, string[]>();
  for (const [address, id] of assets.idOf) {
    const known = addresses.get(id);
    if (known === undefined) addresses.set(id, [address]);
    else known.push(address);
  }
  // what is spread comes last: engines give every object a shape of its own that begins with a spread
  const all = assets.all.map((asset) => ({ addresses: addresses.get(asset.id) ?? [], ...asset }));
  return { capture, assets: all, conversations, assetAt: assetFinder(all, assets.idOf) };
}

/** @param idOf ids of assets by address */
export function assetFinder(assets: readonly PictureAsset[], idOf: ReadonlyMap<string, string>): Scene['assetAt'] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const byAddress = new Map([...idOf].map(([address, id]) => [address, byId.get(id)]));
  return (address) => byAddress.get(address);
}

/** Seconds between the first and the last frame. */
export function durationOf({ capture: { firstSeen, lastSeen } }: Pick<Scene, 'capture'>): number {
  return firstSeen === null || lastSeen === null ? 0 : (lastSeen - firstSeen) / 1e6;
}

export function endsOf({ client, server, transport, port, protocol }: ConversationSnapshot): EventConversation {
  return { client, server, transport, port, protocol };
}

export function clientAddress({ client, scope }: ConversationSnapshot): string {
  return scopedAddress(client, scope);
}

export function serverAddress({ server, scope }: ConversationSnapshot): string {
  return scopedAddress(server, scope);
}

/** The strongest of some accesses, null of none. */
export function strongestAccess(operations: readonly { readonly access: Access }[]): Access | null {
  const ranks = operations.map(({ access }) => ACCESS_ORDER.indexOf(access));
  return ACCESS_ORDER[Math.max(-1, ...ranks)] ?? null;
}

/** The frames that show some operations first, or the conversation where there are none. */
export function firstFrames(
  conversation: ConversationSnapshot,
  operations: readonly OperationSnapshot[] = [],
): FrameReference[] {
  const frames = (operations.length === 0 ? [conversation] : operations).map(({ firstFrame }) => firstFrame);
  return frames.filter((frame) => frame !== null);
}

/** Accesses that carry values of the process or act on it. */
const PROCESS: ReadonlySet<Access> = new Set(['read', 'write', 'control', 'program']);

/**
 * Whether a conversation is one that a baseline vouches for: between two stations; to a group, or straight on Ethernet,
 * only where values of the process are told. Name resolution, discovery and address upkeep come and go by themselves.
 */
export function isWatched(
  conversation: Pick<
    ConversationSnapshot,
    'transport' | 'protocol' | 'client' | 'server' | 'operations' | 'packetsFromClient' | 'packetsFromServer'
  >,
): boolean {
  const { transport, protocol, client, server, operations, packetsFromClient, packetsFromServer } = conversation;
  if (NO_FLOWS.has(protocol) || isGroup(client, packetsFromClient > 0)) return false;
  if (transport !== 'eth' && !isGroup(server, packetsFromServer > 0)) return true;
  return PUBLISHED.has(protocol) && operations.some(({ access }) => PROCESS.has(access));
}

/** Protocols that tell process values to groups, or straight on Ethernet. */
const PUBLISHED: ReadonlySet<string> = new Set([
  ...['goose', 'sampled-values', 'profinet-io', 'ethercat', 'powerlink', 'c37.118', 'cip-io', 'bacnet', 'knx'],
]);

/** Whether a conversation is with the process: in a protocol of controllers, or with one of them. */
export function isOperational(
  { protocol }: { readonly protocol: string },
  server: { readonly role: Role } | undefined,
): boolean {
  return (
    isFieldProtocol(protocol) ||
    protocol === 'opcua' ||
    PUBLISHED.has(protocol) ||
    (server !== undefined && FIELD_DEVICES.has(server.role))
  );
}

/** Whether an asset is a host out in the internet, behind a router: not of the plant, one as good as another. */
export function isOutside({ role, mac }: Pick<PictureAsset, 'role' | 'mac'>): boolean {
  return role === 'external-host' && mac.length === 0;
}

/** Whether an address that never sent would be outside. */
export function isOutsideAddress(address: string): boolean {
  return !isGroup(address) && !/^([0-9a-f]{2}:){5}/.test(address) && isGlobal(address);
}

/** Ports that nobody is assigned (RFC 6335, section 6): whoever listens there was told so by another service. */
const FIRST_DYNAMIC_PORT = 49_152;

/** A service, as far as it stays the same from day to day: dynamic ports are one. */
export function portKey({
  transport,
  port,
  protocol,
}: Pick<ConversationSnapshot, 'transport' | 'port' | 'protocol'>): string {
  if (port === null) return `${transport} ${protocol}`;
  return port >= FIRST_DYNAMIC_PORT ? `${transport}/dynamic` : `${transport}/${port}`;
}
