/**
 * DHCP (RFC 2131) and BOOTP (RFC 951). The fixed part, RFC 2131, section 2:
 *
 *   0    1       2      3      4     8      10      12       16       20       24       28       44      108     236
 *   | op | htype | hlen | hops | xid | secs | flags | ciaddr | yiaddr | siaddr | giaddr | chaddr | sname | file | options
 */
import { i32be, u8 } from '../bytes.ts';
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
import { MessageType, Option, operation } from './codes.ts';
import { EVIDENCE, Source } from './evidence.ts';

const OP = 0;
const HTYPE = 1;
const HLEN = 2;
const HOPS = 3;
const XID = 4;
const YIADDR = 16;
const GIADDR = 24;
const CHADDR = 28;
const FIXED_BYTES = 236;
const OPTIONS = 240;

const REQUEST = 1;
const REPLY = 2;
const ETHERNET = 1;
const MAC_BYTES = 6;
/** The first four octets of the options (RFC 2131, section 3). */
const MAGIC_COOKIE = 0x63825363;

/** Where no option of that kind was found. */
const ABSENT = -1;

export const dhcp: Protocol = {
  name: 'dhcp',
  tcpPorts: [],
  udpPorts: [67, 68],

  recognise(b, at, end) {
    if (end - at < FIXED_BYTES) return Recognition.no;
    const op = u8(b, at + OP);
    if (op !== REQUEST && op !== REPLY) return Recognition.no;
    if (u8(b, at + HLEN) > 16 || u8(b, at + HOPS) > 16) return Recognition.no;
    if (end - at >= OPTIONS && i32be(b, at + FIXED_BYTES) === MAGIC_COOKIE) return Recognition.certain;
    return u8(b, at + HTYPE) === ETHERNET && u8(b, at + HLEN) === MAC_BYTES ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end === at) return Sender.unknown;
    const op = u8(b, at + OP);
    return op === REQUEST ? Sender.client : op === REPLY ? Sender.server : Sender.unknown;
  },

  open: (facts) => new DhcpDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

/** Clients that boot together behind one relay; the next takes the place of one that was never answered. */
const OUTSTANDING = 16;

class DhcpDecoder implements Decoder {
  readonly #facts: FactSink;
  readonly #outstanding = new Outstanding(OUTSTANDING);
  // The options of the message in hand: where their values begin and end.
  #messageType = 0;
  #hostName = ABSENT;
  #hostNameEnd = 0;
  #fqdn = ABSENT;
  #fqdnEnd = 0;
  #router = ABSENT;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < FIXED_BYTES) return Outcome.truncated;
    const op = u8(b, at + OP);
    if (op !== REQUEST && op !== REPLY) return Outcome.malformed;
    const hasMac =
      u8(b, at + HTYPE) === ETHERNET && u8(b, at + HLEN) === MAC_BYTES && !isZero(b, at + CHADDR, MAC_BYTES);
    const mac = hasMac ? at + CHADDR : ABSENT;

    this.#messageType = 0;
    this.#hostName = ABSENT;
    this.#fqdn = ABSENT;
    this.#router = ABSENT;
    let outcome: Outcome = Outcome.ok;
    if (end - at >= OPTIONS && i32be(b, at + FIXED_BYTES) === MAGIC_COOKIE) {
      outcome = this.#options(b, at + OPTIONS, end, op === REQUEST ? mac : ABSENT);
    }
    if (op === REQUEST) this.#request(b, at);
    else this.#reply(b, at, mac);
    return outcome;
  }

  #request(b: Uint8Array, at: number): void {
    this.#outstanding.put(i32be(b, at + XID), this.#facts.request(this.#messageType, NO_UNIT));
    if (i32be(b, at + GIADDR) !== 0) {
      this.#facts.evidenceAbout(Source.relayed, at + GIADDR, 4, b, at + GIADDR, at + GIADDR + 4);
    }
  }

  #reply(b: Uint8Array, at: number, mac: number): void {
    const facts = this.#facts;
    const type = this.#messageType;
    // Its request came to the broadcast address, another flow: then the answer stands for itself.
    const asked = this.#outstanding.take(i32be(b, at + XID));
    facts.response(asked === NONE ? facts.operation(type, NO_UNIT) : asked, type === MessageType.nak);
    if (u8(b, at + HOPS) === 0) facts.evidence(Source.server, About.sender, NO_UNIT, b, at + OP, at + OP + 1);
    if (this.#router !== ABSENT) {
      facts.evidenceAbout(Source.router, this.#router, 4, b, this.#router, this.#router + 4);
    }
    const leased = type === MessageType.ack || type === 0;
    const address = at + YIADDR;
    if (!leased || i32be(b, address) === 0) return;
    if (mac !== ABSENT) {
      facts.evidenceAbout(Source.lease, mac, MAC_BYTES, b, address, address + 4);
      facts.evidenceAbout(Source.leaseholder, address, 4, b, mac, mac + MAC_BYTES);
    }
    // A server may hand the client's name back, or assign one.
    if (this.#hostName !== ABSENT) {
      facts.evidenceAbout(Source.hostName, address, 4, b, this.#hostName, this.#hostNameEnd);
    }
    if (this.#fqdn !== ABSENT) facts.evidenceAbout(Source.fqdn, address, 4, b, this.#fqdn, this.#fqdnEnd);
  }

  /** Reads the options, and what a client (its MAC address at `mac`) says of itself in them. */
  #options(b: Uint8Array, at: number, end: number, mac: number): Outcome {
    let next = at;
    while (next < end) {
      const option = u8(b, next);
      if (option === Option.end) return Outcome.ok;
      if (option === Option.pad) {
        next++;
        continue;
      }
      if (end - next < 2) return Outcome.truncated;
      const value = next + 2;
      const stop = value + u8(b, next + 1);
      if (stop > end) return Outcome.truncated;
      this.#option(option, b, value, stop, mac);
      next = stop;
    }
    return Outcome.ok;
  }

  #option(option: number, b: Uint8Array, at: number, end: number, mac: number): void {
    switch (option) {
      case Option.messageType:
        if (end > at) this.#messageType = u8(b, at);
        break;
      case Option.hostName:
        this.#hostName = at;
        this.#hostNameEnd = end;
        if (mac !== ABSENT) this.#facts.evidenceAbout(Source.hostName, mac, MAC_BYTES, b, at, end);
        break;
      case Option.fqdn:
        this.#fqdn = at;
        this.#fqdnEnd = end;
        if (mac !== ABSENT) this.#facts.evidenceAbout(Source.fqdn, mac, MAC_BYTES, b, at, end);
        break;
      case Option.vendorClass:
        if (mac === ABSENT) break;
        this.#facts.evidenceAbout(Source.vendorClass, mac, MAC_BYTES, b, at, end);
        this.#facts.evidenceAbout(Source.vendorProduct, mac, MAC_BYTES, b, at, end);
        this.#facts.evidenceAbout(Source.vendorSystem, mac, MAC_BYTES, b, at, end);
        break;
      case Option.clientIdentifier:
        if (mac !== ABSENT) this.#facts.evidenceAbout(Source.clientIdentifier, mac, MAC_BYTES, b, at, end);
        break;
      case Option.router:
        if (end - at >= 4 && i32be(b, at) !== 0) this.#router = at;
        break;
      default:
        break;
    }
  }
}

function isZero(b: Uint8Array, at: number, bytes: number): boolean {
  for (let i = at; i < at + bytes; i++) if (u8(b, i) !== 0) return false;
  return true;
}
