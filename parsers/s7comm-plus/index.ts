/**
 * S7comm-plus of SIMATIC S7-1200 and S7-1500, on COTP:
 *
 *   0    1         2        4
 *   | 72 | version | length | [integrity part] | opcode ... | 72 | version | 0000
 *
 * The integrity part (version 3: its length, then a digest) comes before the data. What is too long for one PDU goes
 * on in the next; only the last has the trailer, which `length` does not count. From the opcode on:
 *
 *   request    | opcode | 0000 | function | 0000 | sequence | session id (4) | flags | ...
 *   response   | opcode | 0000 | function | 0000 | sequence | flags | return value ...
 */
import { u8, u16be, u32be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  type Decoder,
  type Described,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { hexNumber } from '../text.ts';
import {
  DYNAMIC_OBJECTS,
  FUNCTIONS,
  FunctionCode,
  Id,
  Opcode,
  PROGRAM_OBJECTS,
  TARGETS,
  Target,
  Version,
} from './codes.ts';
import { EVIDENCE, readIdentification, readSession, readTls } from './evidence.ts';

const PROTOCOL_ID = 0x72;

const VERSION = 1;
const LENGTH = 2;
const DATA = 4;
const TRAILER_BYTES = 4;

// Offsets from the opcode on.
const RESERVED_1 = 1;
const FUNCTION = 3;
const RESERVED_2 = 5;
const SEQUENCE = 7;
const SESSION = 9; // of a request
const REQUEST_DATA = 14;
const RETURN_VALUE = 10; // of a response

/** A CreateObject request has the object after its container's id, a value and an integrity id of a few bytes each. */
const OBJECT_WITHIN = 24;
const START_OF_OBJECT = 0xa1;

export const s7commPlus: Protocol = {
  name: 's7comm-plus',
  tcpPorts: [],
  udpPorts: [],
  over: 'cotp',

  recognise(b, at, end) {
    if (end - at < DATA || u8(b, at) !== PROTOCOL_ID) return Recognition.no;
    const rest = end - at - DATA - u16be(b, at + LENGTH);
    switch (u8(b, at + VERSION)) {
      case Version.v1:
      case Version.v2:
      case Version.v3: {
        if (rest !== 0 && !(rest === TRAILER_BYTES && isTrailer(b, end))) return Recognition.no;
        return isOperation(b, opcodeAt(b, at), end) ? Recognition.certain : Recognition.possible;
      }
      case Version.systemEvent:
      case Version.keepAlive:
        return rest === 0 || rest === TRAILER_BYTES ? Recognition.possible : Recognition.no;
      default:
        return Recognition.no;
    }
  },

  sender(b, at, end) {
    if (end - at < DATA + 1 || u8(b, at) !== PROTOCOL_ID || u8(b, at + VERSION) > Version.v3) return Sender.unknown;
    const opcode = opcodeAt(b, at);
    if (!isOperation(b, opcode, end)) return Sender.unknown;
    return u8(b, opcode) === Opcode.request ? Sender.client : Sender.server;
  },

  open: (facts) => new S7commPlusDecoder(facts),
  operation,
  space: (space) => `space ${space}`, // addresses are symbols, which this decoder does not read
  evidence: EVIDENCE,
};

/** Where the opcode is (or would be, beyond a short PDU's end). The caller has checked for DATA + 1 bytes or more. */
function opcodeAt(b: Uint8Array, at: number): number {
  return at + DATA + (u8(b, at + VERSION) === Version.v3 ? 1 + (b[at + DATA] ?? 0) : 0);
}

function isTrailer(b: Uint8Array, end: number): boolean {
  return u8(b, end - TRAILER_BYTES) === PROTOCOL_ID && u16be(b, end - 2) === 0;
}

/** Whether a request or a response begins at `at`: what it must have, and a continuation by chance would not. */
function isOperation(b: Uint8Array, at: number, end: number): boolean {
  if (end - at <= RETURN_VALUE || u16be(b, at + RESERVED_1) !== 0 || u16be(b, at + RESERVED_2) !== 0) return false;
  const opcode = u8(b, at);
  const known = opcode === Opcode.request || opcode === Opcode.response || opcode === Opcode.response2;
  return known && isFunction(u16be(b, at + FUNCTION));
}

/** All functions that are known lie close together; others are believed there. */
function isFunction(code: number): boolean {
  return code >= 0x0400 && code < 0x0700;
}

/** Operation numbers are function codes with, above them, what the function is applied to. */
function numbered(code: number, object: Target): number {
  return code | (object << 16);
}

function operation(number: number): Operation {
  if (number === Opcode.notification) return { code: hexNumber(number, 2), name: 'Notification', access: 'read' };
  const code = hexNumber(number & 0xffff, 4);
  const [name, access, effect]: Described = FUNCTIONS.get(number & 0xffff) ?? [`Function ${code}`, 'write']; // may change anything
  const object = TARGETS[number >>> 16];
  if (object === undefined) return { code, name, access, effect };
  return { code, name: `${name}: ${object[0]}`, access: object[1], effect: object[2] };
}

class S7commPlusDecoder implements Decoder {
  readonly #facts: FactSink;
  /** By sequence number, which counts up. */
  readonly #outstanding = new Outstanding(64);
  /** Whether the next PDU of a direction continues one that was too long. */
  #clientGoesOn = false;
  #serverGoesOn = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < DATA) return Outcome.truncated;
    if (u8(b, at) !== PROTOCOL_ID) return Outcome.malformed;
    switch (u8(b, at + VERSION)) {
      case Version.v1:
      case Version.v2:
      case Version.v3:
        break;
      case Version.systemEvent:
      case Version.keepAlive:
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
    const stop = at + DATA + u16be(b, at + LENGTH);
    const last = stop < end;
    const continues = fromClient ? this.#clientGoesOn : this.#serverGoesOn;
    if (fromClient) this.#clientGoesOn = !last;
    else this.#serverGoesOn = !last;
    if (continues) return stop > end ? Outcome.truncated : Outcome.ok;
    if (stop === at + DATA) return Outcome.truncated;
    const outcome = this.#data(b, opcodeAt(b, at), Math.min(stop, end));
    return outcome === Outcome.ok && stop > end ? Outcome.truncated : outcome;
  }

  lost(fromClient: boolean): void {
    if (fromClient) this.#clientGoesOn = false;
    else this.#serverGoesOn = false;
  }

  #data(b: Uint8Array, at: number, end: number): Outcome {
    if (at >= end) return Outcome.truncated;
    const opcode = u8(b, at);
    if (opcode === Opcode.notification) {
      // nobody asks for each: it counts as an answer to the subscription
      this.#facts.response(this.#facts.operation(opcode, NO_UNIT), false);
      return Outcome.ok;
    }
    if (!isOperation(b, at, end)) return end - at <= RETURN_VALUE ? Outcome.truncated : Outcome.unsupported;
    return opcode === Opcode.request ? this.#request(b, at, end) : this.#response(b, at, end);
  }

  #request(b: Uint8Array, at: number, end: number): Outcome {
    const code = u16be(b, at + FUNCTION);
    const asked = this.#facts.request(numbered(code, objectOf(code, b, at, end)), NO_UNIT);
    this.#outstanding.put(u16be(b, at + SEQUENCE), asked);
    if (end - at < REQUEST_DATA) return Outcome.truncated;
    if (code === FunctionCode.createObject) readSession(this.#facts, b, at + REQUEST_DATA, end);
    return FUNCTIONS.has(code) ? Outcome.ok : Outcome.unsupported;
  }

  #response(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const code = u16be(b, at + FUNCTION);
    const asked = this.#outstanding.take(u16be(b, at + SEQUENCE));
    const refused = isError(b, at + RETURN_VALUE, end);
    facts.response(asked !== NONE ? asked : facts.operation(code, NO_UNIT), refused);
    if (refused) return Outcome.ok;
    if (code === FunctionCode.createObject) readSession(facts, b, at + RETURN_VALUE, end);
    else if (code === FunctionCode.getVarSubStreamed) readIdentification(facts, b, at + RETURN_VALUE, end);
    else if (code === FunctionCode.initSsl) readTls(facts, b, at);
    return FUNCTIONS.has(code) ? Outcome.ok : Outcome.unsupported;
  }
}

