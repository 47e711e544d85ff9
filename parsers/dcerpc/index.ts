/**
 * DCE/RPC, connection-oriented (The Open Group, C706, chapter 12): the endpoint mapper on TCP port 135 and the dynamic
 * ports behind it, DCOM and with it OPC Classic.
 *
 *   0      1           2       3       4      8             10            12        16
 *   | major | minor     | ptype | flags | drep | frag length | auth length | call id | body
 */
import { i32be, i32le, u8, u16be, u16le } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
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
import { INTERFACES } from './interfaces.ts';

const TYPE = 2;
const DREP = 4;
const FRAG_LENGTH = 8;
const CALL_ID = 12;
const HEADER_BYTES = 16;
/** The fragment length has 16 bits. */
const MAX_FRAGMENT_BYTES = 65_535;
const FLAGS = 3;
const FIRST_FRAGMENT = 1;
/** Integers are little-endian (C706, chapter 14): the top half of the first octet of drep. */
const LITTLE_ENDIAN = 0x10;

/** PDU types (section 12.6.4.1). */
const Ptype = {
  request: 0,
  response: 2,
  fault: 3,
  bind: 11,
  bindAck: 12,
  bindNak: 13,
  alter: 14,
  alterResponse: 15,
  auth3: 16,
  shutdown: 17,
  cancel: 18,
  orphaned: 19,
} as const;
/** A set bit for every type above. */
const KNOWN_TYPES = 0b1111_1111_1000_0000_1101;

const REQUESTS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  // What a request does, its interface alone knows; it may change anything.
  [Ptype.request, { code: 'request', name: 'Request', access: 'write' }],
  [Ptype.bind, { code: 'bind', name: 'Bind', access: 'session' }],
  [Ptype.alter, { code: 'alter-context', name: 'Alter Context', access: 'session' }],
]);

const Source = { service: 0, client: 1 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'dcerpc.bind-ack',
    words: 'DCE/RPC bind_ack, interface that was accepted',
    field: 'note',
    confidence: 0.6,
    render: (b, at) => interfaceNote('serves', b, at),
  },
  {
    name: 'dcerpc.bind',
    words: 'DCE/RPC bind, interface that was asked for',
    field: 'note',
    confidence: 0.6,
    render: (b, at) => interfaceNote('uses', b, at),
  },
];

export const dcerpc: Protocol = {
  name: 'dcerpc',
  tcpPorts: [135],
  udpPorts: [],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: MAX_FRAGMENT_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      if (u8(b, at) !== 5 || u8(b, at + 1) > 1 || !isKnown(u8(b, at + TYPE))) return NOT_A_PDU;
      if ((u8(b, at + DREP) & 0xee) !== 0 || u16be(b, at + DREP + 2) !== 0) return NOT_A_PDU;
      const size = u16(b, at, at + FRAG_LENGTH);
      return size >= HEADER_BYTES ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES || this.stream?.frame(b, at) === NOT_A_PDU) return Recognition.no;
    const type = u8(b, at + TYPE);
    if (type !== Ptype.bind && type !== Ptype.bindAck) return Recognition.possible;
    return u16(b, at, at + FRAG_LENGTH) === end - at ? Recognition.certain : Recognition.possible;
  },

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    switch (u8(b, at + TYPE)) {
      case Ptype.request:
      case Ptype.bind:
      case Ptype.alter:
      case Ptype.auth3:
      case Ptype.cancel:
      case Ptype.orphaned:
        return Sender.client;
      default:
        return Sender.server;
    }
  },

  open: (facts) => new DcerpcDecoder(facts),
  operation: (type) => REQUESTS.get(type) ?? { code: `${type}`, name: `PDU type ${type}`, access: 'session' },
  space: () => '',
  evidence: EVIDENCE,
};

function isKnown(type: number): boolean {
  return type < 20 && ((KNOWN_TYPES >>> type) & 1) === 1;
}

function u16(b: Uint8Array, message: number, at: number): number {
  return (u8(b, message + DREP) & LITTLE_ENDIAN) !== 0 ? u16le(b, at) : u16be(b, at);
}

/** Calls that may be open at once on one association. */
const OUTSTANDING = 16;
/** Body of a bind: two sizes, group id, number of contexts and padding; then per context id, count, padding. */
const CONTEXTS = HEADER_BYTES + 8;
const ABSTRACT_SYNTAX = 4;
const UUID_BYTES = 16;
const SYNTAX_BYTES = 20;

class DcerpcDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);
  /** The interface that the client asked for first in its last bind. */
  readonly #asked = new Uint8Array(UUID_BYTES);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const type = u8(b, at + TYPE);
    const id = (u8(b, at + DREP) & LITTLE_ENDIAN) !== 0 ? i32le(b, at + CALL_ID) : i32be(b, at + CALL_ID);
    const first = (u8(b, at + FLAGS) & FIRST_FRAGMENT) !== 0;
    switch (type) {
      case Ptype.request:
        if (first) this.#outstanding.put(id, facts.request(type, NO_UNIT));
        return Outcome.ok;
      case Ptype.bind:
      case Ptype.alter:
        this.#outstanding.put(id, facts.request(type, NO_UNIT));
        return this.#contexts(b, at, end);
      case Ptype.response:
      case Ptype.fault:
        if (first) this.#answer(id, Ptype.request, type === Ptype.fault);
        return Outcome.ok;
      case Ptype.bindAck:
      case Ptype.bindNak:
        this.#answer(id, Ptype.bind, type === Ptype.bindNak);
        if (type === Ptype.bindAck) facts.evidence(Source.service, About.sender, NO_UNIT, this.#asked, 0, UUID_BYTES);
        return Outcome.ok;
      case Ptype.alterResponse:
        this.#answer(id, Ptype.alter, false);
        return Outcome.ok;
      default:
        return isKnown(type) ? Outcome.ok : Outcome.unsupported;
    }
  }

  #answer(id: number, request: number, refused: boolean): void {
    const asked = this.#outstanding.take(id);
    this.#facts.response(asked === NONE ? this.#facts.operation(request, NO_UNIT) : asked, refused);
  }

  /** What the client wants to use. That the server has it, only its acknowledgement tells: scanners ask anybody. */
  #contexts(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < CONTEXTS + 4) return Outcome.truncated;
    // The UUID's first three fields follow drep; big-endian hosts are not looked into.
    if ((u8(b, at + DREP) & LITTLE_ENDIAN) === 0) return Outcome.ok;
    let next = at + CONTEXTS + 4;
    for (let left = u8(b, at + CONTEXTS); left > 0; left--) {
      const uuid = next + ABSTRACT_SYNTAX;
      if (end - uuid < SYNTAX_BYTES) return Outcome.truncated;
      if (next === at + CONTEXTS + 4) for (let i = 0; i < UUID_BYTES; i++) this.#asked[i] = u8(b, uuid + i);
      this.#facts.evidence(Source.client, About.sender, NO_UNIT, b, uuid, uuid + UUID_BYTES);
      next = uuid + SYNTAX_BYTES * (1 + u8(b, next + 2));
    }
    return Outcome.ok;
  }
}

function interfaceNote(verb: string, b: Uint8Array, at: number): string | null {
  const name = INTERFACES.get(uuidText(b, at));
  return name === undefined ? null : `${verb} ${name}`;
}

function uuidText(b: Uint8Array, at: number): string {
  const order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
  return order
    .map((i) =>
      i < 0
        ? '-'
        : u8(b, at + i)
            .toString(16)
            .padStart(2, '0'),
    )
    .join('');
}
