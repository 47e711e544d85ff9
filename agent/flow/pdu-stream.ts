import { NOT_A_PDU, type StreamFraming } from '../../parsers/protocol.ts';
import type { Budget } from './budget.ts';
import { ASSURED_BYTES, Reassembly, type ReassemblyContext } from './reassembly.ts';

/** Who takes the messages a stream is cut into. `b` is only lent for the time of the call. */
export interface MessageTaker {
  message(b: Uint8Array, at: number, end: number, direction: 0 | 1): void;
  /** The start of a message of which the rest was lost, or cut by the capture: `b[at, end)`, its header at least. */
  cut(b: Uint8Array, at: number, end: number, direction: 0 | 1): void;
  /** Bytes of `direction` were lost before whatever comes next. */
  lost(direction: 0 | 1): void;
}

/** What all streams share. */
export interface StreamContext extends ReassemblyContext {
  readonly heldMessages: Budget;
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
 * One direction of a TCP connection: puts its segments in order and cuts the bytes into messages. One that lies within
 * a segment is handed on in place; only one that straddles segments is copied.
 *
 * After lost bytes, and after bytes that begin no message, the stream is out of step. A protocol whose framing
 * synchronises itself is then searched byte by byte; for any other a message is believed at the start of a segment
 * (senders rarely split small PDUs), or where it ends with its segment or another message follows it.
 */
export class PduStream extends Reassembly {
  readonly #framing: Framing | undefined; // absent when each segment's bytes are handed on as they come
  readonly #taker: MessageTaker;
  readonly #direction: 0 | 1;
  #inStep: boolean;
  #heldBytes = 0;
  #held = EMPTY; // the start of a message whose rest has not come yet
  readonly #budget: Budget;

  /** Bytes passed over in search of a message. */
  skippedBytes = 0;

  /** @param inStep the first byte pushed is known to begin a message (the connection was seen from its start) */
  constructor(
    framing: StreamFraming | undefined,
    taker: MessageTaker,
    direction: 0 | 1,
    inStep: boolean,
    context: StreamContext,
  ) {
    super(context);
    this.#framing = framing && Framing.of(framing);
    this.#taker = taker;
    this.#direction = direction;
    this.#inStep = inStep;
    this.#budget = context.heldMessages;
  }

  protected override push(b: Uint8Array, at: number, end: number): void {
    const framing = this.#framing;
    if (framing === undefined) {
      this.#taker.message(b, at, end, this.#direction);
      return;
    }
    let next = this.#heldBytes > 0 ? this.#finishHeld(framing, b, at, end) : at;
    while (next < end) {
      const size = sizeNeeded(framing, b, next, end);
      if (size === NOT_A_PDU || !(this.#inStep || believable(framing, b, next, size, at, end))) {
        this.#inStep = false;
        this.skippedBytes++;
        next++;
      } else if (size > end - next) {
        this.#hold(framing, b, next, end, size);
        return;
      } else {
        this.#inStep = true;
        this.#taker.message(b, next, next + size, this.#direction);
        next += size;
      }
    }
  }

  /** What is held will never be whole. */
  protected override lost(): void {
    const framing = this.#framing;
    if (framing !== undefined && this.#heldBytes >= framing.headerBytes) {
      this.#taker.cut(this.#held, 0, this.#heldBytes, this.#direction);
    }
    this.#dropHeld();
    this.#taker.lost(this.#direction);
  }

  /** Gives back all that waits; the stream is done with. */
  override close(): void {
    super.close();
    this.#giveBack();
  }

  /** Returns where in `b` the first message after the held one begins. */
  #finishHeld(framing: Framing, b: Uint8Array, at: number, end: number): number {
    // out of step what is held is only a guess, and a message at the start of a segment the better one
    if (!this.#inStep && !framing.selfSynchronising && begins(framing, b, at, end)) return this.#giveUpHeld(at, at);
    let next = at;
    while (this.#heldBytes > 0) {
      const size = sizeNeeded(framing, this.#held, 0, this.#heldBytes);
      if (size === NOT_A_PDU) {
        if (!framing.selfSynchronising) return this.#giveUpHeld(at, next);
        this.#inStep = false;
        this.skippedBytes++;
        this.#held.copyWithin(0, 1, this.#heldBytes--);
      } else if (size > this.#heldBytes) {
        if (next === end) break;
        const stop = Math.min(end, next + size - this.#heldBytes);
        this.#hold(framing, b, next, stop, size);
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
    this.#dropHeld();
    return at;
  }

  /** Copies `b[at, end)` behind what is held, room for `size` bytes in all; drops it all when memory is short. */
  #hold(framing: Framing, b: Uint8Array, at: number, end: number, size: number): void {
    if (size > this.#held.length && !this.#grow(size, framing.maxPduBytes)) {
      this.skippedBytes += end - at;
      this.#dropHeld();
      return;
    }
    const held = this.#held;
    let to = this.#heldBytes;
    for (let from = at; from < end; from++) held[to++] = b[from] as number;
    this.#heldBytes = to;
  }

  #grow(size: number, most: number): boolean {
    const assured = size <= ASSURED_BYTES;
    const length = Math.min(most, assured ? ASSURED_BYTES : most, Math.max(size, 2 * this.#held.length, 64));
    const more = length - this.#held.length;
    if (assured) this.#budget.overdraw(more);
    else if (!this.#budget.take(more)) return false;
    const grown = new Uint8Array(length);
    grown.set(this.#held.subarray(0, this.#heldBytes));
    this.#held = grown;
    return true;
  }

  #dropHeld(): void {
    this.skippedBytes += this.#heldBytes;
    this.#inStep = false;
    this.#release();
  }

  #release(): void {
    this.#heldBytes = 0;
    if (this.#held.length > KEPT_HOLD_BYTES) this.#giveBack();
  }

  #giveBack(): void {
    this.#heldBytes = 0;
    this.#budget.giveBack(this.#held.length);
    this.#held = EMPTY;
  }
}

/** Whether a message that begins at `next` of the segment `b[at, end)` while out of step deserves to be taken for one. */
function believable(framing: Framing, b: Uint8Array, next: number, size: number, at: number, end: number): boolean {
  if (framing.selfSynchronising || next === at) return true;
  const after = next + size;
  if (after === end) return end - next >= framing.headerBytes;
  return begins(framing, b, after, end);
}

/** Whether a message may begin at `at`, as far as its header tells; it must be there. */
function begins(framing: Framing, b: Uint8Array, at: number, end: number): boolean {
  return end - at >= framing.headerBytes && framing.frame(b, at) !== NOT_A_PDU;
}

/** Bytes the message at `at` must have before it is worth a look: its header's, then its own. */
function sizeNeeded({ headerBytes, frame }: Framing, b: Uint8Array, at: number, end: number): number {
  return end - at < headerBytes ? headerBytes : frame(b, at);
}
