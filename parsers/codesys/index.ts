/**
 * CODESYS, after public analyses. Version 3, least significant byte first: on TCP the block driver's header
 *
 *   0            4        8
 *   | 0x000117e8 | length | datagram ...
 *
 * and then, or alone in a UDP datagram, a datagram:
 *
 *   | 0xc5 | hops, header words | flags | service | message | address words | receiver | sender | to 4 bytes | ...
 *
 * Version 2 on TCP begins each message with 0xbb 0xbb.
 */
import { i32le, u8, u16be, u16le, u32le } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
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
import { hexNumber, text } from '../text.ts';
import { utf16Text } from '../utf16.ts';
import { Channel, COMPONENTS, Datagram, DEVICE_INFO, PLAIN, SECURE } from './codes.ts';

const MAGIC = 0x000117e8;
const BLOCK_HEADER_BYTES = 8;
/** The layers above cut what they send into blocks of 512 bytes or so. */
const MAX_BLOCK_BYTES = 65_536;

const DATAGRAM_MAGIC = 0xc5;
const DATAGRAM_HEADER_BYTES = 6;
/** The header's own words: always three. */
const HEADER_WORDS = 3;

/** An application block: with the flag `first`, sizes and a check sum stand before the service. */
const BLOCK_FIRST = 0x01;
const BLOCK_REQUEST = 0x80;
const FIRST_BLOCK_HEADER_BYTES = 20;
const SERVICE_BYTES = 8;
const SERVICE_ANSWER = 0x80; // in the component's number

/** Name service, device information: lengths of its strings in characters, then fixed fields, then the strings. */
const INFO_STRINGS = 48;
const INFO_BYTES = 37;
const MAX_CHARACTERS = 128;

const V2_MAGIC = 0xbbbb;
/** The first message of a client, which asks who is there, in either byte order. */
const V2_IDENTIFY_BYTES = 7;
const V2_OS_NAME = 64;
const V2_OS_TYPE = 96;
const V2_PRODUCT = 128;
const V2_TEXT_BYTES = 32;

/** Operation numbers: service in the low 16 bits, component above; the others have no component. */
const Op = { nameService: 1, addressService: 2, open: 3, close: 4, keepAlive: 5, v2Identify: 6, v2Message: 7 } as const;
const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [Op.nameService, { code: 'ns', name: 'Name Service', access: 'diagnostic' }],
  [Op.addressService, { code: 'address', name: 'Address Notification', access: 'session' }],
  [Op.open, { code: 'open', name: 'Open Channel', access: 'session' }],
  [Op.close, { code: 'close', name: 'Close Channel', access: 'session' }],
  [Op.keepAlive, { code: 'keep-alive', name: 'Keep Alive', access: 'session' }],
  [Op.v2Identify, { code: 'v2.identify', name: 'Identify (version 2)', access: 'diagnostic' }],
  [Op.v2Message, { code: 'v2', name: 'Message (version 2)', access: 'write' }], // which, is not known
]);

/** Indices into EVIDENCE. */
const Source = {
  node: 0,
  product: 1,
  vendor: 2,
  firmware: 3,
  secure: 4,
  v2Os: 5,
  v2Product: 6,
  runtime: 7,
  serial: 8,
} as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'codesys.device-info.node-name',
    words: 'CODESYS name service answer, node name',
    field: 'name',
    confidence: 0.9,
    render: utf16Text,
  },
  {
    name: 'codesys.device-info.device-name',
    words: 'CODESYS name service answer, device name',
    field: 'product',
    confidence: 0.9,
    render: utf16Text,
  },
  {
    name: 'codesys.device-info.vendor-name',
    words: 'CODESYS name service answer, vendor name',
    field: 'vendor',
    confidence: 0.9,
    render: utf16Text,
  },
  {
    name: 'codesys.device-info.firmware',
    words: 'CODESYS name service answer, firmware version',
    field: 'firmware',
    confidence: 0.9,
    render: firmware,
  },
  {
    name: 'codesys.service',
    words: 'CODESYS service, session without encryption',
    field: 'protection',
    confidence: 0.8,
    render: () => 'CODESYS secure channel',
  },
  {
    name: 'codesys.v2.os',
    words: 'CODESYS V2 login answer, operating system',
    field: 'os',
    confidence: 0.8,
    render: v2Os,
  },
  {
    name: 'codesys.v2.product',
    words: 'CODESYS V2 login answer, product',
    field: 'product',
    confidence: 0.8,
    render: text,
  },
  {
    name: 'codesys.answer',
    words: 'CODESYS answer, sender',
    field: 'note',
    confidence: 0.8,
    render: () => 'CODESYS runtime',
  },
  {
    name: 'codesys.device-info.serial',
    words: 'CODESYS name service answer, serial number',
    field: 'serial',
    confidence: 0.9,
    render: text,
  },
];

