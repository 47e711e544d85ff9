/**
 * HART-IP, after HCF_SPEC-085 (Network Management), network byte order:
 *
 *   0         1      2    3        4          6            8
 *   | version | type | id | status | sequence | byte count | data ...
 *
 * The data of a token-passing PDU is a frame of the HART data link layer (HCF_SPEC-81):
 *
 *   | delimiter | address 1 or 5 | expansion 0 to 3 | command | byte count | answers: response code, status | ... | check |
 */
import { u8, u16be, u24be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
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
import { COMMANDS, Command, isRefusal, MESSAGES, MessageId, MessageType } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const TYPE = 1;
const ID = 2;
const STATUS = 3;
const SEQUENCE = 4;
const BYTE_COUNT = 6;
const HEADER_BYTES = 8;

const MAX_VERSION = 2;
/** Direct PDUs, of version 2, hold several commands. */
const MAX_PDU_BYTES = 2048;
/** A frame of the data link layer: delimiter, address, expansion, command, byte count, 255 bytes, check byte. */
const MAX_FRAME_BYTES = 267;
/** Master type and inactivity close time. */
const SESSION_INITIATE_BYTES = 5;

const LONG_ADDRESS = 0x80; // in the delimiter
const LONG_ADDRESS_BYTES = 5;
const FRAME_TYPE = 0x07; // in the delimiter
const FrameType = { burst: 1, request: 2, answer: 6 } as const;
/** Response code and device status, before the data of an answer. */
const ANSWER_STATUS_BYTES = 2;
const COMMUNICATION_ERROR = 0x80; // in the response code

/** Operation numbers of HART-IP's own messages lie beyond those of HART commands, which have 16 bits. */
const MESSAGE = 0x10000;

export const hartIp: Protocol = {
  name: 'hart-ip',
  tcpPorts: [5094],
  udpPorts: [5094],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: MAX_PDU_BYTES,
    selfSynchronising: false,
    frame: (b, at) => (fitsHeader(b, at) ? u16be(b, at + BYTE_COUNT) : NOT_A_PDU),
  },

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES || u16be(b, at + BYTE_COUNT) !== end - at || !fitsHeader(b, at)) return Recognition.no;
    if (u8(b, at + ID) !== MessageId.tokenPassingPdu || end - at <= HEADER_BYTES + 1) return Recognition.possible;
    return isFrame(b, at + HEADER_BYTES, end) ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    return u8(b, at + TYPE) === MessageType.request ? Sender.client : Sender.server;
  },

  open: (facts) => new HartIpDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

/** Whether a header's fields agree with each other: short, it is like that of other protocols. */
function fitsHeader(b: Uint8Array, at: number): boolean {
  const version = u8(b, at);
  const type = u8(b, at + TYPE);
  if (version === 0 || version > MAX_VERSION || (type > MessageType.error && type !== MessageType.nak)) return false;
  if (type === MessageType.request && u8(b, at + STATUS) !== 0) return false;
  const size = u16be(b, at + BYTE_COUNT);
  const bytes = size - HEADER_BYTES; // errors carry a code or nothing
  switch (u8(b, at + ID)) {
    case MessageId.sessionInitiate:
      return bytes === SESSION_INITIATE_BYTES || bytes === 0 || bytes === 1;
    case MessageId.sessionClose:
    case MessageId.keepAlive:
      return bytes === 0 || bytes === 1;
    case MessageId.tokenPassingPdu:
      return bytes >= 0 && bytes <= MAX_FRAME_BYTES;
    case MessageId.directPdu:
    case MessageId.readAuditLog:
      return version === MAX_VERSION && bytes >= 0 && size <= MAX_PDU_BYTES;
    default:
      return false;
  }
}

/** Where the command number stands in the frame at `at`; it may lie past the frame's end. */
function commandAt(b: Uint8Array, at: number): number {
  const delimiter = u8(b, at);
  return at + 1 + ((delimiter & LONG_ADDRESS) !== 0 ? LONG_ADDRESS_BYTES : 1) + ((delimiter >> 5) & 3);
}

/** Whether `b[at, end)` is a frame whose length and check byte are right. */
function isFrame(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 5) return false;
  const type = u8(b, at) & FRAME_TYPE;
  if (type !== FrameType.burst && type !== FrameType.request && type !== FrameType.answer) return false;
  const command = commandAt(b, at);
  if (end - command < 3 || u8(b, command + 1) !== end - command - 3) return false;
  let check = 0;
  for (let i = at; i < end; i++) check ^= u8(b, i);
  return check === 0;
}

function operation(number: number): Operation {
  if (number >= MESSAGE) {
    const id = number - MESSAGE;
    const [name, access] = MESSAGES[id] ?? [`Message ${id}`, 'session' as const];
    return { code: `ip.${id}`, name, access };
  }
  const [name, access] = COMMANDS.get(number) ?? [`Command ${number}`, 'write' as const]; // unknown may change anything
  return { code: `${number}`, name, access };
}

/** Requests remembered at once: gateways take some few ahead per session. */
const WAITING = 32;
/** The host's own device id, before it was heard. */
const UNKNOWN = -1;

class HartIpDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(WAITING);
  /** Device id of the host itself: who answered at polling address 0. */
  #ownId = UNKNOWN;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const size = u16be(b, at + BYTE_COUNT);
    const stop = Math.min(end, at + size);
    const id = u8(b, at + ID);
    if (id >= MESSAGES.length || size < HEADER_BYTES) return Outcome.malformed;
    const outcome = this.#message(b, at, stop, id);
    return outcome === Outcome.ok && stop - at < size ? Outcome.truncated : outcome;
  }

  #message(b: Uint8Array, at: number, end: number, id: number): Outcome {
    const facts = this.#facts;
    const type = u8(b, at + TYPE);
    const key = u16be(b, at + SEQUENCE) | (id << 16);
    const hart = id === MessageId.tokenPassingPdu;
    if (type === MessageType.request) {
      if (hart) return this.#request(b, at + HEADER_BYTES, end, key);
      this.#outstanding.put(key, facts.request(MESSAGE | id, NO_UNIT));
      return Outcome.ok;
    }
    const asked = type === MessageType.publish ? NONE : this.#outstanding.take(key);
    const refused = type >= MessageType.error || isRefusal(u8(b, at + STATUS));
    if (hart && !refused) return this.#answer(b, at + HEADER_BYTES, end, asked);
    facts.response(asked !== NONE ? asked : facts.operation(MESSAGE | id, NO_UNIT), refused);
    return type <= MessageType.error || type === MessageType.nak ? Outcome.ok : Outcome.malformed;
  }

  #request(b: Uint8Array, at: number, end: number, key: number): Outcome {
    if (end - at < 5) return Outcome.truncated;
    const command = commandAt(b, at);
    if (end - command < 3) return Outcome.truncated;
    const number = this.#commandNumber(b, command, command + 2, end);
    this.#outstanding.put(key, this.#facts.request(number, this.#unit(b, at)));
    return command + 2 + u8(b, command + 1) < end ? Outcome.ok : Outcome.truncated;
  }

  #answer(b: Uint8Array, at: number, end: number, waiting: number): Outcome {
    if (end - at < 5) return Outcome.truncated;
    const command = commandAt(b, at);
    if (end - command < 2 + ANSWER_STATUS_BYTES) return Outcome.truncated;
    const data = command + 2 + ANSWER_STATUS_BYTES;
    const stop = Math.min(end, command + 2 + u8(b, command + 1));
    const number = this.#commandNumber(b, command, data, stop);
    const identifies =
      number === Command.readUniqueIdentifier ||
      number === Command.readUniqueIdentifierByTag ||
      number === Command.readUniqueIdentifierByLongTag;
    // at its polling address a device tells its long one
    if (number === Command.readUniqueIdentifier && (u8(b, at) & LONG_ADDRESS) === 0 && stop - data >= 12) {
      if ((u8(b, at + 1) & 0x3f) === 0) this.#ownId = u24be(b, data + 9);
    }
    const unit = this.#unit(b, at);
    const facts = this.#facts;
    const code = u8(b, command + 2);
    const refused = (code & COMMUNICATION_ERROR) !== 0 || isRefusal(code);
    facts.response(waiting !== NONE ? waiting : facts.operation(number, unit), refused);
    if (refused) return Outcome.ok;
    if (identifies) return this.#identity(b, data, stop, unit);
    switch (number) {
      case Command.readTagDescriptorDate:
        if (stop - data < 18) return Outcome.truncated;
        facts.evidence(Source.tag, About.sender, unit, b, data, data + 6);
        facts.evidence(Source.descriptor, About.sender, unit, b, data + 6, data + 18);
        break;
      case Command.readLongTag:
        facts.evidence(Source.longTag, About.sender, unit, b, data, stop);
        break;
    }
    return command + 2 + u8(b, command + 1) < end ? Outcome.ok : Outcome.truncated;
  }

  /** The answer to command 0 (HCF_SPEC-127, section 6.1): 12 bytes in HART 5, 17 in HART 6, 22 in HART 7. */
  #identity(b: Uint8Array, at: number, end: number, unit: number): Outcome {
    if (end - at < 12) return Outcome.truncated;
    const facts = this.#facts;
    const wide = end - at >= 22; // the manufacturer has a field of its own, and device types have 16 bits
    if (wide) facts.evidence(Source.manufacturer, About.sender, unit, b, at + 17, at + 19);
    else facts.evidence(Source.manufacturer, About.sender, unit, b, at + 1, at + 2);
    facts.evidence(Source.deviceType, About.sender, unit, b, at + 1, at + 3);
    facts.evidence(Source.software, About.sender, unit, b, at + 6, at + 7);
    facts.evidence(Source.hardware, About.sender, unit, b, at + 7, at + 8);
    facts.evidence(Source.deviceId, About.sender, unit, b, at + 9, at + 12);
    if (wide) facts.evidence(Source.profile, About.sender, unit, b, at + 21, at + 22);
    return Outcome.ok;
  }

  #commandNumber(b: Uint8Array, command: number, data: number, end: number): number {
    const number = u8(b, command);
    return number === Command.extended && end - data >= 2 ? u16be(b, data) : number;
  }

  /** A polling address other than 0, or the device id of one behind the host. */
  #unit(b: Uint8Array, at: number): number {
    if ((u8(b, at) & LONG_ADDRESS) === 0) {
      const polling = u8(b, at + 1) & 0x3f;
      return polling === 0 ? NO_UNIT : polling;
    }
    const id = u24be(b, at + 3);
    return id === this.#ownId ? NO_UNIT : id;
  }
}
