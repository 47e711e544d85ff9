import type { PacketView } from '../../parsers/net/packet-view.ts';
import type { Moment } from '../facts/moment.ts';
import type { FlowTable } from './flow-table.ts';

/** Words of an entry, all 32-bit; the time is a double. */
const NEXT = 0; // entry behind it in its lane, 0 at the end
const FLOW = 1;
const FLAGS = 2; // TCP flags, and the direction in bit 8
const PAYLOAD_AT = 3;
const PAYLOAD_END = 4;
const MISSING = 5;
const SEQUENCE = 6;
const ACKNOWLEDGMENT = 7;
const FRAME = 8;
const WORDS = 12;
const TIME = 5; // in doubles
const DOUBLES = WORDS / 2;
const DIRECTION_SHIFT = 8;

/** Packets put off at most: their bytes, some 200 kB, should still be in the processor's cache when they are worked on. */
const CAPACITY = 2048;

/** Works on a packet whose flow is known; `v` has of it what decoding needs. */
export type Work = (v: PacketView, flow: number, direction: 0 | 1) => void;

/**
 * Packets that are put off until those of the same flow can be worked on one after the other. Neighbours on the wire
 * belong to different connections and protocols; taken as they come, each waits for its connection's state and its
 * decoder's code to come into the processor's caches, which takes longer than the work.
 *
 * Packets of a lane keep their order. A lane is a flow; flows that depend on one another share one (see FlowTable).
 */
export class Backlog {
  readonly #flows: FlowTable;
  readonly #moment: Moment;
  readonly #work: Work;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #lanes = new Int32Array(CAPACITY); // that are not empty, in order of their first packet
  #laneCount = 0;
  #used = 0; // entries, which count from 1
  #bytes: Uint8Array = new Uint8Array(0); // in which the payloads of all entries lie

  constructor(flows: FlowTable, moment: Moment, work: Work) {
    this.#flows = flows;
    this.#moment = moment;
    this.#work = work;
    const buffer = new ArrayBuffer((CAPACITY + 1) * WORDS * 4);
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
  }

  /** Puts off the packet in view. Its bytes must stay until `settleAll`, or `settle` of its lane. */
  add(v: PacketView, flow: number, direction: 0 | 1): void {
    if (v.bytes !== this.#bytes) {
      this.settleAll(v);
      this.#bytes = v.bytes;
    }
    const entry = ++this.#used;
    const at = entry * WORDS;
    const words = this.#words;
    words[at + NEXT] = 0;
    words[at + FLOW] = flow;
    words[at + FLAGS] = v.flags | (direction << DIRECTION_SHIFT);
    words[at + PAYLOAD_AT] = v.payloadAt;
    words[at + PAYLOAD_END] = v.payloadEnd;
    words[at + MISSING] = v.missingBytes;
    words[at + SEQUENCE] = v.sequence;
    words[at + ACKNOWLEDGMENT] = v.acknowledgment;
    words[at + FRAME] = this.#moment.frame;
    this.#doubles[entry * DOUBLES + TIME] = this.#moment.time;

    const flows = this.#flows;
    const lane = flows.lane(flow);
    const last = flows.lastWaiting(lane);
    if (last === 0) {
      this.#lanes[this.#laneCount++] = lane;
      flows.setFirstWaiting(lane, entry);
    } else {
      words[last * WORDS + NEXT] = entry;
    }
    flows.setLastWaiting(lane, entry);
    if (entry === CAPACITY) this.settleAll(v);
  }

  /** Works on all that was put off. `v` is left as it is found. */
  settleAll(v: PacketView): void {
    for (let i = 0; i < this.#laneCount; i++) this.settle(this.#lanes[i] as number, v);
    this.#laneCount = 0;
    this.#used = 0;
  }

  /** Works on what was put off in a lane. `v` is left as it is found. */
  settle(lane: number, v: PacketView): void {
    let entry = this.#flows.firstWaiting(lane);
    if (entry === 0) return;
    // the lane is empty from here on: what the work may settle again must not come twice
    this.#flows.setFirstWaiting(lane, 0);
    this.#flows.setLastWaiting(lane, 0);
    const moment = this.#moment;
    const { time, frame } = moment;
    const { bytes, flags, payloadAt, payloadEnd, missingBytes, sequence, acknowledgment } = v;
    const words = this.#words;
    v.bytes = this.#bytes;
    while (entry !== 0) {
      const at = entry * WORDS;
      const direction = ((words[at + FLAGS] as number) >> DIRECTION_SHIFT) as 0 | 1;
      v.flags = (words[at + FLAGS] as number) & 0xff;
      v.payloadAt = words[at + PAYLOAD_AT] as number;
      v.payloadEnd = words[at + PAYLOAD_END] as number;
      v.missingBytes = words[at + MISSING] as number;
      v.sequence = words[at + SEQUENCE] as number;
      v.acknowledgment = words[at + ACKNOWLEDGMENT] as number;
      moment.frame = words[at + FRAME] as number;
      moment.time = this.#doubles[entry * DOUBLES + TIME] as number;
      const flow = words[at + FLOW] as number;
      entry = words[at + NEXT] as number;
      this.#work(v, flow, direction);
    }
    moment.time = time;
    moment.frame = frame;
    v.bytes = bytes;
    v.flags = flags;
    v.payloadAt = payloadAt;
    v.payloadEnd = payloadEnd;
    v.missingBytes = missingBytes;
    v.sequence = sequence;
    v.acknowledgment = acknowledgment;
  }
}
