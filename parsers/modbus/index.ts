/**
 * Modbus/TCP, after the MODBUS Messaging on TCP/IP Implementation Guide V1.0b, section 3.1.3:
 *
 *   0             2          4        6      7          8
 *   | transaction | protocol | length | unit | function | data ...
 */
import { u8, u16be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type Described,
  type FactSink,
  NOT_A_PDU,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import {
  DIAGNOSTICS,
  EXCEPTION,
  FUNCTIONS,
  FunctionCode,
  GATEWAY_PATH_UNAVAILABLE,
  GATEWAY_TARGET_FAILED,
  Mei,
  SPACES,
  Space,
  UMAS,
} from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const TRANSACTION = 0;
const PROTOCOL = 2; // always 0
const LENGTH = 4; // bytes from `unit` on
const UNIT = 6;
const FUNCTION = 7;
const DATA = 8;

/** 253 bytes of PDU and 7 of MBAP header (V1.1b3, section 4.1). */
const MAX_ADU_BYTES = 260;
/** UMAS negotiates longer PDUs, which its MBAP length then tells. */
const MAX_UMAS_ADU_BYTES = 1500;

/** UMAS answers: session key, then this for success; 0xFD refuses. */
const UMAS_REFUSED = 0xfd;
const UMAS_OK = 0xfe;

export const modbus: Protocol = {
  name: 'modbus',
  tcpPorts: [502],
  udpPorts: [502],

  stream: {
    headerBytes: DATA,
    maxPduBytes: MAX_UMAS_ADU_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      if (u16be(b, at + PROTOCOL) !== 0) return NOT_A_PDU;
      const code = u8(b, at + FUNCTION) & ~EXCEPTION;
      const size = UNIT + u16be(b, at + LENGTH);
      const longest = code === FunctionCode.umas ? MAX_UMAS_ADU_BYTES : MAX_ADU_BYTES;
      return code !== 0 && size >= DATA && size <= longest ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < DATA || u16be(b, at + PROTOCOL) !== 0 || u16be(b, at + LENGTH) !== end - at - UNIT) {
      return Recognition.no;
    }
    const code = u8(b, at + FUNCTION);
    if (!FUNCTIONS.has(code & ~EXCEPTION)) return Recognition.no;
    if ((code & EXCEPTION) !== 0) return end - at === DATA + 1 ? Recognition.possible : Recognition.no;
    return fitsRequest(b, at, end) || fitsResponse(b, at, end) ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < DATA) return Sender.unknown;
    if ((u8(b, at + FUNCTION) & EXCEPTION) !== 0) return Sender.server;
    const request = fitsRequest(b, at, end);
    if (request === fitsResponse(b, at, end)) return Sender.unknown;
    return request ? Sender.client : Sender.server;
  },

  open: (facts) => new ModbusDecoder(facts),
  operation,
  space: (space) => (space < SPACES.length ? (SPACES[space] as string) : `file ${space >>> 8}`),
  evidence: EVIDENCE,
};

/** Function codes that carry a sub-function get a number of their own for each: sub-function + 1 in bits 8 and up. */
function numbered(code: number, sub: number): number {
  return code | ((sub + 1) << 8);
}

function operation(number: number): Operation {
  const code = number & 0xff;
  const sub = (number >>> 8) - 1;
  const [name, access, effect]: Described = FUNCTIONS.get(code) ?? [`Function ${code}`, 'write']; // unknown may change anything
  if (sub < 0) return { code: `${code}`, name, access, effect };
  switch (code) {
    case FunctionCode.diagnostics: {
      const [subName, subAccess, subEffect]: Described = DIAGNOSTICS.get(sub) ?? [`Sub-function ${sub}`, access];
      return { code: `${code}`, name: `${name}: ${subName}`, access: subAccess, effect: subEffect };
    }
    case FunctionCode.umas: {
      const [subName, subAccess, subEffect]: Described = UMAS.get(sub) ?? [
        `Function 0x${sub.toString(16).padStart(2, '0')}`,
        access,
      ];
      return { code: `${code}`, name: `${name}: ${subName}`, access: subAccess, effect: subEffect };
    }
    default: {
      const mei = sub === Mei.readDeviceIdentification ? 'Read Device Identification' : meiName(sub);
      // CANopen General Reference (section 6.20) reads and writes objects; which, only the CANopen PDU inside tells.
      return { code: `${code}`, name: mei, access: sub === Mei.canOpen ? 'write' : access };
    }
  }
}

function meiName(type: number): string {
  return type === Mei.canOpen ? 'CANopen General Reference' : `Encapsulated Interface Transport ${type}`;
}

