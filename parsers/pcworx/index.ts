/**
 * The protocol of PC Worx and the Phoenix Contact controllers it programs, as public discovery scripts describe it; network
 * byte order. Phoenix Contact publishes no specification.
 *
 *   0      1      2                    4 ...
 *   | kind | type | length of it all | ...
 *
 * The kind is 0x01 in requests and 0x81 in answers.
 */
import { u8, u16be } from '../bytes.ts';
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

const TYPE = 1;
const LENGTH = 2;
const HEADER_BYTES = 4;
const LEAST_BYTES = 8;
const MAX_BYTES = 4096;

const REQUEST = 0x01;
const ANSWER = 0x81;

const Type = { initialise: 0x01, openSession: 0x05, query: 0x06 } as const;
const MAX_TYPE = 0x1f;

/** What an initialisation names: the interface it wants. */
const INTERFACE = Uint8Array.from('IBETH01N0_M', (c) => c.charCodeAt(0));
const INTERFACE_AT = 14;

/** Where texts stand in the answer to the query for the controller's identity. */
const PLC_TYPE = 30;
const FIRMWARE = 66;
const FIRMWARE_DATE = 79;
const MODEL = 152;
const IDENTITY_BYTES = 160;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, product: 1, firmware: 2, firmwareDate: 3, model: 4 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'pcworx.identity',
    words: 'PC WORX answer, sender',
    field: 'vendor',
    confidence: 0.8,
    render: () => 'Phoenix Contact',
  },
  {
    name: 'pcworx.identity.plc-type',
    words: 'PC WORX identity answer, PLC type',
    field: 'product',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'pcworx.identity.firmware-version',
    words: 'PC WORX identity answer, firmware version',
    field: 'firmware',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'pcworx.identity.firmware-date',
    words: 'PC WORX identity answer, firmware date',
    field: 'note',
    confidence: 0.8,
    render: firmwareDate,
  },
  {
    name: 'pcworx.identity.model-number',
    words: 'PC WORX identity answer, model number',
    field: 'model',
    confidence: 0.95,
    render: text,
  },
];

function firmwareDate(b: Uint8Array, at: number, end: number): string | null {
  const date = text(b, at, end);
  return date === null ? null : `firmware built ${date}`;
}

export const pcworx: Protocol = {
  name: 'pcworx',
  tcpPorts: [1962],
  udpPorts: [],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: MAX_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      const size = u16be(b, at + LENGTH);
      const kind = u8(b, at);
      const fits = (kind === REQUEST || kind === ANSWER) && u8(b, at + TYPE) <= MAX_TYPE;
      return fits && size >= LEAST_BYTES && size <= MAX_BYTES ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < LEAST_BYTES || u16be(b, at + LENGTH) !== end - at) return Recognition.no;
    if (u8(b, at) === REQUEST && u8(b, at + TYPE) === Type.initialise && namesInterface(b, at, end)) {
      return Recognition.certain;
    }
    const kind = u8(b, at);
    const type = u8(b, at + TYPE);
    // the header is like those of OpenFlow and Diameter: only the types that are known speak for this protocol
    const known = type === Type.initialise || type === Type.openSession || type === Type.query;
    return known && (kind === ANSWER || (kind === REQUEST && type !== Type.initialise))
      ? Recognition.possible
      : Recognition.no;
  },

  sender: (b, at, end) => (end <= at ? Sender.unknown : u8(b, at) === REQUEST ? Sender.client : Sender.server),
  open: (facts) => new PcWorxDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

function namesInterface(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < INTERFACE_AT + INTERFACE.length) return false;
  for (let i = 0; i < INTERFACE.length; i++) if (u8(b, at + INTERFACE_AT + i) !== INTERFACE[i]) return false;
  return true;
}

function operation(type: number): Operation {
  const code = hexNumber(type, 2);
  switch (type) {
    case Type.initialise:
      return { code, name: 'Initialise Communication', access: 'session' };
    case Type.openSession:
      return { code, name: 'Open Session', access: 'session' };
    case Type.query:
      return { code, name: 'Query', access: 'diagnostic' };
    default:
      return { code, name: `Message ${code}`, access: 'write' }; // unknown may change anything
  }
}

class PcWorxDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < LEAST_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const type = u8(b, at + TYPE);
    if (u8(b, at) === REQUEST) {
      facts.request(type, NO_UNIT);
      return Outcome.ok;
    }
    facts.response(facts.operation(type, NO_UNIT), false);
    if (type === Type.query && end - at >= IDENTITY_BYTES) {
      facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + 2);
      facts.evidence(Source.product, About.sender, NO_UNIT, b, at + PLC_TYPE, at + FIRMWARE);
      facts.evidence(Source.firmware, About.sender, NO_UNIT, b, at + FIRMWARE, at + FIRMWARE_DATE);
      facts.evidence(Source.firmwareDate, About.sender, NO_UNIT, b, at + FIRMWARE_DATE, at + FIRMWARE_DATE + 12);
      facts.evidence(Source.model, About.sender, NO_UNIT, b, at + MODEL, end);
    }
    return Outcome.ok;
  }
}
