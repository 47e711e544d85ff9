import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'EPSG DS 301 V1.3.0, sections 4.6 and 7.3; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'hears a cycle',
    origin: SPEC,
    messages: [
      ['client', '01 ff f0 00 0000 00000000000000000000000000000000000000000000000000000000000000000000000000000000'],
      ['client', '03 05 f0 00 0100 00 00 0400 01020304'],
      ['server', '04 ff 05 fd 0100 00 00 0400 05060708'],
      ['client', '05 ff f0 fd 0000 01 05 20 0000000000000000'],
      ['client', '06 05 f0 05 00 0000 0000 0000000000000000000000000000000000000000 ; SDO'],
      ['server', '06 f0 05 05 00 0000 0000 0000000000000000000000000000000000000000'],
    ],
    operations: [
      'soc Start of Cycle (session): 1 requests, 0 responses, 0 refused',
      'preq Poll (write): 1 requests, 1 responses, 0 refused',
      'soa Start of Asynchronous (session): 1 requests, 0 responses, 0 refused',
      'asnd.5 SDO (write): 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'learns a node from its IdentResponse',
    origin: SPEC,
    messages: [
      [
        'server',
        '06ff05010000fd0020000000000000000000000000000000000091010f0078563412cdab00000200010031de0b000000000000000000000000000000000000000000000000000564a8c0000000000000000045504c2d4e4f44452d35000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
      ],
    ],
    operations: ['asnd.1 Ident (diagnostic): 0 requests, 1 responses, 0 refused'],
    evidence: [
      'note = vendor id 0x12345678 (powerlink.ident.vendor-id, server)',
      'note = product code 0x0000abcd (powerlink.ident.product-code, server)',
      'hardware = revision 0x00010002 (powerlink.ident.revision-number, server)',
      'serial = 777777 (powerlink.ident.serial-number, server)',
      'address = 192.168.100.5 (powerlink.ident.ip-address, server)',
      'name = EPL-NODE-5 (powerlink.ident.host-name, server)',
    ],
  },
  {
    title: 'counts a service it does not know, and an IdentResponse cut short',
    origin: 'made',
    messages: [
      ['client', '06 05 f0 a0 00'],
      ['server', '06 ff 05 01 00 00 fd'],
    ],
    outcomes: [Outcome.unsupported, Outcome.truncated],
    operations: [
      'asnd.160 ASnd Service 160 (write): 1 requests, 0 responses, 0 refused',
      'asnd.1 Ident (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
  },
];
