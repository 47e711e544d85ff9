/**
 * Sampled values, after IEC 61850-9-2:2011, clause 8 and annex A; network byte order:
 *
 *   0       2        4            6            8
 *   | APPID | length | reserved 1 | reserved 2 | savPdu: [APPLICATION 0] of noASDU, security, sequence of ASDU
 */
import { u8, u16be } from '../bytes.ts';
import { lengthOf, valueAt } from '../goose/ber.ts';
import { SeenNames } from '../goose/seen-names.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const RESERVED_1 = 4;
const SIMULATED = 0x8000;
const PDU = 8;

const SAV_PDU = 0x60;
const NO_ASDU = 0x80;
const SEQUENCE_OF_ASDU = 0xa2;
const ASDU = 0x30;
const Field = { svId: 0x80, datSet: 0x81, smpSynch: 0x85 } as const;

const Source = { stream: 0, dataSet: 1, synchronisation: 2, simulation: 3 } as const;

const SYNCHRONISATION = [
  'not synchronised',
  'synchronised to a local clock',
  'synchronised to a global clock',
] as const;

const EVIDENCE: readonly EvidenceSource[] = [
  note('sampled-values.sv-id', 'svID', 'sampled values stream'),
  note('sampled-values.dat-set', 'datSet', 'sampled values data set'),
  {
    name: 'sampled-values.smp-synch',
    words: 'Sampled Values ASDU, smpSynch',
    field: 'state',
    confidence: 0.9,
    render: (b, at) => `samples ${SYNCHRONISATION[u8(b, at)] ?? `synchronised to local clock ${u8(b, at)}`}`,
  },
  {
    name: 'sampled-values.simulation',
    words: 'Sampled Values header, simulation',
    field: 'state',
    confidence: 0.9,
    render: () => 'publishes simulated samples',
  },
];

/** ASDUs looked at in one frame: 9-2LE has one or eight. Beyond, only the count would tell. */
const MAX_ASDUS = 16;

export const sampledValues: Protocol = {
  name: 'sampled-values',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x88ba',
  recognise(b, at, end) {
    if (end - at < PDU + 2 || u8(b, at + PDU) !== SAV_PDU) return Recognition.no;
    const first = valueAt(b, at + PDU, end);
    return first > 0 && first < end && u8(b, first) === NO_ASDU ? Recognition.certain : Recognition.no;
  },
  sender: () => Sender.unknown,
  open: (facts) => new SampledValuesDecoder(facts),
  operation: () => ({ code: 'publish', name: 'Sampled values publication', access: 'read' }), // told to all, asked of none
  space: () => 'stream',
  evidence: EVIDENCE,
};

/** No synchronisation was told yet. */
const NONE_TOLD = -1;

class SampledValuesDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #known = new SeenNames();
  #synchronisation = NONE_TOLD;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < PDU + 2 || u8(b, at + PDU) !== SAV_PDU) return Outcome.malformed;
    const first = valueAt(b, at + PDU, end);
    if (first < 0) return Outcome.truncated;
    const operation = this.#facts.request(0, NO_UNIT);
    const simulated = (u16be(b, at + RESERVED_1) & SIMULATED) !== 0;
    if (simulated) this.#facts.evidence(Source.simulation, About.sender, NO_UNIT, b, at, at + 2);
    const stop = Math.min(end, first + lengthOf(b, at + PDU));
    for (let next = first; next < stop; ) {
      const value = valueAt(b, next, stop);
      if (value < 0 || value + lengthOf(b, next) > stop) return Outcome.truncated;
      const valueEnd = value + lengthOf(b, next);
      if (u8(b, next) === SEQUENCE_OF_ASDU) return this.#asdus(operation, b, value, valueEnd);
      next = valueEnd;
    }
    return Outcome.truncated;
  }

  #asdus(operation: number, b: Uint8Array, at: number, end: number): Outcome {
    let next = at;
    for (let left = MAX_ASDUS; left > 0 && next < end; left--) {
      const value = valueAt(b, next, end);
      if (value < 0 || value + lengthOf(b, next) > end) return Outcome.truncated;
      if (u8(b, next) !== ASDU) return Outcome.malformed;
      const stop = value + lengthOf(b, next);
      // all ASDUs of a frame are samples of one stream, or the first of each: the rhythm is that of frames
      if (!this.#asdu(operation, next === at, b, value, stop)) return Outcome.truncated;
      next = stop;
    }
    return Outcome.ok;
  }

  #asdu(operation: number, touches: boolean, b: Uint8Array, at: number, end: number): boolean {
    let isNew = false;
    for (let next = at; next < end; ) {
      const tag = u8(b, next);
      const value = valueAt(b, next, end);
      if (value < 0 || value + lengthOf(b, next) > end) return false;
      const stop = value + lengthOf(b, next);
      if (tag === Field.svId) {
        if (touches) this.#facts.touchName(operation, 0, b, value, stop);
        isNew = !this.#known.has(b, value, stop);
        if (isNew) this.#tell(Source.stream, b, value, stop);
      } else if (tag === Field.datSet && isNew) this.#tell(Source.dataSet, b, value, stop);
      else if (tag === Field.smpSynch && stop > value && u8(b, value) !== this.#synchronisation) {
        this.#synchronisation = u8(b, value);
        this.#tell(Source.synchronisation, b, value, value + 1);
      }
      next = stop;
    }
    return true;
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}

function note(name: string, member: string, label: string): EvidenceSource {
  return {
    name,
    words: `Sampled Values ASDU, ${member}`,
    field: 'note',
    confidence: 0.9,
    render: (b, at, end) => {
      const value = text(b, at, end);
      return value === null ? null : `${label} ${value}`;
    },
  };
}
