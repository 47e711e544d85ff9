/**
 * SNMP over UDP: v1 (RFC 1157), v2c (RFC 1901) and v3 (RFC 3412), all in BER.
 *
 *   v1, v2c:  { version, community, PDU }
 *   v3:       { version, { msgID, msgMaxSize, msgFlags, msgSecurityModel }, msgSecurityParameters, scopedPDU }
 *   PDU:      { request-id, error-status, error-index, { { name, value } … } }
 *
 * The community is a password: it is compared with the well-known defaults, never kept.
 */
import { u8 } from '../bytes.ts';
import { ascii, startsWith } from '../lines.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { BerReader, Tag } from './ber.ts';
import { ENCRYPTED, operation, Pdu } from './codes.ts';
import { DESCRIPTION_PARTS, EVIDENCE, Source } from './evidence.ts';
import { identitySource, NO_SOURCE } from './objects.ts';

const V1 = 0;
const V2C = 1;
const V3 = 3;

/** The communities that devices leave the factory with. */
const DEFAULT_COMMUNITIES = [ascii('public'), ascii('private')];

/** RFC 3412, section 6.4: the receiver is to report errors, so this is a request. */
const REPORTABLE = 4;
/** RFC 3414: the User-based Security Model. */
const USER_BASED = 3;

export const snmp: Protocol = {
  name: 'snmp',
  tcpPorts: [],
  udpPorts: [161, 162],

  recognise: (b, at, end) => (outline.read(b, at, end) ? Recognition.certain : Recognition.no),

  sender(b, at, end) {
    if (!outline.read(b, at, end)) return Sender.unknown;
    switch (outline.pdu) {
      case Pdu.response:
      case Pdu.report:
        return Sender.server;
      case ENCRYPTED:
        return (outline.flags & REPORTABLE) === 0 ? Sender.unknown : Sender.client;
      default:
        return Sender.client; // traps too: their receiver, on port 162, is the server
    }
  },

  open: (facts) => new SnmpDecoder(facts),
  operation,
  space: () => 'object',
  evidence: EVIDENCE,
};

const ber = new BerReader();

/** The frame of a message: which PDU it holds, and where. Reused, for it is only looked at until the next is read. */
class Outline {
  version = 0;
  /** Where the version's value stands. */
  versionAt = 0;
  /** Its community is one that everybody knows. */
  defaultCommunity = false;
  flags = 0;
  flagsAt = 0;
  engineAt = 0;
  engineEnd = 0;
  /** The PDU's tag, or ENCRYPTED. */
  pdu = 0;
  pduAt = 0;
  pduEnd = 0;

  read(b: Uint8Array, at: number, end: number): boolean {
    this.pdu = ENCRYPTED;
    this.defaultCommunity = false;
    this.flags = 0;
    this.engineAt = 0;
    this.engineEnd = 0;
    if (!ber.expect(Tag.sequence, b, at, end)) return false;
    const stop = ber.end;
    if (!ber.expect(Tag.integer, b, ber.at, stop) || ber.end - ber.at !== 1) return false;
    this.versionAt = ber.at;
    this.version = u8(b, ber.at);
    if (this.version === V3) return this.#readV3(b, ber.end, stop);
    if (this.version !== V1 && this.version !== V2C) return false;
    if (!ber.expect(Tag.octetString, b, ber.end, stop)) return false; // the community
    for (let i = 0; i < DEFAULT_COMMUNITIES.length; i++) {
      const known = DEFAULT_COMMUNITIES[i] as Uint8Array;
      if (ber.end - ber.at === known.length && startsWith(known, b, ber.at, ber.end)) this.defaultCommunity = true;
    }
    return this.#readPdu(b, ber.end, stop);
  }

