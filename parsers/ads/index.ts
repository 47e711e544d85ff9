/**
 * ADS over AMS, by which TwinCAT systems speak, after Beckhoff's "ADS protocol specification"; least significant byte
 * first. On TCP:
 *
 *   0   2        6        12     14       20     22        24      26       30      34          38
 *   | 0 | length | target | port | source | port | command | flags | length | error | invoke id | data ...
 *
 * and the discovery of systems on UDP:
 *
 *   0            4           8         12       18     20     24
 *   | 0x71146603 | invoke id | service | NetId  | port | tags | each: tag, length, value ...
 */
import { i32le, u16le, u32le } from '../bytes.ts';
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
import {
  COMMANDS,
  Command,
  groupKind,
  groupMeaning,
  Service,
  SYMBOL_HANDLE_BY_NAME,
  SYMBOL_VALUE_BY_NAME,
  Tag,
} from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const TCP_LENGTH = 2;
const TCP_HEADER_BYTES = 6;
const SOURCE = 14;
const COMMAND = 22;
const FLAGS = 24;
const LENGTH = 26;
const ERROR = 30;
const INVOKE_ID = 34;
const DATA = 38;
const NET_ID_BYTES = 6;

const ANSWER = 0x0001; // in the flags
const ADS_COMMAND = 0x0004; // in the flags: always set
const KNOWN_FLAGS = 0x01ff;
/** Files are moved in pieces; what announces more than this is no AMS message. */
const MAX_LENGTH = 1 << 24;

const COOKIE = 0x71146603;
const SERVICE = 8;
const DISCOVERY_NET_ID = 12;
const TAG_COUNT = 20;
const TAGS = 24;
/** Size, four numbers: what is read of the OS version. */
const OS_BYTES = 20;
/** Version (4 bytes) and name of a device. */
const DEVICE_INFO_BYTES = 20;

/** Operation numbers: command, kind of index group in the bits from 8 on; discovery services beyond. */
const DISCOVERY = 0x10000;

export const ads: Protocol = {
  name: 'ads',
  tcpPorts: [48898],
  udpPorts: [48899],

  recognise(b, at, end) {
    if (isDiscovery(b, at, end)) return Recognition.certain;
    return amsSize(b, at, end) > 0 ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (isDiscovery(b, at, end)) return u32le(b, at + SERVICE) >= Service.answer ? Sender.server : Sender.client;
    if (amsSize(b, at, end) <= 0) return Sender.unknown;
    return fromServer(b, at) ? Sender.server : Sender.client;
  },

  open: (facts) => new AdsDecoder(facts),
  operation,
  space: (space) => `group 0x${space.toString(16)}`,
  evidence: EVIDENCE,
};

/** Bytes in the AMS message at `at`, NOT_ENOUGH or NOT_A_PDU. */
function amsSize(b: Uint8Array, at: number, end: number): number {
  if (end - at < DATA) return NOT_ENOUGH;
  const length = u32le(b, at + LENGTH);
  const flags = u16le(b, at + FLAGS);
  const command = u16le(b, at + COMMAND);
  const fits =
    u16le(b, at) === 0 &&
    length <= MAX_LENGTH &&
    u32le(b, at + TCP_LENGTH) === DATA - TCP_HEADER_BYTES + length &&
    command >= Command.readDeviceInfo &&
    command <= Command.readWrite &&
    (flags & ADS_COMMAND) !== 0 &&
    (flags & ~KNOWN_FLAGS) === 0;
  return fits ? DATA + length : NOT_A_PDU;
}

function isDiscovery(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= TAGS && i32le(b, at) === COOKIE;
}

/** Notifications go out as requests that nobody answers. */
function fromServer(b: Uint8Array, at: number): boolean {
  return (u16le(b, at + FLAGS) & ANSWER) !== 0 || u16le(b, at + COMMAND) === Command.notification;
}

function operation(number: number): Operation {
  if (number >= DISCOVERY) {
    const service = number - DISCOVERY;
    const name = service === Service.identify ? 'Identify' : service === Service.addRoute ? 'Add Route' : undefined;
    return {
      code: `udp.${service}`,
      name: name ?? `Discovery Service ${service}`,
      access: service === Service.identify ? 'diagnostic' : 'write',
    };
  }
  const command = number & 0xff;
  const [name, access, effect]: Described = COMMANDS[command] ?? [`Command ${command}`, 'write'];
  const meaning = groupMeaning(number >>> 8);
  return meaning === undefined
    ? { code: `${command}`, name, access, effect }
    : { code: `${command}`, name: `${name}: ${meaning[0]}`, access: meaning[1], effect: meaning[2] };
}

/** Requests remembered at once: clients of many symbols ask some dozens ahead. */
const WAITING = 64;

