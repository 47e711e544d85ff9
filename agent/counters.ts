/** What the sensor met, passed over or had to give up: plain counts, shown in every report's `capture.quality`. */
import { FAULTS } from '../parsers/net/packet-view.ts';

export class Counters {
  packets = 0;
  bytes = 0;
  /** Frames by what they hold. */
  tcp = 0;
  udp = 0;
  otherIp = 0;
  arp = 0;
  otherEthernet = 0;
  /** Frames that could not be read to their transport, by `Fault`. */
  readonly faults = new Float64Array(FAULTS.length);
  /** Frames that repeat another within `limits.duplicateWindow`: the mirror port shows them twice. */
  duplicates = 0;
  /** Packets captured shorter than they were. */
  cutPackets = 0;
  fragments = 0;
  tunnelled = 0;
  vlanTagged = 0;
  /** Frames to an address of all or many. */
  toGroups = 0;
  /** TCP segments with payload that had all been seen before. */
  retransmissions = 0;
  /** TCP segments that came before their turn. */
  reordered = 0;
  /** Holes in TCP streams that never filled. */
  gaps = 0;
  /** Messages decoded, by `Outcome`. */
  readonly outcomes = new Float64Array(4);
  /** Bytes passed over in search of a message, in streams that are decoded. */
  skippedBytes = 0;
  /** Frames the capturing machine says it lost. */
  droppedByCapture = 0;
  /** Frames of bulk transfers that were counted but not read, as more came than could be. */
  packetsShed = 0;

  /** Entries pushed out or turned away because a table of `limits.ts` was full. */
  flowsEvicted = 0;
  dialoguesEvicted = 0;
  hostsRefused = 0;
  sightingsRefused = 0;
  conversationsRefused = 0;
  operationsRefused = 0;
  rangesMerged = 0;
  evidenceRefused = 0;

  /** What tells how well a source could be heard, so far: take it before and after a source, and the difference is its. */
  hearing(): Hearing {
    const { packets, toGroups, duplicates, cutPackets, gaps, droppedByCapture, vlanTagged, tcp } = this;
    const unreadable = this.faults.reduce((sum, count) => sum + count, 0);
    return { packets, tcp, toGroups, duplicates, cutPackets, gaps, droppedByCapture, vlanTagged, unreadable };
  }
}

/** Counts of frames (of holes in streams, for `gaps`) of one source. */
export interface Hearing {
  readonly packets: number;
  readonly tcp: number;
  readonly toGroups: number;
  readonly duplicates: number;
  readonly cutPackets: number;
  readonly gaps: number;
  readonly droppedByCapture: number;
  readonly vlanTagged: number;
  readonly unreadable: number;
}

/** What came between two hearings. */
export function hearingSince(before: Hearing, after: Hearing): Hearing {
  const keys = Object.keys(after) as (keyof Hearing)[];
  return Object.fromEntries(keys.map((key) => [key, after[key] - before[key]])) as unknown as Hearing;
}

/** What two sensors heard of the same source, each its own part. */
export function addHearings(one: Hearing, other: Hearing): Hearing {
  const keys = Object.keys(one) as (keyof Hearing)[];
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as unknown as Hearing;
}
