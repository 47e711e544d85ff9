/**
 * EtherNet/IP's encapsulation, after The CIP Networks Library Volume 2, section 2-3; least significant byte first:
 *
 *   0         2        4         8        12               20        24
 *   | command | length | session | status | sender context | options | data ...
 */
import { i32le, u8, u16le, u32le } from '../bytes.ts';
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
import { UNCONNECTED } from './calls.ts';
import { Cip, isReply, isRequest } from './cip.ts';
import { Command, commandNumber, Item, isCommand, isStatus, operation, REPLY, space } from './codes.ts';
import { Cpf } from './cpf.ts';
import { EVIDENCE, Source } from './evidence.ts';

const LENGTH = 2; // bytes after the header
const SESSION = 4;
const STATUS = 8;
const CONTEXT = 12;
const OPTIONS = 20; // always 0; a receiver drops messages in which it is not
const HEADER_BYTES = 24;

/** The longest data a header may announce (table 2-3.1). */
const MAX_DATA_BYTES = 65511;

/** Register Session: protocol version and option flags. */
const REGISTER_BYTES = 4;
const PROTOCOL_VERSION = 1;

/** Send RR Data and Send Unit Data: interface handle (0 for CIP) and time-out, then the packet's items. */
const ITEMS = HEADER_BYTES + 6;
/** Less than a packet without items is no data message. */
const LEAST_DATA_BYTES = ITEMS + 2 - HEADER_BYTES;
const SEQUENCE_BYTES = 2;

/** Identity item (table 2-6.3): version, socket address, then attributes as in the Identity object. */
const IDENTITY_SOCKET_ADDRESS = 2;
const IDENTITY_ATTRIBUTES = 18;
const IDENTITY_NAME = 32;

/** Service item (table 2-6.8): version, capability flags, then a name of 16 bytes. */
const SERVICE_NAME = 4;

export const enip: Protocol = {
  name: 'enip',
  tcpPorts: [44818],
  udpPorts: [44818],
  linked: true,

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: HEADER_BYTES + MAX_DATA_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      const command = u16le(b, at);
      const length = u16le(b, at + LENGTH);
      const status = u32le(b, at + STATUS);
      if (!isCommand(command) || !isStatus(status) || i32le(b, at + OPTIONS) !== 0) return NOT_A_PDU;
      return fitsCommand(command, length, status) ? HEADER_BYTES + length : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (!fitsHeader(b, at, end)) return Recognition.no;
    switch (u16le(b, at)) {
      case Command.nop: // a header that is mostly zeros may be anything
        return Recognition.no;
      case Command.registerSession:
        return end - at === HEADER_BYTES + REGISTER_BYTES && u32le(b, at + HEADER_BYTES) === PROTOCOL_VERSION
          ? Recognition.certain
          : Recognition.possible;
      case Command.listIdentity:
        return firstItem(b, at, end) === Item.identity ? Recognition.certain : Recognition.possible;
      case Command.listServices:
        return firstItem(b, at, end) === Item.service ? Recognition.certain : Recognition.possible;
      case Command.sendRRData:
      case Command.sendUnitData:
        return cipSender(b, at, end) === Sender.unknown ? Recognition.possible : Recognition.certain;
      default:
        return Recognition.possible;
    }
  },

  sender(b, at, end) {
    if (!fitsHeader(b, at, end)) return Sender.unknown;
    if (u32le(b, at + STATUS) !== 0) return Sender.server;
    switch (u16le(b, at)) {
      case Command.registerSession: // the session handle comes with the reply
        return u32le(b, at + SESSION) === 0 ? Sender.client : Sender.server;
      case Command.listTargets:
      case Command.listServices:
      case Command.listIdentity:
      case Command.listInterfaces:
        return end - at === HEADER_BYTES ? Sender.client : Sender.server;
      case Command.sendRRData:
      case Command.sendUnitData:
        return cipSender(b, at, end);
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new EnipDecoder(facts),
  operation,
  space,
  evidence: EVIDENCE,
};

/** Whether a command's data may be this long. A message that reports an error may come without any. */
function fitsCommand(command: number, length: number, status: number): boolean {
  if (length > MAX_DATA_BYTES) return false;
  if (status !== 0 && length === 0) return true;
  switch (command) {
    case Command.registerSession:
      return length === REGISTER_BYTES;
    case Command.unregisterSession:
      return length === 0;
    case Command.sendRRData:
    case Command.sendUnitData:
      return length >= LEAST_DATA_BYTES;
    default:
      return true;
  }
}

/** Whether `b[at, end)` is exactly one message by its header. */
function fitsHeader(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < HEADER_BYTES) return false;
  const length = u16le(b, at + LENGTH);
  const status = u32le(b, at + STATUS);
  return (
    end - at === HEADER_BYTES + length &&
    isCommand(u16le(b, at)) &&
    isStatus(status) &&
    i32le(b, at + OPTIONS) === 0 &&
    fitsCommand(u16le(b, at), length, status)
  );
}

