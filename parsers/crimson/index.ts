/**
 * Crimson 3 of Red Lion operator panels, as a public dissector and discovery script describe it; network byte order. Red
 * Lion publishes no specification.
 *
 *   0        2          4      6 ...
 *   | length | register | type | data ...        the length counts what comes after it
 */
import { u16be } from '../bytes.ts';
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
import { hexNumber, text } from '../text.ts';

const REGISTER = 2;
const TYPE = 4;
const HEADER_BYTES = 6;
const LENGTH_BYTES = 2;
const LEAST_LENGTH = 4;
const MAX_LENGTH = 4096;

const MANUFACTURER = 0x012b;
const MODEL = 0x012a;
const RED_LION = Uint8Array.from('Red Lion', (c) => c.charCodeAt(0));

/** Types of which public descriptions tell the meaning. */
const TYPES: ReadonlyMap<number, Omit<Operation, 'code'>> = new Map([
  [0x0300, { name: 'Push Register', access: 'write' }],
  [0x1200, { name: 'Write Chunk', access: 'program' }],
  [0x1202, { name: 'Write Chunk', access: 'program' }],
  [0x1300, { name: 'Write Value', access: 'write' }],
  [0x1400, { name: 'Write Value', access: 'write' }],
  [0x1500, { name: 'Write Chunk', access: 'program' }],
  [0x1700, { name: 'Poll', access: 'read' }],
  [0x1a00, { name: 'Read Model', access: 'diagnostic' }],
  [0x1b00, { name: 'Read Memory', access: 'read' }],
]);

/** Indices into EVIDENCE. */
const Source = { manufacturer: 0, model: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'crimson.manufacturer',
    words: 'Red Lion Crimson answer, manufacturer',
    field: 'vendor',
    confidence: 0.95,
    render: text,
  },
  { name: 'crimson.model', words: 'Red Lion Crimson answer, model', field: 'model', confidence: 0.95, render: text },
];

export const crimson: Protocol = {
  name: 'crimson',
  tcpPorts: [789],
  udpPorts: [],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: LENGTH_BYTES + MAX_LENGTH,
    selfSynchronising: false,
    frame(b, at) {
      const length = u16be(b, at);
      return length >= LEAST_LENGTH && length <= MAX_LENGTH ? LENGTH_BYTES + length : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES || u16be(b, at) !== end - at - LENGTH_BYTES) return Recognition.no;
    if (u16be(b, at + REGISTER) === MANUFACTURER && namesRedLion(b, at, end)) return Recognition.certain;
    return TYPES.has(u16be(b, at + TYPE)) ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    const register = u16be(b, at + REGISTER);
    if (register !== MANUFACTURER && register !== MODEL) return Sender.unknown;
    return end - at === HEADER_BYTES ? Sender.client : Sender.server;
  },

  open: (facts) => new CrimsonDecoder(facts),
  operation(type) {
    const code = hexNumber(type, 4);
    return { code, ...(TYPES.get(type) ?? { name: `Type ${code}`, access: 'write' as const }) }; // may change anything
  },
  space: () => 'register',
  evidence: EVIDENCE,
};

function namesRedLion(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < HEADER_BYTES + RED_LION.length) return false;
  for (let i = 0; i < RED_LION.length; i++) if (b[at + HEADER_BYTES + i] !== RED_LION[i]) return false;
  return true;
}

class CrimsonDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = -1;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** Answers have the type of what they carry, not of what they answer: each is for the request before it. */
  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const register = u16be(b, at + REGISTER);
    const type = u16be(b, at + TYPE);
    if (fromClient) {
      this.#asked = facts.request(type, NO_UNIT);
      facts.touch(this.#asked, 0, register, 1);
      return TYPES.has(type) ? Outcome.ok : Outcome.unsupported;
    }
    facts.response(this.#asked >= 0 ? this.#asked : facts.operation(type, NO_UNIT), false);
    this.#asked = -1;
    if (register === MANUFACTURER)
      facts.evidence(Source.manufacturer, About.sender, NO_UNIT, b, at + HEADER_BYTES, end);
    if (register === MODEL) facts.evidence(Source.model, About.sender, NO_UNIT, b, at + HEADER_BYTES, end);
    return Outcome.ok;
  }
}
