/** What RDP's beginning says of both ends. */
import { u8, u32le } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { utf16Text } from '../utf16.ts';

/** Indices into EVIDENCE. */
export const Source = { security: 0, standardSecurity: 1, clientName: 2, clientBuild: 3 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'rdp.negotiation',
    words: 'RDP Negotiation Response, selectedProtocol',
    field: 'protection',
    confidence: 0.9,
    render: security,
  },
  {
    name: 'rdp.client-data',
    words: 'RDP Client Core Data without encryption',
    field: 'protection',
    confidence: 0.9,
    render: () => STANDARD,
  },
  {
    name: 'rdp.client-name',
    words: 'RDP Client Core Data, clientName',
    field: 'name',
    confidence: 0.8,
    render: utf16Text,
  },
  {
    name: 'rdp.client-build',
    words: 'RDP Client Core Data, clientBuild',
    field: 'client-kind',
    confidence: 0.5,
    render: build,
  },
];

const STANDARD = 'RDP standard security (no TLS)';

/** RDP_NEG_RSP's selectedProtocol ([MS-RDPBCGR] 2.2.1.2.1). */
function security(b: Uint8Array, at: number): string {
  switch (u8(b, at)) {
    case 0:
      return STANDARD;
    case 1:
      return 'RDP over TLS, without network level authentication';
    case 4:
      return 'RDP with RDSTLS';
    default:
      return 'RDP with network level authentication';
  }
}

function build(b: Uint8Array, at: number): string {
  return `RDP client build ${u32le(b, at)}`;
}
