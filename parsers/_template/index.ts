/**
 * The protocol's name, after the document that specifies it, section of its framing:
 *
 *   0         1        2        4
 *   | magic   | kind   | length | data ...
 *
 * A template: copy the folder, rename, replace. It is not in the registry.
 */
import { u8, u16be } from '../bytes.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  NOT_A_PDU,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { EVIDENCE, KINDS, Kind, MAGIC, Source } from './codes.ts';

// Offsets of the header's fields, in wire order.
const KIND = 1;
const LENGTH = 2; // bytes of data
const DATA = 4;

export const template: Protocol = {
  name: 'template',
  tcpPorts: [65_000],
  udpPorts: [],

  stream: {
    headerBytes: DATA,
    maxPduBytes: 1024,
    selfSynchronising: false,
    frame(b, at) {
      const size = DATA + u16be(b, at + LENGTH);
      return u8(b, at) === MAGIC && size <= 1024 ? size : NOT_A_PDU;
    },
  },

  recognise: (b, at, end) =>
    end - at >= DATA && u8(b, at) === MAGIC && KINDS.has(u8(b, at + KIND)) ? Recognition.possible : Recognition.no,

  sender: (b, at) => (u8(b, at + KIND) === Kind.ask ? Sender.client : Sender.server),
  open: (facts) => new TemplateDecoder(facts),
  operation: (code) => ({ code: `${code}`, name: KINDS.get(code) ?? `Kind ${code}`, access: 'read' }),
  space: () => 'value',
  evidence: EVIDENCE,
};

class TemplateDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (fromClient) {
      const asked = this.#facts.request(u8(b, at + KIND), NO_UNIT);
      if (end - at < DATA + 2) return Outcome.truncated;
      this.#facts.touch(asked, 0, u16be(b, at + DATA), 1);
    } else {
      this.#facts.response(this.#facts.operation(Kind.ask, NO_UNIT), false);
      this.#facts.evidence(Source.name, About.sender, NO_UNIT, b, at + DATA, end);
    }
    return Outcome.ok;
  }
}
