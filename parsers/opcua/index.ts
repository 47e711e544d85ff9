/**
 * OPC UA on TCP with binary encoding: OPC UA Part 6 (1.05), 6.7 and 7.1. Everything is little-endian.
 *
 *   0      3       4      8                4         4          4            4
 *   | type | chunk | size | HEL: version, buffer and message sizes ...                     | endpoint URL
 *   | OPN  | F     | size | channel | policy URI, certificate, thumbprint | sequence | request | body ...
 *   | MSG  | F C A | size | channel | token                               | sequence | request | body ...
 *
 * A body is the NodeId of its type, then the structure. Where the channel is encrypted the numbers and the body
 * cannot be read; a body that is only signed can.
 */
import { u8, u16le, u24be, u32le } from '../bytes.ts';
import { NONE, Outstanding } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type FactSink,
  NO_UNIT,
  NOT_A_PDU,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { Chunk, MessageType, REQUEST_OF, SERVICES, Type } from './codes.ts';
import { cursor } from './cursor.ts';
import { EVIDENCE, Source } from './evidence.ts';
import { readClient, readEndpoints, readEndpointUrl, readServers, readUser } from './identity.ts';
import { AskedNodes } from './nodes.ts';

const TYPE = 0;
const CHUNK = 3;
const SIZE = 4;
const HEADER_BYTES = 8;

const POLICY = 12; // of an OPN
const SYMMETRIC_REQUEST_ID = 20; // of a MSG or CLO
const SYMMETRIC_BODY = 24;
const HELLO_URL = 28;

/**
 * The longest chunk. Part 6 leaves the limit to HEL and ACK; products announce 64 KiB, few of them 256. What is longer
 * is passed over until a segment begins a chunk.
 */
const MAX_CHUNK_BYTES = 1 << 18;

/** Publish requests wait at the server, a few for each subscription; other requests are answered at once. */
const OUTSTANDING = 64;

/** Operation numbers of their own; the others are the ids of the requests. */
const Own = { hello: 1, secured: 2 } as const;

/** Severity "Bad" of a StatusCode (Part 4, 7.39). */
const BAD = 0x80000000;

export const opcua: Protocol = {
  name: 'opcua',
  tcpPorts: [4840],
  udpPorts: [],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: MAX_CHUNK_BYTES,
    selfSynchronising: false,
    frame,
  },

  recognise: (b, at, end) =>
    end - at >= HEADER_BYTES && frame(b, at) === end - at ? Recognition.certain : Recognition.no,

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    switch (u24be(b, at + TYPE)) {
      case MessageType.hello:
      case MessageType.close:
        return Sender.client;
      case MessageType.acknowledge:
      case MessageType.reverseHello:
        return Sender.server;
      case MessageType.open:
      case MessageType.message: {
        const body = bodyAt(b, at, end);
        const id = body < 0 ? NONE : typeAt(b, body, end);
        if (id === Type.serviceFault || REQUEST_OF.has(id)) return Sender.server;
        return SERVICES.has(id) ? Sender.client : Sender.unknown;
      }
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new OpcUaDecoder(facts),
  operation,
  space: (space) => `ns=${space}`,
  evidence: EVIDENCE,
};

function frame(b: Uint8Array, at: number): number {
  const size = u32le(b, at + SIZE);
  const chunk = u8(b, at + CHUNK);
  let least: number;
  switch (u24be(b, at + TYPE)) {
    case MessageType.hello:
      least = HELLO_URL + 4;
      break;
    case MessageType.acknowledge:
      least = HELLO_URL;
      break;
    case MessageType.error:
    case MessageType.reverseHello:
      least = HEADER_BYTES + 8;
      break;
    case MessageType.open:
      least = POLICY + 12;
      break;
    case MessageType.close:
      least = SYMMETRIC_BODY;
      break;
    case MessageType.message:
      if (chunk === Chunk.continued || chunk === Chunk.aborted) return within(SYMMETRIC_BODY, size);
      least = SYMMETRIC_BODY;
      break;
    default:
      return NOT_A_PDU;
  }
  return chunk === Chunk.final ? within(least, size) : NOT_A_PDU;
}

