import { NOT_A_PDU, type StreamFraming } from '../../parsers/protocol.ts';
import type { Budget } from './budget.ts';

/** Who takes the messages a stream is cut into. `b` is only lent for the time of the call. */
export interface MessageTaker {
  message(b: Uint8Array, at: number, end: number, direction: 0 | 1): void;
}

/** A hold of this size is kept when it empties: most straddling messages are short, and come again. */
const KEPT_HOLD_BYTES = 2048;

const EMPTY = new Uint8Array(0);

/**
 * A protocol's framing in one shape for all protocols, and one object for all its streams: reading many shapes in one
 * place is slow, and so is a copy for every stream.
 */
class Framing {
  static readonly #known = new WeakMap<StreamFraming, Framing>();
  readonly headerBytes: number;
  readonly maxPduBytes: number;
  readonly selfSynchronising: boolean;
  readonly frame: StreamFraming['frame'];

  private constructor({ headerBytes, maxPduBytes, selfSynchronising, frame }: StreamFraming) {
    this.headerBytes = headerBytes;
    this.maxPduBytes = maxPduBytes;
    this.selfSynchronising = selfSynchronising;
    this.frame = frame;
  }

  static of(framing: StreamFraming): Framing {
    let known = Framing.#known.get(framing);
    if (known === undefined) {
      known = new Framing(framing);
      Framing.#known.set(framing, known);
    }
    return known;
  }
}

/**
 * Cuts one direction of a byte stream into messages. One that lies within a segment is handed on in place; only one
 * that straddles segments is copied.
 *
 * After lost bytes, and after bytes that begin no message, the stream is out of step. A protocol whose framing
 * synchronises itself is then searched byte by byte; for any other a message is believed at the start of a segment
 * (senders rarely split small PDUs), or where it ends with its segment or another message follows it.
 */
export class PduStream {
  readonly #framing: Framing;
  readonly #taker: MessageTaker;
  readonly #direction: 0 | 1;
  readonly #budget: Budget;
  #held = EMPTY; // the start of a message whose rest has not come yet
  #heldBytes = 0;
  #inStep: boolean;

  /** Bytes passed over in search of a message. */
  skippedBytes = 0;

  /** @param inStep the first byte pushed is known to begin a message (the connection was seen from its start) */
  constructor(framing: StreamFraming, taker: MessageTaker, direction: 0 | 1, budget: Budget, inStep: boolean) {
    this.#framing = Framing.of(framing);
    this.#taker = taker;
    this.#direction = direction;
    this.#budget = budget;
    this.#inStep = inStep;
  }

  /** Takes the stream's next bytes: a segment's, `b[at, end)`. */
  push(b: Uint8Array, at: number, end: number): void {
    let next = this.#heldBytes > 0 ? this.#finishHeld(b, at, end) : at;
    while (next < end) {
      const size = this.#sizeNeeded(b, next, end);
      if (size === NOT_A_PDU || !(this.#inStep || this.#believable(b, next, size, at, end))) {
        this.#inStep = false;
        this.skippedBytes++;
        next++;
      } else if (size > end - next) {
        this.#hold(b, next, end, size);
        return;
      } else {
        this.#inStep = true;
        this.#taker.message(b, next, next + size, this.#direction);
        next += size;
      }
    }
  }

  /** Says that bytes of the stream were lost, so that what is held will never be whole. */
  lost(): void {
    this.skippedBytes += this.#heldBytes;
    this.#inStep = false;
    this.#release();
  }

  /** Gives back what is held; the stream is done with. */
  close(): void {
    this.#heldBytes = 0;
    this.#budget.giveBack(this.#held.length);
    this.#held = EMPTY;
  }

  /** Whether a message that begins at `next` while out of step deserves to be taken for one. */
  #believable(b: Uint8Array, next: number, size: number, at: number, end: number): boolean {
    if (this.#framing.selfSynchronising || next === at) return true;
    const after = next + size;
    if (after === end) return end - next >= this.#framing.headerBytes;
    return this.#begins(b, after, end);
  }

  /** Whether a message may begin at `at`, as far as its header tells; it must be there. */
  #begins(b: Uint8Array, at: number, end: number): boolean {
    return end - at >= this.#framing.headerBytes && this.#framing.frame(b, at) !== NOT_A_PDU;
  }

  /** Bytes the message at `at` must have before it is worth a look: its header's, then its own. */
  #sizeNeeded(b: Uint8Array, at: number, end: number): number {
    const headerBytes = this.#framing.headerBytes;
    return end - at < headerBytes ? headerBytes : this.#framing.frame(b, at);
  }

  /** Returns where in `b` the first message after the held one begins. */
  #finishHeld(b: Uint8Array, at: number, end: number): number {
    // out of step what is held is only a guess, and a message at the start of a segment the better one
    if (!this.#inStep && !this.#framing.selfSynchronising && this.#begins(b, at, end)) return this.#giveUpHeld(at, at);
    let next = at;
    while (this.#heldBytes > 0) {
      const size = this.#sizeNeeded(this.#held, 0, this.#heldBytes);
      if (size === NOT_A_PDU) {
        if (!this.#framing.selfSynchronising) return this.#giveUpHeld(at, next);
        this.#inStep = false;
        this.skippedBytes++;
        this.#held.copyWithin(0, 1, this.#heldBytes--);
      } else if (size > this.#heldBytes) {
        if (next === end) break;
        const stop = Math.min(end, next + size - this.#heldBytes);
        this.#hold(b, next, stop, size);
        next = stop;
      } else {
        this.#inStep = true;
        const held = this.#held;
        this.#heldBytes = 0;
        this.#taker.message(held, 0, size, this.#direction);
        this.#release();
      }
    }
    return next;
  }

  /**
   * What is held begins no message, so neither do the bytes `[at, next)` of the new segment continue one: they are
   * looked at again by themselves, for a message is likeliest to begin where a segment does.
   */
  #giveUpHeld(at: number, next: number): number {
    this.#heldBytes -= next - at;
    this.lost();
    return at;
  }

  /** Copies `b[at, end)` behind what is held, room for `size` bytes in all; drops it all when memory is short. */
  #hold(b: Uint8Array, at: number, end: number, size: number): void {
    if (size > this.#held.length && !this.#grow(size)) {
      this.skippedBytes += end - at;
      this.lost();
      return;
    }
    const held = this.#held;
    let to = this.#heldBytes;
    for (let from = at; from < end; from++) held[to++] = b[from] as number;
    this.#heldBytes = to;
  }

  #grow(size: number): boolean {
    const length = Math.min(this.#framing.maxPduBytes, Math.max(size, 2 * this.#held.length, 64));
    if (!this.#budget.take(length - this.#held.length)) return false;
    const grown = new Uint8Array(length);
    grown.set(this.#held.subarray(0, this.#heldBytes));
    this.#held = grown;
    return true;
  }

  #release(): void {
    this.#heldBytes = 0;
    if (this.#held.length > KEPT_HOLD_BYTES) this.close();
  }
}
