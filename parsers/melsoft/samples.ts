import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public discovery scripts; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'learns the type of a CPU',
    origin: ORIGIN,
    messages: [
      ['client', '57000000001111070000ffff030000fe03000014001c080a080000000000000004 0101 010000000001'],
      [
        'server',
        'd70000000000000000000000000000000000000000000000000000000000000000000000000000000051393955444543505520202020202020000000',
      ],
    ],
    operations: ['0x0101 Read CPU Type (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'vendor = Mitsubishi Electric (melsoft.cpu-type, server)',
      'model = Q99UDECPU (melsoft.cpu-type, server)',
    ],
  },
  {
    title: 'counts other messages, and passes over what follows them',
    origin: 'made',
    messages: [
      ['client', '57000000001111070000ffff030000fe03000014001c080a080000000000000004 1001 010000000001'],
      ['server', 'd70000000000000000000000000000000000000000000000000000000000000000000000000000000000'],
      ['server', '12341234123412341234123412341234123412341234123412341234123412341234123412341234'],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.unsupported],
    operations: ['message Message (program): 1 requests, 1 responses, 0 refused'],
  },
];
