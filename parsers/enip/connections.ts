/** The CIP connections of one conversation, as Forward Open made them or traffic shows them. */
import { i32le, u16le } from '../bytes.ts';
import { NONE } from '../outstanding.ts';
import { NO_UNIT } from '../protocol.ts';

/** A client seldom has more than a handful to one device; an I/O scanner has one or two for each module of a chassis. */
const CONNECTIONS = 32;

/**
 * A fixed table; a new connection takes the place of the oldest. Identifiers are kept as signed 32 bits. Requests carry
 * the O->T identifier and replies the T->O one, so a pair of the two is what brings a reply to its request.
 */
export class Connections {
  readonly #toTarget = new Int32Array(CONNECTIONS);
  readonly #toOriginator = new Int32Array(CONNECTIONS);
  readonly #unit = new Int32Array(CONNECTIONS);
  readonly #further = new Uint8Array(CONNECTIONS); // 1: leads to another device, as far as we know
  readonly #serial = new Int32Array(CONNECTIONS); // connection serial number and originator vendor id
  readonly #originator = new Int32Array(CONNECTIONS);
  readonly #used = new Uint8Array(CONNECTIONS);
  #next = 0;

  /** Notes an opened connection; its triad (serial number, vendor id, originator serial number) lies at `b[triad]`. */
  open(toTarget: number, toOriginator: number, unit: number, further: boolean, b: Uint8Array, triad: number): void {
    const slot = this.#put(toTarget, toOriginator, unit, further);
    this.#serial[slot] = i32le(b, triad);
    this.#originator[slot] = i32le(b, triad + 4);
  }

  /** Notes that two identifiers belong together, as a reply has shown; where the connection leads, it has not. */
  learn(toTarget: number, toOriginator: number): void {
    const slot = this.#put(toTarget, toOriginator, NO_UNIT, true);
    this.#serial[slot] = 0;
    this.#originator[slot] = 0;
  }

  #put(toTarget: number, toOriginator: number, unit: number, further: boolean): number {
    const slot = this.#next;
    this.#next = (this.#next + 1) % CONNECTIONS;
    this.#toTarget[slot] = toTarget;
    this.#toOriginator[slot] = toOriginator;
    this.#unit[slot] = unit;
    this.#further[slot] = further ? 1 : 0;
    this.#used[slot] = 1;
    return slot;
  }

  /** Forgets the connection with the triad at `b[triad]`. */
  close(b: Uint8Array, triad: number): void {
    if (u16le(b, triad) === 0 && u16le(b, triad + 2) === 0) return;
    for (let slot = 0; slot < CONNECTIONS; slot++) {
      if (this.#serial[slot] === i32le(b, triad) && this.#originator[slot] === i32le(b, triad + 4)) {
        this.#used[slot] = 0;
      }
    }
  }

  /** The slot of the connection on which the originator sends under `id`, or NONE. */
  toTarget(id: number): number {
    for (let slot = 0; slot < CONNECTIONS; slot++) {
      if (this.#toTarget[slot] === id && this.#used[slot] === 1) return slot;
    }
    return NONE;
  }

  /** The slot of the connection on which the target sends under `id`, or NONE. */
  toOriginator(id: number): number {
    for (let slot = 0; slot < CONNECTIONS; slot++) {
      if (this.#toOriginator[slot] === id && this.#used[slot] === 1) return slot;
    }
    return NONE;
  }

  /** The O->T identifier of the connection in `slot`. */
  requestId(slot: number): number {
    return this.#toTarget[slot] as number;
  }

  /** The backplane slot the connection leads to, or NO_UNIT. */
  unit(slot: number): number {
    return this.#unit[slot] as number;
  }

  /** Whether the connection leads on to a device that is not this one's module. */
  leadsFurther(slot: number): boolean {
    return this.#further[slot] === 1;
  }
}
