/**
 * MELSOFT, by which Mitsubishi Electric's engineering tools reach MELSEC controllers directly, as public discovery scripts
 * describe it. Mitsubishi publishes no specification. A request begins with 0x57 0x00, an answer with 0xd7 0x00; the answer to
 * the query for the CPU's type has its name at a fixed place.
 */
import { u8, u16be } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const REQUEST = 0x5700;
const ANSWER = 0xd700;
/** What follows in each request seen: constants, and the numbers for the station's own CPU. */
const CONSTANT = 5;
const CONSTANTS = 0x1111;
const OWN_CPU = 10;
const OWN_CPU_NUMBERS = 0xffff;

const COMMAND = 33;
const LEAST_BYTES = 35;
const READ_TYPE = 0x0101;
const MODEL = 41;
const MODEL_BYTES = 16;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, model: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'melsoft.cpu-type',
    words: 'MELSOFT answer, CPU type',
    field: 'vendor',
    confidence: 0.8,
    render: () => 'Mitsubishi Electric',
  },
  { name: 'melsoft.cpu-type', words: 'MELSOFT answer, CPU type', field: 'model', confidence: 0.9, render: text },
];

const Op = { readType: 0, message: 1 } as const;
const OPERATIONS: readonly Operation[] = [
  { code: '0x0101', name: 'Read CPU Type', access: 'diagnostic' },
  { code: 'message', name: 'Message', access: 'program' }, // which, is not known; only engineering tools speak it
];

export const melsoft: Protocol = {
  name: 'melsoft',
  tcpPorts: [5007],
  udpPorts: [5006],

  recognise(b, at, end) {
    if (end - at < LEAST_BYTES) return Recognition.no;
    const start = u16be(b, at);
    if (start === ANSWER) return Recognition.possible;
    if (start !== REQUEST || u16be(b, at + CONSTANT) !== CONSTANTS) return Recognition.no;
    return u16be(b, at + OWN_CPU) === OWN_CPU_NUMBERS ? Recognition.certain : Recognition.possible;
  },

  sender: (b, at, end) => (end <= at ? Sender.unknown : u8(b, at) === REQUEST >> 8 ? Sender.client : Sender.server),
  open: (facts) => new MelsoftDecoder(facts),
  operation: (code) => OPERATIONS[code] ?? (OPERATIONS[Op.message] as Operation),
  space: () => '',
  evidence: EVIDENCE,
};

class MelsoftDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = -1;
  #readingType = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < LEAST_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    switch (u16be(b, at)) {
      case REQUEST:
        this.#readingType = u16be(b, at + COMMAND) === READ_TYPE;
        this.#asked = facts.request(this.#readingType ? Op.readType : Op.message, NO_UNIT);
        return Outcome.ok;
      case ANSWER:
        facts.response(this.#asked >= 0 ? this.#asked : facts.operation(Op.message, NO_UNIT), false);
        this.#asked = -1;
        if (!this.#readingType) return Outcome.ok;
        this.#readingType = false;
        if (end - at < MODEL + MODEL_BYTES) return Outcome.truncated;
        facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + 2);
        facts.evidence(Source.model, About.sender, NO_UNIT, b, at + MODEL, at + MODEL + MODEL_BYTES);
        return Outcome.ok;
      default:
        return Outcome.unsupported; // the rest of a longer message
    }
  }
}
