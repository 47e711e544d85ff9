/**
 * Who of several readers works on a frame: each has flows of its own. No flow, conversation or announcement is ever two
 * readers' affair, so that together they know exactly what one reader of everything knows.
 */
import { Kind, type PacketView } from '../../parsers/net/packet-view.ts';
import type { Protocol } from '../../parsers/protocol.ts';
import { protocols as allProtocols } from '../../parsers/registry.ts';

/** One reader's part of what several read together. */
export interface Share {
  /** From 0. */
  readonly reader: number;
  /** The reader of each bucket; see `bucketOf`. */
  readonly readers: Uint8Array;
  /** What the buckets depend on beside the frames, so that nobody can send frames that are all one reader's. */
  readonly seed: number;
}

/** Pairs of addresses fall into this many buckets (a power of two); one more is that of linked protocols. */
const PAIR_BUCKETS = 1024;
export const BUCKETS = PAIR_BUCKETS + 1;
/** Flows on the ports of linked protocols: what one arranges another carries, whoever its ends are. */
export const LINKED_BUCKET = PAIR_BUCKETS;
/** The reader of what has no addresses, and of what captures say of themselves. */
export const FIRST_READER = 0;

/** Ports below are servers' (RFC 6335, section 6): a flow with one is that service, whatever its other port. */
const SYSTEM_PORTS = 1024;

/** What a port says of a flow that has it. */
const PortUse = { any: 0, linked: 1, other: 2 } as const;
const portUses = portUsesOf(allProtocols);

function portUsesOf(protocols: readonly Protocol[]): Uint8Array {
  const uses = new Uint8Array(65_536).fill(PortUse.other, 0, SYSTEM_PORTS);
  for (const linked of [false, true]) {
    for (const protocol of protocols.filter((candidate) => (candidate.linked === true) === linked)) {
      for (const port of [...protocol.tcpPorts, ...protocol.udpPorts]) {
        uses[port] = linked ? PortUse.linked : PortUse.other;
      }
    }
  }
  return uses;
}

/** Whether a flow between two ports is taken for one of a linked protocol, and goes where all of them go. */
export function onLinkedPorts(one: number, other: number): boolean {
  return ((portUses[one] as number) | (portUses[other] as number)) === PortUse.linked;
}

/** The bucket of the frame in view; the same for both directions of a flow. */
export function bucketOf(v: PacketView, kind: Kind, seed: number): number {
  switch (kind) {
    case Kind.tcp:
    case Kind.udp:
      if (onLinkedPorts(v.sourcePort, v.destinationPort)) return LINKED_BUCKET;
      return pairBucket(v, seed);
    case Kind.ip:
    case Kind.arp:
      return pairBucket(v, seed);
    case Kind.ethernet:
      return bucket(
        mixed(v.sourceMacLow ^ Math.imul(v.sourceMacHigh, 0x85ebca6b), seed),
        mixed(v.destinationMacLow ^ Math.imul(v.destinationMacHigh, 0x85ebca6b), seed),
      );
    default:
      return LINKED_BUCKET;
  }
}

function pairBucket(v: PacketView, seed: number): number {
  if (v.family !== 6) return pairBucketIpv4(v.source0, v.destination0, seed);
  return bucket(
    mixed6(v.source0, v.source1, v.source2, v.source3, seed),
    mixed6(v.destination0, v.destination1, v.destination2, v.destination3, seed),
  );
}

/** The bucket of two IPv4 addresses. */
export function pairBucketIpv4(one: number, other: number, seed: number): number {
  return bucket(mixed(one, seed), mixed(other, seed));
}

/** The same whichever end comes first. */
function bucket(one: number, other: number): number {
  const sum = (one + other) | 0;
  return (sum ^ (sum >>> 11) ^ (sum >>> 22)) & (PAIR_BUCKETS - 1);
}

function mixed(word: number, seed: number): number {
  const h = Math.imul(word ^ seed, 0x9e3779b1);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
}

function mixed6(w0: number, w1: number, w2: number, w3: number, seed: number): number {
  return mixed(w0 ^ mixed(w1 ^ mixed(w2 ^ mixed(w3, seed), seed), seed), seed);
}

/** What reading a capture and giving its frames out takes of the time that working on them does, by measurement. */
export const GIVING_OUT = 0.2;

/**
 * Shares buckets out so that every reader has about as much to do; the first also reads, and gives out.
 * @param loads what each bucket asks for; only their ratios count
 */
export function shareOut(loads: ArrayLike<number>, readers: number): Uint8Array {
  const readerOf = new Uint8Array(BUCKETS);
  const given = new Float64Array(readers);
  given[FIRST_READER] = GIVING_OUT * Array.from(loads).reduce((sum, load) => sum + load, 0);
  const buckets = Array.from({ length: BUCKETS }, (_, index) => ({ index, load: loads[index] ?? 0 }));
  // the heaviest first, each to who has least; those that nothing is known of in turn
  buckets.sort((a, b) => b.load - a.load || a.index - b.index);
  let turn = 0;
  for (const { index, load } of buckets) {
    const reader = load === 0 ? turn++ % readers : given.indexOf(Math.min(...given));
    given[reader] = (given[reader] as number) + load;
    readerOf[index] = reader;
  }
  return readerOf;
}
