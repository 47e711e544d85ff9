/**
 * Oracle's Transparent Network Substrate: packets of length (2 bytes), checksum (2), type, flags, header checksum (2).
 * Oracle publishes no specification; the fields are those that Wireshark's dissector documents.
 */
import { u8, u16be } from '../bytes.ts';
import { ascii, find, findAnyCase } from '../lines.ts';
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

const TYPE = 4;
const DATA = 8;
const Packet = { connect: 1, accept: 2, refuse: 4, redirect: 5, data: 6 } as const;
const LAST_PACKET = 15;

const DESCRIPTION = ascii('(description=');
const CONNECT_DATA = ascii('(connect_data=');
const CLIENT = ascii('(cid=');
const PROGRAM = ascii('(program=');
const HOST = ascii('(host=');
const CLOSING = 0x29;

/** The only operation. */
const CONNECT = 0;

const Source = { host: 0, program: 1 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'oracle-tns.client-host',
    words: 'Oracle TNS Connect, CID: HOST',
    field: 'name',
    confidence: 0.7,
    render: text,
  },
  {
    name: 'oracle-tns.client-program',
    words: 'Oracle TNS Connect, CID: PROGRAM',
    field: 'client-kind',
    confidence: 0.6,
    render: program,
  },
];

export const oracleTns: Protocol = {
  name: 'oracle-tns',
  tcpPorts: [1521],
  udpPorts: [],
  recognise(b, at, end) {
    if (!isPacket(b, at, end)) return Recognition.no;
    return isConnect(b, at, end) ? Recognition.certain : Recognition.possible;
  },
  sender(b, at, end) {
    if (!isPacket(b, at, end)) return Sender.unknown;
    const type = u8(b, at + TYPE);
    if (type === Packet.connect) return Sender.client;
    return type === Packet.accept || type === Packet.refuse || type === Packet.redirect
      ? Sender.server
      : Sender.unknown;
  },
  open: (facts) => new TnsDecoder(facts),
  operation: () => ({ code: 'connect', name: 'Connect', access: 'session' }),
  space: (space) => `space ${space}`, // what a statement touches is not decoded
  evidence: EVIDENCE,
};

function isPacket(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < DATA || u16be(b, at) !== end - at || u16be(b, at + 2) !== 0 || u16be(b, at + 6) !== 0) return false;
  const type = u8(b, at + TYPE);
  return type >= Packet.connect && type <= LAST_PACKET && u8(b, at + TYPE + 1) < 0x40;
}

function isConnect(b: Uint8Array, at: number, end: number): boolean {
  if (u8(b, at + TYPE) !== Packet.connect) return false;
  return findAnyCase(DESCRIPTION, b, at, end) >= 0 || findAnyCase(CONNECT_DATA, b, at, end) >= 0;
}

class TnsDecoder implements Decoder {
  readonly #facts: FactSink;
  #packets = 0;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** Statements and rows tell nothing that is read here. */
  get finished(): boolean {
    return this.#packets >= PACKETS_ENOUGH;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    this.#packets++;
    if (!isPacket(b, at, end)) return Outcome.ok; // the middle of a longer one
    const facts = this.#facts;
    switch (u8(b, at + TYPE)) {
      case Packet.connect: {
        facts.request(CONNECT, NO_UNIT);
        const client = findAnyCase(CLIENT, b, at, end); // who calls; the address before it is the server's
        if (client >= 0) {
          this.#value(Source.host, HOST, b, client, end);
          this.#value(Source.program, PROGRAM, b, client, end);
        }
        return Outcome.ok;
      }
      case Packet.accept:
      case Packet.redirect:
        facts.response(facts.operation(CONNECT, NO_UNIT), false);
        return Outcome.ok;
      case Packet.refuse:
        facts.response(facts.operation(CONNECT, NO_UNIT), true);
        return Outcome.ok;
      default:
        return Outcome.ok;
    }
  }

  #value(source: number, key: Uint8Array, b: Uint8Array, at: number, end: number): void {
    const found = findAnyCase(key, b, at, end);
    if (found < 0) return;
    const from = found + key.length;
    const stop = find(CLOSING, b, from, end);
    if (stop > from) this.#facts.evidence(source, About.sender, NO_UNIT, b, from, stop);
  }
}

/** A connection may be redirected and asked for again; what follows is data. */
const PACKETS_ENOUGH = 16;

/** The file's name: paths are long and tell users' names. */
function program(b: Uint8Array, at: number, end: number): string | null {
  return text(b, at, end)?.split(/[\\/]/).at(-1) ?? null;
}
