/**
 * Synchrophasors: IEEE C37.118.2-2011, clause 6. Most significant byte first; a CRC ends every frame.
 *
 *   0    1               2      4         6         10           14
 *   | AA | type, version | size | id code | seconds | fraction ... | data | CRC |
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
import { text } from '../text.ts';

const SYNC = 0; // always 0xAA
const TYPE = 1; // in bits 4 to 6; the version below
const SIZE = 2;
const ID_CODE = 4;
const DATA = 14;
const CRC_BYTES = 2;
const SYNC_OCTET = 0xaa;

const FrameType = { data: 0, header: 1, configuration1: 2, configuration2: 3, command: 4, configuration3: 5 } as const;

/** A configuration frame: time base, then the number of measurement units, then each of them (table 9). */
const UNITS = DATA + 4;
const FIRST_UNIT = DATA + 6;
const STATION_BYTES = 16;
const UNIT_ID = STATION_BYTES;
const PHASORS = STATION_BYTES + 4;
const ANALOGS = STATION_BYTES + 6;
const DIGITALS = STATION_BYTES + 8;
const CHANNELS = STATION_BYTES + 10;
const NAME_BYTES = 16;
const CONVERSION_BYTES = 4;
const AFTER_CHANNELS = 4; // nominal frequency, change count
/** Of each digital status word all 16 bits have names. */
const DIGITAL_NAMES = 16;

/** Commands (table 14), which are also the numbers of the operations. */
const Command = {
  off: 1,
  on: 2,
  header: 3,
  configuration1: 4,
  configuration2: 5,
  configuration3: 6,
  extended: 8,
} as const;
const DATA_FRAMES = 0;

const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [DATA_FRAMES, { code: 'data', name: 'Data', access: 'read' }],
  [Command.off, { code: 'cmd.1', name: 'Turn Off Transmission', access: 'session' }],
  [Command.on, { code: 'cmd.2', name: 'Turn On Transmission', access: 'session' }],
  [Command.header, { code: 'cmd.3', name: 'Send Header', access: 'diagnostic' }],
  [Command.configuration1, { code: 'cmd.4', name: 'Send Configuration 1', access: 'diagnostic' }],
  [Command.configuration2, { code: 'cmd.5', name: 'Send Configuration 2', access: 'diagnostic' }],
  [Command.configuration3, { code: 'cmd.6', name: 'Send Configuration 3', access: 'diagnostic' }],
  [Command.extended, { code: 'cmd.8', name: 'Extended Frame', access: 'control' }], // its maker's own
]);

const Source = { station: 0, header: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'c37.118.station-name',
    words: 'C37.118 configuration frame, STN',
    field: 'name',
    confidence: 0.9,
    render: text,
  },
  { name: 'c37.118.header', words: 'C37.118 header frame', field: 'note', confidence: 0.8, render: text },
];

export const c37118: Protocol = {
  name: 'c37.118',
  tcpPorts: [4712],
  udpPorts: [4713],

  stream: {
    headerBytes: DATA,
    maxPduBytes: 0xffff,
    selfSynchronising: false, // the CRC would do, but only the whole frame shows it
    frame(b, at) {
      const version = u8(b, at + TYPE) & 0x0f;
      const size = u16be(b, at + SIZE);
      const known = (u8(b, at + TYPE) & 0x80) === 0 && frameType(b, at) <= FrameType.configuration3;
      const fits = u8(b, at + SYNC) === SYNC_OCTET && known && (version === 1 || version === 2);
      return fits && size >= DATA + CRC_BYTES ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < DATA + CRC_BYTES || u8(b, at) !== SYNC_OCTET || u16be(b, at + SIZE) !== end - at) {
      return Recognition.no;
    }
    return crc(b, at, end - CRC_BYTES) === u16be(b, end - CRC_BYTES) ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < DATA) return Sender.unknown;
    return frameType(b, at) === FrameType.command ? Sender.client : Sender.server;
  },

  open: (facts) => new C37118Decoder(facts),
  operation: (number) =>
    OPERATIONS.get(number) ?? { code: `cmd.${number}`, name: `Command ${number}`, access: 'control' },
  space: (space) => `space ${space}`, // nothing is addressed
  evidence: EVIDENCE,
};

function frameType(b: Uint8Array, at: number): number {
  return (u8(b, at + TYPE) >>> 4) & 7;
}

/** CRC-CCITT with polynomial 0x1021, all ones to begin with (annex B). */
function crc(b: Uint8Array, at: number, end: number): number {
  let sum = 0xffff;
  for (let i = at; i < end; i++) {
    let quick = (sum >>> 8) ^ u8(b, i);
    quick ^= quick >>> 4;
    sum = ((sum << 8) ^ (quick << 12) ^ (quick << 5) ^ quick) & 0xffff;
  }
  return sum;
}

class C37118Decoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < DATA + CRC_BYTES) return Outcome.truncated;
    const stop = Math.min(end, at + u16be(b, at + SIZE)) - CRC_BYTES;
    const facts = this.#facts;
    const unit = u16be(b, at + ID_CODE);
    switch (frameType(b, at)) {
      case FrameType.data: // sent without being asked for each
        facts.response(facts.operation(DATA_FRAMES, unit), false);
        return Outcome.ok;
      case FrameType.header:
        facts.response(facts.operation(Command.header, unit), false);
        if (stop > at + DATA) facts.evidence(Source.header, About.sender, NO_UNIT, b, at + DATA, stop);
        return Outcome.ok;
      case FrameType.configuration1:
        facts.response(facts.operation(Command.configuration1, unit), false);
        return this.#stations(b, at, stop);
      case FrameType.configuration2:
        facts.response(facts.operation(Command.configuration2, unit), false);
        return this.#stations(b, at, stop);
      case FrameType.configuration3:
        facts.response(facts.operation(Command.configuration3, unit), false);
        return Outcome.ok;
      case FrameType.command: {
        if (stop < at + DATA + 2) return Outcome.truncated;
        const command = u16be(b, at + DATA);
        facts.request(command, unit);
        return OPERATIONS.has(command) ? Outcome.ok : Outcome.unsupported;
      }
      default:
        return Outcome.malformed;
    }
  }

  /** The measurement units of a configuration frame; of a concentrator each is a part of its own. */
  #stations(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < FIRST_UNIT) return Outcome.truncated;
    const units = u16be(b, at + UNITS);
    let next = at + FIRST_UNIT;
    for (let left = units; left > 0; left--) {
      if (end - next < CHANNELS) return Outcome.truncated;
      const unit = units === 1 ? NO_UNIT : u16be(b, next + UNIT_ID);
      this.#facts.evidence(Source.station, About.sender, unit, b, next, next + STATION_BYTES);
      const values = u16be(b, next + PHASORS) + u16be(b, next + ANALOGS);
      const digitals = u16be(b, next + DIGITALS);
      next += CHANNELS + NAME_BYTES * (values + DIGITAL_NAMES * digitals);
      next += CONVERSION_BYTES * (values + digitals) + AFTER_CHANNELS;
    }
    return next <= end ? Outcome.ok : Outcome.truncated;
  }
}
