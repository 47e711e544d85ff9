import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public analyses of GE-SRTP (DFRWS 2017)';

const RUNS = [
  'vendor = GE / Emerson (ge-srtp.answer, server)',
  'state = run, I/O enabled (ge-srtp.status-word, server)',
];

export const samples: readonly Sample[] = [
  {
    title: 'opens a connection and reads memory',
    origin: ORIGIN,
    messages: [
      [
        'server',
        '0100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
      ],
      [
        'client',
        '0200 0500 0000 000000000000000000000000000000000000000000000000 05 c0 00000000 100e0000 010104080a0003000000000000000000',
      ],
      [
        'server',
        '0300 0500 0000 000000000000000000000000000000000000000000000000 05 d4 100e0000 00000000 01010000010002000300000000000001',
      ],
      [
        'client',
        '0200 0600 0000 000000000000000000000000000000000000000000000000 06 c0 00000000 100e0000 01010000000000000000000000000000',
      ],
      [
        'server',
        '0300 0600 0400 000000000000000000000000000000000000000000000000 06 94 100e0000 00000000 00000400000000000101000000000001 01020304',
      ],
    ],
    operations: [
      'open Open Connection (session): 0 requests, 1 responses, 0 refused',
      '0x04 Read System Memory (read): 1 requests, 1 responses, 0 refused',
      '0x00 PLC Short Status (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['0x04: %R 10+3'],
    evidence: [...RUNS, ...RUNS],
  },
  {
    title: 'writes memory with a text buffer, and is refused the state of the controller',
    origin: ORIGIN,
    messages: [
      [
        'client',
        '0200 0700 0800 000000000000000000000000000000000000000000000000 07 80 00000000 100e0000 00000800000000000101070863000400 0102030405060708',
      ],
      [
        'client',
        '0200 0800 0000 000000000000000000000000000000000000000000000000 08 c0 00000000 100e0000 01012302000000000000000000000000',
      ],
      [
        'server',
        '0300 0800 0000 000000000000000000000000000000000000000000000000 08 d1 100e0000 00000000 010102fe000000000000000000000000 ; insufficient privilege',
      ],
      [
        'server',
        '0300 0900 0000 000000000000000000000000000000000000000000000000 09 d4 100e0000 00000000 01010000000000000000000000000021 ; to a request not heard',
      ],
    ],
    operations: [
      '0x07 Write System Memory (write): 1 requests, 0 responses, 0 refused',
      '0x23 Set PLC State (control): 1 requests, 1 responses, 1 refused',
      'answer Answer to a Request Not Heard (read): 0 requests, 1 responses, 0 refused',
    ],
    touches: ['0x07: %R 99+4'],
    evidence: [
      'vendor = GE / Emerson (ge-srtp.answer, server)',
      'vendor = GE / Emerson (ge-srtp.answer, server)',
      'state = stop, I/O disabled (ge-srtp.status-word, server)',
    ],
  },
  {
    title: 'opens a connection, and counts a service request it does not know',
    origin: 'made',
    messages: [
      [
        'client',
        '0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
      ],
      [
        'client',
        '0200 0900 0000 000000000000000000000000000000000000000000000000 09 c0 00000000 100e0000 01017f00000000000000000000000000',
      ],
    ],
    outcomes: [Outcome.ok, Outcome.unsupported],
    operations: [
      'open Open Connection (session): 1 requests, 0 responses, 0 refused',
      '0x7f Service Request 0x7f (write): 1 requests, 0 responses, 0 refused',
    ],
  },
];
