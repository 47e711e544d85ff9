import { randomInt } from 'node:crypto';
import type { PacketView } from '../../parsers/net/packet-view.ts';
import type { Limits } from '../limits.ts';
import { powerOfTwoAtLeast } from '../tables/key-table.ts';
import type { Dialogue, Proof } from './dialogue.ts';

/** Words of a record, all 32-bit. The addresses are in order, so that both directions find the same record. */
const LOW = 0; // the lower end: an IPv4 address, or a host number
const HIGH = 1;
const PORTS = 2; // the lower end's port above, the higher end's below
const KIND = 3; // protocol, family, scope: see flowKind
const NEXT = 4; // record that shares the bucket, or the free list
const HOST = 5; // 2 words: the hosts that send in direction 0 (from the lower end) and 1
const STATE = 7;
const DIALOGUE = 8; // index into dialogues + 1
const HOP = 9; // 6 words: MAC, VLAN and TTL last seen, of both directions
const PROTOCOL = 15; // registry number + 1 of the protocol that a dialogue confirmed
const MARK = 16; // 4 words: the marks of the last two packets of each direction, the newer first
const SYN_SEQUENCE = 36; // 2 words: initial sequence numbers of both directions, valid with STATE's bits
const FIRST_FILE = 38; // the file and the number of the frame with which the counts begin
const FIRST_FRAME = 39;
const WAITING = 40; // 2 words: first and last entry of this lane in the backlog, 0 when it is empty
const WORDS = 42;
/** Doubles of a record, at the same offset halved. */
const PACKETS = 10;
const BYTES = 12;
const FIRST = 14;
const LAST = 16;

/**
 * STATE: the client's direction, its proof, payload ignored, SYN seen in directions 0 and 1, linked to others, told,
 * passing, attempts.
 */
const CLIENT = 1;
const PROOF_SHIFT = 1;
const PROOF_MASK = 6;
const IGNORED = 8;
const SYN_SEEN = 16; // and 32
const LINKED = 64;
const TOLD = 128;
const PASSING = 256;
const ATTEMPTS_SHIFT = 9;

/** The lane of all flows whose protocols are linked: the record that stands for none. */
export const SHARED_LANE = 0;

/** Kinds of flow by what their ends are. */
export const Family = { ipv4: 0, ipv6: 1, ethernet: 2 } as const;
export type Family = (typeof Family)[keyof typeof Family];

/** What tells flows between the same ends apart: IP protocol number, family, and scope of their addresses. */
export function flowKind(protocol: number, family: Family, scope: number): number {
  return protocol | (family << 8) | (scope << 16);
}

/** An odd number that outsiders do not know. */
function oddFactor(): number {
  return randomInt(2 ** 32) | 1;
}

/** Flows looked at when one must go: of a few, the first that is passing goes, else the one idle longest. */
const EVICTION_CANDIDATES = 8;
/** Packets each way after which a flow is more than a scan's or a forger's: it is no longer passing. */
const PASSING_PACKETS = 1;

/** Buckets for each record: many, so that a flow that is new, as nearly all of a flood are, finds an empty one. */
const BUCKETS_PER_FLOW = 8;

/** KIND of a record that is nobody's. */
const FREE = -1;
const FIRST_RECORD = WORDS; // record 0 stands for none

/**
 * Every flow under watch: one fixed record each in one typed array, found by hash. A flow is both directions between
 * two ends; direction 0 is from the lower end. Lookups and updates allocate nothing.
 */
export class FlowTable {
  readonly #ceiling: number;
  readonly #passingCeiling: number;
  readonly #factor0 = oddFactor();
  readonly #factor1 = oddFactor();
  readonly #factor2 = oddFactor();
  readonly #retire: (flow: number) => void;
  #words: Int32Array;
  #doubles: Float64Array;
  #buckets: Int32Array;
  #mask: number; // of the hash: the bucket
  #capacity: number;
  #used = 0; // records ever taken, freed or not
  #free = 0;
  #hand = 0; // the record looked at last for one that may go
  #passingHand = 0; // and for one that is passing
  readonly #dialogues: (Dialogue | undefined)[] = [];
  readonly #freeDialogues: number[] = [];
  /** Flows now. */
  size = 0;
  /** Those of them that have shown no more than a packet each way, and nothing that was recognised. */
  passing = 0;
  dialogues = 0;
  /** Set by `find`. */
  direction: 0 | 1 = 0;
  created = false;

