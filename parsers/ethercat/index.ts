/**
 * EtherCAT frames, after IEC 61158-4-12, clause 5; least significant byte first:
 *
 *   0                        2
 *   | length (11 bits), type | datagrams: command, index, address (4), length (11 bits) and flags, interrupt, data, WKC
 *
 * A master sends a frame through all slaves, and the last sends it back: slaves count in the working counter (WKC) of
 * each datagram that they have served it. A frame with counters of zero is therefore a question, any other its answer.
 */
import { u8, u16le, u32le } from '../bytes.ts';
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
import { Command, isLogical, isStation, numbered, operation, space, spaceOf } from './codes.ts';

const FRAME_HEADER_BYTES = 2;
const LENGTH_BITS = 0x07ff;
const TYPE_SHIFT = 12;
const DATAGRAMS = 1;

const ADDRESS = 2; // slave (2 bytes) and register, or a logical address of 4
const REGISTER = 4;
const LENGTH = 6;
const DATA = 10;
const COUNTER_BYTES = 2;
const MORE_FOLLOWS = 0x8000;
const LEAST_DATAGRAM_BYTES = DATA + COUNTER_BYTES;

/** A frame holds as many as fit; a hostile one must not keep us. */
const MAX_DATAGRAMS = 128;

const Source = { slaves: 0 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ethercat.brd.wkc',
    words: 'EtherCAT broadcast read (BRD), working counter',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => `EtherCAT segment of ${u16le(b, at)} slaves`,
  },
];

export const ethercat: Protocol = {
  name: 'ethercat',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x88a4',
  recognise(b, at, end) {
    if (end - at < FRAME_HEADER_BYTES) return Recognition.no;
    const type = u16le(b, at) >>> TYPE_SHIFT;
    const length = u16le(b, at) & LENGTH_BITS;
    return (type === DATAGRAMS || type === 4 || type === 5) && length <= end - at - FRAME_HEADER_BYTES
      ? Recognition.possible
      : Recognition.no;
  },
  sender: () => Sender.unknown, // frames go round; see the address of their sender
  open: (facts) => new EthercatDecoder(facts),
  operation,
  space,
  evidence: EVIDENCE,
};

class EthercatDecoder implements Decoder {
  readonly #facts: FactSink;
  #slaves = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < FRAME_HEADER_BYTES) return Outcome.truncated;
    if (u16le(b, at) >>> TYPE_SHIFT !== DATAGRAMS) return Outcome.unsupported; // network variables, mailbox gateway
    const stop = at + FRAME_HEADER_BYTES + (u16le(b, at) & LENGTH_BITS);
    if (stop > end) return Outcome.truncated;
    let next = at + FRAME_HEADER_BYTES;
    for (let left = MAX_DATAGRAMS; left > 0; left--) {
      if (stop - next < LEAST_DATAGRAM_BYTES) return Outcome.truncated;
      const flags = u16le(b, next + LENGTH);
      const counter = next + DATA + (flags & LENGTH_BITS);
      if (counter + COUNTER_BYTES > stop) return Outcome.truncated;
      this.#datagram(b, next, flags & LENGTH_BITS, counter);
      next = counter + COUNTER_BYTES;
      if ((flags & MORE_FOLLOWS) === 0) return Outcome.ok;
    }
    return Outcome.unsupported;
  }

  #datagram(b: Uint8Array, at: number, bytes: number, counter: number): void {
    const facts = this.#facts;
    const command = u8(b, at);
    const served = u16le(b, counter);
    const number = numbered(command, u16le(b, at + REGISTER));
    if (served > 0) {
      facts.response(facts.operation(number, NO_UNIT), false);
      if (command === Command.brd && served !== this.#slaves) {
        this.#slaves = served;
        facts.evidence(Source.slaves, About.sender, NO_UNIT, b, counter, counter + COUNTER_BYTES);
      }
      return;
    }
    const asked = facts.request(number, NO_UNIT);
    if (isLogical(command)) facts.touch(asked, spaceOf(command, 0), u32le(b, at + ADDRESS), bytes);
    // positions count up on the way and mean nothing afterwards; configured addresses stay
    else if (isStation(command)) {
      facts.touch(asked, spaceOf(command, u16le(b, at + ADDRESS)), u16le(b, at + REGISTER), bytes);
    }
  }
}
