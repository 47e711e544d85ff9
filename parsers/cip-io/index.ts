/**
 * CIP implicit (I/O) messages over UDP, after The CIP Networks Library Volume 2, sections 2-6.2.2 and 3-2.2; least
 * significant byte first. Each datagram is a packet of two items:
 *
 *   0       2        4        6            10              14       16       18
 *   | count | 0x8002 | length | connection | encap. number | 0x00B1 | length | data ...
 *
 * What the data means, only the two ends know; who is who, only the Forward Open that made the connection.
 */
import { u16le, u32le } from '../bytes.ts';
import {
  type Decoder,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';

const COUNT = 0;
const ADDRESS_TYPE = 2;
const ADDRESS_LENGTH = 4;
const CONNECTION = 6;
const DATA_TYPE = 14;
const DATA_LENGTH = 16;
const HEADER_BYTES = 18;

const SEQUENCED_ADDRESS = 0x8002;
const SEQUENCED_ADDRESS_BYTES = 8;
const CONNECTED_DATA = 0x00b1;

/** Operation numbers: the direction of a connection may not be known. */
const Io = { unknown: 0, toTarget: 1, toOriginator: 2 } as const;

const OPERATIONS: readonly Operation[] = [
  { code: 'io', name: 'Implicit I/O', access: 'write' }, // one of the two directions commands the outputs
  { code: 'io.o-t', name: 'Implicit I/O, Originator to Target', access: 'write' },
  { code: 'io.t-o', name: 'Implicit I/O, Target to Originator', access: 'read' },
];

const CONNECTION_SPACE = 0;

export const cipIo: Protocol = {
  name: 'cip-io',
  tcpPorts: [],
  udpPorts: [2222],
  linked: true,
  recognise: (b, at, end) => (fits(b, at, end) ? Recognition.certain : Recognition.no),
  sender: () => Sender.unknown,
  open: (facts) => new CipIoDecoder(facts),
  operation: (code) => OPERATIONS[code] ?? (OPERATIONS[Io.unknown] as Operation),
  space: () => 'connection',
  evidence: [],
};

/** Whether `b[at, end)` is an address item and a data item, and nothing else. */
function fits(b: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= HEADER_BYTES &&
    u16le(b, at + COUNT) === 2 &&
    u16le(b, at + ADDRESS_TYPE) === SEQUENCED_ADDRESS &&
    u16le(b, at + ADDRESS_LENGTH) === SEQUENCED_ADDRESS_BYTES &&
    u16le(b, at + DATA_TYPE) === CONNECTED_DATA &&
    u16le(b, at + DATA_LENGTH) === end - at - HEADER_BYTES
  );
}

/** Connections remembered: a scanner has one or two for each module of a chassis. Beyond, one is only asked for again. */
const CONNECTIONS = 32;

class CipIoDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #ids = new Uint32Array(CONNECTIONS);
  readonly #announced = new Uint8Array(CONNECTIONS);
  #known = 0;
  #next = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    if (u16le(b, at + ADDRESS_TYPE) !== SEQUENCED_ADDRESS || u16le(b, at + DATA_TYPE) !== CONNECTED_DATA) {
      return Outcome.unsupported;
    }
    const length = u16le(b, at + DATA_LENGTH);
    const id = u32le(b, at + CONNECTION);
    const direction = this.#isAnnounced(id) ? (fromClient ? Io.toTarget : Io.toOriginator) : Io.unknown;
    this.#facts.touch(this.#facts.request(direction, NO_UNIT), CONNECTION_SPACE, id, length);
    return HEADER_BYTES + length <= end - at ? Outcome.ok : Outcome.truncated;
  }

  /** Asks once for each connection, not for each datagram. */
  #isAnnounced(id: number): boolean {
    for (let slot = 0; slot < this.#known; slot++) {
      if (this.#ids[slot] === id) return this.#announced[slot] === 1;
    }
    const announced = this.#facts.announced(id);
    this.#ids[this.#next] = id;
    this.#announced[this.#next] = announced ? 1 : 0;
    this.#next = (this.#next + 1) % CONNECTIONS;
    this.#known = Math.max(this.#known, this.#next === 0 ? CONNECTIONS : this.#next);
    return announced;
  }
}
