/** AMQP 0-9-1 (section 2.2.4, 4.2) and 1.0 (section 2.2): the protocol header, and what a 0-9-1 broker says of itself. */
import { u8, u32be } from '../bytes.ts';
import { ascii, findAnyCase, startsWith } from '../lines.ts';
import { NONE } from '../outstanding.ts';
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

const HEADER = ascii('AMQP');
const HEADER_BYTES = 8;
/** Method frame, channel 0; class 10, method 10 (Connection.Start) stand behind the frame's header of 7 bytes. */
const START = Uint8Array.of(0, 10, 0, 10, 0, 9);
const FRAME_HEADER = 7;
/** Field names of the server's properties, with their length before and the type of a long string, S, behind; any case fits. */
const PRODUCT = ascii('\x07products');
const VERSION = ascii('\x07versions');
const CLUSTER = ascii('\x0ccluster_names');

/** The only operation. */
const OPEN = 0;
/** The beginning is over by then. */
const SEGMENTS_ENOUGH = 6;

const Source = { product: 0, version: 1, cluster: 2 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'amqp.server-properties.product',
    words: 'AMQP connection.start, server-properties: product',
    field: 'product',
    confidence: 0.8,
    render: text,
  },
  {
    name: 'amqp.server-properties.version',
    words: 'AMQP connection.start, server-properties: version',
    field: 'firmware',
    confidence: 0.7,
    render: text,
  },
  {
    name: 'amqp.server-properties.cluster-name',
    words: 'AMQP connection.start, server-properties: cluster_name',
    field: 'name',
    confidence: 0.5,
    render: text,
  },
];

export const amqp: Protocol = {
  name: 'amqp',
  tcpPorts: [5672],
  udpPorts: [],
  recognise: (b, at, end) => (isHeader(b, at, end) || isStart(b, at, end) ? Recognition.certain : Recognition.no),
  sender: (b, at, end) => (isStart(b, at, end) ? Sender.server : Sender.unknown), // 1.0 brokers answer with the header
  open: (facts) => new AmqpDecoder(facts),
  operation: () => ({ code: 'open', name: 'Protocol Header', access: 'session' }),
  space: (space) => `space ${space}`, // queues are not decoded
  evidence: EVIDENCE,
};

/** `AMQP`, a protocol id of 0 (AMQP), 2 (TLS) or 3 (SASL), and a version: 1.0.0, 0.9.1 and their forerunners. */
function isHeader(b: Uint8Array, at: number, end: number): boolean {
  return end - at >= HEADER_BYTES && startsWith(HEADER, b, at, end) && u8(b, at + 4) <= 3 && u8(b, at + 5) <= 1;
}

function isStart(b: Uint8Array, at: number, end: number): boolean {
  return end - at > FRAME_HEADER && u8(b, at) === 1 && startsWith(START, b, at + FRAME_HEADER, end);
}

class AmqpDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE;
  #segments = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  get finished(): boolean {
    return this.#segments >= SEGMENTS_ENOUGH;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#segments++;
    if (fromClient) {
      if (isHeader(b, at, end)) this.#asked = this.#facts.request(OPEN, NO_UNIT);
      return Outcome.ok;
    }
    const started = isStart(b, at, end);
    if (this.#asked !== NONE && (started || isHeader(b, at, end))) {
      this.#facts.response(this.#asked, false);
      this.#asked = NONE;
    }
    if (started) {
      this.#property(Source.product, PRODUCT, b, at, end);
      this.#property(Source.version, VERSION, b, at, end);
      this.#property(Source.cluster, CLUSTER, b, at, end);
    }
    return Outcome.ok;
  }

  #property(source: number, name: Uint8Array, b: Uint8Array, at: number, end: number): void {
    const found = findAnyCase(name, b, at, end);
    if (found < 0) return;
    const value = found + name.length + 4;
    if (value > end) return;
    const stop = value + u32be(b, value - 4);
    if (stop > value && stop <= end) this.#facts.evidence(source, About.sender, NO_UNIT, b, value, stop);
  }
}
