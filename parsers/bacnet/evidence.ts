/** What BACnet devices say of themselves. */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hex, printable, text } from '../text.ts';
import { Property } from './codes.ts';
import { VENDORS } from './vendors.ts';

/** Indices into EVIDENCE. */
export const Source = {
  deviceInstance: 0,
  vendorId: 1,
  objectName: 2,
  modelName: 3,
  vendorName: 4,
  firmwareRevision: 5,
  applicationSoftware: 6,
  description: 7,
  location: 8,
  serialNumber: 9,
  systemStatus: 10,
  network: 11,
  router: 12,
  foreignDevice: 13,
  secured: 14,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'bacnet.device-instance',
    words: 'BACnet I-Am, Device Identifier',
    field: 'address',
    confidence: 0.95,
    render: instance,
  },
  {
    name: 'bacnet.vendor-identifier',
    words: 'BACnet I-Am, Vendor ID',
    field: 'vendor',
    confidence: 0.9,
    render: vendor,
  },
  {
    name: 'bacnet.object-name',
    words: 'BACnet Device object, Object_Name',
    field: 'name',
    confidence: 0.95,
    render: characterString,
  },
  {
    name: 'bacnet.model-name',
    words: 'BACnet Device object, Model_Name',
    field: 'model',
    confidence: 0.95,
    render: characterString,
  },
  {
    name: 'bacnet.vendor-name',
    words: 'BACnet Device object, Vendor_Name',
    field: 'vendor',
    confidence: 0.95,
    render: characterString,
  },
  {
    name: 'bacnet.firmware-revision',
    words: 'BACnet Device object, Firmware_Revision',
    field: 'firmware',
    confidence: 0.95,
    render: characterString,
  },
  {
    name: 'bacnet.application-software-version',
    words: 'BACnet Device object, Application_Software_Version',
    field: 'firmware',
    confidence: 0.85,
    render: characterString,
  },
  {
    name: 'bacnet.description',
    words: 'BACnet Device object, Description',
    field: 'note',
    confidence: 0.9,
    render: characterString,
  },
  {
    name: 'bacnet.location',
    words: 'BACnet Device object, Location',
    field: 'location',
    confidence: 0.95,
    render: characterString,
  },
  {
    name: 'bacnet.serial-number',
    words: 'BACnet Device object, Serial_Number',
    field: 'serial',
    confidence: 0.95,
    render: characterString,
  },
  {
    name: 'bacnet.system-status',
    words: 'BACnet Device object, System_Status',
    field: 'state',
    confidence: 0.9,
    render: status,
  },
  { name: 'bacnet.network', words: 'BACnet NPDU, SNET', field: 'address', confidence: 0.9, render: network },
  {
    name: 'bacnet.router',
    words: 'BACnet I-Am-Router-To-Network',
    field: 'note',
    confidence: 0.9,
    render: () => 'BACnet router: devices of other networks are behind it',
  },
  {
    name: 'bacnet.foreign-device',
    words: 'BACnet BVLC Register-Foreign-Device',
    field: 'note',
    confidence: 0.9,
    render: () => 'registers as BACnet foreign device',
  },
  {
    name: 'bacnet.secured',
    words: 'BACnet secure connection',
    field: 'protection',
    confidence: 0.9,
    render: () => 'BACnet: secured BVLL',
  },
];

/** The evidence that a property of the device object is, or -1. */
export function sourceOf(property: number): number {
  switch (property) {
    case Property.objectName:
      return Source.objectName;
    case Property.modelName:
      return Source.modelName;
    case Property.vendorName:
      return Source.vendorName;
    case Property.vendorIdentifier:
      return Source.vendorId;
    case Property.firmwareRevision:
      return Source.firmwareRevision;
    case Property.applicationSoftwareVersion:
      return Source.applicationSoftware;
    case Property.description:
      return Source.description;
    case Property.location:
      return Source.location;
    case Property.serialNumber:
      return Source.serialNumber;
    case Property.systemStatus:
      return Source.systemStatus;
    default:
      return -1;
  }
}

function unsigned(b: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end && i < at + 4; i++) value = value * 256 + u8(b, i);
  return value;
}

function instance(b: Uint8Array, at: number, end: number): string {
  return `BACnet device ${unsigned(b, at, end) & 0x3fffff}`;
}

function vendor(b: Uint8Array, at: number, end: number): string | null {
  return VENDORS.get(unsigned(b, at, end)) ?? null;
}

/** The character set, then the text (20.2.9). */
function characterString(b: Uint8Array, at: number, end: number): string | null {
  if (end - at < 2) return null;
  const from = at + 1;
  switch (u8(b, at)) {
    case 4: // ISO 10646 UCS-2
      return wide(b, from, end, 2);
    case 3: // UCS-4
      return wide(b, from, end, 4);
    case 1: // DBCS: a code page of two octets comes first
      return text(b, from + 2, end);
    default:
      return text(b, from, end);
  }
}

/** Names on devices are short. */
const MAX_CHARACTERS = 256;

function wide(b: Uint8Array, at: number, end: number, octets: 2 | 4): string | null {
  let out = '';
  for (let i = at; i + octets <= end && out.length < MAX_CHARACTERS; i += octets) {
    const code = u16be(b, i + octets - 2);
    if (code >= 0x20) out += String.fromCharCode(code);
  }
  return printable(out);
}

const STATUSES = [
  'operational',
  'operational, read only',
  'download required',
  'download in progress',
  'non-operational',
  'backup in progress',
] as const;

/** BACnetDeviceStatus. */
function status(b: Uint8Array, at: number, end: number): string {
  const value = unsigned(b, at, end);
  return STATUSES[value] ?? `status ${value}`;
}

/** SNET, SLEN and SADR of the NPDU. */
function network(b: Uint8Array, at: number, end: number): string | null {
  return end - at < 3 ? null : `BACnet network ${u16be(b, at)}, address ${hex(b, at + 3, end) || 'none'}`;
}
