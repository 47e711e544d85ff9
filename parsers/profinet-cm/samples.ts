import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const RPC = 'The Open Group C706, chapter 12; IEC 61158-6-10, clauses 4.10 and 5.2';

/** An RPC header, least significant byte first: type, interface, sequence, operation. */
const header = (type: string, called: string, sequence: string, operation: string) =>
  `04 ${type} 20 00 10 00 00 00
   0000a0de 976c d111 8271 0001 0313 002a ; object: instance, device id, vendor id
   ${called}00a0de 976c d111 8271 00a02442df7d ; interface
   01020304 0506 0708 090a 0b0c0d0e0f10 ; activity
   00000000 01000000 ${sequence}000000 ${operation}00 ffff ffff 4000 0000 00 00`;
/** The longest answer wanted, or the status; then lengths. */
const args = (first: string) => `${first} 40000000 40000000 00000000 40000000`;
const record = (type: string, slot: string, index: string) =>
  `${type} 003c 01 00 0001 000102030405060708090a0b0c0d0e0f 00000000 ${slot} 0001 0000 ${index} 00000040
   0000 0000 0000000000000000000000000000000000000000`;

export const samples: readonly Sample[] = [
  {
    title: 'connects to a device, which reports ready, and is released',
    origin: RPC,
    messages: [
      [
        'client',
        `${header('00', '01', '01', '00')} ${args('10000000')}
         0101 003a 01 00 0001 000102030405060708090a0b0c0d0e0f 0001 001b1b000001 ; ARBlockReq
         dea000006c9711d182710001 0101 002a 00000011 0064 8892 0004 706c6331 ; initiator, properties, name plc1`,
      ],
      ['server', `${header('02', '01', '01', '00')} ${args('00000000')} 8101 0004 01 00 0001`],
      ['server', `${header('00', '02', '02', '04')} ${args('10000000')} 0112 0004 01 00 0001`],
      ['client', `${header('02', '02', '02', '04')} ${args('00000000')} 8112 0004 01 00 0001`],
      ['client', `${header('00', '01', '03', '01')} ${args('10000000')} 0114 0004 01 00 0001`],
      ['server', `${header('03', '01', '03', '01')} 0900011c`],
      ['client', `${header('01', '01', '03', '01')}`],
    ],
    operations: [
      '0 Connect (session): 1 requests, 1 responses, 0 refused',
      '4 Control (session): 1 requests, 1 responses, 0 refused',
      '1 Release (session): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [
      'note = PROFINET IO controller (profinet-cm.connect, client)',
      'name = plc1 (profinet-cm.initiator-station-name, client)',
    ],
  },
  {
    title: 'reads identification of device and module, and writes a parameter and a record of the standard',
    origin: `${RPC}.28`,
    messages: [
      ['client', `${header('00', '01', '04', '05')} ${args('10000000')} ${record('0009', '0000', 'aff0')}`],
      [
        'server',
        `${header('02', '01', '04', '05')} ${args('00000000')} ${record('8009', '0000', 'aff0')}
         0020 0038 01 00 002a ; I&M0, vendor
         36455337203135352d3641553031202020202020 ; order id
         5320432d313233343520202020202020 ; serial number
         0003 56 04 02 01 0000 0000 0000 0101 0000`,
      ],
      ['client', `${header('00', '01', '05', '02')} ${args('10000000')} ${record('0009', '0002', '0001')}`],
      ['server', `${header('02', '01', '05', '02')} de80b000 00000000 00000000 00000000 00000000`],
      ['client', `${header('00', '01', '06', '03')} ${args('10000000')} ${record('0008', '0002', '0001')}`],
      ['client', `${header('00', '01', '07', '03')} ${args('10000000')} ${record('0008', '0000', '8071')}`],
      ['server', `${header('02', '01', '08', '02')} ${args('00000000')} ${record('8009', '0002', '0001')} 00`],
    ],
    operations: [
      '5 Read Implicit (standard record) (diagnostic): 1 requests, 1 responses, 0 refused',
      '2 Read (read): 1 requests, 2 responses, 1 refused',
      '3 Write (write): 1 requests, 0 responses, 0 refused',
      '3 Write (standard record) (program): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '5: slot 0 subslot 0x0001 record 45040+1',
      '2: slot 2 subslot 0x0001 record 1+1',
      '3: slot 2 subslot 0x0001 record 1+1',
      '3: slot 0 subslot 0x0001 record 32881+1',
    ],
    evidence: [
      'vendor = Siemens (profinet-cm.im0.vendor, server)',
      'note = PROFINET vendor id 0x002a (profinet-cm.im0.vendor-id, server)',
      'model = 6ES7 155-6AU01 (profinet-cm.im0.order-id, server)',
      'serial = S C-12345 (profinet-cm.im0.serial-number, server)',
      'hardware = 3 (profinet-cm.im0.hardware-revision, server)',
      'firmware = V4.2.1 (profinet-cm.im0.software-revision, server)',
    ],
  },
  {
    title: 'is cut off, and is of another interface',
    origin: RPC,
    messages: [
      ['client', `${header('00', '01', '09', '00')} ${args('10000000')} 0101 003a 01 00 0001`],
      ['client', header('00', '09', '0a', '00')],
    ],
    outcomes: [Outcome.truncated, Outcome.unsupported],
    operations: ['0 Connect (session): 1 requests, 0 responses, 0 refused'],
  },
];
