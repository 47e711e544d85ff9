import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after a public dissector and discovery script; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'learns manufacturer and model',
    origin: ORIGIN,
    messages: [
      ['client', '0004 012b 1b00'],
      ['server', '0016 012b 0300 526564204c696f6e20436f6e74726f6c73 00'],
      ['client', '0004 012a 1a00'],
      ['server', '000b 012a 0300 473339394332 00'],
      ['client', '0008 0100 1300 00000001'],
      ['client', '000a 0101 1500 0000 0002 abcd'],
    ],
    operations: [
      '0x1b00 Read Memory (read): 1 requests, 1 responses, 0 refused',
      '0x1a00 Read Model (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x1300 Write Value (write): 1 requests, 0 responses, 0 refused',
      '0x1500 Write Chunk (program): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['0x1b00: register 299+1', '0x1a00: register 298+1', '0x1300: register 256+1', '0x1500: register 257+1'],
    evidence: ['vendor = Red Lion Controls (crimson.manufacturer, server)', 'model = G399C2 (crimson.model, server)'],
  },
  {
    title: 'counts a type it does not know',
    origin: 'made',
    messages: [['client', '0004 0100 7700']],
    outcomes: [Outcome.unsupported],
    operations: ['0x7700 Type 0x7700 (write): 1 requests, 0 responses, 0 refused'],
    touches: ['0x7700: register 256+1'],
  },
];
