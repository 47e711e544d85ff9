import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'The CIP Networks Library Volume 2, section 3-2.2; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'counts I/O data in both directions',
    origin: SPEC,
    messages: [
      [
        'client',
        `0200 ; two items
         0280 0800 04030201 01000000 ; sequenced address: connection 0x01020304, number 1
         b100 0a00 0100 01000000 11223344 ; connected data: sequence count, run/idle header, outputs`,
      ],
      ['server', '0200 0280 0800 0d0c0b0a 01000000 b100 0600 0100 aabbccdd'],
      ['client', '0200 0280 0800 04030201 02000000 b100 0a00 0200 01000000 11223345'],
    ],
    operations: ['io Implicit I/O (write): 3 requests, 0 responses, 0 refused'],
    touches: ['io: connection 16909060+10', 'io: connection 168496141+6', 'io: connection 16909060+10'],
  },
  {
    title: 'takes a heartbeat without data',
    origin: SPEC,
    messages: [['client', '0200 0280 0800 04030201 07000000 b100 0000']],
    operations: ['io Implicit I/O (write): 1 requests, 0 responses, 0 refused'],
    touches: ['io: connection 16909060+0'],
  },
  {
    title: 'counts a datagram that is cut short',
    origin: 'made: the data item ends past the datagram',
    messages: [['client', '0200 0280 0800 04030201 07000000 b100 0800 0100']],
    outcomes: [Outcome.truncated],
    operations: ['io Implicit I/O (write): 1 requests, 0 responses, 0 refused'],
    touches: ['io: connection 16909060+8'],
  },
  {
    title: 'knows when a datagram is something else',
    origin: 'made: an unconnected data item in place of the connected one',
    messages: [['client', '0200 0280 0800 04030201 07000000 b200 0200 0100']],
    outcomes: [Outcome.unsupported],
  },
];