class AdsDecoder implements Decoder, SegmentMessages {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(WAITING);
  readonly #segments = [new SegmentCutter(this, false), new SegmentCutter(this, true)] as const;
  readonly #introduced = [false, false];

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const segments = this.#segments[fromClient ? 1 : 0];
    if (!segments.inMessage && isDiscovery(b, at, end)) return this.#discovery(b, at, end);
    return segments.push(b, at, end);
  }

  lost(fromClient: boolean): void {
    this.#segments[fromClient ? 1 : 0].lost();
  }

  messageBytes(b: Uint8Array, at: number, end: number): number {
    return amsSize(b, at, end);
  }

  message(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const direction = fromClient ? 1 : 0;
    if (!this.#introduced[direction]) {
      this.#introduced[direction] = true;
      this.#facts.evidence(Source.netId, About.sender, NO_UNIT, b, at + SOURCE, at + SOURCE + NET_ID_BYTES);
    }
    return fromServer(b, at) ? this.#answer(b, at, end) : this.#request(b, at, end);
  }

  #request(b: Uint8Array, at: number, end: number): Outcome {
    const command = u16le(b, at + COMMAND);
    const data = at + DATA;
    const addressed =
      command === Command.read ||
      command === Command.write ||
      command === Command.addNotification ||
      command === Command.readWrite;
    if (!addressed) {
      this.#wait(b, at, this.#facts.request(command, NO_UNIT));
      return command !== Command.writeControl || end - data >= 8 ? Outcome.ok : Outcome.truncated;
    }
    if (end - data < 12) {
      this.#wait(b, at, this.#facts.request(command, NO_UNIT));
      return Outcome.truncated;
    }
    const group = u32le(b, data);
    const asked = this.#facts.request(command | (groupKind(group) << 8), NO_UNIT);
    this.#wait(b, at, asked);
    const named = group === SYMBOL_HANDLE_BY_NAME || group === SYMBOL_VALUE_BY_NAME;
    if (command === Command.readWrite && named) {
      const name = data + 16; // read length and write length stand before it
      if (end - data < 16) return Outcome.truncated;
      const stop = Math.min(end, name + u32le(b, data + 12));
      const last = stop > name && b[stop - 1] === 0 ? stop - 1 : stop;
      this.#facts.touchName(asked, group, b, name, last);
    } else {
      this.#facts.touch(asked, group, u32le(b, data + 4), u32le(b, data + 8));
    }
    return Outcome.ok;
  }

  #wait(b: Uint8Array, at: number, asked: number): void {
    this.#outstanding.put(u32le(b, at + INVOKE_ID) ^ (u16le(b, at + COMMAND) << 24), asked);
  }

  #answer(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const command = u16le(b, at + COMMAND);
    const waiting = this.#outstanding.take(u32le(b, at + INVOKE_ID) ^ (command << 24));
    const asked = waiting !== NONE ? waiting : facts.operation(command, NO_UNIT);
    const data = at + DATA;
    if (command === Command.notification) {
      facts.response(asked, false);
      return Outcome.ok;
    }
    const result = end - data >= 4 ? u32le(b, data) : 0;
    const refused = u32le(b, at + ERROR) !== 0 || result !== 0;
    facts.response(asked, refused);
    if (refused) return Outcome.ok;
    facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + 2);
    if (command === Command.readDeviceInfo) {
      const info = data + 4;
      if (end - info < DEVICE_INFO_BYTES) return Outcome.truncated;
      facts.evidence(Source.deviceName, About.sender, NO_UNIT, b, info, info + DEVICE_INFO_BYTES);
      facts.evidence(Source.deviceVersion, About.sender, NO_UNIT, b, info, info + 4);
    } else if (command === Command.readState) {
      if (end - data < 8) return Outcome.truncated;
      facts.evidence(Source.state, About.sender, NO_UNIT, b, data + 4, data + 6);
    }
    return Outcome.ok;
  }

  #discovery(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const service = u32le(b, at + SERVICE);
    const answer = service >= Service.answer;
    const number = DISCOVERY | (service & 0xffff);
    if (answer) facts.response(facts.operation(number, NO_UNIT), false);
    else facts.request(number, NO_UNIT);
    if (answer) {
      facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + 2);
      facts.evidence(
        Source.netId,
        About.sender,
        NO_UNIT,
        b,
        at + DISCOVERY_NET_ID,
        at + DISCOVERY_NET_ID + NET_ID_BYTES,
      );
    }
    let next = at + TAGS;
    for (let left = u32le(b, at + TAG_COUNT); left > 0; left--) {
      if (end - next < 4) return Outcome.truncated;
      const tag = u16le(b, next);
      const value = next + 4;
      const stop = value + u16le(b, next + 2);
      if (stop > end) return Outcome.truncated;
      if (answer) this.#tag(tag, b, value, stop);
      else if (tag === Tag.password) facts.evidence(Source.password, About.sender, NO_UNIT, b, next, next + 2);
      next = stop;
    }
    return Outcome.ok;
  }

  #tag(tag: number, b: Uint8Array, at: number, end: number): void {
    if (tag === Tag.hostName) this.#facts.evidence(Source.hostName, About.sender, NO_UNIT, b, at, end);
    else if (tag === Tag.twinCatVersion && end - at >= 4) {
      this.#facts.evidence(Source.twinCat, About.sender, NO_UNIT, b, at, at + 4);
    } else if (tag === Tag.osVersion && end - at >= OS_BYTES) {
      this.#facts.evidence(Source.os, About.sender, NO_UNIT, b, at, at + OS_BYTES);
    }
  }
}
