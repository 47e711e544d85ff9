/** Link-Local Multicast Name Resolution (RFC 4795), over the DNS message format. */
import { u16be } from '../bytes.ts';
import { isUnicast } from '../dns/address.ts';
import {
  ADDRESS_ROOM,
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
  rcodeOf,
  recordCount,
  skipName,
  skipQuestions,
  Type,
} from '../dns/message.ts';
import {
  About,
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

const Source = { address: 0, uniqueness: 1 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'llmnr.a', words: 'LLMNR answer, A or AAAA record', field: 'name', confidence: 0.8, render: text },
  { name: 'llmnr.any', words: 'LLMNR query for its own name (ANY)', field: 'name', confidence: 0.5, render: text },
];

const QUERY = 0;

export const llmnr: Protocol = {
  name: 'llmnr',
  tcpPorts: [],
  udpPorts: [5355],

  recognise: (b, at, end) =>
    // Exactly one question (RFC 4795, section 2.1.1); other opcodes are not in use.
    fitsMessage(b, at, end) && opcodeOf(u16be(b, at + FLAGS)) === QUERY && u16be(b, at + QDCOUNT) === 1
      ? Recognition.possible
      : Recognition.no,

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    return (u16be(b, at + FLAGS) & RESPONSE) === 0 ? Sender.client : Sender.server;
  },

  open: (facts) => new LlmnrDecoder(facts),
  operation: () => ({ code: 'query', name: 'Query', access: 'read' }),
  space: () => '',
  evidence: EVIDENCE,
};

const name = new NameText();
const record = new RecordView();

class LlmnrDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    if (!fitsMessage(b, at, end)) return Outcome.malformed;
    const facts = this.#facts;
    const flags = u16be(b, at + FLAGS);
    if ((flags & RESPONSE) === 0) {
      facts.request(QUERY, NO_UNIT);
      this.#uniqueness(b, at, end);
      return Outcome.ok;
    }
    facts.response(facts.operation(QUERY, NO_UNIT), rcodeOf(flags) !== 0);
    let next = skipQuestions(b, at, end);
    if (next === NO_NAME) return Outcome.truncated;
    for (let left = recordCount(b, at); left > 0; left--) {
      if (!record.read(b, next, end)) return Outcome.truncated;
      next = record.end;
      if (record.class !== INTERNET) continue;
      if (record.type === Type.a && next - record.data === 4) this.#address(b, at, end, 4);
      else if (record.type === Type.aaaa && next - record.data === 16) this.#address(b, at, end, 16);
    }
    return Outcome.ok;
  }

  /** A host that takes a name asks for any record of it first, to see whether it is taken (section 4.1). */
  #uniqueness(b: Uint8Array, at: number, end: number): void {
    const fixed = skipName(b, at + HEADER_BYTES, end);
    if (fixed === NO_NAME || end - fixed < 2 || u16be(b, fixed) !== Type.any) return;
    if (!name.read(b, at, at + HEADER_BYTES, end) || name.labels !== 1) return;
    this.#facts.evidence(Source.uniqueness, About.sender, NO_UNIT, name.bytes, ADDRESS_ROOM, name.end);
  }

  #address(b: Uint8Array, message: number, end: number, bytes: 4 | 16): void {
    if (!isUnicast(b, record.data, bytes) || !name.read(b, message, record.name, end)) return;
    name.setAddress(b, record.data, bytes);
    this.#facts.evidenceAbout(Source.address, ADDRESS_ROOM - bytes, bytes, name.bytes, ADDRESS_ROOM, name.end);
  }
}
