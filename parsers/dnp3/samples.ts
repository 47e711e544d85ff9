import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/**
 * Frames are written start octets, length, control, destination, source, CRC; then each data block and its CRC, the
 * first with the transport octet, application control and function code set apart.
 */
const SPEC = 'IEEE 1815-2012';
const ADDRESS = 'address = DNP3 master 1 (dnp3.link.source, client)';
const AUTHENTICATION = 'protection = Secure Authentication in use (dnp3.authentication, server, unit 10)';

export const samples: readonly Sample[] = [
  {
    title: 'polls all classes, and learns which points the outstation has from its answer',
    origin: `${SPEC}, Application Layer; Annex A, groups 1, 10, 20, 30, 60`,
    messages: [
      ['client', '0564 14 c4 0a00 0100 8fed  c0 c101 3c02063c03063c04063c0106 7a6f'],
      [
        'server', // binary inputs 0-9 packed, binary outputs 2-3, counters 0-1, analog inputs 256-257; confirmation asked
        `0564 34 44 0100 0a00 285d
        c0 e181 80000101000009ff010a020002 1615
        03018114010000010101000000010200 687e
        00001e02010001010101e8030118fc 4582`,
      ],
      ['client', '0564 08 c4 0a00 0100 fc42  c1 c100 c524'],
    ],
    operations: [
      '1 Read Class 0, 1, 2, 3 (read) unit 10: 1 requests, 1 responses, 0 refused',
      '0 Confirm (session) unit 10: 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '1: Class 1 Data (group 60 variation 2) 0+0',
      '1: Class 2 Data (group 60 variation 3) 0+0',
      '1: Class 3 Data (group 60 variation 4) 0+0',
      '1: Class 0 Data (group 60 variation 1) 0+0',
      '1: Binary Input (group 1) 0+10',
      '1: Binary Output (group 10) 2+2',
      '1: Counter (group 20) 0+2',
      '1: Analog Input (group 30) 256+2',
    ],
    evidence: [ADDRESS, 'state = restarted (dnp3.iin1.7, server, unit 10)'],
  },
  {
    title: 'reads ranges, lists of indexes, single variations and a limited number of events',
    origin: `${SPEC}, Application Layer, qualifiers; Annex A`,
    messages: [
      [
        'client', // 0-7; 256-511; 65536-65537; 3 indexes of 1 octet; 4 indexes of 2 octets; 5 events
        `0564 37 c4 0a00 0100 5d8f
        c0 c201 01020000071e00010001ff0114 ed59
        05020000010001000100030217030102 b665
        09280128040005000400050000010200 95a7
        0705 b897`,
      ],
      ['server', '0564 10 44 0100 0a00 c4e1  c0 c281 0000020117010481 0171'],
    ],
    operations: ['1 Read (read) unit 10: 1 requests, 1 responses, 0 refused'],
    touches: [
      '1: Binary Input (group 1) 0+8',
      '1: Analog Input (group 30) 256+256',
      '1: Counter (group 20) 65536+2',
      '1: Double-bit Binary Input (group 3) 1+2',
      '1: Double-bit Binary Input (group 3) 9+1',
      '1: Analog Output Status (group 40) 5+1',
      '1: Analog Output Status (group 40) 4+2',
      '1: Analog Output Status (group 40) 256+1',
      '1: all of Binary Input Event (group 2) 0+0',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'counts what stands behind many indexes as one range',
    origin: `${SPEC}, Application Layer, qualifier 17`,
    messages: [['client', '0564 17 c4 0a00 0100 df7e  c0 c201 1e01170b00020406080a0c201e 74ed  1030 13bb']],
    operations: ['1 Read (read) unit 10: 1 requests, 0 responses, 0 refused'],
    touches: [
      '1: Analog Input (group 30) 0+1',
      '1: Analog Input (group 30) 2+1',
      '1: Analog Input (group 30) 4+1',
      '1: Analog Input (group 30) 6+1',
      '1: Analog Input (group 30) 8+1',
      '1: Analog Input (group 30) 10+1',
      '1: Analog Input (group 30) 12+1',
      '1: Analog Input (group 30) 16+33',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'reads device attributes',
    origin: `${SPEC}, Annex A, group 0`,
    messages: [
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c301 00fe000000 b05e'],
      [
        'server',
        `0564 b7 44 0100 0a00 fbdf
        c0 c381 000000fc000000010441636d65 6640
        00fa17010001075254552d35363000f8 bed8
        0000000106534e3030343200f2000000 a6a9
        0105312e322e3300f300000001014200 797b
        f700000001054e6f72642000f5000000 ed11
        010448616c6c00f60000000102313700 9766
        f90000000107323a323031322000c600 ba95
        0000070600d066ee7c0100cc00000004 cbcf
        040000504100f00000000202000800d1 af3f
        00000002010500fc00010201013f0101 e23a
        2100ef00000003010200ff000000fe02 e59c
        fc01 fa0d`,
      ],
    ],
    operations: ['1 Read Device Attributes (diagnostic) unit 10: 1 requests, 1 responses, 0 refused'],
    touches: ['1: Device Attributes (group 0) 254+1'],
    evidence: [
      ADDRESS,
      'vendor = Acme (dnp3.g0v252, server, unit 10)',
      'product = RTU-560 (dnp3.g0v250, server, unit 10)',
      'serial = SN0042 (dnp3.g0v248, server, unit 10)',
      'firmware = 1.2.3 (dnp3.g0v242, server, unit 10)',
      'hardware = B (dnp3.g0v243, server, unit 10)',
      'name = Nord (dnp3.g0v247, server, unit 10)',
      'location = Hall (dnp3.g0v245, server, unit 10)',
      'note = ID code: 17 (dnp3.g0v246, server, unit 10)',
      'note = subset and conformance: 2:2012 (dnp3.g0v249, server, unit 10)',
      'note = configuration build date: 2021-11-05T04:41:27.808Z (dnp3.g0v198, server, unit 10)',
      'location = longitude: 13 (dnp3.g0v204, server, unit 10)',
      'note = longest transmit fragment: 2048 (dnp3.g0v240, server, unit 10)',
      'protection = Secure Authentication version: 5 (dnp3.g0v209, server, unit 10)',
      'note = binary inputs: 2 (dnp3.g0v239, server, unit 10)',
    ],
  },
  {
    title: 'selects and operates a breaker, and sets an analog output',
    origin: `${SPEC}, Application Layer; Annex A, groups 12 and 41`,
    messages: [
      ['client', '0564 18 c4 0a00 0100 3d3a  c0 c403 0c011701058101640000000000 af4a  000000 ffff'], // pulse on, trip
      ['server', '0564 1a 44 0100 0a00 af5d  c0 c481 00000c01170105810164000000 b921  0000000000 ffff'],
      ['client', '0564 18 c4 0a00 0100 3d3a  c1 c504 0c011701058101640000000000 ebd1  000000 ffff'],
      ['server', '0564 1a 44 0100 0a00 af5d  c1 c581 00000c01170105810164000000 2d02  0000000000 ffff'],
      ['client', '0564 12 c4 0a00 0100 5686  c2 c605 29022801000300e80300 2025'],
      ['server', '0564 14 44 0100 0a00 aaac  c2 c681 000029022801000300e80300 213f'],
      ['client', '0564 1a c4 0a00 0100 8a1c  c3 c706 0c012801000700030100000000 6484  0000000000 ffff'], // latch on
      [
        'client',
        `0564 24 c4 0a00 0100 cc64
        c4 c805 0c011702000401000000000000 7fec
        000000014101000000000000000000 9050`,
      ], // two kinds
      ['client', '0564 1d c4 0a00 0100 b4c2  c5 c905 0c020701030100000000000000 ffa5  00000c0300000781 c45a'], // pattern control
    ],
    operations: [
      '3 Select: Pulse On, Trip (control) unit 10: 1 requests, 1 responses, 0 refused',
      '4 Operate: Pulse On, Trip (control) unit 10: 1 requests, 1 responses, 0 refused',
      '5 Direct Operate: Analog Output (control) unit 10: 1 requests, 1 responses, 0 refused',
      '6 Direct Operate, No Acknowledgment: Latch On (control) unit 10: 1 requests, 0 responses, 0 refused',
      '5 Direct Operate (control) unit 10: 2 requests, 0 responses, 0 refused',
    ],
    touches: [
      '3: Binary Output Command (group 12) 5+1',
      '4: Binary Output Command (group 12) 5+1',
      '5: Analog Output Command (group 41) 3+1',
      '6: Binary Output Command (group 12) 7+1',
      '5: Binary Output Command (group 12) 0+2',
      '5: Binary Output Command (group 12) 0+1',
      '5: Binary Output Command (group 12) 0+8',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'is refused: by internal indications, or by the status of a command',
    origin: `${SPEC}, Application Layer, internal indications; Annex A, group 12`,
    messages: [
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c013 ba7e'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c081 0001 c2de'], // no function code support
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c101 6e0006 51b1'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c181 0002 c846'], // object unknown
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c201 1e01000063 e999'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c281 0004 4df9'], // parameter error
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c30d 3736'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c381 0010 b650'], // already executing
      ['client', '0564 18 c4 0a00 0100 3d3a  c0 c405 0c011701050301000000000000 8bdd  000000 ffff'],
      ['server', '0564 1a 44 0100 0a00 af5d  c0 c481 00000c01170105030100000000 ffcf  0000000009 2836'], // not authorized
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c501 1e0206 b19c'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c581 0008 d609'], // event buffer overflow: a state, no refusal
    ],
    operations: [
      '19 Save Configuration (program) unit 10: 1 requests, 1 responses, 1 refused',
      '1 Read (read) unit 10: 3 requests, 3 responses, 2 refused',
      '13 Cold Restart (control) unit 10: 1 requests, 1 responses, 1 refused',
      '5 Direct Operate: Latch On (control) unit 10: 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      '1: all of Octet String (group 110) 0+0',
      '1: Analog Input (group 30) 0+100',
      '5: Binary Output Command (group 12) 5+1',
      '1: all of Analog Input (group 30) 0+0',
    ],
    evidence: [ADDRESS, 'note = command declined: not authorized (status 9) (dnp3.control-status, server, unit 10)'],
  },
  {
    title: 'reports unsolicited after a restart; its master confirms, clears the restart and sets the clock',
    origin: `${SPEC}, Application Layer; Annex A, groups 50, 51, 52 and 80`,
    messages: [
      ['server', '0564 0a 44 0100 0a00 6e25  c0 f082 9000 43a2'],
      ['client', '0564 08 c4 0a00 0100 fc42  c0 d000 1b49'],
      ['client', '0564 0e c4 0a00 0100 2529  c1 c002 500100070700 ed97'],
      ['server', '0564 0a 44 0100 0a00 6e25  c1 c081 1000 b214'],
      ['client', '0564 08 c4 0a00 0100 fc42  c2 c117 fc3f'],
      ['server', '0564 10 44 0100 0a00 c4e1  c2 c181 1000340207010a00 758b'],
      ['client', '0564 12 c4 0a00 0100 5686  c3 c202 3201070100d066ee7c01 7b16'],
      ['server', '0564 0a 44 0100 0a00 6e25  c3 c281 0000 3f45'],
      ['client', '0564 08 c4 0a00 0100 fc42  c4 c318 9a0d'],
      ['client', '0564 12 c4 0a00 0100 5686  c5 c402 3203070100d066ee7c01 c399'],
      [
        'server',
        `0564 23 44 0100 0a00 d7fb
        c4 f182 02003301070100d066ee7c0102 b181
        0328020003008105000400010900 3685`,
      ],
      ['client', '0564 08 c4 0a00 0100 fc42  c6 d100 c5b7'],
    ],
    operations: [
      '130 Unsolicited Response (read) unit 10: 0 requests, 2 responses, 0 refused',
      '0 Confirm (session) unit 10: 2 requests, 0 responses, 0 refused',
      '2 Write Internal Indications (session) unit 10: 1 requests, 1 responses, 0 refused',
      '23 Delay Measurement (session) unit 10: 1 requests, 1 responses, 0 refused',
      '2 Write Time and Date (session) unit 10: 2 requests, 1 responses, 0 refused',
      '24 Record Current Time (session) unit 10: 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '2: Internal Indications (group 80) 7+1',
      '2: Time and Date (group 50) 0+1',
      '2: Time and Date (group 50) 0+1',
    ],
    evidence: ['state = restarted (dnp3.iin1.7, server, unit 10)', ADDRESS],
  },
  {
    title: 'tells of device trouble, local control and a corrupt configuration',
    origin: `${SPEC}, Application Layer, internal indications`,
    messages: [['server', '0564 0a 44 0100 0a00 6e25  c0 f082 6020 e917']],
    operations: ['130 Unsolicited Response (read) unit 10: 0 requests, 1 responses, 0 refused'],
    evidence: [
      'state = device trouble (dnp3.iin1.6, server, unit 10)',
      'state = outputs in local control (dnp3.iin1.5, server, unit 10)',
      'state = configuration corrupt (dnp3.iin2.5, server, unit 10)',
    ],
  },
  {
    title: 'freezes, restarts, configures and switches unsolicited reporting',
    origin: `${SPEC}, Application Layer, function codes`,
    messages: [
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c007 140006 78c2'],
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c108 1400000003 28fc'],
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c209 140006 d965'],
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c30a 140006 9e4c'],
      ['client', '0564 19 c4 0a00 0100 da8f  c0 c40b 3202070100d066ee7c01102700 1aea  00140006 22fa'],
      ['client', '0564 19 c4 0a00 0100 da8f  c0 c50c 3202070100d066ee7c01102700 d23c  00140006 22fa'],
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c60d b3aa'],
      ['server', '0564 10 44 0100 0a00 c4e1  c0 c681 0000340107011e00 04d5'],
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c70e 1f5b'],
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c80f b485'],
      ['client', '0564 11 c4 0a00 0100 0615  c0 c910 5a015b010300617070 69b5'],
      ['client', '0564 11 c4 0a00 0100 0615  c0 ca11 5a015b010300617070 994d'],
      ['client', '0564 11 c4 0a00 0100 0615  c0 cb12 5a015b010300617070 c853'],
      ['client', '0564 08 c4 0a00 0100 fc42  c0 cc13 e426'],
      ['client', '0564 0e c4 0a00 0100 2529  c0 cd14 3c02063c0306 a650'],
      ['client', '0564 0b c4 0a00 0100 acd1  c0 ce15 3c0406 2a28'],
      ['client', '0564 10 c4 0a00 0100 e1a0  c0 cf16 3c02060100000009 fe59'],
      ['client', '0564 15 c4 0a00 0100 6858  c0 c01f 46085b0107006e65772e636667 9115'],
    ],
    operations: [
      '7 Immediate Freeze (write) unit 10: 1 requests, 0 responses, 0 refused',
      '8 Immediate Freeze, No Acknowledgment (write) unit 10: 1 requests, 0 responses, 0 refused',
      '9 Freeze and Clear (write) unit 10: 1 requests, 0 responses, 0 refused',
      '10 Freeze and Clear, No Acknowledgment (write) unit 10: 1 requests, 0 responses, 0 refused',
      '11 Freeze at Time (write) unit 10: 1 requests, 0 responses, 0 refused',
      '12 Freeze at Time, No Acknowledgment (write) unit 10: 1 requests, 0 responses, 0 refused',
      '13 Cold Restart (control) unit 10: 1 requests, 1 responses, 0 refused',
      '14 Warm Restart (control) unit 10: 1 requests, 0 responses, 0 refused',
      '15 Initialize Data (control) unit 10: 1 requests, 0 responses, 0 refused',
      '16 Initialize Application (control) unit 10: 1 requests, 0 responses, 0 refused',
      '17 Start Application (control) unit 10: 1 requests, 0 responses, 0 refused',
      '18 Stop Application (control) unit 10: 1 requests, 0 responses, 0 refused',
      '19 Save Configuration (program) unit 10: 1 requests, 0 responses, 0 refused',
      '20 Enable Unsolicited Responses (session) unit 10: 1 requests, 0 responses, 0 refused',
      '21 Disable Unsolicited Responses (session) unit 10: 1 requests, 0 responses, 0 refused',
      '22 Assign Class (write) unit 10: 1 requests, 0 responses, 0 refused',
      '31 Activate Configuration (program) unit 10: 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '7: all of Counter (group 20) 0+0',
      '8: Counter (group 20) 0+4',
      '9: all of Counter (group 20) 0+0',
      '10: all of Counter (group 20) 0+0',
      '11: Time and Date (group 50) 0+1',
      '11: all of Counter (group 20) 0+0',
      '12: Time and Date (group 50) 0+1',
      '12: all of Counter (group 20) 0+0',
      '20: Class 1 Data (group 60 variation 2) 0+0',
      '20: Class 2 Data (group 60 variation 3) 0+0',
      '21: Class 3 Data (group 60 variation 4) 0+0',
      '22: Class 1 Data (group 60 variation 2) 0+0',
      '22: Binary Input (group 1) 0+10',
      '31: File-control (group 70) "new.cfg"',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'transfers files',
    origin: `${SPEC}, Annex A, group 70`,
    messages: [
      [
        'client', // to write; name at 26, 5 octets
        `0564 2d c4 0a00 0100 f74b
        c0 c019 46035b011f001a000500000000 c6b4
        000000ff010000000010000000020000 cf49
        040100612e636667 c4da`,
      ],
      ['server', '0564 1d 44 0100 0a00 9183  c0 c081 000046045b010d007856341210 28a2  0000000004010000 6c3a'],
      ['client', '0564 1a c4 0a00 0100 8a1c  c0 c102 46055b010c0078563412000000 6402  8064617461 eace'],
      ['client', '0564 16 c4 0a00 0100 38cb  c0 c201 46055b01080078563412000000 d35f  00 ffff'],
      ['server', '0564 1c 44 0100 0a00 7636  c0 c281 000046055b010c007856341200 7350  00008064617461 eace'],
      ['client', '0564 1b c4 0a00 0100 6da9  c0 c31a 46045b010d0078563412000000 006e  000000020000 8fcc'],
      [
        'client',
        `0564 2d c4 0a00 0100 f74b
        c0 c41b 46035b011f001a000500000000 3f3c
        00000000000000000000000000000000 ffff
        000300612e636667 483c`,
      ],
      [
        'client',
        `0564 27 c4 0a00 0100 9cf7
        c0 c51c 46075b01190014000500000000 433d
        00000000000000000000000400622e63 f2bc
        6667 b972`,
      ],
      ['client', '0564 1a c4 0a00 0100 8a1c  c0 c61d 46025b010c000c0000000c0000 f3c5  0000000000 ffff'],
      ['client', '0564 1b c4 0a00 0100 6da9  c0 c71e 46045b010d0078563412000000 d960  000000050000 a780'],
      [
        'client', // to read
        `0564 29 c4 0a00 0100 9906
        c0 c819 46035b011b001a000100000000 1a33
        000000ff010000000000000000010000 c3a0
        0406002e a615`,
      ],
    ],
    operations: [
      '25 Open File to Write (program) unit 10: 1 requests, 1 responses, 0 refused',
      '2 Write File (program) unit 10: 1 requests, 0 responses, 0 refused',
      '1 Read File (program) unit 10: 1 requests, 1 responses, 0 refused',
      '26 Close File (program) unit 10: 1 requests, 0 responses, 0 refused',
      '27 Delete File (program) unit 10: 1 requests, 0 responses, 0 refused',
      '28 Get File Information (program) unit 10: 1 requests, 0 responses, 0 refused',
      '29 Authenticate File (program) unit 10: 1 requests, 0 responses, 0 refused',
      '30 Abort File (program) unit 10: 1 requests, 0 responses, 0 refused',
      '25 Open File to Read (program) unit 10: 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '25: File-control (group 70) "a.cfg"',
      '27: File-control (group 70) "a.cfg"',
      '28: File-control (group 70) "b.cfg"',
      '25: File-control (group 70) "."',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'writes deadbands, attributes, octet strings and to a virtual terminal',
    origin: `${SPEC}, Annex A, groups 0, 34, 110 and 112`,
    messages: [
      ['client', '0564 11 c4 0a00 0100 0615  c0 c002 220100000105000600 50cd'],
      ['client', '0564 12 c4 0a00 0100 5686  c0 c102 00f70000000103737562 ef6f'],
      ['client', '0564 12 c4 0a00 0100 5686  c0 c202 6e0517010268656c6c6f b2ac'],
      ['client', '0564 10 c4 0a00 0100 e1a0  c0 c302 70031701006c730d 061c'],
      ['client', '0564 19 c4 0a00 0100 da8f  c0 c402 3201070100d066ee7c01220100 47cc  00000500 7b63'], // not the clock alone
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c481 0000 b734'],
    ],
    operations: [
      '2 Write (write) unit 10: 4 requests, 1 responses, 0 refused',
      '2 Write Device Attributes (write) unit 10: 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      '2: Analog Input Reporting Deadband (group 34) 0+2',
      '2: Device Attributes (group 0) 247+1',
      '2: Octet String (group 110) 2+1',
      '2: Virtual Terminal Output Block (group 112) 0+1',
      '2: Time and Date (group 50) 0+1',
      '2: Analog Input Reporting Deadband (group 34) 0+1',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'authenticates',
    origin: `${SPEC}, Secure Authentication; Annex A, group 120`,
    messages: [
      ['client', '0564 0e c4 0a00 0100 2529  c0 c020 780407010100 8c56'], // session key status request
      ['server', '0564 1b 44 0100 0a00 48e8  c0 c083 000078055b010b000100000001 fb6e  000201000000 1b7b'],
      ['client', '0564 18 c4 0a00 0100 3d3a  c1 c105 0c011701050301000000000000 060b  000000 ffff'], // a critical request ...
      ['server', '0564 1c 44 0100 0a00 7636  c1 c183 000078015b010c000200000001 3123  000401a1b2c3d4 6f92'], // ... is challenged ...
      ['client', '0564 18 c4 0a00 0100 3d3a  c2 c120 78025b010a0002000000010001 a7f3  020304 5ca5'], // ... replied ...
      ['server', '0564 1a 44 0100 0a00 af5d  c2 c181 00000c01170105030100000000 e6cf  0000000000 ffff'], // ... and carried out
      [
        'client',
        `0564 2c c4 0a00 0100 10fe
        c3 c205 780307010300000001000c0117 6a40
        0106040100000000000000000078095b f8c8
        01040001020304 b875`,
      ], // aggressive mode
      [
        'server',
        `0564 1f 44 0100 0a00 26a5
        c3 c283 000078075b010f000300000001 1fd9
        0001000100d066ee7c01 e2dc`,
      ], // error
      ['client', '0564 1d c4 0a00 0100 b4c2  c4 c321 78075b010f0003000000010001 ea54  000100d066ee7c01 2302'],
      ['client', '0564 0d c4 0a00 0100 75ba  c5 c401 7901000011 553c'], // security statistics
      ['server', '0564 16 44 0100 0a00 1d8a  c5 c481 00007901000505010100020000 b7aa  00 ffff'],
    ],
    operations: [
      '32 Authentication Request (session) unit 10: 2 requests, 1 responses, 0 refused',
      '5 Direct Operate: Latch On (control) unit 10: 1 requests, 1 responses, 0 refused',
      '131 Authentication Response (session) unit 10: 0 requests, 1 responses, 0 refused',
      '5 Direct Operate: Latch Off (control) unit 10: 1 requests, 1 responses, 1 refused',
      '33 Authentication Request, No Acknowledgment (session) unit 10: 1 requests, 0 responses, 0 refused',
      '1 Read (read) unit 10: 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      '5: Binary Output Command (group 12) 5+1',
      '5: Binary Output Command (group 12) 6+1',
      '1: Security Statistic (group 121) 0+18',
    ],
    evidence: [
      ADDRESS,
      AUTHENTICATION,
      AUTHENTICATION,
      AUTHENTICATION,
      AUTHENTICATION,
      AUTHENTICATION,
      AUTHENTICATION,
      AUTHENTICATION,
    ],
  },
  {
    title: 'talks to several stations on one connection, whose fragments come in several frames each',
    origin: `${SPEC}, Transport Function`,
    messages: [
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c001 3c0106 ff50'],
      ['client', '0564 0b c4 0b00 0100 4413  c0 c001 3c0106 ff50'],
      ['server', '0564 0f 44 0100 0a00 e7dd  7f c081 00000101000007 a4ce'],
      ['server', '0564 10 44 0100 0b00 8a4a  41 c081 00000a0200000101 9860'],
      ['server', '0564 1d 44 0100 0a00 9183  00 ff1e 0400000f000000000000000000 1415  0000000000000000 ffff'],
      ['server', '0564 07 44 0100 0b00 75ec  02 01 44d2'],
      ['server', '0564 07 44 0100 0b00 75ec  02 01 44d2'], // sent again
      ['server', '0564 15 44 0100 0a00 4d19  81 0101 01010101010101010101010101 b7f4'],
      ['server', '0564 0d 44 0100 0b00 1e50  83 1406 0000000100 dad9'],
    ],
    operations: [
      '1 Read Class 0 (read) unit 10: 1 requests, 1 responses, 0 refused',
      '1 Read Class 0 (read) unit 11: 1 requests, 1 responses, 0 refused',
    ],
    touches: [
      '1: Class 0 Data (group 60 variation 1) 0+0',
      '1: Class 0 Data (group 60 variation 1) 0+0',
      '1: Binary Input (group 1) 0+8',
      '1: Analog Input (group 30) 0+16',
      '1: Binary Output (group 10) 0+2',
      '1: Counter (group 20) 0+1',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'counts a response of several fragments once',
    origin: `${SPEC}, Application Layer, fragments`,
    messages: [
      ['client', '0564 0b c4 0a00 0100 acd1  c0 c701 3c0106 edb9'],
      ['server', '0564 10 44 0100 0a00 c4e1  c0 a781 00000101000007ff 20f7'],
      ['client', '0564 08 c4 0a00 0100 fc42  c1 c700 ea08'],
      ['server', '0564 10 44 0100 0a00 c4e1  c1 6881 0000010100080fff 6bc5'],
      ['client', '0564 08 c4 0a00 0100 fc42  c2 c800 d7ca'],
    ],
    operations: [
      '1 Read Class 0 (read) unit 10: 1 requests, 1 responses, 0 refused',
      '0 Confirm (session) unit 10: 2 requests, 0 responses, 0 refused',
    ],
    touches: [
      '1: Class 0 Data (group 60 variation 1) 0+0',
      '1: Binary Input (group 1) 0+8',
      '1: Binary Input (group 1) 8+8',
    ],
    evidence: [ADDRESS],
  },
  {
    title: 'sends to all stations, and to whichever listens',
    origin: `${SPEC}, Data Link Layer, special addresses`,
    messages: [
      ['client', '0564 08 c4 ffff 0100 cf9c  c0 c018 d1db'],
      ['client', '0564 0b c4 fcff 0100 de05  c0 c101 3c0206 52c3'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c181 0100 3a81'],
    ],
    operations: [
      '24 Record Current Time (session) unit 65535: 1 requests, 0 responses, 0 refused',
      '1 Read Class 1 (read) unit 65532: 1 requests, 1 responses, 0 refused',
    ],
    touches: ['1: Class 1 Data (group 60 variation 2) 0+0'],
    evidence: [ADDRESS],
  },
  {
    title: 'keeps up its link',
    origin: `${SPEC}, Data Link Layer, function codes`,
    messages: [
      ['client', '0564 05 c0 0a00 0100 b1ac'], // reset link states
      ['server', '0564 05 00 0100 0a00 2edd'], // ACK
      ['client', '0564 05 c9 0a00 0100 feda'], // request link status
      ['server', '0564 05 0b 0100 0a00 6ded'], // link status
      ['client', '0564 05 f2 0a00 0100 7258'], // test link states
      ['server', '0564 05 01 0100 0a00 28fe'], // NACK
      ['server', '0564 05 49 0100 0a00 db9b'],
      ['client', '0564 05 8f 0a00 0100 5020'], // not supported
      ['client', '0564 0b f3 0a00 0100 718a  c0 c001 3c0206 54e0'], // confirmed user data
    ],
    operations: ['1 Read Class 1 (read) unit 10: 1 requests, 0 responses, 0 refused'],
    touches: ['1: Class 1 Data (group 60 variation 2) 0+0'],
    evidence: [ADDRESS],
  },
  {
    title: 'is heard in one direction only',
    origin: `${SPEC}, Application Layer`,
    messages: [
      ['server', '0564 10 44 0100 0a00 c4e1  c0 c381 00000101000007ff ba7b'],
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c481 0001 e902'],
      ['server', '0564 1c 44 0100 0a00 7636  c0 c583 000078015b010c000200000001 a49b  000401a1b2c3d4 6f92'],
      ['server', '0564 08 44 0100 0a00 d903  c0 c600 1cba'], // a Confirm, as outstations once sent
    ],
    operations: [
      '129 Response (read) unit 10: 0 requests, 2 responses, 1 refused',
      '131 Authentication Response (session) unit 10: 0 requests, 1 responses, 0 refused',
    ],
    evidence: [AUTHENTICATION],
  },
  {
    title: 'has a wrong CRC behind its first or second block, no user data, or an unknown link function',
    origin: `${SPEC}, Data Link Layer`,
    messages: [
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c00d 9d86'],
      ['client', '0564 1d c4 0a00 0100 b4c2  c0 c002 22020000030101010101010101 aae2  0101010101010101 2f66'],
      ['client', '0564 05 c4 0a00 0100 a920'],
      ['client', '0564 05 c5 0a00 0100 af03'],
      ['server', '0564 05 02 0100 0a00 229b'],
    ],
    outcomes: [Outcome.malformed, Outcome.malformed, Outcome.malformed, Outcome.unsupported, Outcome.unsupported],
  },
  {
    title: 'is cut, or begins or goes on unheard',
    origin: `${SPEC}, Transport Function; Application Layer`,
    messages: [
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c00d'],
      ['client', '0564 07 c4 0a00 0100 1e06  c0 c0 19ba'],
      ['server', '0564 09 44 0100 0a00 3eb6  c0 c081 00 e49c'],
      ['server', '0564 08 44 0100 0a00 d903  81 0101 f02e'], // without its first segment
      ['server', '0564 0a 44 0100 0a00 6e25  41 c081 0000 eeaa'],
      ['server', '0564 08 44 0100 0a00 d903  83 0101 801d'], // a segment is missing
      ['client', '0564 0a c4 0a00 0100 4b64  c0 c101 1e02 fc8f'], // object header
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c201 1e02010000 03aa'], // range
      ['client', '0564 19 c4 0a00 0100 da8f  c0 c305 0c011702050301000000000000 6592  00000006 3b4a'], // objects
      ['server', '0564 15 44 0100 0a00 4d19  c0 c481 000000fc000000010941636d65 00fd'], // attribute
    ],
    outcomes: [
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.ok,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
    ],
    operations: [
      '1 Read (read) unit 10: 2 requests, 0 responses, 0 refused',
      '5 Direct Operate: Latch On (control) unit 10: 1 requests, 0 responses, 0 refused',
      '129 Response (read) unit 10: 0 requests, 1 responses, 0 refused',
    ],
    touches: ['5: Binary Output Command (group 12) 5+1'],
    evidence: [ADDRESS],
  },
  {
    title: 'goes against the specification, or beyond what is known of it',
    origin: `${SPEC}, Application Layer`,
    messages: [
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c001 1e02000504 8348'], // stop before start
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c101 1e02800004 c2de'], // reserved bit
      ['client', '0564 0d c4 0a00 0100 75ba  c0 c201 1e02030004 0b40'], // virtual addresses
      ['client', '0564 0e c4 0a00 0100 2529  c0 c302 1e0900000400 a885'], // no such variation
      ['client', '0564 08 c4 0a00 0100 fc42  c0 c466 cc6e'], // no such function
      ['server', '0564 0a 44 0100 0a00 6e25  c0 c584 0000 0789'],
      ['server', '0564 08 44 0100 0a00 d903  c0 c60d b3aa'], // a request against the direction bit
      ['client', '0564 0a c4 0100 0a00 1a44  c0 c781 0000 f63e'], // and a response
    ],
    outcomes: [
      Outcome.malformed,
      Outcome.malformed,
      Outcome.unsupported,
      Outcome.unsupported,
      Outcome.unsupported,
      Outcome.unsupported,
      Outcome.malformed,
      Outcome.malformed,
    ],
    operations: [
      '1 Read (read) unit 10: 3 requests, 0 responses, 0 refused',
      '2 Write (write) unit 10: 1 requests, 0 responses, 0 refused',
      '102 Function 102 (write) unit 10: 1 requests, 0 responses, 0 refused',
      '13 Cold Restart (control) unit 1: 1 requests, 0 responses, 0 refused',
      '129 Response (read) unit 10: 0 requests, 1 responses, 0 refused',
    ],
    touches: ['2: Analog Input (group 30) 0+5'],
    evidence: [ADDRESS, 'address = DNP3 master 10 (dnp3.link.source, server)'],
  },
];
