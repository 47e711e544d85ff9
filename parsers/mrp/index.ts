/**
 * Media Redundancy Protocol, after IEC 62439-2, clause 8: a version (2 bytes), then TLVs of type, length (one byte
 * each) and value; the End TLV has type 0.
 */
import { mac } from '../addresses.ts';
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
import { hex } from '../text.ts';

const TLVS = 2;
const TLV_HEADER_BYTES = 2;

const Tlv = { end: 0, common: 1, test: 2, topologyChange: 3, linkDown: 4, linkUp: 5, option: 0x7f } as const;

/** MRP_Common: sequence number, then the domain's UUID. */
const DOMAIN = 2;
const DOMAIN_BYTES = 16;
/** MRP_Test: priority, the manager's address, its port's role, the state of the ring, transitions, time stamp. */
const TEST_ADDRESS = 2;
const TEST_RING_STATE = 10;
const TEST_BYTES = 12;
const RING_OPEN = 0;

const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [Tlv.test, { code: 'test', name: 'MRP Test', access: 'session' }],
  [Tlv.topologyChange, { code: 'topology-change', name: 'MRP Topology Change', access: 'session' }],
  [Tlv.linkDown, { code: 'link-down', name: 'MRP Link Down', access: 'session' }],
  [Tlv.linkUp, { code: 'link-up', name: 'MRP Link Up', access: 'session' }],
] as const);

const Source = { domain: 0, manager: 1, ringState: 2, member: 3 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'mrp.common.domain',
    words: 'MRP MRP_Common, MRP_DomainUUID',
    field: 'note',
    confidence: 0.8,
    render: (b, at, end) => `MRP domain ${hex(b, at, end)}`,
  },
  {
    name: 'mrp.test',
    words: 'MRP MRP_Test: who sends it manages the ring',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => `MRP ring manager ${mac(b, at) ?? ''}`.trimEnd(),
  },
  {
    name: 'mrp.test.ring-state',
    words: 'MRP MRP_Test, MRP_RingState',
    field: 'state',
    confidence: 0.9,
    render: (b, at) => (u16be(b, at) === RING_OPEN ? 'MRP ring open' : 'MRP ring closed'),
  },
  {
    name: 'mrp.link',
    words: 'MRP MRP_LinkChange, sender',
    field: 'note',
    confidence: 0.8,
    render: () => 'MRP ring client',
  },
];

export const mrp: Protocol = {
  name: 'mrp',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x88e3',
  recognise(b, at, end) {
    if (end - at < TLVS + TLV_HEADER_BYTES) return Recognition.no;
    const type = u8(b, at + TLVS);
    const known = type !== Tlv.end && (type <= 0x10 || type === Tlv.option);
    return known && at + TLVS + TLV_HEADER_BYTES + u8(b, at + TLVS + 1) <= end ? Recognition.possible : Recognition.no;
  },
  sender: () => Sender.unknown,
  open: (facts) => new MrpDecoder(facts),
  operation: (type) => OPERATIONS.get(type) ?? { code: `${type}`, name: `MRP type ${type}`, access: 'session' },
  space: () => '',
  evidence: EVIDENCE,
};

/** No state of the ring was told yet. */
const NONE_TOLD = -1;

class MrpDecoder implements Decoder {
  readonly #facts: FactSink;
  #ringState = NONE_TOLD;
  #domainTold = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    let next = at + TLVS;
    while (end - next >= TLV_HEADER_BYTES) {
      const type = u8(b, next);
      if (type === Tlv.end) return Outcome.ok;
      const value = next + TLV_HEADER_BYTES;
      const stop = value + u8(b, next + 1);
      if (stop > end) return Outcome.truncated;
      this.#tlv(type, b, value, stop);
      next = stop;
    }
    return Outcome.truncated;
  }

  #tlv(type: number, b: Uint8Array, at: number, end: number): void {
    switch (type) {
      case Tlv.common:
        // a ring has one domain, and Test frames come by the hundred
        if (this.#domainTold || end - at < DOMAIN + DOMAIN_BYTES) break;
        this.#domainTold = true;
        this.#tell(Source.domain, b, at + DOMAIN, at + DOMAIN + DOMAIN_BYTES);
        break;
      case Tlv.option: // sub-TLVs of vendors
        break;
      case Tlv.test: {
        this.#facts.request(type, NO_UNIT);
        if (end - at < TEST_BYTES || this.#ringState === u16be(b, at + TEST_RING_STATE)) break;
        this.#ringState = u16be(b, at + TEST_RING_STATE);
        this.#tell(Source.manager, b, at + TEST_ADDRESS, at + TEST_ADDRESS + 6);
        this.#tell(Source.ringState, b, at + TEST_RING_STATE, at + TEST_RING_STATE + 2);
        break;
      }
      case Tlv.linkDown:
      case Tlv.linkUp: // only clients report their links
        this.#tell(Source.member, b, at, Math.min(end, at + 6));
        this.#facts.request(type, NO_UNIT);
        break;
      default:
        this.#facts.request(type, NO_UNIT);
    }
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}
