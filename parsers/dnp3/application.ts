/**
 * Application layer: IEEE 1815-2012, "Application Layer". A request is control, function code, objects; a response
 * has two octets of internal indications (IIN) before its objects.
 */
import { u8, u16le } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import { About, type FactSink, NO_UNIT, Outcome } from '../protocol.ts';
import {
  AUTHENTICATION_ERROR,
  FIRST_RESPONSE,
  FileVariation,
  FUNCTIONS,
  FunctionCode,
  Group,
  Iin1,
  Iin2,
  REFUSED,
} from './codes.ts';
import { attributeSource, PRESENT, Source } from './evidence.ts';
import { FIRST_BROADCAST, SELF_ADDRESS } from './link.ts';
import { attributeOctets, ObjectHeaders, UNKNOWN, unsigned } from './objects.ts';
import { operationNumber, wholeSpace } from './operations.ts';

const FUNCTION = 1;
const REQUEST_OBJECTS = 2;
const IIN1 = 2;
const IIN2 = 3;
const RESPONSE_OBJECTS = 4;

/** Bits of the application control octet (4.2.2.4). */
const FIR = 0x80;
const FIN = 0x40;
const SEQUENCE = 0x0f;

/**
 * Requests that wait for their answers, by station and sequence number. An outstation has one at a time; a power of
 * two for as many stations on one connection as a radio network or a terminal server has.
 */
const OUTSTANDING = 64;
const OUTSTANDING_AUTHENTICATIONS = 8;

/** Ranges told apart in a list of indexes; what comes behind that many counts as one range. */
const MAX_RANGES = 8;

/** Where the name is told in group 70: offset from the object's start, and length. */
const NAME_OFFSET = 0;
const NAME_LENGTH = 2;

/** Offset of the status in a control relay output block; that of an analog output is its last octet as well. */
const STATUS_FROM_END = 1;

/** Decoding never nests, so that one walker serves all conversations. */
const objects = new ObjectHeaders();

/** The application layer of one conversation: all stations on both of its ends. */
export class Application {
  readonly #facts: FactSink;
  /** Holds `handle << 1`, with bit 0 set where the request left it to the outstation which points to send. */
  readonly #outstanding = new Outstanding(OUTSTANDING);
  /** Apart, since an authentication runs while the request it protects still waits, under the same number. */
  readonly #authenticating = new Outstanding(OUTSTANDING_AUTHENTICATIONS);
  /** The master whose address was told last. */
  #master = -1;
  /** The outstation that answers in several fragments, and the operation if the points were left to it. */
  #answering = -1;
  #answered = NONE;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  /** Decodes the fragment in `b[at, end)`; `fromMaster` is the link layer's direction bit. */
  fragment(b: Uint8Array, at: number, end: number, from: number, to: number, fromMaster: boolean): Outcome {
    if (end - at < REQUEST_OBJECTS) return Outcome.truncated;
    const code = u8(b, at + FUNCTION);
    let outcome: Outcome;
    if (code >= FIRST_RESPONSE) {
      outcome = this.#response(b, at, end, from, to);
    } else if (code === FunctionCode.confirm && !fromMaster) {
      return Outcome.ok; // outstations once confirmed too (DNP3 before IEEE 1815): no request
    } else {
      outcome = this.#request(b, at, end, from, to);
    }
    objects.close();
    // only a master sends requests, only an outstation answers
    return fromMaster === code < FIRST_RESPONSE ? outcome : Outcome.malformed;
  }

  #request(b: Uint8Array, at: number, end: number, master: number, unit: number): Outcome {
    const facts = this.#facts;
    const code = u8(b, at + FUNCTION);
    const sequence = u8(b, at) & SEQUENCE;
    if (master !== this.#master) {
      this.#master = master;
      ADDRESS[0] = master & 0xff;
      ADDRESS[1] = master >>> 8;
      facts.evidence(Source.masterAddress, About.sender, NO_UNIT, ADDRESS, 0, ADDRESS.length);
    }

    objects.open(b, at + REQUEST_OBJECTS, end, code);
    const asked = facts.request(operationNumber(code, b, objects), unit);
    objects.open(b, at + REQUEST_OBJECTS, end, code);
    let open = 0;
    let authenticated = false;
    while (objects.next()) {
      if (objects.group === Group.authentication) authenticated = true;
      else if (this.#touch(asked, b)) open = 1;
    }
    if (authenticated) this.#authenticated(About.receiver, unit);

    if (code === FunctionCode.authenticationRequest) {
      this.#authenticating.put(key(master, unit, sequence), asked);
    } else if (isAnswered(code) && unit < FIRST_BROADCAST) {
      this.#outstanding.put(key(master, unit, sequence), (asked << 1) | open);
    }
    return FUNCTIONS.has(code) ? objects.outcome : Outcome.unsupported;
  }

