/**
 * NTP (RFC 5905, section 7.3) and SNTP; control messages (RFC 9327) and ntpd's private mode are counted.
 *
 *   0                     1         2      3           4            8                 12             16 …               48
 *   | LI, version, mode | stratum | poll | precision | root delay | root dispersion | reference id | four time stamps
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
import { text } from '../text.ts';

const Source = { stratum: 0, server: 1, primary: 2, reference: 3 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ntp.stratum',
    words: 'NTP packet, stratum',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => `NTP stratum ${u8(b, at)}`,
  },
  // Domain controllers, switches and controllers serve time besides.
  {
    name: 'ntp.server',
    words: 'NTP answer (mode 4), sender',
    field: 'device-type',
    confidence: 0.3,
    render: () => 'time server',
  },
  {
    name: 'ntp.primary',
    words: 'NTP answer (mode 4), stratum 1',
    field: 'device-type',
    confidence: 0.7,
    render: () => 'time server',
  },
  { name: 'ntp.refid', words: 'NTP packet, reference ID', field: 'note', confidence: 0.8, render: reference },
];

const STRATUM = 1;
const POLL = 2;
const PRECISION = 3;
const ROOT_DELAY = 4;
const ROOT_DISPERSION = 8;
const REFERENCE = 12;
const WORD_BYTES = 4;
const HEADER_BYTES = 48;
/** Control messages: opcode with response and error bits in byte 1, count of data bytes at 10 (RFC 9327, section 2). */
const CONTROL_BYTES = 12;
const CONTROL_RESPONSE = 0x80;
const CONTROL_ERROR = 0x40;
const CONTROL_COUNT = 10;
/** Opcodes (RFC 9327, section 2): 0 to 12, and 31. */
const HIGHEST_OPCODE = 12;
const UNSET_TRAP = 31;
const MAX_TRAILER_BYTES = 3 + 24;
/** ntpd's private mode has its response bit in byte 0. */
const PRIVATE_BYTES = 8;
const PRIVATE_RESPONSE = 0x80;

const Mode = { active: 1, passive: 2, client: 3, server: 4, broadcast: 5, control: 6, private: 7 } as const;
const PRIMARY = 1;
const UNSYNCHRONISED = 16;

const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [Mode.active, { code: '1', name: 'Symmetric Active', access: 'session' }],
  [Mode.client, { code: '3', name: 'Client', access: 'session' }],
  [Mode.broadcast, { code: '5', name: 'Broadcast', access: 'session' }],
  [Mode.control, { code: '6', name: 'Control Message', access: 'diagnostic' }],
  [Mode.private, { code: '7', name: 'Private Mode', access: 'diagnostic' }],
]);

export const ntp: Protocol = {
  name: 'ntp',
  tcpPorts: [],
  udpPorts: [123],

  recognise(b, at, end) {
    if (end === at) return Recognition.no;
    const mode = u8(b, at) & 7;
    const version = (u8(b, at) >>> 3) & 7;
    if (mode === 0 || version === 0 || version > 4) return Recognition.no;
    if (mode === Mode.private) return fitsPrivate(b, at, end) ? Recognition.possible : Recognition.no;
    if (mode === Mode.control) return fitsControl(b, at, end) ? Recognition.possible : Recognition.no;
    if (end - at < HEADER_BYTES || u8(b, at + STRATUM) > UNSYNCHRONISED) return Recognition.no;
    // Both are powers of two as signed exponents: polls of 2^-8 to 2^17 s, clocks from 2^-32 s to seconds.
    const poll = signed(u8(b, at + POLL));
    const precision = signed(u8(b, at + PRECISION));
    const fits = poll >= -8 && poll <= 17 && precision >= -32 && precision <= 8;
    // Seconds in 16 bits and parts of them in 16: more than some minutes, either way, is no clock's.
    const delay = u8(b, at + ROOT_DELAY);
    const near = (delay === 0 || delay === 0xff) && u8(b, at + ROOT_DISPERSION) === 0;
    return fits && near && (end - at) % WORD_BYTES === 0 ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < 2) return Sender.unknown;
    switch (u8(b, at) & 7) {
      case Mode.active:
      case Mode.client:
        return Sender.client;
      case Mode.passive:
      case Mode.server:
        return Sender.server;
      case Mode.control:
        return (u8(b, at + 1) & CONTROL_RESPONSE) === 0 ? Sender.client : Sender.server;
      case Mode.private:
        return (u8(b, at) & PRIVATE_RESPONSE) === 0 ? Sender.client : Sender.server;
      default:
        return Sender.unknown; // a broadcast goes to everybody
    }
  },

  open: (facts) => new NtpDecoder(facts),
  operation: (mode) => OPERATIONS.get(mode) ?? { code: `${mode}`, name: `Mode ${mode}`, access: 'session' },
  space: () => '',
  evidence: EVIDENCE,
};

class NtpDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < 2) return Outcome.truncated;
    const facts = this.#facts;
    const mode = u8(b, at) & 7;
    switch (mode) {
      case Mode.active:
      case Mode.client:
        facts.request(mode, NO_UNIT);
        return end - at < HEADER_BYTES ? Outcome.truncated : Outcome.ok;
      case Mode.passive:
      case Mode.server: {
        // Stratum 0 is a kiss-o'-death: the server declines (RFC 5905, section 7.4).
        const asked = facts.operation(mode === Mode.server ? Mode.client : Mode.active, NO_UNIT);
        facts.response(asked, u8(b, at + STRATUM) === 0);
        return this.#server(b, at, end);
      }
      case Mode.broadcast:
        facts.request(mode, NO_UNIT);
        return this.#server(b, at, end);
      case Mode.control:
        if ((u8(b, at + 1) & CONTROL_RESPONSE) === 0) facts.request(mode, NO_UNIT);
        else facts.response(facts.operation(mode, NO_UNIT), (u8(b, at + 1) & CONTROL_ERROR) !== 0);
        return end - at < CONTROL_BYTES ? Outcome.truncated : Outcome.ok;
      case Mode.private:
        if ((u8(b, at) & PRIVATE_RESPONSE) === 0) facts.request(mode, NO_UNIT);
        else facts.response(facts.operation(mode, NO_UNIT), false);
        return Outcome.ok;
      default:
        return Outcome.malformed;
    }
  }

  #server(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const stratum = u8(b, at + STRATUM);
    if (stratum === 0 || stratum >= UNSYNCHRONISED) return Outcome.ok;
    const facts = this.#facts;
    facts.evidence(Source.stratum, About.sender, NO_UNIT, b, at + STRATUM, at + STRATUM + 1);
    if (stratum === PRIMARY) {
      facts.evidence(Source.primary, About.sender, NO_UNIT, b, at + STRATUM, at + STRATUM + 1);
      facts.evidence(Source.reference, About.sender, NO_UNIT, b, at + REFERENCE, at + REFERENCE + 4);
    } else {
      facts.evidence(Source.server, About.sender, NO_UNIT, b, at + STRATUM, at + STRATUM + 1);
    }
    return Outcome.ok;
  }
}

/** Opcode, and a count of data that leaves room for padding and an authenticator at most. */
function fitsControl(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < CONTROL_BYTES) return false;
  const opcode = u8(b, at + 1) & 31;
  const rest = end - at - CONTROL_BYTES - u16be(b, at + CONTROL_COUNT);
  return (opcode <= HIGHEST_OPCODE || opcode === UNSET_TRAP) && rest >= 0 && rest <= MAX_TRAILER_BYTES;
}

/** Implementation 0, 2 or 3; four bits that must be zero before the size of an item; items that lie within. */
function fitsPrivate(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < PRIVATE_BYTES) return false;
  const implementation = u8(b, at + 2);
  const items = u16be(b, at + 4) & 0xfff;
  const size = u16be(b, at + 6);
  return implementation !== 1 && implementation <= 3 && size < 0x1000 && items * size <= end - at - PRIVATE_BYTES;
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}

/** Of a primary server the reference id is four letters that name its clock (RFC 5905, figure 12). */
function reference(b: Uint8Array, at: number, end: number): string | null {
  const id = text(b, at, end);
  return id !== null && /^[A-Z0-9]{2,4}$/.test(id) ? `reference clock ${id}` : null;
}
