/**
 * PROFINET's context management: connections between controllers and devices, and their records. Connectionless
 * DCE RPC (The Open Group C706, chapter 12) carries blocks of IEC 61158-6-10, clause 5.2:
 *
 *   0         1      2       4      7        8        24          40         64         68       74       76       80
 *   | version | type | flags | drep | serial | object | interface | activity | sequence | opnum | length | fragment | body
 *
 * RPC's integers are in the order that drep tells, those of blocks always in network order.
 */
import { i32be, u8, u16be, u16le, u32be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { numbered, operation } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const TYPE = 1;
const DREP = 4;
const INTERFACE = 24;
const ACTIVITY = 40;
const SEQUENCE = 64;
const OPERATION = 68;
const FRAGMENT = 76;
const BODY = 80;

const RPC_VERSION = 4;
const LITTLE_ENDIAN = 0x10;
const Type = { request: 0, response: 2, fault: 3, reject: 6 } as const;

/** Interfaces DEA00001 to DEA00004-6C97-11D1-8271-00A02442DF7D (clause 4.10.3). */
const DEVICE = 1;
const CONTROLLER = 2;
const LAST_INTERFACE = 4;

/** Arguments: the longest answer wanted (or the status, in an answer), length, and an array's header of three. */
const BLOCKS = BODY + 20;

/** A block is type and length (2 bytes each; the length counts what follows), version and its fields. */
const BLOCK_HEADER_BYTES = 4;
const Block = {
  writeRequest: 0x0008,
  readRequest: 0x0009,
  readResponse: 0x8009,
  im0: 0x0020,
  arRequest: 0x0101,
} as const;

/** Read and write headers (clause 5.2.3): sequence, AR, API, then where. */
const SLOT = 28;
const SUBSLOT = 30;
const INDEX = 34;
const RECORD_HEADER_BYTES = 64;

/** ARBlockReq (clause 5.2.4.1). */
const AR_NAME_LENGTH = 56;
const AR_NAME = 58;

/** I&M0 (IEC 61158-6-10, clause 5.2.28). */
const Im0 = { vendor: 6, orderId: 8, serial: 28, hardware: 44, software: 46, end: 50 } as const;

export const profinetCm: Protocol = {
  name: 'profinet-cm',
  tcpPorts: [],
  udpPorts: [34964],
  recognise: (b, at, end) => (interfaceOf(b, at, end) === 0 ? Recognition.no : Recognition.certain),

  /** A controller connects to a device's interface; the device reports back to the controller's. */
  sender(b, at, end) {
    const called = interfaceOf(b, at, end);
    const type = called === 0 ? -1 : u8(b, at + TYPE);
    if (type !== Type.request && type !== Type.response) return Sender.unknown;
    return (type === Type.request) === (called !== CONTROLLER) ? Sender.client : Sender.server;
  },

  open: (facts) => new ContextManagement(facts),
  operation,
  space: (space) => `slot ${space >>> 16} subslot 0x${(space & 0xffff).toString(16).padStart(4, '0')} record`,
  evidence: EVIDENCE,
};

/** The number of the PROFINET interface that is called, 0 when none is. */
function interfaceOf(b: Uint8Array, at: number, end: number): number {
  if (end - at < BODY || u8(b, at) !== RPC_VERSION) return 0;
  const id = at + INTERFACE;
  const little = isLittleEndian(b, at);
  const high = little ? u16le(b, id + 2) : u16be(b, id);
  const number = little ? u16le(b, id) : u16be(b, id + 2);
  const middle = little ? u16le(b, id + 4) : u16be(b, id + 4);
  const fits =
    high === 0xdea0 && middle === 0x6c97 && u32be(b, id + 8) === 0x827100a0 && u32be(b, id + 12) === 0x2442df7d;
  return fits && number >= DEVICE && number <= LAST_INTERFACE ? number : 0;
}

function isLittleEndian(b: Uint8Array, at: number): boolean {
  return (u8(b, at + DREP) & LITTLE_ENDIAN) !== 0;
}

class ContextManagement implements Decoder {
  readonly #facts: FactSink;
  /** By activity and sequence number. An activity asks one thing at a time; a controller has a few. */
  readonly #outstanding = new Outstanding(16);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (interfaceOf(b, at, end) === 0) return Outcome.unsupported;
    const little = isLittleEndian(b, at);
    const fragment = little ? u16le(b, at + FRAGMENT) : u16be(b, at + FRAGMENT);
    if (fragment !== 0) return Outcome.ok; // the first one says what is asked
    const service = little ? u16le(b, at + OPERATION) : u16be(b, at + OPERATION);
    const key = i32be(b, at + SEQUENCE) ^ i32be(b, at + ACTIVITY) ^ i32be(b, at + ACTIVITY + 4);
    switch (u8(b, at + TYPE)) {
      case Type.request:
        return this.#request(key, service, b, at, end);
      case Type.response:
        return this.#response(key, service, b, at, end);
      case Type.fault:
      case Type.reject:
        this.#answered(key, service, true);
        return Outcome.ok;
      default:
        return Outcome.ok; // RPC's own upkeep
    }
  }

  #request(key: number, service: number, b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const block = at + BLOCKS;
    const hasBlock = end - block >= BLOCK_HEADER_BYTES;
    const type = hasBlock ? u16be(b, block) : -1;
    const isRecord = (type === Block.readRequest || type === Block.writeRequest) && end - block >= INDEX + 2;
    const index = isRecord ? u16be(b, block + INDEX) : 0;
    const asked = facts.request(numbered(service & 0xff, index), NO_UNIT);
    this.#outstanding.put(key, asked);
    if (isRecord) {
      const space = ((u16be(b, block + SLOT) & 0x7fff) << 16) | u16be(b, block + SUBSLOT);
      facts.touch(asked, space, index, 1);
    } else if (type === Block.arRequest) return this.#arRequest(b, block, end);
    return hasBlock ? Outcome.ok : Outcome.truncated;
  }

  /** Who connects: a station with a name (clause 5.2.4.1). */
  #arRequest(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < AR_NAME) return Outcome.truncated;
    const stop = at + AR_NAME + u16be(b, at + AR_NAME_LENGTH);
    if (stop > end) return Outcome.truncated;
    this.#facts.evidence(Source.controller, About.sender, NO_UNIT, b, at, at + 2);
    if (stop > at + AR_NAME) this.#facts.evidence(Source.initiator, About.sender, NO_UNIT, b, at + AR_NAME, stop);
    return Outcome.ok;
  }

  #response(key: number, service: number, b: Uint8Array, at: number, end: number): Outcome {
    const refused = end - at >= BODY + 4 && i32be(b, at + BODY) !== 0; // the PNIO status: zero in any byte order
    this.#answered(key, service, refused);
    const block = at + BLOCKS;
    if (end - block < BLOCK_HEADER_BYTES) return refused ? Outcome.ok : Outcome.truncated;
    if (u16be(b, block) !== Block.readResponse || refused) return Outcome.ok;
    const record = block + RECORD_HEADER_BYTES;
    if (end - record >= BLOCK_HEADER_BYTES && u16be(b, record) === Block.im0) {
      return this.#im0(u16be(b, block + SLOT), b, record, end);
    }
    return Outcome.ok;
  }

  /** Identification and maintenance: of the device itself in slot 0, of a module in any other. */
  #im0(slot: number, b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < Im0.end) return Outcome.truncated;
    const facts = this.#facts;
    const unit = slot === 0 ? NO_UNIT : slot;
    facts.evidence(Source.vendor, About.sender, unit, b, at + Im0.vendor, at + Im0.orderId);
    facts.evidence(Source.vendorId, About.sender, unit, b, at + Im0.vendor, at + Im0.orderId);
    facts.evidence(Source.orderId, About.sender, unit, b, at + Im0.orderId, at + Im0.serial);
    facts.evidence(Source.serial, About.sender, unit, b, at + Im0.serial, at + Im0.hardware);
    facts.evidence(Source.hardware, About.sender, unit, b, at + Im0.hardware, at + Im0.software);
    facts.evidence(Source.software, About.sender, unit, b, at + Im0.software, at + Im0.end);
    return Outcome.ok;
  }

  #answered(key: number, service: number, refused: boolean): void {
    const asked = this.#outstanding.take(key);
    this.#facts.response(asked === NONE ? this.#facts.operation(service & 0xff, NO_UNIT) : asked, refused);
  }
}
