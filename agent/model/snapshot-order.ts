/**
 * The order of everything in a snapshot: by what it is, never by when it came, so that the same facts read in another
 * order, or by several sensors, are the same snapshot. Texts are compared by code units, whatever the machine's language.
 */
import { compareText } from './order.ts';
import type {
  ConversationSnapshot,
  EvidenceSnapshot,
  FileSnapshot,
  FrameReference,
  HostSnapshot,
  OperationSnapshot,
  RangeSnapshot,
  SightingSnapshot,
} from './snapshot.ts';

export function byHost(a: HostSnapshot, b: HostSnapshot): number {
  return a.kind - b.kind || compareText(a.address, b.address) || a.scope - b.scope;
}

export function bySighting(a: SightingSnapshot, b: SightingSnapshot): number {
  return compareText(a.mac, b.mac) || a.vlan - b.vlan;
}

export function byStatement(a: EvidenceSnapshot, b: EvidenceSnapshot): number {
  return (
    (a.unit ?? -1) - (b.unit ?? -1) ||
    compareText(a.source, b.source) ||
    compareText(a.field, b.field) ||
    compareText(a.value, b.value)
  );
}

export function byEnds(a: ConversationSnapshot, b: ConversationSnapshot): number {
  return (
    compareText(a.client, b.client) ||
    compareText(a.server, b.server) ||
    a.scope - b.scope ||
    compareText(a.transport, b.transport) ||
    (a.port ?? 0) - (b.port ?? 0) ||
    compareText(a.protocol, b.protocol)
  );
}

/** Asked for most often first. */
export function byRequests(a: OperationSnapshot, b: OperationSnapshot): number {
  return (
    b.requests - a.requests ||
    compareText(a.code, b.code) ||
    compareText(a.name, b.name) ||
    compareText(a.access, b.access)
  );
}

export function byPlace(a: RangeSnapshot, b: RangeSnapshot): number {
  return (
    (a.unit ?? -1) - (b.unit ?? -1) ||
    compareText(a.space, b.space) ||
    (a.first ?? 0) - (b.first ?? 0) ||
    (a.last ?? 0) - (b.last ?? 0) ||
    compareText(a.name ?? '', b.name ?? '')
  );
}

export function byFrame(a: FrameReference | null, b: FrameReference | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareText(a.file, b.file) || a.frame - b.frame;
}

export function byFile(a: FileSnapshot, b: FileSnapshot): number {
  return (
    compareText(a.name, b.name) ||
    a.packets - b.packets ||
    a.bytes - b.bytes ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}
