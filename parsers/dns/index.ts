/**
 * DNS (RFC 1035) over UDP and TCP. On TCP two bytes of length stand before each message (section 4.2.2); segments are
 * taken as they come, for nearly every message lies within one.
 */
import { u8, u16be } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';
import { isPrivate, reverseAddress } from './address.ts';
import { operation } from './codes.ts';
import {
  ADDRESS_ROOM,
  ascii,
  CLASS_MASK,
  FLAGS,
  fitsMessage,
  HEADER_BYTES,
  INTERNET,
  NameText,
  NO_NAME,
  opcodeOf,
  RESPONSE,
  RecordView,
  rcodeOf,
  recordCount,
  skipQuestions,
  Type,
} from './message.ts';

const Source = { address: 0, reverse: 1, domainController: 2 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'dns.a', words: 'DNS answer, A or AAAA record', field: 'name', confidence: 0.5, render: text }, // several names may share an address
  { name: 'dns.ptr', words: 'DNS answer, PTR record', field: 'name', confidence: 0.55, render: text },
  {
    name: 'dns.srv',
    words: 'DNS answer, SRV record',
    field: 'device-type',
    confidence: 0.6,
    render: () => 'domain controller',
  },
];

/** Before each message on TCP. */
const LENGTH_BYTES = 2;

export const dns: Protocol = {
  name: 'dns',
  tcpPorts: [53],
  udpPorts: [53],

  recognise(b, at, end) {
    return fitsDns(b, messageAt(b, at, end), end) ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    const message = messageAt(b, at, end);
    if (end - message < HEADER_BYTES) return Sender.unknown;
    return (u16be(b, message + FLAGS) & RESPONSE) === 0 ? Sender.client : Sender.server;
  },

  open: (facts) => new DnsDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

/** Where the message begins: behind the length that TCP puts before it, if that fits better. */
function messageAt(b: Uint8Array, at: number, end: number): number {
  const behind = at + LENGTH_BYTES;
  if (end - behind < HEADER_BYTES || fitsDns(b, at, end)) return at;
  return u16be(b, at) >= end - behind ? behind : at;
}

/** NetBIOS shares the format, not the name space: its names are one label of 32 letters. */
function fitsDns(b: Uint8Array, at: number, end: number): boolean {
  return fitsMessage(b, at, end) && !(u8(b, at + HEADER_BYTES) === 32 && u8(b, at + HEADER_BYTES + 33) === 0);
}

/** Questions of one client that may wait at once; resolvers ask more, from ports of their own each. */
const OUTSTANDING = 16;

const name = new NameText();
const target = new NameText();
const record = new RecordView();

/** Names under which Active Directory lists its domain controllers ([MS-ADTS], section 6.3.2.3). */
const CONTROLLERS = ascii('_ldap._tcp.');
const CONTROLLERS_ZONE = ascii('._msdcs');

class DnsDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    const message = messageAt(b, at, end);
    if (end - message < HEADER_BYTES) return Outcome.truncated;
    if (!fitsDns(b, message, end)) return Outcome.malformed;
    const facts = this.#facts;
    const flags = u16be(b, message + FLAGS);
    const id = u16be(b, message);
    if ((flags & RESPONSE) === 0) {
      this.#outstanding.put(id, facts.request(opcodeOf(flags), NO_UNIT));
      return Outcome.ok;
    }
    const asked = this.#outstanding.take(id);
    facts.response(asked === NONE ? facts.operation(opcodeOf(flags), NO_UNIT) : asked, rcodeOf(flags) !== 0);
    return opcodeOf(flags) === 0 ? this.#records(b, message, end) : Outcome.ok;
  }

  #records(b: Uint8Array, message: number, end: number): Outcome {
    let next = skipQuestions(b, message, end);
    if (next === NO_NAME) return Outcome.truncated;
    const controllers = asksForControllers(b, message, end);
    for (let left = recordCount(b, message); left > 0; left--) {
      if (!record.read(b, next, end)) return Outcome.truncated;
      next = record.end;
      if ((record.class & CLASS_MASK) !== INTERNET) continue;
      if (record.type === Type.a && next - record.data === 4) this.#address(b, message, end, 4, controllers);
      else if (record.type === Type.aaaa && next - record.data === 16) this.#address(b, message, end, 16, controllers);
      else if (record.type === Type.ptr) this.#pointer(b, message, end);
    }
    return Outcome.ok;
  }

  #address(b: Uint8Array, message: number, end: number, bytes: 4 | 16, controllers: boolean): void {
    const { data } = record;
    if (!isPrivate(b, data, bytes) || !name.read(b, message, record.name, end)) return;
    name.setAddress(b, data, bytes);
    this.#facts.evidenceAbout(Source.address, ADDRESS_ROOM - bytes, bytes, name.bytes, ADDRESS_ROOM, name.end);
    if (controllers) this.#facts.evidenceAbout(Source.domainController, data, bytes, b, data, data + bytes);
  }

  #pointer(b: Uint8Array, message: number, end: number): void {
    if (!name.read(b, message, record.name, end) || !target.read(b, message, record.data, end)) return;
    const bytes = reverseAddress(name, target.bytes);
    if (bytes === 0 || !isPrivate(target.bytes, ADDRESS_ROOM - bytes, bytes)) return;
    this.#facts.evidenceAbout(Source.reverse, ADDRESS_ROOM - bytes, bytes, target.bytes, ADDRESS_ROOM, target.end);
  }
}

/** Whether the first question is for domain controllers, as `_ldap._tcp.<site>._sites.dc._msdcs.<domain>`. */
function asksForControllers(b: Uint8Array, message: number, end: number): boolean {
  if (u16be(b, message + 4) === 0 || !name.read(b, message, message + HEADER_BYTES, end)) return false;
  return name.startsWith(CONTROLLERS) && name.contains(CONTROLLERS_ZONE);
}
