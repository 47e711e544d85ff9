import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const MRP = 'IEC 62439-2, clause 8';
const common = '01 12 0001 ffffffffffffffffffffffffffffffff ; MRP_Common: sequence number, default domain';
const test = (ring: string) => `0001 02 12 8000 001b1b000001 0000 ${ring} 0001 00000010 ; MRP_Test
  ${common}
  00 00`;

export const samples: readonly Sample[] = [
  {
    title: 'tests a ring that opens',
    origin: MRP,
    messages: [
      ['client', test('0001')],
      ['client', test('0001')],
      ['client', test('0000')],
    ],
    operations: ['test MRP Test (session): 3 requests, 0 responses, 0 refused'],
    evidence: [
      'note = MRP ring manager 00:1b:1b:00:00:01 (mrp.test, client)',
      'state = MRP ring closed (mrp.test.ring-state, client)',
      'note = MRP domain ffffffffffffffffffffffffffffffff (mrp.common.domain, client)',
      'note = MRP ring manager 00:1b:1b:00:00:01 (mrp.test, client)',
      'state = MRP ring open (mrp.test.ring-state, client)',
    ],
  },
  {
    title: 'hears a link go down and up, and the topology change that follows',
    origin: MRP,
    messages: [
      ['client', `0001 04 0c 001b1b000002 0000 0014 0000 ${common}\n 7f 04 080006 00 00 00`],
      ['client', `0001 05 0c 001b1b000002 0000 0014 0001 ${common}\n 00 00`],
      ['server', `0001 03 0a 8000 001b1b000001 000a ${common}\n 00 00`],
      ['server', `0001 06 02 8000 ${common}\n 00 00`],
    ],
    operations: [
      'link-down MRP Link Down (session): 1 requests, 0 responses, 0 refused',
      'link-up MRP Link Up (session): 1 requests, 0 responses, 0 refused',
      'topology-change MRP Topology Change (session): 1 requests, 0 responses, 0 refused',
      '6 MRP type 6 (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'note = MRP ring client (mrp.link, client)',
      'note = MRP domain ffffffffffffffffffffffffffffffff (mrp.common.domain, client)',
      'note = MRP ring client (mrp.link, client)',
    ],
  },
  {
    title: 'ends within a TLV',
    origin: MRP,
    messages: [['client', '0001 02 12 8000 001b1b000001']],
    outcomes: [Outcome.truncated],
  },
];
