import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const FRAME = 'IEC 61158-4-12, clause 5';

export const samples: readonly Sample[] = [
  {
    title: 'exchanges process data and counts its slaves',
    origin: FRAME,
    messages: [
      [
        'client',
        `1e10 ; length 30, datagrams
         0c 01 00000100 0480 0000 01020304 0000 ; LRW at 0x10000, 4 bytes, more follows, WKC
         07 02 0000 3001 0200 0000 0000 0000 ; BRD of AL status`,
      ],
      ['server', '1e10 0c 01 00000100 0480 0000 05060708 0300 07 02 0300 3001 0200 0000 0800 0300'],
      ['server', '1e10 0c 01 00000100 0480 0000 05060708 0300 07 02 0300 3001 0200 0000 0800 0300'],
    ],
    operations: [
      '12 LRW logical memory read write (write): 1 requests, 2 responses, 0 refused',
      '7.al-status BRD broadcast read: AL status (diagnostic): 1 requests, 2 responses, 0 refused',
    ],
    touches: ['12: logical-memory 65536+4'],
    evidence: ['note = EtherCAT segment of 3 slaves (ethercat.brd.wkc, server)'],
  },
  {
    title: 'stops a slave, reads its EEPROM, configures it, and talks to its mailbox',
    origin: FRAME,
    messages: [
      ['client', '0e10 05 03 e903 2001 0200 0000 0100 0000'],
      ['client', '0e10 05 04 e903 0205 0200 0000 0001 0000'],
      ['client', '0e10 02 05 ffff 1000 0200 0000 e903 0000'],
      ['client', '0e10 05 06 e903 0010 0200 0000 0000 0000'],
      ['client', '0e10 04 07 e903 0000 0200 0000 0000 0000'],
      ['client', '0e10 0e 08 e903 1009 0200 0000 0000 0000'],
      ['client', '0e10 00 09 0000 0000 0200 0000 0000 0000'],
    ],
    operations: [
      '5.al-control FPWR configured address physical write: AL control (control): 1 requests, 0 responses, 0 refused',
      '5.sii-eeprom FPWR configured address physical write: SII EEPROM (diagnostic): 1 requests, 0 responses, 0 refused',
      '2.registers APWR auto increment physical write: registers (program): 1 requests, 0 responses, 0 refused',
      '5 FPWR configured address physical write (write): 1 requests, 0 responses, 0 refused',
      '4.slave-information FPRD configured address physical read: slave information (diagnostic): 1 requests, 0 responses, 0 refused',
      '14.registers FRMW configured address physical read multiple write: registers (session): 1 requests, 0 responses, 0 refused',
      '0 NOP (session): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '5.al-control: station 1001 288+2',
      '5.sii-eeprom: station 1001 1282+2',
      '5: station 1001 4096+2',
      '4.slave-information: station 1001 0+2',
      '14.registers: station 1001 2320+2',
    ],
  },
  {
    title: 'ends within a datagram, before one that was to follow, and carries something else',
    origin: FRAME,
    messages: [
      ['client', '0e10 07 02 0000 3001 0400 0000 0000 0000'],
      ['client', '0e10 07 02 0000 3001 0280 0000 0000 0000'],
      ['client', '0040'],
      ['client', '0e10 07'],
    ],
    outcomes: [Outcome.truncated, Outcome.truncated, Outcome.unsupported, Outcome.truncated],
    operations: ['7.al-status BRD broadcast read: AL status (diagnostic): 1 requests, 0 responses, 0 refused'],
  },
];
