import { macText } from '../../parsers/addresses.ts';
import { FAULTS } from '../../parsers/net/packet-view.ts';
import type { ConversationTotals, OperationTotals, RangeTotals } from '../facts/conversations.ts';
import { proofName } from '../facts/conversations.ts';
import { NO_HOST } from '../facts/hosts.ts';
import { etherTypeName, ipProtocolName } from '../facts/names.ts';
import type { Sensor } from '../sensor.ts';
import { addressText, isUnicast } from './address.ts';
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

const TCP = 6;
const UDP = 17;
/** A rhythm needs two intervals at least. */
const TIMES_FOR_A_PERIOD = 3;

/** A picture of what `sensor` has learned so far, after its `finish`. */
export function takeSnapshot(sensor: Sensor, files: readonly FileSnapshot[]): Snapshot {
  const { counters, firstSeen, lastSeen } = sensor;
  const conversations = sensor.conversations.all
    .filter(({ client, server }) => client !== NO_HOST && server !== NO_HOST)
    .map((totals) => conversation(sensor, totals, files))
    .sort(byEnds);
  return {
    capture: {
      packets: counters.packets,
      bytes: counters.bytes,
      firstSeen: Number.isFinite(firstSeen) ? firstSeen : null,
      lastSeen: Number.isFinite(lastSeen) ? lastSeen : null,
      files,
      quality: quality(sensor, conversations),
    },
    hosts: hosts(sensor, files),
    conversations,
  };
}

function hosts(sensor: Sensor, files: readonly FileSnapshot[]): HostSnapshot[] {
  const { hosts, sightings, evidence } = sensor;
  const seen = new Map<number, SightingSnapshot[]>();
  for (let row = 0; row < sightings.count; row++) {
    const host = sightings.host(row);
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
      sightings: seen.get(host) ?? [],
      evidence: evidence.of(host).map(
        ({ file, unit, ...rest }): EvidenceSnapshot => ({
          ...rest,
          unit: unit < 0 ? null : unit,
          file: files[file]?.name ?? '',
        }),
      ),
    });
  }
  return all;
}

function conversation(
  sensor: Sensor,
  totals: ConversationTotals,
  files: readonly FileSnapshot[],
): ConversationSnapshot {
  const { transport, port, protocol } = totals;
  const address = (host: number) => {
    const { hosts } = sensor;
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
    scope: sensor.hosts.scope(totals.server),
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
  files: readonly FileSnapshot[],
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
function operations(totals: readonly OperationTotals[], files: readonly FileSnapshot[]): OperationSnapshot[] {
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
        ...meaning,
        units: unitsOf(parts),
        unitsAnswered: unitsOf(parts.filter(({ responses, refused }) => responses > refused)),
        requests: sum(({ requests }) => requests),
        responses: sum(({ responses }) => responses),
        errors: sum(({ refused }) => refused),
        firstSeen: first.firstSeen,
        lastSeen: Math.max(...parts.map(({ lastSeen }) => lastSeen)),
        firstFrame: frameReference(first, files),
        ranges: parts.flatMap((part) => [...part.ranges.values()].map((entry) => range(part, entry))).sort(byPlace),
      };
    })
    .sort((a, b) => b.requests - a.requests || compare(a.code, b.code) || compare(a.name, b.name));
}

function unitsOf(parts: readonly OperationTotals[]): number[] {
  const units = parts.map(({ unit }) => unit).filter((unit) => unit >= 0);
  return [...new Set(units)].sort((a, b) => a - b);
}

function meaningOf({ protocol, code }: OperationTotals) {
  const { code: text, name, access } = protocol.operation(code);
  return { code: text, name, access };
}

function range({ protocol, unit }: OperationTotals, entry: RangeTotals): RangeSnapshot {
  const intervals = entry.times - 1;
  const rhythmic = entry.times >= TIMES_FOR_A_PERIOD;
  const seconds = (microseconds: number) => Math.round(microseconds) / 1e6;
  return {
    unit: unit < 0 ? null : unit,
    space: protocol.space(entry.space),
    name: entry.name,
    first: entry.name === null ? entry.first : null,
    last: entry.name === null ? entry.last : null,
    times: entry.times,
    period: rhythmic ? seconds(entry.meanInterval) : null,
    jitter: rhythmic ? seconds(Math.sqrt(entry.squaredDeviations / intervals)) : null,
  };
}

function quality(sensor: Sensor, conversations: readonly ConversationSnapshot[]): QualitySnapshot {
  const { counters } = sensor;
  const tcp = conversations.filter(({ transport, packets }) => transport === 'tcp' && packets >= 3);
  const oneSided = tcp.filter((c) => c.packetsFromClient === 0 || c.packetsFromServer === 0).length;
  const [ok = 0, truncated = 0, malformed = 0, unsupported = 0] = counters.outcomes;
  const { flowsEvicted, dialoguesEvicted, hostsRefused, sightingsRefused, conversationsRefused } = counters;
  const { operationsRefused, rangesMerged, evidenceRefused } = counters;
  const limits = {
    ...{ flowsEvicted, dialoguesEvicted, hostsRefused, sightingsRefused, conversationsRefused },
    ...{ operationsRefused, rangesMerged, evidenceRefused: evidenceRefused + sensor.evidence.refused },
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
    oneSidedShare: tcp.length === 0 ? 0 : Math.round((1000 * oneSided) / tcp.length) / 1000,
    skippedBytes: counters.skippedBytes,
    messages: { ok, truncated, malformed, unsupported },
    unreadable: occurred(Object.fromEntries(FAULTS.map((name, fault) => [name, counters.faults[fault] ?? 0]))),
    limitsHit: occurred(limits),
  };
}

function occurred(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function byEnds(a: ConversationSnapshot, b: ConversationSnapshot): number {
  return (
    compare(a.client, b.client) ||
    compare(a.server, b.server) ||
    compare(a.transport, b.transport) ||
    (a.port ?? 0) - (b.port ?? 0) ||
    compare(a.protocol, b.protocol)
  );
}

function byPlace(a: RangeSnapshot, b: RangeSnapshot): number {
  return (
    (a.unit ?? -1) - (b.unit ?? -1) ||
    compare(a.space, b.space) ||
    (a.first ?? 0) - (b.first ?? 0) ||
    (a.last ?? 0) - (b.last ?? 0) ||
    compare(a.name ?? '', b.name ?? '')
  );
}

/** Order by code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