function firmware(b: Uint8Array, at: number): string {
  return `${u8(b, at + 3)}.${u8(b, at + 2)}.${u8(b, at + 1)}.${u8(b, at)}`;
}

function v2Os(b: Uint8Array, at: number): string | null {
  const name = text(b, at, at + V2_TEXT_BYTES);
  const type = text(b, at + V2_TEXT_BYTES, at + 2 * V2_TEXT_BYTES);
  return name === null || type === null ? (name ?? type) : `${name} ${type}`;
}

export const codesys: Protocol = {
  name: 'codesys',
  tcpPorts: [11740, 11741, 11742, 11743, 1217, 1200, 2455],
  udpPorts: [1740, 1741, 1742, 1743],

  recognise(b, at, end) {
    if (isV2(b, at, end)) return isV2Identify(b, at, end) ? Recognition.certain : Recognition.possible;
    const size = blockSize(b, at, end);
    if (size > 0) return Recognition.certain;
    return servicePart(b, at, end) < 0 ? Recognition.no : Recognition.possible;
  },

  sender(b, at, end) {
    if (isV2(b, at, end)) return isV2Identify(b, at, end) ? Sender.client : Sender.unknown;
    const datagram = blockSize(b, at, end) > 0 ? at + BLOCK_HEADER_BYTES : at;
    const part = servicePart(b, datagram, end);
    if (part < 0) return Sender.unknown;
    switch (u8(b, datagram + 3)) {
      case Datagram.nameServer:
        return Sender.client;
      case Datagram.nameClient:
        return Sender.server;
      case Datagram.channel:
        return part + 2 <= end ? channelSender(u8(b, part), u8(b, part + 1)) : Sender.unknown;
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new CodesysDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

function channelSender(type: number, flags: number): Sender {
  switch (type) {
    case Channel.open:
      return Sender.client;
    case Channel.openAnswer:
      return Sender.server;
    case Channel.block:
      return (flags & BLOCK_REQUEST) !== 0 ? Sender.client : Sender.server;
    default:
      return Sender.unknown;
  }
}

/** Bytes in the TCP block at `at`, NOT_ENOUGH or NOT_A_PDU. */
function blockSize(b: Uint8Array, at: number, end: number): number {
  if (end - at < BLOCK_HEADER_BYTES) return NOT_ENOUGH;
  const length = u32le(b, at + 4);
  const fits = i32le(b, at) === MAGIC && length >= BLOCK_HEADER_BYTES && length <= MAX_BLOCK_BYTES;
  return fits ? length : NOT_A_PDU;
}

/** Where the service's part of the datagram at `at` begins, or -1 when it is none. */
function servicePart(b: Uint8Array, at: number, end: number): number {
  if (end - at < DATAGRAM_HEADER_BYTES || u8(b, at) !== DATAGRAM_MAGIC) return -1;
  if ((u8(b, at + 1) & 0x07) !== HEADER_WORDS) return -1;
  const service = u8(b, at + 3);
  if (service === 0 || (service > Datagram.nameClient && service !== Datagram.channel)) return -1;
  const addresses = 2 * ((u8(b, at + 5) & 0x0f) + (u8(b, at + 5) >> 4));
  const part = at + ((DATAGRAM_HEADER_BYTES + addresses + 3) & ~3);
  return part <= end ? part : -1;
}

function isV2(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= V2_IDENTIFY_BYTES && u16be(b, at) === V2_MAGIC;
}

function isV2Identify(b: Uint8Array, at: number, end: number): boolean {
  return end - at === V2_IDENTIFY_BYTES && u8(b, at + 2) === 1 && u16be(b, at + 3) === 0 && u8(b, at + 6) === 1;
}

function operation(number: number): Operation {
  const plain = OPERATIONS.get(number);
  if (plain !== undefined) return plain;
  const component = number >>> 16;
  const code = `${hexNumber(component, 2)}.${number & 0xffff}`;
  const [name, access] = COMPONENTS.get(component) ?? [`Component ${hexNumber(component, 2)}`, 'write' as const];
  return { code, name: `${name}: Service ${number & 0xffff}`, access };
}

class CodesysDecoder implements Decoder, SegmentMessages {
  readonly #facts: FactSink;
  readonly #segments = [new SegmentCutter(this, false), new SegmentCutter(this, true)] as const;
  #onTcp = false;
  #identifying = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#onTcp ||= blockSize(b, at, end) > 0;
    if (this.#onTcp) return this.#segments[fromClient ? 1 : 0].push(b, at, end);
    if (isV2(b, at, end)) return this.#version2(b, at, end, fromClient);
    return this.#datagram(b, at, end, fromClient);
  }

  lost(fromClient: boolean): void {
    this.#segments[fromClient ? 1 : 0].lost();
  }

  messageBytes(b: Uint8Array, at: number, end: number): number {
    return blockSize(b, at, end);
  }

  message(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    return this.#datagram(b, at + BLOCK_HEADER_BYTES, end, fromClient);
  }

  #datagram(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const part = servicePart(b, at, end);
    if (part < 0) return Outcome.unsupported;
    const facts = this.#facts;
    switch (u8(b, at + 3)) {
      case Datagram.addressRequest:
        facts.request(Op.addressService, NO_UNIT);
        return Outcome.ok;
      case Datagram.addressAnswer:
        facts.response(facts.operation(Op.addressService, NO_UNIT), false);
        return Outcome.ok;
      case Datagram.nameServer:
        facts.request(Op.nameService, NO_UNIT);
        return Outcome.ok;
      case Datagram.nameClient:
        facts.response(facts.operation(Op.nameService, NO_UNIT), false);
        return this.#deviceInfo(b, part, end);
      default:
        return this.#channel(b, part, end, fromClient);
    }
  }

  #channel(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < 2) return Outcome.truncated;
    const facts = this.#facts;
    switch (u8(b, at)) {
      case Channel.open:
        facts.request(Op.open, NO_UNIT);
        return Outcome.ok;
      case Channel.openAnswer:
        if (end - at < 14) return Outcome.truncated;
        facts.response(facts.operation(Op.open, NO_UNIT), u16le(b, at + 12) !== 0);
        facts.evidence(Source.runtime, About.sender, NO_UNIT, b, at, at + 1);
        return Outcome.ok;
      case Channel.close:
        if (fromClient) facts.request(Op.close, NO_UNIT);
        else facts.response(facts.operation(Op.close, NO_UNIT), false);
        return Outcome.ok;
      case Channel.keepAlive:
        if (fromClient) facts.request(Op.keepAlive, NO_UNIT);
        else facts.response(facts.operation(Op.keepAlive, NO_UNIT), false);
        return Outcome.ok;
      case Channel.block:
        // services of which the head is in an earlier block were counted with that
        if ((u8(b, at + 1) & BLOCK_FIRST) === 0) return Outcome.ok;
        return this.#service(b, at + FIRST_BLOCK_HEADER_BYTES, end);
      case Channel.acknowledge:
      case Channel.info:
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }

  /** Protocol id, header size, component, service. */
  #service(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < SERVICE_BYTES) return Outcome.truncated;
    const protocol = u16le(b, at);
    if (protocol === SECURE) {
      this.#facts.evidence(Source.secure, About.sender, NO_UNIT, b, at, at + 2);
      return Outcome.ok;
    }
    if (protocol !== PLAIN) return Outcome.unsupported;
    const component = u8(b, at + 4);
    const number = ((component & ~SERVICE_ANSWER) << 16) | u16le(b, at + 6);
    if ((component & SERVICE_ANSWER) === 0) this.#facts.request(number, NO_UNIT);
    else this.#facts.response(this.#facts.operation(number, NO_UNIT), false);
    return Outcome.ok;
  }

  /** Node, device and vendor name, each with a character of zero behind it, then the serial number. */
  #deviceInfo(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < 2) return Outcome.truncated;
    if (u16le(b, at) !== DEVICE_INFO) return Outcome.ok;
    if (end - at < INFO_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    facts.evidence(Source.runtime, About.sender, NO_UNIT, b, at, at + 1);
    facts.evidence(Source.firmware, About.sender, NO_UNIT, b, at + 28, at + 32);
    let next = at + INFO_STRINGS + u16le(b, at + 12);
    for (let i = 0; i < 3; i++) {
      const characters = u16le(b, at + 14 + 2 * i);
      const stop = next + 2 * characters;
      if (characters > MAX_CHARACTERS) return Outcome.malformed;
      if (stop > end) return Outcome.truncated;
      facts.evidence(Source.node + i, About.sender, NO_UNIT, b, next, stop);
      next = stop + 2;
    }
    const serial = u8(b, at + 36);
    if (serial > 0 && next + serial <= end) {
      facts.evidence(Source.serial, About.sender, NO_UNIT, b, next, next + serial);
    }
    return Outcome.ok;
  }

  #version2(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const facts = this.#facts;
    if (fromClient) {
      this.#identifying = isV2Identify(b, at, end);
      facts.request(this.#identifying ? Op.v2Identify : Op.v2Message, NO_UNIT);
      return Outcome.ok;
    }
    facts.response(facts.operation(this.#identifying ? Op.v2Identify : Op.v2Message, NO_UNIT), false);
    if (this.#identifying && end - at >= V2_PRODUCT + V2_TEXT_BYTES) {
      facts.evidence(Source.runtime, About.sender, NO_UNIT, b, at, at + 1);
      facts.evidence(Source.v2Os, About.sender, NO_UNIT, b, at + V2_OS_NAME, at + V2_OS_TYPE + V2_TEXT_BYTES);
      facts.evidence(Source.v2Product, About.sender, NO_UNIT, b, at + V2_PRODUCT, at + V2_PRODUCT + V2_TEXT_BYTES);
    }
    this.#identifying = false;
    return Outcome.ok;
  }
}
