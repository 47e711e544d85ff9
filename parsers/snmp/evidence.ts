/** What SNMP tells of agents. */
import { u8, u32be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';
import { objectIdentifier } from './ber.ts';
import { deviceType, firmware, hardware, model, serial, system, vendor } from './description.ts';
import { ENTERPRISES } from './enterprises.ts';

/** Indices into EVIDENCE. What sysDescr tells follows its own source, one after another. */
export const Source = {
  description: 0,
  descriptionParts: 1,
  objectId: 8,
  name: 9,
  location: 10,
  entityHardware: 11,
  entityFirmware: 12,
  entitySoftware: 13,
  entitySerial: 14,
  entityManufacturer: 15,
  entityModel: 16,
  entityDescription: 17,
  community: 18,
  security: 19,
  engine: 20,
  interfaceAddress: 21,
  defaultCommunity: 22,
} as const;
/** Sources that render a part of sysDescr each. */
export const DESCRIPTION_PARTS = 7;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'snmp.sysDescr', words: 'SNMP sysDescr (1.3.6.1.2.1.1.1)', field: 'product', confidence: 0.8, render: text },
  {
    name: 'snmp.sysDescr.vendor',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): maker',
    field: 'vendor',
    confidence: 0.75,
    render: vendor,
  },
  {
    name: 'snmp.sysDescr.model',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): model',
    field: 'model',
    confidence: 0.75,
    render: model,
  },
  {
    name: 'snmp.sysDescr.firmware',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): firmware',
    field: 'firmware',
    confidence: 0.7,
    render: firmware,
  },
  {
    name: 'snmp.sysDescr.hardware',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): hardware',
    field: 'hardware',
    confidence: 0.7,
    render: hardware,
  },
  {
    name: 'snmp.sysDescr.serial',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): serial number',
    field: 'serial',
    confidence: 0.7,
    render: serial,
  },
  {
    name: 'snmp.sysDescr.os',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): operating system',
    field: 'os',
    confidence: 0.75,
    render: system,
  },
  {
    name: 'snmp.sysDescr.type',
    words: 'SNMP sysDescr (1.3.6.1.2.1.1.1): kind of device',
    field: 'device-type',
    confidence: 0.6,
    render: deviceType,
  },
  {
    name: 'snmp.sysObjectID',
    words: 'SNMP sysObjectID (1.3.6.1.2.1.1.2): enterprise',
    field: 'vendor',
    confidence: 0.8,
    render: enterprise,
  },
  { name: 'snmp.sysName', words: 'SNMP sysName (1.3.6.1.2.1.1.5)', field: 'name', confidence: 0.9, render: text },
  {
    name: 'snmp.sysLocation',
    words: 'SNMP sysLocation (1.3.6.1.2.1.1.6)',
    field: 'location',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'snmp.entPhysicalHardwareRev',
    words: 'SNMP entPhysicalHardwareRev (ENTITY-MIB)',
    field: 'hardware',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'snmp.entPhysicalFirmwareRev',
    words: 'SNMP entPhysicalFirmwareRev (ENTITY-MIB)',
    field: 'firmware',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'snmp.entPhysicalSoftwareRev',
    words: 'SNMP entPhysicalSoftwareRev (ENTITY-MIB)',
    field: 'firmware',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'snmp.entPhysicalSerialNum',
    words: 'SNMP entPhysicalSerialNum (ENTITY-MIB)',
    field: 'serial',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'snmp.entPhysicalMfgName',
    words: 'SNMP entPhysicalMfgName (ENTITY-MIB)',
    field: 'vendor',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'snmp.entPhysicalModelName',
    words: 'SNMP entPhysicalModelName (ENTITY-MIB)',
    field: 'model',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'snmp.entPhysicalDescr',
    words: 'SNMP entPhysicalDescr (ENTITY-MIB)',
    field: 'product',
    confidence: 0.7,
    render: text,
  },
  {
    name: 'snmp.version',
    words: 'SNMP message, version',
    field: 'protection',
    confidence: 0.95,
    render: (b, at) => `SNMP ${u8(b, at) === 0 ? 'v1' : 'v2c'}: community in clear`,
  },
  { name: 'snmp.msgFlags', words: 'SNMPv3 message, msgFlags', field: 'protection', confidence: 0.95, render: security },
  {
    name: 'snmp.msgAuthoritativeEngineID',
    words: 'SNMPv3 message, msgAuthoritativeEngineID: enterprise',
    field: 'vendor',
    confidence: 0.6,
    render: engine,
  },
  {
    name: 'snmp.ifPhysAddress',
    words: 'SNMP ifPhysAddress (1.3.6.1.2.1.2.2.1.6)',
    field: 'address',
    confidence: 0.7,
    render: mac,
  },
  {
    name: 'snmp.community',
    words: 'SNMP message, community',
    field: 'protection',
    confidence: 0.9,
    render: () => 'SNMP: default community in use',
  },
];

/** 1.3.6.1.4.1, in BER. */
const PRIVATE_ENTERPRISES = [0x2b, 6, 1, 4, 1] as const;

/** The vendor whose number an object identifier below 1.3.6.1.4.1 begins with. */
function enterprise(b: Uint8Array, at: number, end: number): string | null {
  if (end - at <= PRIVATE_ENTERPRISES.length || PRIVATE_ENTERPRISES.some((byte, i) => u8(b, at + i) !== byte))
    return null;
  const number = objectIdentifier(b, at, end).split('.')[6];
  return number === undefined ? null : (ENTERPRISES.get(Number(number)) ?? null);
}

/** RFC 3411, section 5, SnmpEngineID: the first four octets are the enterprise number, the topmost bit aside. */
function engine(b: Uint8Array, at: number, end: number): string | null {
  return end - at < 5 ? null : (ENTERPRISES.get(u32be(b, at) & 0x7fffffff) ?? null);
}

/** RFC 3412, section 6.4: bit 0 authenticated, bit 1 encrypted. */
function security(b: Uint8Array, at: number): string {
  const flags = u8(b, at);
  if ((flags & 1) === 0) return 'SNMPv3: no authentication';
  return (flags & 2) === 0 ? 'SNMPv3: authenticated, not encrypted' : 'SNMPv3: authenticated and encrypted';
}

function mac(b: Uint8Array, at: number, end: number): string | null {
  if (end - at !== 6 || b.subarray(at, end).every((byte) => byte === 0)) return null;
  return Array.from(b.subarray(at, end), (byte) => byte.toString(16).padStart(2, '0')).join(':');
}
