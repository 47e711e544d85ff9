/** What PROFINET stations say of themselves by DCP, and what is said to them. */
import { ipv4 } from '../addresses.ts';
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hexNumber, text } from '../text.ts';
import { vendorName } from './vendors.ts';

/** Indices into EVIDENCE. */
export const Source = {
  typeOfStation: 0,
  nameOfStation: 1,
  vendor: 2,
  deviceId: 3,
  deviceRole: 4,
  ipAddress: 5,
  gateway: 6,
  conflict: 7,
  aliasName: 8,
  oemDeviceId: 9,
  nameGiven: 10,
  ipAddressGiven: 11,
} as const;

const ROLES = ['IO device', 'IO controller', 'IO multidevice', 'IO supervisor'] as const;

const address = (b: Uint8Array, at: number) => ipv4(b, at);

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'profinet-dcp.type-of-station',
    words: 'PROFINET DCP, DeviceVendorValue (type of station)',
    field: 'product',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'profinet-dcp.name-of-station',
    words: 'PROFINET DCP, NameOfStation',
    field: 'name',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'profinet-dcp.device-id.vendor',
    words: 'PROFINET DCP, DeviceID: maker',
    field: 'vendor',
    confidence: 0.95,
    render: (b, at) => vendorName(u16be(b, at)),
  },
  {
    name: 'profinet-dcp.device-id',
    words: 'PROFINET DCP, VendorID and DeviceID',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => ids('PROFINET', b, at),
  },
  { name: 'profinet-dcp.device-role', words: 'PROFINET DCP, DeviceRole', field: 'note', confidence: 0.9, render: role },
  {
    name: 'profinet-dcp.ip-parameter',
    words: 'PROFINET DCP, IPParameter: IP address',
    field: 'address',
    confidence: 0.95,
    render: address,
  },
  {
    name: 'profinet-dcp.ip-parameter.gateway',
    words: 'PROFINET DCP, IPParameter: standard gateway',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => {
      const gateway = ipv4(b, at);
      return gateway === null ? null : `standard gateway ${gateway}`;
    },
  },
  {
    name: 'profinet-dcp.ip-parameter.info',
    words: 'PROFINET DCP, IPParameter: BlockInfo',
    field: 'state',
    confidence: 0.9,
    render: () => 'IP address conflict',
  },
  {
    name: 'profinet-dcp.alias-name',
    words: 'PROFINET DCP, AliasName',
    field: 'note',
    confidence: 0.8,
    render: (b, at, end) => {
      const alias = text(b, at, end);
      return alias === null ? null : `alias name ${alias}`;
    },
  },
  {
    name: 'profinet-dcp.oem-device-id',
    words: 'PROFINET DCP, OEMDeviceID',
    field: 'note',
    confidence: 0.8,
    render: (b, at) => ids('OEM', b, at),
  },
  {
    name: 'profinet-dcp.set.name-of-station',
    words: 'PROFINET DCP Set request, NameOfStation',
    field: 'name',
    confidence: 0.5,
    render: text,
  },
  {
    name: 'profinet-dcp.set.ip-parameter',
    words: 'PROFINET DCP Set request, IPParameter',
    field: 'address',
    confidence: 0.5,
    render: address,
  },
];

function ids(whose: string, b: Uint8Array, at: number): string {
  return `${whose} vendor id ${hexNumber(u16be(b, at), 4)}, device id ${hexNumber(u16be(b, at + 2), 4)}`;
}

function role(b: Uint8Array, at: number): string | null {
  const roles = ROLES.filter((_, bit) => (u8(b, at) & (1 << bit)) !== 0);
  return roles.length === 0 ? null : `PROFINET ${roles.join(', ')}`;
}
