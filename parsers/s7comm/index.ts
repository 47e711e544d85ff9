/**
 * S7 communication of SIMATIC S7-200, S7-300 and S7-400 (and S7-1200 and S7-1500 where PUT/GET is permitted), on COTP:
 *
 *   0    1        2          4               6                  8             10
 *   | 32 | ROSCTR | reserved | PDU reference | parameter length | data length | [error class, code] | parameters | data
 *
 * Only answers (Ack, Ack-Data) have the error.
 */
import { u8, u16be } from '../bytes.ts';
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
import { touchBlockList, touchFile } from './blocks.ts';
import { ACCESS_NOT_ALLOWED, Group, Job, Rosctr, UserdataType } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';
import { space, touchItems } from './items.ts';
import { operation, piServiceNamed } from './operations.ts';
import { groupOf, REQUEST_BYTES, typeOf, UserdataDecoder } from './userdata.ts';

const PROTOCOL_ID = 0x32;

const ROSCTR = 1;
const PDU_REFERENCE = 4;
const PARAMETER_LENGTH = 6;
const DATA_LENGTH = 8;
const ERROR_CLASS = 10;
const HEADER = 10;
const ANSWER_HEADER = 12;

// Offsets in the parameters of a Job.
const ITEM_COUNT = 1; // of Read Var and Write Var
const ITEMS = 2;
const FILE_NAME = 8; // of up- and downloads: its length, then itself
const PI_ARGUMENT = 8; // of a PI Service: length in two bytes, argument, length of the service's name, name

export const s7comm: Protocol = {
  name: 's7comm',
  tcpPorts: [],
  udpPorts: [],
  over: 'cotp',

  recognise(b, at, end) {
    const parameters = parametersAt(b, at, end);
    if (parameters === NONE) return Recognition.no;
    const size = parameters - at + u16be(b, at + PARAMETER_LENGTH) + u16be(b, at + DATA_LENGTH);
    return size === end - at ? Recognition.certain : Recognition.no;
  },

  sender(b, at, end) {
    const parameters = parametersAt(b, at, end);
    if (parameters === NONE || parameters >= end) return Sender.unknown;
    const rosctr = u8(b, at + ROSCTR);
    if (rosctr === Rosctr.userdata) {
      return end - parameters < REQUEST_BYTES ? Sender.unknown : userdataSender(b, parameters);
    }
    if (!asksOnlyClient(u8(b, parameters))) return Sender.unknown;
    return rosctr === Rosctr.job ? Sender.client : Sender.server;
  },

  open: (facts) => new S7commDecoder(facts),
  operation,
  space,
  evidence: EVIDENCE,
};

/** Where the parameters of the PDU at `at` begin, or NONE when no PDU does. */
function parametersAt(b: Uint8Array, at: number, end: number): number {
  if (end - at < HEADER || u8(b, at) !== PROTOCOL_ID) return NONE;
  switch (u8(b, at + ROSCTR)) {
    case Rosctr.job:
    case Rosctr.userdata:
      return at + HEADER;
    case Rosctr.ack:
    case Rosctr.ackData:
      return end - at < ANSWER_HEADER ? NONE : at + ANSWER_HEADER;
    default:
      return NONE;
  }
}

/** During a download it is the station that asks the client for the block, and for its end. */
function asksOnlyClient(job: number): boolean {
  switch (job) {
    case Job.setupCommunication:
    case Job.readVar:
    case Job.writeVar:
    case Job.requestDownload:
    case Job.startUpload:
    case Job.upload:
    case Job.endUpload:
    case Job.piService:
    case Job.plcStop:
      return true;
    default:
      return false;
  }
}

/** BSEND and BRECV run between equals. */
function userdataSender(b: Uint8Array, parameters: number): Sender {
  if (groupOf(b, parameters) === Group.pbc) return Sender.unknown;
  switch (typeOf(b, parameters)) {
    case UserdataType.request:
      return Sender.client;
    case UserdataType.response:
    case UserdataType.push:
      return Sender.server;
    default:
      return Sender.unknown;
  }
}

class S7commDecoder implements Decoder {
  readonly #facts: FactSink;
  /** By PDU reference and who asked. Stations negotiate up to some twenty jobs in parallel. */
  readonly #outstanding = new Outstanding(64);
  readonly #userdata: UserdataDecoder;

