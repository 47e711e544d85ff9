/**
 * An immutable picture of what a sensor has learned, in plain values. Everything people see is a pure function of it.
 * Times are microseconds since 1970; addresses are text.
 */
import { macText } from '../../parsers/addresses.ts';
import type { Access, Effect } from '../../parsers/protocol.ts';
import type { Hearing } from '../counters.ts';
import type { AddressKind } from '../facts/hosts.ts';
import type { Rhythm } from '../facts/rhythm.ts';

export interface Snapshot {
  readonly capture: CaptureSnapshot;
  /** Every address that was met, also those that were only addressed. */
  readonly hosts: readonly HostSnapshot[];
  readonly conversations: readonly ConversationSnapshot[];
}

export interface FileSnapshot {
  readonly name: string;
  readonly packets: number;
  readonly bytes: number;
  /** How well it could be heard; null when it was not opened. */
  readonly hearing: Hearing | null;
  /** Why it could not be read to its end, and the byte where that was (null when it could not be opened). */
  readonly error: { readonly code: string; readonly offset: number | null; readonly message: string } | null;
}

export interface CaptureSnapshot {
  readonly packets: number;
  readonly bytes: number;
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly files: readonly FileSnapshot[];
  readonly quality: QualitySnapshot;
}

/** How well the traffic could be heard; counts of frames unless said otherwise. */
export interface QualitySnapshot {
  readonly duplicates: number;
  readonly cutPackets: number;
  readonly droppedByCapture: number;
  readonly retransmissions: number;
  readonly reordered: number;
  /** Holes in TCP streams. */
  readonly gaps: number;
  readonly fragments: number;
  readonly tunnelled: number;
  readonly vlanTagged: number;
  /** Share (0 to 1) of the TCP conversations of three packets or more of which only one direction was heard. */
  readonly oneSidedShare: number;
  readonly skippedBytes: number;
  /** Messages decoded by how well they did. */
  readonly messages: Readonly<Record<'ok' | 'truncated' | 'malformed' | 'unsupported', number>>;
  /** Frames that could not be read to their transport, by cause; only causes that occurred. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Ceilings of `limits.ts` that were hit, and how often; empty when none was. */
  readonly limitsHit: Readonly<Record<string, number>>;
}

/** The frame that proves a statement. */
export interface FrameReference {
  readonly file: string;
  /** From 1. */
  readonly frame: number;
}

/** Where an address was seen on its link. */
export interface SightingSnapshot {
  readonly mac: string;
  /** 0 when untagged. */
  readonly vlan: number;
  /** The MAC said by ARP that the address is its own. */
  readonly claimed: boolean;
  /** 0 when only ARP told. */
  readonly lowestTtl: number;
  readonly highestTtl: number;
}

export interface EvidenceSnapshot {
  readonly field: string;
  readonly value: string;
  readonly source: string;
  readonly confidence: number;
  /** A part behind the host, or null. */
  readonly unit: number | null;
  /** Where it was said first; null for what no single frame says. */
  readonly file: string | null;
  readonly frame: number | null;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly times: number;
}

export interface HostSnapshot {
  readonly address: string;
  /** 0, or what tells it from the same address of another device elsewhere: its VLAN, or its link (see `scopeOfLink`). */
  readonly scope: number;
  readonly kind: AddressKind;
  /** It names one station. */
  readonly unicast: boolean;
  /** When it sent; null when it was only addressed. */
  readonly firstSent: number | null;
  readonly lastSent: number | null;
  readonly sightings: readonly SightingSnapshot[];
  readonly evidence: readonly EvidenceSnapshot[];
}

export interface RangeSnapshot {
  readonly unit: number | null;
  readonly space: string;
  /** A name, or null and the numbers `first` to `last`. */
  readonly name: string | null;
  readonly first: number | null;
  readonly last: number | null;
  readonly times: number;
  /** Seconds between touches: mean and standard deviation; null when there were fewer than three. */
  readonly period: number | null;
  readonly jitter: number | null;
  /** What both are made of, so that they can be told of several snapshots together. */
  readonly rhythm: Rhythm;
}

export interface OperationSnapshot {
  readonly code: string;
  readonly name: string;
  readonly access: Access;
  /** What it does to a controller as a whole; null where that is nothing, or nobody knows. */
  readonly effect: Effect | null;
  readonly units: readonly number[];
  /** Those of them that answered. */
  readonly unitsAnswered: readonly number[];
  readonly requests: number;
  readonly responses: number;
  readonly errors: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** The frame of the message that asked for it first, or answered. */
  readonly firstFrame: FrameReference | null;
  readonly ranges: readonly RangeSnapshot[];
}

export interface ConversationSnapshot {
  readonly client: string;
  readonly server: string;
  /** The scope of both addresses: see HostSnapshot. */
  readonly scope: number;
  /** `tcp`, `udp`, `ip` or `eth`. */
  readonly transport: string;
  readonly port: number | null;
  readonly protocol: string;
  /** The protocol was recognised by what was said, not merely by where. */
  readonly recognised: boolean;
  readonly initiator: string;
  readonly flows: number;
  readonly packets: number;
  readonly packetsFromClient: number;
  readonly packetsFromServer: number;
  readonly bytes: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Null where no file tells: what was read has no name. */
  readonly firstFrame: FrameReference | null;
  readonly operations: readonly OperationSnapshot[];
}

/** Scopes from here on are links, named by a MAC address on them; lower ones are VLANs (IEEE 802.1Q: 12 bits). */
const FIRST_LINK_SCOPE = 0x1000;
const LOW_WORD = 2 ** 32;

/** The scope of the link on which a station has this MAC address: for addresses that no VLAN tells apart. */
export function scopeOfLink(mac: string): number {
  return FIRST_LINK_SCOPE + Number.parseInt(mac.replaceAll(':', ''), 16);
}

/** Whether a scope is a link's, and not a VLAN's. */
export function isLinkScope(scope: number): boolean {
  return scope >= FIRST_LINK_SCOPE;
}

/** What an address is known by among several scopes: `10.0.0.1`, `10.0.0.1@vlan20`, `10.0.0.1@02:00:00:00:00:07`. */
export function scopedAddress(address: string, scope: number): string {
  return scope === 0 ? address : `${address}@${scopeText(scope)}`;
}

/** How a scope other than 0 is written: `vlan20`, or the MAC address of a link. */
export function scopeText(scope: number): string {
  if (!isLinkScope(scope)) return `vlan${scope}`;
  const mac = scope - FIRST_LINK_SCOPE;
  return macText(Math.floor(mac / LOW_WORD), mac % LOW_WORD);
}

/** The scope in which `scoped`, as scopedAddress writes it, is known. */
export function scopeIn(scoped: string): number {
  const [, vlan, mac] = /@(?:vlan(\d+)|([0-9a-f:]{17}))$/.exec(scoped) ?? [];
  return mac === undefined ? Number(vlan ?? 0) : scopeOfLink(mac);
}
