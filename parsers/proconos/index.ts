/**
 * ProConOS, a runtime for controllers of several makers, as public discovery scripts describe its protocol. Messages begin
 * with 0xcc; the answer to the query for information holds texts at fixed places. No specification is public.
 */
import { u8 } from '../bytes.ts';
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

const START = 0xcc;
const LEAST_BYTES = 10;

/** The query for information. */
const QUERY = Uint8Array.from([0xcc, 0x01, 0x00, 0x0b, 0x40, 0x02, 0x00, 0x00, 0x47, 0xee]);
const RUNTIME_NAME = Uint8Array.from('ProConOS', (c) => c.charCodeAt(0));

/** Where texts stand in its answer. */
const RUNTIME = 12;
const PLC_TYPE = 44;
const PROJECT = 77;
const PROJECT_BYTES = 40;

/** Indices into EVIDENCE. */
const Source = { runtime: 0, product: 1, project: 2 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'proconos.information.runtime',
    words: 'ProConOS information answer, ladder logic runtime',
    field: 'firmware',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'proconos.information.plc-type',
    words: 'ProConOS information answer, PLC type',
    field: 'product',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'proconos.information.project',
    words: 'ProConOS information answer, project name',
    field: 'note',
    confidence: 0.8,
    render: project,
  },
];

function project(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `project ${name}`;
}

const Op = { query: 0, message: 1 } as const;
const OPERATIONS: readonly Operation[] = [
  { code: 'information', name: 'Query Information', access: 'diagnostic' },
  { code: 'message', name: 'Message', access: 'write' }, // which, is not known
];

export const proconos: Protocol = {
  name: 'proconos',
  tcpPorts: [20547],
  udpPorts: [20547],

  recognise(b, at, end) {
    if (end - at < LEAST_BYTES || u8(b, at) !== START) return Recognition.no;
    if (startsWith(b, at, end, QUERY) || startsWith(b, at + RUNTIME, end, RUNTIME_NAME)) return Recognition.certain;
    return u8(b, at + 1) <= 1 ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (startsWith(b, at, end, QUERY)) return Sender.client;
    return startsWith(b, at + RUNTIME, end, RUNTIME_NAME) ? Sender.server : Sender.unknown;
  },

  open: (facts) => new ProConOsDecoder(facts),
  operation: (code) => OPERATIONS[code] ?? (OPERATIONS[Op.message] as Operation),
  space: () => '',
  evidence: EVIDENCE,
};

function startsWith(b: Uint8Array, at: number, end: number, bytes: Uint8Array): boolean {
  if (end - at < bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (u8(b, at + i) !== bytes[i]) return false;
  return true;
}

class ProConOsDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = -1;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < LEAST_BYTES) return Outcome.truncated;
    if (u8(b, at) !== START) return Outcome.unsupported; // the rest of a longer message
    const facts = this.#facts;
    if (fromClient) {
      this.#asked = facts.request(startsWith(b, at, end, QUERY) ? Op.query : Op.message, NO_UNIT);
      return Outcome.ok;
    }
    const tells = startsWith(b, at + RUNTIME, end, RUNTIME_NAME);
    facts.response(this.#asked >= 0 ? this.#asked : facts.operation(tells ? Op.query : Op.message, NO_UNIT), false);
    this.#asked = -1;
    if (!tells) return Outcome.ok;
    if (end - at < PROJECT) return Outcome.truncated;
    facts.evidence(Source.runtime, About.sender, NO_UNIT, b, at + RUNTIME, at + PLC_TYPE);
    facts.evidence(Source.product, About.sender, NO_UNIT, b, at + PLC_TYPE, at + PROJECT);
    facts.evidence(Source.project, About.sender, NO_UNIT, b, at + PROJECT, Math.min(end, at + PROJECT + PROJECT_BYTES));
    return Outcome.ok;
  }
}
