/**
 * ISO transport, class 0, on TCP: RFC 1006 (TPKT, section 6) around the TPDUs of ISO/IEC 8073 (X.224, section 13):
 *
 *   0         1          2        4                  5      6
 *   | version | reserved | length | length indicator | code | rest of the header ... | user data ...
 *
 * What a DT carries is a fragment of a TSDU; the TSDU is the message of the protocol inside: S7comm, MMS and others.
 */
import { u8, u16be } from '../bytes.ts';
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
import { Assembly } from './assembly.ts';
import { OPERATIONS, Parameter, Tpdu } from './codes.ts';
import { ConnectionType, EVIDENCE, SIMATIC_ROOT, Source } from './evidence.ts';

const VERSION = 0; // always 3
const RESERVED = 1;
const LENGTH = 2; // bytes of the whole TPKT
const INDICATOR = 4; // bytes of the TPDU's header after this one
const CODE = 5;
const END_OF_TSDU = 6; // of a DT: the top bit, above the TPDU number, which class 0 leaves 0
const DATA = 7; // of a DT

const DESTINATION_REFERENCE = 6; // of a CR: always 0
const CLASS = 10; // of a CR or CC: class in the upper nibble, options in the lower
const VARIABLE_PART = 11;

/** RFC 1006, section 6: the length field's limit. */
const MAX_TPKT_BYTES = 0xffff;

/** Least length indicator of the TPDUs: their fixed part (13.3 to 13.12). */
const CONNECT_HEADER = 6;
const DATA_HEADER = 2;

/**
 * The longest TSDU put together from fragments. S7 PDUs end at 960 bytes and fit one TPDU; MMS and S7comm-plus
 * announce up to 64 KiB.
 */
const MAX_TSDU_BYTES = 0x10000;

/** What RDP's CR may begin its variable part with, and the size of its negotiation structures. */
const COOKIE = Uint8Array.from('Cookie: ', (character) => character.charCodeAt(0));
const RDP_NEGOTIATION_BYTES = 8;

export const cotp: Protocol = {
  name: 'cotp',
  tcpPorts: [102],
  udpPorts: [],

  stream: {
    headerBytes: DATA,
    maxPduBytes: MAX_TPKT_BYTES,
    selfSynchronising: false,
    frame,
  },

  recognise(b, at, end) {
    if (end - at < DATA || frame(b, at) !== end - at) return Recognition.no;
    switch (u8(b, at + CODE)) {
      case Tpdu.connectionRequest:
        return u16be(b, at + DESTINATION_REFERENCE) === 0 && isClass0(b, at) ? Recognition.certain : Recognition.no;
      case Tpdu.connectionConfirm:
        return isClass0(b, at) ? Recognition.certain : Recognition.no;
      default:
        return Recognition.possible;
    }
  },

  sender(b, at, end) {
    if (end - at < DATA) return Sender.unknown;
    const code = u8(b, at + CODE);
    if (code === Tpdu.connectionRequest) return Sender.client;
    return code === Tpdu.connectionConfirm ? Sender.server : Sender.unknown;
  },

  open: (facts) => new CotpDecoder(facts),

  operation(number) {
    const [code, name] = OPERATIONS.get(number) ?? [`0x${number.toString(16)}`, 'TPDU'];
    return { code, name, access: 'session' };
  },

  space: (space) => `space ${space}`, // COTP addresses nothing
  evidence: EVIDENCE,
};

function frame(b: Uint8Array, at: number): number {
  if (u8(b, at + VERSION) !== 3 || u8(b, at + RESERVED) !== 0) return NOT_A_PDU;
  const size = u16be(b, at + LENGTH);
  const indicator = u8(b, at + INDICATOR);
  return size >= DATA && INDICATOR + 1 + indicator <= size && isTpdu(u8(b, at + CODE), indicator) ? size : NOT_A_PDU;
}

/** Whether class 0 knows this TPDU with a header of this length. */
function isTpdu(code: number, indicator: number): boolean {
  switch (code) {
    case Tpdu.data:
      return indicator === DATA_HEADER;
    case Tpdu.connectionRequest:
    case Tpdu.connectionConfirm:
    case Tpdu.disconnectRequest:
      return indicator >= CONNECT_HEADER;
    case Tpdu.disconnectConfirm:
    case Tpdu.error:
    case Tpdu.expeditedData:
      return indicator >= 4;
    default:
      return false;
  }
}

/** RFC 1006 knows no other class. */
function isClass0(b: Uint8Array, at: number): boolean {
  return u8(b, at + CLASS) >>> 4 === 0;
}

class CotpDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE; // the CR that awaits its CC
  #fromClient: Assembly | null = null;
  #fromServer: Assembly | null = null;
  /** The ends agreed to go on in TLS, without TPKT. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (INDICATOR + 1 + u8(b, at + INDICATOR) > end - at) return Outcome.truncated;
    const facts = this.#facts;
    const code = u8(b, at + CODE);
    switch (code) {
      case Tpdu.data:
        return this.#data(b, at, end, fromClient);
      case Tpdu.connectionRequest:
        this.#asked = facts.request(code, NO_UNIT);
        if (this.#handOnNegotiation(b, at)) return Outcome.ok;
        return this.#connectionRequest(b, at);
      case Tpdu.connectionConfirm:
        this.#answer(false);
        if (this.#handOnNegotiation(b, at)) this.finished = leavesCotp(b, at);
        return Outcome.ok;
      case Tpdu.disconnectRequest:
        // who refuses a connection answers with a DR; class 0 releases one with its TCP connection (X.224, 6.7.1)
        if (this.#asked !== NONE) this.#answer(true);
        else facts.request(code, NO_UNIT);
        return Outcome.ok;
      case Tpdu.error:
        facts.request(code, NO_UNIT);
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }

  lost(fromClient: boolean): void {
    (fromClient ? this.#fromClient : this.#fromServer)?.clear();
  }

  #answer(refused: boolean): void {
    const asked = this.#asked;
    this.#facts.response(asked !== NONE ? asked : this.#facts.operation(Tpdu.connectionRequest, NO_UNIT), refused);
    this.#asked = NONE;
  }

  #data(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const last = (u8(b, at + END_OF_TSDU) & 0x80) !== 0;
    const from = at + DATA;
    let assembly = fromClient ? this.#fromClient : this.#fromServer;
    if (assembly?.started !== true) {
      if (from >= end) return Outcome.ok; // an empty DT: the credit that S7 stations send after each answer
      if (last) {
        this.#handOn(b, from, end, fromClient);
        return Outcome.ok;
      }
      assembly ??= this.#assembly(fromClient);
    }
    const fits = assembly.append(b, from, end);
    if (last) {
      if (fits) this.#handOn(assembly.bytes, 0, assembly.length, fromClient);
      assembly.clear();
    }
    return fits ? Outcome.ok : Outcome.unsupported;
  }

  #assembly(fromClient: boolean): Assembly {
    const assembly = new Assembly(MAX_TSDU_BYTES);
    if (fromClient) this.#fromClient = assembly;
    else this.#fromServer = assembly;
    return assembly;
  }

  #handOn(b: Uint8Array, at: number, end: number, fromClient: boolean): void {
    if (isTlsRecord(b, at, end)) {
      this.#facts.evidence(Source.tls, fromClient ? About.receiver : About.sender, NO_UNIT, b, at + 1, at + 2);
      return; // nobody can read it
    }
    this.#facts.payload(b, at, end);
  }

  /** RDP puts a text or a structure of its own into the variable part of CR and CC: that is a message of RDP. */
  #handOnNegotiation(b: Uint8Array, at: number): boolean {
    const from = at + VARIABLE_PART;
    const end = at + INDICATOR + 1 + u8(b, at + INDICATOR);
    if (!isNegotiation(b, from, end)) return false;
    this.#facts.payload(b, from, end);
    return true;
  }

  /** The variable part: parameters of code, length and value. */
  #connectionRequest(b: Uint8Array, at: number): Outcome {
    const facts = this.#facts;
    const end = at + INDICATOR + 1 + u8(b, at + INDICATOR);
    let next = at + VARIABLE_PART;
    while (end - next >= 2) {
      const code = u8(b, next);
      const value = next + 2;
      const stop = value + u8(b, next + 1);
      if (stop > end) return code < Parameter.callingTsap - 1 ? Outcome.ok : Outcome.truncated;
      if (code === Parameter.calledTsap) {
        if (stop - value === 2) {
          const type = u8(b, value);
          if (type >= ConnectionType.programmingDevice && type <= ConnectionType.s7Basic) {
            facts.evidence(Source.module, About.receiver, NO_UNIT, b, value, stop);
            facts.evidence(Source.connectionType, About.sender, NO_UNIT, b, value, stop);
          }
        } else if (startsWith(SIMATIC_ROOT, b, value, stop)) {
          facts.evidence(Source.simaticRoot, About.sender, NO_UNIT, b, value, stop);
        }
      } else if (code === Parameter.callingTsap && stop - value > 2 && isText(b, value, stop)) {
        facts.evidence(Source.callingName, About.sender, NO_UNIT, b, value, stop);
      }
      next = stop;
    }
    return Outcome.ok;
  }
}

/** `Cookie: `, or RDP Negotiation Request, Response or Failure ([MS-RDPBCGR] 2.2.1.1 and 2.2.1.2): type, flags, length 8. */
function isNegotiation(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < RDP_NEGOTIATION_BYTES) return false;
  if (startsWith(COOKIE, b, at, end)) return true;
  const type = u8(b, at);
  return type >= 1 && type <= 3 && u8(b, at + 2) === RDP_NEGOTIATION_BYTES && u8(b, at + 3) === 0;
}

/** Whether a CC's RDP Negotiation Response selects TLS or more, which then takes the place of TPKT (5.4.5). */
function leavesCotp(b: Uint8Array, at: number): boolean {
  return u8(b, at + VARIABLE_PART) === 2 && u8(b, at + VARIABLE_PART + 4) !== 0;
}

/** A TLS record (RFC 8446, section 5.1) that ends within the TSDU: S7-1200 and S7-1500 hide S7comm-plus in it. */
function isTlsRecord(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 5 || u8(b, at + 1) !== 3) return false;
  const type = u8(b, at);
  return type >= 20 && type <= 23 && u8(b, at + 2) <= 4 && u16be(b, at + 3) <= end - at - 5;
}

function startsWith(prefix: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (b[at + i] !== prefix[i]) return false;
  return true;
}

function isText(b: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (u8(b, i) < 0x20 || u8(b, i) > 0x7e) return false;
  return true;
}
