/**
 * Microsoft SQL Server's Tabular Data Stream ([MS-TDS] 2.2.3.1):
 *
 *   0      1        2        4      6        7        8
 *   | type | status | length | SPID | packet | window | data ...
 */
import { u8, u16be, u16le, u32le } from '../bytes.ts';
import { NONE } from '../outstanding.ts';
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
import { Encryption, Login, OPERATIONS, Packet, PreLogin, READING_BATCH, Token } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const TYPE = 0;
const STATUS = 1;
const LENGTH = 2;
const WINDOW = 7; // always 0
const DATA = 8;

const END_OF_MESSAGE = 1;
/** The largest packet that can be negotiated (2.2.6.4). */
const MAX_PACKET_BYTES = 32767;
/** LOGIN7's fixed part, and the offset and length of its first text. */
const LOGIN_FIXED_BYTES = 36;
const LOGIN_BYTES = 94;
/** Tokens before a login's acknowledgment: environment changes and messages. */
const MAX_TOKENS = 16;
/** An option of PRELOGIN: token, offset, length. */
const OPTION_BYTES = 5;
const MAX_OPTIONS = 10;
/** The option VERSION: version (4) and sub-build (2). */
const VERSION_BYTES = 6;

export const mssql: Protocol = {
  name: 'mssql',
  tcpPorts: [1433],
  udpPorts: [],

  stream: {
    headerBytes: DATA,
    maxPduBytes: MAX_PACKET_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      if (!OPERATIONS.has(u8(b, at + TYPE)) && u8(b, at + TYPE) !== Packet.result) return NOT_A_PDU;
      const size = u16be(b, at + LENGTH);
      if (u8(b, at + STATUS) > 0x1f || u8(b, at + WINDOW) !== 0) return NOT_A_PDU;
      return size >= DATA && size <= MAX_PACKET_BYTES ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < DATA || u16be(b, at + LENGTH) !== end - at) return Recognition.no;
    const type = u8(b, at + TYPE);
    if ((type === Packet.preLogin || type === Packet.result) && isPreLogin(b, at + DATA, end))
      return Recognition.certain;
    if (type === Packet.login && end - at >= DATA + LOGIN_BYTES) {
      return u32le(b, at + DATA) === end - at - DATA && u8(b, at + DATA + 7) >>> 4 === 7
        ? Recognition.certain
        : Recognition.possible;
    }
    return Recognition.possible;
  },

  sender(b, at, end) {
    if (end - at < DATA) return Sender.unknown;
    switch (u8(b, at + TYPE)) {
      case Packet.result:
        return Sender.server;
      case Packet.preLogin: // a TLS handshake runs in these packets in both directions
        return isPreLogin(b, at + DATA, end) ? Sender.client : Sender.unknown;
      default:
        return Sender.client;
    }
  },

  open: (facts) => new MssqlDecoder(facts),
  operation(number) {
    const [code, name, access] = OPERATIONS.get(number) ?? [`${number}`, 'Packet', 'write' as const];
    return { code, name, access };
  },
  space: (space) => `space ${space}`, // what a statement touches, only its text tells
  evidence: EVIDENCE,
};

/** Options of PRELOGIN (2.2.6.5), the first of which must be the version. */
function isPreLogin(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < OPTION_BYTES + 1 || u8(b, at) !== PreLogin.version || u16be(b, at + 3) !== VERSION_BYTES) return false;
  let next = at;
  for (let options = 0; options < MAX_OPTIONS && end - next >= OPTION_BYTES; options++) {
    if (u8(b, next) === PreLogin.end) return options > 0;
    if (at + u16be(b, next + 1) + u16be(b, next + 3) > end) return false;
    next += OPTION_BYTES;
  }
  return next < end && u8(b, next) === PreLogin.end;
}

class MssqlDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE;
  #loggingIn = false;
  #inRequest = false;
  #inResponse = false;
  /** All that follows is inside TLS. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < DATA) return Outcome.truncated;
    const last = (u8(b, at + STATUS) & END_OF_MESSAGE) !== 0;
    if (u8(b, at + TYPE) === Packet.result) {
      const begins = !this.#inResponse;
      this.#inResponse = !last;
      return begins ? this.#response(b, at + DATA, end) : Outcome.ok;
    }
    const begins = !this.#inRequest;
    this.#inRequest = !last;
    return begins ? this.#request(b, at, end) : Outcome.ok;
  }

  lost(fromClient: boolean): void {
    if (fromClient) this.#inRequest = false;
    else this.#inResponse = false;
  }

  #request(b: Uint8Array, at: number, end: number): Outcome {
    const type = u8(b, at + TYPE);
    const data = at + DATA;
    if (type === Packet.preLogin && !isPreLogin(b, data, end)) return Outcome.ok; // a piece of a TLS handshake
    const reads = type === Packet.batch && isSelect(b, data, end);
    this.#asked = this.#facts.request(reads ? READING_BATCH : type, NO_UNIT);
    this.#loggingIn = type === Packet.login;
    return this.#loggingIn ? this.#login(b, data, end) : Outcome.ok;
  }

  /** LOGIN7 (2.2.6.4): offsets and lengths, in characters, of texts in UTF-16. The password's is not looked at. */
  #login(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < LOGIN_BYTES) return Outcome.truncated;
    this.#text(Source.hostName, About.sender, Login.hostName, b, at, end);
    this.#text(Source.applicationName, About.sender, Login.applicationName, b, at, end);
    this.#text(Source.calledName, About.receiver, Login.serverName, b, at, end);
    if (u16le(b, at + LOGIN_FIXED_BYTES + Login.password + 2) > 0) {
      this.#facts.evidence(Source.login, About.receiver, NO_UNIT, b, at + 4, at + 8); // the version of TDS
    }
    return Outcome.ok;
  }

  #text(source: number, about: About, field: number, b: Uint8Array, at: number, end: number): void {
    const descriptor = at + LOGIN_FIXED_BYTES + field;
    const from = at + u16le(b, descriptor);
    const stop = from + 2 * u16le(b, descriptor + 2);
    if (stop > from && stop <= end) this.#facts.evidence(source, about, NO_UNIT, b, from, stop);
  }

  #response(b: Uint8Array, at: number, end: number): Outcome {
    const refused = at < end && u8(b, at) === Token.error;
    if (this.#asked !== NONE) this.#facts.response(this.#asked, refused);
    this.#asked = NONE;
    if (isPreLogin(b, at, end)) {
      this.#preLogin(b, at, end);
      return Outcome.ok;
    }
    const loggingIn = this.#loggingIn;
    this.#loggingIn = false;
    return loggingIn ? this.#tokens(b, at, end) : Outcome.ok;
  }

  #preLogin(b: Uint8Array, at: number, end: number): void {
    let next = at;
    while (end - next >= OPTION_BYTES && u8(b, next) !== PreLogin.end) {
      const value = at + u16be(b, next + 1);
      const stop = value + u16be(b, next + 3);
      if (u8(b, next) === PreLogin.version && stop - value >= VERSION_BYTES) {
        this.#facts.evidence(Source.product, About.sender, NO_UNIT, b, value, stop);
        this.#facts.evidence(Source.version, About.sender, NO_UNIT, b, value, stop);
      } else if (u8(b, next) === PreLogin.encryption && stop > value) {
        this.#facts.evidence(Source.encryption, About.sender, NO_UNIT, b, value, value + 1);
        this.finished = u8(b, value) === Encryption.on || u8(b, value) === Encryption.required;
      }
      next += OPTION_BYTES;
    }
  }

  /** The answer to a login: tokens of one byte, a length of two, and data (2.2.7). Messages name the server. */
  #tokens(b: Uint8Array, at: number, end: number): Outcome {
    let next = at;
    for (let tokens = 0; tokens < MAX_TOKENS && end - next >= 3; tokens++) {
      const token = u8(b, next);
      if (token !== Token.environment && token !== Token.info && token !== Token.error && token !== Token.loginAck)
        break;
      const data = next + 3;
      next = data + u16le(b, next + 1);
      if (next > end) return Outcome.truncated;
      if (token === Token.info || token === Token.error) this.#serverName(b, data, next);
      else if (token === Token.loginAck) this.#loginAck(b, data, next);
    }
    return Outcome.ok;
  }

  /** INFO and ERROR: number (4), state, class, the message's length in characters and text, the server's name likewise. */
  #serverName(b: Uint8Array, at: number, end: number): void {
    if (end - at < 8) return;
    const length = at + 8 + 2 * u16le(b, at + 6);
    if (length >= end) return;
    const stop = length + 1 + 2 * u8(b, length);
    if (stop > length + 1 && stop <= end) {
      this.#facts.evidence(Source.serverName, About.sender, NO_UNIT, b, length + 1, stop);
    }
  }

  /** LOGINACK: interface, TDS version (4), the program's name, and its version in four bytes. */
  #loginAck(b: Uint8Array, at: number, end: number): void {
    if (end - at < 6) return;
    const stop = at + 6 + 2 * u8(b, at + 5);
    if (stop + 4 > end) return;
    this.#facts.evidence(Source.program, About.sender, NO_UNIT, b, at + 6, stop);
    this.#facts.evidence(Source.programVersion, About.sender, NO_UNIT, b, stop, stop + 4);
  }
}

/** Whether the batch, behind its headers (2.2.5.3), begins with SELECT: a string of UTF-16. */
function isSelect(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 4) return false;
  const headers = u32le(b, at);
  let next = headers >= 4 && headers <= 256 ? at + headers : at;
  while (end - next >= 2 && u16le(b, next) <= 0x20) next += 2;
  if (end - next < 2 * SELECT.length) return false;
  for (let i = 0; i < SELECT.length; i++) {
    if ((u16le(b, next + 2 * i) | 0x20) !== SELECT.charCodeAt(i)) return false;
  }
  return true;
}

const SELECT = 'select';
