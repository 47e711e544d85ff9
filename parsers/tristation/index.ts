/**
 * TriStation, by which engineering stations reach Triconex safety controllers (Tricon, Trident); least significant byte
 * first. A message, and the command or answer within a message of type 5:
 *
 *   0      2        4      4 + length
 *   | type | length | data | CRC-16 |
 *
 *   4           5      6         7         8 ...
 *   | direction | call | command | counter | ...
 */
import { u8, u16le } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type Described,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { COMMAND_OF_ANSWER, COMMANDS, FIRST_REASON, REJECTED, Type } from './codes.ts';

const LENGTH = 2;
const DIRECTION = 4;
const CALL = 5;
const COMMAND = 6;
const COUNTER = 7;
const HEADER_BYTES = 4;
const CRC_BYTES = 2;
/** Direction, call, command, counter, two words unknown or checked, length. */
const COMMAND_HEADER_BYTES = 10;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, deviceType: 1, accessDenied: 2 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'tristation.answer',
    words: 'TriStation answer, sender',
    field: 'vendor',
    confidence: 0.7,
    render: () => 'Schneider Electric (Triconex)',
  },
  {
    name: 'tristation.answer',
    words: 'TriStation answer, sender',
    field: 'device-type',
    confidence: 0.8,
    render: () => 'Safety controller',
  },
  {
    name: 'tristation.access-denied',
    words: 'TriStation answer, access denied',
    field: 'protection',
    confidence: 0.7,
    render: () => 'refuses connections',
  },
];

/** Operation numbers of messages that are no commands lie beyond those of the commands. */
const MESSAGE = 0x100;

export const tristation: Protocol = {
  name: 'tristation',
  tcpPorts: [],
  udpPorts: [1502],
  recognise: (b, at, end) =>
    fits(b, at, end) && crc16(b, at, end - CRC_BYTES) === u16le(b, end - CRC_BYTES)
      ? Recognition.certain
      : Recognition.no,

  sender(b, at, end) {
    if (!fits(b, at, end)) return Sender.unknown;
    switch (u16le(b, at)) {
      case Type.connect:
        return Sender.client;
      case Type.command:
        return isAnswer(b, at) ? Sender.server : Sender.client;
      case Type.disconnectA:
      case Type.disconnectB:
      case Type.ping: // an answer is the same as what it answers
        return Sender.unknown;
      default:
        return Sender.server;
    }
  },

  open: (facts) => new TriStationDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

function fits(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < HEADER_BYTES + CRC_BYTES) return false;
  const type = u16le(b, at);
  const length = u16le(b, at + LENGTH);
  if (type < Type.connect || type > Type.connectionFailed) return false;
  if (length !== end - at - HEADER_BYTES - CRC_BYTES) return false;
  return type !== Type.command || length >= COMMAND_HEADER_BYTES;
}

/** Some stations leave the direction zero; answers have numbers of their own. */
function isAnswer(b: Uint8Array, at: number): boolean {
  return u8(b, at + DIRECTION) !== 0 || u8(b, at + COMMAND) >= REJECTED;
}

function operation(number: number): Operation {
  switch (number) {
    case MESSAGE | Type.connect:
      return { code: '1', name: 'Connection Request', access: 'session' };
    case MESSAGE | Type.disconnectA:
      return { code: '4', name: 'Disconnection Request', access: 'session' };
    case MESSAGE | Type.ping:
      return { code: '6', name: 'Ping', access: 'session' };
    default: {
      const [name, access, effect]: Described = COMMANDS.get(number) ?? [`Command ${number}`, 'write']; // unknown may change anything
      return { code: `5.${number}`, name, access, effect };
    }
  }
}

/** Requests remembered at once: a station asks one thing at a time. */
const WAITING = 16;

class TriStationDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(WAITING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES + CRC_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const type = u16le(b, at);
    switch (type) {
      case Type.connect:
        facts.request(MESSAGE | Type.connect, NO_UNIT);
        break;
      case Type.connected:
        this.#answer(Type.connect, false);
        this.#tellIdentity(b, at);
        break;
      case Type.disconnectA:
      case Type.disconnectB:
        if (fromClient) facts.request(MESSAGE | Type.disconnectA, NO_UNIT);
        else this.#answer(Type.disconnectA, false);
        break;
      case Type.ping:
        if (fromClient) facts.request(MESSAGE | Type.ping, NO_UNIT);
        else this.#answer(Type.ping, false);
        break;
      case Type.accessDenied:
        facts.evidence(Source.accessDenied, About.sender, NO_UNIT, b, at, at + 2);
        this.#answer(Type.connect, true);
        break;
      case Type.connectionLimit:
      case Type.notConnected:
      case Type.processorsDead:
      case Type.connectionFailed:
        this.#answer(Type.connect, true);
        break;
      case Type.command:
        return this.#command(b, at, end);
      default:
        return Outcome.malformed;
    }
    return u16le(b, at + LENGTH) > end - at - HEADER_BYTES - CRC_BYTES ? Outcome.truncated : Outcome.ok;
  }

  #answer(type: number, refused: boolean): void {
    this.#facts.response(this.#facts.operation(MESSAGE | type, NO_UNIT), refused);
  }

  #command(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES + COMMAND_HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const command = u8(b, at + COMMAND);
    const key = u8(b, at + COUNTER) | (u8(b, at + CALL) << 8);
    if (!isAnswer(b, at)) {
      this.#outstanding.put(key, facts.request(command, NO_UNIT));
      return COMMANDS.has(command) ? this.#whole(b, at, end) : Outcome.unsupported;
    }
    const waiting = this.#outstanding.take(key);
    const asked = waiting !== NONE ? waiting : facts.operation(COMMAND_OF_ANSWER.get(command) ?? command, NO_UNIT);
    facts.response(asked, command === REJECTED || command >= FIRST_REASON);
    this.#tellIdentity(b, at);
    return this.#whole(b, at, end);
  }

  #whole(b: Uint8Array, at: number, end: number): Outcome {
    return u16le(b, at + LENGTH) > end - at - HEADER_BYTES - CRC_BYTES ? Outcome.truncated : Outcome.ok;
  }

  /** Only a Triconex controller answers TriStation. The bytes are the same each time, so this is news but once. */
  #tellIdentity(b: Uint8Array, at: number): void {
    this.#facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at + 1, at + 2);
    this.#facts.evidence(Source.deviceType, About.sender, NO_UNIT, b, at + 1, at + 2);
  }
}

/** CRC-16 with the reflected polynomial 0xA001, starting from 0. */
function crc16(b: Uint8Array, at: number, end: number): number {
  let crc = 0;
  for (let i = at; i < end; i++) {
    crc ^= u8(b, i);
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xa001;
  }
  return crc;
}
