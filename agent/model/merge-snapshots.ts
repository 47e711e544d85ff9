/**
 * Several snapshots as one: as if one sensor had heard it all. First seen is the earliest, last seen the latest, counters
 * add, evidence and addresses unite. The order does not matter, nor which of them are merged first. What no snapshot
 * knows stays unknown: a flow that goes on from one into the next counts in both, and the time between its last message
 * here and its first there is no interval of a rhythm.
 */
import { addHearings } from '../counters.ts';
import { LIMITS } from '../limits.ts';
import { byMac, settledScopes } from './link-scopes.ts';
import { moved } from './move-scopes.ts';
import { compareText } from './order.ts';
import {
  type CaptureSnapshot,
  type ConversationSnapshot,
  type EvidenceSnapshot,
  type FileSnapshot,
  type HostSnapshot,
  isLinkScope,
  type OperationSnapshot,
  type QualitySnapshot,
  type SightingSnapshot,
  type Snapshot,
  scopedAddress,
} from './snapshot.ts';
import { byEnds, byFile, byFrame, byHost, byRequests, bySighting, byStatement } from './snapshot-order.ts';
import { earliest, latest, oneSidedShare, type Several, sum, unite, uniteRanges } from './sums.ts';

/** How a client is known, weakest first. */
const INITIATORS = ['first-seen', 'port', 'protocol', 'syn'];

/** What no sensor has heard yet. */
export const NOTHING_HEARD: Snapshot = {
  capture: {
    packets: 0,
    bytes: 0,
    firstSeen: null,
    lastSeen: null,
    files: [],
    quality: {
      duplicates: 0,
      cutPackets: 0,
      droppedByCapture: 0,
      retransmissions: 0,
      reordered: 0,
      gaps: 0,
      fragments: 0,
      tunnelled: 0,
      vlanTagged: 0,
      oneSidedShare: 0,
      skippedBytes: 0,
      messages: { ok: 0, truncated: 0, malformed: 0, unsupported: 0 },
      unreadable: {},
      limitsHit: {},
    },
  },
  hosts: [],
  conversations: [],
};

/** Merges snapshots. Addresses are told apart by the MAC address that they stand on, needlessly for most: see `settled`. */
export function mergeSnapshots(...snapshots: readonly Snapshot[]): Snapshot {
  const heard = snapshots.filter((snapshot) => snapshot !== NOTHING_HEARD);
  const [only] = heard;
  if (only === undefined) return NOTHING_HEARD;
  if (heard.length === 1) return only;
  return united(heard, heard.map(byMac));
}

/**
 * One snapshot of those of several sensors that shared out one reading among them: as `mergeSnapshots`, but its files
 * stay in their order, each with the counts of all sensors, and nobody doubts the scopes, which all sensors agree on.
 * @param parts of one reading: each names the same files
 */
export function joinShares(parts: readonly Snapshot[]): Snapshot {
  return sameFiles(united(parts, parts), parts);
}

/** As `mergeSnapshots`, but of those of several sensors that each heard another interface of the same files. */
export function joinInterfaces(parts: readonly Snapshot[]): Snapshot {
  return sameFiles(mergeSnapshots(...parts), parts);
}

function sameFiles(joined: Snapshot, [first, ...others]: readonly Snapshot[]): Snapshot {
  const { capture } = first ?? joined;
  const files = capture.files.map((file, index) =>
    others.reduce((sum, part) => addFile(sum, part.capture.files[index]), file),
  );
  return { ...joined, capture: { ...joined.capture, files } };
}

/** What two sensors heard of one file. */
function addFile(one: FileSnapshot, other: FileSnapshot | undefined): FileSnapshot {
  if (other === undefined) return one;
  const hearing = one.hearing && other.hearing && addHearings(one.hearing, other.hearing);
  return { ...one, packets: one.packets + other.packets, bytes: one.bytes + other.bytes, hearing };
}

function united(heard: readonly Snapshot[], scoped: readonly Snapshot[]): Snapshot {
  const limitsHit: Record<string, number> = {};
  const hosts = mergeHosts(
    scoped.flatMap((snapshot) => snapshot.hosts),
    limitsHit,
  );
  const conversations = mergeConversations(
    scoped.flatMap((snapshot) => snapshot.conversations),
    limitsHit,
  );
  return { capture: mergeCaptures(heard, conversations, limitsHit), hosts, conversations };
}

/**
 * What was merged, when no more is to come for now: addresses have scopes only where several devices have them, as for a
 * sensor that heard it all. The same snapshot when it was not merged.
 */
