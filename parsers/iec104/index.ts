/**
 * IEC 60870-5-104:2006, telecontrol over TCP. An APDU is a control header (APCI), in I format followed by an ASDU:
 *
 *   0    1        2               6      7             8       9            10               12 ...
 *   | 68 | length | control (4)   | type | SQ, number  | cause | originator | common address | objects
 *
 * Fields of an ASDU are little-endian. `length` counts from the control field on. The controlling station opens the
 * connection and is the client; the confirmation of a command repeats the command, so answers need no memory.
 */
import { u8, u16be, u16le } from '../bytes.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  NOT_A_PDU,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import {
  Cause,
  ControlFunction,
  FIRST_COMMAND,
  FIRST_PRIVATE,
  NO_SELECT,
  OBJECT_OCTETS,
  SELECT_AT,
  TYPES,
  Type,
  UNKNOWN,
  VARIABLE,
} from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const START = 0; // always 0x68
const LENGTH = 1;
const CONTROL = 2;
const TYPE = 6;
const NUMBER = 7; // SQ in the top bit: one address, then a sequence of elements
const CAUSE = 8; // test and P/N above the cause
const ORIGINATOR = 9;
const COMMON_ADDRESS = 10;
const OBJECTS = 12;

const START_OCTET = 0x68;
const APCI_BYTES = 6;
/** 5-104, 5.1: at most 253 octets of APDU behind the length. */
const MAX_LENGTH = 253;
/** The control field, and an ASDU's header. */
const LEAST_I_LENGTH = 10;
const CONTROL_BYTES = 4;

const SEQUENCE = 0x80;
const NEGATIVE = 0x40;
const CAUSE_BITS = 0x3f;
const SELECT = 0x80;
const ADDRESS_OCTETS = 3;

/** Ranges told apart in a list of objects; what comes behind that many counts as one range. */
const MAX_RANGES = 8;

/** Operation numbers: the type identification with a variant in bits 8 and 9, or FUNCTION and a control function. */
const Variant = { plain: 0, select: 1 << 8, deactivate: 2 << 8 } as const;
const FUNCTION = 1 << 10;

const INFORMATION_OBJECT = 0;

export const iec104: Protocol = {
  name: 'iec104',
  tcpPorts: [2404],
  udpPorts: [],

  stream: {
    headerBytes: APCI_BYTES,
    maxPduBytes: MAX_LENGTH + CONTROL,
    selfSynchronising: false,
    frame(b, at) {
      const length = u8(b, at + LENGTH);
      if (u8(b, at + START) !== START_OCTET || length > MAX_LENGTH) return NOT_A_PDU;
      const first = u8(b, at + CONTROL);
      // the send and receive sequence numbers leave the lowest bit of both octet pairs to the format (figures 6 to 8)
      if ((u8(b, at + CONTROL + 2) & 1) !== 0) return NOT_A_PDU;
      if ((first & 1) === 0) return length >= LEAST_I_LENGTH ? length + CONTROL : NOT_A_PDU;
      if (length !== CONTROL_BYTES || u8(b, at + CONTROL + 1) !== 0) return NOT_A_PDU;
      if (first === 1) return APCI_BYTES;
      return isFunction(first) && u16be(b, at + CONTROL + 2) === 0 ? APCI_BYTES : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    const first = u8(b, at + CONTROL);
    if (end - at < APCI_BYTES || u8(b, at) !== START_OCTET || u8(b, at + LENGTH) !== end - at - CONTROL) {
      return Recognition.no;
    }
    if ((first & 1) !== 0) return isFunction(first) ? Recognition.certain : Recognition.possible;
    if (end - at < OBJECTS) return Recognition.no;
    const octets = OBJECT_OCTETS[u8(b, at + TYPE)] as number;
    const cause = u8(b, at + CAUSE) & CAUSE_BITS;
    if (cause === 0 || cause > Cause.lastUnknown) return Recognition.no;
    if (octets === VARIABLE || octets === UNKNOWN) return Recognition.possible;
    return end - at - OBJECTS === objectsLength(b, at, octets) ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < APCI_BYTES) return Sender.unknown;
    switch (u8(b, at + CONTROL)) {
      case ControlFunction.startdtAct:
      case ControlFunction.stopdtAct:
        return Sender.client;
      case ControlFunction.startdtCon:
      case ControlFunction.stopdtCon:
        return Sender.server;
      default:
        return (u8(b, at + CONTROL) & 1) === 0 && end - at >= OBJECTS ? senderOf(b, at) : Sender.unknown;
    }
  },

  open: (facts) => new Iec104Decoder(facts),
  operation,
  space: () => 'information-object',
  evidence: EVIDENCE,
};

function isFunction(octet: number): boolean {
  return CONTROL_FUNCTIONS.has(octet);
}

