/**
 * Finds messages in TCP segments for protocols that tell the length of a message on TCP but not in a datagram: those
 * cannot have a `stream` framing, for it would be asked for the length of datagrams too.
 */
import { NOT_A_PDU, Outcome } from './protocol.ts';

/** The answer of `messageBytes` when too few bytes are there to tell. */
export const NOT_ENOUGH = 0;

/** Who knows the messages. */
export interface SegmentMessages {
  /** Bytes in the message that begins at `at`; NOT_ENOUGH when `b[at, end)` is too short to tell; or NOT_A_PDU. */
  messageBytes(b: Uint8Array, at: number, end: number): number;
  /** Takes a message: whole, or its first HELD_BYTES and more when it is longer than a segment. */
  message(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome;
}

/**
 * Bytes held of a message that straddles segments. Headers and identities lie in the first few hundred; of longer
 * messages (memory blocks, files) the rest is passed over.
 */
const HELD_BYTES = 1024;

/** One direction of a connection. What is held is allocated when a message first straddles segments. */
export class SegmentCutter {
  readonly #messages: SegmentMessages;
  readonly #fromClient: boolean;
  #held: Uint8Array | undefined;
  #heldBytes = 0;
  #passOver = 0; // bytes of a long message still to come

  constructor(messages: SegmentMessages, fromClient: boolean) {
    this.#messages = messages;
    this.#fromClient = fromClient;
  }

  /** A message has begun whose end has not come yet. */
  get inMessage(): boolean {
    return this.#heldBytes > 0 || this.#passOver > 0;
  }

  /** Takes the bytes of a segment; returns the worst outcome of the messages that end in it. */
  push(b: Uint8Array, at: number, end: number): Outcome {
    let outcome: Outcome = Outcome.ok;
    let next = at;
    while (next < end) {
      if (this.#passOver > 0) {
        const passed = Math.min(this.#passOver, end - next);
        this.#passOver -= passed;
        next += passed;
        continue;
      }
      const inPlace = this.#heldBytes === 0;
      if (!inPlace) next = this.#take(b, next, end);
      const from = inPlace ? b : (this.#held as Uint8Array);
      const start = inPlace ? next : 0;
      const stop = inPlace ? end : this.#heldBytes;
      const size = this.#messages.messageBytes(from, start, stop);
      if (size === NOT_A_PDU) {
        this.lost();
        return Outcome.malformed; // what follows in this segment cannot be believed; the next may begin a message
      }
      const wanted = size === NOT_ENOUGH ? stop - start + 1 : Math.min(size, HELD_BYTES);
      if (stop - start < wanted) {
        if (inPlace) next = this.#take(b, next, end);
        else if (next === end) break;
        continue;
      }
      const last = Math.min(stop, start + size);
      outcome = worst(outcome, this.#messages.message(from, start, last, this.#fromClient));
      this.#passOver = size - (last - start);
      // what was held beyond the message's end came from this segment: it is looked at again in place
      if (inPlace) next = last;
      else next -= stop - last;
      this.#heldBytes = 0;
    }
    return outcome;
  }

  /** Bytes were lost: the message that had begun will never be whole. */
  lost(): void {
    this.#heldBytes = 0;
    this.#passOver = 0;
  }

  /** Copies as much as there is room for; returns where it stopped. */
  #take(b: Uint8Array, at: number, end: number): number {
    this.#held ??= new Uint8Array(HELD_BYTES);
    const stop = Math.min(end, at + HELD_BYTES - this.#heldBytes);
    for (let from = at; from < stop; from++) this.#held[this.#heldBytes++] = b[from] as number;
    return stop;
  }
}

function worst(a: Outcome, b: Outcome): Outcome {
  return a === Outcome.ok ? b : a;
}
