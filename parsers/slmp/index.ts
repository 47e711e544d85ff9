/**
 * SLMP (Seamless Message Protocol), and the MC protocol of MELSEC controllers from which it comes: 3E and 4E frames, after
 * Mitsubishi Electric SH-080956ENG and SH-080008. The frame is described in frame.ts.
 */
import { u8, u16le } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type Described,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { SegmentCutter, type SegmentMessages } from '../segment-cutter.ts';
import { hexNumber, text } from '../text.ts';
import { CODE_BY_ASCII, COMMANDS, Command, deviceName, HEXADECIMAL } from './codes.ts';
import { decimal, Frame, hexadecimal } from './frame.ts';

/** Timer, command, subcommand; then the data of a request. */
const COMMAND_WORD = 1;
const SUBCOMMAND_WORD = 2;
const REQUEST_WORDS = 3;
/** Subcommand bit 1: device codes and numbers in the longer form of MELSEC iQ-R. */
const LONG_DEVICES = 0x0002;
/** Subcommand bit 7: the device is modified, and its specification has another form. */
const MODIFIED_DEVICES = 0x0080;

const TYPE_NAME_BYTES = 16;
const MAX_POINTS = 7168;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, model: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'slmp.type-name',
    words: 'SLMP Read Type Name (0101), model',
    field: 'vendor',
    confidence: 0.6,
    render: () => 'Mitsubishi Electric',
  },
  {
    name: 'slmp.type-name',
    words: 'SLMP Read Type Name (0101), model',
    field: 'model',
    confidence: 0.95,
    render: text,
  },
];

export const slmp: Protocol = {
  name: 'slmp',
  tcpPorts: [5000, 5001, 5002],
  udpPorts: [5000, 5560],

  recognise(b, at, end) {
    const frame = new Frame();
    const size = frame.read(b, at, end);
    if (size <= 0 || size > end - at) return Recognition.no;
    if (frame.answer) return size === end - at ? Recognition.possible : Recognition.no;
    if (!COMMANDS.has(frame.word(b, COMMAND_WORD))) return Recognition.no;
    return frame.direct && size === end - at ? Recognition.certain : Recognition.possible;
  },

  sender(b, at, end) {
    const frame = new Frame();
    if (frame.read(b, at, end) <= 0) return Sender.unknown;
    return frame.answer ? Sender.server : Sender.client;
  },

  open: (facts) => new SlmpDecoder(facts),
  operation,
  space: deviceName,
  evidence: EVIDENCE,
};

function operation(number: number): Operation {
  if (number === UNHEARD) return { code: 'answer', name: 'Answer to a Request Not Heard', access: 'read' };
  const code = hexNumber(number, 4);
  const [name, access, effect]: Described = COMMANDS.get(number) ?? [`Command ${code}`, 'write']; // unknown may change anything
  return { code, name, access, effect };
}

/** Requests remembered at once: 3E clients wait for each answer, 4E clients number some few ahead. */
const WAITING = 32;
/** The operation of an answer whose request was not heard: the frame does not say what it answers. */
const UNHEARD = 0;

class SlmpDecoder implements Decoder, SegmentMessages {
  readonly #facts: FactSink;
  readonly #frame = new Frame();
  readonly #outstanding = new Outstanding(WAITING);
  readonly #segments = [new SegmentCutter(this, false), new SegmentCutter(this, true)] as const;
  /** What was asked under a serial number, to know which answer tells a type name. */
  #typeNameSerial = -1;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    return this.#segments[fromClient ? 1 : 0].push(b, at, end);
  }

  lost(fromClient: boolean): void {
    this.#segments[fromClient ? 1 : 0].lost();
  }

  messageBytes(b: Uint8Array, at: number, end: number): number {
    return this.#frame.read(b, at, end);
  }

  message(b: Uint8Array, _at: number, end: number): Outcome {
    return this.#frame.answer ? this.#answer(b, end) : this.#request(b, end);
  }

  #request(b: Uint8Array, end: number): Outcome {
    const frame = this.#frame;
    const data = frame.data + REQUEST_WORDS * (frame.ascii ? 4 : 2);
    if (data > end) return Outcome.truncated;
    const command = frame.word(b, COMMAND_WORD);
    if (command < 0) return Outcome.malformed;
    const asked = this.#facts.request(command, unit(frame));
    this.#outstanding.put(frame.serial, asked);
    this.#typeNameSerial = command === Command.readTypeName ? frame.serial : -1;
    if (command === Command.batchRead || command === Command.batchWrite) {
      return this.#device(b, data, end, asked, frame.word(b, SUBCOMMAND_WORD));
    }
    return COMMANDS.has(command) ? Outcome.ok : Outcome.unsupported;
  }

  /** Head device and number of points (SH-080956ENG, section 5.2). */
  #device(b: Uint8Array, at: number, end: number, asked: number, subcommand: number): Outcome {
    if ((subcommand & MODIFIED_DEVICES) !== 0) return Outcome.unsupported;
    const long = (subcommand & LONG_DEVICES) !== 0;
    if (this.#frame.ascii) {
      const name = long ? 4 : 2;
      const number = long ? 8 : 6;
      if (end - at < name + number + 4) return Outcome.truncated;
      const code = CODE_BY_ASCII.get((u8(b, at) << 8) | u8(b, at + 1)) ?? 0;
      const first = HEXADECIMAL.has(code) ? hexadecimal(b, at + name, number) : decimal(b, at + name, number);
      const count = hexadecimal(b, at + name + number, 4);
      if (first < 0 || count < 0) return Outcome.malformed;
      this.#facts.touch(asked, code, first, count);
      return Outcome.ok;
    }
    const bytes = long ? 8 : 6;
    if (end - at < bytes) return Outcome.truncated;
    const first = u16le(b, at) | (u8(b, at + 2) << 16);
    const code = u8(b, at + (long ? 4 : 3));
    const count = u16le(b, at + bytes - 2);
    if (count > MAX_POINTS) return Outcome.malformed;
    this.#facts.touch(asked, code, first, count);
    return Outcome.ok;
  }

  #answer(b: Uint8Array, end: number): Outcome {
    const frame = this.#frame;
    const facts = this.#facts;
    const data = frame.data + (frame.ascii ? 4 : 2);
    if (data > end) return Outcome.truncated;
    const waiting = this.#outstanding.take(frame.serial);
    const refused = frame.word(b, 0) !== 0;
    facts.response(waiting !== NONE ? waiting : facts.operation(UNHEARD, unit(frame)), refused);
    const typeName = this.#typeNameSerial === frame.serial && waiting !== NONE;
    if (!typeName || refused) return Outcome.ok;
    this.#typeNameSerial = -1;
    if (end - data < TYPE_NAME_BYTES) return Outcome.truncated;
    facts.evidence(Source.vendor, About.sender, unit(frame), b, frame.data, data);
    facts.evidence(Source.model, About.sender, unit(frame), b, data, data + TYPE_NAME_BYTES);
    return Outcome.ok;
  }
}

/** Network and station behind the one addressed, where the frame is routed on. */
function unit(frame: Frame): number {
  return frame.direct || frame.route === 0x00ff ? NO_UNIT : frame.route;
}
