import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const BPDU = 'IEEE 802.1Q-2018, clause 14';
const learned = [
  'device-type = bridge (stp.bpdu, client)',
  'note = bridge id 32769/00:1b:1b:00:00:02 (stp.bridge-id, client)',
  'address = 00:1b:1b:00:00:02 (stp.bridge-id.address, client)',
  'note = spanning tree root 4096/00:1b:1b:00:00:01 (stp.root-id, client)',
];
const body = (flags: string) =>
  `${flags} 1000 001b1b000001 00000004 8001 001b1b000002 8001 ; flags, root, cost, bridge, port
   0100 1400 0200 0f00 ; message age, max age, hello time, forward delay`;

export const samples: readonly Sample[] = [
  {
    title: 'keeps the tree, old and rapid, and for one VLAN',
    origin: BPDU,
    messages: [
      ['client', `42 42 03 0000 00 00 ${body('00')}`],
      ['client', `42 42 03 0000 02 02 ${body('3c')} 00`],
      ['client', `aaaa03 00000c 010b 0000 02 02 ${body('3c')} 00 0000 0002 0001`],
    ],
    operations: [
      'config Configuration BPDU (session): 1 requests, 0 responses, 0 refused',
      'rst Rapid Spanning Tree BPDU (session): 2 requests, 0 responses, 0 refused',
    ],
    evidence: [...learned, ...learned, ...learned],
  },
  {
    title: 'reports that the topology changes',
    origin: BPDU,
    messages: [
      ['client', '42 42 03 0000 00 80'],
      ['client', `42 42 03 0000 00 00 ${body('01')}`],
    ],
    operations: [
      'tcn Topology Change Notification (session): 1 requests, 0 responses, 0 refused',
      'tc BPDU with topology change (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['device-type = bridge (stp.bpdu, client)', ...learned],
  },
  {
    title: 'is cut off, and is of another protocol',
    origin: BPDU,
    messages: [
      ['client', '42 42 03 0000 00 00 00 1000 001b1b000001'],
      ['client', '42 42 03 0001 00 00 00'],
    ],
    outcomes: [Outcome.truncated, Outcome.malformed],
  },
];
