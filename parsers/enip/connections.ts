/** The CIP connections of one conversation, as Forward Open made them or traffic shows them. */
import { i32le, u16le } from '../bytes.ts';
import { NONE } from '../outstanding.ts';
import { NO_UNIT } from '../protocol.ts';

/** A client seldom has more than a handful to one device; an I/O scanner has one or two for each module of a chassis. */
const CONNECTIONS = 32;

/** Room for connections that a conversation begins with. */
const FIRST_CONNECTIONS = 2;

/** Words of a connection, side by side. */
const TO_TARGET = 0;
const TO_ORIGINATOR = 1;
const UNIT = 2;
const FURTHER = 3; // 1: leads to another device, as far as we know
const SERIAL = 4; // connection serial number and originator vendor id
const ORIGINATOR = 5;
const USED = 6;
const WORDS = 8;

/**
 * A table that grows to a fixed size; a new connection then takes the place of the oldest. Identifiers are kept as
 * signed 32 bits. Requests carry the O->T identifier and replies the T->O one, so a pair of the two is what brings a
 * reply to its request.
 */
export class Connections {
  #words = new Int32Array(FIRST_CONNECTIONS * WORDS);
  #next = 0;
  #end = 0; // behind the last slot ever used, in words

  /** Notes an opened connection; its triad (serial number, vendor id, originator serial number) lies at `b[triad]`. */
  open(toTarget: number, toOriginator: number, unit: number, further: boolean, b: Uint8Array, triad: number): void {
    this.#put(toTarget, toOriginator, unit, further, i32le(b, triad), i32le(b, triad + 4));
  }

  /** Notes that two identifiers belong together, as a reply has shown; where the connection leads, it has not. */
  learn(toTarget: number, toOriginator: number): void {
    this.#put(toTarget, toOriginator, NO_UNIT, true, 0, 0);
  }

  #put(
    toTarget: number,
    toOriginator: number,
    unit: number,
    further: boolean,
    serial: number,
    originator: number,
  ): void {
    const at = this.#next * WORDS;
    this.#next = (this.#next + 1) % CONNECTIONS;
    if (at === this.#words.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.#words);
      this.#words = grown;
    }
    const words = this.#words;
    this.#end = Math.max(this.#end, at + WORDS);
    words[at + TO_TARGET] = toTarget;
    words[at + TO_ORIGINATOR] = toOriginator;
    words[at + UNIT] = unit;
    words[at + FURTHER] = further ? 1 : 0;
    words[at + SERIAL] = serial;
    words[at + ORIGINATOR] = originator;
    words[at + USED] = 1;
  }

  /** Forgets the connection with the triad at `b[triad]`. */
  close(b: Uint8Array, triad: number): void {
    if (u16le(b, triad) === 0 && u16le(b, triad + 2) === 0) return;
    const words = this.#words;
    for (let at = 0; at < this.#end; at += WORDS) {
      if (words[at + SERIAL] === i32le(b, triad) && words[at + ORIGINATOR] === i32le(b, triad + 4)) {
        words[at + USED] = 0;
      }
    }
  }

  /** The slot of the connection on which the originator sends under `id`, or NONE. */
  toTarget(id: number): number {
    return this.#find(TO_TARGET, id);
  }

  /** The slot of the connection on which the target sends under `id`, or NONE. */
  toOriginator(id: number): number {
    return this.#find(TO_ORIGINATOR, id);
  }

  #find(word: number, id: number): number {
    const words = this.#words;
    for (let at = 0; at < this.#end; at += WORDS) {
      if (words[at + word] === id && words[at + USED] === 1) return at / WORDS;
    }
    return NONE;
  }

  /** The O->T identifier of the connection in `slot`. */
  requestId(slot: number): number {
    return this.#words[slot * WORDS + TO_TARGET] as number;
  }

  /** The backplane slot the connection leads to, or NO_UNIT. */
  unit(slot: number): number {
    return this.#words[slot * WORDS + UNIT] as number;
  }

  /** Whether the connection leads on to a device that is not this one's module. */
  leadsFurther(slot: number): boolean {
    return this.#words[slot * WORDS + FURTHER] === 1;
  }
}
