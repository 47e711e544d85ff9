import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'Beckhoff, ADS protocol specification; invented values';

const INTRODUCTIONS = {
  client: 'address = AMS NetId 192.168.0.99.1.1 (ads.ams-net-id, client)',
  server: 'address = AMS NetId 192.168.0.10.1.1 (ads.ams-net-id, server)',
};
const BECKHOFF = 'vendor = Beckhoff (ads.answer, server)';

export const samples: readonly Sample[] = [
  {
    title: 'learns device information and state',
    origin: SPEC,
    messages: [
      ['client', '0000 20000000 c0a8000a0101 5303 c0a800630101 0080 0100 0400 00000000 00000000 01000000'],
      [
        'server',
        '0000 38000000 c0a800630101 0080 c0a8000a0101 5303 0100 0500 18000000 00000000 01000000 00000000 03 01 b80f 506c63333020417070 00000000000000',
      ],
      ['client', '0000 20000000 c0a8000a0101 5303 c0a800630101 0080 0400 0400 00000000 00000000 02000000'],
      [
        'server',
        '0000 28000000 c0a800630101 0080 c0a8000a0101 5303 0400 0500 08000000 00000000 02000000 00000000 0500 0000',
      ],
    ],
    operations: [
      '1 Read Device Info (diagnostic): 1 requests, 1 responses, 0 refused',
      '4 Read State (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      INTRODUCTIONS.client,
      INTRODUCTIONS.server,
      BECKHOFF,
      'module = Plc30 App 3.1.4024 (ads.device-info.name, server)',
      'firmware = 3.1.4024 (ads.device-info.version, server)',
      BECKHOFF,
      'state = run (ads.state, server)',
    ],
  },
  {
    title: 'reads, writes, controls, and counts a refusal',
    origin: SPEC,
    messages: [
      [
        'client',
        '0000 2c000000 c0a8000a0101 5303 c0a800630101 0080 0200 0400 0c000000 00000000 01000000 20400000 10000000 04000000',
      ],
      [
        'server',
        '0000 2c000000 c0a800630101 0080 c0a8000a0101 5303 0200 0500 0c000000 00000000 01000000 00000000 04000000 11223344',
      ],
      [
        'client',
        '0000 3b000000 c0a8000a0101 5303 c0a800630101 0080 0900 0400 1b000000 00000000 02000000 03f00000 00000000 04000000 0b000000 4d41494e2e537065656400',
      ],
      [
        'client',
        '0000 2e000000 c0a8000a0101 5303 c0a800630101 0080 0300 0400 0e000000 00000000 03000000 05f00000 02000000 02000000 0100',
      ],
      [
        'server',
        '0000 24000000 c0a800630101 0080 c0a8000a0101 5303 0300 0500 04000000 00000000 03000000 04070000 ; invalid access',
      ],
      [
        'client',
        '0000 28000000 c0a8000a0101 5303 c0a800630101 0080 0500 0400 08000000 00000000 04000000 0600 0000 00000000 ; stop',
      ],
      [
        'server',
        '0000 20000000 c0a800630101 0080 c0a8000a0101 5303 0500 0500 00000000 07000000 04000000 ; target machine not found',
      ],
      [
        'client',
        '0000 34000000 c0a8000a0101 5303 c0a800630101 0080 0900 0400 14000000 00000000 05000000 78000000 01000000 04000000 04000000 666f6f00 ; opens a file',
      ],
    ],
    operations: [
      '2 Read (read): 1 requests, 1 responses, 0 refused',
      '9 Read Write: Symbol Handle by Name (read): 1 requests, 0 responses, 0 refused',
      '3 Write (write): 1 requests, 1 responses, 1 refused',
      '5 Write Control (control): 1 requests, 1 responses, 1 refused',
      '9 Read Write: File (program): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['2: group 0x4020 16+4', '9: group 0xf003 "MAIN.Speed"', '3: group 0xf005 2+2', '9: group 0x78 1+4'],
    evidence: [INTRODUCTIONS.client, INTRODUCTIONS.server, BECKHOFF],
  },
  {
    title: 'hears notifications, and an answer whose request was not heard',
    origin: SPEC,
    messages: [
      [
        'client',
        '0000 48000000 c0a8000a0101 5303 c0a800630101 0080 0600 0400 28000000 00000000 01000000 20400000 00000000 02000000 04000000 00000000 00000000 00000000000000000000000000000000',
      ],
      [
        'server',
        '0000 28000000 c0a800630101 0080 c0a8000a0101 5303 0800 0400 08000000 00000000 00000000 10000000 00000000',
      ],
      ['server', '0000 24000000 c0a800630101 0080 c0a8000a0101 5303 0700 0500 04000000 00000000 09000000 00000000'],
    ],
    operations: [
      '6 Add Device Notification (read): 1 requests, 0 responses, 0 refused',
      '8 Device Notification (read): 0 requests, 1 responses, 0 refused',
      '7 Delete Device Notification (session): 0 requests, 1 responses, 0 refused',
    ],
    touches: ['6: group 0x4020 0+2'],
    evidence: [INTRODUCTIONS.client, INTRODUCTIONS.server, BECKHOFF],
  },
  {
    title: 'learns a system from its discovery, and sees a password sent',
    origin: 'made after public implementations of the discovery protocol; invented values',
    messages: [
      ['client', '03661471 00000000 01000000 000000000000 1027 00000000'],
      [
        'server',
        `03661471 00000000 01000080 05aabbcc0101 1027 03000000
         0500 0a00 4350582d344142434400
         0400 1400 14010000 0a000000 00000000 644a0000 02000000
         0300 0400 03 01 b80f`,
      ],
      ['client', '03661471 00000000 06000000 c0a800630101 1027 02000000 0d00 0200 4100 0200 0200 5800'],
    ],
    operations: [
      'udp.1 Identify (diagnostic): 1 requests, 1 responses, 0 refused',
      'udp.6 Add Route (write): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      BECKHOFF,
      'address = AMS NetId 5.170.187.204.1.1 (ads.ams-net-id, server)',
      'name = CPX-4ABCD (ads.discovery.host-name, server)',
      'os = Windows NT 10.0.19044 (ads.discovery.os-version, server)',
      'firmware = TwinCAT 3.1.4024 (ads.discovery.twincat-version, server)',
      'protection = a route was added with a password in clear text (ads.add-route, client)',
    ],
  },
  {
    title: 'puts a message together that comes in two segments, and gives up on what is none',
    origin: 'made',
    messages: [
      ['client', '0000 20000000 c0a8000a0101 5303 c0a80063'],
      ['client', '0101 0080 0400 0400 00000000 00000000 01000000'],
      ['client', 'ffff00000000000000000000000000000000000000000000000000000000000000000000000000000000'],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.malformed],
    operations: ['4 Read State (diagnostic): 1 requests, 0 responses, 0 refused'],
    evidence: [INTRODUCTIONS.client],
  },
];
