/** The application layer: ANSI/ASHRAE 135-2020, 20.1 (PDUs) and clauses 13 to 16 (services). */
import { i32be, u8 } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import { About, type FactSink, NO_UNIT, Outcome } from '../protocol.ts';
import { CONFIRMED, Confirmed, DEVICE, Pdu, UNCONFIRMED, Unconfirmed } from './codes.ts';
import { Source, sourceOf } from './evidence.ts';
import { npdu } from './npdu.ts';
import { Kind, numbered } from './numbers.ts';
import { Application, objectInstance, objectType, tags } from './tags.ts';

const SEGMENTED = 0x08;
const IPV4_BYTES = 4;

/**
 * Requests that wait for their answers. Invoke ids have 8 bits, each side numbers its own, and stations have a few
 * requests open at once; a power of two.
 */
const OUTSTANDING = 64;

/** Objects told of one request; a ReadPropertyMultiple names a few dozen at most. */
const MAX_OBJECTS = 64;

/** The application layer of one conversation. */
export class Apdus {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);
  /** The BVLC request that awaits its result. */
  #askedBvlc = NONE;
  /** Where the IP address of the device is that a BBMD forwards for, or -1: then it is the sender itself. */
  #origin = -1;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** Decodes the APDU in `b[at, end)`, whose NPDU was read last. */
  decode(b: Uint8Array, at: number, end: number, fromClient: boolean, origin: number): Outcome {
    if (end - at < 2) return Outcome.truncated;
    this.#origin = origin;
    switch (u8(b, at) >>> 4) {
      case Pdu.confirmedRequest:
        return this.#confirmed(b, at, end, fromClient);
      case Pdu.unconfirmedRequest:
        return this.#unconfirmed(b, at, end);
      case Pdu.simpleAck:
        if (end - at < 3) return Outcome.truncated;
        this.#answer(u8(b, at + 1), u8(b, at + 2), fromClient, false);
        return Outcome.ok;
      case Pdu.complexAck:
        return this.#complexAck(b, at, end, fromClient);
      case Pdu.segmentAck:
        return Outcome.ok;
      case Pdu.error:
        if (end - at < 3) return Outcome.truncated;
        this.#answer(u8(b, at + 1), u8(b, at + 2), fromClient, true);
        return Outcome.ok;
      case Pdu.reject:
        this.#answer(u8(b, at + 1), NONE, fromClient, true);
        return Outcome.ok;
      case Pdu.abort:
        // a client that aborts takes back its own request
        if ((u8(b, at) & 1) !== 0) this.#answer(u8(b, at + 1), NONE, fromClient, true);
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }

  askBvlc(code: number): void {
    this.#askedBvlc = this.#facts.request(numbered(Kind.bvlc, code), NO_UNIT);
  }

  /** @param code the function that was asked for, 0 when the answer does not tell */
  answerBvlc(code: number, refused: boolean): void {
    const facts = this.#facts;
    if (code !== 0) facts.response(facts.operation(numbered(Kind.bvlc, code), NO_UNIT), refused);
    else if (this.#askedBvlc !== NONE) facts.response(this.#askedBvlc, refused);
    this.#askedBvlc = NONE;
  }

  /** What pairs an answer with its request: who asked, the invoke id, and the network of the device that was asked. */
  #answer(invoke: number, choice: number, fromClient: boolean, refused: boolean): void {
    const facts = this.#facts;
    const asked = this.#outstanding.take(key(invoke, !fromClient, npdu.sourceNetwork));
    if (asked !== NONE) facts.response(asked, refused);
    else if (choice !== NONE) facts.response(facts.operation(numbered(Kind.confirmed, choice), NO_UNIT), refused);
  }

  #confirmed(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const segmented = (u8(b, at) & SEGMENTED) !== 0;
    const choiceAt = at + (segmented ? 5 : 3);
    if (choiceAt >= end) return Outcome.truncated;
    if (segmented && u8(b, at + 3) !== 0) return Outcome.ok; // a later segment
    const choice = u8(b, choiceAt);
    const asked = this.#facts.request(numbered(Kind.confirmed, choice), NO_UNIT);
    this.#outstanding.put(key(u8(b, at + 2), fromClient, npdu.destinationNetwork), asked);
    tags.open(b, choiceAt + 1, end);
    this.#touch(asked, choice);
    if (!CONFIRMED.has(choice)) return Outcome.unsupported;
    return tags.cut && !segmented ? Outcome.truncated : Outcome.ok;
  }

  /** Says which objects are read, written or watched. */
  #touch(asked: number, choice: number): void {
    switch (choice) {
      case Confirmed.readProperty:
      case Confirmed.writeProperty:
      case Confirmed.readRange:
        if (tags.readContext(0)) this.#touchObject(asked);
        break;
      case Confirmed.subscribeCov:
      case Confirmed.subscribeCovProperty:
        if (tags.readContext(0) && tags.readContext(1)) this.#touchObject(asked);
        break;
      case Confirmed.covNotification: // process, device, object
        if (tags.readContext(0) && tags.readContext(1) && tags.readContext(2)) this.#touchObject(asked);
        break;
      case Confirmed.readPropertyMultiple:
      case Confirmed.writePropertyMultiple:
        for (let left = MAX_OBJECTS; left > 0 && tags.readContext(0); left--) {
          this.#touchObject(asked);
          if (!tags.readOpening(1)) break;
          tags.skipConstructed();
        }
        break;
      default:
    }
  }

  #touchObject(operation: number): void {
    if (tags.valueEnd - tags.valueAt !== 4) return;
    const identifier = i32be(tags.b, tags.valueAt);
    this.#facts.touch(operation, objectType(identifier), objectInstance(identifier), 1);
  }

  #unconfirmed(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const choice = u8(b, at + 1);
    const number = numbered(Kind.unconfirmed, choice);
    tags.open(b, at + 2, end);
    switch (choice) {
      case Unconfirmed.iAm:
        facts.response(facts.operation(number, NO_UNIT), false);
        this.#iAm(b);
        break;
      case Unconfirmed.iHave:
        facts.response(facts.operation(number, NO_UNIT), false);
        this.#iHave(b);
        break;
      case Unconfirmed.covNotification: {
        const told = facts.operation(number, NO_UNIT);
        facts.response(told, false);
        if (tags.readContext(0) && tags.readContext(1) && tags.readContext(2)) this.#touchObject(told);
        break;
      }
      case Unconfirmed.eventNotification:
      case Unconfirmed.covNotificationMultiple:
      case Unconfirmed.auditNotification:
        facts.response(facts.operation(number, NO_UNIT), false);
        break;
      default:
        facts.request(number, NO_UNIT);
    }
    if (!UNCONFIRMED.has(choice)) return Outcome.unsupported;
    return tags.cut ? Outcome.truncated : Outcome.ok;
  }

  /** 16.10.3: device object identifier, longest APDU, segmentation, vendor identifier. */
  #iAm(b: Uint8Array): void {
    if (!tags.read() || !tags.is(Application.objectIdentifier)) return;
    const unit = this.#device(b);
    if (tags.read() && tags.read() && tags.read() && tags.is(Application.unsigned)) this.#say(Source.vendorId, unit);
  }

  /** 16.9.3: device, object, and the object's name. */
  #iHave(b: Uint8Array): void {
    if (!tags.read() || !tags.is(Application.objectIdentifier)) return;
    const unit = this.#device(b);
    if (!tags.read() || tags.valueEnd - tags.valueAt !== 4) return;
    const isDevice = objectType(i32be(b, tags.valueAt)) === DEVICE;
    if (tags.read() && isDevice && tags.is(Application.characterString)) this.#say(Source.objectName, unit);
  }

  /**
   * Tells of the device whose object identifier was read last. One behind a router is a part of its own, by its
   * instance number, which is unique in the whole internetwork.
   * @returns the unit that its evidence is about
   */
  #device(b: Uint8Array): number {
    if (tags.valueEnd - tags.valueAt !== 4) return NO_UNIT;
    const unit = npdu.source < 0 ? NO_UNIT : objectInstance(i32be(b, tags.valueAt));
    this.#say(Source.deviceInstance, unit);
    if (npdu.source >= 0) {
      this.#tell(Source.network, unit, b, npdu.source, npdu.sourceEnd);
      this.#facts.evidence(Source.router, About.sender, NO_UNIT, b, npdu.source, npdu.source + 2);
    }
    return unit;
  }

  #complexAck(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const segmented = (u8(b, at) & SEGMENTED) !== 0;
    const choiceAt = at + (segmented ? 4 : 2);
    if (choiceAt >= end) return Outcome.truncated;
    if (segmented && u8(b, at + 2) !== 0) return Outcome.ok; // a later segment
    const choice = u8(b, choiceAt);
    this.#answer(u8(b, at + 1), choice, fromClient, false);
    tags.open(b, choiceAt + 1, end);
    if (choice === Confirmed.readProperty) this.#readProperty(b);
    else if (choice === Confirmed.readPropertyMultiple) this.#readPropertyMultiple(b);
    return tags.cut && !segmented ? Outcome.truncated : Outcome.ok;
  }

  /** 15.5.3: object, property, array index, value. */
  #readProperty(b: Uint8Array): void {
    if (!tags.readContext(0) || !this.#isDevice(b)) return;
    const unit = npdu.source < 0 ? NO_UNIT : objectInstance(i32be(b, tags.valueAt));
    const { valueAt, valueEnd } = tags;
    if (!tags.readContext(1)) return;
    const source = sourceOf(tags.unsigned());
    if (source < 0 || !tags.readOpening(3)) return;
    if (tags.read() && !tags.context) this.#say(source, unit);
    this.#saw(b, unit, valueAt, valueEnd);
  }

  /** 15.7.3: for each object its results: property, array index, value or error. */
  #readPropertyMultiple(b: Uint8Array): void {
    for (let left = MAX_OBJECTS; left > 0 && tags.readContext(0); left--) {
      const isDevice = this.#isDevice(b);
      const { valueAt, valueEnd } = tags;
      if (!tags.readOpening(1)) return;
      if (!isDevice) {
        tags.skipConstructed();
        continue;
      }
      const unit = npdu.source < 0 ? NO_UNIT : objectInstance(i32be(b, valueAt));
      this.#saw(b, unit, valueAt, valueEnd);
      while (tags.readContext(2)) {
        const source = sourceOf(tags.unsigned());
        tags.readContext(3);
        if (tags.readOpening(4)) {
          const { next } = tags;
          if (source >= 0 && tags.read() && !tags.context) this.#say(source, unit);
          tags.next = next;
        } else if (!tags.readOpening(5)) {
          return;
        }
        tags.skipConstructed();
      }
      if (!tags.read() || !tags.closing) return;
    }
  }

  #isDevice(b: Uint8Array): boolean {
    return tags.valueEnd - tags.valueAt === 4 && objectType(i32be(b, tags.valueAt)) === DEVICE;
  }

  /** The identifier of the device object that was read, unless it stands for "whichever you are" (4194303). */
  #saw(b: Uint8Array, unit: number, at: number, end: number): void {
    if (objectInstance(i32be(b, at)) !== WILDCARD_INSTANCE) this.#tell(Source.deviceInstance, unit, b, at, end);
    if (npdu.source >= 0) {
      this.#tell(Source.network, unit, b, npdu.source, npdu.sourceEnd);
      this.#facts.evidence(Source.router, About.sender, NO_UNIT, b, npdu.source, npdu.source + 2);
    }
  }

  /** The value read last. */
  #say(source: number, unit: number): void {
    if (tags.valueEnd > tags.valueAt) this.#tell(source, unit, tags.b, tags.valueAt, tags.valueEnd);
  }

  #tell(source: number, unit: number, b: Uint8Array, at: number, end: number): void {
    if (this.#origin < 0 || unit !== NO_UNIT) this.#facts.evidence(source, About.sender, unit, b, at, end);
    else this.#facts.evidenceAbout(source, this.#origin, IPV4_BYTES, b, at, end);
  }
}

const WILDCARD_INSTANCE = 0x3fffff;

function key(invoke: number, askedByClient: boolean, network: number): number {
  return (network << 16) | (invoke << 1) | (askedByClient ? 1 : 0);
}
