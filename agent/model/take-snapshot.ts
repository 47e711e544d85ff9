import { macText } from '../../parsers/addresses.ts';
import { FAULTS } from '../../parsers/net/packet-view.ts';
import type { ConversationTotals, OperationTotals, RangeTotals } from '../facts/conversations.ts';
import { proofName } from '../facts/conversations.ts';
import type { Evidence } from '../facts/evidence.ts';
import { etherTypeName, ipProtocolName } from '../facts/names.ts';
import type { Picture, Sensor } from '../sensor.ts';
import { addressText, isUnicast } from './address.ts';
import { compareText } from './order.ts';
import { type Listed, listedOf } from './passers-by.ts';
import type {
  ConversationSnapshot,
  EvidenceSnapshot,
  FileSnapshot,
  FrameReference,
  HostSnapshot,
  OperationSnapshot,
  QualitySnapshot,
  RangeSnapshot,
  SightingSnapshot,
  Snapshot,
} from './snapshot.ts';
import { byEnds, byHost, byRequests, bySighting, byStatement } from './snapshot-order.ts';
import { oneSidedShare, rhythmOf, uniteRanges } from './sums.ts';

/** Files by their numbers. */
type Files = readonly Pick<FileSnapshot, 'name'>[];

const TCP = 6;
const UDP = 17;

/**
 * A picture of what `sensor` has learned so far; the sensor may go on.
 * @param files those that were read
 * @param numbered the same, each in the place by which the sensor knows it
 */
export function takeSnapshot(sensor: Sensor, files: readonly FileSnapshot[], numbered: Files = files): Snapshot {
  const picture = sensor.picture();
  const { counters, firstSeen, lastSeen } = picture;
  const listed = listedOf(picture, sensor.limits);
  const conversations = listed.conversations.map((totals) => conversation(picture, totals, numbered)).sort(byEnds);
  return {
    capture: {
      packets: counters.packets,
      bytes: counters.bytes,
      firstSeen: Number.isFinite(firstSeen) ? firstSeen : null,
      lastSeen: Number.isFinite(lastSeen) ? lastSeen : null,
      files,
      quality: quality(picture, listed, conversations),
    },
    hosts: hosts(picture, listed, numbered),
    conversations,
  };
}

function hosts({ hosts, sightings, evidence }: Picture, { isListed }: Listed, files: Files): HostSnapshot[] {
  const seen = new Map<number, SightingSnapshot[]>();
  for (let row = 0; row < sightings.count; row++) {
    const host = sightings.host(row);
    if (!isListed(host)) continue;
    const sighting = {
      mac: macText(sightings.macHigh(row), sightings.macLow(row)),
      vlan: sightings.vlan(row),
      claimed: sightings.claimed(row),
      lowestTtl: sightings.lowestTtl(row),
      highestTtl: sightings.highestTtl(row),
    };
    const known = seen.get(host);
    if (known === undefined) seen.set(host, [sighting]);
    else known.push(sighting);
  }
  const all: HostSnapshot[] = [];
  for (let host = 0; host < hosts.count; host++) {
    if (!isListed(host)) continue;
    const kind = hosts.kind(host);
    const words = [hosts.word(host, 0), hosts.word(host, 1), hosts.word(host, 2), hosts.word(host, 3)] as const;
    const first = hosts.firstSent(host);
    const last = hosts.lastSent(host);
    all.push({
      address: addressText(kind, ...words),
      scope: hosts.scope(host),
      kind,
      unicast: isUnicast(kind, ...words),
      firstSent: Number.isFinite(first) ? first : null,
      lastSent: Number.isFinite(last) ? last : null,
      sightings: (seen.get(host) ?? []).sort(bySighting),
      evidence: evidence
        .of(host)
        .map((entry) => statement(entry, files))
        .sort(byStatement),
    });
  }
  return all.sort(byHost);
}

/** Part by part, as everything of which there are many: engines share the shape of such objects, and of few spread ones. */
function statement(entry: Evidence, files: Files): EvidenceSnapshot {
  return {
    field: entry.field,
    value: entry.value,
    source: entry.source,
    confidence: entry.confidence,
    frame: entry.frame,
    firstSeen: entry.firstSeen,
    lastSeen: entry.lastSeen,
    times: entry.times,
    unit: entry.unit < 0 ? null : entry.unit,
    file: files[entry.file]?.name ?? '',
  };
}

function conversation({ hosts }: Picture, totals: ConversationTotals, files: Files): ConversationSnapshot {
  const { transport, port, protocol } = totals;
  const address = (host: number) => {
    return addressText(
      hosts.kind(host),
      hosts.word(host, 0),
      hosts.word(host, 1),
      hosts.word(host, 2),
      hosts.word(host, 3),
    );
  };
  return {
    client: address(totals.client),
    server: address(totals.server),
    scope: hosts.scope(totals.server),
    transport: transportName(transport),
    port: transport === TCP || transport === UDP ? port : null,
    protocol: protocol?.name ?? unknownName(transport, port),
    recognised: protocol !== undefined,
    initiator: proofName(totals.proof),
    flows: totals.flows,
    packets: totals.packetsFromClient + totals.packetsFromServer,
    packetsFromClient: totals.packetsFromClient,
    packetsFromServer: totals.packetsFromServer,
    bytes: totals.bytesFromClient + totals.bytesFromServer,
    firstSeen: totals.firstSeen,
    lastSeen: totals.lastSeen,
    firstFrame: frameReference(totals, files),
    operations: operations([...totals.operations.values()], files),
  };
}

