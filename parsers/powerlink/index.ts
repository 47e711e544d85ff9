/**
 * Ethernet POWERLINK, straight on Ethernet, after EPSG DS 301 V1.3.0, sections 4.6 and 7.3; least significant byte first:
 *
 *   0              1             2        3
 *   | message type | destination | source | ...       nodes: 240 manages the network, 255 is all
 */
import { u8, u32le } from '../bytes.ts';
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

const DESTINATION = 1;
const SOURCE = 2;
const SERVICE = 3;
const HEADER_BYTES = 3;
const MANAGING_NODE = 240;

const Type = { soc: 1, preq: 3, pres: 4, soa: 5, asnd: 6, amni: 13 } as const;
const Asnd = { identResponse: 1, statusResponse: 2, nmtRequest: 3, nmtCommand: 4, sdo: 5, syncResponse: 6 } as const;

/** IdentResponse, from the message's start. */
const VENDOR_ID = 30;
const PRODUCT_CODE = 34;
const REVISION = 38;
const SERIAL = 42;
const IP_ADDRESS = 70;
const HOST_NAME = 82;
const HOST_NAME_BYTES = 32;

/** Operation numbers: message type; for ASnd with the service above. */
const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [Type.soc, { code: 'soc', name: 'Start of Cycle', access: 'session' }],
  [Type.preq, { code: 'preq', name: 'Poll', access: 'write' }], // the request carries outputs
  [Type.soa, { code: 'soa', name: 'Start of Asynchronous', access: 'session' }],
  [Type.amni, { code: 'amni', name: 'Active Managing Node Indication', access: 'session' }],
  [Type.asnd | (Asnd.identResponse << 8), { code: 'asnd.1', name: 'Ident', access: 'diagnostic' }],
  [Type.asnd | (Asnd.statusResponse << 8), { code: 'asnd.2', name: 'Status', access: 'diagnostic' }],
  [Type.asnd | (Asnd.nmtRequest << 8), { code: 'asnd.3', name: 'NMT Request', access: 'session' }],
  [Type.asnd | (Asnd.nmtCommand << 8), { code: 'asnd.4', name: 'NMT Command', access: 'control' }],
  [Type.asnd | (Asnd.sdo << 8), { code: 'asnd.5', name: 'SDO', access: 'write' }],
  [Type.asnd | (Asnd.syncResponse << 8), { code: 'asnd.6', name: 'Sync', access: 'session' }],
]);

/** Indices into EVIDENCE. */
const Source = { vendor: 0, product: 1, revision: 2, serial: 3, ip: 4, name: 5 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'powerlink.ident.vendor-id',
    words: 'POWERLINK IdentResponse, VendorId',
    field: 'note',
    confidence: 0.9,
    render: number('vendor id'),
  },
  {
    name: 'powerlink.ident.product-code',
    words: 'POWERLINK IdentResponse, ProductCode',
    field: 'note',
    confidence: 0.9,
    render: number('product code'),
  },
  {
    name: 'powerlink.ident.revision-number',
    words: 'POWERLINK IdentResponse, RevisionNumber',
    field: 'hardware',
    confidence: 0.8,
    render: number('revision'),
  },
  {
    name: 'powerlink.ident.serial-number',
    words: 'POWERLINK IdentResponse, SerialNumber',
    field: 'serial',
    confidence: 0.95,
    render: serial,
  },
  {
    name: 'powerlink.ident.ip-address',
    words: 'POWERLINK IdentResponse, IpAddress',
    field: 'address',
    confidence: 0.9,
    render: (b, at) => (u32le(b, at) === 0 ? null : `${u8(b, at + 3)}.${u8(b, at + 2)}.${u8(b, at + 1)}.${u8(b, at)}`),
  },
  {
    name: 'powerlink.ident.host-name',
    words: 'POWERLINK IdentResponse, HostName',
    field: 'name',
    confidence: 0.9,
    render: text,
  },
];

function number(what: string): EvidenceSource['render'] {
  return (b, at) => (u32le(b, at) === 0 ? null : `${what} ${hexNumber(u32le(b, at), 8)}`);
}

function serial(b: Uint8Array, at: number): string | null {
  return u32le(b, at) === 0 ? null : `${u32le(b, at)}`;
}

export const powerlink: Protocol = {
  name: 'powerlink',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x88ab',

  recognise(b, at, end) {
    if (end - at <= HEADER_BYTES) return Recognition.no;
    const type = u8(b, at);
    return type === Type.pres || type === Type.asnd || OPERATIONS.has(type) ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    return u8(b, at + SOURCE) === MANAGING_NODE ? Sender.client : Sender.server;
  },

  open: (facts) => new PowerlinkDecoder(facts),
  operation: (code) =>
    OPERATIONS.get(code) ?? { code: `asnd.${code >>> 8}`, name: `ASnd Service ${code >>> 8}`, access: 'write' },
  space: () => '',
  evidence: EVIDENCE,
};

class PowerlinkDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** Frames go to groups and to nodes by their MAC addresses: the node number is the unit only where many are meant. */
  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at <= HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const type = u8(b, at);
    switch (type) {
      case Type.soc:
      case Type.preq:
      case Type.soa:
      case Type.amni:
        facts.request(type, NO_UNIT);
        return Outcome.ok;
      case Type.pres:
        facts.response(facts.operation(Type.preq, NO_UNIT), false);
        return Outcome.ok;
      case Type.asnd: {
        const service = u8(b, at + SERVICE);
        const code = Type.asnd | (service << 8);
        const answers = service <= Asnd.statusResponse || u8(b, at + DESTINATION) === MANAGING_NODE;
        if (answers) facts.response(facts.operation(code, NO_UNIT), false);
        else facts.request(code, NO_UNIT);
        if (service !== Asnd.identResponse) return OPERATIONS.has(code) ? Outcome.ok : Outcome.unsupported;
        return this.#identity(b, at, end);
      }
      default:
        return Outcome.unsupported;
    }
  }

  #identity(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HOST_NAME + HOST_NAME_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at + VENDOR_ID, at + PRODUCT_CODE);
    facts.evidence(Source.product, About.sender, NO_UNIT, b, at + PRODUCT_CODE, at + REVISION);
    facts.evidence(Source.revision, About.sender, NO_UNIT, b, at + REVISION, at + SERIAL);
    facts.evidence(Source.serial, About.sender, NO_UNIT, b, at + SERIAL, at + SERIAL + 4);
    facts.evidence(Source.ip, About.sender, NO_UNIT, b, at + IP_ADDRESS, at + IP_ADDRESS + 4);
    facts.evidence(Source.name, About.sender, NO_UNIT, b, at + HOST_NAME, at + HOST_NAME + HOST_NAME_BYTES);
    return Outcome.ok;
  }
}