  constructor(facts: FactSink) {
    this.#facts = facts;
    this.#userdata = new UserdataDecoder(facts, this.#outstanding);
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const parameters = parametersAt(b, at, end);
    if (parameters === NONE) return end - at < HEADER ? Outcome.truncated : Outcome.malformed;
    const data = parameters + u16be(b, at + PARAMETER_LENGTH);
    const stop = data + u16be(b, at + DATA_LENGTH);
    const reference = u16be(b, at + PDU_REFERENCE);
    if (data > end) return Outcome.truncated;
    switch (u8(b, at + ROSCTR)) {
      case Rosctr.job:
        return worst(this.#job(b, parameters, data, asker(reference, fromClient)), stop, end);
      case Rosctr.userdata: {
        if (data - parameters < REQUEST_BYTES) return Outcome.truncated;
        const key = asker(reference, fromClient === (typeOf(b, parameters) === UserdataType.request));
        return worst(this.#userdata.decode(b, parameters, data, Math.min(stop, end), key), stop, end);
      }
      default:
        return worst(
          this.#answer(b, at, parameters, data, Math.min(stop, end), asker(reference, !fromClient)),
          stop,
          end,
        );
    }
  }

  lost(fromClient: boolean): void {
    if (!fromClient) this.#userdata.lost(); // it is the station that sends lists
  }

  #job(b: Uint8Array, at: number, end: number, key: number): Outcome {
    const facts = this.#facts;
    if (at === end) return Outcome.truncated;
    const job = u8(b, at);
    const asked = facts.request(job === Job.piService ? piServiceOf(b, at, end) : job, NO_UNIT);
    this.#outstanding.put(key, asked);

    switch (job) {
      case Job.readVar:
      case Job.writeVar:
        if (end - at < ITEMS) return Outcome.truncated;
        return touchItems(facts, asked, u8(b, at + ITEM_COUNT), b, at + ITEMS, end);
      case Job.requestDownload:
      case Job.downloadBlock:
      case Job.downloadEnded:
      case Job.startUpload: {
        if (end - at <= FILE_NAME) return Outcome.truncated;
        const name = at + FILE_NAME + 1;
        const stop = name + u8(b, name - 1);
        if (stop > end) return Outcome.truncated;
        touchFile(facts, asked, b, name, stop);
        return Outcome.ok;
      }
      case Job.piService: {
        if (end - at < PI_ARGUMENT + 2) return Outcome.truncated;
        const argument = at + PI_ARGUMENT + 2;
        const stop = argument + u16be(b, at + PI_ARGUMENT);
        if (stop > end) return Outcome.truncated;
        touchBlockList(facts, asked, b, argument, stop);
        return Outcome.ok;
      }
      case Job.cpuServices:
      case Job.upload:
      case Job.endUpload:
      case Job.plcStop:
      case Job.setupCommunication:
        return Outcome.ok;
      default:
        return Outcome.unsupported;
    }
  }

  #answer(b: Uint8Array, at: number, parameters: number, data: number, end: number, key: number): Outcome {
    const facts = this.#facts;
    const asked = this.#outstanding.take(key);
    const refused = u8(b, at + ERROR_CLASS) !== 0;
    if (asked !== NONE) facts.response(asked, refused);
    else if (parameters < data) facts.response(facts.operation(u8(b, parameters), NO_UNIT), refused);
    if (refused)
      facts.evidence(Source.protectionError, About.sender, NO_UNIT, b, at + ERROR_CLASS, at + ERROR_CLASS + 2);
    if (refused || data - parameters < ITEMS) return Outcome.ok;
    switch (u8(b, parameters)) {
      case Job.readVar:
        return this.#values(b, u8(b, parameters + ITEM_COUNT), data, end);
      case Job.writeVar:
        return this.#writeResults(b, u8(b, parameters + ITEM_COUNT), data, end);
      default:
        return Outcome.ok;
    }
  }

  /** Of each item: return code, transport size, length, value; a fill byte follows values of odd length. */
  #values(b: Uint8Array, items: number, at: number, end: number): Outcome {
    let next = at;
    for (let left = items; left > 0; left--) {
      if (end - next < 4) return Outcome.truncated;
      this.#returnCode(b, next);
      const bytes = valueBytes(u8(b, next + 1), u16be(b, next + 2));
      next += 4 + bytes;
      if (next > end) return Outcome.truncated;
      next += bytes & 1;
    }
    return Outcome.ok;
  }

  #writeResults(b: Uint8Array, items: number, at: number, end: number): Outcome {
    if (at + items > end) return Outcome.truncated;
    for (let item = at; item < at + items; item++) this.#returnCode(b, item);
    return Outcome.ok;
  }

  #returnCode(b: Uint8Array, at: number): void {
    if (u8(b, at) === ACCESS_NOT_ALLOWED) {
      this.#facts.evidence(Source.accessNotAllowed, About.sender, NO_UNIT, b, at, at + 1);
    }
  }
}

/** What pairs an answer with its request: both ends may ask, each counts its own references. */
function asker(reference: number, client: boolean): number {
  return client ? reference : reference | 0x10000;
}

function worst(outcome: Outcome, stop: number, end: number): Outcome {
  return outcome === Outcome.ok && stop > end ? Outcome.truncated : outcome;
}

/** Transport sizes of values whose length counts bits: BIT, BYTE/WORD/DWORD, INTEGER. */
function valueBytes(transportSize: number, length: number): number {
  return transportSize >= 3 && transportSize <= 5 ? (length + 7) >>> 3 : length;
}

/** The operation number of the PI Service job at `at`. */
function piServiceOf(b: Uint8Array, at: number, end: number): number {
  if (end - at < PI_ARGUMENT + 2) return Job.piService;
  const name = at + PI_ARGUMENT + 2 + u16be(b, at + PI_ARGUMENT) + 1;
  if (name > end) return Job.piService;
  return piServiceNamed(b, name, Math.min(end, name + u8(b, name - 1)));
}
