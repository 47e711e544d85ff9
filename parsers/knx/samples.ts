import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'KNX Standard 03_08_02 and 03_08_04; invented values';

const DEVICE = [
  'device-type = KNX IP interface or router (knx.device-information, server)',
  'state = programming mode (knx.device-information.status, server)',
  'address = KNX 1.1.5 (knx.device-information.individual-address, server)',
  'serial = 00c501020304 (knx.device-information.serial-number, server)',
  'address = 00:0e:8c:11:22:33 (knx.device-information.mac-address, server)',
  'name = Heating plant (knx.device-information.friendly-name, server)',
];

export const samples: readonly Sample[] = [
  {
    title: 'learns a device from its description',
    origin: SPEC,
    messages: [
      ['client', '0610 0201 000e 08 01 0a000063 0e57'],
      [
        'server',
        `0610 0202 004a 08 01 0a000063 0e57 36 01 02 01 1105 0000 00c501020304 e000170c 000e8c112233 48656174696e6720706c616e740000000000000000000000000000000000 06 02 0201 0301`,
      ],
      ['client', '0610 0203 000e 08 01 0a000063 0e57'],
      [
        'server',
        `0610 0204 003c 36 01 02 01 1105 0000 00c501020304 e000170c 000e8c112233 48656174696e6720706c616e740000000000000000000000000000000000`,
      ],
    ],
    operations: [
      '0x0201 Search (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x0203 Description (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [...DEVICE, ...DEVICE],
  },
  {
    title: 'opens a tunnel, sends telegrams and hears others',
    origin: SPEC,
    messages: [
      ['client', '0610 0205 001a 08 01 0a000063 0e57 08 01 0a000063 0e57 04 04 02 00'],
      ['server', '0610 0206 0014 15 00 08 01 0a000063 0e57 04 04 1106'],
      ['client', '0610 0420 0015 04 15 00 00 11 00 bc e0 0000 0901 01 00 81 ; group value write'],
      ['server', '0610 0421 000a 04 15 00 00'],
      ['server', '0610 0420 0015 04 15 00 00 2e 00 bc e0 1106 0901 01 00 81 ; confirmed'],
      ['server', '0610 0420 0015 04 15 01 00 29 00 bc e0 1102 0902 01 00 80'],
      ['client', '0610 0209 0010 15 00 08 01 0a000063 0e57'],
      ['server', '0610 020a 0008 15 21 ; no such connection'],
    ],
    operations: [
      '0x0205 Connect (session): 1 requests, 1 responses, 0 refused',
      '0x0420 Tunnelling (write): 3 requests, 1 responses, 0 refused',
      'apci.2 Group Value Write (write): 1 requests, 1 responses, 0 refused',
      '0x0209 Disconnect (session): 1 requests, 1 responses, 1 refused',
    ],
    touches: ['apci.2: group-address 2305+1', '0x0420: group-address 2306+1'],
  },
  {
    title: 'hears routing and KNX IP Secure',
    origin: 'KNX Standard 03_08_05 and 03_08_09',
    messages: [
      ['client', '0610 0530 0011 29 00 bc d0 1102 0902 01 00 80'],
      [
        'client',
        '0610 0950 002e 0001 000000000001 00fa12345678 affe 0011223344556677 00112233445566778899aabbccddeeff',
      ],
    ],
    operations: [
      '0x0530 Routing Indication (write): 1 requests, 0 responses, 0 refused',
      '0x0950 Secure Wrapper (session): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['0x0530: group-address 2306+1'],
    evidence: ['protection = KNX IP Secure (knx.secure-wrapper, client)'],
  },
  {
    title: 'counts a description cut short',
    origin: 'made',
    messages: [['server', '0610 0204 003c 36 01 02']],
    outcomes: [Outcome.truncated],
    operations: ['0x0203 Description (diagnostic): 0 requests, 1 responses, 0 refused'],
  },
];
