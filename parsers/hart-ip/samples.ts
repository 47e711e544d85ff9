import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'HCF_SPEC-085, HCF_SPEC-81 and HCF_SPEC-127; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'opens, keeps and closes a session',
    origin: SPEC,
    messages: [
      ['client', '01 00 00 00 0001 000d 01 00007530'],
      ['server', '01 01 00 00 0001 000d 01 0000ea60'],
      ['client', '01 00 02 00 0002 0008'],
      ['server', '01 01 02 00 0002 0008'],
      ['client', '01 00 01 00 0003 0008'],
      ['server', '01 01 01 00 0003 0008'],
    ],
    operations: [
      'ip.0 Session Initiate (session): 1 requests, 1 responses, 0 refused',
      'ip.2 Keep Alive (session): 1 requests, 1 responses, 0 refused',
      'ip.1 Session Close (session): 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'learns a device from commands 0, 13 and 20',
    origin: SPEC,
    messages: [
      ['client', '01 00 03 00 0001 000d 02 00 00 00 02'],
      [
        'server',
        '01 01 03 00 0001 0025 06 80 00 18 00 00 fe 11 99 05 07 02 03 28 00 00abcd 05 03 0001 00 0011 0011 01 a3',
      ],
      ['client', '01 00 03 00 0002 0011 82 9199 00abcd 0d 00 e1'],
      ['server', '01 01 03 00 0002 0028 86 9199 00abcd 0d 17 00 00 514b71c31060 09530b81404e2e0d20820820 010170 2d'],
      ['client', '01 00 03 00 0003 0011 82 9199 00abcd 14 00 f8'],
      [
        'server',
        '01 01 03 00 0003 0033 86 9199 00abcd 14 22 00 00 54542d3130312f41000000000000000000000000000000000000000000000000 ad',
      ],
    ],
    operations: [
      '0 Read Unique Identifier (diagnostic): 1 requests, 1 responses, 0 refused',
      '13 Read Tag, Descriptor, Date (diagnostic): 1 requests, 1 responses, 0 refused',
      '20 Read Long Tag (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'vendor = Endress+Hauser (hart.command-0.manufacturer-id, server)',
      'note = HART device type 0x1199 (hart.command-0.device-type, server)',
      'firmware = 3 (hart.command-0.software-revision, server)',
      'hardware = 5 (hart.command-0.hardware-revision, server)',
      'serial = 00abcd (hart.command-0.device-id, server)',
      'device-type = HART process automation device (hart.command-0.device-profile, server)',
      'name = TT-101A (hart.command-13.tag, server)',
      'note = BULK TANK 4 (hart.command-13.descriptor, server)',
      'name = TT-101/A (hart.command-20.long-tag, server)',
    ],
  },
  {
    title: 'reads and writes a device behind a gateway, and counts a refusal',
    origin: SPEC,
    messages: [
      ['client', '01 00 03 00 0004 0011 82 a655 123456 03 00 02'],
      ['server', '01 01 03 00 0004 001c 86 a655 123456 03 0b 00 00 40800000 20 41a00000 0c'],
      ['client', '01 00 03 00 0005 001a 82 a655 123456 23 09 20 42c80000 00000000 81'],
      ['server', '01 01 03 00 0005 0013 86 a655 123456 23 02 07 00 23 ; in write protect mode'],
      ['client', '01 00 03 00 0006 0011 82 a655 123456 2a 00 2b'],
      ['server', '01 01 03 00 0006 0013 86 a655 123456 2a 02 00 00 2d'],
      ['client', '01 00 03 00 0007 0015 82 a655 123456 1f 04 0201 5553 1f ; command 513'],
    ],
    operations: [
      '3 Read Dynamic Variables and Loop Current (read) unit 1193046: 1 requests, 1 responses, 0 refused',
      '35 Write Primary Variable Range Values (write) unit 1193046: 1 requests, 1 responses, 1 refused',
      '42 Perform Device Reset (control) unit 1193046: 1 requests, 1 responses, 0 refused',
      '513 Write Country Code (write) unit 1193046: 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'hears bursts, and answers whose requests were not heard',
    origin: SPEC,
    messages: [
      ['server', '01 02 03 00 0009 0018 81 a655 123456 01 07 00 00 20 41a00000 c5'],
      ['server', '01 01 00 00 0001 000d 01 0000ea60'],
      ['server', '01 0f 03 00 0008 0009 08'],
    ],
    operations: [
      '1 Read Primary Variable (read) unit 1193046: 0 requests, 1 responses, 0 refused',
      'ip.0 Session Initiate (session): 0 requests, 1 responses, 0 refused',
      'ip.3 Token-Passing PDU (read): 0 requests, 1 responses, 1 refused',
    ],
  },
  {
    title: 'counts a request cut short',
    origin: 'made',
    messages: [['client', '01 00 03 00 0002 000d 82 a655 1234']],
    outcomes: [Outcome.truncated],
  },
];
