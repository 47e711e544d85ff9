/**
 * CIP explicit messages: The CIP Networks Library Volume 1, section 2-4.
 *
 *   request: | service | path size | path ... | data ...
 *   reply:   | service | 0 | general status | additional status size | additional status ... | data ...
 *
 * Sizes are in 16-bit words.
 */
import { i32le, u8, u16le, u32le } from '../bytes.ts';
import { About, type FactSink, NO_UNIT, Outcome } from '../protocol.ts';
import { readAttributes, subjectOf } from './attributes.ts';
import { Calls, NONE, UNCONNECTED } from './calls.ts';
import { ClassId } from './classes.ts';
import { isRefusal, REPLY, Service, SOME_CLASS_READ, serviceNumber, TAG_SPACE } from './codes.ts';
import { Connections } from './connections.ts';
import { ABSENT, EPath, KEY_BYTES, segmentEnd } from './epath.ts';
import { Source } from './evidence.ts';
import { isPcccRefusal, originator, pcccKey, pcccRequestNumber, readPcccReply, readPcccRequest } from './pccc.ts';

/** How deep messages may lie in one another: an Unconnected Send of a Multiple Service Packet is 2, nobody needs more. */
const MAX_DEPTH = 4;

/** Forward Open (Volume 1, table 3-5.16): offsets from the request data. */
const ForwardOpen = {
  triad: 10, // connection serial number, originator vendor id, originator serial number
  vendor: 12,
  toTargetRpi: 22,
} as const;
/** Bytes of both directions' packet interval and network parameters, which Large Forward Open (3-5.5.3) makes wider. */
const PARAMETERS_BYTES = 12;
const LARGE_PARAMETERS_BYTES = 16;
/** The low bits of transport class and trigger; classes 0 and 1 carry I/O data over UDP. */
const TRANSPORT_CLASS = 0x0f;
const LAST_IO_CLASS = 1;

/** Forward Open's successful reply: both connection ids, triad, both actual intervals, application reply size. */
const OPENED_TRIAD = 8;
const OPENED_REPLY_SIZE = 24;
const OPENED_BYTES = 26;
/** Forward Close's reply begins with the triad. */
const TRIAD_BYTES = 8;

/** Whether `b[at, end)` can be a CIP request: a service code, and a path that its size fits. */
export function isRequest(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 2 || u8(b, at) === 0 || u8(b, at) >= REPLY) return false;
  const data = at + 2 + 2 * u8(b, at + 1);
  if (data > end) return false;
  let next = at + 2;
  while (next < data && next !== ABSENT) next = segmentEnd(b, next, data);
  return next === data;
}

/** Whether `b[at, end)` can be a CIP reply: the reply bit, a zero, and an additional status that its size fits. */
export function isReply(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= 4 && u8(b, at) > REPLY && u8(b, at + 1) === 0 && at + 4 + 2 * u8(b, at + 3) <= end;
}

