/**
 * MMS (ISO 9506-2:2003) over the OSI upper layers on COTP, as IEC 61850-8-1 and IEC 60870-6 (TASE.2) use it:
 *
 *   session | presentation | [association] | MMSpdu: request  | tag A0 | invoke id | service ... |
 *                                                    response | tag A1 | invoke id | service ... |
 */
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type Described,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { ber } from './ber.ts';
import { Acse, CONFIRMED, Pdu, Service, Spdu, UNCONFIRMED } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';
import { Constraint, endsInSelect, firstConstraint, SPACES, touchNames } from './names.ts';
import { isData, isSpdu, layers } from './upper-layers.ts';

/** Operation numbers: tag numbers of confirmed services with what they are applied to; others above. */
const Variant = { plain: 0, control: 1 << 8, report: 2 << 8, select: 3 << 8 } as const;
const VARIANT = 3 << 8;
const UNCONFIRMED_SERVICE = 1 << 10;
const ASSOCIATION = 1 << 11;
const Association = { initiate: 0, conclude: 1, cancel: 2, abort: 3, release: 4 } as const;
const ASSOCIATIONS = ['initiate', 'conclude', 'cancel', 'abort', 'release'] as const;

/** Servers announce how many requests they take at once: 1 to 20, rarely more. A power of two. */
const OUTSTANDING = 64;

const LIST_MODIFIER = 0x30;
const SPECIFICATION_WITH_RESULT = 0x80;
const SPECIFICATION = 0xa1; // of a read
const RESULTS = 0xa1; // of a read's response
const FAILURE = 0x80;

export const mms: Protocol = {
  name: 'mms',
  tcpPorts: [],
  udpPorts: [],
  over: 'cotp',

  recognise(b, at, end) {
    if (isData(b, at, end))
      return isMms(layers.open(b, at, end)) || layers.acse !== 0 ? Recognition.certain : Recognition.no;
    if (!isSpdu(b, at, end)) return Recognition.no;
    const tag = layers.open(b, at, end);
    if (isMms(tag)) return Recognition.certain;
    return tag === NONE ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < 2) return Sender.unknown;
    const tag = layers.open(b, at, end);
    switch (tag) {
      case Pdu.confirmedRequest:
      case Pdu.initiateRequest:
      case Pdu.concludeRequest:
      case Pdu.cancelRequest:
        return Sender.client;
      case Pdu.confirmedResponse:
      case Pdu.confirmedError:
      case Pdu.unconfirmed:
      case Pdu.initiateResponse:
      case Pdu.initiateError:
      case Pdu.concludeResponse:
      case Pdu.concludeError:
      case Pdu.cancelResponse:
      case Pdu.cancelError:
        return Sender.server;
      default:
    }
    if (isData(b, at, end)) return Sender.unknown;
    if (layers.spdu === Spdu.connect) return Sender.client;
    return layers.spdu === Spdu.accept || layers.spdu === Spdu.refuse ? Sender.server : Sender.unknown;
  },

  open: (facts) => new MmsDecoder(facts),
  operation,
  space: (space) => SPACES[space] ?? 'variable',
  evidence: EVIDENCE,
};

/** Whether a first octet is that of an MMSpdu. */
function isMms(tag: number): boolean {
  switch (tag) {
    case Pdu.cancelRequest:
    case Pdu.cancelResponse:
    case Pdu.concludeRequest:
    case Pdu.concludeResponse:
      return true;
    default:
      return (
        (tag >= Pdu.confirmedRequest && tag <= Pdu.reject) ||
        (tag >= Pdu.cancelError && tag <= Pdu.initiateError) ||
        tag === Pdu.concludeError
      );
  }
}

