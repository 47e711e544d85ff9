import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'Mitsubishi Electric SH-080956ENG (SLMP Reference Manual)';

/** ASCII text as hexadecimal digits. */
const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');

export const samples: readonly Sample[] = [
  {
    title: 'reads and writes devices in 3E frames',
    origin: `${SPEC}, sections 4.2 and 5.2`,
    messages: [
      ['client', '5000 00 ff ff03 00 0c00 1000 0104 0000 640000 a8 0300'],
      ['server', 'd000 00 ff ff03 00 0800 0000 0100 0200 0300'],
      ['client', '5000 00 ff ff03 00 0d00 1000 0114 0100 200000 9d 0200 11'],
      ['server', 'd000 00 ff ff03 00 0200 0000'],
      ['client', '5000 00 ff ff03 00 0e00 1000 0104 0200 10000000 a800 0100 ; as iQ-R'],
      ['server', 'd000 00 ff ff03 00 0200 56c0 ; out of range'],
    ],
    operations: [
      '0x0401 Device Read (read): 2 requests, 2 responses, 1 refused',
      '0x1401 Device Write (write): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['0x0401: D 100+3', '0x1401: Y 32+2', '0x0401: D 16+1'],
  },
  {
    title: 'pairs 4E frames by serial number, commands a station of another network, and learns the model',
    origin: `${SPEC}, sections 4.2, 5.4 and 5.9; invented values`,
    messages: [
      ['client', '5400 0100 0000 00 ff ff03 00 0600 1000 0101 0000'],
      ['server', 'd400 0100 0000 00 ff ff03 00 1400 0000 51303655444843505520202020202020 6602'],
      ['client', '5400 0200 0000 02 05 ff03 00 0800 1000 0210 0000 0100'],
      ['client', '5400 0300 0000 02 05 ff03 00 0a00 1000 0110 0000 0100 00 00'],
      ['server', 'd400 0300 0000 02 05 ff03 00 0200 0000'],
      ['server', 'd400 0200 0000 02 05 ff03 00 0200 3140'],
    ],
    operations: [
      '0x0101 Read Type Name (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x1002 Remote Stop (control) unit 517: 1 requests, 1 responses, 1 refused',
      '0x1001 Remote Run (control) unit 517: 1 requests, 1 responses, 0 refused',
    ],
    evidence: ['vendor = Mitsubishi Electric (slmp.type-name, server)', 'model = Q06UDHCPU (slmp.type-name, server)'],
  },
  {
    title: 'reads and writes in ASCII',
    origin: `${SPEC}, sections 4.2 and 5.2`,
    messages: [
      ['client', ascii('500000FF03FF000018001004010000D*0001000002')],
      ['server', ascii('D00000FF03FF00000C000000010002')],
      ['client', ascii('500000FF03FF00001C001014010000W*00001F000100AA')],
    ],
    operations: [
      '0x0401 Device Read (read): 1 requests, 1 responses, 0 refused',
      '0x1401 Device Write (write): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['0x0401: D 100+2', '0x1401: W 31+1'],
  },
  {
    title: 'counts an answer whose request was not heard, and a command it does not know',
    origin: 'made',
    messages: [
      ['server', 'd000 00 ff ff03 00 0400 0000 0100'],
      ['client', '5000 00 ff ff03 00 0600 1000 7777 0000'],
      ['client', '5000 00 ff ff03 00 0800 1000 0104 0000 6400'],
    ],
    outcomes: [Outcome.ok, Outcome.unsupported, Outcome.truncated],
    operations: [
      'answer Answer to a Request Not Heard (read): 0 requests, 1 responses, 0 refused',
      '0x7777 Command 0x7777 (write): 1 requests, 0 responses, 0 refused',
      '0x0401 Device Read (read): 1 requests, 0 responses, 0 refused',
    ],
  },
];
