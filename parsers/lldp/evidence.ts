/** What devices announce of themselves by LLDP. */
import { ipv4, ipv6, mac } from '../addresses.ts';
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hex, text } from '../text.ts';
import { describe } from './description.ts';

/** Indices into EVIDENCE. */
export const Source = {
  chassisMac: 0,
  chassisAddress: 1,
  chassisName: 2,
  port: 3,
  portDescription: 4,
  systemName: 5,
  description: 6,
  descriptionVendor: 7,
  descriptionProduct: 8,
  descriptionModel: 9,
  descriptionFirmware: 10,
  descriptionHardware: 11,
  descriptionOs: 12,
  capabilities: 13,
  managementAddress: 14,
  portVlan: 15,
  profinetChassisMac: 16,
  profinetAlias: 17,
  medHardware: 18,
  medFirmware: 19,
  medSoftware: 20,
  medSerial: 21,
  medManufacturer: 22,
  medModel: 23,
  medAsset: 24,
} as const;

const CAPABILITIES = [
  'other',
  'repeater',
  'bridge',
  'WLAN access point',
  'router',
  'telephone',
  'cable modem',
] as const;

/** Address families of IANA's registry that occur here. */
const AddressFamily = { ipv4: 1, ipv6: 2, mac: 6 } as const;

/** What a system description may tell, as people call it. */
const DESCRIBED = {
  vendor: 'maker',
  product: 'product',
  model: 'model',
  firmware: 'firmware',
  hardware: 'hardware',
  os: 'operating system',
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'lldp.chassis-id.mac',
    words: 'LLDP Chassis ID, subtype 4 MAC address',
    field: 'address',
    confidence: 0.9,
    render: (b, at) => mac(b, at),
  },
  {
    name: 'lldp.chassis-id.network-address',
    words: 'LLDP Chassis ID, subtype 5 network address',
    field: 'address',
    confidence: 0.9,
    render: networkAddress,
  },
  { name: 'lldp.chassis-id', words: 'LLDP Chassis ID', field: 'name', confidence: 0.7, render: printable },
  { name: 'lldp.port-id', words: 'LLDP Port ID', field: 'note', confidence: 0.8, render: port },
  {
    name: 'lldp.port-description',
    words: 'LLDP Port Description',
    field: 'note',
    confidence: 0.8,
    render: (b, at, end) => labelled('port', text(b, at, end)),
  },
  { name: 'lldp.system-name', words: 'LLDP System Name', field: 'name', confidence: 0.95, render: text },
  { name: 'lldp.system-description', words: 'LLDP System Description', field: 'note', confidence: 0.9, render: text },
  described('vendor', 0.8),
  described('product', 0.85),
  described('model', 0.9),
  described('firmware', 0.85),
  described('hardware', 0.85),
  described('os', 0.85),
  {
    name: 'lldp.system-capabilities',
    words: 'LLDP System Capabilities',
    field: 'device-type',
    confidence: 0.8,
    render: capabilities,
  },
  {
    name: 'lldp.management-address',
    words: 'LLDP Management Address',
    field: 'address',
    confidence: 0.9,
    render: networkAddress,
  },
  {
    name: 'lldp.port-vlan-id',
    words: 'LLDP IEEE 802.1, Port VLAN ID',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => (u16be(b, at) === 0 ? null : `port VLAN ${u16be(b, at)}`),
  },
  {
    name: 'lldp.profinet.chassis-mac',
    words: 'LLDP PROFINET, Chassis MAC',
    field: 'address',
    confidence: 0.9,
    render: (b, at) => mac(b, at),
  },
  {
    name: 'lldp.profinet.alias',
    words: 'LLDP Chassis and Port ID: PROFINET alias name',
    field: 'note',
    confidence: 0.8,
    render: (b, at, end) => labelled('alias name', text(b, at, end)),
  },
  {
    name: 'lldp.med.hardware-revision',
    words: 'LLDP-MED Inventory, Hardware Revision',
    field: 'hardware',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'lldp.med.firmware-revision',
    words: 'LLDP-MED Inventory, Firmware Revision',
    field: 'firmware',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'lldp.med.software-revision',
    words: 'LLDP-MED Inventory, Software Revision',
    field: 'firmware',
    confidence: 0.85,
    render: text,
  },
  {
    name: 'lldp.med.serial-number',
    words: 'LLDP-MED Inventory, Serial Number',
    field: 'serial',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'lldp.med.manufacturer',
    words: 'LLDP-MED Inventory, Manufacturer Name',
    field: 'vendor',
    confidence: 0.9,
    render: text,
  },
  { name: 'lldp.med.model', words: 'LLDP-MED Inventory, Model Name', field: 'model', confidence: 0.9, render: text },
  {
    name: 'lldp.med.asset-id',
    words: 'LLDP-MED Inventory, Asset ID',
    field: 'note',
    confidence: 0.8,
    render: (b, at, end) => labelled('asset', text(b, at, end)),
  },
];

/** A field that the system description seems to tell. */
function described(field: keyof typeof DESCRIBED, confidence: number): EvidenceSource {
  return {
    name: `lldp.system-description.${field}`,
    words: `LLDP System Description: ${DESCRIBED[field]}`,
    field,
    confidence,
    render: (b, at, end) => {
      const whole = text(b, at, end);
      return whole === null ? null : describe(whole)[field];
    },
  };
}

function labelled(label: string, value: string | null): string | null {
  return value === null ? null : `${label} ${value}`;
}

/** Text, or nothing where an identifier is binary: what looks like text may be a number. */
function printable(b: Uint8Array, at: number, end: number): string | null {
  for (let i = at; i < end; i++) if (u8(b, i) < 0x20 || u8(b, i) === 0x7f) return null;
  return text(b, at, end);
}

/** A port's subtype and id (IEEE 802.1AB, clause 8.5.3). */
function port(b: Uint8Array, at: number, end: number): string | null {
  if (u8(b, at) === 3 && end - at === 7) return labelled('port', mac(b, at + 1));
  if (u8(b, at) === 4) return labelled('port', networkAddress(b, at + 1, end));
  return labelled('port', printable(b, at + 1, end) ?? `0x${hex(b, at + 1, Math.min(end, at + 17))}`);
}

/** An address with its family before it. */
function networkAddress(b: Uint8Array, at: number, end: number): string | null {
  const bytes = end - at - 1;
  switch (u8(b, at)) {
    case AddressFamily.ipv4:
      return bytes === 4 ? ipv4(b, at + 1) : null;
    case AddressFamily.ipv6:
      return bytes === 16 ? ipv6(b, at + 1) : null;
    case AddressFamily.mac:
      return bytes === 6 ? mac(b, at + 1) : null;
    default:
      return null;
  }
}

/** The capabilities that are enabled. Switches too call themselves "station only": that alone says nothing. */
function capabilities(b: Uint8Array, at: number): string | null {
  const enabled = CAPABILITIES.filter((_, bit) => bit > 0 && (u16be(b, at + 2) & (1 << bit)) !== 0);
  return enabled.length === 0 ? null : enabled.join(', ');
}
