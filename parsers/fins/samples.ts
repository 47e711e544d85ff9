import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const W342 = 'Omron W342 (Communications Commands)';
const W421 = 'Omron W421 (Ethernet Units, Construction of Applications)';

/** Header of a request from node 9 to node 3, and of its answer. */
const TO = (sid: string) => `80 00 02 00 03 00 00 09 00 ${sid}`;
const BACK = (sid: string) => `c0 00 02 00 09 00 00 03 00 ${sid}`;

export const samples: readonly Sample[] = [
  {
    title: 'reads and writes words, and pairs the answers',
    origin: `${W342}, sections 5-3-2 and 5-3-3`,
    messages: [
      ['client', `${TO('01')} 0101 82 0064 00 000a`],
      ['server', `${BACK('01')} 0101 0000 0001 0002 0003 0004 0005 0006 0007 0008 0009 000a`],
      ['client', `${TO('02')} 0102 b0 0010 00 0001 1234`],
      ['server', `${BACK('02')} 0102 0000`],
      ['client', `${TO('03')} 0102 31 0002 05 0001 01 ; a bit`],
    ],
    operations: [
      '0x0101 Memory Area Read (read): 1 requests, 1 responses, 0 refused',
      '0x0102 Memory Area Write (write): 2 requests, 1 responses, 0 refused',
    ],
    touches: ['0x0101: DM 100+10', '0x0102: CIO 16+1', '0x0102: work bit 37+1'],
  },
  {
    title: 'reads several areas, fills, transfers and forces',
    origin: `${W342}, sections 5-3-4 to 5-3-6 and 5-3-40`,
    messages: [
      ['client', `${TO('01')} 0104 82 0001 00 a3 0002 00`],
      ['client', `${TO('02')} 0103 82 0001 00 0064 0000`],
      ['client', `${TO('03')} 0105 82 0001 00 b2 0005 00 0003`],
      ['client', `${TO('04')} 2301 0001 0001 30 0000 02`],
      ['server', `${BACK('04')} 2301 0000`],
    ],
    operations: [
      '0x0104 Multiple Memory Area Read (read): 1 requests, 0 responses, 0 refused',
      '0x0103 Memory Area Fill (write): 1 requests, 0 responses, 0 refused',
      '0x0105 Memory Area Transfer (write): 1 requests, 0 responses, 0 refused',
      '0x2301 Forced Set/Reset (control): 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      '0x0104: DM 1+1',
      '0x0104: EM bank 3 2+1',
      '0x0103: DM 1+100',
      '0x0105: DM 1+3',
      '0x0105: holding 5+3',
      '0x2301: CIO bit 2+1',
    ],
  },
  {
    title: 'stops and starts a controller behind another network, and counts a refusal',
    origin: `${W342}, sections 5-3-12, 5-3-13 and 5-1-3`,
    messages: [
      ['client', '80 00 02 02 05 00 00 09 00 07 0402 ffff'],
      ['server', 'c0 00 02 00 09 00 02 05 00 07 0402 0000'],
      ['client', `${TO('08')} 0401 ffff 04`],
      ['server', `${BACK('08')} 0401 2201 ; the mode is wrong`],
      ['client', `${TO('09')} 0306 ffff 00000000 8100`],
    ],
    operations: [
      '0x0402 Stop (control) unit 132352: 1 requests, 1 responses, 0 refused',
      '0x0401 Run (control): 1 requests, 1 responses, 1 refused',
      '0x0306 Program Area Read (program): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'learns model, version, units, state and name',
    origin: `${W342}, sections 5-3-15 to 5-3-17 and 5-3-44; invented values`,
    messages: [
      ['client', `${TO('01')} 0501 00`],
      [
        'server',
        `${BACK('01')} 0501 0040
         434a324d2d43505539392020 2020202020202020 ; model
         30322e30 3500 0000 0000 0000 0000 0000 0000 0000 ; version
         0000`,
      ],
      ['client', `${TO('02')} 0502 00`],
      ['server', `${BACK('02')} 0502 0000 81 0010 434a31572d45544e323120202020202020202020`],
      ['client', `${TO('03')} 0601`],
      ['server', `${BACK('03')} 0601 0000 01 04 0000 0000 0000 0000 20202020202020202020202020202020`],
      ['client', `${TO('04')} 2603`],
      ['server', `${BACK('04')} 2603 0000 5061636b65723120`],
    ],
    operations: [
      '0x0501 Controller Data Read (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x0502 Connection Data Read (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x0601 Controller Status Read (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x2603 Name Read (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'vendor = Omron (fins.controller-data, server)',
      'model = CJ2M-CPU99 (fins.controller-data.model, server)',
      'firmware = 02.05 (fins.controller-data.version, server)',
      'module = CJ1W-ETN21 (unit 0x0010) (fins.connection-data.unit, server)',
      'state = RUN mode (fins.controller-status, server)',
      'name = Packer1 (fins.name, server)',
    ],
  },
  {
    title: 'opens a FINS/TCP connection and sends frames over it',
    origin: `${W421}, section 7-4`,
    messages: [
      ['client', '46494e53 0000000c 00000000 00000000 00000000'],
      ['server', '46494e53 00000010 00000001 00000000 00000009 00000003'],
      ['client', `46494e53 0000001a 00000002 00000000 ${TO('01')} 0101 82 0000 00 0001`],
      ['server', `46494e53 00000018 00000002 00000000 ${BACK('01')} 0101 0000 0007`],
    ],
    operations: [
      'tcp.0 Node Address Data Send (session): 1 requests, 1 responses, 0 refused',
      '0x0101 Memory Area Read (read): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['0x0101: DM 0+1'],
  },
  {
    title: 'puts a FINS/TCP message together that comes in pieces',
    origin: `${W421}, section 7-4`,
    messages: [
      ['client', `46494e53 0000001a 00000002 00000000 ${TO('01')} 0101 82 0000 00 0001 46494e53`],
      ['client', '0000001a 00000002 00000000 80'],
      ['client', '00 02 00 03 00 00 09 00 02 0101 82 0000 00 0001'],
      ['client', '46494e53 00000008 00000009 00000000 ; no such command'],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.ok, Outcome.unsupported],
    operations: ['0x0101 Memory Area Read (read): 2 requests, 0 responses, 0 refused'],
    touches: ['0x0101: DM 0+1', '0x0101: DM 0+1'],
  },
  {
    title: 'counts an answer whose request was not heard, and a request cut short',
    origin: `made after ${W342}`,
    messages: [
      ['server', `${BACK('01')} 0102 1103`],
      ['client', `${TO('02')} 0101 82 00`],
    ],
    outcomes: [Outcome.ok, Outcome.truncated],
    operations: [
      '0x0102 Memory Area Write (write): 0 requests, 1 responses, 1 refused',
      '0x0101 Memory Area Read (read): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'counts a command it does not know',
    origin: 'made',
    messages: [['client', `${TO('02')} 7f01`]],
    outcomes: [Outcome.unsupported],
    operations: ['0x7f01 Command 0x7f01 (write): 1 requests, 0 responses, 0 refused'],
  },
];