  #readV3(b: Uint8Array, at: number, end: number): boolean {
    if (!ber.expect(Tag.sequence, b, at, end)) return false;
    const headerEnd = ber.end;
    if (!ber.expect(Tag.integer, b, ber.at, headerEnd)) return false; // msgID
    if (!ber.expect(Tag.integer, b, ber.end, headerEnd)) return false; // msgMaxSize
    if (!ber.expect(Tag.octetString, b, ber.end, headerEnd) || ber.end - ber.at !== 1) return false;
    this.flagsAt = ber.at;
    this.flags = u8(b, ber.at);
    if (!ber.expect(Tag.integer, b, ber.end, headerEnd)) return false;
    const model = ber.integer(b);
    if (!ber.expect(Tag.octetString, b, headerEnd, end)) return false; // msgSecurityParameters
    const { at: parameters, end: parametersEnd } = ber;
    if (model === USER_BASED && ber.expect(Tag.sequence, b, parameters, parametersEnd)) {
      if (ber.expect(Tag.octetString, b, ber.at, parametersEnd)) {
        this.engineAt = ber.at;
        this.engineEnd = ber.end;
      }
    }
    if (!ber.read(b, parametersEnd, end)) return false;
    if (ber.tag === Tag.octetString) return true; // encrypted
    if (ber.tag !== Tag.sequence) return false;
    const scopedEnd = ber.end;
    if (!ber.expect(Tag.octetString, b, ber.at, scopedEnd)) return false; // contextEngineID
    if (!ber.expect(Tag.octetString, b, ber.end, scopedEnd)) return false; // contextName
    return this.#readPdu(b, ber.end, scopedEnd);
  }

  #readPdu(b: Uint8Array, at: number, end: number): boolean {
    if (!ber.readHeader(b, at, end) || ber.tag < Pdu.get || ber.tag > Pdu.report) return false;
    this.pdu = ber.tag;
    this.pduAt = ber.at;
    this.pduEnd = Math.min(ber.end, end);
    return true;
  }
}

const outline = new Outline();

/** Requests of one manager to one agent that wait; managers ask in bursts. */
const OUTSTANDING = 32;
/** Bindings of one PDU that are looked at; a datagram holds fewer. */
const MAX_BINDINGS = 4096;

class SnmpDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (!outline.read(b, at, end)) {
      return ber.readHeader(b, at, end) && ber.tag === Tag.sequence && ber.end > end
        ? Outcome.truncated
        : Outcome.malformed;
    }
    this.#protection(b);
    switch (outline.pdu) {
      case ENCRYPTED:
        return this.#encrypted();
      case Pdu.trapV1:
        return this.#trapV1(b);
      default:
        return this.#pdu(b);
    }
  }

  /** Whoever sends a community shows it to every listener; of v3 the authoritative engine's side is told by its answers. */
  #protection(b: Uint8Array): void {
    const facts = this.#facts;
    const { version, versionAt, defaultCommunity, flagsAt, engineAt, engineEnd, pdu } = outline;
    if (version !== V3) {
      facts.evidence(Source.community, About.sender, NO_UNIT, b, versionAt, versionAt + 1);
      // that it is a default, by a byte that is none of it
      if (defaultCommunity) facts.evidence(Source.defaultCommunity, About.sender, NO_UNIT, b, versionAt, versionAt + 1);
      return;
    }
    // A discovery and its report are always without authentication (RFC 3414, section 4).
    if (pdu !== Pdu.report && engineEnd > engineAt) {
      facts.evidence(Source.security, About.sender, NO_UNIT, b, flagsAt, flagsAt + 1);
    }
    // In a response the authoritative engine is the sender (RFC 3412, section 6.3).
    if (engineEnd > engineAt && (pdu === Pdu.response || pdu === Pdu.report || pdu === Pdu.trap)) {
      facts.evidence(Source.engine, About.sender, NO_UNIT, b, engineAt, engineEnd);
    }
  }

  /** What is encrypted can only be told apart by its flags. */
  #encrypted(): Outcome {
    const facts = this.#facts;
    if ((outline.flags & REPORTABLE) !== 0) facts.request(ENCRYPTED, NO_UNIT);
    else facts.response(facts.operation(ENCRYPTED, NO_UNIT), false);
    return Outcome.ok;
  }

  #pdu(b: Uint8Array): Outcome {
    const facts = this.#facts;
    const { pdu, pduAt, pduEnd } = outline;
    if (!ber.expect(Tag.integer, b, pduAt, pduEnd)) return Outcome.truncated;
    const id = ber.integer(b);
    if (!ber.expect(Tag.integer, b, ber.end, pduEnd)) return Outcome.truncated;
    const status = ber.integer(b);
    if (!ber.expect(Tag.integer, b, ber.end, pduEnd)) return Outcome.truncated;
    const bindings = ber.end;

    if (pdu === Pdu.report) {
      // A report stands in for the answer to what it complains of, or to a discovery.
      const asked = this.#outstanding.take(id);
      facts.response(asked === NONE ? facts.operation(pdu, NO_UNIT) : asked, true);
      return Outcome.ok;
    }
    if (pdu === Pdu.response) {
      const asked = this.#outstanding.take(id);
      facts.response(asked === NONE ? facts.operation(pdu, NO_UNIT) : asked, status !== 0);
      return status === 0 ? this.#bindings(b, bindings, pduEnd, NONE, true) : Outcome.ok;
    }
    const asked = facts.request(pdu, NO_UNIT);
    if (pdu === Pdu.trap) return this.#bindings(b, bindings, pduEnd, NONE, true);
    this.#outstanding.put(id, asked);
    if (pdu === Pdu.inform) return this.#bindings(b, bindings, pduEnd, NONE, true);
    return pdu === Pdu.set ? this.#bindings(b, bindings, pduEnd, asked, false) : Outcome.ok;
  }

  /** RFC 1157, section 4.1.6: enterprise, agent-addr, generic-trap, specific-trap, time-stamp, bindings. */
  #trapV1(b: Uint8Array): Outcome {
    const { pduAt, pduEnd } = outline;
    this.#facts.request(Pdu.trapV1, NO_UNIT);
    if (!ber.expect(Tag.objectIdentifier, b, pduAt, pduEnd)) return Outcome.truncated;
    // The enterprise is that of the trap, which for generic traps is the agent's sysObjectID.
    this.#facts.evidence(Source.objectId, About.sender, NO_UNIT, b, ber.at, ber.end);
    for (let left = 4; left > 0; left--) if (!ber.read(b, ber.end, pduEnd)) return Outcome.truncated;
    return this.#bindings(b, ber.end, pduEnd, NONE, true);
  }

  /** The list of names and values: what is set by `operation`, or what the sender tells of itself. */
  #bindings(b: Uint8Array, at: number, end: number, operation: number, identity: boolean): Outcome {
    if (!ber.expect(Tag.sequence, b, at, end)) return Outcome.truncated;
    const stop = ber.end;
    let next = ber.at;
    for (let left = MAX_BINDINGS; left > 0 && next < stop; left--) {
      if (!ber.expect(Tag.sequence, b, next, stop)) return Outcome.malformed;
      next = ber.end;
      if (!ber.expect(Tag.objectIdentifier, b, ber.at, next)) return Outcome.malformed;
      const name = ber.at;
      const nameEnd = ber.end;
      if (!ber.read(b, nameEnd, next)) return Outcome.malformed;
      if (operation !== NONE) this.#touch(operation, b, name, nameEnd);
      if (identity) this.#identity(b, name, nameEnd);
    }
    return Outcome.ok;
  }

  #touch(operation: number, b: Uint8Array, name: number, end: number): void {
    const length = writeObjectIdentifier(b, name, end);
    if (length > 0) this.#facts.touchName(operation, 0, dotted, 0, length);
  }

  /** The value of the object named by `b[name, nameEnd)` is what `ber` read last. */
  #identity(b: Uint8Array, name: number, nameEnd: number): void {
    const source = identitySource(b, name, nameEnd);
    if (source === NO_SOURCE || ber.at === ber.end) return;
    if (ber.tag !== (source === Source.objectId ? Tag.objectIdentifier : Tag.octetString)) return;
    const facts = this.#facts;
    facts.evidence(source, About.sender, NO_UNIT, b, ber.at, ber.end);
    if (source !== Source.description) return;
    for (let part = 0; part < DESCRIPTION_PARTS; part++) {
      facts.evidence(Source.descriptionParts + part, About.sender, NO_UNIT, b, ber.at, ber.end);
    }
  }
}

/** Room for the longest name that is shown: 128 numbers are allowed, a name of an object has about 15. */
const dotted = new Uint8Array(256);
const DOT = 0x2e;
const ZERO = 0x30;

/** Writes an object identifier in digits and dots into `dotted`; returns its length, 0 when it is too long. */
function writeObjectIdentifier(b: Uint8Array, at: number, end: number): number {
  let to = 0;
  let number = 0;
  for (let i = at; i < end; i++) {
    const byte = u8(b, i);
    number = number * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (to > dotted.length - 24 || number > 0xffffffff) return 0;
    if (i === at) {
      const root = number < 40 ? 0 : number < 80 ? 1 : 2;
      dotted[to++] = ZERO + root;
      number -= 40 * root;
    }
    if (to > 0) dotted[to++] = DOT;
    to = writeNumber(number, to);
    number = 0;
  }
  return to;
}

function writeNumber(number: number, at: number): number {
  let digits = 1;
  for (let rest = number; rest >= 10; rest = Math.floor(rest / 10)) digits++;
  let rest = number;
  for (let i = at + digits - 1; i >= at; i--) {
    dotted[i] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return at + digits;
}
