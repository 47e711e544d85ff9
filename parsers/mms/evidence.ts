/** What MMS servers say of themselves. */
import { u8 } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE; the first three in the order of the Identify response (ISO 9506-2, 9.3). */
export const Source = { vendor: 0, model: 1, revision: 2, physicalStatus: 3, authentication: 4 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'mms.identify.vendor-name',
    words: 'MMS Identify answer, vendorName',
    field: 'vendor',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'mms.identify.model-name',
    words: 'MMS Identify answer, modelName',
    field: 'model',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'mms.identify.revision',
    words: 'MMS Identify answer, revision',
    field: 'firmware',
    confidence: 0.9,
    render: text,
  },
  {
    name: 'mms.status.vmd-physical-status',
    words: 'MMS Status answer, vmdPhysicalStatus',
    field: 'state',
    confidence: 0.9,
    render: physicalStatus,
  },
  {
    name: 'mms.acse.mechanism-name',
    words: 'MMS association, ACSE mechanism-name',
    field: 'protection',
    confidence: 0.9,
    render: (b, at) =>
      u8(b, at) === PASSWORD_MECHANISM ? 'MMS: association with password' : 'MMS: association authenticated',
  },
];

/** Last arc of the mechanism { joint-iso-itu-t association-control(2) authentication-mechanism(3) password(1) }. */
const PASSWORD_MECHANISM = 1;

const STATUSES = ['operational', 'partially operational', 'inoperable', 'needs commissioning'] as const;

function physicalStatus(b: Uint8Array, at: number): string | null {
  return STATUSES[u8(b, at)] ?? null;
}
