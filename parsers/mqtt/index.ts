/**
 * MQTT 3.1 to 5 (OASIS MQTT Version 3.1.1 and 5.0, section 2.1): type and flags, the remaining length in one to four
 * bytes of seven bits, then the packet. Only its start is looked at: payloads are passed over.
 */
import { u8, u16be } from '../bytes.ts';
import { HeadReader, type HeadTaker, type Measure } from '../heads.ts';
import { ascii, isPrintable, startsWith } from '../lines.ts';
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
import { EVIDENCE, operation, Packet, Source } from './codes.ts';

/** Protocol names of CONNECT: 3.1.1 and 5, and 3.1. */
const MQTT = ascii('\x00\x04MQTT');
const MQISDP = ascii('\x00\x06MQIsdp');

const SPARKPLUG = ascii('spBv1.0/');

/** CONNECT and topics fit; the specification lets both grow to 64 KiB. */
const HEAD_BYTES = 512;

const Flag = { password: 0x40, userName: 0x80 } as const;

const MEASURE: Measure = {
  headerBytes: 2,
  headBytes: HEAD_BYTES,
  size(b, at, end) {
    const type = u8(b, at) >>> 4;
    const flags = u8(b, at) & 0x0f;
    if (type === 0 || (type !== Packet.publish && flags !== (NEEDS_FLAG_2.includes(type) ? 2 : 0))) return -1;
    let length = 0;
    for (let i = 0; i < 4; i++) {
      if (at + 1 + i === end) return 0;
      const byte = u8(b, at + 1 + i);
      length |= (byte & 0x7f) << (7 * i);
      if (byte < 0x80) return 2 + i + length;
    }
    return -1;
  },
};

/** PUBREL, SUBSCRIBE and UNSUBSCRIBE (2.2.2). */
const NEEDS_FLAG_2: readonly number[] = [6, 8, 10];

