/**
 * PROFINET's Discovery and basic Configuration Protocol, after IEC 61158-6-10, clause 4.3; network byte order:
 *
 *   0          2         3      4     8                  10       12
 *   | frame id | service | type | xid | response delay   | length | blocks ...
 *
 * A block is option, suboption and length of what follows; blocks begin at even offsets. In a Set request a qualifier
 * of two bytes stands before the value, in answers and in Hello two bytes of information, in Identify requests nothing.
 */
import { i32be, u8, u16be } from '../bytes.ts';
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
import { Block, FrameId, NOT_SUPPORTED, numbered, operation, REQUEST, Service, SUCCESS } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const SERVICE = 2;
const TYPE = 3;
const XID = 4;
const LENGTH = 10; // bytes of blocks
const BLOCKS = 12;

const BLOCK_HEADER_BYTES = 4;
const QUALIFIER_BYTES = 2;

/** IP parameter: address, mask, gateway; the full suite goes on with name servers. */
const GATEWAY = 8;
const IP_PARAMETER_BYTES = 12;
/** Set in the information of an IP block when another station uses the address. */
const ADDRESS_CONFLICT = 0x80;

const Space = { nameOfStation: 0, aliasName: 1 } as const;

export const profinetDcp: Protocol = {
  name: 'profinet-dcp',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x8892',

  recognise(b, at, end) {
    if (end - at < BLOCKS || u16be(b, at) < FrameId.hello || u16be(b, at) > FrameId.identifyResponse) {
      return Recognition.no;
    }
    const service = u8(b, at + SERVICE);
    const type = u8(b, at + TYPE);
    const known =
      service >= Service.get &&
      service <= Service.hello &&
      (type === REQUEST || type === SUCCESS || type === NOT_SUPPORTED);
    return known && u16be(b, at + LENGTH) <= end - at - BLOCKS ? Recognition.certain : Recognition.possible;
  },

  sender(b, at, end) {
    if (end - at < BLOCKS || u8(b, at + SERVICE) === Service.hello) return Sender.unknown; // nobody asked for a Hello
    return u8(b, at + TYPE) === REQUEST ? Sender.client : Sender.server;
  },

  open: (facts) => new DcpDecoder(facts),
  operation,
  space: (space) => (space === Space.aliasName ? 'alias-name' : 'name-of-station'),
  evidence: EVIDENCE,
};

/** What the bytes before a block's value are for. */
const Prefix = { none: 0, qualifier: 1, info: 2 } as const;
type Prefix = (typeof Prefix)[keyof typeof Prefix];