const CONTROL_FUNCTIONS: ReadonlyMap<number, readonly [code: string, name: string]> = new Map([
  [ControlFunction.startdtAct, ['startdt', 'Start Data Transfer']],
  [ControlFunction.startdtCon, ['startdt', 'Start Data Transfer']],
  [ControlFunction.stopdtAct, ['stopdt', 'Stop Data Transfer']],
  [ControlFunction.stopdtCon, ['stopdt', 'Stop Data Transfer']],
  [ControlFunction.testfrAct, ['testfr', 'Test Frame']],
  [ControlFunction.testfrCon, ['testfr', 'Test Frame']],
]);

function operation(number: number): Operation {
  if ((number & FUNCTION) !== 0) {
    const [code, name] = CONTROL_FUNCTIONS.get(number & 0xff) ?? ['u', 'Control Function'];
    return { code, name, access: 'session' };
  }
  const type = number & 0xff;
  const known = TYPES.get(type);
  // what a private type does, only its maker knows: it may change anything
  if (known === undefined) return { code: `${type}`, name: `Type ${type}`, access: 'write' };
  const [name, title, , access, effect] = known;
  const variant = number & (Variant.select | Variant.deactivate);
  const suffix = variant === Variant.select ? ': Select' : variant === Variant.deactivate ? ': Deactivate' : '';
  return { code: `${type}`, name: `${name} ${title}${suffix}`, access, effect };
}

/** Octets of the information objects that the header announces, each of `octets` behind its address. */
function objectsLength(b: Uint8Array, at: number, octets: number): number {
  const number = u8(b, at + NUMBER) & ~SEQUENCE;
  return (u8(b, at + NUMBER) & SEQUENCE) !== 0 ? ADDRESS_OCTETS + number * octets : number * (ADDRESS_OCTETS + octets);
}

/** Who sends this ASDU: by its type, and in the types that go both ways by its cause (5-101, tables 8 to 13 and 14). */
function senderOf(b: Uint8Array, at: number): Sender {
  const type = u8(b, at + TYPE);
  if (type < FIRST_COMMAND || type === Type.endOfInitialization || type === Type.directory) return Sender.server;
  if (type >= Type.firstSecurity && type <= Type.lastSecurity) return Sender.unknown;
  if (type >= Type.firstFile) return Sender.unknown; // files go both ways, and private types as their maker likes
  return isAsked(u8(b, at + CAUSE) & CAUSE_BITS) ? Sender.client : Sender.server;
}

/** Whether something is asked for with this cause: everything else reports or answers. */
function isAsked(cause: number): boolean {
  return cause === Cause.activation || cause === Cause.deactivation || cause === Cause.request;
}

class Iec104Decoder implements Decoder {
  readonly #facts: FactSink;
  /** The common address told last, and the originator: a connection serves few stations. */
  #commonAddress = -1;
  #originator = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < APCI_BYTES) return Outcome.truncated;
    const first = u8(b, at + CONTROL);
    if ((first & 1) !== 0) return this.#control(first);
    if (end - at < OBJECTS) return Outcome.truncated;

