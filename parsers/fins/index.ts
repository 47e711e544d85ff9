/**
 * FINS (Factory Interface Network Service) of Omron controllers, after Omron W342, section 5-1, and W421, sections 6
 * and 7; network byte order. A frame, alone in a UDP datagram:
 *
 *   0     1     2     3     4     5     6     7     8     9     10        12
 *   | ICF | RSV | GCT | DNA | DA1 | DA2 | SNA | SA1 | SA2 | SID | command | answers: end code | data ...
 *
 * and on TCP behind a header of its own:
 *
 *   0        4        8         12           16
 *   | "FINS" | length | command | error code | a frame, or node addresses
 */
import { i32be, u8, u16be, u32be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type Described,
  type FactSink,
  NO_UNIT,
  NOT_A_PDU,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { NOT_ENOUGH, SegmentCutter, type SegmentMessages } from '../segment-cutter.ts';
import { hexNumber } from '../text.ts';
import { areaName, COMMANDS, Command, isBitArea, TCP_OPERATION, TcpCommand } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const RSV = 1; // always 0
const GATEWAY_COUNT = 2;
const DESTINATION = 3; // network, node, unit
const SOURCE = 6;
const SID = 9;
const COMMAND = 10;
const DATA = 12;
const END_CODE_BYTES = 2;

/** ICF: bit 7 gateway in use, bit 6 answer, bit 0 no answer wanted; the others are 0. */
const ICF_UNUSED = 0x3e;
const ICF_ANSWER = 0x40;
const MAX_GATEWAY_COUNT = 7;

const MAGIC = 0x46494e53; // "FINS"
const TCP_HEADER_BYTES = 16;
/** Bytes that `length` does not count. */
const TCP_UNCOUNTED = 8;
/** The longest FINS frame is 2012 bytes (W342, section 5-1-2); none on TCP is longer than this. */
const MAX_TCP_LENGTH = 4096;

const CONTROLLER_TEXT_BYTES = 20;
const UNIT_RECORD_BYTES = 22;
const STATUS_BYTES = 4;
const AREA_ADDRESS_BYTES = 4; // area, word, bit

export const fins: Protocol = {
  name: 'fins',
  tcpPorts: [9600],
  udpPorts: [9600],

  recognise(b, at, end) {
    const size = tcpSize(b, at, end);
    if (size > 0) return size >= TCP_HEADER_BYTES && isTcpCommand(b, at) ? Recognition.certain : Recognition.no;
    return fits(b, at, end) ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (tcpSize(b, at, end) <= 0) return frameSender(b, at, end);
    switch (u32be(b, at + 8)) {
      case TcpCommand.clientNodeAddress:
        return Sender.client;
      case TcpCommand.serverNodeAddress:
        return Sender.server;
      case TcpCommand.frame:
        return frameSender(b, at + TCP_HEADER_BYTES, end);
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new FinsDecoder(facts),
  operation,
  space: areaName,
  evidence: EVIDENCE,
};

/** Bytes in the FINS/TCP message at `at`, NOT_ENOUGH or NOT_A_PDU. */
function tcpSize(b: Uint8Array, at: number, end: number): number {
  if (end - at < TCP_HEADER_BYTES) return NOT_ENOUGH;
  if (i32be(b, at) !== MAGIC) return NOT_A_PDU;
  const length = u32be(b, at + 4);
  return length >= TCP_HEADER_BYTES - TCP_UNCOUNTED && length <= MAX_TCP_LENGTH ? TCP_UNCOUNTED + length : NOT_A_PDU;
}

function isTcpCommand(b: Uint8Array, at: number): boolean {
  const command = u32be(b, at + 8);
  return command <= TcpCommand.error || command === TcpCommand.confirm;
}

/** Whether `b[at, end)` is a frame of a known command. */
function fits(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < DATA) return false;
  const icf = u8(b, at);
  return (
    (icf & ICF_UNUSED) === 0 &&
    u8(b, at + RSV) === 0 &&
    u8(b, at + GATEWAY_COUNT) <= MAX_GATEWAY_COUNT &&
    COMMANDS.has(u16be(b, at + COMMAND)) &&
    ((icf & ICF_ANSWER) === 0 || end - at >= DATA + END_CODE_BYTES)
  );
}

function frameSender(b: Uint8Array, at: number, end: number): Sender {
  if (end - at < DATA) return Sender.unknown;
  return (u8(b, at) & ICF_ANSWER) === 0 ? Sender.client : Sender.server;
}

function operation(number: number): Operation {
  switch (number) {
    case TCP_OPERATION | TcpCommand.clientNodeAddress:
      return { code: 'tcp.0', name: 'Node Address Data Send', access: 'session' };
    case TCP_OPERATION | TcpCommand.error:
      return { code: 'tcp.3', name: 'Frame Send Error Notification', access: 'session' };
    case TCP_OPERATION | TcpCommand.confirm:
      return { code: 'tcp.6', name: 'Connection Confirmation', access: 'session' };
    default: {
      const code = hexNumber(number, 4);
      const [name, access, effect]: Described = COMMANDS.get(number) ?? [`Command ${code}`, 'write']; // unknown may change anything
      return { code, name, access, effect };
    }
  }
}

/** Requests remembered at once: clients wait for each answer, or number some few ahead. */
const WAITING = 32;

class FinsDecoder implements Decoder, SegmentMessages {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(WAITING);
  readonly #segments = [new SegmentCutter(this, false), new SegmentCutter(this, true)] as const;
  #onTcp = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#onTcp ||= tcpSize(b, at, end) > 0;
    if (this.#onTcp) return this.#segments[fromClient ? 1 : 0].push(b, at, end);
    return this.#frame(b, at, end);
  }

  lost(fromClient: boolean): void {
    this.#segments[fromClient ? 1 : 0].lost();
  }

  messageBytes(b: Uint8Array, at: number, end: number): number {
    return tcpSize(b, at, end);
  }

  message(b: Uint8Array, at: number, end: number): Outcome {
    const command = u32be(b, at + 8);
    const facts = this.#facts;
    switch (command) {
      case TcpCommand.clientNodeAddress:
      case TcpCommand.error:
      case TcpCommand.confirm:
        facts.request(TCP_OPERATION | command, NO_UNIT);
        return Outcome.ok;
      case TcpCommand.serverNodeAddress:
        facts.response(
          facts.operation(TCP_OPERATION | TcpCommand.clientNodeAddress, NO_UNIT),
          i32be(b, at + 12) !== 0, // error code
        );
        return Outcome.ok;
      case TcpCommand.frame:
        return this.#frame(b, at + TCP_HEADER_BYTES, end);
      default:
        return Outcome.unsupported;
    }
  }

  #frame(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < DATA) return Outcome.truncated;
    if ((u8(b, at) & ICF_UNUSED) !== 0 || u8(b, at + RSV) !== 0) return Outcome.malformed;
    return (u8(b, at) & ICF_ANSWER) === 0 ? this.#request(b, at, end) : this.#answer(b, at, end);
  }

  #request(b: Uint8Array, at: number, end: number): Outcome {
    const command = u16be(b, at + COMMAND);
    const asked = this.#facts.request(command, unit(b, at + DESTINATION));
    if ((u8(b, at) & 1) === 0) this.#outstanding.put(key(b, at), asked);
    const data = at + DATA;
    switch (command) {
      case Command.memoryAreaRead:
      case Command.memoryAreaWrite:
      case Command.memoryAreaFill:
        return this.#touch(asked, b, data, end, data + AREA_ADDRESS_BYTES);
      case Command.memoryAreaTransfer: {
        const source = this.#touch(asked, b, data, end, data + 2 * AREA_ADDRESS_BYTES);
        if (source !== Outcome.ok) return source;
        return this.#touch(asked, b, data + AREA_ADDRESS_BYTES, end, data + 2 * AREA_ADDRESS_BYTES);
      }
      case Command.multipleMemoryAreaRead:
        for (let item = data; item < end; item += AREA_ADDRESS_BYTES) {
          if (end - item < AREA_ADDRESS_BYTES) return Outcome.truncated;
          this.#facts.touch(asked, u8(b, item), first(b, item), 1);
        }
        return Outcome.ok;
      case Command.forcedSetReset: {
        // number of bits, then each bit's set/reset specification, area, word and bit
        if (end - data < 2) return Outcome.truncated;
        let item = data + 2;
        for (let left = u16be(b, data); left > 0; left--) {
          if (end - item < 2 + AREA_ADDRESS_BYTES) return Outcome.truncated;
          this.#facts.touch(asked, u8(b, item + 2), first(b, item + 2), 1);
          item += 2 + AREA_ADDRESS_BYTES;
        }
        return Outcome.ok;
      }
      default:
        return COMMANDS.has(command) ? Outcome.ok : Outcome.unsupported;
    }
  }

  /** The range that begins at the address in `b[address, ...)`, as many items as `b[count, ...)` says. */
  #touch(asked: number, b: Uint8Array, address: number, end: number, count: number): Outcome {
    if (end - count < 2) return Outcome.truncated;
    this.#facts.touch(asked, u8(b, address), first(b, address), u16be(b, count));
    return Outcome.ok;
  }

  #answer(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const command = u16be(b, at + COMMAND);
    const waiting = this.#outstanding.take(key(b, at));
    const from = unit(b, at + SOURCE);
    const asked = waiting !== NONE ? waiting : facts.operation(command, from);
    if (end - at < DATA + END_CODE_BYTES) {
      facts.response(asked, false);
      return Outcome.truncated;
    }
    // bit 15 says that a relay failed, bits 6 and 7 that the controller has an error: neither is the answer's
    const refused = (u16be(b, at + DATA) & 0x7f3f) !== 0;
    facts.response(asked, refused);
    if (refused) return Outcome.ok;
    const data = at + DATA + END_CODE_BYTES;
    switch (command) {
      case Command.controllerDataRead:
        if (end - data < 2 * CONTROLLER_TEXT_BYTES) return Outcome.truncated;
        facts.evidence(Source.vendor, About.sender, from, b, at + COMMAND, at + DATA);
        facts.evidence(Source.model, About.sender, from, b, data, data + CONTROLLER_TEXT_BYTES);
        facts.evidence(
          Source.version,
          About.sender,
          from,
          b,
          data + CONTROLLER_TEXT_BYTES,
          data + 2 * CONTROLLER_TEXT_BYTES,
        );
        return Outcome.ok;
      case Command.connectionDataRead:
        // number of units, with bit 7 set in the last of several answers
        if (end - data < 1) return Outcome.truncated;
        for (let i = 0, item = data + 1; i < (u8(b, data) & 0x7f); i++, item += UNIT_RECORD_BYTES) {
          if (end - item < UNIT_RECORD_BYTES) return Outcome.truncated;
          facts.evidence(Source.unit, About.sender, from, b, item, item + UNIT_RECORD_BYTES);
        }
        return Outcome.ok;
      case Command.controllerStatusRead:
        if (end - data < STATUS_BYTES) return Outcome.truncated;
        facts.evidence(Source.status, About.sender, from, b, data, data + STATUS_BYTES);
        return Outcome.ok;
      case Command.nameRead:
        facts.evidence(Source.name, About.sender, from, b, data, end);
        return Outcome.ok;
      default:
        return COMMANDS.has(command) ? Outcome.ok : Outcome.unsupported;
    }
  }
}

/** What pairs an answer with its request: service id and command. */
function key(b: Uint8Array, at: number): number {
  return u8(b, at + SID) | (u16be(b, at + COMMAND) << 8);
}

/**
 * The network, node and unit of a FINS address, where it is not the CPU of the host itself: a node of the local network
 * (0) is the host, whatever number it has.
 */
function unit(b: Uint8Array, at: number): number {
  const network = u8(b, at);
  const part = u8(b, at + 2);
  if (network === 0) return part === 0 ? NO_UNIT : part;
  return (network << 16) | (u8(b, at + 1) << 8) | part;
}

/** The first item's number: the word, or the bit counted from bit 0 of word 0. */
function first(b: Uint8Array, at: number): number {
  const word = u16be(b, at + 1);
  return isBitArea(u8(b, at)) ? word * 16 + u8(b, at + 3) : word;
}
