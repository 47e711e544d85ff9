import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public discovery scripts; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'opens a session and learns the controller',
    origin: ORIGIN,
    messages: [
      ['client', '0101 001a 0000 0000 7880 0003 000c 494245544830314e305f4d 00'],
      ['server', '8101 0014 0000 0000 7880 0003 0000 0000 0011 0000'],
      ['client', '0105 0016 0001 0000 7880 0011 0000 0006 0004 0295 0000'],
      ['server', '8105 0012 0001 0000 7880 0011 0000 0000 0000'],
      ['client', '0106 000e 0002 0000 0000 0011 0400'],
      [
        'server',
        '810600ac0000000000000000000000000000000000000000000000000000494c43203939392045544800000000000000000000000000000000000000000000000000332e39395400000000000000004d617220203120323031330031303a30303a303000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000003237303039393900000000000000000000000000',
      ],
    ],
    operations: [
      '0x01 Initialise Communication (session): 1 requests, 1 responses, 0 refused',
      '0x05 Open Session (session): 1 requests, 1 responses, 0 refused',
      '0x06 Query (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'vendor = Phoenix Contact (pcworx.identity, server)',
      'product = ILC 999 ETH (pcworx.identity.plc-type, server)',
      'firmware = 3.99T (pcworx.identity.firmware-version, server)',
      'note = firmware built Mar 1 2013 (pcworx.identity.firmware-date, server)',
      'model = 2700999 (pcworx.identity.model-number, server)',
    ],
  },
  {
    title: 'counts what it does not know, and what is cut short',
    origin: 'made',
    messages: [
      ['client', '010c 0008 0000 0000'],
      ['client', '0106 000e 0002'],
    ],
    outcomes: [Outcome.ok, Outcome.truncated],
    operations: ['0x0c Message 0x0c (write): 1 requests, 0 responses, 0 refused'],
  },
];
