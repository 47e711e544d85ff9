import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const PDU = 'IEC 61850-8-1:2011, annexes A and C';

const publication = (header: string, sqNum: string, simulation: string, ndsCom: string) =>
  `${header}
   61 51 ; goosePdu
   80 14 494544314c44302f4c4c4e3024474f2467636231 ; gocbRef IED1LD0/LLN0$GO$gcb1
   81 02 07d0 ; timeAllowedtoLive
   82 10 494544314c44302f4c4c4e3024647331 ; datSet IED1LD0/LLN0$ds1
   83 02 6731 ; goID g1
   84 08 5f00000000000000 ; t
   85 01 02 ; stNum
   86 01 ${sqNum} ; sqNum
   87 01 ${simulation} ; simulation
   88 01 01 ; confRev
   89 01 ${ndsCom} ; ndsCom
   8a 01 01 ; numDatSetEntries
   ab 03 83 01 00 ; allData`;

const told = [
  'name = IED1LD0 (goose.gocb-ref.ld-name, client)',
  'note = GOOSE control block IED1LD0/LLN0$GO$gcb1 (goose.gocb-ref, client)',
  'note = GOOSE data set IED1LD0/LLN0$ds1 (goose.dat-set, client)',
  'note = GOOSE id g1 (goose.go-id, client)',
];

export const samples: readonly Sample[] = [
  {
    title: 'publishes a new state and repeats it',
    origin: PDU,
    messages: [
      ['client', publication('0001 005b 0000 0000', '00', '00', '00')],
      ['client', publication('0001 005b 0000 0000', '01', '00', '00')],
    ],
    operations: [
      'event GOOSE publication, new state (read): 1 requests, 0 responses, 0 refused',
      'publish GOOSE publication, repeated (read): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['event: control-block "IED1LD0/LLN0$GO$gcb1"', 'publish: control-block "IED1LD0/LLN0$GO$gcb1"'],
    evidence: [...told, 'note = GOOSE APPID 0x0001 (goose.appid, client)'],
  },
  {
    title: 'publishes simulated values, by either flag, and misses its configuration',
    origin: PDU,
    messages: [
      ['client', publication('3001 005b 8000 0000', '05', '00', '00')],
      ['client', publication('3001 005b 0000 0000', '06', 'ff', 'ff')],
    ],
    operations: ['publish GOOSE publication, repeated (read): 2 requests, 0 responses, 0 refused'],
    touches: ['publish: control-block "IED1LD0/LLN0$GO$gcb1"', 'publish: control-block "IED1LD0/LLN0$GO$gcb1"'],
    evidence: [
      ...told,
      'note = GOOSE APPID 0x3001 (goose.appid, client)',
      'state = publishes simulated GOOSE (goose.simulation, client)',
      'state = publishes simulated GOOSE (goose.simulation, client)',
      'state = GOOSE needs commissioning (goose.nds-com, client)',
    ],
  },
  {
    title: 'has a length in the long form, and ends within a field',
    origin: PDU,
    messages: [
      ['client', '0001 0014 0000 0000 61 81 08 80 03 612f62 86 01 01'],
      ['client', '0001 005b 0000 0000 61 51 80 03 612f62 81 02 07'],
      ['client', '0001 005b 0000 0000 30 51 80 03 612f62'],
    ],
    outcomes: [Outcome.ok, Outcome.truncated, Outcome.malformed],
    operations: ['publish GOOSE publication, repeated (read): 2 requests, 0 responses, 0 refused'],
    touches: ['publish: control-block "a/b"', 'publish: control-block "a/b"'],
    evidence: [
      'name = a (goose.gocb-ref.ld-name, client)',
      'note = GOOSE control block a/b (goose.gocb-ref, client)',
      'note = GOOSE APPID 0x0001 (goose.appid, client)',
    ],
  },
];
