import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public analyses of TriStation (FireEye, 2018)';

const IDENTITY = [
  'vendor = Schneider Electric (Triconex) (tristation.answer, server)',
  'device-type = Safety controller (tristation.answer, server)',
];

export const samples: readonly Sample[] = [
  {
    title: 'connects, pings and disconnects',
    origin: ORIGIN,
    messages: [
      ['client', '0100 0000 01fc'],
      ['server', '0200 0000 01b8'],
      ['client', '0600 0000 0088'],
      ['server', '0600 0000 0088'],
      ['client', '0400 0000 0130'],
      ['server', '0300 0000 0044'],
    ],
    operations: [
      '1 Connection Request (session): 1 requests, 1 responses, 0 refused',
      '6 Ping (session): 1 requests, 1 responses, 0 refused',
      '4 Disconnection Request (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: IDENTITY,
  },
  {
    title: 'asks for status, downloads a change and runs the program',
    origin: ORIGIN,
    messages: [
      ['client', '0500 0a00 00 00 13 01 0000 0000 0a00 4a64 ; get CP status'],
      ['server', '0500 0e00 01 00 6c 01 0000 0000 0e00 00112233 099a'],
      ['client', '0500 0a00 00 00 01 02 0000 0000 0a00 f9b1 ; start download change'],
      ['server', '0500 0a00 01 00 66 02 0000 0000 0a00 efba ; permitted'],
      ['client', '0500 1200 00 00 37 03 0000 0000 1200 0102030405060708 6bf2 ; allocate program'],
      ['server', '0500 0a00 01 00 99 03 0000 0000 0a00 b07e'],
      ['client', '0500 0a00 00 00 0b 04 0000 0000 0a00 1fce ; end download change'],
      ['client', '0500 0a00 00 00 14 05 0000 0000 0a00 4e42 ; run program'],
      ['server', '0500 0b00 01 00 64 05 0000 0000 0b00 d4 f014 ; rejected: the key setting prohibits it'],
    ],
    operations: [
      '5.19 Get CP Status (diagnostic): 1 requests, 1 responses, 0 refused',
      '5.1 Start Download Change (program): 1 requests, 1 responses, 0 refused',
      '5.55 Allocate Program (program): 1 requests, 1 responses, 0 refused',
      '5.11 End Download Change (program): 1 requests, 0 responses, 0 refused',
      '5.20 Run Program (control): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [...IDENTITY, ...IDENTITY, ...IDENTITY, ...IDENTITY],
  },
  {
    title: 'counts answers whose requests were not heard',
    origin: ORIGIN,
    messages: [['server', '0500 0a00 01 00 6e 09 0000 0000 0a00 54dc ; program is halted']],
    operations: ['5.21 Halt Program (control): 0 requests, 1 responses, 0 refused'],
    evidence: IDENTITY,
  },
  {
    title: 'is refused a connection',
    origin: ORIGIN,
    messages: [
      ['client', '0100 0000 01fc'],
      ['server', '0a00 0000 03d8'],
    ],
    operations: ['1 Connection Request (session): 1 requests, 1 responses, 1 refused'],
    evidence: ['protection = refuses connections (tristation.access-denied, server)'],
  },
  {
    title: 'counts a command it does not know, and one cut short',
    origin: 'made',
    messages: [
      ['client', '0500 0a00 00 00 5a 01 0000 0000 0a00 8e3e'],
      ['client', '0500 2000 00 00 13 02 0000 0000 2000'],
    ],
    outcomes: [Outcome.unsupported, Outcome.truncated],
    operations: [
      '5.90 Command 90 (write): 1 requests, 0 responses, 0 refused',
      '5.19 Get CP Status (diagnostic): 1 requests, 0 responses, 0 refused',
    ],
  },
];