class DcpDecoder implements Decoder {
  readonly #facts: FactSink;
  /** By xid. A requester asks a station one thing at a time. */
  readonly #outstanding = new Outstanding(8);

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < BLOCKS) return Outcome.truncated;
    const stop = at + BLOCKS + u16be(b, at + LENGTH);
    const within = Math.min(stop, end); // the rest of a short frame is padding
    const outcome = u8(b, at + TYPE) === REQUEST ? this.#request(b, at, within) : this.#response(b, at, within);
    return stop > end ? Outcome.truncated : outcome;
  }

  #request(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const service = u8(b, at + SERVICE);
    const xid = i32be(b, at + XID);
    switch (service) {
      case Service.get: // options without length or value
        this.#outstanding.put(xid, facts.request(service, NO_UNIT));
        return Outcome.ok;
      case Service.identify: {
        const asked = facts.request(service, NO_UNIT);
        this.#outstanding.put(xid, asked);
        return this.#blocks(asked, Prefix.none, b, at + BLOCKS, end);
      }
      case Service.hello:
        facts.request(service, NO_UNIT);
        return this.#blocks(NONE, Prefix.info, b, at + BLOCKS, end);
      case Service.set: // each block is one operation, and is answered by one
        if (end - at < BLOCKS + BLOCK_HEADER_BYTES) facts.request(service, NO_UNIT);
        this.#outstanding.put(xid, facts.operation(firstSet(b, at + BLOCKS, end), NO_UNIT));
        return this.#blocks(NONE, Prefix.qualifier, b, at + BLOCKS, end);
      default:
        facts.request(service, NO_UNIT);
        return Outcome.unsupported;
    }
  }

  #response(b: Uint8Array, at: number, end: number): Outcome {
    const facts = this.#facts;
    const service = u8(b, at + SERVICE);
    const asked = this.#outstanding.take(i32be(b, at + XID));
    const refused = u8(b, at + TYPE) !== SUCCESS;
    if (service !== Service.set || refused) {
      facts.response(asked === NONE ? facts.operation(service, NO_UNIT) : asked, refused);
    }
    if (service < Service.get || service > Service.hello) return Outcome.unsupported;
    return this.#blocks(NONE, Prefix.info, b, at + BLOCKS, end, service === Service.set);
  }

  /** @param asked the Identify that these blocks filter, or NONE */
  #blocks(asked: number, prefix: Prefix, b: Uint8Array, at: number, end: number, ofSet = false): Outcome {
    let next = at;
    while (end - next >= BLOCK_HEADER_BYTES) {
      const block = u16be(b, next);
      const value = next + BLOCK_HEADER_BYTES;
      const stop = value + u16be(b, next + 2);
      if (stop > end) return Outcome.truncated;
      if (prefix === Prefix.none) this.#filter(asked, block, b, value, stop);
      else if (prefix === Prefix.qualifier) this.#set(block, b, value, stop);
      else if (block === Block.response) this.#result(ofSet, b, value, stop);
      else if (stop - value >= QUALIFIER_BYTES) this.#said(block, b, value, stop);
      next = stop + ((stop - next) & 1);
    }
    return next >= end ? Outcome.ok : Outcome.truncated;
  }

  /** A block of an Identify request: only stations that fit answer. */
  #filter(asked: number, block: number, b: Uint8Array, at: number, end: number): void {
    if (at === end) return;
    if (block === Block.nameOfStation) this.#facts.touchName(asked, Space.nameOfStation, b, at, end);
    else if (block === Block.aliasName) this.#facts.touchName(asked, Space.aliasName, b, at, end);
  }

  #set(block: number, b: Uint8Array, at: number, end: number): void {
    const facts = this.#facts;
    facts.request(numbered(Service.set, block), NO_UNIT);
    const value = at + QUALIFIER_BYTES;
    if (value >= end) return;
    if (block === Block.nameOfStation) facts.evidence(Source.nameGiven, About.receiver, NO_UNIT, b, value, end);
    else if ((block === Block.ipParameter || block === Block.fullIpSuite) && end - value >= IP_PARAMETER_BYTES) {
      facts.evidence(Source.ipAddressGiven, About.receiver, NO_UNIT, b, value, value + 4);
    }
  }

  /** Control/Response: the block that is answered, and 0 or why it was refused. */
  #result(ofSet: boolean, b: Uint8Array, at: number, end: number): void {
    if (!ofSet || end - at < 3) return;
    const operation = this.#facts.operation(numbered(Service.set, u16be(b, at)), NO_UNIT);
    this.#facts.response(operation, u8(b, at + 2) !== 0);
  }

  /** A block in which a station speaks of itself, with two bytes of information before the value. */
  #said(block: number, b: Uint8Array, at: number, end: number): void {
    const value = at + QUALIFIER_BYTES;
    switch (block) {
      case Block.typeOfStation:
        this.#tell(Source.typeOfStation, b, value, end);
        break;
      case Block.nameOfStation:
        this.#tell(Source.nameOfStation, b, value, end);
        break;
      case Block.deviceId:
        if (end - value < 4) break;
        this.#tell(Source.vendor, b, value, value + 2);
        this.#tell(Source.deviceId, b, value, value + 4);
        break;
      case Block.deviceRole:
        if (end - value >= 1) this.#tell(Source.deviceRole, b, value, value + 1);
        break;
      case Block.aliasName:
        this.#tell(Source.aliasName, b, value, end);
        break;
      case Block.oemDeviceId:
        if (end - value >= 4) this.#tell(Source.oemDeviceId, b, value, value + 4);
        break;
      case Block.ipParameter:
      case Block.fullIpSuite:
        if (end - value < IP_PARAMETER_BYTES) break;
        this.#tell(Source.ipAddress, b, value, value + 4);
        // a station without a gateway names itself
        if (i32be(b, value + GATEWAY) !== i32be(b, value)) {
          this.#tell(Source.gateway, b, value + GATEWAY, value + IP_PARAMETER_BYTES);
        }
        if ((u16be(b, at) & ADDRESS_CONFLICT) !== 0) this.#tell(Source.conflict, b, at, value);
        break;
      default:
        break;
    }
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}

/** The operation of a Set's first block: what an answer without blocks refuses. */
function firstSet(b: Uint8Array, at: number, end: number): number {
  return end - at >= BLOCK_HEADER_BYTES ? numbered(Service.set, u16be(b, at)) : Service.set;
}
