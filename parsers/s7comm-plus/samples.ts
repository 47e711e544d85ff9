import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const LAYOUT = 'made after the layout in index.ts; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'begins a session and learns both ends',
    origin: LAYOUT,
    messages: [
      [
        'client',
        `72 01 0040
         31 0000 04ca 0000 0001 00000120 36 ; CreateObject, sequence 1, no session yet
         0000011d 00 04 00 00000000 ; in the container of sessions
         a1 000000d3 821f 00 00 ; an object of class ServerSession
         a3 8228 00 15 02 4a6f ; user Jo
         a3 8229 00 15 04 50616e65 ; application Pane
         a3 822a 00 15 05 50432d3031 ; host PC-01
         a2
         72 01 0000`,
      ],
      [
        'server',
        `72 01 0042
         32 0000 04ca 0000 0001 36 00 ; no error
         02 8740 8707 ; ids of two objects
         a1 00000120 821f 00 00
         a3 8232 00 17 0000013a ; session version: a structure
         823f 00 15 1a 313b3645533720323132 2d31424533312d305842303b56332e30 ; 1;6ES7 212-1BE31-0XB0;V3.0
         00
         72 01 0000`,
      ],
    ],
    operations: ['0x04ca CreateObject: session (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'note = user Jo (s7comm-plus.session-user, client)',
      'note = application Pane (s7comm-plus.session-application, client)',
      'name = PC-01 (s7comm-plus.session-host, client)',
      'model = 6ES7 212-1BE31-0XB0 (s7comm-plus.session-version, server)',
      'firmware = V3.0 (s7comm-plus.session-version.firmware, server)',
      'vendor = Siemens (s7comm-plus.session-version.vendor, server)',
    ],
  },
  {
    title: 'tells the upkeep of sessions and subscriptions from what is done to the device',
    origin: LAYOUT,
    messages: [
      ['client', '72 02 0013 31 0000 0542 0000 0002 000003c0 34 000003c0 01 7202 0000'],
      ['client', '72 02 0014 31 0000 0542 0000 0003 000003c0 34 00000000 0101 7202 0000'],
      [
        'client',
        '72 02 0021 31 0000 04ca 0000 0004 000003c0 34 000003d1 0004 00 00000000 04 a1 7fffc001 8769 7202 0000',
      ],
      [
        'client',
        '72 02 0021 31 0000 04ca 0000 0005 000003c0 34 00000003 0004 00 00000000 04 a1 8a0e0001 940e 7202 0000',
      ],
      ['client', '72 02 0018 31 0000 04f2 0000 0006 000003c0 74 1000006a 01 881d 00 07 06 7202 0000'],
      ['client', '72 02 0018 31 0000 04f2 0000 0007 000003c0 34 00000034 01 9077 00 07 01 7202 0000'],
      ['client', '72 02 0018 31 0000 04f2 0000 0008 000003c0 34 00000055 01 8801 00 07 01 7202 0000'],
      ['client', '72 02 0012 31 0000 04d4 0000 0009 000003c0 34 7fffc001 7202 0000'],
      ['client', '72 02 0012 31 0000 04d4 0000 000a 000003c0 34 8a0e0001 7202 0000'],
      ['client', '72 02 0012 31 0000 04d4 0000 000b 000003c0 34 000003c0 7202 0000'],
      ['server', '72 02 000f 32 0000 04d4 0000 000b 34 00 000003c0 7202 0000'],
    ],
    operations: [
      '0x0542 SetMultiVariables: session (session): 1 requests, 0 responses, 0 refused',
      '0x0542 SetMultiVariables (write): 1 requests, 0 responses, 0 refused',
      '0x04ca CreateObject: subscription (read): 1 requests, 0 responses, 0 refused',
      '0x04ca CreateObject (program): 1 requests, 0 responses, 0 refused',
      '0x04f2 SetVariable: subscription (read): 1 requests, 0 responses, 0 refused',
      '0x04f2 SetVariable: operating state (control): 1 requests, 0 responses, 0 refused',
      '0x04f2 SetVariable (write): 1 requests, 0 responses, 0 refused',
      '0x04d4 DeleteObject: subscription (read): 1 requests, 0 responses, 0 refused',
      '0x04d4 DeleteObject (program): 1 requests, 0 responses, 0 refused',
      '0x04d4 DeleteObject: session (session): 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'reads variables, passes over the integrity part, and counts a refusal',
    origin: LAYOUT,
    messages: [
      [
        'client',
        `72 03 0033
         20 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f ; digest
         31 0000 054c 0000 0001 000003c0 34 00000000
         72 03 0000`,
      ],
      [
        'server',
        `72 03 0034
         20 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f
         32 0000 054c 0000 0001 34
         c0 88 95 b0 80 ef 91 ff f4 ; error -12
         72 03 0000`,
      ],
      ['client', '72 02 0012 31 0000 054c 0000 0002 000003c0 34 00000000 7202 0000'],
      ['server', '72 02 000b 32 0000 054c 0000 0002 34 00 7202 0000'],
      ['client', '72 02 0012 31 0000 054c 0000 0003 000003c0 34 00000000 7202 0000'],
      ['server', '72 02 000d 32 0000 054c 0000 0003 34 83fb7f 7202 0000 ; -129'],
    ],
    operations: ['0x054c GetMultiVariables (read): 3 requests, 3 responses, 2 refused'],
  },
  {
    title: 'counts a PDU that goes on in others once',
    origin: LAYOUT,
    messages: [
      ['client', '72 02 0012 31 0000 04bb 0000 0001 000003c0 34 00000003 7202 0000'],
      ['server', '72 02 000c 32 0000 04bb 0000 0001 34 00 a1'],
      ['server', '72 02 000c 32 0000 04bb 0000 0001 34 00 a1'],
      ['server', '72 02 0002 a2 a2 7202 0000'],
      ['server', '72 02 000b 32 0000 04bb 0000 0002 34 00 7202 0000'],
    ],
    operations: ['0x04bb Explore (diagnostic): 1 requests, 2 responses, 0 refused'],
  },
  {
    title: 'learns a module from the I&M0 record it is asked for',
    origin: `${LAYOUT}; the record after PROFINET's Identification & Maintenance functions`,
    messages: [
      ['client', '72 02 0012 31 0000 0586 0000 0004 000003c0 34 00000031 7202 0000'],
      [
        'server',
        `72 02 004b
         32 0000 0586 0000 0004 34 00 00 14 00 3c ; a blob
         0020 0038 0100 002a
         36455337203231342d31484533302d3058423020 ; 6ES7 214-1HE30-0XB0
         53202054455354303030303030303120 ; S  TEST00000001
         0002 56 02 02 00 0000 0000 0000 0101 001e
         72 02 0000`,
      ],
    ],
    operations: ['0x0586 GetVarSubStreamed (read): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'vendor = Siemens (s7comm-plus.im0.vendor-id, server)',
      'model = 6ES7 214-1HE30-0XB0 (s7comm-plus.im0.order-id, server)',
      'serial = S TEST00000001 (s7comm-plus.im0.serial-number, server)',
      'hardware = 2 (s7comm-plus.im0.hardware-revision, server)',
      'firmware = V2.2.0 (s7comm-plus.im0.software-revision, server)',
    ],
  },
  {
    title: 'counts notifications, and passes over system events and keep-alives',
    origin: LAYOUT,
    messages: [
      ['server', '72 02 000c 33 1000006a 0400 0000 00 02 01 7202 0000'],
      ['server', '72 fe 0002 0000'],
      ['client', '72 ff 0000'],
    ],
    operations: ['0x33 Notification (read): 0 requests, 1 responses, 0 refused'],
  },
  {
    title: 'learns that a station goes on in TLS',
    origin: LAYOUT,
    messages: [
      ['client', '72 01 0012 31 0000 05b3 0000 0001 00000000 30 00000000 7201 0000'],
      ['server', '72 01 000b 32 0000 05b3 0000 0001 30 00 7201 0000'],
    ],
    operations: ['0x05b3 InitSsl (session): 1 requests, 1 responses, 0 refused'],
    evidence: ['protection = S7comm-plus goes on in TLS (s7comm-plus.init-ssl, server)'],
  },
  {
    title: 'counts answers whose requests were not heard, also in their second form',
    origin: LAYOUT,
    messages: [
      ['server', '72 02 000b 32 0000 056b 0000 0001 34 00 7202 0000'],
      ['server', '72 02 000b 02 0000 04f2 0000 0002 74 00 7202 0000'],
    ],
    operations: [
      '0x056b Invoke (control): 0 requests, 1 responses, 0 refused',
      '0x04f2 SetVariable (write): 0 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'counts a function it does not know, and nothing of what it cannot make out',
    origin: LAYOUT,
    messages: [
      ['client', '72 02 0012 31 0000 0600 0000 0001 000003c0 34 00000000 7202 0000'],
      ['server', '72 02 000c a3a4a5a6a7a8a9aaabacadae 7202 0000'],
      ['client', '72 02 0040 31 0000 04bb 0000 0002 000003c0 34'],
      ['client', '16 0303 0002 0100'],
    ],
    outcomes: [Outcome.unsupported, Outcome.unsupported, Outcome.truncated, Outcome.malformed],
    operations: [
      '0x0600 Function 0x0600 (write): 1 requests, 0 responses, 0 refused',
      '0x04bb Explore (diagnostic): 1 requests, 0 responses, 0 refused',
    ],
  },
];
