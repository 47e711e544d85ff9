/**
 * BACnet/IP: ANSI/ASHRAE 135-2020, Annex J (BVLL), clause 6 (NPDU) and 20 (APDU). Most significant octet first.
 *
 *   0    1          2        4                                  6
 *   | 81 | function | length | [forwarded: origin, 6 octets] | 01 | control | [DNET DLEN DADR] [SNET SLEN SADR] [hops]
 *   then an APDU | type, flags | ... or, by a flag of `control`, a network layer message
 */
import { u8, u16be } from '../bytes.ts';
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
import { Apdus } from './apdu.ts';
import {
  BVLC,
  Bvlc,
  CONFIRMED,
  Confirmed,
  NETWORK_MESSAGES,
  OBJECT_TYPES,
  Pdu,
  UNCONFIRMED,
  Unconfirmed,
} from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';
import { NO_NPDU, npdu } from './npdu.ts';
import { Kind, numbered } from './numbers.ts';

const TYPE = 0; // always 0x81
const FUNCTION = 1;
const LENGTH = 2;
const NPDU = 4;
const ORIGIN_BYTES = 6;
const RESULT_CODE = 4;
const BVLL = 0x81;

export const bacnet: Protocol = {
  name: 'bacnet',
  tcpPorts: [],
  udpPorts: [47808],

  recognise(b, at, end) {
    if (!isBvll(b, at, end)) return Recognition.no;
    const start = npduAt(b, at);
    if (start < 0) return Recognition.possible;
    return start < end && npdu.open(b, start, end) !== NO_NPDU ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    if (!isBvll(b, at, end)) return Sender.unknown;
    const start = npduAt(b, at);
    if (start < 0) return bvllSender(u8(b, at + FUNCTION));
    if (npdu.open(b, start, end) === NO_NPDU || npdu.isNetworkMessage || npdu.apdu >= end) return Sender.unknown;
    return apduSender(b, npdu.apdu, end);
  },

  open: (facts) => new BacnetDecoder(facts),
  operation,
  space: (space) => OBJECT_TYPES[space] ?? `object-type-${space}`,
  evidence: EVIDENCE,
};

function isBvll(b: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= NPDU &&
    u8(b, at + TYPE) === BVLL &&
    u8(b, at + FUNCTION) <= Bvlc.secured &&
    u16be(b, at + LENGTH) === end - at
  );
}

/** Where the NPDU begins, or -1 when the function carries none. */
function npduAt(b: Uint8Array, at: number): number {
  switch (u8(b, at + FUNCTION)) {
    case Bvlc.forwardedNpdu:
      return at + NPDU + ORIGIN_BYTES;
    case Bvlc.distributeBroadcast:
    case Bvlc.originalUnicast:
    case Bvlc.originalBroadcast:
      return at + NPDU;
    default:
      return -1;
  }
}

function bvllSender(code: number): Sender {
  switch (code) {
    case Bvlc.result:
    case Bvlc.readTableAck:
    case Bvlc.readForeignTableAck:
      return Sender.server;
    case Bvlc.secured:
      return Sender.unknown;
    default:
      return Sender.client;
  }
}

/** Notifications come from the device that serves, although they ask for an acknowledgement. */
function apduSender(b: Uint8Array, at: number, end: number): Sender {
  switch (u8(b, at) >>> 4) {
    case Pdu.confirmedRequest: {
      const segmented = (u8(b, at) & 0x08) !== 0;
      const choice = at + (segmented ? 5 : 3);
      return choice < end && isNotification(u8(b, choice)) ? Sender.server : Sender.client;
    }
    case Pdu.unconfirmedRequest:
      return end - at < 2 ? Sender.unknown : unconfirmedSender(u8(b, at + 1));
    case Pdu.simpleAck:
    case Pdu.error:
      return end - at >= 3 && isNotification(u8(b, at + 2)) ? Sender.client : Sender.server;
    case Pdu.complexAck:
      return Sender.server;
    case Pdu.abort:
      return (u8(b, at) & 1) !== 0 ? Sender.server : Sender.client;
    default:
      return Sender.unknown;
  }
}

function isNotification(choice: number): boolean {
  return (
    choice === Confirmed.covNotification ||
    choice === Confirmed.eventNotification ||
    choice === Confirmed.covNotificationMultiple ||
    choice === Confirmed.auditNotification
  );
}

function unconfirmedSender(choice: number): Sender {
  switch (choice) {
    case Unconfirmed.iAm:
    case Unconfirmed.iHave:
    case Unconfirmed.covNotification:
    case Unconfirmed.eventNotification:
    case Unconfirmed.covNotificationMultiple:
    case Unconfirmed.auditNotification:
      return Sender.server;
    case Unconfirmed.privateTransfer:
    case Unconfirmed.textMessage:
      return Sender.unknown;
    default:
      return Sender.client;
  }
}