  /** Says what the header's points are; true where the request leaves that to the outstation. */
  #touch(asked: number, b: Uint8Array): boolean {
    const facts = this.#facts;
    const { group, variation, ranged, first, count, sized, indexOctets, objectOctets } = objects;
    if (group === Group.deviceAttributes) {
      facts.touch(asked, group, variation, 1);
    } else if (ranged) {
      facts.touch(asked, group, first, count);
    } else if (sized) {
      if (group === Group.file) this.#touchFile(asked, b);
    } else if (indexOctets > 0) {
      this.#touchIndexes(asked, b);
    } else if (count > 0 && objectOctets !== 0) {
      facts.touch(asked, group, 0, count); // objects that need no index, as the clock
    } else {
      facts.touch(asked, wholeSpace(objects), 0, 0);
      return true;
    }
    return false;
  }

  /** A list of indexes: one range per run of consecutive ones. */
  #touchIndexes(asked: number, b: Uint8Array): void {
    const { at, end, indexOctets, objectOctets, group } = objects;
    if (objectOctets === UNKNOWN) return;
    const stride = indexOctets + objectOctets;
    let ranges = 0;
    let first = -1;
    let last = -1;
    for (let next = at; next + stride <= end; next += stride) {
      const index = unsigned(b, next, indexOctets);
      if (first < 0) {
        first = index;
        last = index;
      } else if (index === last + 1) {
        last = index;
      } else if (ranges === MAX_RANGES - 1) {
        if (index < first) first = index;
        if (index > last) last = index;
      } else {
        this.#facts.touch(asked, group, first, last - first + 1);
        ranges++;
        first = index;
        last = index;
      }
    }
    if (first >= 0) this.#facts.touch(asked, group, first, last - first + 1);
  }

  /** The file that is opened, deleted, asked about, or activated as configuration. */
  #touchFile(asked: number, b: Uint8Array): void {
    const { variation, sizeOctets, end } = objects;
    const object = objects.at + sizeOctets;
    if (objects.count === 0 || object > end) return;
    const stop = Math.min(end, object + unsigned(b, objects.at, sizeOctets));
    if (variation === FileVariation.specification) {
      this.#facts.touchName(asked, Group.file, b, object, stop);
    } else if (variation === FileVariation.command || variation === FileVariation.descriptor) {
      if (stop - object < NAME_LENGTH + 2) return;
      const name = object + u16le(b, object + NAME_OFFSET);
      const nameEnd = name + u16le(b, object + NAME_LENGTH);
      if (name < nameEnd && nameEnd <= stop) this.#facts.touchName(asked, Group.file, b, name, nameEnd);
    }
  }

  #response(b: Uint8Array, at: number, end: number, unit: number, master: number): Outcome {
    const facts = this.#facts;
    const code = u8(b, at + FUNCTION);
    if (end - at < RESPONSE_OBJECTS) return Outcome.truncated;
    const control = u8(b, at);
    const refused = (u8(b, at + IIN2) & REFUSED) !== 0;
    this.#indications(u8(b, at + IIN1), u8(b, at + IIN2), unit);

    let points: number = NONE;
    if (code === FunctionCode.response) points = this.#answer(control, unit, master, refused);
    else if (code === FunctionCode.unsolicitedResponse) facts.response(facts.operation(code, unit), false);
    else if (code !== FunctionCode.authenticationResponse) return Outcome.unsupported;

    objects.open(b, at + RESPONSE_OBJECTS, end, code);
    let authenticated = false;
    let failed = false;
    while (objects.next()) {
      switch (objects.group) {
        case Group.deviceAttributes:
          this.#attributes(b, unit);
          break;
        case Group.binaryOutputCommand:
        case Group.analogOutputCommand:
          this.#controlStatus(b, unit);
          break;
        case Group.authentication:
          authenticated = true;
          failed ||= objects.variation === AUTHENTICATION_ERROR;
          break;
        default:
          if (points !== NONE && objects.ranged) facts.touch(points, objects.group, objects.first, objects.count);
      }
    }
    if (authenticated) this.#authenticated(About.sender, unit);
    if (code === FunctionCode.authenticationResponse) {
      this.#authenticationAnswer(control & SEQUENCE, unit, master, failed, failed || refused);
    }
    return objects.outcome;
  }

  /**
   * Counts a response: once, however many fragments it has. The later ones have sequence numbers of their own.
   * @returns the operation whose points the outstation chose, or NONE
   */
  #answer(control: number, unit: number, master: number, refused: boolean): number {
    if ((control & FIR) === 0) {
      const points = this.#answering === unit ? this.#answered : NONE;
      if ((control & FIN) !== 0) this.#answering = -1;
      return points;
    }
    const facts = this.#facts;
    const sequence = control & SEQUENCE;
    let asked = this.#outstanding.take(key(master, unit, sequence));
    if (asked === NONE) asked = this.#outstanding.take(key(master, SELF_ADDRESS, sequence));
    facts.response(asked === NONE ? facts.operation(FunctionCode.response, unit) : asked >> 1, refused);
    const points = asked !== NONE && (asked & 1) !== 0 ? asked >> 1 : NONE;
    this.#answering = (control & FIN) === 0 ? unit : -1;
    this.#answered = points;
    return points;
  }

  /** A key status, a challenge to a request that goes on waiting, or the error that ends it. */
  #authenticationAnswer(sequence: number, unit: number, master: number, failed: boolean, refused: boolean): void {
    const facts = this.#facts;
    const id = key(master, unit, sequence);
    let asked = this.#authenticating.take(id);
    if (asked === NONE && failed) {
      const challenged = this.#outstanding.take(id);
      if (challenged !== NONE) asked = challenged >> 1;
    }
    facts.response(asked === NONE ? facts.operation(FunctionCode.authenticationResponse, unit) : asked, refused);
  }

  #authenticated(about: About, unit: number): void {
    this.#facts.evidence(Source.authentication, about, unit, PRESENT, 0, PRESENT.length);
  }

  /** What the outstation's indications say of its state. */
  #indications(iin1: number, iin2: number, unit: number): void {
    if ((iin1 & (Iin1.deviceRestart | Iin1.deviceTrouble | Iin1.localControl)) !== 0) {
      if ((iin1 & Iin1.deviceRestart) !== 0) this.#state(Source.deviceRestart, unit);
      if ((iin1 & Iin1.deviceTrouble) !== 0) this.#state(Source.deviceTrouble, unit);
      if ((iin1 & Iin1.localControl) !== 0) this.#state(Source.localControl, unit);
    }
    if ((iin2 & Iin2.configCorrupt) !== 0) this.#state(Source.configurationCorrupt, unit);
  }

  #state(source: number, unit: number): void {
    this.#facts.evidence(source, About.sender, unit, PRESENT, 0, PRESENT.length);
  }

  /** Device attributes: data type, length and value, behind an index if the header says so. The index is the set. */
  #attributes(b: Uint8Array, unit: number): void {
    const source = attributeSource(objects.variation);
    const { indexOctets, sized } = objects;
    if (source < 0 || sized) return;
    let set = objects.first;
    for (let next = objects.at; next + indexOctets + 2 <= objects.end; set++) {
      if (indexOctets > 0) set = unsigned(b, next, indexOctets);
      next += indexOctets;
      const stop = next + attributeOctets(b, next);
      if (stop > objects.end) return;
      // sets other than 0 are the vendor's own
      if (set === 0) this.#facts.evidence(source, About.sender, unit, b, next, stop);
      next = stop;
    }
  }

  /** The statuses with which commands are echoed. */
  #controlStatus(b: Uint8Array, unit: number): void {
    const { indexOctets, objectOctets } = objects;
    const stride = indexOctets + objectOctets;
    if (objectOctets <= STATUS_FROM_END) return;
    for (let end = objects.at + stride; end <= objects.end; end += stride) {
      const status = end - STATUS_FROM_END;
      if (u8(b, status) !== 0) this.#facts.evidence(Source.controlStatus, About.sender, unit, b, status, end);
    }
  }
}

/** Lends a master's address to `evidence`. */
const ADDRESS = new Uint8Array(2);

/** Requests that no outstation answers: a Confirm answers itself, the others say "no acknowledgment". */
function isAnswered(code: number): boolean {
  switch (code) {
    case FunctionCode.confirm:
    case FunctionCode.directOperateNoAck:
    case FunctionCode.immediateFreezeNoAck:
    case FunctionCode.freezeClearNoAck:
    case FunctionCode.freezeAtTimeNoAck:
    case FunctionCode.authenticationRequestNoAck:
      return false;
    default:
      return true;
  }
}

/** What pairs an answer with its request, spread over the table: both addresses and the sequence number. */
function key(master: number, unit: number, sequence: number): number {
  return Math.imul((unit << 4) | sequence, 0x9e3779b1) ^ Math.imul(master, 0x85ebca6b);
}
