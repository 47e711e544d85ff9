/** What Modbus devices say of themselves. */
import { u8 } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';
import { GATEWAY_PATH_UNAVAILABLE } from './codes.ts';

/** Indices into EVIDENCE; 0 to 6 are the object ids of Read Device Identification (V1.1b3, section 6.21). */
export const Source = {
  vendorName: 0,
  productCode: 1,
  majorMinorRevision: 2,
  vendorUrl: 3,
  productName: 4,
  modelName: 5,
  userApplicationName: 6,
  privateObject: 7,
  serverId: 8,
  gateway: 9,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'modbus.device-id.00',
    words: 'Modbus Read Device Identification, object 0x00 VendorName (FC 43/14)',
    field: 'vendor',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'modbus.device-id.01',
    words: 'Modbus Read Device Identification, object 0x01 ProductCode (FC 43/14)',
    field: 'product',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'modbus.device-id.02',
    words: 'Modbus Read Device Identification, object 0x02 MajorMinorRevision (FC 43/14)',
    field: 'firmware',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'modbus.device-id.03',
    words: 'Modbus Read Device Identification, object 0x03 VendorUrl (FC 43/14)',
    field: 'note',
    confidence: 0.8,
    render: text,
  },
  {
    name: 'modbus.device-id.04',
    words: 'Modbus Read Device Identification, object 0x04 ProductName (FC 43/14)',
    field: 'product',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'modbus.device-id.05',
    words: 'Modbus Read Device Identification, object 0x05 ModelName (FC 43/14)',
    field: 'model',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'modbus.device-id.06',
    words: 'Modbus Read Device Identification, object 0x06 UserApplicationName (FC 43/14)',
    field: 'name',
    confidence: 0.8,
    render: text,
  },
  {
    // object id and length come along, for private objects mean what their vendor says
    name: 'modbus.device-id.private',
    words: 'Modbus Read Device Identification, private object 0x80 to 0xFF (FC 43/14)',
    field: 'note',
    confidence: 0.5,
    render: (b, at, end) => {
      const value = text(b, at + 2, end);
      return value === null ? null : `object 0x${u8(b, at).toString(16)}: ${value}`;
    },
  },
  {
    name: 'modbus.server-id',
    words: 'Modbus Report Server ID, Server ID and additional data (FC 17)',
    field: 'product',
    confidence: 0.7,
    render: serverId,
  },
  {
    name: 'modbus.exception',
    words: 'Modbus exception response, exception code 0x0A or 0x0B',
    field: 'note',
    confidence: 0.9,
    render: (b, at) =>
      u8(b, at) === GATEWAY_PATH_UNAVAILABLE
        ? 'gateway: no path to this unit (exception 10)'
        : 'gateway: this unit does not answer (exception 11)',
  },
];

/**
 * Report Server ID (section 6.13): server id, of device specific length, run indicator, additional data. Devices put
 * their name into the last; the one-byte id and the indicator before it are not text.
 */
function serverId(b: Uint8Array, at: number, end: number): string | null {
  let start = at;
  while (start < end && (u8(b, start) < 0x20 || u8(b, start) > 0x7e)) start++;
  return end - start >= 3 ? text(b, start, end) : null;
}