/** What the request at `at` is applied to. */
function objectOf(code: number, b: Uint8Array, at: number, end: number): Target {
  if (end - at < REQUEST_DATA + 4) return Target.any;
  const id = u32be(b, at + REQUEST_DATA);
  const own = id === u32be(b, at + SESSION);
  switch (code) {
    case FunctionCode.createObject:
      if (id === Id.serverSessionContainer) return Target.session;
      return isSubscription(classOf(b, at + REQUEST_DATA + 4, end)) ? Target.subscription : Target.any;
    case FunctionCode.deleteObject:
      if (own) return Target.session;
      return id >= DYNAMIC_OBJECTS && id < PROGRAM_OBJECTS ? Target.subscription : Target.any;
    case FunctionCode.setMultiVariables:
      return own ? Target.session : Target.any;
    case FunctionCode.setVariable: {
      const attribute = number(b, at + REQUEST_DATA + 5, end); // after the id, how many attributes
      if (own) return Target.session;
      if (attribute === Id.subscriptionCreditLimit || attribute === Id.notificationCredit) return Target.subscription;
      return id === Id.cpuExecutionUnit && attribute === Id.operatingStateRequest ? Target.operatingState : Target.any;
    }
    default:
      return Target.any;
  }
}

function isSubscription(classId: number): boolean {
  return classId === Id.classSubscription || classId === Id.classSubscriptions;
}

/** The class of the object in a CreateObject request, after its tag and relation id; NONE when it is not found. */
function classOf(b: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end - 5, at + OBJECT_WITHIN);
  for (let next = at; next < limit; next++) if (u8(b, next) === START_OF_OBJECT) return number(b, next + 5, end);
  return NONE;
}

/** A number of variable length: seven bits a byte, most significant first, the top bit set where more follow. */
function number(b: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let next = at; next < Math.min(end, at + 4); next++) {
    const byte = u8(b, next);
    value = (value << 7) | (byte & 0x7f);
    if (byte < 0x80) return value;
  }
  return NONE;
}

/**
 * Whether a return value, 64 bits of variable length (a ninth byte has all its eight), is an error: its lower 16 bits
 * are a signed code, negative when the request failed.
 */
function isError(b: Uint8Array, at: number, end: number): boolean {
  let low = 0;
  for (let next = at; next < Math.min(end, at + 9); next++) {
    const byte = u8(b, next);
    if (next === at + 8) return ((low << 8) & 0x8000) !== 0;
    low = ((low << 7) | (byte & 0x7f)) & 0xffff;
    if (byte < 0x80) break;
  }
  return (low & 0x8000) !== 0;
}