/** The frame with which something began. */
function frameReference(
  { firstFile, firstFrame }: { readonly firstFile: number; readonly firstFrame: number },
  files: Files,
): FrameReference | null {
  const file = files[firstFile];
  return file === undefined ? null : { file: file.name, frame: firstFrame };
}

function transportName(transport: number): string {
  if (transport === TCP) return 'tcp';
  if (transport === UDP) return 'udp';
  return transport === 0 ? 'eth' : 'ip';
}

/** The name of a conversation in which nothing was recognised: its port, EtherType or IP protocol. */
function unknownName(transport: number, port: number): string {
  if (transport === TCP || transport === UDP) return `${transportName(transport)}/${port}`;
  return transport === 0 ? etherTypeName(port) : ipProtocolName(transport);
}

/** Operations as people know them: units and the decoder's finer numbers that share code, name and access together. */
function operations(totals: readonly OperationTotals[], files: Files): OperationSnapshot[] {
  const byMeaning = new Map<string, { meaning: ReturnType<typeof meaningOf>; parts: OperationTotals[] }>();
  for (const part of totals) {
    const meaning = meaningOf(part);
    const key = `${meaning.code}|${meaning.name}|${meaning.access}`;
    const known = byMeaning.get(key);
    if (known === undefined) byMeaning.set(key, { meaning, parts: [part] });
    else known.parts.push(part);
  }
  return [...byMeaning.values()]
    .map(({ meaning, parts }): OperationSnapshot => {
      const sum = (of: (part: OperationTotals) => number) => parts.reduce((total, part) => total + of(part), 0);
      const first = parts.reduce((earliest, part) => (part.firstSeen < earliest.firstSeen ? part : earliest));
      return {
        code: meaning.code,
        name: meaning.name,
        access: meaning.access,
        effect: meaning.effect,
        units: unitsOf(parts),
        unitsAnswered: unitsOf(parts.filter(({ responses, refused }) => responses > refused)),
        requests: sum(({ requests }) => requests),
        responses: sum(({ responses }) => responses),
        errors: sum(({ refused }) => refused),
        firstSeen: first.firstSeen,
        lastSeen: Math.max(...parts.map(({ lastSeen }) => lastSeen)),
        firstFrame: frameReference(first, files),
        ranges: uniteRanges(parts.flatMap((part) => [...part.ranges.values()].map((entry) => range(part, entry)))),
      };
    })
    .sort(byRequests);
}

function unitsOf(parts: readonly OperationTotals[]): number[] {
  const units = parts.map(({ unit }) => unit).filter((unit) => unit >= 0);
  return [...new Set(units)].sort((a, b) => a - b);
}

function meaningOf({ protocol, code }: OperationTotals) {
  const { code: text, name, access, effect } = protocol.operation(code);
  return { code: text, name, access, effect: effect ?? null };
}

function range({ protocol, unit }: OperationTotals, entry: RangeTotals): RangeSnapshot {
  const { intervals, meanInterval, squaredDeviations } = entry;
  return {
    unit: unit < 0 ? null : unit,
    space: protocol.space(entry.space),
    name: entry.name,
    first: entry.name === null ? entry.first : null,
    last: entry.name === null ? entry.last : null,
    times: entry.times,
    ...rhythmOf({ intervals, meanInterval, squaredDeviations }),
  };
}

function quality(
  { counters, evidence }: Picture,
  { hostsSummedUp, conversationsSummedUp }: Listed,
  conversations: readonly ConversationSnapshot[],
): QualitySnapshot {
  const [ok = 0, truncated = 0, malformed = 0, unsupported = 0] = counters.outcomes;
  const { flowsEvicted, dialoguesEvicted, hostsRefused, sightingsRefused, conversationsRefused } = counters;
  const { operationsRefused, rangesMerged, evidenceRefused, packetsShed } = counters;
  const limits = {
    ...{ flowsEvicted, dialoguesEvicted, hostsRefused, sightingsRefused, conversationsRefused },
    ...{ operationsRefused, rangesMerged, evidenceRefused: evidenceRefused + evidence.refused, packetsShed },
    ...{ hostsSummedUp, conversationsSummedUp },
  };
  return {
    duplicates: counters.duplicates,
    cutPackets: counters.cutPackets,
    droppedByCapture: counters.droppedByCapture,
    retransmissions: counters.retransmissions,
    reordered: counters.reordered,
    gaps: counters.gaps,
    fragments: counters.fragments,
    tunnelled: counters.tunnelled,
    vlanTagged: counters.vlanTagged,
    oneSidedShare: oneSidedShare(conversations),
    skippedBytes: counters.skippedBytes,
    messages: { ok, truncated, malformed, unsupported },
    unreadable: occurred(Object.fromEntries(FAULTS.map((name, fault) => [name, counters.faults[fault] ?? 0]))),
    limitsHit: occurred(limits),
  };
}

function occurred(counts: Readonly<Record<string, number>>): Record<string, number> {
  const heard = Object.entries(counts).filter(([, count]) => count > 0);
  return Object.fromEntries(heard.sort(([a], [b]) => compareText(a, b)));
}
