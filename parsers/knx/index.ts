/**
 * KNXnet/IP, after KNX Standard 03_08 (KNXnet/IP) and 03_06_03 (cEMI), network byte order:
 *
 *   0      1      2         4              6
 *   | 0x06 | 0x10 | service | total length | body ...
 */
import { u8, u16be } from '../bytes.ts';
import {
  About,
  type Decoder,
  type Described,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  NOT_A_PDU,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { hex, hexNumber, text } from '../text.ts';
import { Cemi, requestOf, SERVICES, Service, TELEGRAMS } from './codes.ts';

const HEADER_SIZE = 0x06;
const VERSION = 0x10;
const SERVICE = 2;
const TOTAL_LENGTH = 4;
const HEADER_BYTES = 6;
/** cEMI frames and secure wrappers are short; descriptions hold a few blocks. */
const MAX_PDU_BYTES = 1024;

/** Of a tunnelling or configuration request, before the cEMI frame: size, channel, sequence, status. */
const CONNECTION_HEADER_BYTES = 4;
/** Control endpoint, before the description of a search response. */
const ENDPOINT_BYTES = 8;

/** Description blocks (03_08_02, section 7.5.4). */
const DEVICE_INFORMATION = 0x01;
const DEVICE_INFORMATION_BYTES = 54;

/** Indices into EVIDENCE. */
const Source = { name: 0, serial: 1, mac: 2, address: 3, programming: 4, deviceType: 5, secure: 6 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'knx.device-information.friendly-name',
    words: 'KNXnet/IP device information DIB, friendly name',
    field: 'name',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'knx.device-information.serial-number',
    words: 'KNXnet/IP device information DIB, serial number',
    field: 'serial',
    confidence: 0.95,
    render: serial,
  },
  {
    name: 'knx.device-information.mac-address',
    words: 'KNXnet/IP device information DIB, MAC address',
    field: 'address',
    confidence: 0.95,
    render: mac,
  },
  {
    name: 'knx.device-information.individual-address',
    words: 'KNXnet/IP device information DIB, individual address',
    field: 'address',
    confidence: 0.9,
    render: individualAddress,
  },
  {
    name: 'knx.device-information.status',
    words: 'KNXnet/IP device information DIB, device status',
    field: 'state',
    confidence: 0.9,
    render: (b, at) => ((u8(b, at) & 1) === 0 ? null : 'programming mode'),
  },
  {
    name: 'knx.device-information',
    words: 'KNXnet/IP device information DIB',
    field: 'device-type',
    confidence: 0.8,
    render: () => 'KNX IP interface or router',
  },
  {
    name: 'knx.secure-wrapper',
    words: 'KNXnet/IP SECURE_WRAPPER',
    field: 'protection',
    confidence: 0.9,
    render: () => 'KNX IP Secure',
  },
];

function serial(b: Uint8Array, at: number, end: number): string | null {
  const digits = hex(b, at, end);
  return /^0+$/.test(digits) ? null : digits;
}

function mac(b: Uint8Array, at: number, end: number): string {
  return hex(b, at, end).replace(/..(?=.)/g, '$&:');
}

function individualAddress(b: Uint8Array, at: number): string {
  return `KNX ${u8(b, at) >> 4}.${u8(b, at) & 0x0f}.${u8(b, at + 1)}`;
}

/** Operation numbers of telegrams lie beyond those of services. */
const TELEGRAM = 0x10000;

const GROUP_SPACE = 0;
const INDIVIDUAL_SPACE = 1;

export const knx: Protocol = {
  name: 'knx',
  tcpPorts: [3671],
  udpPorts: [3671],

  stream: {
    headerBytes: HEADER_BYTES,
    maxPduBytes: MAX_PDU_BYTES,
    selfSynchronising: false,
    frame(b, at) {
      const size = u16be(b, at + TOTAL_LENGTH);
      const fits = u8(b, at) === HEADER_SIZE && u8(b, at + 1) === VERSION && isService(u16be(b, at + SERVICE));
      return fits && size >= HEADER_BYTES && size <= MAX_PDU_BYTES ? size : NOT_A_PDU;
    },
  },

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES || u8(b, at) !== HEADER_SIZE || u8(b, at + 1) !== VERSION) return Recognition.no;
    return isService(u16be(b, at + SERVICE)) && u16be(b, at + TOTAL_LENGTH) === end - at
      ? Recognition.certain
      : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < HEADER_BYTES) return Sender.unknown;
    const service = u16be(b, at + SERVICE);
    switch (service) {
      case Service.tunnellingRequest: {
        const cemi = at + HEADER_BYTES + CONNECTION_HEADER_BYTES;
        if (end <= cemi) return Sender.unknown;
        return u8(b, cemi) === Cemi.dataRequest ? Sender.client : Sender.server;
      }
      // each end may send these
      case Service.disconnectRequest:
      case Service.disconnectResponse:
      case Service.configurationRequest:
      case Service.configurationAck:
      case Service.tunnellingAck:
        return Sender.unknown;
      default:
        if (service >= Service.routingIndication) return Sender.unknown; // to all, or secured
        return requestOf(service) === 0 ? Sender.client : Sender.server;
    }
  },

  open: (facts) => new KnxDecoder(facts),
  operation,
  space: (space) => (space === GROUP_SPACE ? 'group-address' : 'individual-address'),
  evidence: EVIDENCE,
};