/** The type of the first item of a List reply, or -1. */
function firstItem(b: Uint8Array, at: number, end: number): number {
  const items = at + HEADER_BYTES;
  if (end - items < 6 || u16le(b, items) === 0) return -1;
  return items + 6 + u16le(b, items + 4) <= end ? u16le(b, items + 2) : -1;
}

/** Who sent the CIP message in a data message; unknown when there is none that can be one. */
function cipSender(b: Uint8Array, at: number, end: number): Sender {
  if (end - at < ITEMS || u32le(b, at + HEADER_BYTES) !== 0) return Sender.unknown;
  if (probed.read(b, at + ITEMS, end) !== Outcome.ok) return Sender.unknown;
  const message = probed.dataAt + (probed.connected ? SEQUENCE_BYTES : 0);
  if (isRequest(b, message, probed.dataEnd)) return Sender.client;
  return isReply(b, message, probed.dataEnd) ? Sender.server : Sender.unknown;
}

const probed = new Cpf();

class EnipDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #cpf = new Cpf();
  #cip: Cip | undefined; // made when it is needed: discovery by UDP does without

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const command = u16le(b, at);
    const stop = at + HEADER_BYTES + u16le(b, at + LENGTH);
    const status = u32le(b, at + STATUS);
    this.#count(command, status, fromClient);
    if (!isCommand(command)) return Outcome.unsupported;
    const data = command === Command.sendRRData || command === Command.sendUnitData;
    if (data && status === 0) return this.#data(b, at, Math.min(stop, end), fromClient);
    if (stop > end) return Outcome.truncated;
    if (status !== 0) return Outcome.ok; // what was asked for is not in the message

    switch (command) {
      case Command.listIdentity:
      case Command.listServices:
        return fromClient ? Outcome.ok : this.#list(b, at + HEADER_BYTES, stop);
      case Command.startDtls:
        if (!fromClient) this.#secured(b, at, About.sender);
        return Outcome.ok;
      default:
        return Outcome.ok;
    }
  }

  lost(): void {
    this.#cip?.lost();
  }

  /** Nothing answers NOP and Unregister Session, and a server may send them itself: then nobody has asked. */
  #count(command: number, status: number, fromClient: boolean): void {
    const number = commandNumber(command);
    if (fromClient) this.#facts.request(number, NO_UNIT);
    else if (command !== Command.nop && command !== Command.unregisterSession) {
      this.#facts.response(this.#facts.operation(number, NO_UNIT), status !== 0);
    }
  }

  #data(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < ITEMS) return Outcome.truncated;
    if (u32le(b, at + HEADER_BYTES) !== 0) return Outcome.unsupported; // an interface other than CIP
    const cpf = this.#cpf;
    const outcome = cpf.read(b, at + ITEMS, end);
    if (cpf.secured) this.#secured(b, at, fromClient ? About.receiver : About.sender);
    if (outcome === Outcome.malformed || cpf.dataAt === cpf.dataEnd) return outcome;
    const delivered = cpf.connected ? this.#connected(b, at, fromClient) : this.#unconnected(b, at, fromClient);
    return outcome === Outcome.ok ? delivered : outcome;
  }

  #unconnected(b: Uint8Array, at: number, fromClient: boolean): Outcome {
    const { dataAt, dataEnd } = this.#cpf;
    if (u8(b, dataAt) >= REPLY === fromClient) return Outcome.unsupported; // asked by the server
    this.#cip ??= new Cip(this.#facts);
    const id = contextId(b, at);
    return fromClient
      ? this.#cip.request(b, dataAt, dataEnd, id, UNCONNECTED)
      : this.#cip.reply(b, dataAt, dataEnd, id, UNCONNECTED);
  }

  /** A sequence count and a message, which on a connection to something else than the Message Router is not CIP. */
  #connected(b: Uint8Array, at: number, fromClient: boolean): Outcome {
    const { dataAt, dataEnd, connection } = this.#cpf;
    if (dataEnd - dataAt < SEQUENCE_BYTES) return Outcome.truncated;
    const message = dataAt + SEQUENCE_BYTES;
    const fits = fromClient ? isRequest(b, message, dataEnd) : isReply(b, message, dataEnd);
    if (!fits) return Outcome.unsupported;
    this.#cip ??= new Cip(this.#facts);
    const id = u16le(b, dataAt) ^ Math.imul(i32le(b, at + SESSION), SPREAD);
    return fromClient
      ? this.#cip.request(b, message, dataEnd, id, connection)
      : this.#cip.reply(b, message, dataEnd, id, connection);
  }

  /** The items of a List Identity or List Services reply. */
  #list(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < 2) return Outcome.truncated;
    let next = at + 2;
    for (let left = u16le(b, at); left > 0; left--) {
      if (end - next < 4) return Outcome.truncated;
      const value = next + 4;
      const stop = value + u16le(b, next + 2);
      if (stop > end) return Outcome.truncated;
      switch (u16le(b, next)) {
        case Item.identity:
          if (!this.#identity(b, value, stop)) return Outcome.truncated;
          break;
        case Item.service:
          if (stop > value + SERVICE_NAME) {
            this.#facts.evidence(Source.service, About.sender, NO_UNIT, b, value + SERVICE_NAME, stop);
          }
          break;
        case Item.cipSecurity:
          this.#facts.evidence(Source.securityItem, About.sender, NO_UNIT, b, value, stop);
          break;
        default: // capabilities and usage: nothing that names a device
      }
      next = stop;
    }
    return Outcome.ok;
  }

  /** Vendor, device type, product code, revision and status are 16 bits each; then serial number, name, state. */
  #identity(b: Uint8Array, at: number, end: number): boolean {
    const name = at + IDENTITY_NAME;
    if (end <= name) return false;
    const facts = this.#facts;
    const socket = at + IDENTITY_SOCKET_ADDRESS;
    facts.evidence(Source.ownAddress, About.sender, NO_UNIT, b, socket, socket + 8);
    const attributes = at + IDENTITY_ATTRIBUTES;
    for (let i = 0; i < 5; i++) {
      const value = attributes + 2 * i;
      facts.evidence(Source.listIdentity + i, About.sender, NO_UNIT, b, value, value + 2);
    }
    facts.evidence(Source.listIdentity + 5, About.sender, NO_UNIT, b, name - 4, name);
    const nameEnd = name + 1 + u8(b, name);
    if (nameEnd > end) return false;
    facts.evidence(Source.listIdentity + 6, About.sender, NO_UNIT, b, name + 1, nameEnd);
    if (nameEnd < end) facts.evidence(Source.listIdentity + 7, About.sender, NO_UNIT, b, nameEnd, nameEnd + 1);
    return true;
  }

  #secured(b: Uint8Array, at: number, about: About): void {
    this.#facts.evidence(Source.securitySession, about, NO_UNIT, b, at, at + 2);
  }
}

/** Keeps the parts of an id from cancelling each other out. */
const SPREAD = 0x9e3779b1;

/** What a reply to an unconnected request repeats: session and sender context, as 32 bits. */
function contextId(b: Uint8Array, at: number): number {
  const context = i32le(b, at + CONTEXT) ^ Math.imul(i32le(b, at + CONTEXT + 4), SPREAD);
  return context ^ Math.imul(i32le(b, at + SESSION), SPREAD);
}
