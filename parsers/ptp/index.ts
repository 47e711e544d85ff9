/**
 * Precision Time Protocol, after IEEE 1588-2019, clause 13, over UDP (annex C) and straight on Ethernet (annex E);
 * network byte order:
 *
 *   0      1         2        4        6       8            20                16+14    30         32
 *   | type | version | length | domain | flags | correction | source identity ... | sequence | ...  34: body
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
import { hex } from '../text.ts';

const TYPE = 0; // low four bits
const VERSION = 1; // minor and major
const LENGTH = 2; // from the first byte on
const DOMAIN = 4;
const SOURCE_CLOCK = 20;
const CLOCK_BYTES = 8;
const HEADER_BYTES = 34;

const VERSION_2_0 = 0x02;
const VERSION_2_1 = 0x12;
/** What fills the shortest Ethernet frame up behind a message. */
const MAX_PADDING = 46 - HEADER_BYTES;

/** Body of Announce (clause 13.5.1). */
const GRANDMASTER = 53;
const STEPS_REMOVED = 61;
const TIME_SOURCE = 63;
const ANNOUNCE_BYTES = 64;
/** Body of Management (clause 15.4.1): the low four bits say what to do. */
const ACTION = 46;
const MANAGEMENT_BYTES = 48;

const Type = {
  sync: 0x0,
  delayRequest: 0x1,
  peerDelayRequest: 0x2,
  peerDelayResponse: 0x3,
  followUp: 0x8,
  delayResponse: 0x9,
  peerDelayResponseFollowUp: 0xa,
  announce: 0xb,
  signaling: 0xc,
  management: 0xd,
} as const;

const Action = { get: 0, set: 1, response: 2, command: 3, acknowledge: 4 } as const;

/** By message type; those of Management have the action in bits 4 and up. */
const OPERATIONS: ReadonlyMap<number, Operation> = new Map([
  [Type.sync, { code: 'sync', name: 'Sync', access: 'session' }],
  [Type.delayRequest, { code: 'delay', name: 'Delay Request', access: 'session' }],
  [Type.peerDelayRequest, { code: 'peer-delay', name: 'Peer Delay Request', access: 'session' }],
  [Type.announce, { code: 'announce', name: 'Announce', access: 'session' }],
  [Type.signaling, { code: 'signaling', name: 'Signaling', access: 'session' }],
  [Type.management | (Action.get << 4), { code: 'management.get', name: 'Management Get', access: 'diagnostic' }],
  [Type.management | (Action.set << 4), { code: 'management.set', name: 'Management Set', access: 'program' }],
  [
    Type.management | (Action.command << 4),
    { code: 'management.command', name: 'Management Command', access: 'control' },
  ],
] as const);

const Source = { grandmaster: 0, below: 1, timeSource: 2, domain: 3 } as const;

const TIME_SOURCES: ReadonlyMap<number, string> = new Map([
  [0x10, 'atomic clock'],
  [0x20, 'GNSS'],
  [0x30, 'terrestrial radio'],
  [0x39, 'serial time code'],
  [0x40, 'PTP'],
  [0x50, 'NTP'],
  [0x60, 'hand set'],
  [0x90, 'other'],
  [0xa0, 'internal oscillator'],
]);

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ptp.announce',
    words: 'PTP Announce message, sender',
    field: 'device-type',
    confidence: 0.9,
    render: () => 'PTP grandmaster clock',
  },
  {
    name: 'ptp.announce.grandmaster',
    words: 'PTP Announce message, grandmasterIdentity',
    field: 'note',
    confidence: 0.9,
    render: (b, at, end) => `PTP clock below grandmaster ${hex(b, at, end)}`,
  },
  {
    name: 'ptp.announce.time-source',
    words: 'PTP Announce message, timeSource',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => {
      const source = TIME_SOURCES.get(u8(b, at));
      return source === undefined ? null : `PTP time source: ${source}`;
    },
  },
  {
    name: 'ptp.domain',
    words: 'PTP header, domainNumber',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => `PTP domain ${u8(b, at)}`,
  },
];