function operation(number: number): Operation {
  if ((number & ASSOCIATION) !== 0) {
    const name = ASSOCIATIONS[number & 0xff] ?? 'association';
    return { code: name, name, access: 'session' };
  }
  const service = number & 0xff;
  if ((number & UNCONFIRMED_SERVICE) !== 0) {
    const name = UNCONFIRMED[service] ?? `unconfirmed service ${service}`;
    return { code: name, name, access: 'read' };
  }
  const [name, access, effect]: Described = CONFIRMED.get(service) ?? [`service ${service}`, 'write']; // it may change anything
  switch (number & VARIANT) {
    case Variant.control:
      return { code: name, name: `${name}: control`, access: 'control' };
    case Variant.select:
      return { code: name, name: `${name}: select`, access: 'control' };
    case Variant.report: // subscribing to reports
      return { code: name, name: `${name}: report control`, access: 'session' };
    default:
      return { code: name, name, access, effect };
  }
}

class MmsDecoder implements Decoder {
  readonly #facts: FactSink;
  /** By invoke id and the side that asked: in TASE.2 both do. */
  readonly #outstanding = new Outstanding(OUTSTANDING);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < 2) return Outcome.truncated;
    const facts = this.#facts;
    const tag = layers.open(b, at, end);
    if (layers.mechanismAt !== NONE) {
      facts.evidence(Source.authentication, About.sender, NO_UNIT, b, layers.mechanismAt, layers.mechanismAt + 1);
    }
    switch (tag) {
      case Pdu.confirmedRequest:
        return this.#request(fromClient);
      case Pdu.confirmedResponse:
        return this.#response(fromClient);
      case Pdu.confirmedError:
      case Pdu.reject:
        return this.#refused(fromClient);
      case Pdu.unconfirmed:
        if (!ber.read()) return Outcome.truncated;
        facts.response(facts.operation(UNCONFIRMED_SERVICE | ber.number, NO_UNIT), false);
        return ber.number < UNCONFIRMED.length ? Outcome.ok : Outcome.unsupported;
      case Pdu.initiateRequest:
        return this.#asked(Association.initiate);
      case Pdu.initiateResponse:
        return this.#answered(Association.initiate, layers.declined);
      case Pdu.initiateError:
        return this.#answered(Association.initiate, true);
      case Pdu.concludeRequest:
        return this.#asked(Association.conclude);
      case Pdu.concludeResponse:
        return this.#answered(Association.conclude, false);
      case Pdu.concludeError:
        return this.#answered(Association.conclude, true);
      case Pdu.cancelRequest:
        return this.#asked(Association.cancel);
      case Pdu.cancelResponse:
        return this.#answered(Association.cancel, false);
      case Pdu.cancelError:
        return this.#answered(Association.cancel, true);
      default:
        return this.#withoutPdu(b, at, end);
    }
  }

  /** Associations are refused, released and aborted below MMS. */
  #withoutPdu(b: Uint8Array, at: number, end: number): Outcome {
    switch (layers.acse) {
      case Acse.response:
        return this.#answered(Association.initiate, layers.declined);
      case Acse.releaseRequest:
        return this.#asked(Association.release);
      case Acse.releaseResponse:
        return this.#answered(Association.release, false);
      case Acse.abort:
        return this.#asked(Association.abort);
      default:
    }
    if (isData(b, at, end)) return Outcome.truncated;
    switch (layers.spdu) {
      case Spdu.refuse:
        return this.#answered(Association.initiate, true);
      case Spdu.finish:
        return this.#asked(Association.release);
      case Spdu.disconnect:
        return this.#answered(Association.release, false);
      case Spdu.abort:
        return this.#asked(Association.abort);
      case Spdu.connect:
        this.#asked(Association.initiate);
        return Outcome.truncated;
      case Spdu.accept:
        this.#answered(Association.initiate, false);
        return Outcome.truncated;
      default:
        return Outcome.malformed;
    }
  }

  #asked(association: number): Outcome {
    this.#facts.request(ASSOCIATION | association, NO_UNIT);
    return Outcome.ok;
  }

  #answered(association: number, refused: boolean): Outcome {
    this.#facts.response(this.#facts.operation(ASSOCIATION | association, NO_UNIT), refused);
    return Outcome.ok;
  }

  /** 7.2: invoke id, modifiers, service. */
  #request(fromClient: boolean): Outcome {
    const facts = this.#facts;
    if (!ber.read()) return Outcome.truncated;
    const invoke = ber.integer();
    do {
      if (!ber.read()) return Outcome.truncated;
    } while (ber.tag === LIST_MODIFIER);
    const service = ber.number;
    ber.enter();
    if (service === Service.read) {
      if (!ber.read()) return this.#count(service, invoke, fromClient);
      if (ber.tag === SPECIFICATION_WITH_RESULT && !ber.read()) return this.#count(service, invoke, fromClient);
      if (ber.tag === SPECIFICATION) ber.enter();
    }
    if (service !== Service.read && service !== Service.write) return this.#count(service, invoke, fromClient);
    const asked = this.#put(service | variantOf(service), invoke, fromClient);
    touchNames(facts, asked);
    return Outcome.ok;
  }

  #count(service: number, invoke: number, fromClient: boolean): Outcome {
    this.#put(service, invoke, fromClient);
    return CONFIRMED.has(service) ? Outcome.ok : Outcome.unsupported;
  }

  #put(number: number, invoke: number, fromClient: boolean): number {
    const asked = this.#facts.request(number, NO_UNIT);
    this.#outstanding.put(key(invoke, fromClient), asked);
    return asked;
  }

  #response(fromClient: boolean): Outcome {
    const facts = this.#facts;
    if (!ber.read()) return Outcome.truncated;
    const asked = this.#outstanding.take(key(ber.integer(), !fromClient));
    if (!ber.read()) return Outcome.truncated;
    const service = ber.number;
    const { b } = ber;
    ber.enter();
    const answered = asked !== NONE ? asked : facts.operation(service, NO_UNIT);
    facts.response(answered, isDeclined(service));
    if (service === Service.identify) {
      while (ber.read()) {
        if (ber.number <= Source.revision && ber.valueEnd > ber.valueAt) {
          facts.evidence(ber.number, About.sender, NO_UNIT, b, ber.valueAt, ber.valueEnd);
        }
      }
    } else if (service === Service.status && ber.read() && ber.read() && ber.valueEnd > ber.valueAt) {
      facts.evidence(Source.physicalStatus, About.sender, NO_UNIT, b, ber.valueEnd - 1, ber.valueEnd);
    }
    return CONFIRMED.has(service) ? Outcome.ok : Outcome.unsupported;
  }

  /** An error, or a rejection, which may come without an invoke id; what was not asked for within hearing is not counted. */
  #refused(fromClient: boolean): Outcome {
    if (!ber.read()) return Outcome.truncated;
    const asked = ber.tag === 0x80 || ber.tag === 0x02 ? this.#outstanding.take(key(ber.integer(), !fromClient)) : NONE;
    if (asked !== NONE) this.#facts.response(asked, true);
    return Outcome.ok;
  }
}

/** What the first variable says of the whole: control blocks of IEC 61850 are written one by one. */
function variantOf(service: number): number {
  const constraint = firstConstraint();
  if (service === Service.read) {
    return constraint === Constraint.control && endsInSelect() ? Variant.select : Variant.plain;
  }
  if (constraint === Constraint.control) return Variant.control;
  return constraint === Constraint.report ? Variant.report : Variant.plain;
}

/** Whether a read failed for all its variables, or a write for any; the walker stands in the response. */
function isDeclined(service: number): boolean {
  if (service === Service.write) return ber.find(FAILURE);
  if (service !== Service.read) return false;
  const { at, end } = ber;
  let failures = 0;
  let values = 0;
  if (ber.find(RESULTS)) {
    ber.enter();
    while (ber.read() && values === 0) {
      if (ber.tag === FAILURE) failures++;
      else values++;
    }
  }
  ber.at = at;
  ber.end = end;
  return failures > 0 && values === 0;
}

function key(invoke: number, askedByClient: boolean): number {
  return (invoke << 1) | (askedByClient ? 1 : 0);
}