/** The explicit messages of one conversation. */
export class Cip {
  readonly #facts: FactSink;
  readonly #path = new EPath();
  readonly #calls = new Calls();
  readonly #connections = new Connections();
  #refused = false; // what the reply read last said
  #unit: number = NO_UNIT; // where the route read last leads
  #further = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** A request under `id` (what its reply will repeat) on the connection the target consumes, or UNCONNECTED. */
  request(b: Uint8Array, at: number, end: number, id: number, connection: number): Outcome {
    const slot = connection === UNCONNECTED ? NONE : this.#connections.toTarget(connection);
    const unit = slot === NONE ? NO_UNIT : this.#connections.unit(slot);
    // where a connection leads that was opened before we listened is not known, so neither is whom its answers describe
    const further = connection !== UNCONNECTED && (slot === NONE || this.#connections.leadsFurther(slot));
    this.#calls.begin();
    const outcome = this.#request(b, at, end, unit, further, 1);
    this.#calls.wait(id, connection);
    return outcome;
  }

  /** A reply under `id` on the connection the originator consumes, or UNCONNECTED. */
  reply(b: Uint8Array, at: number, end: number, id: number, connection: number): Outcome {
    if (end - at < 4) return Outcome.truncated;
    const service = u8(b, at) & ~REPLY;
    const refused = isRefusal(u8(b, at + 2));
    let unit = NO_UNIT;
    let call: number;
    if (connection === UNCONNECTED) {
      call = this.#calls.take(id, UNCONNECTED, service, refused);
    } else {
      const slot = this.#connections.toOriginator(connection);
      if (slot !== NONE) {
        unit = this.#connections.unit(slot);
        call = this.#calls.take(id, this.#connections.requestId(slot), service, refused);
      } else {
        // opened before we listened: the first answered request shows which identifiers belong together
        call = this.#calls.take(id, NONE, service, refused);
        if (call !== NONE && this.#connections.toTarget(this.#calls.takenConnection) === NONE) {
          this.#connections.learn(this.#calls.takenConnection, connection);
        }
      }
    }
    return this.#reply(b, at, end, call, unit, 1);
  }

  /** Forgets what awaits a reply; bytes were lost. */
  lost(): void {
    this.#calls.forget();
  }

  #request(b: Uint8Array, at: number, end: number, unit: number, further: boolean, depth: number): Outcome {
    if (end - at < 2) return Outcome.truncated;
    const service = u8(b, at);
    if (service === 0 || service >= REPLY) return Outcome.malformed;
    const data = at + 2 + 2 * u8(b, at + 1);
    if (data > end) {
      const cut = this.#facts.request(serviceNumber(service, ABSENT), unit);
      this.#calls.add(cut, service, ABSENT, ABSENT, unit);
      return Outcome.truncated;
    }

    const path = this.#path;
    const sound = path.read(b, at + 2, data);
    const classId = path.classId === ABSENT && path.symbols > 0 ? ClassId.symbol : path.classId;
    const pccc = service === Service.executePccc && classId === ClassId.pccc;
    const number = pccc ? pcccRequestNumber(b, data, end) : serviceNumber(service, classId);
    const operation = this.#facts.request(number, unit);
    const subject = further ? ABSENT : subjectOf(classId, path.instance);
    const call = this.#calls.add(operation, service, subject, path.attribute, unit);
    if (sound) this.#touch(operation, classId, b, at + 2, data);

    let outcome: Outcome = Outcome.ok;
    if (pccc) {
      this.#calls.describe(call, ClassId.pccc, further ? ABSENT : pcccKey(b, data, end), unit);
      outcome = readPcccRequest(this.#facts, operation, b, data, end);
    } else if (service === Service.multipleServicePacket) {
      outcome = this.#multiple(b, data, end, unit, further, depth, NONE, false);
    } else if (classId === ClassId.connectionManager) {
      outcome = this.#manage(service, b, data, end, unit, further, depth, call);
    }
    this.#calls.close(call);
    return sound ? outcome : Outcome.malformed;
  }

  /** Says which object or tag the path just read, `b[at, end)`, addresses. */
  #touch(operation: number, classId: number, b: Uint8Array, at: number, end: number): void {
    const path = this.#path;
    if (path.symbols > 0) {
      path.name(b, at, end);
      this.#facts.touchName(operation, TAG_SPACE, path.nameBytes, path.nameAt, path.nameEnd);
    } else if (path.instance !== ABSENT && classId !== ABSENT && classId < TAG_SPACE && isObject(classId)) {
      this.#facts.touch(operation, classId, path.instance, 1);
    }
  }

