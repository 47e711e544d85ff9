/**
 * GE-SRTP (Service Request Transport Protocol) of GE and Emerson controllers, after public analyses (Denton and others,
 * DFRWS 2017); least significant byte first. A message is 56 bytes of header and mailbox, then a text buffer:
 *
 *   0      2          4             30         31     32       36       40
 *   | type | sequence | text length | sequence | kind | source | target | packet, packets, service request or status ...
 *
 * With a text buffer the last part stands eight bytes further on. Zeros, answered by a message of type 1, open a connection.
 */
import { i32le, u8, u16le } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type Described,
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
import { hexNumber } from '../text.ts';
import { SERVICES, Service, segmentName } from './codes.ts';

const SEQUENCE = 2;
const TEXT_LENGTH = 4;
const MAILBOX_SEQUENCE = 30;
const KIND = 31;
const MESSAGE_BYTES = 56;
const MAX_TEXT_BYTES = 16_384;

const Type = { open: 0, opened: 1, request: 2, answer: 3, session: 8 } as const;
const LAST_TYPE = Type.session;

const Kind = { request: 0xc0, requestWithText: 0x80, answer: 0xd4, answerWithText: 0x94, error: 0xd1 } as const;
/** The service request code, and where it stands when a text buffer follows. */
const CODE = 42;
const CODE_WITH_TEXT = 50;

/** Status that answers carry along: privilege, sweep time, status word with the controller's state in its upper bits. */
const STATUS_WORD = 54;
const STATES = [
  'run, I/O enabled',
  'run, I/O disabled',
  'stop, I/O disabled',
  'stop, faulted',
  'halted',
  'suspended',
  'stop, I/O enabled',
] as const;

/** Operation of opening a connection: beyond the service request codes. */
const OPEN = 0x100;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, state: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ge-srtp.answer',
    words: 'GE SRTP answer, sender',
    field: 'vendor',
    confidence: 0.5,
    render: () => 'GE / Emerson',
  },
  {
    name: 'ge-srtp.status-word',
    words: 'GE SRTP answer, PLC status word',
    field: 'state',
    confidence: 0.6,
    render: (b, at) => STATES[u8(b, at + 1) >> 4] ?? null,
  },
];

export const geSrtp: Protocol = {
  name: 'ge-srtp',
  tcpPorts: [18245, 18246],
  udpPorts: [],

  stream: {
    headerBytes: MESSAGE_BYTES,
    maxPduBytes: MESSAGE_BYTES + MAX_TEXT_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      const type = u16le(b, at);
      const text = u16le(b, at + TEXT_LENGTH);
      if (type > LAST_TYPE || text > MAX_TEXT_BYTES) return NOT_A_PDU;
      if (type <= Type.opened) return isOpening(b, at) ? MESSAGE_BYTES : NOT_A_PDU;
      return isKind(u8(b, at + KIND)) ? MESSAGE_BYTES + text : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < MESSAGE_BYTES) return Recognition.no;
    const type = u16le(b, at);
    if (type === Type.open) return Recognition.no; // zeros may be anything
    if (type === Type.opened) {
      return isOpening(b, at) && end - at === MESSAGE_BYTES ? Recognition.possible : Recognition.no;
    }
    const kind = u8(b, at + KIND);
    const fits = type <= LAST_TYPE && isKind(kind) && u16le(b, at + TEXT_LENGTH) === end - at - MESSAGE_BYTES;
    return fits ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < MESSAGE_BYTES) return Sender.unknown;
    const type = u16le(b, at);
    if (type <= Type.opened) return type === Type.open ? Sender.client : Sender.server;
    return isRequest(u8(b, at + KIND)) ? Sender.client : Sender.server;
  },

  open: (facts) => new GeSrtpDecoder(facts),
  operation,
  space: segmentName,
  evidence: EVIDENCE,
};

function isKind(kind: number): boolean {
  return isRequest(kind) || kind === Kind.answer || kind === Kind.answerWithText || kind === Kind.error;
}

function isRequest(kind: number): boolean {
  return kind === Kind.request || kind === Kind.requestWithText;
}

/** All zero but for the type, and but for what some answers hold in their sixth and ninth byte. */
function isOpening(b: Uint8Array, at: number): boolean {
  for (let i = at + 12; i < at + MESSAGE_BYTES; i += 4) if (i32le(b, i) !== 0) return false;
  return u16le(b, at + SEQUENCE) === 0 && u16le(b, at + TEXT_LENGTH) === 0;
}

function operation(number: number): Operation {
  if (number === OPEN) return { code: 'open', name: 'Open Connection', access: 'session' };
  if (number === UNHEARD) return { code: 'answer', name: 'Answer to a Request Not Heard', access: 'read' };
  const code = hexNumber(number, 2);
  const [name, access, effect]: Described = SERVICES.get(number) ?? [`Service Request ${code}`, 'write']; // may change anything
  return { code, name, access, effect };
}

/** Requests remembered at once: a client waits for each answer. */
const WAITING = 16;
/** The operation of an answer whose request was not heard: answers do not name their service. */
const UNHEARD = 0xff;

class GeSrtpDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(WAITING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < MESSAGE_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    switch (u16le(b, at)) {
      case Type.open:
        facts.request(OPEN, NO_UNIT);
        return Outcome.ok;
      case Type.opened:
        facts.response(facts.operation(OPEN, NO_UNIT), false);
        return Outcome.ok;
      default:
        break;
    }
    const kind = u8(b, at + KIND);
    if (!isKind(kind)) return Outcome.unsupported;
    const key = u16le(b, at + SEQUENCE) | (u8(b, at + MAILBOX_SEQUENCE) << 16);
    if (isRequest(kind)) return this.#request(b, at + (kind === Kind.request ? CODE : CODE_WITH_TEXT), key);
    const waiting = this.#outstanding.take(key);
    facts.response(waiting !== NONE ? waiting : facts.operation(UNHEARD, NO_UNIT), kind === Kind.error);
    facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + 2);
    if (kind !== Kind.error) {
      facts.evidence(Source.state, About.sender, NO_UNIT, b, at + STATUS_WORD, at + STATUS_WORD + 2);
    }
    return Outcome.ok;
  }

  /** Code, and for memory: segment selector, offset, length. */
  #request(b: Uint8Array, at: number, key: number): Outcome {
    const code = u8(b, at);
    const asked = this.#facts.request(code, NO_UNIT);
    this.#outstanding.put(key, asked);
    if (code === Service.readSystemMemory || code === Service.writeSystemMemory) {
      this.#facts.touch(asked, u8(b, at + 1), u16le(b, at + 2), u16le(b, at + 4));
    }
    return SERVICES.has(code) ? Outcome.ok : Outcome.unsupported;
  }
}
