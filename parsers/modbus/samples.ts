import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const SPEC = 'MODBUS Application Protocol Specification V1.1b3';

export const samples: readonly Sample[] = [
  {
    title: 'reads holding registers',
    origin: `${SPEC}, section 6.3`,
    messages: [
      ['client', '0001 0000 0006 11 03 006b 0003'],
      ['server', '0001 0000 0009 11 03 06 022b 0000 0064'],
    ],
    operations: ['3 Read Holding Registers (read) unit 17: 1 requests, 1 responses, 0 refused'],
    touches: ['3: holding-register 107+3'],
  },
  {
    title: 'reads coils, discrete inputs and input registers',
    origin: `${SPEC}, sections 6.1, 6.2 and 6.4`,
    messages: [
      ['client', '0001 0000 0006 01 01 0013 0013'],
      ['client', '0002 0000 0006 01 02 00c4 0016'],
      ['client', '0003 0000 0006 01 04 0008 0001'],
      ['server', '0003 0000 0005 01 04 02 000a'],
      ['server', '0001 0000 0006 01 01 03 cd6b05'],
      ['server', '0002 0000 0006 01 02 03 acdb35'],
    ],
    operations: [
      '1 Read Coils (read) unit 1: 1 requests, 1 responses, 0 refused',
      '2 Read Discrete Inputs (read) unit 1: 1 requests, 1 responses, 0 refused',
      '4 Read Input Registers (read) unit 1: 1 requests, 1 responses, 0 refused',
    ],
    touches: ['1: coil 19+19', '2: discrete-input 196+22', '4: input-register 8+1'],
  },
  {
    title: 'writes a coil and a register',
    origin: `${SPEC}, sections 6.5 and 6.6`,
    messages: [
      ['client', '0001 0000 0006 ff 05 00ac ff00'],
      ['server', '0001 0000 0006 ff 05 00ac ff00'],
      ['client', '0002 0000 0006 ff 06 0001 0003'],
    ],
    operations: [
      '5 Write Single Coil (write) unit 255: 1 requests, 1 responses, 0 refused',
      '6 Write Single Register (write) unit 255: 1 requests, 0 responses, 0 refused',
    ],
    touches: ['5: coil 172+1', '6: holding-register 1+1'],
  },
  {
    title: 'writes several coils and registers, masks one, and reads while writing',
    origin: `${SPEC}, sections 6.11, 6.12, 6.16 and 6.17`,
    messages: [
      ['client', '0001 0000 0009 01 0f 0013 000a 02 cd01'],
      ['server', '0001 0000 0006 01 0f 0013 000a'],
      ['client', '0002 0000 000b 01 10 0001 0002 04 000a 0102'],
      ['server', '0002 0000 0006 01 10 0001 0002'],
      ['client', '0003 0000 0008 01 16 0004 00f2 0025'],
      ['server', '0003 0000 0008 01 16 0004 00f2 0025'],
      ['client', '0004 0000 0011 01 17 0003 0006 000e 0003 06 00ff 00ff 00ff'],
      ['server', '0004 0000 000f 01 17 0c 00fe 0acd 0001 0003 000d 00ff'],
    ],
    operations: [
      '15 Write Multiple Coils (write) unit 1: 1 requests, 1 responses, 0 refused',
      '16 Write Multiple Registers (write) unit 1: 1 requests, 1 responses, 0 refused',
      '22 Mask Write Register (write) unit 1: 1 requests, 1 responses, 0 refused',
      '23 Read/Write Multiple Registers (write) unit 1: 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      '15: coil 19+10',
      '16: holding-register 1+2',
      '22: holding-register 4+1',
      '23: holding-register 3+6',
      '23: holding-register 14+3',
    ],
  },
  {
    title: 'reads and writes file records and a FIFO queue',
    origin: `${SPEC}, sections 6.14, 6.15 and 6.18`,
    messages: [
      ['client', '0001 0000 0011 01 14 0e 06 0004 0001 0002 06 0003 0009 0002'],
      ['server', '0001 0000 000f 01 14 0c 05 06 0dfe 0020 05 06 33cd 0040'],
      ['client', '0002 0000 0010 01 15 0d 06 0004 0007 0003 06af 04be 100d'],
      ['server', '0002 0000 0010 01 15 0d 06 0004 0007 0003 06af 04be 100d'],
      ['client', '0003 0000 0004 01 18 04de'],
      ['server', '0003 0000 000a 01 18 0006 0002 01b8 1284'],
    ],
    operations: [
      '20 Read File Record (read) unit 1: 1 requests, 1 responses, 0 refused',
      '21 Write File Record (write) unit 1: 1 requests, 1 responses, 0 refused',
      '24 Read FIFO Queue (read) unit 1: 1 requests, 1 responses, 0 refused',
    ],
    touches: ['20: file 4 1+2', '20: file 3 9+2', '21: file 4 7+3', '24: fifo 1246+1'],
  },
  {
    title: 'tells diagnostics by their sub-function',
    origin: `${SPEC}, section 6.8`,
    messages: [
      ['client', '0001 0000 0006 01 08 0000 a537'],
      ['server', '0001 0000 0006 01 08 0000 a537'],
      ['client', '0002 0000 0006 01 08 0004 0000'],
      ['client', '0003 0000 0006 01 08 0001 ff00'],
    ],
    operations: [
      '8 Diagnostics: Return Query Data (diagnostic) unit 1: 1 requests, 1 responses, 0 refused',
      '8 Diagnostics: Force Listen Only Mode (control) unit 1: 1 requests, 0 responses, 0 refused',
      '8 Diagnostics: Restart Communications Option (control) unit 1: 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'reads exception status, event counter and event log',
    origin: `${SPEC}, sections 6.7, 6.9 and 6.10`,
    messages: [
      ['client', '0001 0000 0002 01 07'],
      ['server', '0001 0000 0003 01 07 6d'],
      ['client', '0002 0000 0002 01 0b'],
      ['server', '0002 0000 0006 01 0b ffff 0108'],
      ['client', '0003 0000 0002 01 0c'],
      ['server', '0003 0000 000b 01 0c 08 0000 0108 0121 2000'],
    ],
    operations: [
      '7 Read Exception Status (read) unit 1: 1 requests, 1 responses, 0 refused',
      '11 Get Comm Event Counter (diagnostic) unit 1: 1 requests, 1 responses, 0 refused',
      '12 Get Comm Event Log (diagnostic) unit 1: 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'learns a device from Read Device Identification',
    origin: `${SPEC}, section 6.21; invented values`,
    messages: [
      ['client', '0001 0000 0005 05 2b 0e 01 00'],
      [
        'server',
        `0001 0000 001d 05 2b 0e 01 01 00 00 03
         00 04 41636d65 ; vendor name
         01 05 50552d3132 ; product code
         02 06 56322e312e37 ; revision`,
      ],
    ],
    operations: ['43 Read Device Identification (diagnostic) unit 5: 1 requests, 1 responses, 0 refused'],
    evidence: [
      'vendor = Acme (modbus.device-id.00, server, unit 5)',
      'product = PU-12 (modbus.device-id.01, server, unit 5)',
      'firmware = V2.1.7 (modbus.device-id.02, server, unit 5)',
    ],
  },
  {
    title: 'learns a device from Report Server ID',
    origin: `${SPEC}, section 6.13; invented values`,
    messages: [
      ['client', '0001 0000 0002 01 11'],
      ['server', '0001 0000 000c 01 11 09 fa ff 4d6574657220 39'],
    ],
    operations: ['17 Report Server ID (diagnostic) unit 1: 1 requests, 1 responses, 0 refused'],
    evidence: ['product = Meter 9 (modbus.server-id, server, unit 1)'],
  },
  {
    title: 'counts a refusal and learns of a gateway with a dead unit',
    origin: `${SPEC}, section 7`,
    messages: [
      ['client', '0001 0000 0006 01 01 04a1 0001'],
      ['server', '0001 0000 0003 01 81 02'],
      ['client', '0002 0000 0006 09 03 0000 0001'],
      ['server', '0002 0000 0003 09 83 0b'],
    ],
    operations: [
      '1 Read Coils (read) unit 1: 1 requests, 1 responses, 1 refused',
      '3 Read Holding Registers (read) unit 9: 1 requests, 1 responses, 1 refused',
    ],
    touches: ['1: coil 1185+1', '3: holding-register 0+1'],
    evidence: ['note = gateway: this unit does not answer (exception 11) (modbus.exception, server, unit 9)'],
  },
  {
    title: 'counts answers whose requests were not heard',
    origin: `${SPEC}, sections 6.3 and 7`,
    messages: [
      ['server', '0001 0000 0005 01 03 02 0001'],
      ['server', '0002 0000 0003 01 90 04'],
    ],
    operations: [
      '3 Read Holding Registers (read) unit 1: 0 requests, 1 responses, 0 refused',
      '16 Write Multiple Registers (write) unit 1: 0 requests, 1 responses, 1 refused',
    ],
  },
  {
    title: 'tells UMAS functions, and their refusal',
    origin: 'made after public analyses of UMAS',
    messages: [
      ['client', '0001 0000 0004 00 5a 00 02'],
      ['server', '0001 0000 0006 00 5a 00 fe 0000'],
      ['client', '0002 0000 0004 00 5a 17 41'],
      ['server', '0002 0000 0006 00 5a 17 fd 8383'],
    ],
    operations: [
      '90 UMAS: Read Identification (diagnostic) unit 0: 1 requests, 1 responses, 0 refused',
      '90 UMAS: Stop PLC (control) unit 0: 1 requests, 1 responses, 1 refused',
    ],
  },
  {
    title: 'counts a request that is cut short',
    origin: 'made: a length field that ends the PDU within its address',
    messages: [['client', '0004 0000 0004 11 03 006b']],
    outcomes: [Outcome.truncated],
    operations: ['3 Read Holding Registers (read) unit 17: 1 requests, 0 responses, 0 refused'],
  },
  {
    title: 'counts a function code it does not know',
    origin: 'made: 66 is user-defined (section 5)',
    messages: [['client', '0004 0000 0004 11 42 006b']],
    outcomes: [Outcome.unsupported],
    operations: ['66 Function 66 (write) unit 17: 1 requests, 0 responses, 0 refused'],
  },
];
