import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public analyses of the CODESYS protocols; invented values';

const RUNTIME = 'note = CODESYS runtime (codesys.answer, server)';

export const samples: readonly Sample[] = [
  {
    title: 'learns a device from the name service, over UDP',
    origin: ORIGIN,
    messages: [
      ['client', 'c5 6b 40 03 00 33 2dda0a000001 2ddb0a000063 0000 02c2 0004 01000000'],
      [
        'server',
        'c5 6b 40 04 00 33 2dda0a000001 2ddb0a000063 0000 80c2 0004 01000000 0400 01 00 0000 0800 0e00 0400 0010 0100 00000000 28 10 05 03 00000000 04 0000000000000000000000 5000410043004b00450052002d0031000000 410063006d006500200043006f006e00740072006f006c00200037000000 410063006d0065000000 53313233',
      ],
    ],
    operations: ['ns Name Service (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      RUNTIME,
      'firmware = 3.5.16.40 (codesys.device-info.firmware, server)',
      'name = PACKER-1 (codesys.device-info.node-name, server)',
      'product = Acme Control 7 (codesys.device-info.device-name, server)',
      'vendor = Acme (codesys.device-info.vendor-name, server)',
      'serial = S123 (codesys.device-info.serial, server)',
    ],
  },
  {
    title: 'opens a channel over TCP, uses components and closes it',
    origin: ORIGIN,
    messages: [
      [
        'client',
        'e8170100 30000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 c3 00 0101 00000000 01000000 00401f00 05000000',
      ],
      [
        'server',
        'e8170100 34000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 83 00 0101 00000000 01000000 0000 0100 00401f00 04000000',
      ],
      [
        'client',
        'e8170100 40000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 01 81 0100 01000000 00000000 10000000 00000000 55cd 0c00 0100 0100 00000000 00000000',
      ],
      [
        'server',
        'e8170100 40000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 01 01 0100 01000000 00000000 10000000 00000000 55cd 0c00 8100 0100 00000000 00000000',
      ],
      ['client', 'e8170100 24000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 02 80 0100 01000000'],
      [
        'client',
        'e8170100 40000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 01 81 0100 01000000 00000000 10000000 00000000 55cd 0c00 0200 1000 00000000 00000000',
      ],
      ['client', 'e8170100 20000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 03 00 0100'],
      [
        'client',
        'e8170100 40000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 01 81 0100 01000000 00000000 10000000 00000000 5775 0c00 0100 0200 00000000 00000000',
      ],
      ['client', 'e8170100 28000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 c4 00 0101 00000000 0100 0000'],
    ],
    operations: [
      'open Open Channel (session): 1 requests, 1 responses, 0 refused',
      '0x01.1 Device: Service 1 (session): 1 requests, 1 responses, 0 refused',
      '0x02.16 Application: Service 16 (program): 1 requests, 0 responses, 0 refused',
      'keep-alive Keep Alive (session): 1 requests, 0 responses, 0 refused',
      'close Close Channel (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [RUNTIME, 'protection = CODESYS secure channel (codesys.service, client)'],
  },
  {
    title: 'learns a version 2 runtime',
    origin: 'made after public discovery scripts; invented values',
    messages: [
      ['client', 'bbbb 01000000 01'],
      [
        'server',
        'bbbb00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004c696e7578000000000000000000000000000000000000000000000000000000332e31300000000000000000000000000000000000000000000000000000000041636d6520504c43203200000000000000000000000000000000000000000000',
      ],
      ['client', 'bbbb 02000000 0a00'],
    ],
    operations: [
      'v2.identify Identify (version 2) (diagnostic): 1 requests, 1 responses, 0 refused',
      'v2 Message (version 2) (write): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [RUNTIME, 'os = Linux 3.10 (codesys.v2.os, server)', 'product = Acme PLC 2 (codesys.v2.product, server)'],
  },
  {
    title: 'is refused a channel, and meets what it does not know',
    origin: 'made',
    messages: [
      [
        'server',
        'e8170100 34000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 83 00 0101 00000000 01000000 0200 0000 00401f00 04000000',
      ],
      ['client', 'e8170100 1e000000 c5 6b 40 40 00 33 2dda0a000001 2ddb0a000063 0000 77 00'],
    ],
    outcomes: [Outcome.ok, Outcome.unsupported],
    operations: ['open Open Channel (session): 0 requests, 1 responses, 1 refused'],
    evidence: [RUNTIME],
  },
];
