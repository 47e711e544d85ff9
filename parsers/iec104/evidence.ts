/** What stations tell of themselves, which is little: the protocol has no device identification. */
import { u8, u16le } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';

/** Indices into EVIDENCE. */
export const Source = { commonAddress: 0, originator: 1, initialization: 2, authentication: 3 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'iec104.common-address',
    words: 'IEC 104 ASDU, common address',
    field: 'address',
    confidence: 0.9,
    render: (b, at) => `common address ${u16le(b, at)}`,
  },
  {
    name: 'iec104.originator-address',
    words: 'IEC 104 ASDU, originator address',
    field: 'address',
    confidence: 0.8,
    render: (b, at) => `originator address ${u8(b, at)}`,
  },
  {
    name: 'iec104.end-of-initialization',
    words: 'IEC 104 M_EI_NA_1 End of initialization',
    field: 'state',
    confidence: 0.9,
    render: initialization,
  },
  {
    name: 'iec104.secure-authentication',
    words: 'IEC 104 secure authentication types (IEC 60870-5-7)',
    field: 'protection',
    confidence: 0.95,
    render: () => 'secure authentication (IEC 60870-5-7)',
  },
];

/** Cause of initialization (IEC 60870-5-101, 7.2.6.21). */
function initialization(b: Uint8Array, at: number): string {
  switch (u8(b, at) & 0x7f) {
    case 0:
      return 'started: local power switch on';
    case 1:
      return 'started: local manual reset';
    case 2:
      return 'started: remote reset';
    default:
      return `started: cause ${u8(b, at) & 0x7f}`;
  }
}