export function settled(snapshot: Snapshot): Snapshot {
  if (!snapshot.hosts.some(({ scope }) => isLinkScope(scope))) return snapshot;
  const joined = moved(snapshot, settledScopes(snapshot));
  const limitsHit: Record<string, number> = {};
  const hosts = mergeHosts(joined.hosts, limitsHit);
  const conversations = mergeConversations(joined.conversations, limitsHit);
  const quality = mergeQualities([snapshot.capture.quality], conversations, limitsHit);
  return { capture: { ...snapshot.capture, quality }, hosts, conversations };
}

function mergeCaptures(
  snapshots: readonly Snapshot[],
  conversations: readonly ConversationSnapshot[],
  limitsHit: Readonly<Record<string, number>>,
): CaptureSnapshot {
  const captures = snapshots.map(({ capture }) => capture);
  return {
    packets: sum(captures, ({ packets }) => packets),
    bytes: sum(captures, ({ bytes }) => bytes),
    firstSeen: earliest(captures.map(({ firstSeen }) => firstSeen)),
    lastSeen: latest(captures.map(({ lastSeen }) => lastSeen)),
    files: captures.flatMap(({ files }) => files).sort(byFile),
    quality: mergeQualities(
      captures.map(({ quality }) => quality),
      conversations,
      limitsHit,
    ),
  };
}

function mergeQualities(
  qualities: readonly QualitySnapshot[],
  conversations: readonly ConversationSnapshot[],
  limitsHit: Readonly<Record<string, number>>,
): QualitySnapshot {
  const total = (of: (quality: QualitySnapshot) => number) => sum(qualities, of);
  return {
    duplicates: total(({ duplicates }) => duplicates),
    cutPackets: total(({ cutPackets }) => cutPackets),
    droppedByCapture: total(({ droppedByCapture }) => droppedByCapture),
    retransmissions: total(({ retransmissions }) => retransmissions),
    reordered: total(({ reordered }) => reordered),
    gaps: total(({ gaps }) => gaps),
    fragments: total(({ fragments }) => fragments),
    tunnelled: total(({ tunnelled }) => tunnelled),
    vlanTagged: total(({ vlanTagged }) => vlanTagged),
    oneSidedShare: oneSidedShare(conversations),
    skippedBytes: total(({ skippedBytes }) => skippedBytes),
    messages: {
      ok: total(({ messages }) => messages.ok),
      truncated: total(({ messages }) => messages.truncated),
      malformed: total(({ messages }) => messages.malformed),
      unsupported: total(({ messages }) => messages.unsupported),
    },
    unreadable: addCounts(qualities.map(({ unreadable }) => unreadable)),
    limitsHit: addCounts([...qualities.map((quality) => quality.limitsHit), limitsHit]),
  };
}

function addCounts(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const totals = new Map<string, number>();
  for (const [name, count] of counts.flatMap(Object.entries)) totals.set(name, (totals.get(name) ?? 0) + count);
  return Object.fromEntries([...totals].sort(([a], [b]) => compareText(a, b)));
}

/** The first `ceiling` of what was seen first: what comes later is turned away, as a sensor does it, and counted. */
function withinCeiling<T>(
  all: T[],
  ceiling: number,
  firstSeen: (one: T) => number,
  refused: (count: number) => void,
): T[] {
  if (all.length <= ceiling) return all;
  refused(all.length - ceiling);
  return all.sort((a, b) => firstSeen(a) - firstSeen(b)).slice(0, ceiling); // stable: equal ones stay in order
}

function counting(limitsHit: Record<string, number>, name: string): (count: number) => void {
  return (count) => {
    limitsHit[name] = (limitsHit[name] ?? 0) + count;
  };
}

function mergeHosts(hosts: readonly HostSnapshot[], limitsHit: Record<string, number>): HostSnapshot[] {
  const merged = unite(
    hosts,
    ({ kind, address, scope }) => `${kind} ${scopedAddress(address, scope)}`,
    (same) => mergeHost(same, limitsHit),
  ).sort(byHost);
  const first = ({ firstSent }: HostSnapshot) => firstSent ?? Number.POSITIVE_INFINITY;
  return withinCeiling(merged, LIMITS.hosts, first, counting(limitsHit, 'hostsRefused')).sort(byHost);
}

function mergeHost(same: Several<HostSnapshot>, limitsHit: Record<string, number>): HostSnapshot {
  const evidence = unite(
    same.flatMap((host) => host.evidence),
    ({ unit, source, field, value }) => `${unit}|${source}|${field}|${value}`,
    mergeEvidence,
  ).sort(byStatement);
  return {
    ...same[0],
    firstSent: earliest(same.map(({ firstSent }) => firstSent)),
    lastSent: latest(same.map(({ lastSent }) => lastSent)),
    sightings: unite(
      same.flatMap(({ sightings }) => sightings),
      ({ mac, vlan }) => `${mac} ${vlan}`,
      mergeSightings,
    ).sort(bySighting),
    evidence: withinCeiling(
      evidence,
      LIMITS.evidencePerConversation,
      ({ firstSeen }) => firstSeen,
      counting(limitsHit, 'evidenceRefused'),
    ).sort(byStatement),
  };
}

