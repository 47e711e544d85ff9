/**
 * The serial protocol of Veeder-Root automatic tank gauges (TLS-350 and those like it) over TCP, after Veeder-Root
 * 576013-635: a start of header, a letter for inquiry or setting, a function of three digits, a tank of two; the letter is a
 * capital for answers made for people. The answer repeats it, then tells the time and what was asked, up to an ETX.
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

const SOH = 0x01;
const CR = 0x0d;
const LF = 0x0a;
const INQUIRY = 0x49; // "I"
const SETTING = 0x53; // "S"
const LOWER_CASE = 0x20;
/** Start of header, letter, function, tank. */
const COMMAND_BYTES = 7;
/** A command may end with a line feed; what is longer than this is an answer, or a setting with its data. */
const MAX_INQUIRY_BYTES = COMMAND_BYTES + 2;

const SOFTWARE_REVISION = 902;
const VERSION = Uint8Array.from('VERSION ', (c) => c.charCodeAt(0));
const INVENTORY = 201;
/** Sent instead of an answer to a function the gauge does not know: 9999, with or without a check sum. */
const UNKNOWN_FUNCTION = 9999;

/** Functions that inquiries are known to be for. */
const FUNCTIONS: ReadonlyMap<number, Omit<Operation, 'code'>> = new Map([
  [101, { name: 'System Status', access: 'diagnostic' }],
  [111, { name: 'Priority Alarm History', access: 'diagnostic' }],
  [112, { name: 'Non-Priority Alarm History', access: 'diagnostic' }],
  [201, { name: 'In-Tank Inventory', access: 'read' }],
  [202, { name: 'In-Tank Delivery', access: 'read' }],
  [203, { name: 'In-Tank Leak Detect', access: 'read' }],
  [204, { name: 'Shift Inventory', access: 'read' }],
  [205, { name: 'In-Tank Status', access: 'read' }],
  [206, { name: 'In-Tank Alarm History', access: 'read' }],
  [902, { name: 'Software Revision', access: 'diagnostic' }],
]);

/** Operation numbers: the function; settings beyond. */
const SET = 1000;

/** Indices into EVIDENCE. */
const Source = { vendor: 0, deviceType: 1, version: 2, header: 3 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'atg.answer', words: 'ATG answer, sender', field: 'vendor', confidence: 0.5, render: () => 'Veeder-Root' }, // others speak it too
  {
    name: 'atg.answer',
    words: 'ATG answer, sender',
    field: 'device-type',
    confidence: 0.8,
    render: () => 'Automatic tank gauge',
  },
  {
    name: 'atg.software-revision',
    words: 'ATG I902 Software Revision answer',
    field: 'firmware',
    confidence: 0.9,
    render: text,
  },
  { name: 'atg.station-header', words: 'ATG report, station header', field: 'location', confidence: 0.7, render: text },
];

export const atg: Protocol = {
  name: 'atg',
  tcpPorts: [10001],
  udpPorts: [],
  recognise: (b, at, end) => (functionAt(b, at, end) < 0 ? Recognition.no : Recognition.certain),

  sender(b, at, end) {
    if (functionAt(b, at, end) < 0) return Sender.unknown;
    if ((u8(b, at + 1) & ~LOWER_CASE) === SETTING) return Sender.unknown; // its data makes it as long as an answer
    return end - at <= MAX_INQUIRY_BYTES ? Sender.client : Sender.server;
  },

  open: (facts) => new AtgDecoder(facts),
  operation(number) {
    const set = number >= SET;
    const digits = `${number % SET}`.padStart(3, '0');
    if (set) return { code: `S${digits}`, name: `Set ${FUNCTIONS.get(number % SET)?.name ?? digits}`, access: 'write' };
    return { code: `I${digits}`, ...(FUNCTIONS.get(number) ?? { name: `Inquiry ${digits}`, access: 'read' as const }) };
  },
  space: () => 'tank',
  evidence: EVIDENCE,
};

/** The function of the command or answer at `at`, or -1. */
function functionAt(b: Uint8Array, at: number, end: number): number {
  if (end - at < COMMAND_BYTES || u8(b, at) !== SOH) return -1;
  const letter = u8(b, at + 1) & ~LOWER_CASE;
  if (letter !== INQUIRY && letter !== SETTING) return -1;
  return decimal(b, at + 2, 5) < 0 ? -1 : decimal(b, at + 2, 3);
}

function decimal(b: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const digit = u8(b, i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

class AtgDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = -1;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const facts = this.#facts;
    const number = functionAt(b, at, end);
    if (number < 0) {
      if (fromClient || end - at < 5 || u8(b, at) !== SOH || decimal(b, at + 1, 4) !== UNKNOWN_FUNCTION) {
        return Outcome.unsupported; // the rest of a longer answer
      }
      if (this.#asked >= 0) facts.response(this.#asked, true);
      this.#asked = -1;
      return Outcome.ok;
    }
    const operation = (u8(b, at + 1) & ~LOWER_CASE) === SETTING ? SET + number : number;
    if (fromClient) {
      this.#asked = facts.request(operation, NO_UNIT);
      facts.touch(this.#asked, 0, decimal(b, at + 5, 2), 1);
      return Outcome.ok;
    }
    facts.response(facts.operation(operation, NO_UNIT), false);
    this.#asked = -1;
    facts.evidence(Source.vendor, About.sender, NO_UNIT, b, at, at + 1);
    facts.evidence(Source.deviceType, About.sender, NO_UNIT, b, at, at + 1);
    if (number === SOFTWARE_REVISION) this.#version(b, at, end);
    if (number === INVENTORY) this.#header(b, at, end);
    return Outcome.ok;
  }

  #version(b: Uint8Array, at: number, end: number): void {
    for (let i = at; i + VERSION.length < end; i++) {
      let matched = 0;
      while (matched < VERSION.length && u8(b, i + matched) === VERSION[matched]) matched++;
      if (matched < VERSION.length) continue;
      const version = i + matched;
      this.#facts.evidence(Source.version, About.sender, NO_UNIT, b, version, lineEnd(b, version, end));
      return;
    }
  }

  /** The station's name and address: the first line of text after the command and the time. */
  #header(b: Uint8Array, at: number, end: number): void {
    let line = at;
    for (let lines = 0; lines < 2 && line < end; lines++) {
      line = lineEnd(b, line, end);
      while (line < end && (u8(b, line) === CR || u8(b, line) === LF)) line++;
    }
    if (line < end) this.#facts.evidence(Source.header, About.sender, NO_UNIT, b, line, lineEnd(b, line, end));
  }
}

function lineEnd(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && u8(b, next) !== CR && u8(b, next) !== LF) next++;
  return next;
}
