/** What CIP devices say of themselves, and of whom they talk to. */
import { u8, u16le, u32be, u32le } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hex, text } from '../text.ts';
import { deviceTypeName } from './device-types.ts';
import { vendorName } from './vendors.ts';

/** Indices into EVIDENCE. The identity sources are those of the Identity object's attribute 1, and on from there. */
export const Source = {
  listIdentity: 0,
  identityObject: 8,
  ownAddress: 16,
  service: 17,
  hostName: 18,
  interfaceAddress: 19,
  macAddress: 20,
  originatorVendor: 21,
  originatorSerial: 22,
  originatorSoftware: 23,
  keyVendor: 24,
  keyDeviceType: 25,
  keyRevision: 26,
  safety: 27,
  securityItem: 28,
  securityState: 29,
  securitySession: 30,
  pcccName: 31,
  pcccRevision: 32,
} as const;

/** Attributes 1 to 8 of the Identity object (Volume 1, table 5A-2.2), as either of two messages tells them. */
function identity(message: string, shown: string, confidence: number): readonly EvidenceSource[] {
  return [
    {
      name: `${message}.vendor-id`,
      words: `${shown}, attribute 1 Vendor ID`,
      field: 'vendor',
      confidence,
      render: vendor,
    },
    {
      name: `${message}.device-type`,
      words: `${shown}, attribute 2 Device Type`,
      field: 'device-type',
      confidence,
      render: deviceType,
    },
    {
      name: `${message}.product-code`,
      words: `${shown}, attribute 3 Product Code`,
      field: 'note',
      confidence,
      render: (b, at) => `product code ${u16le(b, at)}`,
    },
    {
      name: `${message}.revision`,
      words: `${shown}, attribute 4 Revision`,
      field: 'firmware',
      confidence,
      render: revision,
    },
    { name: `${message}.status`, words: `${shown}, attribute 5 Status`, field: 'state', confidence, render: status },
    {
      name: `${message}.serial-number`,
      words: `${shown}, attribute 6 Serial Number`,
      field: 'serial',
      confidence,
      render: serial,
    },
    {
      name: `${message}.product-name`,
      words: `${shown}, attribute 7 Product Name`,
      field: 'product',
      confidence,
      render: text,
    },
    {
      name: `${message}.state`,
      words: `${shown}, attribute 8 State`,
      field: 'state',
      confidence,
      render: (b, at) => STATES[u8(b, at)] ?? null,
    },
  ];
}

export const EVIDENCE: readonly EvidenceSource[] = [
  ...identity('enip.list-identity', 'EtherNet/IP ListIdentity answer, identity', 0.95),
  ...identity('enip.identity-object', 'CIP Identity object (0x01)', 0.95),
  {
    name: 'enip.list-identity.socket-address',
    words: 'EtherNet/IP ListIdentity answer, socket address',
    field: 'address',
    confidence: 0.9,
    render: socketAddress,
  },
  {
    name: 'enip.list-services',
    words: 'EtherNet/IP ListServices answer, name of service',
    field: 'note',
    confidence: 0.8,
    render: service,
  },
  {
    name: 'enip.tcp-ip-interface.host-name',
    words: 'CIP TCP/IP Interface object (0xF5), attribute 6 Host Name',
    field: 'name',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'enip.tcp-ip-interface.ip-address',
    words: 'CIP TCP/IP Interface object (0xF5), attribute 5 Interface Configuration',
    field: 'address',
    confidence: 0.9,
    render: interfaceAddress,
  },
  {
    name: 'enip.ethernet-link.physical-address',
    words: 'CIP Ethernet Link object (0xF6), attribute 3 Physical Address',
    field: 'address',
    confidence: 0.9,
    render: macAddress,
  },
  {
    name: 'enip.originator.vendor-id',
    words: 'CIP Forward Open, originator vendor ID',
    field: 'vendor',
    confidence: 0.7,
    render: (b, at) => (isSoftware(b, at) ? null : vendor(b, at)),
  },
  {
    // a module may open the connection for a controller in its chassis, whose serial number it then uses
    name: 'enip.originator.serial-number',
    words: 'CIP Forward Open, originator serial number',
    field: 'serial',
    confidence: 0.6,
    render: (b, at) => (isSoftware(b, at) ? null : serial(b, at + 2)),
  },
  {
    name: 'enip.originator.software',
    words: 'CIP Forward Open, originator vendor ID of a program',
    field: 'client-kind',
    confidence: 0.8,
    render: (b, at) => (isSoftware(b, at) ? vendor(b, at) : null),
  },
  {
    name: 'enip.electronic-key.vendor-id',
    words: 'CIP Forward Open, electronic key: vendor ID',
    field: 'vendor',
    confidence: 0.4,
    render: vendor,
  },
  {
    name: 'enip.electronic-key.device-type',
    words: 'CIP Forward Open, electronic key: device type',
    field: 'device-type',
    confidence: 0.4,
    render: (b, at) => (u16le(b, at) === 0 ? null : deviceType(b, at)),
  },
  {
    name: 'enip.electronic-key.revision',
    words: 'CIP Forward Open, electronic key: revision',
    field: 'firmware',
    confidence: 0.3,
    render: keyRevision,
  },
  {
    name: 'enip.safety',
    words: 'CIP Forward Open, safety network segment',
    field: 'note',
    confidence: 0.9,
    render: () => 'CIP Safety',
  },
  {
    name: 'enip.cip-security-item',
    words: 'EtherNet/IP ListIdentity answer, CIP Security item',
    field: 'protection',
    confidence: 0.9,
    render: securityItem,
  },
  {
    name: 'enip.cip-security-object.state',
    words: 'CIP Security object (0x5D), attribute 1 State',
    field: 'protection',
    confidence: 0.9,
    render: (b, at) => securityState(u8(b, at)),
  },
  {
    name: 'enip.dtls',
    words: 'EtherNet/IP inside DTLS',
    field: 'protection',
    confidence: 0.8,
    render: () => 'EtherNet/IP over DTLS',
  },
  {
    name: 'enip.pccc-diagnostic-status.name',
    words: 'PCCC Diagnostic Status answer, bulletin name',
    field: 'product',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'enip.pccc-diagnostic-status.revision',
    words: 'PCCC Diagnostic Status answer, series and revision',
    field: 'hardware',
    confidence: 0.8,
    render: seriesRevision,
  },
];