/** Whether the PDU's length is that of a request of its function code (V1.1b3, section 6). */
export function fitsRequest(b: Uint8Array, at: number, end: number): boolean {
  const data = end - at - DATA;
  switch (u8(b, at + FUNCTION)) {
    case FunctionCode.readCoils:
    case FunctionCode.readDiscreteInputs:
    case FunctionCode.readHoldingRegisters:
    case FunctionCode.readInputRegisters:
      return data === 4 && u16be(b, at + DATA + 2) >= 1 && u16be(b, at + DATA + 2) <= 2000;
    case FunctionCode.writeSingleCoil:
    case FunctionCode.writeSingleRegister:
    case FunctionCode.diagnostics:
      return data >= 4;
    case FunctionCode.writeMultipleCoils:
    case FunctionCode.writeMultipleRegisters:
      return data > 5 && u8(b, at + DATA + 4) === data - 5;
    case FunctionCode.maskWriteRegister:
      return data === 6;
    case FunctionCode.readWriteMultipleRegisters:
      return data > 9 && u8(b, at + DATA + 8) === data - 9;
    case FunctionCode.readExceptionStatus:
    case FunctionCode.getCommEventCounter:
    case FunctionCode.getCommEventLog:
    case FunctionCode.reportServerId:
      return data === 0;
    case FunctionCode.readFifoQueue:
      return data === 2;
    case FunctionCode.readFileRecord:
    case FunctionCode.writeFileRecord:
      return data >= 8 && u8(b, at + DATA) === data - 1 && u8(b, at + DATA + 1) === 6;
    case FunctionCode.encapsulatedInterface:
      return data >= 3;
    case FunctionCode.umas:
      return data >= 2 && u8(b, at + DATA + 1) < UMAS_REFUSED;
    default:
      return true;
  }
}

/** Whether the PDU's length is that of an answer to its function code. */
export function fitsResponse(b: Uint8Array, at: number, end: number): boolean {
  const data = end - at - DATA;
  switch (u8(b, at + FUNCTION)) {
    case FunctionCode.readCoils:
    case FunctionCode.readDiscreteInputs:
      return data > 1 && u8(b, at + DATA) === data - 1;
    case FunctionCode.readHoldingRegisters:
    case FunctionCode.readInputRegisters:
    case FunctionCode.readWriteMultipleRegisters:
      return data > 2 && data % 2 === 1 && u8(b, at + DATA) === data - 1;
    case FunctionCode.writeSingleCoil:
    case FunctionCode.writeSingleRegister:
    case FunctionCode.diagnostics:
      return data >= 4;
    case FunctionCode.writeMultipleCoils:
    case FunctionCode.writeMultipleRegisters:
    case FunctionCode.getCommEventCounter:
      return data === 4;
    case FunctionCode.maskWriteRegister:
      return data === 6;
    case FunctionCode.readExceptionStatus:
      return data === 1;
    case FunctionCode.getCommEventLog:
    case FunctionCode.reportServerId:
    case FunctionCode.readFileRecord:
      return data > 1 && u8(b, at + DATA) === data - 1;
    case FunctionCode.writeFileRecord:
      return data >= 8 && u8(b, at + DATA) === data - 1 && u8(b, at + DATA + 1) === 6;
    case FunctionCode.readFifoQueue:
      return data >= 4 && u16be(b, at + DATA) === data - 2;
    case FunctionCode.encapsulatedInterface:
      return data >= 2 && (u8(b, at + DATA) !== Mei.readDeviceIdentification || data >= 6);
    case FunctionCode.umas:
      return data >= 2 && (u8(b, at + DATA + 1) === UMAS_OK || u8(b, at + DATA + 1) === UMAS_REFUSED);
    default:
      return true;
  }
}