function isService(service: number): boolean {
  return SERVICES.has(service) || requestOf(service) !== 0;
}

function operation(number: number): Operation {
  if (number >= TELEGRAM) {
    const apci = number - TELEGRAM;
    const [name, access, effect]: Described = TELEGRAMS[apci] ?? ['Telegram', 'write'];
    return { code: `apci.${apci}`, name, access, effect };
  }
  const code = hexNumber(number, 4);
  const [name, access] = SERVICES.get(number) ?? [`Service ${code}`, 'write' as const];
  return { code, name, access };
}

class KnxDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const facts = this.#facts;
    const service = u16be(b, at + SERVICE);
    const body = at + HEADER_BYTES;
    const request = requestOf(service);
    if (request !== 0) {
      facts.response(facts.operation(request, NO_UNIT), isRefusal(service, b, body, end));
      switch (service) {
        case Service.searchResponse:
        case Service.searchResponseExtended:
          return this.#description(b, body + ENDPOINT_BYTES, end);
        case Service.descriptionResponse:
          return this.#description(b, body, end);
        default:
          return Outcome.ok;
      }
    }
    if (!SERVICES.has(service)) return Outcome.unsupported;
    const asked = facts.request(service, NO_UNIT);
    switch (service) {
      case Service.tunnellingRequest:
        return this.#cemi(b, body + CONNECTION_HEADER_BYTES, end, asked);
      case Service.routingIndication:
        return this.#cemi(b, body, end, asked);
      case Service.secureWrapper:
        facts.evidence(Source.secure, About.sender, NO_UNIT, b, at, at + HEADER_SIZE - 2);
        return Outcome.ok;
      default:
        return Outcome.ok;
    }
  }

  /** A link layer frame: message code, additional information, control, source, destination, length, APDU. */
  #cemi(b: Uint8Array, at: number, end: number, carrier: number): Outcome {
    if (end - at < 2) return Outcome.truncated;
    const code = u8(b, at);
    const control = at + 2 + u8(b, at + 1);
    if (end - control < 9) return code === Cemi.dataRequest ? Outcome.truncated : Outcome.ok;
    const application = control + 7;
    const apci = ((u8(b, application) & 0x03) << 2) | (u8(b, application + 1) >> 6);
    const numbered = (u8(b, application) & 0x80) !== 0; // transport control: no application service
    const length = u8(b, control + 6);
    if (numbered || length === 0) return Outcome.ok;
    const facts = this.#facts;
    const destination = u16be(b, control + 4);
    const space = (u8(b, control + 1) & 0x80) !== 0 ? GROUP_SPACE : INDIVIDUAL_SPACE;
    switch (code) {
      case Cemi.dataRequest:
        facts.touch(facts.request(TELEGRAM | apci, NO_UNIT), space, destination, 1);
        return Outcome.ok;
      case Cemi.dataConfirmation:
        facts.response(facts.operation(TELEGRAM | apci, NO_UNIT), (u8(b, control) & 1) !== 0);
        return Outcome.ok;
      case Cemi.dataIndication:
        facts.touch(carrier, space, destination, 1);
        return Outcome.ok;
      default:
        return Outcome.ok;
    }
  }

  /** Blocks of size, type and content. */
  #description(b: Uint8Array, at: number, end: number): Outcome {
    let next = at;
    while (end - next >= 2) {
      const size = u8(b, next);
      if (size < 2 || size > end - next) return Outcome.truncated;
      if (u8(b, next + 1) === DEVICE_INFORMATION && size >= DEVICE_INFORMATION_BYTES) this.#device(b, next);
      next += size;
    }
    return next === end ? Outcome.ok : Outcome.truncated;
  }

  /** Medium, status, individual address, project, serial number, multicast address, MAC address, name. */
  #device(b: Uint8Array, at: number): void {
    const facts = this.#facts;
    facts.evidence(Source.deviceType, About.sender, NO_UNIT, b, at + 1, at + 2);
    facts.evidence(Source.programming, About.sender, NO_UNIT, b, at + 3, at + 4);
    facts.evidence(Source.address, About.sender, NO_UNIT, b, at + 4, at + 6);
    facts.evidence(Source.serial, About.sender, NO_UNIT, b, at + 8, at + 14);
    facts.evidence(Source.mac, About.sender, NO_UNIT, b, at + 18, at + 24);
    facts.evidence(Source.name, About.sender, NO_UNIT, b, at + 24, at + DEVICE_INFORMATION_BYTES);
  }
}

/** Whether an answer that carries a status reports an error in it. */
function isRefusal(service: number, b: Uint8Array, at: number, end: number): boolean {
  switch (service) {
    case Service.connectResponse:
    case Service.connectionStateResponse:
    case Service.disconnectResponse:
      return end - at >= 2 && u8(b, at + 1) !== 0;
    case Service.tunnellingAck:
    case Service.configurationAck:
      return end - at >= 4 && u8(b, at + 3) !== 0;
    default:
      return false;
  }
}