function vendor(b: Uint8Array, at: number): string | null {
  const id = u16le(b, at);
  return id === 0 ? null : vendorName(id);
}

function deviceType(b: Uint8Array, at: number): string {
  return deviceTypeName(u16le(b, at));
}

/** Major and minor revision; 0.0 is not allowed (Volume 1, section 5A-2.2.1.4). */
function revision(b: Uint8Array, at: number): string | null {
  return u16le(b, at) === 0 ? null : `${u8(b, at)}.${u8(b, at + 1)}`;
}

function serial(b: Uint8Array, at: number): string | null {
  const number = u32le(b, at);
  return number === 0 || number === 0xffffffff ? null : number.toString(16).padStart(8, '0');
}

/** Attribute 8, state (Volume 1, table 5A-2.2). */
const STATES = [
  'nonexistent',
  'device self testing',
  'standby',
  'operational',
  'major recoverable fault',
  'major unrecoverable fault',
] as const;

/** Bits 4 to 7 of the status, where they tell of I/O connections (Volume 1, table 5A-2.4). */
const EXTENDED_STATUS: Readonly<Record<number, string>> = {
  1: 'firmware update in progress',
  2: 'faulted I/O connection',
  3: 'no I/O connections',
  4: 'non-volatile configuration bad',
  5: 'major fault',
  6: 'I/O connection in run mode',
  7: 'I/O connections idle',
};

/** Attribute 5, status (Volume 1, table 5A-2.3). */
function status(b: Uint8Array, at: number): string | null {
  const bits = u16le(b, at);
  const told: string[] = [];
  const extended = EXTENDED_STATUS[(bits >>> 4) & 0x0f];
  if (extended !== undefined) told.push(extended);
  if ((bits & 0x0001) !== 0) told.push('owned');
  if ((bits & 0x0004) !== 0) told.push('configured');
  if ((bits & 0x0100) !== 0) told.push('minor recoverable fault');
  if ((bits & 0x0200) !== 0) told.push('minor unrecoverable fault');
  if ((bits & 0x0400) !== 0) told.push('major recoverable fault');
  if ((bits & 0x0800) !== 0) told.push('major unrecoverable fault');
  return told.length === 0 ? null : told.join(', ');
}

/** sockaddr_in in network byte order: family, port, address (Volume 2, section 2-6.3.3). */
function socketAddress(b: Uint8Array, at: number): string | null {
  return address(u32be(b, at + 4));
}

/** UDINT, so least significant byte first (Volume 2, section 5-4.3.2.5). */
function interfaceAddress(b: Uint8Array, at: number): string | null {
  return address(u32le(b, at));
}

function address(value: number): string | null {
  if (value === 0) return null;
  return `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}`;
}

function macAddress(b: Uint8Array, at: number, end: number): string | null {
  const digits = hex(b, at, end);
  return /^0*$/.test(digits) ? null : (digits.match(/../g) ?? []).join(':');
}

function service(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `service ${name}`;
}

/** The vendor id under which Rockwell's programs on PCs ask; their serial numbers are not a device's. */
const ROCKWELL_SOFTWARE = 77;

function isSoftware(b: Uint8Array, at: number): boolean {
  return u16le(b, at) === ROCKWELL_SOFTWARE;
}

/** Minor revision 0 of a key stands for any; the top bit of the major one says that a compatible device will do. */
function keyRevision(b: Uint8Array, at: number): string | null {
  const major = u8(b, at) & 0x7f;
  const minor = u8(b, at + 1);
  return major === 0 || minor === 0 ? null : `${major}.${minor}`;
}

/** States of the CIP Security object (Volume 8, section 5-3). */
const SECURITY_STATES = [
  'factory default configuration',
  'configuration in progress',
  'configured',
  'incomplete configuration',
] as const;

function securityState(state: number): string {
  return `CIP Security: ${SECURITY_STATES[state] ?? `state ${state}`}`;
}

/** Security profiles (16 bits), then the state of the CIP Security object. */
function securityItem(b: Uint8Array, at: number, end: number): string {
  return end - at >= 3 ? securityState(u8(b, at + 2)) : 'CIP Security';
}

/** Revision in bits 0 to 4, A the first; series in bits 5 to 7 (1770-6.5.16, chapter 10). */
function seriesRevision(b: Uint8Array, at: number): string {
  const letter = (value: number) => String.fromCharCode(0x41 + value);
  return `series ${letter(u8(b, at) >>> 5)} revision ${letter(u8(b, at) & 0x1f)}`;
}
