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
const WAITING = 32; // a power of two, as CALLS is

/** The connection of a request that was sent unconnected. No connection has this identifier. */
export const UNCONNECTED = 0;

/** Room for calls that a conversation begins with. */
const FIRST_CALLS = 8;

/** Words of a call, side by side: what a reply needs of one lies in half a cache line. */
const OPERATION = 0;
const SERVICE = 1;
const SUBJECT = 2;
const ATTRIBUTE = 3;
const UNIT = 4;
const SPAN = 5; // calls with those inside it
const WORDS = 8;

/** Numbers of a request that waits. */
const ID = 0;
const CONNECTION = 1;
const CALL = 2; // its first; NONE when it waits no longer
const WAITING_WORDS = 4;

/**
 * Each service asked for is a *call*. Calls stand in a ring in the order in which a request holds them: a Multiple
 * Service Packet or an Unconnected Send directly before the calls inside it. A call is named by its running number, so
 * that one which the ring has meanwhile overwritten is known to be gone. Numbers begin again whenever nothing waits, so
 * that a conversation of one request at a time uses the same few places again and again.
 */
export class Calls {
  #ring = new Int32Array(FIRST_CALLS * WORDS); // grows to CALLS before it is first gone round
  #room = FIRST_CALLS;
  #next = 0;
  #first = 0; // first call of the request being taken down

  readonly #waiting = new Float64Array(WAITING * WAITING_WORDS).fill(NONE);
  #newest = 0; // running number of the next place to take
  #oldest = 0;

  /** Begins a request: the calls added from here on belong to it. */
  begin(): void {
    if (this.#oldest === this.#newest) {
      this.#next = 0;
      this.#newest = 0;
      this.#oldest = 0;
    }
    this.#first = this.#next;
  }

  /**
   * Adds a call: `operation` is its FactSink handle, `subject` the class of an object whose attributes are worth
   * reading in the reply (or NONE). Returns its number, or NONE when the request has more calls than are remembered.
   */
  add(operation: number, service: number, subject: number, attribute: number, unit: number): number {
    if (this.#next - this.#first === CALLS) return NONE;
    if (this.#next === this.#room && this.#room < CALLS) this.#grow();
    const ring = this.#ring;
    const at = this.#at(this.#next);
    ring[at + OPERATION] = operation;
    ring[at + SERVICE] = service;
    ring[at + SUBJECT] = subject;
    ring[at + ATTRIBUTE] = attribute;
    ring[at + UNIT] = unit;
    ring[at + SPAN] = 1;
    return this.#next++;
  }

  #grow(): void {
    const grown = new Int32Array(2 * this.#ring.length);
    grown.set(this.#ring);
    this.#ring = grown;
    this.#room *= 2;
  }

  /** Changes what the reply to `call` is to be read with. */
  describe(call: number, subject: number, attribute: number, unit: number): void {
    if (call === NONE) return;
    const at = this.#at(call);
    this.#ring[at + SUBJECT] = subject;
    this.#ring[at + ATTRIBUTE] = attribute;
    this.#ring[at + UNIT] = unit;
  }

  /** Says that the calls added since `call` are inside it. */
  close(call: number): void {
    if (call !== NONE) this.#ring[this.#at(call) + SPAN] = this.#next - call;
  }

  /** Lets the request just taken down wait for its reply under `id` on `connection` (or UNCONNECTED). */
  wait(id: number, connection: number): void {
    if (this.#next === this.#first) return;
    if (this.#newest - this.#oldest === WAITING) this.#oldest++;
    const at = placeOf(this.#newest++);
    this.#waiting[at + ID] = id;
    this.#waiting[at + CONNECTION] = connection;
    this.#waiting[at + CALL] = this.#first;
  }

  /**
   * The call that a reply of `service` under `id` answers, or NONE; its request waits no longer. The oldest such
   * request is taken: clients that never change their sender context still get answers in the order of asking.
   * `connection` NONE stands for any connection, when it is not known which one the reply's belongs to.
   */
  take(id: number, connection: number, service: number, refused: boolean): number {
    const waiting = this.#waiting;
    for (let number = this.#oldest; number < this.#newest; number++) {
      const at = placeOf(number);
      const request = waiting[at + CALL] as number;
      if (request === NONE || waiting[at + ID] !== id) continue;
      const asked = waiting[at + CONNECTION] as number;
      if (connection === NONE ? asked === UNCONNECTED : asked !== connection) continue;
      const call = this.#answered(request, service, refused);
      if (call === NONE) continue;
      waiting[at + CALL] = NONE;
      this.#takenConnection = asked;
      while (this.#oldest < this.#newest && waiting[placeOf(this.#oldest) + CALL] === NONE) this.#oldest++;
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
      const carrier = this.service(call) === Service.unconnectedSend && this.#span(call) > 1;
      if (this.service(call) === service && (refused || !carrier)) return call;
      if (!carrier) return NONE;
    }
    return NONE;
  }

  /** The first call inside `call`, or NONE. */
  inside(call: number): number {
    if (call === NONE || !this.#remembered(call) || this.#span(call) <= 1) return NONE;
    return this.#remembered(call + 1) ? call + 1 : NONE;
  }

  /** The call after `call` in the same packet `outer`, or NONE. */
  after(call: number, outer: number): number {
    if (call === NONE || !this.#remembered(call) || !this.#remembered(outer)) return NONE;
    const next = call + this.#span(call);
    return next < outer + this.#span(outer) ? next : NONE;
  }

  operation(call: number): number {
    return this.#ring[this.#at(call) + OPERATION] as number;
  }

  service(call: number): number {
    return this.#ring[this.#at(call) + SERVICE] as number;
  }

  subject(call: number): number {
    return this.#ring[this.#at(call) + SUBJECT] as number;
  }

  attribute(call: number): number {
    return this.#ring[this.#at(call) + ATTRIBUTE] as number;
  }

  unit(call: number): number {
    return this.#ring[this.#at(call) + UNIT] as number;
  }

  /** Forgets all that waits: after lost bytes a constant sender context would pair answers with the wrong requests. */
  forget(): void {
    this.#waiting.fill(NONE);
    this.#oldest = this.#newest;
  }

  #span(call: number): number {
    return this.#ring[this.#at(call) + SPAN] as number;
  }

  /** Where in the ring a call stands. The ring's room is a power of two. */
  #at(call: number): number {
    return (call & (this.#room - 1)) * WORDS;
  }

  #remembered(call: number): boolean {
    return call >= 0 && call < this.#next && this.#next - call <= this.#room;
  }
}

/** Where a request that waits stands, by its running number. */
function placeOf(number: number): number {
  return (number & (WAITING - 1)) * WAITING_WORDS;
}
