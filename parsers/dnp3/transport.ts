/**
 * Transport function: IEEE 1815-2012, "Transport Function". The first octet of a frame's user data cuts application fragments
 * into segments: FIN (80), FIR (40), and a sequence number that counts up modulo 64 within a fragment.
 */
import { u8 } from '../bytes.ts';
import { copySegment, destination, source, USER_DATA, userDataBytes } from './link.ts';

export const FIN = 0x80;
export const FIR = 0x40;
const SEQUENCE = 0x3f;

/**
 * Fragments that may be under way at once. A station sends one after the other, so more than one per direction are
 * only open where one connection leads to several stations, or where a sender gave up.
 */
const ASSEMBLIES = 8;

/**
 * Stations keep to fragments of 2048 octets unless configured otherwise; twice as much leaves room for that.
 * Of a longer one only the beginning is kept.
 */
const MAX_FRAGMENT_BYTES = 4096;
const FIRST_BUFFER_BYTES = 512;

const EMPTY = new Uint8Array(0);

/** What became of a segment. */
export const Segment = {
  /** It was added, or was there already; the fragment goes on. */
  added: 0,
  /** It completed its fragment, which lies in `fragment[0, fragmentBytes)`. */
  completed: 1,
  /** The fragment is longer than is kept; its beginning lies in `fragment[0, fragmentBytes)`. */
  overflowed: 2,
  /** The segments before it were not heard. */
  orphaned: 3,
} as const;
export type Segment = (typeof Segment)[keyof typeof Segment];

/** The fragments under way in one conversation, told apart by source and destination address. */
export class Reassembly {
  readonly #pairs = new Int32Array(ASSEMBLIES); // source << 16 | destination
  readonly #lengths = new Int32Array(ASSEMBLIES);
  readonly #sequences = new Uint8Array(ASSEMBLIES); // of the last segment
  readonly #states = new Uint8Array(ASSEMBLIES); // FREE or which side sends
  readonly #buffers: Uint8Array[] = [];
  #open = 0;
  #evict = 0;

  /** The fragment that the last segment completed: valid until the next one is added. */
  fragment: Uint8Array = EMPTY;
  fragmentBytes = 0;

  /** Adds the segment in the frame at `at`, whose data blocks are intact and hold at least the transport octet. */
  add(b: Uint8Array, at: number, fromClient: boolean): Segment {
    const octet = u8(b, at + USER_DATA);
    const sequence = octet & SEQUENCE;
    const pair = (source(b, at) << 16) | destination(b, at);
    let slot = this.#find(pair);
    if ((octet & FIR) !== 0) {
      if (slot < 0) slot = this.#take(pair);
      this.#states[slot] = side(fromClient);
      this.#lengths[slot] = 0;
    } else {
      if (slot < 0) return Segment.orphaned;
      const last = this.#sequences[slot] as number;
      if (sequence === last) return Segment.added; // sent again by a link layer that missed its confirmation
      if (sequence !== ((last + 1) & SEQUENCE)) {
        this.#free(slot);
        return Segment.orphaned;
      }
    }
    this.#sequences[slot] = sequence;

    const length = this.#lengths[slot] as number;
    const needed = length + userDataBytes(b, at) - 1;
    if (needed > MAX_FRAGMENT_BYTES) return this.#finish(slot, Segment.overflowed);
    this.#lengths[slot] = copySegment(b, at, this.#room(slot, needed), length);
    return (octet & FIN) !== 0 ? this.#finish(slot, Segment.completed) : Segment.added;
  }

  /** A frame with a whole fragment came from the same station: what it had begun before will not be continued. */
  restart(b: Uint8Array, at: number): void {
    if (this.#open === 0) return;
    const slot = this.#find((source(b, at) << 16) | destination(b, at));
    if (slot >= 0) this.#free(slot);
  }

  /** Bytes from that side were lost. */
  lost(fromClient: boolean): void {
    for (let slot = 0; slot < ASSEMBLIES; slot++) {
      if (this.#states[slot] === side(fromClient)) this.#free(slot);
    }
  }

  #find(pair: number): number {
    if (this.#open === 0) return -1;
    for (let slot = 0; slot < ASSEMBLIES; slot++) {
      if (this.#states[slot] !== FREE && this.#pairs[slot] === pair) return slot;
    }
    return -1;
  }

  /** A free slot for `pair`; where none is, the one taken longest ago. */
  #take(pair: number): number {
    let slot = this.#states.indexOf(FREE);
    if (slot < 0) {
      slot = this.#evict;
      this.#evict = (slot + 1) % ASSEMBLIES;
    } else {
      this.#open++;
    }
    this.#pairs[slot] = pair;
    return slot;
  }

  #free(slot: number): void {
    this.#states[slot] = FREE;
    this.#open--;
  }

  #finish(slot: number, how: Segment): Segment {
    this.fragment = this.#buffers[slot] ?? EMPTY;
    this.fragmentBytes = this.#lengths[slot] as number;
    this.#free(slot);
    return how;
  }

  /** The slot's buffer, grown to `bytes` or more if need be. */
  #room(slot: number, bytes: number): Uint8Array {
    const buffer = this.#buffers[slot] ?? EMPTY;
    if (bytes <= buffer.length) return buffer;
    const grown = new Uint8Array(Math.min(MAX_FRAGMENT_BYTES, Math.max(2 * buffer.length, FIRST_BUFFER_BYTES, bytes)));
    grown.set(buffer);
    while (this.#buffers.length < slot) this.#buffers.push(EMPTY);
    this.#buffers[slot] = grown;
    return grown;
  }
}

const FREE = 0;

function side(fromClient: boolean): number {
  return fromClient ? 1 : 2;
}