/** Over UDP: port 319 for messages that are time-stamped, 320 for the others. */
export const ptp: Protocol = {
  name: 'ptp',
  tcpPorts: [],
  udpPorts: [319, 320],

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES) return Recognition.no;
    const version = u8(b, at + VERSION);
    const length = u16be(b, at + LENGTH);
    const type = u8(b, at + TYPE) & 0x0f;
    const known = type <= Type.peerDelayResponse || (type >= Type.followUp && type <= Type.management);
    const fits = length >= HEADER_BYTES && length <= end - at && end - at - length <= MAX_PADDING;
    return (version === VERSION_2_0 || version === VERSION_2_1) && known && fits
      ? Recognition.possible
      : Recognition.no;
  },

  /** Time is served by who sends it; peers ask each other. */
  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    switch (u8(b, at + TYPE) & 0x0f) {
      case Type.delayRequest:
        return Sender.client;
      case Type.sync:
      case Type.followUp:
      case Type.delayResponse:
      case Type.announce:
        return Sender.server;
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new PtpDecoder(facts),
  operation: (number) => OPERATIONS.get(number) ?? { code: `${number}`, name: `Type ${number}`, access: 'session' },
  space: () => '',
  evidence: EVIDENCE,
};

/** The same straight on Ethernet. */
export const ptpOverEthernet: Protocol = { ...ptp, udpPorts: [], over: 'eth/0x88f7' };

class PtpDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES || u16be(b, at + LENGTH) > end - at) return Outcome.truncated;
    const facts = this.#facts;
    const type = u8(b, at + TYPE) & 0x0f;
    switch (type) {
      case Type.sync:
      case Type.delayRequest:
      case Type.peerDelayRequest:
      case Type.signaling:
        facts.request(type, NO_UNIT);
        return Outcome.ok;
      case Type.delayResponse:
        facts.response(facts.operation(Type.delayRequest, NO_UNIT), false);
        return Outcome.ok;
      case Type.peerDelayResponse:
        facts.response(facts.operation(Type.peerDelayRequest, NO_UNIT), false);
        return Outcome.ok;
      case Type.followUp: // belong to the message before
      case Type.peerDelayResponseFollowUp:
        return Outcome.ok;
      case Type.announce:
        facts.request(type, NO_UNIT);
        return this.#announce(b, at, end);
      case Type.management:
        return this.#management(b, at, end);
      default:
        return Outcome.unsupported;
    }
  }

  #announce(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < ANNOUNCE_BYTES) return Outcome.truncated;
    this.#tell(Source.domain, b, at + DOMAIN, at + DOMAIN + 1);
    const grandmaster = at + GRANDMASTER;
    if (u16be(b, at + STEPS_REMOVED) === 0 && sameClock(b, grandmaster, at + SOURCE_CLOCK)) {
      this.#tell(Source.grandmaster, b, grandmaster, grandmaster + CLOCK_BYTES);
      this.#tell(Source.timeSource, b, at + TIME_SOURCE, at + TIME_SOURCE + 1);
    } else {
      this.#tell(Source.below, b, grandmaster, grandmaster + CLOCK_BYTES);
    }
    return Outcome.ok;
  }

  #management(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < MANAGEMENT_BYTES) return Outcome.truncated;
    const action = u8(b, at + ACTION) & 0x0f;
    switch (action) {
      case Action.get:
      case Action.set:
      case Action.command:
        this.#facts.request(Type.management | (action << 4), NO_UNIT);
        return Outcome.ok;
      case Action.response: // to Get and Set alike: which, is not told
      case Action.acknowledge:
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}

function sameClock(b: Uint8Array, at: number, other: number): boolean {
  for (let i = 0; i < CLOCK_BYTES; i++) if (u8(b, at + i) !== u8(b, other + i)) return false;
  return true;
}
