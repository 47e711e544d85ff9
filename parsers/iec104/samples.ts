import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const APCI = 'IEC 60870-5-104, 5.1 to 5.3';
const ASDU = 'IEC 60870-5-101, 7.2 and 7.3; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'starts, tests and stops data transfer',
    origin: APCI,
    messages: [
      ['client', '68 04 07 00 00 00 ; STARTDT act'],
      ['server', '68 04 0b 00 00 00 ; STARTDT con'],
      ['server', '68 04 43 00 00 00 ; TESTFR act'],
      ['client', '68 04 83 00 00 00 ; TESTFR con'],
      ['client', '68 04 01 00 06 00 ; S: acknowledges three'],
      ['client', '68 04 13 00 00 00 ; STOPDT act'],
      ['server', '68 04 23 00 00 00 ; STOPDT con'],
    ],
    operations: [
      'startdt Start Data Transfer (session): 1 requests, 1 responses, 0 refused',
      'testfr Test Frame (session): 1 requests, 1 responses, 0 refused',
      'stopdt Stop Data Transfer (session): 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'interrogates a station and takes what it reports',
    origin: ASDU,
    messages: [
      [
        'client',
        `68 0e 00 00 00 00 ; I, N(S) 0, N(R) 0
         64 01 06 03 0500 ; C_IC_NA_1, one object, activation, originator 3, common address 5
         000000 14 ; address 0, station interrogation`,
      ],
      ['server', '68 0e 00 00 02 00 64 01 07 03 0500 000000 14 ; activation confirmation'],
      ['server', '68 10 02 00 02 00 01 83 14 03 0500 e80300 00 01 00 ; three single points from 1000 on in sequence'],
      [
        'server',
        `68 22 04 00 02 00 0d 03 14 03 0500 ; M_ME_NC_1, three objects
         d00700 0000803f 00
         d10700 00000040 00
         d90700 00004040 00`,
      ],
      ['server', '68 0e 06 00 02 00 64 01 0a 03 0500 000000 14 ; activation termination'],
    ],
    operations: [
      '100 C_IC_NA_1 Interrogation command (read) unit 5: 1 requests, 1 responses, 0 refused',
      '1 M_SP_NA_1 Single-point information (read) unit 5: 0 requests, 1 responses, 0 refused',
      '13 M_ME_NC_1 Measured value, short floating point (read) unit 5: 0 requests, 1 responses, 0 refused',
    ],
    touches: [
      '100: information-object 0+1',
      '1: information-object 1000+3',
      '13: information-object 2000+2',
      '13: information-object 2009+1',
    ],
    evidence: [
      'address = common address 5 (iec104.common-address, server, unit 5)',
      'address = originator address 3 (iec104.originator-address, client)',
    ],
  },
  {
    title: 'selects, executes and takes back commands; one is refused',
    origin: `${ASDU} (7.2.6.15, 7.2.6.39)`,
    messages: [
      ['client', '68 0e 00 00 00 00 2d 01 06 00 0100 881300 81 ; C_SC_NA_1, object 5000, select on'],
      ['server', '68 0e 00 00 02 00 2d 01 07 00 0100 881300 81'],
      ['client', '68 0e 02 00 02 00 2d 01 06 00 0100 881300 01 ; execute'],
      ['server', '68 0e 02 00 04 00 2d 01 47 00 0100 881300 01 ; negative'],
      ['client', '68 12 04 00 04 00 32 01 06 00 0100 8a1300 0000803f 80 ; C_SE_NC_1, select'],
      ['client', '68 12 06 00 04 00 32 01 08 00 0100 8a1300 0000803f 00 ; deactivation'],
      ['server', '68 12 04 00 08 00 32 01 09 00 0100 8a1300 0000803f 00 ; deactivation confirmation'],
      ['server', '68 0e 06 00 08 00 69 01 6d 00 0100 000000 01 ; C_RP_NA_1: unknown cause'],
    ],
    operations: [
      '45 C_SC_NA_1 Single command: Select (control) unit 1: 1 requests, 1 responses, 0 refused',
      '45 C_SC_NA_1 Single command (control) unit 1: 1 requests, 1 responses, 1 refused',
      '50 C_SE_NC_1 Set-point command, short floating point: Select (control) unit 1: 1 requests, 0 responses, 0 refused',
      '50 C_SE_NC_1 Set-point command, short floating point: Deactivate (control) unit 1: 1 requests, 1 responses, 0 refused',
      '105 C_RP_NA_1 Reset process command (control) unit 1: 0 requests, 1 responses, 1 refused',
    ],
    touches: [
      '45: information-object 5000+1',
      '45: information-object 5000+1',
      '50: information-object 5002+1',
      '50: information-object 5002+1',
    ],
    evidence: ['address = common address 1 (iec104.common-address, server, unit 1)'],
  },
  {
    title: 'reads one object, sets a parameter, the clock and a set-point with time tag',
    origin: ASDU,
    messages: [
      ['client', '68 0d 00 00 00 00 66 01 05 00 0100 640000 ; C_RD_NA_1'],
      ['server', '68 10 00 00 02 00 0b 01 05 00 0100 640000 0a00 00 ; M_ME_NB_1, on request'],
      ['client', '68 10 02 00 02 00 6e 01 06 00 0100 640000 0010 01 ; P_ME_NA_1'],
      ['client', '68 14 04 00 02 00 67 01 06 00 0100 000000 0000000c150b1a ; C_CS_NA_1'],
      ['client', '68 17 06 00 02 00 3d 01 06 00 0100 640000 0010 00 0000000c150b1a ; C_SE_TA_1'],
    ],
    operations: [
      '102 C_RD_NA_1 Read command (read) unit 1: 1 requests, 1 responses, 0 refused',
      '110 P_ME_NA_1 Parameter of measured value, normalized (write) unit 1: 1 requests, 0 responses, 0 refused',
      '103 C_CS_NA_1 Clock synchronization command (session) unit 1: 1 requests, 0 responses, 0 refused',
      '61 C_SE_TA_1 Set-point command, normalized, with time tag CP56Time2a (control) unit 1: 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '102: information-object 100+1',
      '102: information-object 100+1',
      '110: information-object 100+1',
      '103: information-object 0+1',
      '61: information-object 100+1',
    ],
    evidence: ['address = common address 1 (iec104.common-address, server, unit 1)'],
  },
  {
    title: 'moves a file to a station',
    origin: ASDU,
    messages: [
      ['client', '68 13 00 00 00 00 78 01 0d 00 0100 010000 0100 200000 00 ; F_FR_NA_1'],
      ['server', '68 11 00 00 02 00 7a 01 0d 00 0100 010000 0100 00 02 ; F_SC_NA_1: call file'],
      ['client', '68 13 02 00 02 00 7d 01 0d 00 0100 010000 0100 01 02 abcd ; F_SG_NA_1'],
    ],
    operations: [
      '120 F_FR_NA_1 File ready (program) unit 1: 1 requests, 0 responses, 0 refused',
      '122 F_SC_NA_1 Call directory, select file, call file, call section (program) unit 1: 0 requests, 1 responses, 0 refused',
      '125 F_SG_NA_1 Segment (program) unit 1: 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['address = common address 1 (iec104.common-address, server, unit 1)'],
  },
  {
    title: 'tells that a station has started, and that it authenticates',
    origin: `${ASDU}; IEC 60870-5-7, 7.2`,
    messages: [
      ['server', '68 0e 00 00 00 00 46 01 04 00 0200 000000 02 ; M_EI_NA_1: remote reset'],
      ['server', '68 0e 02 00 00 00 51 01 0e 00 0200 000000 00 ; S_CH_NA_1'],
    ],
    operations: [
      '70 M_EI_NA_1 End of initialization (session) unit 2: 0 requests, 1 responses, 0 refused',
      '81 S_CH_NA_1 Authentication challenge (session) unit 2: 0 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'address = common address 2 (iec104.common-address, server, unit 2)',
      'state = started: remote reset (iec104.end-of-initialization, server, unit 2)',
      'protection = secure authentication (IEC 60870-5-7) (iec104.secure-authentication, server, unit 2)',
    ],
  },
  {
    title: 'counts a type that is its maker’s own, and objects that do not fit the length',
    origin: 'made: type 200; two objects announced, one present; one announced, two present',
    messages: [
      ['client', '68 0e 00 00 00 00 c8 01 06 00 ffff 000000 00'],
      ['server', '68 0e 00 00 02 00 01 02 03 00 0100 0a0000 00'],
      ['server', '68 12 02 00 02 00 01 01 03 00 0100 0a0000 00 0b0000 01'],
    ],
    outcomes: [Outcome.unsupported, Outcome.truncated, Outcome.malformed],
    operations: [
      '200 Type 200 (write) unit 65535: 1 requests, 0 responses, 0 refused',
      '1 M_SP_NA_1 Single-point information (read) unit 1: 0 requests, 2 responses, 0 refused',
    ],
    touches: ['1: information-object 10+1'],
    evidence: ['address = common address 1 (iec104.common-address, server, unit 1)'],
  },
];
