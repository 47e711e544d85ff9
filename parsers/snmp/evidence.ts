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
  { name: 'snmp.sysDescr', field: 'product', confidence: 0.8, render: text },
  { name: 'snmp.sysDescr.vendor', field: 'vendor', confidence: 0.75, render: vendor },
  { name: 'snmp.sysDescr.model', field: 'model', confidence: 0.75, render: model },
  { name: 'snmp.sysDescr.firmware', field: 'firmware', confidence: 0.7, render: firmware },
  { name: 'snmp.sysDescr.hardware', field: 'hardware', confidence: 0.7, render: hardware },
  { name: 'snmp.sysDescr.serial', field: 'serial', confidence: 0.7, render: serial },
  { name: 'snmp.sysDescr.os', field: 'os', confidence: 0.75, render: system },
  { name: 'snmp.sysDescr.type', field: 'device-type', confidence: 0.6, render: deviceType },
  { name: 'snmp.sysObjectID', field: 'vendor', confidence: 0.8, render: enterprise },
  { name: 'snmp.sysName', field: 'name', confidence: 0.9, render: text },
  { name: 'snmp.sysLocation', field: 'location', confidence: 0.85, render: text },
  { name: 'snmp.entPhysicalHardwareRev', field: 'hardware', confidence: 0.85, render: text },
  { name: 'snmp.entPhysicalFirmwareRev', field: 'firmware', confidence: 0.85, render: text },
  { name: 'snmp.entPhysicalSoftwareRev', field: 'firmware', confidence: 0.85, render: text },
  { name: 'snmp.entPhysicalSerialNum', field: 'serial', confidence: 0.9, render: text },
  { name: 'snmp.entPhysicalMfgName', field: 'vendor', confidence: 0.85, render: text },
  { name: 'snmp.entPhysicalModelName', field: 'model', confidence: 0.85, render: text },
  { name: 'snmp.entPhysicalDescr', field: 'product', confidence: 0.7, render: text },
  {
    name: 'snmp.version',
    field: 'protection',
    confidence: 0.95,
    render: (b, at) => `SNMP ${u8(b, at) === 0 ? 'v1' : 'v2c'}: community in clear`,
  },
  { name: 'snmp.msgFlags', field: 'protection', confidence: 0.95, render: security },
  { name: 'snmp.msgAuthoritativeEngineID', field: 'vendor', confidence: 0.6, render: engine },
  { name: 'snmp.ifPhysAddress', field: 'address', confidence: 0.7, render: mac },
  { name: 'snmp.community', field: 'protection', confidence: 0.9, render: () => 'SNMP: default community in use' },
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
