/** The evidence that mail protocols share: the greeting, the login, TLS. */
import type { EvidenceSource } from './protocol.ts';
import { text } from './text.ts';

/** Evidence sources in the order of CommonSource; `skip` bytes of the greeting are the reply code. */
export function mailEvidence(protocol: string, shown: string, skip: number): readonly EvidenceSource[] {
  return [
    {
      name: `${protocol}.greeting`,
      words: `${shown} greeting`,
      field: 'product',
      confidence: 0.5,
      render: (b, at, end) => text(b, at + skip, end)?.replace(/\s*<[^>]*>\s*$/, '') ?? null, // POP3's time stamp
    },
    {
      name: `${protocol}.login`,
      words: `${shown} login`,
      field: 'protection',
      confidence: 0.9,
      render: () => `cleartext login (${shown})`,
    },
    {
      name: `${protocol}.tls`,
      words: `${shown} change to TLS`,
      field: 'protection',
      confidence: 0.9,
      render: () => `${shown} over TLS`,
    },
  ];
}
