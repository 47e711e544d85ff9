import { wire } from '../dns/samples.ts';
import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const HOST = wire('hmi3');

export const samples: readonly Sample[] = [
  {
    title: 'learns a host from its answer',
    origin: 'RFC 4795, section 2; invented values',
    messages: [
      ['client', `00a1 0000 0001 0000 0000 0000 ${HOST} 0001 0001`],
      ['server', `00a1 8000 0001 0001 0000 0000 ${HOST} 0001 0001 c00c 0001 0001 0000001e 0004 0a000005`],
      [
        'server',
        `00a2 8000 0001 0001 0000 0000 ${HOST} 001c 0001 c00c 001c 0001 0000001e 0010 fe80${'00'.repeat(13)}05`,
      ],
    ],
    operations: ['query Query (read): 1 requests, 2 responses, 0 refused'],
    evidence: ['name = hmi3 (llmnr.a, host 0a000005)', 'name = hmi3 (llmnr.a, host fe800000000000000000000000000005)'],
  },
  {
    title: 'learns a name from the question whether it is taken',
    origin: 'RFC 4795, section 4.1',
    messages: [['client', `00a3 0000 0001 0000 0000 0000 ${HOST} 00ff 0001`]],
    operations: ['query Query (read): 1 requests, 0 responses, 0 refused'],
    evidence: ['name = hmi3 (llmnr.any, client)'],
  },
  {
    title: 'stops where a record is cut short',
    origin: 'made: RDLENGTH behind the end',
    messages: [['server', `00a4 8000 0001 0001 0000 0000 ${HOST} 0001 0001 c00c 0001 0001 0000001e 0004 0a`]],
    outcomes: [Outcome.truncated],
    operations: ['query Query (read): 0 requests, 1 responses, 0 refused'],
  },
];
