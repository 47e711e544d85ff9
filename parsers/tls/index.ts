/**
 * TLS 1.0 to 1.3 (RFC 2246, RFC 5246, RFC 8446, section 5.1), of which the handshake's beginning is in clear:
 *
 *   0      1         3        5
 *   | type | version | length | fragment ...
 */
import { u8, u16be, u24be } from '../bytes.ts';
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
import { certificate } from './certificate.ts';
import { EVIDENCE, Source } from './evidence.ts';

const TYPE = 0;
const VERSION = 1;
const LENGTH = 3;
const FRAGMENT = 5;

const Content = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
const Handshake = { clientHello: 1, serverHello: 2, certificate: 11 } as const;
const HANDSHAKE_HEADER = 4; // type, length

/** Extensions (IANA, TLS ExtensionType Values). */
const Extension = { serverName: 0, alpn: 16, supportedVersions: 43 } as const;

/** 2^14 bytes of plaintext and what encryption may add (RFC 5246, 6.2.3). */
const MAX_FRAGMENT_BYTES = 16384 + 2048;
const FATAL = 2;
/** Records of application data after which a connection heard from its middle is passed over. */
const RECORDS_ENOUGH = 4;

/** The only operation. */
const HANDSHAKE = 0;

export const tls: Protocol = {
  name: 'tls',
  tcpPorts: [443, 8443, 636, 989, 990, 992, 993, 995, 465, 3269, 4843, 5061, 5671, 5986, 8883, 802],
  udpPorts: [],

  stream: {
    headerBytes: FRAGMENT,
    maxPduBytes: FRAGMENT + MAX_FRAGMENT_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      const type = u8(b, at + TYPE);
      const length = u16be(b, at + LENGTH);
      if (type < Content.changeCipherSpec || type > Content.applicationData) return NOT_A_PDU;
      if (u8(b, at + VERSION) !== 3 || u8(b, at + VERSION + 1) > 4) return NOT_A_PDU;
      if (length === 0 || length > MAX_FRAGMENT_BYTES) return NOT_A_PDU;
      if (type === Content.changeCipherSpec && length !== 1) return NOT_A_PDU;
      return FRAGMENT + length;
    },
  },

  recognise(b, at, end) {
    if (end - at < FRAGMENT + 1) return Recognition.no;
    switch (u8(b, at + TYPE)) {
      case Content.handshake:
        return isHello(b, at, end) ? Recognition.certain : Recognition.possible;
      case Content.changeCipherSpec:
        return u8(b, at + FRAGMENT) === 1 ? Recognition.possible : Recognition.no;
      default:
        return Recognition.possible;
    }
  },

  sender(b, at, end) {
    if (end - at < FRAGMENT + HANDSHAKE_HEADER || u8(b, at + TYPE) !== Content.handshake || !isHello(b, at, end)) {
      return Sender.unknown;
    }
    return u8(b, at + FRAGMENT) === Handshake.clientHello ? Sender.client : Sender.server;
  },

  open: (facts) => new TlsDecoder(facts),
  operation: () => ({ code: 'handshake', name: 'Handshake', access: 'session' }),
  space: (space) => `space ${space}`, // TLS addresses nothing
  evidence: EVIDENCE,
};

/** Whether a record begins with a hello of sane length and version. */
function isHello(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < FRAGMENT + HANDSHAKE_HEADER + 2) return false;
  const type = u8(b, at + FRAGMENT);
  if (type !== Handshake.clientHello && type !== Handshake.serverHello) return false;
  const version = u16be(b, at + FRAGMENT + HANDSHAKE_HEADER);
  return u8(b, at + FRAGMENT + 1) === 0 && version >= 0x0300 && version <= 0x0304;
}

