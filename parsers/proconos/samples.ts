import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public discovery scripts; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'learns runtime, product and project',
    origin: ORIGIN,
    messages: [
      ['client', 'cc01 000b 4002 0000 47ee'],
      [
        'server',
        'cc010000000000000000000050726f436f6e4f532056392e302e31204a616e2031203230313000000000000041434d453520312e3234204275696c6420303035000000000000000000000000006d697865722d3100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
      ],
    ],
    operations: ['information Query Information (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'firmware = ProConOS V9.0.1 Jan 1 2010 (proconos.information.runtime, server)',
      'product = ACME5 1.24 Build 005 (proconos.information.plc-type, server)',
      'note = project mixer-1 (proconos.information.project, server)',
    ],
  },
  {
    title: 'counts other messages, and passes over what follows them',
    origin: 'made',
    messages: [
      ['client', 'cc01 0010 1234 0000 0000 0000'],
      ['server', 'cc01 0010 1234 0000 0000 0000'],
      ['server', '00112233445566778899'],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.unsupported],
    operations: ['message Message (write): 1 requests, 1 responses, 0 refused'],
  },
];
