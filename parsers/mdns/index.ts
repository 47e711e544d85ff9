/** Multicast DNS (RFC 6762) and the service discovery in it (RFC 6763), over the DNS message format. */
import { u8, u16be } from '../bytes.ts';
import { isUnicast, reverseAddress } from '../dns/address.ts';
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
  QDCOUNT,
  RESPONSE,
  RecordView,
  recordCount,
  skipName,
  skipQuestions,
  Type,
} from '../dns/message.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { attributeSource, EVIDENCE, keyBytes, Source } from './evidence.ts';

/** Operation numbers. */
const QUERY = 0;
const ANNOUNCEMENT = 1;

export const mdns: Protocol = {
  name: 'mdns',
  tcpPorts: [],
  udpPorts: [5353],

  recognise: (b, at, end) =>
    // Messages with another opcode must be ignored (RFC 6762, section 18.3).
    fitsMessage(b, at, end) && opcodeOf(u16be(b, at + FLAGS)) === 0 ? Recognition.possible : Recognition.no,

  /** An answer may be multicast unasked: then nobody is its client, and the group takes the server's place. */
  sender: (b, at, end) =>
    end - at >= HEADER_BYTES && (u16be(b, at + FLAGS) & RESPONSE) === 0 ? Sender.client : Sender.unknown,

  open: (facts) => new MdnsDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

function operation(code: number): Operation {
  return code === QUERY
    ? { code: 'query', name: 'Query', access: 'read' }
    : { code: 'announcement', name: 'Announcement', access: 'read' };
}

const name = new NameText();
const target = new NameText();
const record = new RecordView();
const LOCAL = ascii('.local');
/** The port in front of the instance's name, as the evidence wants it. */
const PORT_BYTES = 2;

class MdnsDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    if (!fitsMessage(b, at, end)) return Outcome.malformed;
    const facts = this.#facts;
    if ((u16be(b, at + FLAGS) & RESPONSE) === 0) {
      facts.request(QUERY, NO_UNIT);
      this.#probe(b, at, end);
      return Outcome.ok;
    }
    if (fromClient) facts.request(ANNOUNCEMENT, NO_UNIT);
    else facts.response(facts.operation(QUERY, NO_UNIT), false);
    return this.#records(b, at, end);
  }

  /** Before a host takes a name, it asks for any record of it (section 8.1); nobody else asks so for a host's name. */
  #probe(b: Uint8Array, at: number, end: number): void {
    if (u16be(b, at + QDCOUNT) === 0) return;
    const fixed = skipName(b, at + HEADER_BYTES, end);
    if (fixed === NO_NAME || end - fixed < 2 || u16be(b, fixed) !== Type.any) return;
    if (!name.read(b, at, at + HEADER_BYTES, end) || name.labels !== 2 || !name.endsWith(LOCAL)) return;
    this.#facts.evidence(Source.probe, About.sender, NO_UNIT, name.bytes, ADDRESS_ROOM, name.end);
  }

  #records(b: Uint8Array, at: number, end: number): Outcome {
    let next = skipQuestions(b, at, end);
    if (next === NO_NAME) return Outcome.truncated;
    for (let left = recordCount(b, at); left > 0; left--) {
      if (!record.read(b, next, end)) return Outcome.truncated;
      next = record.end;
      if ((record.class & CLASS_MASK) === INTERNET) this.#record(b, at, end);
    }
    return Outcome.ok;
  }

  #record(b: Uint8Array, message: number, end: number): void {
    const { data } = record;
    switch (record.type) {
      case Type.a:
        if (record.end - data === 4) this.#address(b, message, end, 4);
        break;
      case Type.aaaa:
        if (record.end - data === 16) this.#address(b, message, end, 16);
        break;
      case Type.ptr:
        this.#pointer(b, message, end);
        break;
      case Type.srv:
        this.#service(b, message, end);
        break;
      case Type.txt:
        this.#text(b);
        break;
      case Type.hinfo:
        this.#hostInformation(b);
        break;
      default:
        break;
    }
  }

  #address(b: Uint8Array, message: number, end: number, bytes: 4 | 16): void {
    if (!isUnicast(b, record.data, bytes) || !name.read(b, message, record.name, end)) return;
    name.setAddress(b, record.data, bytes);
    this.#facts.evidenceAbout(Source.address, ADDRESS_ROOM - bytes, bytes, name.bytes, ADDRESS_ROOM, name.end);
  }

  #pointer(b: Uint8Array, message: number, end: number): void {
    if (!name.read(b, message, record.name, end) || !target.read(b, message, record.data, end)) return;
    const bytes = reverseAddress(name, target.bytes);
    if (bytes === 0 || !isUnicast(target.bytes, ADDRESS_ROOM - bytes, bytes)) return;
    this.#facts.evidenceAbout(Source.address, ADDRESS_ROOM - bytes, bytes, target.bytes, ADDRESS_ROOM, target.end);
  }

  /** RFC 2782: priority, weight, port (2 bytes each), target. */
  #service(b: Uint8Array, message: number, end: number): void {
    const { data } = record;
    if (record.end - data < 6 || !name.read(b, message, record.name, end)) return;
    name.setAddress(b, data + 4, PORT_BYTES);
    const at = ADDRESS_ROOM - PORT_BYTES;
    this.#facts.evidence(Source.service, About.sender, NO_UNIT, name.bytes, at, name.end);
  }

  /** RFC 6763, section 6: strings `key=value`, a byte of length before each. */
  #text(b: Uint8Array): void {
    let next = record.data;
    while (next < record.end) {
      const at = next + 1;
      next = at + u8(b, next);
      if (next > record.end) return;
      const source = attributeSource(b, at, next);
      if (source >= 0) this.#facts.evidence(source, About.sender, NO_UNIT, b, at + keyBytes(source), next);
    }
  }

  /** RFC 1035, section 3.3.2: CPU and OS, a byte of length before each. */
  #hostInformation(b: Uint8Array): void {
    const { data, end } = record;
    if (data >= end) return;
    const os = data + 1 + u8(b, data);
    if (os >= end || os + 1 + u8(b, os) > end) return;
    this.#facts.evidence(Source.cpu, About.sender, NO_UNIT, b, data + 1, os);
    this.#facts.evidence(Source.os, About.sender, NO_UNIT, b, os + 1, os + 1 + u8(b, os));
  }
}