  /**
   * The messages of a Multiple Service Packet (Volume 1, appendix ): their number, each one's offset from there,
   * then the messages. Requests, or replies to the calls inside `call`.
   */
  #multiple(
    b: Uint8Array,
    at: number,
    end: number,
    unit: number,
    further: boolean,
    depth: number,
    call: number,
    replies: boolean,
  ): Outcome {
    if (depth === MAX_DEPTH) return Outcome.unsupported;
    if (end - at < 2) return Outcome.truncated;
    const count = u16le(b, at);
    const offsets = at + 2;
    let least = offsets + 2 * count;
    if (least > end) return Outcome.truncated;

    let outcome: Outcome = Outcome.ok;
    let inner = this.#calls.inside(call);
    for (let i = 0; i < count; i++) {
      const from = at + u16le(b, offsets + 2 * i);
      const to = i + 1 < count ? at + u16le(b, offsets + 2 * i + 2) : end;
      // messages follow one another without overlap, so that no packet costs more than its length
      if (from < least || to <= from) return Outcome.malformed;
      if (to > end) return Outcome.truncated;
      least = to;
      const one = replies
        ? this.#innerReply(b, from, to, inner, unit, depth + 1)
        : this.#request(b, from, to, unit, further, depth + 1);
      if (outcome === Outcome.ok) outcome = one;
      inner = this.#calls.after(inner, call);
    }
    return outcome;
  }

  /** A reply inside a packet, to `call` if that asked for the same service. */
  #innerReply(b: Uint8Array, at: number, end: number, call: number, unit: number, depth: number): Outcome {
    const asked = call !== NONE && this.#calls.service(call) === (u8(b, at) & ~REPLY) ? call : NONE;
    return this.#reply(b, at, end, asked, unit, depth);
  }

  /** The Connection Manager's requests that say something of devices and connections. */
  #manage(
    service: number,
    b: Uint8Array,
    at: number,
    end: number,
    unit: number,
    further: boolean,
    depth: number,
    call: number,
  ): Outcome {
    switch (service) {
      case Service.unconnectedSend:
        return this.#unconnectedSend(b, at, end, unit, further, depth);
      case Service.forwardOpen:
        return this.#forwardOpen(b, at, end, PARAMETERS_BYTES, unit, further, call);
      case Service.largeForwardOpen:
        return this.#forwardOpen(b, at, end, LARGE_PARAMETERS_BYTES, unit, further, call);
      default:
        return Outcome.ok;
    }
  }

  /**
   * Volume 1, section 3-5.5.4: priority and time tick, time-out ticks, size of the message, the message, a pad byte if
   * its size is odd, size of the route in words, a reserved byte, the route.
   */
  #unconnectedSend(b: Uint8Array, at: number, end: number, unit: number, further: boolean, depth: number): Outcome {
    if (depth === MAX_DEPTH) return Outcome.unsupported;
    if (end - at < 4) return Outcome.truncated;
    const message = at + 4;
    const size = u16le(b, at + 2);
    const messageEnd = message + size;
    if (messageEnd > end) return Outcome.truncated;

    const route = messageEnd + (size & 1);
    this.#unit = unit;
    this.#further = true; // until the route says that it is this device's own chassis
    let whole = false;
    if (end - route >= 2) {
      const routeEnd = route + 2 + 2 * u8(b, route);
      whole = routeEnd <= end && this.#path.read(b, route + 2, routeEnd);
      if (whole) this.#follow(unit, further);
    }
    const outcome = this.#request(b, message, messageEnd, this.#unit, this.#further, depth + 1);
    return outcome === Outcome.ok && !whole ? Outcome.truncated : outcome;
  }

  /**
   * Where the path just read leads from `unit`: to a slot of this device's backplane, or further on. What is further
   * is another device, whose identity must not be taken for this one's.
   */
  #follow(unit: number, further: boolean): void {
    const { hops, slot } = this.#path;
    this.#unit = hops === 0 ? unit : hops === 1 && unit === NO_UNIT ? slot : NO_UNIT;
    this.#further = further || (hops > 0 && this.#unit === NO_UNIT);
  }

  #forwardOpen(
    b: Uint8Array,
    at: number,
    end: number,
    parameters: number,
    unit: number,
    further: boolean,
    call: number,
  ): Outcome {
    const transport = at + ForwardOpen.toTargetRpi + parameters;
    const connectionPath = transport + 2;
    if (connectionPath > end) return Outcome.truncated;
    originator(this.#facts, b, at + ForwardOpen.vendor);

    const pathEnd = connectionPath + 2 * u8(b, transport + 1);
    if (pathEnd > end) return Outcome.truncated;
    const sound = this.#path.read(b, connectionPath, pathEnd);
    this.#follow(unit, further);
    const transportClass = u8(b, transport) & TRANSPORT_CLASS;
    this.#calls.describe(call, this.#further ? FURTHER : OPENS, transportClass, this.#unit);
    if (!this.#further) this.#target(b);
    return sound ? Outcome.ok : Outcome.malformed;
  }

  /** What the originator expects at the end of the connection path just read: electronic key, CIP Safety. */
  #target(b: Uint8Array): void {
    const { keyAt, safetyAt } = this.#path;
    const unit = this.#unit;
    if (safetyAt !== ABSENT) this.#facts.evidence(Source.safety, About.receiver, unit, b, safetyAt, safetyAt + 1);
    if (keyAt === ABSENT) return;
    this.#facts.evidence(Source.keyVendor, About.receiver, unit, b, keyAt, keyAt + 2);
    this.#facts.evidence(Source.keyDeviceType, About.receiver, unit, b, keyAt + 2, keyAt + 4);
    this.#facts.evidence(Source.keyRevision, About.receiver, unit, b, keyAt + 6, keyAt + KEY_BYTES);
  }

  #reply(b: Uint8Array, at: number, end: number, call: number, unit: number, depth: number): Outcome {
    if (end - at < 4) return Outcome.truncated;
    if (u8(b, at) <= REPLY) return Outcome.malformed;
    const service = u8(b, at) & ~REPLY;
    const data = at + 4 + 2 * u8(b, at + 3);
    const calls = this.#calls;
    const subject = call === NONE ? ABSENT : calls.subject(call);

    this.#refused = isRefusal(u8(b, at + 2));
    if (!this.#refused && subject === ClassId.pccc) this.#refused = isPcccRefusal(b, data, end);
    const operation =
      call === NONE ? this.#facts.operation(unaskedNumber(service, b, data, end), unit) : calls.operation(call);
    this.#facts.response(operation, this.#refused);
    if (data > end) return Outcome.truncated;

    // a packet some of whose services were refused still tells what the others brought
    if (service === Service.multipleServicePacket && data < end) {
      return this.#multiple(b, data, end, unit, false, depth, call, true);
    }
    if (this.#refused) return Outcome.ok;
    if (opens(service) && (call === NONE || subject === OPENS || subject === FURTHER))
      return this.#opened(b, data, end, call);
    if (service === Service.forwardClose && end - data >= TRIAD_BYTES) this.#connections.close(b, data);
    if (call === NONE || subject < 0) return Outcome.ok;
    if (subject === ClassId.pccc) {
      readPcccReply(this.#facts, calls.attribute(call), calls.unit(call), b, data, end);
      return Outcome.ok;
    }
    return readAttributes(this.#facts, service, subject, calls.attribute(call), calls.unit(call), b, data, end);
  }

  /** A connection was opened; both ends' identifiers are in the reply `b[at, end)`. */
  #opened(b: Uint8Array, at: number, end: number, call: number): Outcome {
    if (!fitsOpened(b, at, end)) return call === NONE ? Outcome.ok : Outcome.truncated;
    const calls = this.#calls;
    const unit = call === NONE ? NO_UNIT : calls.unit(call);
    const further = call !== NONE && calls.subject(call) === FURTHER;
    this.#connections.open(i32le(b, at), i32le(b, at + 4), unit, further, b, at + OPENED_TRIAD);
    if (call === NONE || calls.attribute(call) <= LAST_IO_CLASS) {
      this.#facts.announce(u32le(b, at), About.receiver);
      this.#facts.announce(u32le(b, at + 4), About.sender);
    }
    return Outcome.ok;
  }
}

/** In place of a Forward Open's subject: it opens a connection to this device's chassis, or to a device further on. */
const OPENS = -2;
const FURTHER = -3;

/** Whether instances of a class are worth naming: messages to routers and the Connection Manager only pass through. */
function isObject(classId: number): boolean {
  return classId !== ClassId.messageRouter && classId !== ClassId.connectionManager && classId !== ClassId.pccc;
}

function opens(service: number): boolean {
  return service === Service.forwardOpen || service === Service.largeForwardOpen;
}

/** Whether a reply's data is a successful Forward Open's, to the byte. */
function fitsOpened(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= OPENED_BYTES && at + OPENED_BYTES + 2 * u8(b, at + OPENED_REPLY_SIZE) === end;
}

/** The operation number of a reply whose request was not heard: what it brings tells something of the class. */
function unaskedNumber(service: number, b: Uint8Array, data: number, end: number): number {
  if (opens(service) && fitsOpened(b, data, end)) return serviceNumber(service, ClassId.connectionManager);
  return serviceNumber(service, data < end ? SOME_CLASS_READ : ABSENT);
}