  /** @param retire told of a flow before its record is given to another */
  constructor(limits: Limits, retire: (flow: number) => void) {
    this.#ceiling = limits.flows;
    this.#passingCeiling = Math.min(limits.passingFlows, limits.flows);
    this.#retire = retire;
    this.#capacity = Math.min(1024, limits.flows);
    const buffer = new ArrayBuffer((this.#capacity + 1) * WORDS * 4);
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    this.#words[KIND] = FREE; // record 0 is no flow's
    this.#buckets = new Int32Array(powerOfTwoAtLeast(BUCKETS_PER_FLOW * this.#capacity));
    this.#mask = this.#buckets.length - 1;
  }

  /**
   * The flow between two ends, made if need be (then `created` is set); `direction` tells which of them sends now.
   * @param source an IPv4 address, or a host number
   * @param kind as `flowKind` makes it
   */
  find(source: number, destination: number, sourcePort: number, destinationPort: number, kind: number): number {
    const fromLow = source < destination || (source === destination && sourcePort <= destinationPort);
    this.direction = fromLow ? 0 : 1;
    const low = fromLow ? source : destination;
    const high = fromLow ? destination : source;
    const ports = fromLow ? (sourcePort << 16) | destinationPort : (destinationPort << 16) | sourcePort;
    const hash = this.#hash(low, high, ports, kind);
    return this.#found(this.#buckets[hash & this.#mask] as number, low, high, ports, kind, hash);
  }

  /** As `find`, for the IPv4 packet in view: straight from its fields, for it is done for nearly every packet. */
  findIpv4(v: PacketView, kind: number): number {
    const { source0, destination0 } = v;
    const fromLow = source0 < destination0 || (source0 === destination0 && v.sourcePort <= v.destinationPort);
    const low = fromLow ? source0 : destination0;
    const high = fromLow ? destination0 : source0;
    const ports = fromLow ? (v.sourcePort << 16) | v.destinationPort : (v.destinationPort << 16) | v.sourcePort;
    this.direction = fromLow ? 0 : 1;
    const words = this.#words;
    const hash = this.#hash(low, high, ports, kind);
    const flow = this.#buckets[hash & this.#mask] as number;
    if (words[flow + LOW] === low && words[flow + HIGH] === high && words[flow + PORTS] === ports) {
      if (words[flow + KIND] === kind) {
        this.created = false;
        return flow;
      }
    }
    return this.#found(flow, low, high, ports, kind, hash);
  }

  /** The flow in the bucket that begins with `flow`, made if need be. */
  #found(flow: number, low: number, high: number, ports: number, kind: number, hash: number): number {
    const words = this.#words;
    while (flow !== 0) {
      if (words[flow + LOW] === low && words[flow + HIGH] === high && words[flow + PORTS] === ports) {
        if (words[flow + KIND] === kind) {
          this.created = false;
          return flow;
        }
      }
      flow = words[flow + NEXT] as number;
    }
    this.created = true;
    return this.#make(low, high, ports, kind, hash);
  }

  /** Counts a packet of `bytes` on the wire; answers whether none of its direction is earlier. */
  count(flow: number, direction: 0 | 1, bytes: number, time: number): boolean {
    const doubles = this.#doubles;
    const at = (flow >> 1) + direction;
    const packets = doubles[at + PACKETS] as number;
    doubles[at + PACKETS] = packets + 1;
    doubles[at + BYTES] = (doubles[at + BYTES] as number) + bytes;
    if (packets === 0) {
      doubles[at + FIRST] = time;
      doubles[at + LAST] = time;
      return true;
    }
    if (packets === PASSING_PACKETS) this.#stays(flow);
    if (time > (doubles[at + LAST] as number)) doubles[at + LAST] = time;
    if (time >= (doubles[at + FIRST] as number)) return false;
    doubles[at + FIRST] = time;
    return true;
  }

  /**
   * Whether a packet is a copy of one of the two before it in its direction, not longer ago than `window`; if it is
   * not, its mark is kept. Copies come at once, or behind the next packet.
   * @param time microseconds
   * @param lasting the mark cannot come again for long (IP identification counts up): the older one counts too
   */
  copied(flow: number, direction: 0 | 1, mark: number, lasting: boolean, time: number, window: number): boolean {
    const words = this.#words;
    const at = flow + MARK + 2 * direction;
    const age = time - (this.#doubles[(flow >> 1) + LAST + direction] as number);
    const newer = words[at] as number;
    if (age <= window && age >= -window) {
      if (newer === mark || (lasting && words[at + 1] === mark))
        return this.packets(flow, direction) > 0 || this.told(flow);
    }
    words[at] = mark;
    words[at + 1] = newer;
    return false;
  }

  /** Notes behind which MAC and VLAN and with which TTL the sender is; answers whether that is news. */
  hop(flow: number, direction: 0 | 1, macHigh: number, macLow: number, vlan: number, ttl: number): boolean {
    const words = this.#words;
    const at = flow + HOP + 3 * direction;
    const place = (macHigh << 12) | vlan;
    if (words[at] === macLow && words[at + 1] === place && words[at + 2] === ttl) return false;
    words[at] = macLow;
    words[at + 1] = place;
    words[at + 2] = ttl;
    return true;
  }

  /** Notes the first frame of a direction: the flow's first one, unless the other direction was before it. */
  begins(flow: number, direction: 0 | 1, file: number, frame: number): void {
    const other = (1 - direction) as 0 | 1;
    if (this.packets(flow, other) > 0 && this.firstSeen(flow, other) <= this.firstSeen(flow, direction)) return;
    this.#words[flow + FIRST_FILE] = file;
    this.#words[flow + FIRST_FRAME] = frame;
  }
  /** Index of the file of the frame with which the counts begin. */
  firstFile(flow: number): number {
    return this.#words[flow + FIRST_FILE] as number;
  }
  /** Number of that frame within its file, from 1. */
  firstFrame(flow: number): number {
    return (this.#words[flow + FIRST_FRAME] as number) >>> 0;
  }

  packets(flow: number, direction: 0 | 1): number {
    return this.#doubles[(flow >> 1) + PACKETS + direction] as number;
  }
  bytes(flow: number, direction: 0 | 1): number {
    return this.#doubles[(flow >> 1) + BYTES + direction] as number;
  }
  firstSeen(flow: number, direction: 0 | 1): number {
    return this.#doubles[(flow >> 1) + FIRST + direction] as number;
  }
  lastSeen(flow: number, direction: 0 | 1): number {
    return this.#doubles[(flow >> 1) + LAST + direction] as number;
  }

  /** Whether the counts were taken over before: what they hold now is the rest of the same connection. */
  told(flow: number): boolean {
    return ((this.#words[flow + STATE] as number) & TOLD) !== 0;
  }

  /** Starts the counts of packets and bytes anew: they have been taken over. What tells copies stays as it is. */
  resetCounts(flow: number): void {
    this.#words[flow + STATE] = (this.#words[flow + STATE] as number) | TOLD;
    this.#doubles.fill(0, (flow >> 1) + PACKETS, (flow >> 1) + LAST);
  }

  /** The address of the end that sends in `direction`, as `find` was given it. */
  address(flow: number, direction: 0 | 1): number {
    return this.#words[flow + (direction === 0 ? LOW : HIGH)] as number;
  }
  /** The port of the end that sends in `direction`. */
  port(flow: number, direction: 0 | 1): number {
    const ports = this.#words[flow + PORTS] as number;
    return direction === 0 ? ports >>> 16 : ports & 0xffff;
  }
  /** IP protocol number. */
  protocol(flow: number): number {
    return (this.#words[flow + KIND] as number) & 0xff;
  }
  /** The scope of both addresses. */
  scope(flow: number): number {
    return (this.#words[flow + KIND] as number) >>> 16;
  }
  family(flow: number): Family {
    return (((this.#words[flow + KIND] as number) >> 8) & 0xff) as Family;
  }

  /** The host that sends in `direction`. */
  host(flow: number, direction: 0 | 1): number {
    return this.#words[flow + HOST + direction] as number;
  }
  setHosts(flow: number, ofDirection0: number, ofDirection1: number): void {
    this.#words[flow + HOST] = ofDirection0;
    this.#words[flow + HOST + 1] = ofDirection1;
  }

  /** The direction in which the client sends, as far as is known. */
  client(flow: number): 0 | 1 {
    return ((this.#words[flow + STATE] as number) & CLIENT) as 0 | 1;
  }
  proof(flow: number): Proof {
    return (((this.#words[flow + STATE] as number) & PROOF_MASK) >> PROOF_SHIFT) as Proof;
  }
  setClient(flow: number, client: 0 | 1, proof: Proof): void {
    const rest = (this.#words[flow + STATE] as number) & ~(CLIENT | PROOF_MASK);
    this.#words[flow + STATE] = rest | client | (proof << PROOF_SHIFT);
  }

  /** Notes a SYN with its initial sequence number; answers whether it opens a new connection. */
  syn(flow: number, direction: 0 | 1, sequence: number): boolean {
    const words = this.#words;
    const bit = SYN_SEEN << direction;
    const at = flow + SYN_SEQUENCE + direction;
    if (((words[flow + STATE] as number) & bit) !== 0 && words[at] === sequence) return false;
    words[flow + STATE] = ((words[flow + STATE] as number) | bit) & ~TOLD;
    words[at] = sequence;
    return true;
  }
  synSeen(flow: number, direction: 0 | 1): boolean {
    return ((this.#words[flow + STATE] as number) & (SYN_SEEN << direction)) !== 0;
  }
  /** The number of the first data byte of a direction whose SYN was seen. */
  firstSequence(flow: number, direction: 0 | 1): number {
    return ((this.#words[flow + SYN_SEQUENCE + direction] as number) + 1) | 0;
  }

  /** The number (1 and up) of the protocol that the flow is known to speak, 0 when none is. */
  knownProtocol(flow: number): number {
    return this.#words[flow + PROTOCOL] as number;
  }
  setKnownProtocol(flow: number, protocol: number): void {
    this.#words[flow + PROTOCOL] = protocol;
  }

  /** Whether the payload is no longer looked into. */
  ignored(flow: number): boolean {
    return ((this.#words[flow + STATE] as number) & IGNORED) !== 0;
  }
  ignore(flow: number): void {
    this.#words[flow + STATE] = (this.#words[flow + STATE] as number) | IGNORED;
  }
  /** Looks into the payload again, as if nothing had been tried. */
  reconsider(flow: number): void {
    this.#words[flow + STATE] = (this.#words[flow + STATE] as number) & ((1 << ATTEMPTS_SHIFT) - 1) & ~IGNORED;
  }
  /** Attempts to identify the protocol that have failed so far. */
  attempts(flow: number): number {
    return (this.#words[flow + STATE] as number) >> ATTEMPTS_SHIFT;
  }
  /** Counts an attempt to identify the protocol; answers how many there were. */
  attempt(flow: number): number {
    const state = (this.#words[flow + STATE] as number) + (1 << ATTEMPTS_SHIFT);
    this.#words[flow + STATE] = state;
    return state >> ATTEMPTS_SHIFT;
  }

  /** The most dialogues there ever were at once. */
  get mostDialogues(): number {
    return this.#dialogues.length;
  }

  /** The lane of the backlog in which the flow's packets wait: its own, or the one that linked flows share. */
  lane(flow: number): number {
    return ((this.#words[flow + STATE] as number) & LINKED) === 0 ? flow : SHARED_LANE;
  }
  firstWaiting(lane: number): number {
    return this.#words[lane + WAITING] as number;
  }
  setFirstWaiting(lane: number, entry: number): void {
    this.#words[lane + WAITING] = entry;
  }
  lastWaiting(lane: number): number {
    return this.#words[lane + WAITING + 1] as number;
  }
  setLastWaiting(lane: number, entry: number): void {
    this.#words[lane + WAITING + 1] = entry;
  }

  dialogue(flow: number): Dialogue | undefined {
    const index = this.#words[flow + DIALOGUE] as number;
    return index === 0 ? undefined : this.#dialogues[index - 1];
  }
  setDialogue(flow: number, dialogue: Dialogue): void {
    const index = this.#freeDialogues.pop() ?? this.#dialogues.length;
    this.#dialogues[index] = dialogue;
    this.#words[flow + DIALOGUE] = index + 1;
    const state = (this.#words[flow + STATE] as number) & ~LINKED;
    this.#words[flow + STATE] = dialogue.outer.protocol.linked === true ? state | LINKED : state;
    this.#stays(flow);
    this.dialogues++;
  }
  clearDialogue(flow: number): void {
    const index = (this.#words[flow + DIALOGUE] as number) - 1;
    if (index < 0) return;
    this.#dialogues[index] = undefined;
    this.#freeDialogues.push(index);
    this.#words[flow + DIALOGUE] = 0;
    this.dialogues--;
    this.#mayPass(flow);
  }

  /** Calls `visit` with every flow, in the order of their records: the same whatever the hash. */
  each(visit: (flow: number) => void): void {
    for (let index = 0, flow = FIRST_RECORD; index < this.#used; index++, flow += WORDS) {
      if (!this.#isFree(flow)) visit(flow);
    }
  }

  /** The flow idle longest among a few taken in turn whose payload is being decoded, or 0. */
  idlestDialogue(): number {
    return this.#idlest(true);
  }

  /**
   * The flow idle longest among a few taken in turn; one that is passing, or of those with a dialogue one that has just
   * begun or told nothing yet, comes before all others.
   */
  #idlest(withDialogue: boolean): number {
    const words = this.#words;
    let idlest = 0;
    let oldest = Number.POSITIVE_INFINITY;
    let candidates = 0;
    for (let step = 0; step < this.#used && candidates < EVICTION_CANDIDATES; step++) {
      this.#hand = this.#hand >= this.#used ? 1 : this.#hand + 1;
      const flow = this.#hand * WORDS;
      if (this.#isFree(flow)) continue;
      if (withDialogue && words[flow + DIALOGUE] === 0) continue;
      if (withDialogue ? this.#hasJustBegun(flow) || this.dialogue(flow)?.isMute === true : this.isPassing(flow))
        return flow;
      candidates++;
      const last = Math.max(this.lastSeen(flow, 0), this.lastSeen(flow, 1));
      if (last < oldest) {
        oldest = last;
        idlest = flow;
      }
    }
    return idlest;
  }

  /** The next passing flow in turn; there must be one. As records are taken in turn too, it is the oldest or nearly so. */
  #nextPassing(): number {
    do this.#passingHand = this.#passingHand >= this.#used ? 1 : this.#passingHand + 1;
    while (!this.isPassing(this.#passingHand * WORDS));
    return this.#passingHand * WORDS;
  }

  /** Whether passing flows push one another out. */
  get crowded(): boolean {
    return this.passing >= this.#passingCeiling;
  }

  /** Whether it has shown no more than a packet each way, and nothing that was recognised. */
  isPassing(flow: number): boolean {
    return ((this.#words[flow + STATE] as number) & PASSING) !== 0;
  }

  #hasJustBegun(flow: number): boolean {
    return this.packets(flow, 0) <= PASSING_PACKETS && this.packets(flow, 1) <= PASSING_PACKETS;
  }

  /** A flow is more than passing. */
  #stays(flow: number): void {
    if (!this.isPassing(flow)) return;
    this.#words[flow + STATE] = (this.#words[flow + STATE] as number) & ~PASSING;
    this.passing--;
  }

  /** A flow is passing (again), unless it has shown more. */
  #mayPass(flow: number): void {
    if (this.isPassing(flow) || this.knownProtocol(flow) !== 0 || !this.#hasJustBegun(flow)) return;
    this.#words[flow + STATE] = (this.#words[flow + STATE] as number) | PASSING;
    this.passing++;
  }

  #isFree(flow: number): boolean {
    return this.#words[flow + KIND] === FREE;
  }

  #make(low: number, high: number, ports: number, kind: number, hash: number): number {
    if (this.crowded) this.#evict(this.#nextPassing());
    else if (this.size === this.#ceiling) this.#evict(this.#idlest(false));
    let flow = this.#free;
    if (flow !== 0) {
      this.#free = this.#words[flow + NEXT] as number;
    } else {
      if (this.#used === this.#capacity) this.#grow();
      flow = FIRST_RECORD + this.#used++ * WORDS;
    }
    const words = this.#words;
    const doubles = this.#doubles;
    for (let at = flow >> 1; at < (flow + WORDS) >> 1; at++) doubles[at] = 0; // two words at once
    words[flow + LOW] = low;
    words[flow + HIGH] = high;
    words[flow + PORTS] = ports;
    words[flow + KIND] = kind;
    words[flow + STATE] = PASSING;
    this.passing++;
    const bucket = hash & this.#mask;
    words[flow + NEXT] = this.#buckets[bucket] as number;
    this.#buckets[bucket] = flow;
    this.size++;
    return flow;
  }

  /**
   * Four independent products (fast), by factors that outsiders do not know (so that none can make a bucket long),
   * then mixed so that the low bits, which choose the bucket, depend on all.
   */
  #hash(low: number, high: number, ports: number, kind: number): number {
    const h = Math.imul(low, this.#factor0) ^ Math.imul(high, this.#factor1) ^ Math.imul(ports, this.#factor2) ^ kind;
    const mixed = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    return mixed ^ (mixed >>> 13);
  }

  #bucketOf(flow: number): number {
    const words = this.#words;
    const hash = this.#hash(
      words[flow + LOW] as number,
      words[flow + HIGH] as number,
      words[flow + PORTS] as number,
      words[flow + KIND] as number,
    );
    return hash & this.#mask;
  }

  #link(flow: number): void {
    const bucket = this.#bucketOf(flow);
    this.#words[flow + NEXT] = this.#buckets[bucket] as number;
    this.#buckets[bucket] = flow;
  }

  #evict(flow: number): void {
    this.#retire(flow);
    this.clearDialogue(flow);
    this.#stays(flow);
    const words = this.#words;
    const bucket = this.#bucketOf(flow);
    if (this.#buckets[bucket] === flow) {
      this.#buckets[bucket] = words[flow + NEXT] as number;
    } else {
      let before = this.#buckets[bucket] as number;
      while (words[before + NEXT] !== flow) before = words[before + NEXT] as number;
      words[before + NEXT] = words[flow + NEXT] as number;
    }
    words[flow + KIND] = FREE;
    words[flow + NEXT] = this.#free;
    this.#free = flow;
    this.size--;
  }

  #grow(): void {
    this.#capacity = Math.min(this.#ceiling, 2 * this.#capacity);
    const buffer = new ArrayBuffer((this.#capacity + 1) * WORDS * 4);
    const words = new Int32Array(buffer);
    words.set(this.#words);
    this.#words = words;
    this.#doubles = new Float64Array(buffer);
    this.#buckets = new Int32Array(powerOfTwoAtLeast(BUCKETS_PER_FLOW * this.#capacity));
    this.#mask = this.#buckets.length - 1;
    for (let index = 0, flow = FIRST_RECORD; index < this.#used; index++, flow += WORDS) {
      this.#link(flow);
    }
  }
}