export const mqtt: Protocol = {
  name: 'mqtt',
  tcpPorts: [1883],
  udpPorts: [],

  recognise(b, at, end) {
    if (end - at < 2) return Recognition.no;
    const size = MEASURE.size(b, at, end);
    if (size <= 0) return Recognition.no;
    const type = u8(b, at) >>> 4;
    const body = bodyAt(b, at);
    if (type === Packet.connect) return isConnect(b, body, end) ? Recognition.certain : Recognition.no;
    if (size !== end - at) return Recognition.no; // packets share a segment, but the first then is no proof
    switch (type) {
      case Packet.publish:
        return isTopic(b, body, end) ? Recognition.possible : Recognition.no;
      case Packet.connectAck:
        return end - body >= 2 && u8(b, body) <= 1 ? Recognition.possible : Recognition.no;
      case Packet.subscribe:
      case Packet.unsubscribe:
        return end - body > 4 ? Recognition.possible : Recognition.no;
      case Packet.pingRequest:
      case Packet.pingResponse:
        return body === end ? Recognition.possible : Recognition.no;
      case Packet.subscribeAck:
      case Packet.unsubscribeAck:
        return end - body >= 2 && end - body <= 64 ? Recognition.possible : Recognition.no;
      default: // acknowledgments: a packet identifier, in version 5 a reason and no properties
        return end - body <= 4 ? Recognition.possible : Recognition.no;
    }
  },

  sender(b, at, end) {
    if (end - at < 2) return Sender.unknown;
    switch (u8(b, at) >>> 4) {
      case Packet.connect:
      case Packet.subscribe:
      case Packet.unsubscribe:
      case Packet.pingRequest:
        return Sender.client;
      case Packet.connectAck:
      case Packet.subscribeAck:
      case Packet.unsubscribeAck:
      case Packet.pingResponse:
        return Sender.server;
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new MqttDecoder(facts),
  operation,
  space: () => 'topic',
  evidence: EVIDENCE,
};

/** Behind the remaining length, which `size` has found whole. */
function bodyAt(b: Uint8Array, at: number): number {
  let next = at + 1;
  while (u8(b, next) >= 0x80) next++;
  return next + 1;
}

function isConnect(b: Uint8Array, at: number, end: number): boolean {
  return startsWith(MQTT, b, at, end) || startsWith(MQISDP, b, at, end);
}

/** A topic's length and a printable text without wildcards (4.7.1). */
function isTopic(b: Uint8Array, at: number, end: number): boolean {
  if (end - at < 3) return false;
  const stop = at + 2 + u16be(b, at);
  return stop > at + 2 && stop <= end && isPrintable(b, at + 2, stop);
}

class MqttDecoder implements Decoder, HeadTaker {
  readonly #facts: FactSink;
  readonly #client = new HeadReader(MEASURE, this, true);
  readonly #server = new HeadReader(MEASURE, this, false);
  #outcome: Outcome = Outcome.ok;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#outcome = Outcome.ok;
    return (fromClient ? this.#client : this.#server).push(b, at, end) ? this.#outcome : Outcome.malformed;
  }

  lost(fromClient: boolean): void {
    (fromClient ? this.#client : this.#server).lost();
  }

  head(b: Uint8Array, at: number, end: number, _size: number, fromClient: boolean): void {
    const type = u8(b, at) >>> 4;
    const body = bodyAt(b, at);
    switch (type) {
      case Packet.publish:
        this.#publish(b, body, end, fromClient);
        return;
      case Packet.connectAck:
        if (end - body < 2) this.#outcome = Outcome.truncated;
        else this.#facts.response(this.#facts.operation(Packet.connect, NO_UNIT), u8(b, body + 1) !== 0);
        return;
      case Packet.subscribeAck:
      case Packet.unsubscribeAck:
        this.#facts.response(this.#facts.operation(type - 1, NO_UNIT), end > body + 2 && u8(b, end - 1) >= 0x80);
        return;
      case Packet.pingResponse:
        this.#facts.response(this.#facts.operation(Packet.pingRequest, NO_UNIT), false);
        return;
      case Packet.connect:
        this.#facts.request(type, NO_UNIT);
        this.#connect(b, body, end);
        return;
      case Packet.subscribe:
      case Packet.unsubscribe:
        this.#subscribe(type, b, body, end);
        return;
      case Packet.pingRequest:
      case Packet.disconnect:
      case Packet.auth:
        if (fromClient) this.#facts.request(type, NO_UNIT);
        return;
    }
  }

  /** Protocol name, level, flags, keep-alive, from version 5 on properties, then the client's identifier (3.1). */
  #connect(b: Uint8Array, at: number, end: number): void {
    if (end - at < 2) return;
    let next = at + 2 + u16be(b, at);
    if (end - next < 6) {
      this.#outcome = Outcome.truncated;
      return;
    }
    const level = u8(b, next);
    const flags = u8(b, next + 1);
    this.#facts.evidence(Source.version, About.sender, NO_UNIT, b, next, next + 1);
    if ((flags & (Flag.userName | Flag.password)) !== 0) {
      this.#facts.evidence(Source.login, About.receiver, NO_UNIT, b, next, next + 1);
    }
    next += 4;
    if (level >= 5) {
      let properties = 0;
      for (let i = 0; i < 4 && next < end; i++) {
        const byte = u8(b, next++);
        properties |= (byte & 0x7f) << (7 * i);
        if (byte < 0x80) break;
      }
      next += properties;
    }
    if (end - next < 2) return;
    const stop = next + 2 + u16be(b, next);
    if (stop > next + 2 && stop <= end) {
      this.#facts.evidence(Source.clientId, About.sender, NO_UNIT, b, next + 2, stop);
    }
  }

  #publish(b: Uint8Array, at: number, end: number, fromClient: boolean): void {
    const topic = at + 2;
    const stop = end - at < 2 ? end + 1 : topic + u16be(b, at);
    const command = stop <= end && isSparkplugCommand(b, topic, stop);
    const code = command ? Packet.command : fromClient ? Packet.publish : Packet.deliver;
    const asked = this.#facts.request(code, NO_UNIT);
    if (stop > end) {
      this.#outcome = Outcome.truncated;
      return;
    }
    if (stop > topic) this.#facts.touchName(asked, 0, b, topic, stop); // an alias of version 5 has none
    if (fromClient && !command && startsWith(SPARKPLUG, b, topic, stop)) {
      this.#facts.evidence(Source.sparkplug, About.sender, NO_UNIT, b, topic, stop);
    }
  }

  /** Packet identifier, in version 5 properties, then each filter's length and text; of several the first is told. */
  #subscribe(type: number, b: Uint8Array, at: number, end: number): void {
    const asked = this.#facts.request(type, NO_UNIT);
    for (let next = at + 2; next <= at + 3 && end - next >= 3; next++) {
      const stop = next + 2 + u16be(b, next);
      if (stop > next + 2 && stop <= end && isPrintable(b, next + 2, stop)) {
        this.#facts.touchName(asked, 0, b, next + 2, stop);
        return;
      }
    }
  }
}

/** `spBv1.0/group/NCMD/node` or `DCMD`: a command to a node or a device (Sparkplug 3.0.0, section 4.1). */
function isSparkplugCommand(b: Uint8Array, at: number, end: number): boolean {
  if (!startsWith(SPARKPLUG, b, at, end)) return false;
  let next = at + SPARKPLUG.length;
  while (next < end && b[next] !== 0x2f) next++;
  return startsWith(NODE_COMMAND, b, next, end) || startsWith(DEVICE_COMMAND, b, next, end);
}

const NODE_COMMAND = ascii('/NCMD/');
const DEVICE_COMMAND = ascii('/DCMD/');
