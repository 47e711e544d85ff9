/**
 * Remote Desktop Protocol ([MS-RDPBCGR]) inside COTP: the negotiation in CR and CC (2.2.1.1, 2.2.1.2), and, where no TLS
 * was agreed on, the client's data in the MCS Connect Initial (2.2.1.3).
 */
import { u8, u16le, u32le } from '../bytes.ts';
import { ascii, startsWith } from '../lines.ts';
import { NONE } from '../outstanding.ts';
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
import { utf16End } from '../utf16.ts';
import { EVIDENCE, Source } from './evidence.ts';

/** `Cookie: mstshash=user` or a routing token, ended by CR LF; whom it names is a user and none of our business. */
const COOKIE = ascii('Cookie: ');
const Negotiation = { request: 1, response: 2, failure: 3 } as const;
const NEGOTIATION_BYTES = 8;
const PROTOCOLS = 4;

/** BER: [APPLICATION 101] Connect-Initial and [APPLICATION 102] Connect-Response of T.125. */
const CONNECT_INITIAL = 0x7f65;
const CONNECT_RESPONSE = 0x7f66;
/** T.124's key of a GCC conference, {itu-t recommendation t 124 version 1}, in PER. */
const GCC_KEY = Uint8Array.of(0x00, 0x05, 0x00, 0x14, 0x7c, 0x00, 0x01);
/** The key stands behind the T.125 domain parameters. */
const GCC_KEY_WITHIN_BYTES = 160;
/** Client to server, in the GCC user data. */
const CLIENT_KEY = ascii('Duca');

/** TS_UD_CS_CORE (2.2.1.3.2): header, version, sizes, depth, SAS, keyboard, build at 20, client name of 32 bytes at 24. */
const CS_CORE = 0xc001;
const BUILD = 20;
const CLIENT_NAME = 24;
const CLIENT_NAME_BYTES = 32;

const Code = { connect: 0, conference: 1 } as const;

const OPERATIONS: readonly Operation[] = [
  { code: 'connect', name: 'Connection Request', access: 'session' },
  { code: 'mcs-connect', name: 'MCS Connect', access: 'session' },
];

export const rdp: Protocol = {
  name: 'rdp',
  tcpPorts: [],
  udpPorts: [],
  over: 'cotp',

  recognise(b, at, end) {
    if (end - at < NEGOTIATION_BYTES) return Recognition.no;
    if (startsWith(COOKIE, b, at, end) || negotiation(b, at, end) !== 0) return Recognition.certain;
    return gccKey(b, at, end) < 0 ? Recognition.no : Recognition.certain;
  },

  sender(b, at, end) {
    if (end - at < NEGOTIATION_BYTES) return Sender.unknown;
    const tag = (u8(b, at) << 8) | u8(b, at + 1);
    if (startsWith(COOKIE, b, at, end) || tag === CONNECT_INITIAL) return Sender.client;
    if (tag === CONNECT_RESPONSE) return Sender.server;
    const type = negotiation(b, at, end);
    if (type === 0) return Sender.unknown;
    return type === Negotiation.request ? Sender.client : Sender.server;
  },

  open: (facts) => new RdpDecoder(facts),
  operation: (number) => OPERATIONS[number] as Operation,
  space: (space) => `space ${space}`, // RDP addresses nothing
  evidence: EVIDENCE,
};

/** The type of the negotiation structure that is all of `b[at, end)`, 0 when there is none. */
function negotiation(b: Uint8Array, at: number, end: number): number {
  if (end - at < NEGOTIATION_BYTES || u16le(b, at + 2) !== NEGOTIATION_BYTES) return 0;
  const type = u8(b, at);
  return type <= Negotiation.failure ? type : 0;
}

/** Where the GCC key stands in an MCS Connect Initial or Response, -1 when this is none. */
function gccKey(b: Uint8Array, at: number, end: number): number {
  const tag = (u8(b, at) << 8) | u8(b, at + 1);
  if (tag !== CONNECT_INITIAL && tag !== CONNECT_RESPONSE) return -1;
  const stop = Math.min(end, at + GCC_KEY_WITHIN_BYTES);
  for (let next = at + 2; next < stop; next++) if (startsWith(GCC_KEY, b, next, stop)) return next;
  return -1;
}

class RdpDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE;
  #askedToConfer = NONE;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < NEGOTIATION_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    if (startsWith(COOKIE, b, at, end)) {
      this.#asked = facts.request(Code.connect, NO_UNIT);
      return Outcome.ok;
    }
    switch (negotiation(b, at, end)) {
      case Negotiation.request:
        this.#asked = facts.request(Code.connect, NO_UNIT);
        return Outcome.ok;
      case Negotiation.response:
        this.#answer(false);
        facts.evidence(Source.security, About.sender, NO_UNIT, b, at + PROTOCOLS, at + PROTOCOLS + 4);
        return Outcome.ok;
      case Negotiation.failure:
        this.#answer(true);
        return Outcome.ok;
    }
    const key = gccKey(b, at, end);
    if (key < 0) return Outcome.unsupported;
    if (fromClient) {
      this.#askedToConfer = facts.request(Code.conference, NO_UNIT);
      return this.#clientData(b, key, end);
    }
    const asked = this.#askedToConfer;
    facts.response(asked !== NONE ? asked : facts.operation(Code.conference, NO_UNIT), false);
    this.#askedToConfer = NONE;
    return Outcome.ok;
  }

  #answer(refused: boolean): void {
    const asked = this.#asked;
    this.#facts.response(asked !== NONE ? asked : this.#facts.operation(Code.connect, NO_UNIT), refused);
    this.#asked = NONE;
  }

  /** Behind the client key and a PER length of one or two bytes: blocks of type, length and data. */
  #clientData(b: Uint8Array, at: number, end: number): Outcome {
    let next = at;
    const stop = Math.min(end, at + GCC_KEY_WITHIN_BYTES);
    while (next < stop && !startsWith(CLIENT_KEY, b, next, stop)) next++;
    next += CLIENT_KEY.length;
    if (end - next < 2) return Outcome.truncated;
    next += (u8(b, next) & 0x80) !== 0 ? 2 : 1;
    if (end - next < CLIENT_NAME + CLIENT_NAME_BYTES) return Outcome.truncated;
    if (u16le(b, next) !== CS_CORE) return Outcome.unsupported;
    const facts = this.#facts;
    const name = next + CLIENT_NAME;
    const nameEnd = utf16End(b, name, name + CLIENT_NAME_BYTES);
    if (nameEnd > name) facts.evidence(Source.clientName, About.sender, NO_UNIT, b, name, nameEnd);
    if (u32le(b, next + BUILD) !== 0) {
      facts.evidence(Source.clientBuild, About.sender, NO_UNIT, b, next + BUILD, next + BUILD + 4);
    }
    facts.evidence(Source.standardSecurity, About.receiver, NO_UNIT, b, next, next + 2);
    return Outcome.ok;
  }
}