function within(least: number, size: number): number {
  return size >= least && size <= MAX_CHUNK_BYTES ? size : NOT_A_PDU;
}

function operation(number: number): Operation {
  if (number === Own.hello) return { code: 'hel', name: 'Hello', access: 'session' };
  // what an encrypted message asks for is not known, and not guessed
  if (number === Own.secured) return { code: 'secured', name: 'Secured Message', access: 'session' };
  if (number === Type.serviceFault) return { code: '397', name: 'ServiceFault', access: 'session' };
  const service = SERVICES.get(number);
  return { code: `${number}`, name: service?.[1] ?? `Service ${number}`, access: service?.[2] ?? 'write' };
}

/** Where the body of an OPN or MSG begins, were it not encrypted; NONE where the headers do not fit. */
function bodyAt(b: Uint8Array, at: number, end: number): number {
  if (u24be(b, at + TYPE) !== MessageType.open) return SYMMETRIC_BODY <= end - at ? at + SYMMETRIC_BODY : NONE;
  cursor.open(b, at, end);
  cursor.skip(POLICY);
  for (let i = 0; i < 3; i++) cursor.string(); // policy, certificate, thumbprint
  cursor.skip(8);
  return cursor.ok ? cursor.at : NONE;
}

/** The id of the type whose NodeId is at `at`: in namespace 0, where all services are (Part 6, 5.2.2.9), else NONE. */
function typeAt(b: Uint8Array, at: number, end: number): number {
  if (end - at < 4 || u8(b, at) !== 1 || u8(b, at + 1) !== 0) return NONE;
  return u16le(b, at + 2);
}
const TYPE_BYTES = 4;