/** A TTL of 0 is that of a sighting by ARP alone. */
function mergeSightings(same: Several<SightingSnapshot>): SightingSnapshot {
  const seen = same.map(({ lowestTtl }) => lowestTtl).filter((ttl) => ttl > 0);
  return {
    ...same[0],
    claimed: same.some(({ claimed }) => claimed),
    lowestTtl: seen.length === 0 ? 0 : Math.min(...seen),
    highestTtl: Math.max(...same.map(({ highestTtl }) => highestTtl)),
  };
}

function mergeEvidence(same: Several<EvidenceSnapshot>): EvidenceSnapshot {
  const frameOf = ({ file, frame }: EvidenceSnapshot) => (file === null || frame === null ? null : { file, frame });
  const first = same.reduce((a, b) =>
    b.firstSeen < a.firstSeen || (b.firstSeen === a.firstSeen && byFrame(frameOf(b), frameOf(a)) < 0) ? b : a,
  );
  return {
    ...first,
    confidence: Math.max(...same.map(({ confidence }) => confidence)),
    lastSeen: Math.max(...same.map(({ lastSeen }) => lastSeen)),
    times: sum(same, ({ times }) => times),
  };
}

function mergeConversations(
  conversations: readonly ConversationSnapshot[],
  limitsHit: Record<string, number>,
): ConversationSnapshot[] {
  const keyOf = ({ client, server, scope, transport, port, protocol }: ConversationSnapshot) =>
    `${client}>${server}@${scope} ${transport}/${port} ${protocol}`;
  const merged = unite(conversations, keyOf, (same) => mergeConversation(same, limitsHit)).sort(byEnds);
  const refused = counting(limitsHit, 'conversationsRefused');
  return withinCeiling(merged, LIMITS.conversations, ({ firstSeen }) => firstSeen, refused).sort(byEnds);
}

function mergeConversation(
  same: Several<ConversationSnapshot>,
  limitsHit: Record<string, number>,
): ConversationSnapshot {
  const operations = unite(
    same.flatMap((conversation) => conversation.operations),
    ({ code, name, access }) => `${code}|${name}|${access}`,
    (ones) => mergeOperation(ones, limitsHit),
  ).sort(byRequests);
  return {
    ...firstOf(same),
    recognised: same.some(({ recognised }) => recognised),
    initiator: INITIATORS[Math.max(...same.map(({ initiator }) => INITIATORS.indexOf(initiator)))] ?? same[0].initiator,
    flows: sum(same, ({ flows }) => flows),
    packets: sum(same, ({ packets }) => packets),
    packetsFromClient: sum(same, ({ packetsFromClient }) => packetsFromClient),
    packetsFromServer: sum(same, ({ packetsFromServer }) => packetsFromServer),
    bytes: sum(same, ({ bytes }) => bytes),
    lastSeen: Math.max(...same.map(({ lastSeen }) => lastSeen)),
    operations: withinCeiling(
      operations,
      LIMITS.operationsPerConversation,
      ({ firstSeen }) => firstSeen,
      counting(limitsHit, 'operationsRefused'),
    ).sort(byRequests),
  };
}

function mergeOperation(same: Several<OperationSnapshot>, limitsHit: Record<string, number>): OperationSnapshot {
  const ranges = uniteRanges(same.flatMap((operation) => operation.ranges));
  const kept = ranges.slice(0, LIMITS.rangesPerConversation);
  if (kept.length < ranges.length) counting(limitsHit, 'rangesMerged')(ranges.length - kept.length);
  return {
    ...firstOf(same),
    units: numbers(same.flatMap(({ units }) => units)),
    unitsAnswered: numbers(same.flatMap(({ unitsAnswered }) => unitsAnswered)),
    requests: sum(same, ({ requests }) => requests),
    responses: sum(same, ({ responses }) => responses),
    errors: sum(same, ({ errors }) => errors),
    lastSeen: Math.max(...same.map(({ lastSeen }) => lastSeen)),
    ranges: kept,
  };
}

/** The one that was seen first; of two at the same time, the one in the frame that comes first in order. */
function firstOf<T extends Pick<ConversationSnapshot, 'firstSeen' | 'firstFrame'>>(same: Several<T>): T {
  return same.reduce((a, b) =>
    b.firstSeen < a.firstSeen || (b.firstSeen === a.firstSeen && byFrame(b.firstFrame, a.firstFrame) < 0) ? b : a,
  );
}

function numbers(all: readonly number[]): number[] {
  return [...new Set(all)].sort((a, b) => a - b);
}
