import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'MODBUS over Serial Line V1.02, section 2.5.1, with PDUs of V1.1b3';

export const samples: readonly Sample[] = [
  {
    title: 'reads holding registers of two units behind one device server',
    origin: SPEC,
    messages: [
      ['client', '11 03 006b 0003 7687'],
      ['server', '11 03 06 022b 0000 0064 c8ba'],
      ['client', '12 03 0000 000a c76e'],
      ['server', '12 83 02 3134'], // exception 2
    ],
    operations: [
      '3 Read Holding Registers (read) unit 17: 1 requests, 1 responses, 0 refused',
      '3 Read Holding Registers (read) unit 18: 1 requests, 1 responses, 1 refused',
    ],
    touches: ['3: holding-register 107+3', '3: holding-register 0+10'],
  },
  {
    title: 'writes a coil, which the answer repeats',
    origin: SPEC,
    messages: [
      ['client', '01 05 00ac ff00 4c1b'],
      ['server', '01 05 00ac ff00 4c1b'],
    ],
    operations: ['5 Write Single Coil (write) unit 1: 1 requests, 1 responses, 0 refused'],
    touches: ['5: coil 172+1'],
  },
  {
    title: 'says what it is',
    origin: 'V1.1b3, section 6.13',
    messages: [
      ['client', '01 11 c02c'],
      ['server', '01 11 07 01ff 504d373130 d791'],
    ],
    operations: ['17 Report Server ID (diagnostic) unit 1: 1 requests, 1 responses, 0 refused'],
    evidence: ['product = PM710 (modbus.server-id, server, unit 1)'],
  },
  {
    title: 'was damaged on the line',
    origin: SPEC,
    messages: [['client', '11 03 006b 0003 0000']],
    outcomes: [Outcome.malformed],
  },
];
