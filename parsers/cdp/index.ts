/**
 * Cisco Discovery Protocol, after Cisco's "Cisco Discovery Protocol (CDP) packet format": an LLC and SNAP header, then
 *
 *   8         9     10         12
 *   | version | TTL | checksum | TLVs: type and length (2 bytes each; the length counts both), value
 */
import { ipv4, ipv6 } from '../addresses.ts';
import { i32be, u8, u16be, u32be } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

/** DSAP, SSAP and control of SNAP, then the organisation 00000C and its protocol 2000. */
const SNAP_HIGH = 0xaaaa0300 | 0;
const SNAP_LOW = 0x000c2000;
const VERSION = 8;
const TLVS = 12;
const TLV_HEADER_BYTES = 4;

const Tlv = {
  deviceId: 0x0001,
  addresses: 0x0002,
  portId: 0x0003,
  capabilities: 0x0004,
  version: 0x0005,
  platform: 0x0006,
  nativeVlan: 0x000a,
  systemName: 0x0014,
  managementAddresses: 0x0016,
} as const;

/** More addresses than a device lists; beyond, the count is garbage. */
const MAX_ADDRESSES = 16;

const Source = {
  deviceId: 0,
  address: 1,
  port: 2,
  capabilities: 3,
  firmware: 4,
  os: 5,
  platform: 6,
  vendor: 7,
  nativeVlan: 8,
  systemName: 9,
  managementAddress: 10,
} as const;

const CAPABILITIES = [
  'router',
  'transparent bridge',
  'source route bridge',
  'switch',
  'host',
  'IGMP',
  'repeater',
  'telephone',
] as const;
/** Bits that say what a device does rather than what it is. */
const IGMP = 5;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'cdp.device-id', words: 'CDP TLV 0x0001 Device ID', field: 'name', confidence: 0.9, render: text },
  { name: 'cdp.address', words: 'CDP TLV 0x0002 Addresses', field: 'address', confidence: 0.9, render: address },
  { name: 'cdp.port-id', words: 'CDP TLV 0x0003 Port ID', field: 'note', confidence: 0.8, render: port },
  {
    name: 'cdp.capabilities',
    words: 'CDP TLV 0x0004 Capabilities',
    field: 'device-type',
    confidence: 0.8,
    render: capabilities,
  },
  {
    name: 'cdp.software-version',
    words: 'CDP TLV 0x0005 Software Version: version',
    field: 'firmware',
    confidence: 0.9,
    render: versionNumber,
  },
  { name: 'cdp.software', words: 'CDP TLV 0x0005 Software Version', field: 'os', confidence: 0.85, render: software },
  { name: 'cdp.platform', words: 'CDP TLV 0x0006 Platform', field: 'product', confidence: 0.95, render: text },
  {
    name: 'cdp.platform.vendor',
    words: 'CDP TLV 0x0006 Platform: maker', // others speak CDP too
    field: 'vendor',
    confidence: 0.9,
    render: (b, at, end) => (/^cisco\b/i.test(text(b, at, end) ?? '') ? 'Cisco' : null),
  },
  {
    name: 'cdp.native-vlan',
    words: 'CDP TLV 0x000A Native VLAN',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => `native VLAN ${u16be(b, at)}`,
  },
  { name: 'cdp.system-name', words: 'CDP TLV 0x0014 System Name', field: 'name', confidence: 0.9, render: text },
  {
    name: 'cdp.management-address',
    words: 'CDP TLV 0x0016 Management Address',
    field: 'address',
    confidence: 0.9,
    render: address,
  },
];

export const cdp: Protocol = {
  name: 'cdp',
  tcpPorts: [],
  udpPorts: [],
  over: 'eth/llc',
  recognise(b, at, end) {
    const fits =
      end - at >= TLVS &&
      i32be(b, at) === SNAP_HIGH &&
      i32be(b, at + 4) === SNAP_LOW &&
      u8(b, at + VERSION) >= 1 &&
      u8(b, at + VERSION) <= 2;
    return fits ? Recognition.certain : Recognition.no;
  },
  sender: () => Sender.unknown,
  open: (facts) => new CdpDecoder(facts),
  operation: () => ({ code: 'cdp', name: 'Advertisement', access: 'diagnostic' }),
  space: () => '',
  evidence: EVIDENCE,
};

class CdpDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < TLVS) return Outcome.truncated;
    this.#facts.request(0, NO_UNIT);
    let next = at + TLVS;
    while (end - next >= TLV_HEADER_BYTES) {
      const length = u16be(b, next + 2);
      if (length < TLV_HEADER_BYTES) return Outcome.malformed;
      const stop = next + length;
      if (stop > end) return Outcome.truncated;
      if (length > TLV_HEADER_BYTES) this.#tlv(u16be(b, next), b, next + TLV_HEADER_BYTES, stop);
      next = stop;
    }
    return next === end ? Outcome.ok : Outcome.truncated;
  }

  #tlv(type: number, b: Uint8Array, at: number, end: number): void {
    switch (type) {
      case Tlv.deviceId:
        this.#tell(Source.deviceId, b, at, end);
        break;
      case Tlv.addresses:
        this.#addresses(Source.address, b, at, end);
        break;
      case Tlv.managementAddresses:
        this.#addresses(Source.managementAddress, b, at, end);
        break;
      case Tlv.portId:
        this.#tell(Source.port, b, at, end);
        break;
      case Tlv.capabilities:
        if (end - at >= 4) this.#tell(Source.capabilities, b, at, at + 4);
        break;
      case Tlv.version:
        this.#tell(Source.firmware, b, at, end);
        this.#tell(Source.os, b, at, end);
        break;
      case Tlv.platform:
        this.#tell(Source.platform, b, at, end);
        this.#tell(Source.vendor, b, at, end);
        break;
      case Tlv.nativeVlan:
        if (end - at >= 2) this.#tell(Source.nativeVlan, b, at, at + 2);
        break;
      case Tlv.systemName:
        this.#tell(Source.systemName, b, at, end);
        break;
      default:
        break;
    }
  }

  /** A count (4 bytes), then of each address: protocol type, protocol length, protocol, address length, address. */
  #addresses(source: number, b: Uint8Array, at: number, end: number): void {
    if (end - at < 4) return;
    let next = at + 4;
    for (let left = Math.min(u32be(b, at), MAX_ADDRESSES); left > 0; left--) {
      if (end - next < 2) return;
      const length = next + 2 + u8(b, next + 1);
      if (end - length < 2) return;
      const value = length + 2;
      const stop = value + u16be(b, length);
      if (stop > end) return;
      if (stop - value === 4 || stop - value === 16) this.#tell(source, b, value, stop);
      next = stop;
    }
  }

  #tell(source: number, b: Uint8Array, at: number, end: number): void {
    this.#facts.evidence(source, About.sender, NO_UNIT, b, at, end);
  }
}

function address(b: Uint8Array, at: number, end: number): string | null {
  return end - at === 4 ? ipv4(b, at) : ipv6(b, at);
}

function port(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `port ${name}`;
}

function capabilities(b: Uint8Array, at: number): string | null {
  const has = CAPABILITIES.filter((_, bit) => bit !== IGMP && (u8(b, at + 3) & (1 << bit)) !== 0);
  return has.length === 0 ? null : has.join(', ');
}

/** The number after "Version" in what the software says of itself, else all of it where it is short. */
function versionNumber(b: Uint8Array, at: number, end: number): string | null {
  const whole = text(b, at, end);
  const number = /\bVersion:? ?(\S+?)(?:,|\s|$)/i.exec(whole ?? '')?.[1];
  return number ?? (whole !== null && whole.length <= 32 ? whole : null);
}

/** What precedes the version: "Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M)". */
function software(b: Uint8Array, at: number, end: number): string | null {
  const whole = text(b, at, end);
  const name = whole?.split(/,? Version\b|,? Copyright\b/)[0]?.trim() ?? '';
  return name.length > 32 || /software|OS\b/i.test(name) ? name.slice(0, 100) : null;
}
