import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const LAYOUT = 'made after the layout in index.ts';
const ITEMS = 'made after the layouts in items.ts';
const USERDATA = 'made after the layout in userdata.ts';
const SZL = 'made after the layout in szl.ts; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'sets up communication',
    origin: LAYOUT,
    messages: [
      [
        'client',
        `32 01 0000 0001 ; Job, PDU reference 1
         0008 0000 ; 8 bytes of parameters, no data
         f0 00 0001 0001 01e0 ; jobs in parallel: calling, called; PDU length 480`,
      ],
      ['server', '32 03 0000 0001 0008 0000 00 00 f0 00 0001 0001 00f0'],
    ],
    operations: ['0xf0 Setup Communication (session): 1 requests, 1 responses, 0 refused'],
  },
  {
    title: 'reads a data block, inputs, flags, a timer and a bit',
    origin: ITEMS,
    messages: [
      [
        'client',
        `32 01 0000 0002 003e 0000
         04 05
         12 0a 10 02 0014 0007 84 000050 ; 20 bytes of DB 7 from 10 on
         12 0a 10 04 0003 0000 81 000000 ; 3 words of inputs from 0 on
         12 0a 10 06 0001 0000 83 000640 ; a double word of flags at 200
         12 0a 10 1d 0002 0000 1d 000005 ; timers 5 and 6
         12 0a 10 01 0001 0000 82 00000b ; output 1.3`,
      ],
      [
        'server',
        `32 03 0000 0002 0002 0037 00 00
         04 05
         ff 04 00a0 00000000000000000000 00000000000000000000
         ff 04 0030 000000000000
         ff 04 0020 00000000
         ff 09 0004 00000000
         ff 03 0001 01`,
      ],
    ],
    operations: ['0x04 Read Var (read): 1 requests, 1 responses, 0 refused'],
    touches: ['0x04: DB7 10+20', '0x04: inputs 0+6', '0x04: flags 200+4', '0x04: timers 5+2', '0x04: outputs 1+1'],
  },
  {
    title: 'reads ranges of data blocks in one item, symbols, NC variables and drive parameters',
    origin: ITEMS,
    messages: [
      [
        'client',
        `32 01 0000 0003 0046 0000
         04 05
         12 0c b0 02 04 0001 0010 08 0002 0020 ; 4 bytes of DB 1 from 16, 8 of DB 2 from 32
         12 0e b2 ff 8a0e 0003 12345678 40000009 ; symbol 9 of DB 3
         12 0e b2 ff 0000 0052 12345678 40000005 ; symbol 5 of the flags
         12 08 82 41 0003 0001 1a 01 ; NCK: channel 1, column 3, line 1 of module 1A
         12 0a a2 00 0000 0000 03ca 0000 ; drive parameter 970`,
      ],
      [
        'client',
        `32 01 0000 0004 0015 0000
         04 02
         12 07 b0 01 04 0001 0000 00 ; of odd length: a fill byte follows
         12 07 b0 01 02 0005 0000`,
      ],
    ],
    operations: ['0x04 Read Var (read): 2 requests, 0 responses, 0 refused'],
    touches: [
      '0x04: DB1 16+4',
      '0x04: DB2 32+8',
      '0x04: DB3 (symbols) 9+1',
      '0x04: flags (symbols) 5+1',
      '0x04: NCK C1 module 0x1a 3+1',
      '0x04: drive parameters 970+1',
      '0x04: DB1 0+4',
      '0x04: DB5 0+2',
    ],
  },
  {
    title: 'writes, and learns that an object may not be accessed',
    origin: ITEMS,
    messages: [
      [
        'client',
        `32 01 0000 0005 000e 0006
         05 01 12 0a 10 02 0002 0001 84 000000
         00 04 0010 1234`,
      ],
      ['server', '32 03 0000 0005 0002 0001 00 00 05 01 03'],
      ['client', '32 01 0000 0006 000e 0000 04 01 12 0a 10 02 0001 0001 84 000000'],
      ['server', '32 03 0000 0006 0002 0004 00 00 04 01 0a 00 0000'],
    ],
    operations: [
      '0x05 Write Var (write): 1 requests, 1 responses, 0 refused',
      '0x04 Read Var (read): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['0x05: DB1 0+2', '0x04: DB1 0+1'],
    evidence: ['protection = refuses access to an object (s7comm.item, server)'],
  },
  {
    title: 'downloads a block, which the station asks for, and activates it',
    origin: LAYOUT,
    messages: [
      [
        'client',
        `32 01 0000 0100 0020 0000
         1a 00 0100 00000000
         09 5f30413030303031 50 ; _0A00001P
         0d 31303030323136303030303838 ; load memory and code lengths`,
      ],
      ['server', '32 03 0000 0100 0001 0000 00 00 1a'],
      ['server', '32 01 0000 0001 0012 0000 1b 00 0000 00000000 09 5f3041303030303150'],
      ['client', '32 03 0000 0001 0002 0006 00 00 1b 00 0002 00fb 7070'],
      ['server', '32 01 0000 0002 0012 0000 1c 00 0000 00000000 09 5f3041303030303150'],
      ['client', '32 03 0000 0002 0001 0000 00 00 1c'],
      [
        'client',
        `32 01 0000 0101 001a 0000
         28 00000000 0000fd
         000a 01 00 3041303030303150 ; one block: 0A00001P
         05 5f494e5345 ; _INSE`,
      ],
      ['server', '32 03 0000 0101 0001 0000 00 00 28'],
    ],
    operations: [
      '0x1a Request Download (program): 1 requests, 1 responses, 0 refused',
      '0x1b Download Block (program): 1 requests, 1 responses, 0 refused',
      '0x1c Download Ended (program): 1 requests, 1 responses, 0 refused',
      '0x28 PI Service _INSE: Activate Blocks (program): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['0x1a: block "DB 1"', '0x1b: block "DB 1"', '0x1c: block "DB 1"', '0x28: block "DB 1"'],
  },
  {
    title: 'uploads a block; a second upload is refused',
    origin: LAYOUT,
    messages: [
      ['client', '32 01 0000 0007 0012 0000 1d 00 0000 00000000 09 5f3038303033353541'],
      ['server', '32 03 0000 0007 0010 0000 00 00 1d 00 0100 00000007 07 30303030323136'],
      ['client', '32 01 0000 0008 0008 0000 1e 00 0000 00000007'],
      ['server', '32 03 0000 0008 0002 0006 00 00 1e 00 0002 00fb 7070'],
      ['client', '32 01 0000 0009 0008 0000 1f 00 0000 00000007'],
      ['server', '32 03 0000 0009 0001 0000 00 00 1f'],
      ['client', '32 01 0000 000a 0012 0000 1d 00 0000 00000000 09 5f3042303130303041'],
      ['server', '32 02 0000 000a 0000 0000 d2 41'],
    ],
    operations: [
      '0x1d Start Upload (program): 2 requests, 2 responses, 1 refused',
      '0x1e Upload (program): 1 requests, 1 responses, 0 refused',
      '0x1f End Upload (program): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['0x1d: block "OB 355"', '0x1d: block "SDB 1000"'],
    evidence: ['protection = its protection level refuses functions (s7comm.error, server)'],
  },
  {
    title: 'tells starting, stopping and other PI services apart',
    origin: LAYOUT,
    messages: [
      [
        'client',
        `32 01 0000 000b 0010 0000
         29 0000000000 09 505f50524f4752414d ; P_PROGRAM`,
      ],
      ['server', '32 03 0000 000b 0001 0000 00 00 29'],
      ['client', '32 01 0000 000c 0014 0000 28 00000000 0000fd 0000 09 505f50524f4752414d'],
      ['client', '32 01 0000 000d 0016 0000 28 00000000 0000fd 0002 4320 09 505f50524f4752414d'],
      ['client', '32 01 0000 000e 0014 0000 28 00000000 0000fd 0000 09 5f4e5f544d4d56544c'],
    ],
    operations: [
      '0x29 PLC Stop (control): 1 requests, 1 responses, 0 refused',
      '0x28 PI Service P_PROGRAM: PLC Start (control): 2 requests, 0 responses, 0 refused',
      '0x28 PI Service (control): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'learns a module from its identification, the firmware as letter and three numbers',
    origin: `${SZL}; list 0011`,
    messages: [
      [
        'client',
        `32 07 0000 0100 0008 0008
         000112 04 11 44 01 00 ; request, group 4, sub-function 1
         ff 09 0004 0011 0000 ; list 0011, index 0`,
      ],
      [
        'server',
        `32 07 0000 0100 000c 007c
         000112 08 12 84 01 02 00 00 0000 ; response, last data unit, no error
         ff 09 0078 0011 0000 001c 0004
         0001 36455337203331352d32454831342d3041423020 00c0 0003 0001 ; 6ES7 315-2EH14-0AB0
         0006 36455337203331352d32454831342d3041423020 00c0 0004 0001
         0007 2020202020202020202020202020202020202020 00c0 5603 0207 ; V 3, 2, 7
         0081 426f6f74204c6f6164657220202020 2020202020 0000 4120 0909 ; Boot Loader, A, 9.9`,
      ],
    ],
    operations: ['ud.4.1 CPU Functions: Read SZL (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'model = 6ES7 315-2EH14-0AB0 (s7comm.szl-0011.0001, server)',
      'vendor = Siemens (s7comm.szl-0011.vendor, server)',
      'hardware = 4 (s7comm.szl-0011.0006, server)',
      'firmware = V3.2.7 (s7comm.szl-0011.0007, server)',
      'note = Boot Loader A9.9 (s7comm.szl-0011.0081, server)',
    ],
  },
  {
    title: 'puts a list together that comes in units, and reads each component',
    origin: `${SZL}; list 001C`,
    messages: [
      ['client', '32 07 0000 0200 0008 0008 000112 04 11 44 01 00 ff 09 0004 001c 0000'],
      [
        'server',
        `32 07 0000 0200 000c 0057
         000112 08 12 84 01 02 d5 01 0000 ; data unit reference D5, more follow
         ff 09 0053 001c 0000 0022 0006
         0001 53746174696f6e20310000000000000000000000000000000000000000000000 ; Station 1
         0005 5320432d42315533393300000000000000000000000000000000000000000000 ; S C-B1U393
         0007 4350552033 ; "CPU 3"`,
      ],
      ['client', '32 07 0000 0300 000c 0004 000112 08 11 44 01 02 00 00 0000 0a 00 0000'],
      [
        'server',
        `32 07 0000 0300 000c 0085
         000112 08 12 84 01 02 d5 00 0000 ; the last
         ff 09 0081
         31352d320000000000000000000000000000000000000000000000 ; "15-2"
         0009 002af60000010000000000000000000000000000000000000000000000000000 ; Siemens
         0008 4d4d432031000000000000000000000000000000000000000000000000000000 ; MMC 1
         000b 48616c6c20330000000000000000000000000000000000000000000000000000 ; Hall 3`,
      ],
    ],
    operations: ['ud.4.1 CPU Functions: Read SZL (diagnostic): 2 requests, 2 responses, 0 refused'],
    evidence: [
      'name = Station 1 (s7comm.szl-001c.0001, server)',
      'serial = S C-B1U393 (s7comm.szl-001c.0005, server)',
      'product = CPU 315-2 (s7comm.szl-001c.0007, server)',
      'vendor = Siemens (s7comm.szl-001c.0009, server)',
      'note = memory card MMC 1 (s7comm.szl-001c.0008, server)',
      'location = Hall 3 (s7comm.szl-001c.000b, server)',
    ],
  },
  {
    title: 'learns operating mode, protection level and mode switch',
    origin: `${SZL}; lists 0424 and 0132`,
    messages: [
      [
        'server',
        `32 07 0000 0001 000c 0020
         000112 08 12 84 01 01 00 00 0000
         ff 09 001c 0424 0000 0014 0001
         5144 ff 08 00000000 00 00 00 00 1602082317446182 ; RUN`,
      ],
      [
        'server',
        `32 07 0000 0002 000c 0034
         000112 08 12 84 01 01 00 00 0000
         ff 09 0030 0132 0004 0028 0001
         0004 0001 0003 0003 0002 0000 0000 5656 0000 0000 0000 0000 00000000000000000000000000000000`,
      ],
    ],
    operations: ['ud.4.1 CPU Functions: Read SZL (diagnostic): 0 requests, 2 responses, 0 refused'],
    evidence: [
      'state = RUN (s7comm.szl-0024, server)',
      'protection = level 3: read and write protection (s7comm.szl-0032.0004, server)',
      'note = mode switch RUN-P (s7comm.szl-0032.0004.switch, server)',
    ],
  },
  {
    title: 'gives up a list whose beginning was not heard',
    origin: USERDATA,
    messages: [['server', '32 07 0000 0001 000c 0008 000112 08 12 84 01 01 d5 00 0000 ff 09 0004 00000000']],
    outcomes: [Outcome.truncated],
    operations: ['ud.4.1 CPU Functions: Read SZL (diagnostic): 0 requests, 1 responses, 0 refused'],
  },
  {
    title: 'learns what a block says of itself',
    origin: `${USERDATA} and in evidence.ts; invented values`,
    messages: [
      ['client', '32 07 0000 0001 0008 000c 000112 04 11 43 03 00 ff 09 0008 30 38 3030303031 41'],
      [
        'server',
        `32 07 0000 0001 000c 0052
         000112 08 12 83 03 01 00 00 0000
         ff 09 004e
         0100 004a 2200 7070 01 01 02 08 0001 ; linked, language, OB 1
         000000a6 00000000 000000000000 000000000000 001c 000c 001a 0036
         504c414e54202020 50554d5053202020 4d41494e20202020 15 00 63cc 00000000 00000000`,
      ],
    ],
    operations: ['ud.3.3 Block Functions: Get Block Info (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: ['note = OB 1, name MAIN, author PLANT, family PUMPS, version 1.5 (s7comm.block-info, server)'],
  },
  {
    title: 'counts a refused service and learns of the protection level',
    origin: USERDATA,
    messages: [
      ['client', '32 07 0000 0001 0008 0004 000112 04 11 41 0c 00 0a 00 0000'],
      ['server', '32 07 0000 0001 000c 0004 000112 08 12 81 0c 01 00 00 d241 0a 00 0000'],
      ['client', '32 07 0000 0002 0008 000c 000112 04 11 45 01 00 ff 09 0008 0000000000000000'],
      ['server', '32 07 0000 0002 000c 0004 000112 08 12 85 01 01 00 00 0000 0a 00 0000'],
    ],
    operations: [
      'ud.1.12 Programmer Command: Memory Reset (control): 1 requests, 1 responses, 1 refused',
      'ud.5.1 Security: PLC Password (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'protection = its protection level refuses functions (s7comm.error, server)',
      'protection = a password is sent to it (s7comm.password, server)',
    ],
  },
  {
    title: 'counts a subscription, not what is pushed for it',
    origin: USERDATA,
    messages: [
      [
        'client',
        `32 07 0000 0001 0008 0014
         000112 04 11 42 01 00
         ff 09 0010 0001 01 0a ; one item, every second
         12 0a 10 02 0004 0002 84 000020`,
      ],
      ['server', '32 07 0000 0001 000c 000a 000112 08 12 82 01 01 00 00 0000 ff 09 0006 0001 ff 04 0000'],
      ['server', '32 07 0000 0001 000c 000e 000112 08 12 02 01 01 00 00 0000 ff 09 000a 0001 ff 04 0020 01020304'],
    ],
    operations: ['ud.2.1 Cyclic Services: Cyclic Transfer (read): 1 requests, 1 responses, 0 refused'],
    touches: ['ud.2.1: DB2 4+4'],
  },
  {
    title: 'reads and sets the clock, modifies and forces',
    origin: USERDATA,
    messages: [
      ['client', '32 07 0000 0001 0008 0004 000112 04 11 47 01 00 0a 00 0000'],
      ['client', '32 07 0000 0002 0008 000e 000112 04 11 47 02 00 ff 09 000a 00 20 26 11 21 22 34 00 00 06'],
      ['client', '32 07 0000 0003 0008 0004 000112 04 11 41 08 00 0a 00 0000'],
      ['client', '32 07 0000 0004 0008 0004 000112 04 11 41 09 00 0a 00 0000'],
      ['client', '32 07 0000 0005 0008 0004 000112 04 11 4f 01 00 0a 00 0000'],
      ['client', '32 07 0000 0006 0008 0004 000112 04 11 4e 21 00 0a 00 0000'],
    ],
    operations: [
      'ud.7.1 Time Functions: Read Clock (diagnostic): 1 requests, 0 responses, 0 refused',
      'ud.7.2 Time Functions: Set Clock (session): 1 requests, 0 responses, 0 refused',
      'ud.1.8 Programmer Command: Modify Variable (control): 1 requests, 0 responses, 0 refused',
      'ud.1.9 Programmer Command: Force (control): 1 requests, 0 responses, 0 refused',
      'ud.15.1 NC Programming: Request Download (program): 1 requests, 0 responses, 0 refused',
      'ud.14.33 Userdata Group 14 (write): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'learns of a change of mode that nobody asked for',
    origin: USERDATA,
    messages: [['server', '32 07 0000 0000 0008 0000 010010 10 00 00 00 00']],
    evidence: ['state = STOP (s7comm.mode-transition, server)'],
  },
  {
    title: 'counts answers whose requests were not heard',
    origin: LAYOUT,
    messages: [
      ['server', '32 03 0000 0002 0002 0004 00 00 04 01 0a 00 0000'],
      ['server', '32 02 0000 0002 0000 0000 00 00'],
    ],
    operations: ['0x04 Read Var (read): 0 requests, 1 responses, 0 refused'],
  },
  {
    title: 'counts a function it does not know, and an item of a syntax it does not know',
    origin: LAYOUT,
    messages: [
      ['client', '32 01 0000 0001 0001 0000 44'],
      ['client', '32 01 0000 0002 0006 0000 04 01 12 02 99 00'],
    ],
    outcomes: [Outcome.unsupported, Outcome.unsupported],
    operations: [
      '0x44 Function 0x44 (write): 1 requests, 0 responses, 0 refused',
      '0x04 Read Var (read): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'counts a request that is cut short',
    origin: 'made: the item ends within its address',
    messages: [['client', '32 01 0000 0001 0009 0000 04 01 12 0a 10 02 0001 00']],
    outcomes: [Outcome.truncated],
    operations: ['0x04 Read Var (read): 1 requests, 0 responses, 0 refused'],
  },
];
