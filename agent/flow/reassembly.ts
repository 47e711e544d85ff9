import type { Counters } from '../counters.ts';
import type { Moment } from '../facts/moment.ts';
import type { Limits } from '../limits.ts';
import type { Budget } from './budget.ts';

/** What all streams share. */
export interface ReassemblyContext {
  readonly heldSegments: Budget;
  readonly moment: Moment;
  readonly limits: Limits;
  readonly counters: Counters;
}

interface Waiting {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly missing: number;
  readonly time: number;
  readonly frame: number;
}

/** What a segment that waits takes beside its bytes, so that even one without any is known to wait. */
const WAITING_BYTES = 64;

/**
 * The first segment that waits, and a message that has begun, are kept whatever else is, when they are no longer: a
 * controller's, while a flood holds all that may be held. For each direction of each flow under decode: 16 MB of each.
 */
export const ASSURED_BYTES = 512;

/** A segment this far from where the stream stands belongs to another connection, or follows a very long loss. */
const PLAUSIBLE_DISTANCE = 1 << 26;

/**
 * Puts one direction of a TCP connection in order (RFC 9293, section 3.4): bytes seen before are dropped, segments
 * that came early wait, and what never comes is declared lost, so that the decoder goes on behind the hole. The first
 * copy of a byte counts. In the common case, the segment that was expected, nothing is copied or kept.
 *
 * Who takes the bytes (PduStream) extends this class, and is thereby one object in memory: at millions of segments a
 * second spread over hundreds of flows, each further object on the way is a wait for memory.
 */
export abstract class Reassembly {
  // what every segment needs first: fields lie in memory as they stand here
  #started = false;
  #next = 0;
  #waiting: Waiting[] | undefined; // by sequence number; absent when none waits, as nearly always
  #waitingSince = 0;
  readonly #shared: ReassemblyContext;

  constructor(shared: ReassemblyContext) {
    this.#shared = shared;
  }

  /** Takes the stream's next bytes. */
  protected abstract push(b: Uint8Array, at: number, end: number): void;

  /** Bytes were lost before whatever comes next. */
  protected abstract lost(): void;

  /** A SYN set the first data byte's number. */
  start(sequence: number): void {
    this.close();
    this.#started = true;
    this.#next = sequence | 0;
  }

  /** Takes the segment that carries `b[at, end)` from `sequence` on; `missing` more bytes were cut by the capture. */
  segment(sequence: number, b: Uint8Array, at: number, end: number, missing: number): void {
    if (!this.#started) {
      if (end - at + missing <= 1) return; // a keep-alive's byte is no data (RFC 9293, section 3.8.4)
      this.#started = true;
      this.#next = sequence;
    }
    const ahead = (sequence - this.#next) | 0;
    if (ahead === 0) {
      this.#deliver(b, at, end, missing);
    } else if (ahead >= PLAUSIBLE_DISTANCE || ahead <= -PLAUSIBLE_DISTANCE) {
      this.flush();
      this.#lose();
      this.#next = sequence;
      this.#deliver(b, at, end, missing);
    } else if (ahead > 0) {
      this.#wait(sequence, b, at, end, missing);
    } else if (end - at + missing > -ahead) {
      const known = Math.min(-ahead, end - at);
      this.#deliver(b, at + known, end, missing - (-ahead - known));
    } else {
      this.#shared.counters.retransmissions++;
      return;
    }
    if (this.#waiting !== undefined) this.#settle(false);
  }

  /**
   * The other side has acknowledged everything before `sequence`. Where that is more than the first segment that
   * waits, what is missing before it arrived there and was lost by the mirror: an acknowledgment that overtakes the
   * segment it answers, which itself overtook the one before, is rarer than a lost segment.
   */
  acknowledged(sequence: number): void {
    if (this.#waiting === undefined) return;
    const first = this.#waiting[0] as Waiting;
    if (((sequence - first.sequence) | 0) > 0) this.#settle(true);
  }

  /** Nothing more will come: what waits is delivered behind its holes. */
  flush(): void {
    while (this.#waiting !== undefined) this.#settle(true);
  }

  #deliver(b: Uint8Array, at: number, end: number, missing: number): void {
    this.#next = (this.#next + (end - at)) | 0;
    if (at < end) this.push(b, at, end);
    if (missing > 0) {
      this.#next = (this.#next + missing) | 0;
      this.#lose();
    }
  }

  #wait(sequence: number, b: Uint8Array, at: number, end: number, missing: number): void {
    const waiting = this.#waiting ?? [];
    let place = waiting.length;
    while (place > 0) {
      const before = waiting[place - 1] as Waiting;
      const distance = (sequence - before.sequence) | 0;
      if (distance > 0) break;
      if (distance === 0 && before.bytes.length + before.missing >= end - at + missing) {
        this.#shared.counters.retransmissions++;
        return;
      }
      place--;
    }
    const { heldSegments } = this.#shared;
    const bytes = end - at + WAITING_BYTES;
    const assured = waiting.length === 0 && end - at <= ASSURED_BYTES;
    if (assured) heldSegments.overdraw(bytes);
    else if (waiting.length === this.#shared.limits.waitingSegments || !heldSegments.take(bytes)) {
      this.flush(); // no room to wait any longer
      if (((sequence - this.#next) | 0) > 0) {
        this.#lose();
        this.#next = sequence;
      }
      this.segment(sequence, b, at, end, missing);
      return;
    }
    const { time, frame } = this.#shared.moment;
    if (waiting.length === 0) this.#waitingSince = time;
    this.#waiting = waiting;
    this.#shared.counters.reordered++;
    waiting.splice(place, 0, { sequence, bytes: b.slice(at, end), missing, time, frame });
  }

  /** Delivers what waits as far as it follows on; past the first hole too, to `giveUp` or when it has been open too long. */
  #settle(giveUp: boolean): void {
    const waiting = this.#waiting ?? [];
    const { time, frame } = this.#shared.moment;
    let first = waiting[0];
    const late = first !== undefined && time - this.#waitingSince > this.#shared.limits.segmentTimeout;
    if (first !== undefined && (giveUp || late) && ((first.sequence - this.#next) | 0) > 0) {
      this.#lose();
      this.#next = first.sequence;
    }
    while (first !== undefined && ((first.sequence - this.#next) | 0) <= 0) {
      waiting.shift();
      this.#shared.heldSegments.giveBack(first.bytes.length + WAITING_BYTES);
      this.#waitingSince = time;
      const known = (this.#next - first.sequence) | 0;
      if (known < first.bytes.length + first.missing) {
        this.#shared.moment.time = first.time;
        this.#shared.moment.frame = first.frame;
        const at = Math.min(known, first.bytes.length);
        this.#deliver(first.bytes, at, first.bytes.length, first.missing - (known - at));
        this.#shared.moment.time = time;
        this.#shared.moment.frame = frame;
      }
      first = waiting[0];
    }
    if (waiting.length === 0) this.#waiting = undefined;
  }

  #lose(): void {
    this.#shared.counters.gaps++;
    this.lost();
  }

  /** Forgets what waits; the connection is done with. */
  close(): void {
    for (const { bytes } of this.#waiting ?? []) this.#shared.heldSegments.giveBack(bytes.length + WAITING_BYTES);
    this.#waiting = undefined;
  }
}
