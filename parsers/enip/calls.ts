/** The CIP requests of one conversation that await their replies. */
import { NONE } from '../outstanding.ts';
import { Service } from './codes.ts';

export { NONE };

/**
 * Services remembered at once, those inside Multiple Service Packets counted singly. A packet of 500 bytes, the usual
 * connection size, holds some 30 of them and a client rarely has more than a few packets under way.
 */
const CALLS = 256;

/** Requests that may wait for a reply at once. */
const WAITING = 32;

/** The connection of a request that was sent unconnected. No connection has this identifier. */
export const UNCONNECTED = 0;

/**
 * Each service asked for is a *call*. Calls stand in a ring in the order in which a request holds them: a Multiple
 * Service Packet or an Unconnected Send directly before the calls inside it. A call is named by its running number, so
 * that one which the ring has meanwhile overwritten is known to be gone.
 */
export class Calls {
  readonly #operation = new Int32Array(CALLS);
  readonly #service = new Uint8Array(CALLS);
  readonly #subject = new Int32Array(CALLS);
  readonly #attribute = new Int32Array(CALLS);
  readonly #unit = new Int32Array(CALLS);
  readonly #end = new Float64Array(CALLS); // the running number after its last inner call
  #next = 0;
  #first = 0; // first call of the request being taken down

  readonly #ids = new Int32Array(WAITING);
  readonly #connections = new Int32Array(WAITING);
  readonly #calls = new Float64Array(WAITING).fill(NONE);
  #newest = 0; // running number of the next place to take
  #oldest = 0;

  /** Begins a request: the calls added from here on belong to it. */
  begin(): void {
    this.#first = this.#next;
  }

  /**
   * Adds a call: `operation` is its FactSink handle, `subject` the class of an object whose attributes are worth
   * reading in the reply (or NONE). Returns its number, or NONE when the request has more calls than are remembered.
   */
  add(operation: number, service: number, subject: number, attribute: number, unit: number): number {
    if (this.#next - this.#first === CALLS) return NONE;
    const slot = this.#next % CALLS;
    this.#operation[slot] = operation;
    this.#service[slot] = service;
    this.#subject[slot] = subject;
    this.#attribute[slot] = attribute;
    this.#unit[slot] = unit;
    this.#end[slot] = this.#next + 1;
    return this.#next++;
  }

  /** Changes what the reply to `call` is to be read with. */
  describe(call: number, subject: number, attribute: number, unit: number): void {
    if (call === NONE) return;
    const slot = call % CALLS;
    this.#subject[slot] = subject;
    this.#attribute[slot] = attribute;
    this.#unit[slot] = unit;
  }

  /** Says that the calls added since `call` are inside it. */
  close(call: number): void {
    if (call !== NONE) this.#end[call % CALLS] = this.#next;
  }

  /** Lets the request just taken down wait for its reply under `id` on `connection` (or UNCONNECTED). */
  wait(id: number, connection: number): void {
    if (this.#next === this.#first) return;
    if (this.#newest - this.#oldest === WAITING) this.#oldest++;
    const slot = this.#newest++ % WAITING;
    this.#ids[slot] = id;
    this.#connections[slot] = connection;
    this.#calls[slot] = this.#first;
  }

  /**
   * The call that a reply of `service` under `id` answers, or NONE; its request waits no longer. The oldest such
   * request is taken: clients that never change their sender context still get answers in the order of asking.
   * `connection` NONE stands for any connection, when it is not known which one the reply's belongs to.
   */
  take(id: number, connection: number, service: number, refused: boolean): number {
    for (let waiting = this.#oldest; waiting < this.#newest; waiting++) {
      const slot = waiting % WAITING;
      const request = this.#calls[slot] as number;
      if (request === NONE || this.#ids[slot] !== id) continue;
      const asked = this.#connections[slot] as number;
      if (connection === NONE ? asked === UNCONNECTED : asked !== connection) continue;
      const call = this.#answered(request, service, refused);
      if (call === NONE) continue;
      this.#calls[slot] = NONE;
      this.#takenConnection = asked;
      while (this.#oldest < this.#newest && this.#calls[this.#oldest % WAITING] === NONE) this.#oldest++;
      return call;
    }
    return NONE;
  }

  /** The connection on which the request taken last was sent. */
  get takenConnection(): number {
    return this.#takenConnection;
  }
  #takenConnection = UNCONNECTED;

  /**
   * Which call of a request a reply of `service` answers: itself, or the one inside an Unconnected Send. That the
   * target answers in its own name; only a failed Unconnected Send is answered as such (Volume 1, 3-5.5.4).
   */
  #answered(request: number, service: number, refused: boolean): number {
    for (let call = request; this.#remembered(call); call++) {
      const slot = call % CALLS;
      const carrier = this.#service[slot] === Service.unconnectedSend && (this.#end[slot] as number) > call + 1;
      if (this.#service[slot] === service && (refused || !carrier)) return call;
      if (!carrier) return NONE;
    }
    return NONE;
  }

  /** The first call inside `call`, or NONE. */
  inside(call: number): number {
    if (call === NONE || !this.#remembered(call) || (this.#end[call % CALLS] as number) <= call + 1) return NONE;
    return this.#remembered(call + 1) ? call + 1 : NONE;
  }

  /** The call after `call` in the same packet `outer`, or NONE. */
  after(call: number, outer: number): number {
    if (call === NONE || !this.#remembered(call) || !this.#remembered(outer)) return NONE;
    const next = this.#end[call % CALLS] as number;
    return next < (this.#end[outer % CALLS] as number) ? next : NONE;
  }

  operation(call: number): number {
    return this.#operation[call % CALLS] as number;
  }

  service(call: number): number {
    return this.#service[call % CALLS] as number;
  }

  subject(call: number): number {
    return this.#subject[call % CALLS] as number;
  }

  attribute(call: number): number {
    return this.#attribute[call % CALLS] as number;
  }

  unit(call: number): number {
    return this.#unit[call % CALLS] as number;
  }

  /** Forgets all that waits: after lost bytes a constant sender context would pair answers with the wrong requests. */
  forget(): void {
    this.#calls.fill(NONE);
    this.#oldest = this.#newest;
  }

  #remembered(call: number): boolean {
    return call >= 0 && call < this.#next && this.#next - call <= CALLS;
  }
}
