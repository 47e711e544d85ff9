/** What PROFINET's context management tells of controllers and devices. */
import { u8, u16be } from '../bytes.ts';
import { vendorName } from '../profinet-dcp/vendors.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hexNumber, text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = {
  initiator: 0,
  vendor: 1,
  vendorId: 2,
  orderId: 3,
  serial: 4,
  hardware: 5,
  software: 6,
  controller: 7,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'profinet-cm.initiator-station-name',
    words: 'PROFINET Connect, CMInitiatorStationName',
    field: 'name',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'profinet-cm.im0.vendor',
    words: 'PROFINET I&M0, VendorID: maker',
    field: 'vendor',
    confidence: 0.95,
    render: (b, at) => vendorName(u16be(b, at)),
  },
  {
    name: 'profinet-cm.im0.vendor-id',
    words: 'PROFINET I&M0, VendorID',
    field: 'note',
    confidence: 0.9,
    render: (b, at) => `PROFINET vendor id ${hexNumber(u16be(b, at), 4)}`,
  },
  { name: 'profinet-cm.im0.order-id', words: 'PROFINET I&M0, OrderID', field: 'model', confidence: 0.95, render: text },
  {
    name: 'profinet-cm.im0.serial-number',
    words: 'PROFINET I&M0, IM_Serial_Number',
    field: 'serial',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'profinet-cm.im0.hardware-revision',
    words: 'PROFINET I&M0, IM_Hardware_Revision',
    field: 'hardware',
    confidence: 0.95,
    render: (b, at) => `${u16be(b, at)}`,
  },
  {
    name: 'profinet-cm.im0.software-revision',
    words: 'PROFINET I&M0, IM_Software_Revision',
    field: 'firmware',
    confidence: 0.95,
    render: softwareRevision,
  },
  {
    name: 'profinet-cm.connect',
    words: 'PROFINET Connect, application relation',
    field: 'note',
    confidence: 0.9,
    render: () => 'PROFINET IO controller',
  },
];

/** A letter (V released, R revision, P prototype, U field test, T test) and three numbers. */
function softwareRevision(b: Uint8Array, at: number): string {
  const prefix = u8(b, at) >= 0x41 && u8(b, at) <= 0x5a ? String.fromCharCode(u8(b, at)) : '';
  return `${prefix}${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`;
}