function operation(number: number): Operation {
  const choice = number & 0xff;
  const unknown: Described = [`Service ${choice}`, 'write']; // it may change anything
  switch (number >>> 8) {
    case Kind.confirmed: {
      const [name, access, effect]: Described = CONFIRMED.get(choice) ?? unknown;
      return { code: `confirmed.${choice}`, name, access, effect };
    }
    case Kind.unconfirmed: {
      const [name, access] = UNCONFIRMED.get(choice) ?? unknown;
      return { code: `unconfirmed.${choice}`, name, access };
    }
    case Kind.bvlc: {
      const [name, access] = BVLC.get(choice) ?? [`BVLC ${choice}`, 'session' as const];
      return { code: `bvlc.${choice}`, name, access };
    }
    default: {
      const [name, access] = NETWORK_MESSAGES.get(choice) ?? [`Network Message ${choice}`, 'session' as const];
      return { code: `network.${choice}`, name, access };
    }
  }
}

class BacnetDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #apdus: Apdus;

  constructor(facts: FactSink) {
    this.#facts = facts;
    this.#apdus = new Apdus(facts);
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < NPDU) return Outcome.truncated;
    if (u8(b, at + TYPE) !== BVLL) return Outcome.malformed;
    const length = u16be(b, at + LENGTH);
    const start = npduAt(b, at);
    if (start < 0) return this.#bvll(b, at, end);
    const stop = Math.min(end, at + length);
    if (start >= stop || npdu.open(b, start, stop) === NO_NPDU) {
      return stop - start < 2 ? Outcome.truncated : Outcome.malformed;
    }
    const origin = u8(b, at + FUNCTION) === Bvlc.forwardedNpdu ? at + NPDU : -1;
    const outcome = npdu.isNetworkMessage
      ? this.#networkMessage(b)
      : this.#apdus.decode(b, npdu.apdu, stop, fromClient, origin);
    return outcome === Outcome.ok && at + length > end ? Outcome.truncated : outcome;
  }

  /** Upkeep of broadcast distribution. A result repeats in its upper digits which function it refuses (J.2.1). */
  #bvll(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const code = u8(b, at + FUNCTION);
    switch (code) {
      case Bvlc.result: {
        if (end - at < RESULT_CODE + 2) return Outcome.truncated;
        const result = u16be(b, at + RESULT_CODE);
        this.#apdus.answerBvlc(REFUSED_FUNCTION[result >>> 4] ?? 0, result !== 0);
        return Outcome.ok;
      }
      case Bvlc.readTableAck:
      case Bvlc.readForeignTableAck:
        this.#apdus.answerBvlc(code - 1, false);
        return Outcome.ok;
      case Bvlc.secured:
        facts.evidence(Source.secured, About.sender, NO_UNIT, b, at, at + 1);
        facts.request(numbered(Kind.bvlc, code), NO_UNIT);
        return Outcome.ok;
      default:
        if (!BVLC.has(code)) return Outcome.unsupported;
        this.#apdus.askBvlc(code);
        if (code === REGISTER_FOREIGN_DEVICE) {
          facts.evidence(Source.foreignDevice, About.sender, NO_UNIT, b, at + FUNCTION, at + LENGTH);
        }
        return Outcome.ok;
    }
  }

  #networkMessage(b: Uint8Array): Outcome {
    const facts = this.#facts;
    if (npdu.apdu >= npdu.end) return Outcome.truncated;
    const type = u8(b, npdu.apdu);
    const number = numbered(Kind.network, type);
    if (type === I_AM_ROUTER || type === INITIALIZE_ACK || type === NETWORK_NUMBER_IS) {
      facts.response(facts.operation(number, NO_UNIT), false);
    } else {
      facts.request(number, NO_UNIT);
    }
    if (type === I_AM_ROUTER) {
      facts.evidence(Source.router, About.sender, NO_UNIT, b, npdu.apdu, npdu.apdu + 1);
    }
    return NETWORK_MESSAGES.has(type) ? Outcome.ok : Outcome.unsupported;
  }
}

const REGISTER_FOREIGN_DEVICE = 0x05;
const I_AM_ROUTER = 0x01;
const INITIALIZE_ACK = 0x07;
const NETWORK_NUMBER_IS = 0x13;

/** By the result code's upper digits: 0x0010 refuses function 1, 0x0020 2, 0x0030 5, 0x0040 6, 0x0050 8, 0x0060 9. */
const REFUSED_FUNCTION: readonly number[] = [0, 1, 2, 5, 6, 8, 9];
