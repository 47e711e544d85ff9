/**
 * Link Layer Discovery Protocol, after IEEE 802.1AB-2016, clause 8: TLVs of 7 bits of type, 9 of length and a value;
 * chassis id, port id and time to live come first, in this order, and End comes last.
 */
import { u8, u16be, u24be } from '../bytes.ts';
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
import { EVIDENCE, Source } from './evidence.ts';

const Tlv = {
  end: 0,
  chassisId: 1,
  portId: 2,
  timeToLive: 3,
  portDescription: 4,
  systemName: 5,
  systemDescription: 6,
  systemCapabilities: 7,
  managementAddress: 8,
  organisation: 127,
} as const;

const TLV_HEADER_BYTES = 2;

/** Chassis id subtypes (table 8-2). */
const Chassis = { interfaceAlias: 2, mac: 4, networkAddress: 5, interfaceName: 6, local: 7 } as const;

/** Organisations that define TLVs, by OUI. */
const Organisation = { ieee8021: 0x0080c2, profibus: 0x000ecf, med: 0x0012bb } as const;
const ORGANISATION_HEADER_BYTES = 4;
/** IEEE 802.1Q, annex D.2.1. */
const PORT_VLAN_ID = 1;
/** IEC 61158-6-10, clause 4.11. */
const Profibus = { alias: 3, chassisMac: 5 } as const;
/** ANSI/TIA-1057, clause 10.2.6: the inventory runs from hardware revision to asset id. */
const MED_HARDWARE_REVISION = 5;
const MED_ASSET_ID = 11;

const ADVERTISEMENT = 0;

export const lldp: Protocol = {
  name: 'lldp',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/0x88cc',
  recognise(b, at, end) {
    const port = next(b, at, end);
    return port > at && typeOf(b, at) === Tlv.chassisId && next(b, port, end) > port && typeOf(b, port) === Tlv.portId
      ? Recognition.certain
      : Recognition.no;
  },
  sender: () => Sender.unknown, // to whom it may concern
  open: (facts) => new LldpDecoder(facts),
  operation: () => ({ code: 'lldpdu', name: 'Advertisement', access: 'diagnostic' }),
  space: () => '',
  evidence: EVIDENCE,
};

function typeOf(b: Uint8Array, at: number): number {
  return u8(b, at) >>> 1;
}

/** Where the TLV after the one at `at` begins, or `at` when there is not all of it. */
function next(b: Uint8Array, at: number, end: number): number {
  if (end - at < TLV_HEADER_BYTES) return at;
  const stop = at + TLV_HEADER_BYTES + (u16be(b, at) & 0x01ff);
  return stop <= end ? stop : at;
}

class LldpDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    this.#facts.request(ADVERTISEMENT, NO_UNIT);
    for (let tlv = at; ; ) {
      const stop = next(b, tlv, end);
      if (stop === tlv) return Outcome.truncated;
      if (typeOf(b, tlv) === Tlv.end) return Outcome.ok;
      this.#tlv(typeOf(b, tlv), b, tlv + TLV_HEADER_BYTES, stop);
      tlv = stop;
    }
  }

  #tlv(type: number, b: Uint8Array, at: number, end: number): void {
    if (at === end) return;
    switch (type) {
      case Tlv.chassisId:
        this.#chassis(b, at, end);
        break;
      case Tlv.portId:
        if (end - at > 1) this.#tell(Source.port, b, at, end);
        break;
      case Tlv.portDescription:
        this.#tell(Source.portDescription, b, at, end);
        break;
      case Tlv.systemName:
        this.#tell(Source.systemName, b, at, end);
        break;
      case Tlv.systemDescription:
        for (let source = Source.description as number; source <= Source.descriptionOs; source++) {
          this.#tell(source, b, at, end);
        }
        break;
      case Tlv.systemCapabilities: // those it has, those that are enabled
        if (end - at >= 4) this.#tell(Source.capabilities, b, at, at + 4);
        break;
      case Tlv.managementAddress: {
        const stop = at + 1 + u8(b, at); // the length counts the family
        if (stop <= end && stop - at > 2) this.#tell(Source.managementAddress, b, at + 1, stop);
        break;
      }
      case Tlv.organisation:
        if (end - at >= ORGANISATION_HEADER_BYTES) this.#organisation(b, at, end);
        break;
      default:
        break;
    }
  }

  #chassis(b: Uint8Array, at: number, end: number): void {
    const id = at + 1;
    switch (u8(b, at)) {
      case Chassis.mac:
        if (end - id === 6) this.#tell(Source.chassisMac, b, id, end);
        break;
      case Chassis.networkAddress:
        if (end - id > 1) this.#tell(Source.chassisAddress, b, id, end);
        break;
      case Chassis.interfaceAlias:
      case Chassis.interfaceName:
      case Chassis.local: // a PROFINET station's name (IEC 61158-6-10, clause 4.11)
        if (end > id) this.#tell(Source.chassisName, b, id, end);
        break;
      default:
        break;
    }
  }

  #organisation(b: Uint8Array, at: number, end: number): void {
    const subtype = u8(b, at + 3);
    const value = at + ORGANISATION_HEADER_BYTES;
    if (value === end) return;
    switch (u24be(b, at)) {
      case Organisation.ieee8021:
        if (subtype === PORT_VLAN_ID && end - value >= 2) this.#tell(Source.portVlan, b, value, value + 2);
        break;
      case Organisation.profibus:
        if (subtype === Profibus.chassisMac && end - value >= 6) {
          this.#tell(Source.profinetChassisMac, b, value, value + 6);
        } else if (subtype === Profibus.alias) this.#tell(Source.profinetAlias, b, value, end);
        break;
      case Organisation.med:
        if (subtype >= MED_HARDWARE_REVISION && subtype <= MED_ASSET_ID) {
          this.#tell(Source.medHardware + subtype - MED_HARDWARE_REVISION, b, value, end);
        }
        break;
      default:
        break;
    }
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}