class TlsDecoder implements Decoder {
  readonly #facts: FactSink;
  #asked = NONE;
  /** Bytes of a handshake message that go on in the sender's next record: from the client, from the server. */
  #continued = new Int32Array(2);
  #selected = false; // an extension told the version
  #heardHello = false;
  #records = 0; // of application data
  /** Behind the server's change of cipher, or in application data, nothing is in clear. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    switch (u8(b, at + TYPE)) {
      case Content.handshake:
        return this.#handshakes(b, at + FRAGMENT, end, fromClient);
      case Content.changeCipherSpec:
        if (!fromClient) this.finished = true; // a full handshake's client certificate came before
        return Outcome.ok;
      case Content.alert:
        if (end - at === FRAGMENT + 2 && u8(b, at + FRAGMENT) === FATAL && !fromClient) this.#answer(true);
        return Outcome.ok;
      case Content.applicationData:
        // with the hello unheard, records in a row are the proof that this is TLS
        this.finished = this.#heardHello || ++this.#records >= RECORDS_ENOUGH;
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }

  lost(fromClient: boolean): void {
    this.#continued[fromClient ? 0 : 1] = 0;
  }

  #answer(refused: boolean): void {
    if (this.#asked === NONE) return;
    this.#facts.response(this.#asked, refused);
    this.#asked = NONE;
  }

  /** Handshake messages may share a record or go on in the next (RFC 8446, 5.1); of one that does, the start is read. */
  #handshakes(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const side = fromClient ? 0 : 1;
    const continued = this.#continued[side] as number;
    let next = at + Math.min(continued, end - at);
    this.#continued[side] = continued - (next - at);
    while (end - next >= HANDSHAKE_HEADER) {
      const type = u8(b, next);
      const message = next + HANDSHAKE_HEADER;
      const stop = message + u24be(b, next + 1);
      const have = Math.min(stop, end);
      let outcome: Outcome = Outcome.ok;
      if (type === Handshake.clientHello) outcome = this.#clientHello(b, message, have);
      else if (type === Handshake.serverHello) outcome = this.#serverHello(b, message, have);
      else if (type === Handshake.certificate) certificate(this.#facts, b, message, have);
      else if (type > 24) return Outcome.ok; // an encrypted Finished, behind the client's change of cipher
      if (outcome !== Outcome.ok) return outcome;
      if (stop > end) this.#continued[side] = stop - end;
      next = have;
    }
    return Outcome.ok;
  }

  /** RFC 8446, 4.1.2: version, random, session id, cipher suites, compression methods, extensions. */
  #clientHello(b: Uint8Array, at: number, end: number): Outcome {
    this.#heardHello = true;
    this.#asked = this.#facts.request(HANDSHAKE, NO_UNIT);
    let next = at + 34;
    if (next >= end) return Outcome.truncated;
    next += 1 + u8(b, next);
    if (next + 2 > end) return Outcome.truncated;
    next += 2 + u16be(b, next);
    if (next + 1 > end) return Outcome.truncated;
    next += 1 + u8(b, next);
    return this.#extensions(b, next, end, true);
  }

  /** 4.1.3: version, random, session id, the cipher suite, the compression method, extensions. */
  #serverHello(b: Uint8Array, at: number, end: number): Outcome {
    this.#heardHello = true;
    this.#answer(false);
    let next = at + 34;
    if (next >= end) return Outcome.truncated;
    next += 1 + u8(b, next);
    if (next + 3 > end) return Outcome.truncated;
    const suite = next;
    next += 3;
    const facts = this.#facts;
    facts.evidence(Source.cipher, About.sender, NO_UNIT, b, suite, suite + 2);
    this.#selected = false;
    const outcome = this.#extensions(b, next, end, false);
    if (!this.#selected) facts.evidence(Source.version, About.sender, NO_UNIT, b, at, at + 2);
    return outcome;
  }

  #extensions(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < 2) return Outcome.ok; // none: TLS 1.0 knew none
    let next = at + 2;
    const stop = Math.min(end, next + u16be(b, at));
    while (stop - next >= 4) {
      const type = u16be(b, next);
      const value = next + 4;
      const length = u16be(b, next + 2);
      if (value + length > stop) return Outcome.truncated;
      if (type === Extension.serverName && fromClient) this.#serverName(b, value, value + length);
      else if (type === Extension.alpn && length > 2) {
        const source = fromClient ? Source.alpnOffered : Source.alpnChosen;
        this.#facts.evidence(source, About.sender, NO_UNIT, b, value + 2, value + length);
      } else if (type === Extension.supportedVersions && !fromClient && length === 2) {
        this.#facts.evidence(Source.version, About.sender, NO_UNIT, b, value, value + 2);
        this.#selected = true;
      }
      next = value + length;
    }
    return Outcome.ok;
  }

  /** RFC 6066, section 3: a list of length, then type 0, length and the host name. */
  #serverName(b: Uint8Array, at: number, end: number): void {
    if (end - at < 5 || u8(b, at + 2) !== 0) return;
    const name = at + 5;
    const stop = name + u16be(b, at + 3);
    if (stop <= end) this.#facts.evidence(Source.serverName, About.receiver, NO_UNIT, b, name, stop);
  }
}