class OpcUaDecoder implements Decoder {
  readonly #facts: FactSink;
  /** By request id. */
  readonly #outstanding = new Outstanding(OUTSTANDING);
  readonly #nodes = new AskedNodes();
  /** Whether the next chunk of a direction goes on with a message whose type was in an earlier one. */
  #clientGoesOn = false;
  #serverGoesOn = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const short = u32le(b, at + SIZE) > end - at;
    let outcome: Outcome = Outcome.ok;
    switch (u24be(b, at + TYPE)) {
      case MessageType.hello:
        facts.request(Own.hello, NO_UNIT);
        cursor.open(b, at, end);
        cursor.skip(HELLO_URL);
        readEndpointUrl(facts, cursor, About.receiver);
        outcome = cursor.ok ? Outcome.ok : Outcome.truncated;
        break;
      case MessageType.acknowledge:
        facts.response(facts.operation(Own.hello, NO_UNIT), false);
        break;
      case MessageType.error:
        facts.response(facts.operation(Own.hello, NO_UNIT), true);
        break;
      case MessageType.reverseHello:
        cursor.open(b, at, end);
        cursor.skip(HEADER_BYTES);
        cursor.string(); // server URI
        readEndpointUrl(facts, cursor, About.sender);
        outcome = cursor.ok ? Outcome.ok : Outcome.truncated;
        break;
      case MessageType.open:
        outcome = this.#open(b, at, end, fromClient);
        break;
      case MessageType.close:
        facts.request(Type.closeRequest, NO_UNIT); // nobody answers it
        break;
      case MessageType.message:
        outcome = this.#message(b, at, end, fromClient);
        break;
      default:
        return Outcome.malformed;
    }
    return short && outcome === Outcome.ok ? Outcome.truncated : outcome;
  }

  lost(fromClient: boolean): void {
    if (fromClient) this.#clientGoesOn = false;
    else this.#serverGoesOn = false;
  }

  /** Opening a secure channel, or renewing it: the policy is always readable, what follows only where it is None. */
  #open(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const facts = this.#facts;
    cursor.open(b, at, end);
    cursor.skip(POLICY);
    cursor.string();
    if (!cursor.ok) return Outcome.truncated;
    const { valueAt, valueEnd } = cursor;
    const body = bodyAt(b, at, end);
    const id = body < 0 ? NONE : typeAt(b, body, end);
    const isAnswer = id === Type.openResponse || id === Type.serviceFault;
    const isRequest = id === Type.openRequest || (fromClient && !isAnswer);
    facts.evidence(Source.policy, isRequest ? About.receiver : About.sender, NO_UNIT, b, valueAt, valueEnd);
    if (isRequest) {
      facts.request(Type.openRequest, NO_UNIT);
    } else {
      facts.response(facts.operation(Type.openRequest, NO_UNIT), id === Type.serviceFault);
    }
    return body < 0 ? Outcome.truncated : Outcome.ok;
  }

  #message(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const goesOn = fromClient ? this.#clientGoesOn : this.#serverGoesOn;
    const last = u8(b, at + CHUNK) !== Chunk.continued;
    if (fromClient) this.#clientGoesOn = !last;
    else this.#serverGoesOn = !last;
    if (goesOn || u8(b, at + CHUNK) === Chunk.aborted) return Outcome.ok;

    const facts = this.#facts;
    const body = at + SYMMETRIC_BODY;
    if (end - body < TYPE_BYTES) return Outcome.truncated;
    const request = u32le(b, at + SYMMETRIC_REQUEST_ID);
    const id = typeAt(b, body, end);
    if (SERVICES.has(id)) {
      const asked = facts.request(id, NO_UNIT);
      this.#outstanding.put(request, asked);
      cursor.open(b, body + TYPE_BYTES, end);
      this.#request(asked, id, request);
    } else if (id === Type.serviceFault || REQUEST_OF.has(id)) {
      cursor.open(b, body + TYPE_BYTES, end);
      this.#response(id, request);
    } else if (fromClient) {
      facts.request(Own.secured, NO_UNIT);
      return Outcome.ok;
    } else {
      facts.response(facts.operation(Own.secured, NO_UNIT), false);
      return Outcome.ok;
    }
    // a chunk that goes on may end anywhere
    return cursor.ok || !last ? Outcome.ok : Outcome.truncated;
  }

  #request(asked: number, id: number, request: number): void {
    const facts = this.#facts;
    cursor.requestHeader();
    switch (id) {
      case Type.readRequest:
        this.#nodes.read(facts, asked, request, cursor);
        break;
      case Type.writeRequest:
        this.#nodes.write(facts, asked, cursor);
        break;
      case Type.callRequest:
        this.#nodes.call(facts, asked, cursor);
        break;
      case Type.createMonitoredItemsRequest:
        this.#nodes.monitor(facts, asked, cursor);
        break;
      case Type.createSessionRequest:
        readClient(facts, cursor);
        break;
      case Type.activateSessionRequest:
        readUser(facts, cursor);
        break;
      default:
    }
  }

  #response(id: number, request: number): void {
    const facts = this.#facts;
    let refused = cursor.responseHeader() >= BAD || id === Type.serviceFault;
    if (!refused && (id === Type.writeResponse || id === Type.callResponse)) refused = isBadFirst(id);
    const asked = this.#outstanding.take(request);
    facts.response(asked !== NONE ? asked : facts.operation(REQUEST_OF.get(id) ?? id, NO_UNIT), refused);
    if (refused) return;
    switch (id) {
      case Type.getEndpointsResponse:
        readEndpoints(facts, cursor);
        break;
      case Type.findServersResponse:
        readServers(facts, cursor);
        break;
      case Type.createSessionResponse:
        cursor.nodeId(); // session
        cursor.nodeId(); // authentication token
        cursor.skip(8); // timeout
        cursor.string(); // nonce
        cursor.string(); // certificate
        readEndpoints(facts, cursor);
        break;
      case Type.readResponse:
        this.#nodes.values(facts, request, cursor);
        break;
      default:
    }
  }
}

/** Whether a value written was declined (any of them), or the first method called. */
function isBadFirst(id: number): boolean {
  let left = cursor.count();
  if (id === Type.callResponse) left = Math.min(left, 1);
  for (; left > 0 && cursor.ok; left--) if (cursor.u32() >= BAD) return true;
  return false;
}