    const type = u8(b, at + TYPE);
    const unit = u16le(b, at + COMMON_ADDRESS);
    const originator = u8(b, at + ORIGINATOR);
    const asked = this.#count(b, at, end, fromClient);
    if (unit !== this.#commonAddress && unit !== 0xffff) {
      this.#commonAddress = unit; // 65535 addresses all stations
      const about = fromClient ? About.receiver : About.sender;
      this.#facts.evidence(Source.commonAddress, about, unit, b, at + COMMON_ADDRESS, at + OBJECTS);
    }
    if (originator !== this.#originator && originator !== 0) {
      this.#originator = originator; // answers repeat it: it is the controlling station's
      const about = fromClient ? About.sender : About.receiver;
      this.#facts.evidence(Source.originator, about, NO_UNIT, b, at + ORIGINATOR, at + COMMON_ADDRESS);
    }
    if (type >= Type.firstSecurity && type <= Type.lastSecurity) {
      this.#facts.evidence(Source.authentication, About.sender, unit, b, at + TYPE, at + NUMBER);
      return TYPES.has(type) ? Outcome.ok : Outcome.unsupported;
    }
    return this.#objects(asked, type, unit, b, at, end);
  }

  #control(first: number): Outcome {
    const facts = this.#facts;
    switch (first) {
      case 1: // S format: acknowledges what came
        return Outcome.ok;
      case ControlFunction.startdtAct:
      case ControlFunction.stopdtAct:
      case ControlFunction.testfrAct:
        facts.request(FUNCTION | first, NO_UNIT);
        return Outcome.ok;
      case ControlFunction.startdtCon:
        facts.response(facts.operation(FUNCTION | ControlFunction.startdtAct, NO_UNIT), false);
        return Outcome.ok;
      case ControlFunction.stopdtCon:
        facts.response(facts.operation(FUNCTION | ControlFunction.stopdtAct, NO_UNIT), false);
        return Outcome.ok;
      case ControlFunction.testfrCon:
        facts.response(facts.operation(FUNCTION | ControlFunction.testfrAct, NO_UNIT), false);
        return Outcome.ok;
      default:
        return Outcome.malformed;
    }
  }

  /** Counts the ASDU as what its cause says it is, and returns its operation. */
  #count(b: Uint8Array, at: number, end: number, fromClient: boolean): number {
    const facts = this.#facts;
    const type = u8(b, at + TYPE);
    const unit = u16le(b, at + COMMON_ADDRESS);
    const cause = u8(b, at + CAUSE) & CAUSE_BITS;

    if (type < FIRST_COMMAND) {
      const reported = facts.operation(cause === Cause.request ? Type.readCommand : type, unit);
      facts.response(reported, false);
      return reported;
    }
    const unknown = cause >= Cause.firstUnknown && cause <= Cause.lastUnknown;
    const number = type | variantOf(type, cause, b, at, end);
    if (!unknown && isAsked(cause) && senderOf(b, at) !== Sender.server) return facts.request(number, unit);
    if (type >= Type.firstSecurity && type !== Type.directory && senderOf(b, at) === Sender.unknown && fromClient) {
      return facts.request(number, unit); // of a kind that goes both ways
    }
    const answered = facts.operation(number, unit);
    // the confirmation was the answer; the termination only says when it was done
    if (cause !== Cause.activationTermination) {
      facts.response(answered, unknown || (u8(b, at + CAUSE) & NEGATIVE) !== 0);
    }
    return answered;
  }

  /** Says which information objects are meant, where it is the request or the report that names them. */
  #objects(operation: number, type: number, unit: number, b: Uint8Array, at: number, end: number): Outcome {
    const octets = OBJECT_OCTETS[type] as number;
    if (octets === UNKNOWN) return Outcome.unsupported;
    if (octets === VARIABLE) return Outcome.ok;
    if (end - at - OBJECTS < objectsLength(b, at, octets)) {
      return Outcome.truncated;
    }
    const reported = type < FIRST_COMMAND;
    const asked = isAsked(u8(b, at + CAUSE) & CAUSE_BITS);
    if (reported || asked) this.#touch(operation, octets, b, at);
    if (type === Type.endOfInitialization) {
      const coi = at + OBJECTS + ADDRESS_OCTETS;
      if (coi < end) this.#facts.evidence(Source.initialization, About.sender, unit, b, coi, coi + 1);
    }
    return end - at - OBJECTS === objectsLength(b, at, octets) ? Outcome.ok : Outcome.malformed;
  }

  /** One range per run of consecutive addresses. Lengths were checked. */
  #touch(operation: number, octets: number, b: Uint8Array, at: number): void {
    const facts = this.#facts;
    const number = u8(b, at + NUMBER) & ~SEQUENCE;
    if (number === 0) return;
    if ((u8(b, at + NUMBER) & SEQUENCE) !== 0) {
      facts.touch(operation, INFORMATION_OBJECT, address(b, at + OBJECTS), number);
      return;
    }
    let next = at + OBJECTS;
    let first = address(b, next);
    let last = first;
    let ranges = 1;
    for (let left = number - 1; left > 0; left--) {
      next += ADDRESS_OCTETS + octets;
      const object = address(b, next);
      if (object === last + 1) {
        last = object;
      } else if (ranges === MAX_RANGES) {
        if (object < first) first = object;
        if (object > last) last = object;
      } else {
        facts.touch(operation, INFORMATION_OBJECT, first, last - first + 1);
        ranges++;
        first = object;
        last = object;
      }
    }
    facts.touch(operation, INFORMATION_OBJECT, first, last - first + 1);
  }
}

function address(b: Uint8Array, at: number): number {
  return u16le(b, at) | (u8(b, at + 2) << 16);
}

/** Selecting is not yet commanding, and deactivating takes a command back; answers repeat the select bit. */
function variantOf(type: number, cause: number, b: Uint8Array, at: number, end: number): number {
  if (type >= FIRST_PRIVATE) return Variant.plain;
  if (cause === Cause.deactivation || cause === Cause.deactivationConfirmation) return Variant.deactivate;
  const offset = SELECT_AT[type] as number;
  const octet = at + OBJECTS + ADDRESS_OCTETS + offset;
  return offset !== NO_SELECT && octet < end && (u8(b, octet) & SELECT) !== 0 ? Variant.select : Variant.plain;
}
