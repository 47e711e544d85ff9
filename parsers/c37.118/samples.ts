import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'IEEE C37.118.2-2011, clause 6; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'asks for header and configuration, and starts the transmission',
    origin: SPEC,
    messages: [
      [
        'client',
        `aa41 0012 0007 65a0b1c200000000 ; type 4, 18 octets, id code 7, time
         0003 ; send header
         0f8b ; CRC`,
      ],
      [
        'server',
        `aa11 001c 0007 65a0b1c200000000 ; type 1, 28 octets, id code 7, time
         504d5520372c206261792032 ; “PMU 7, bay 2”
         1df5 ; CRC`,
      ],
      [
        'client',
        `aa41 0012 0007 65a0b1c200000000 ; type 4, 18 octets, id code 7, time
         0005 ; send configuration 2
         6f4d ; CRC`,
      ],
      [
        'server',
        `aa31 004a 0007 65a0b1c200000000 ; type 3, 74 octets, id code 7, time
         000f4240 0001 ; time base, one unit
         53554220412020202020202020202020 ; station “SUB A”
         0007 0000 0001 0000 0000 ; id code 7, one phasor
         56412020202020202020202020202020 ; its name
         00000000 0000 0001 ; its unit, 60 Hz, change 1
         001e ; 30 per second
         5f7a ; CRC`,
      ],
      [
        'client',
        `aa41 0012 0007 65a0b1c200000000 ; type 4, 18 octets, id code 7, time
         0002 ; on
         1faa ; CRC`,
      ],
      [
        'server',
        `aa01 001a 0007 65a0b1c200000000 ; type 0, 26 octets, id code 7, time
         0000 00000000 0000 0000 ; status, phasor, frequency
         1afe ; CRC`,
      ],
      [
        'client',
        `aa41 0012 0007 65a0b1c200000000 ; type 4, 18 octets, id code 7, time
         0001 ; off
         2fc9 ; CRC`,
      ],
    ],
    operations: [
      'cmd.3 Send Header (diagnostic) unit 7: 1 requests, 1 responses, 0 refused',
      'cmd.5 Send Configuration 2 (diagnostic) unit 7: 1 requests, 1 responses, 0 refused',
      'cmd.2 Turn On Transmission (session) unit 7: 1 requests, 0 responses, 0 refused',
      'data Data (read) unit 7: 0 requests, 1 responses, 0 refused',
      'cmd.1 Turn Off Transmission (session) unit 7: 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['note = PMU 7, bay 2 (c37.118.header, server)', 'name = SUB A (c37.118.station-name, server)'],
  },
  {
    title: 'keeps the stations of a concentrator apart, also where the second is cut short',
    origin: SPEC,
    messages: [
      [
        'server',
        `aa21 007c 0001 65a0b1c200000000 ; type 2, 124 octets, id code 1, time
         000f4240 0002 ; time base, two units
         53554220412020202020202020202020 ; station “SUB A”
         0007 0000 0001 0000 0000 ; id code 7, one phasor
         56412020202020202020202020202020 ; its name
         00000000 0000 0001 ; its unit, 60 Hz, change 1
         53554220422020202020202020202020 ; station “SUB B”
         0008 0000 0001 0000 0000 ; id code 8, one phasor
         56412020202020202020202020202020 ; its name
         00000000 0000 0001 ; its unit, 60 Hz, change 1
         001e ; 30 per second
         5f15 ; CRC`,
      ],
      [
        'server',
        `aa51 0011 0001 65a0b1c200000000 ; type 5, 17 octets, id code 1, time
         00 ; configuration 3
         5675 ; CRC`,
      ],
      [
        'server',
        `aa21 0048 0001 65a0b1c200000000 ; type 2, 72 octets, id code 1, time
         000f4240 0002 ; time base, two units
         53554220412020202020202020202020 ; station “SUB A”
         0007 0000 0001 0000 0000 ; id code 7, one phasor
         56412020202020202020202020202020 ; its name
         00000000 0000 0001 ; its unit, 60 Hz, change 1
         7560 ; CRC`,
      ],
      [
        'client',
        `aa41 0012 0001 65a0b1c200000000 ; type 4, 18 octets, id code 1, time
         0040 ; a command of nobody
         86d8 ; CRC`,
      ],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.truncated, Outcome.unsupported],
    operations: [
      'cmd.4 Send Configuration 1 (diagnostic) unit 1: 0 requests, 2 responses, 0 refused',
      'cmd.6 Send Configuration 3 (diagnostic) unit 1: 0 requests, 1 responses, 0 refused',
      'cmd.64 Command 64 (control) unit 1: 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'name = SUB A (c37.118.station-name, server, unit 7)',
      'name = SUB B (c37.118.station-name, server, unit 8)',
      'name = SUB A (c37.118.station-name, server, unit 7)',
    ],
  },
];