/** Decodes PDUs behind an MBAP header. */
export class ModbusDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #numbered: boolean;
  /** By transaction id and unit. Masters keep few requests open; gateways of many units a few dozen. */
  readonly #outstanding = new Outstanding(64);

  /** @param numbered the header's first six bytes are there, and number the transaction; on a serial line nothing does */
  constructor(facts: FactSink, numbered = true) {
    this.#facts = facts;
    this.#numbered = numbered;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    return fromClient ? this.#request(b, at, end) : this.#response(b, at, end);
  }

  /** What pairs an answer with its request: transaction, unit and function code. */
  #key(b: Uint8Array, at: number): number {
    const transaction = this.#numbered ? u16be(b, at + TRANSACTION) : 0;
    return transaction ^ (u8(b, at + UNIT) << 16) ^ ((u8(b, at + FUNCTION) & ~EXCEPTION) << 24);
  }

  #request(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const code = u8(b, at + FUNCTION);
    const unit = u8(b, at + UNIT);
    const data = end - at - DATA;
    let number = code;
    if (code === FunctionCode.diagnostics && data >= 2) number = numbered(code, u16be(b, at + DATA));
    else if (code === FunctionCode.encapsulatedInterface && data >= 1) number = numbered(code, u8(b, at + DATA));
    else if (code === FunctionCode.umas && data >= 2) number = numbered(code, u8(b, at + DATA + 1));

    const asked = facts.request(number, unit);
    this.#outstanding.put(this.#key(b, at), asked);

    switch (code) {
      case FunctionCode.readCoils:
      case FunctionCode.readDiscreteInputs:
      case FunctionCode.readHoldingRegisters:
      case FunctionCode.readInputRegisters:
        if (data < 4) return Outcome.truncated;
        facts.touch(asked, readSpace(code), u16be(b, at + DATA), u16be(b, at + DATA + 2));
        return Outcome.ok;
      case FunctionCode.writeSingleCoil:
      case FunctionCode.writeSingleRegister:
      case FunctionCode.maskWriteRegister:
        if (data < 4) return Outcome.truncated;
        facts.touch(asked, writeSpace(code), u16be(b, at + DATA), 1);
        return Outcome.ok;
      case FunctionCode.writeMultipleCoils:
      case FunctionCode.writeMultipleRegisters:
        if (data < 5) return Outcome.truncated;
        facts.touch(asked, writeSpace(code), u16be(b, at + DATA), u16be(b, at + DATA + 2));
        return u8(b, at + DATA + 4) === data - 5 ? Outcome.ok : Outcome.malformed;
      case FunctionCode.readWriteMultipleRegisters:
        if (data < 9) return Outcome.truncated;
        facts.touch(asked, Space.holdingRegister, u16be(b, at + DATA), u16be(b, at + DATA + 2));
        facts.touch(asked, Space.holdingRegister, u16be(b, at + DATA + 4), u16be(b, at + DATA + 6));
        return u8(b, at + DATA + 8) === data - 9 ? Outcome.ok : Outcome.malformed;
      case FunctionCode.readFileRecord:
      case FunctionCode.writeFileRecord:
        return this.#fileRecords(asked, code, b, at + DATA, end);
      case FunctionCode.readFifoQueue:
        if (data < 2) return Outcome.truncated;
        facts.touch(asked, Space.fifo, u16be(b, at + DATA), 1);
        return Outcome.ok;
      default:
        return (code & EXCEPTION) === 0 && FUNCTIONS.has(code) ? Outcome.ok : Outcome.unsupported;
    }
  }

  /** Sub-requests of 7 bytes, each followed by its record data when writing (sections 6.14 and 6.15). */
  #fileRecords(asked: number, code: number, b: Uint8Array, at: number, end: number): Outcome {
    let next = at + 1;
    while (next < end) {
      if (end - next < 7) return Outcome.truncated;
      const registers = u16be(b, next + 5);
      this.#facts.touch(asked, Space.file | (u16be(b, next + 1) << 8), u16be(b, next + 3), registers);
      next += 7 + (code === FunctionCode.writeFileRecord ? 2 * registers : 0);
    }
    return next === end ? Outcome.ok : Outcome.truncated;
  }

  #response(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const unit = u8(b, at + UNIT);
    const code = u8(b, at + FUNCTION) & ~EXCEPTION;
    const data = end - at - DATA;
    const exception = (u8(b, at + FUNCTION) & EXCEPTION) !== 0;
    const asked = this.#outstanding.take(this.#key(b, at));
    const answered = asked !== NONE ? asked : facts.operation(code, unit);
    const refused = exception || (code === FunctionCode.umas && data >= 2 && u8(b, at + DATA + 1) === UMAS_REFUSED);
    facts.response(answered, refused);

    if (exception) {
      if (data < 1) return Outcome.truncated;
      const reason = u8(b, at + DATA);
      if (reason === GATEWAY_PATH_UNAVAILABLE || reason === GATEWAY_TARGET_FAILED) {
        facts.evidence(Source.gateway, About.sender, unit, b, at + DATA, at + DATA + 1);
      }
      return Outcome.ok;
    }
    if (code === FunctionCode.encapsulatedInterface && data >= 1 && u8(b, at + DATA) === Mei.readDeviceIdentification) {
      return this.#deviceIdentification(unit, b, at + DATA, end);
    }
    if (code === FunctionCode.reportServerId) {
      if (data < 1) return Outcome.truncated;
      facts.evidence(Source.serverId, About.sender, unit, b, at + DATA + 1, end);
    }
    return Outcome.ok;
  }

  /**
   * V1.1b3, section 6.21: MEI type, ReadDevId code, conformity level, more follows, next object id, number of
   * objects, then each object's id, length and value. A long list comes in several answers, each whole by itself.
   */
  #deviceIdentification(unit: number, b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < 6) return Outcome.truncated;
    let next = at + 6;
    for (let left = u8(b, at + 5); left > 0; left--) {
      if (end - next < 2) return Outcome.truncated;
      const value = next + 2;
      const stop = value + u8(b, next + 1);
      if (stop > end) return Outcome.truncated;
      const object = u8(b, next);
      if (object <= Source.userApplicationName) this.#facts.evidence(object, About.sender, unit, b, value, stop);
      else this.#facts.evidence(Source.privateObject, About.sender, unit, b, next, stop);
      next = stop;
    }
    return Outcome.ok;
  }
}

function readSpace(code: number): number {
  switch (code) {
    case FunctionCode.readCoils:
      return Space.coil;
    case FunctionCode.readDiscreteInputs:
      return Space.discreteInput;
    case FunctionCode.readHoldingRegisters:
      return Space.holdingRegister;
    default:
      return Space.inputRegister;
  }
}

function writeSpace(code: number): number {
  return code === FunctionCode.writeSingleCoil || code === FunctionCode.writeMultipleCoils
    ? Space.coil
    : Space.holdingRegister;
}
