/**
 * Generic Object Oriented Substation Events, after IEC 61850-8-1:2011, annex C and clause 18; network byte order:
 *
 *   0       2        4            6            8
 *   | APPID | length | reserved 1 | reserved 2 | goosePdu: [APPLICATION 1] of tagged fields in a fixed order
 *
 * A publisher tells its data set to whoever listens: nobody is asked, and nothing in a listener is addressed.
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
import { hexNumber, text } from '../text.ts';
import { isZero, lengthOf, valueAt } from './ber.ts';
import { SeenNames } from './seen-names.ts';

const LENGTH = 2; // from APPID on
const RESERVED_1 = 4;
const PDU = 8;

/** The frame comes from a simulator, not from the device it stands for (IEC 62351-6 and 61850-8-1, annex C). */
const SIMULATED = 0x8000;

const GOOSE_PDU = 0x61;
const Field = {
  gocbRef: 0x80,
  datSet: 0x82,
  goId: 0x83,
  sqNum: 0x86,
  simulation: 0x87,
  ndsCom: 0x89,
} as const;

const Publication = { repeated: 0, event: 1 } as const;

/** Values are told, none is asked to change: access is read, as of events and monitoring in other protocols. */
const OPERATIONS: readonly Operation[] = [
  { code: 'publish', name: 'GOOSE publication, repeated', access: 'read' },
  { code: 'event', name: 'GOOSE publication, new state', access: 'read' },
];

const Source = { ied: 0, controlBlock: 1, dataSet: 2, goId: 3, appId: 4, simulation: 5, ndsCom: 6 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'goose.gocb-ref.ld-name',
    words: 'GOOSE PDU, gocbRef: logical device',
    field: 'name',
    confidence: 0.6,
    render: logicalDevice,
  },
  note('goose.gocb-ref', 'gocbRef', 'GOOSE control block'),
  note('goose.dat-set', 'datSet', 'GOOSE data set'),
  note('goose.go-id', 'goID', 'GOOSE id'),
  {
    name: 'goose.appid',
    words: 'GOOSE header, APPID',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => `GOOSE APPID ${hexNumber(u16be(b, at), 4)}`,
  },
  {
    name: 'goose.simulation',
    words: 'GOOSE PDU, simulation',
    field: 'state',
    confidence: 0.9,
    render: () => 'publishes simulated GOOSE',
  },
  {
    name: 'goose.nds-com',
    words: 'GOOSE PDU, ndsCom',
    field: 'state',
    confidence: 0.9,
    render: () => 'GOOSE needs commissioning',
  },
];

export const goose: Protocol = {
  name: 'goose',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x88b8',
  recognise(b, at, end) {
    if (end - at < PDU + 2 || u8(b, at + PDU) !== GOOSE_PDU) return Recognition.no;
    const first = valueAt(b, at + PDU, end);
    return first > 0 && first < end && u8(b, first) === Field.gocbRef ? Recognition.certain : Recognition.no;
  },
  sender: () => Sender.unknown,
  open: (facts) => new GooseDecoder(facts),
  operation: (code) => OPERATIONS[code] ?? (OPERATIONS[Publication.repeated] as Operation),
  space: () => 'control-block',
  evidence: EVIDENCE,
};

class GooseDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #known = new SeenNames();

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < PDU + 2 || u8(b, at + PDU) !== GOOSE_PDU) return Outcome.malformed;
    const facts = this.#facts;
    const first = valueAt(b, at + PDU, end);
    if (first < 0) return Outcome.truncated;
    const stop = Math.min(end, first + lengthOf(b, at + PDU));

    let reference = -1;
    let referenceEnd = -1;
    let dataSet = -1;
    let goId = -1;
    let isEvent = false;
    let simulated = (u16be(b, at + RESERVED_1) & SIMULATED) !== 0;
    let needsCommissioning = false;
    let outcome: Outcome = Outcome.truncated; // until the last field before the data was seen
    for (let next = first; next < stop; ) {
      const tag = u8(b, next);
      const value = valueAt(b, next, stop);
      if (value < 0) break;
      const valueEnd = value + lengthOf(b, next);
      if (valueEnd > stop) break;
      if (tag === Field.gocbRef) {
        reference = value;
        referenceEnd = valueEnd;
      } else if (tag === Field.datSet) dataSet = next;
      else if (tag === Field.goId) goId = next;
      else if (tag === Field.sqNum) isEvent = isZero(b, value, valueEnd);
      else if (tag === Field.simulation) simulated ||= !isZero(b, value, valueEnd);
      else if (tag === Field.ndsCom) needsCommissioning = !isZero(b, value, valueEnd);
      next = valueEnd;
      if (next === stop) outcome = Outcome.ok;
    }

    const operation = facts.request(isEvent ? Publication.event : Publication.repeated, NO_UNIT);
    if (reference < 0) return outcome;
    facts.touchName(operation, 0, b, reference, referenceEnd);
    if (!this.#known.has(b, reference, referenceEnd)) {
      this.#tell(Source.ied, b, reference, referenceEnd);
      this.#tell(Source.controlBlock, b, reference, referenceEnd);
      if (dataSet >= 0) this.#element(Source.dataSet, b, dataSet, stop);
      if (goId >= 0) this.#element(Source.goId, b, goId, stop);
      this.#tell(Source.appId, b, at, at + LENGTH);
    }
    if (simulated) this.#tell(Source.simulation, b, reference, referenceEnd);
    if (needsCommissioning) this.#tell(Source.ndsCom, b, reference, referenceEnd);
    return outcome;
  }

  /** Tells the value of the element at `at`. */
  #element(source: number, b: Uint8Array, at: number, end: number): void {
    const value = valueAt(b, at, end);
    this.#tell(source, b, value, value + lengthOf(b, at));
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}

/**
 * The logical device of a reference like `IED1LD0/LLN0$GO$gcb1`: the IED's name, then the logical device's instance.
 * Where the one ends and the other begins, only the configuration knows.
 */
function logicalDevice(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end)?.split('/', 1)[0];
  return name === undefined || name === '' ? null : name;
}

function note(name: string, member: string, label: string): EvidenceSource {
  return {
    name,
    words: `GOOSE PDU, ${member}`,
    field: 'note',
    confidence: 0.9,
    render: (b, at, end) => {
      const value = text(b, at, end);
      return value === null ? null : `${label} ${value}`;
    },
  };
}
