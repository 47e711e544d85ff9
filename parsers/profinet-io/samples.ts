import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const PDU = 'IEC 61158-6-10, clause 4.7';

export const samples: readonly Sample[] = [
  {
    title: 'exchanges cyclic data, and says when a provider stops',
    origin: PDU,
    messages: [
      ['client', '8001 80 0102 80 00000000 1000 35 00 ; frame id, data, cycle counter, data status, transfer status'],
      ['server', '8000 80 0304 80 00000000 1020 35 00'],
      ['client', '8001 80 0102 80 00000000 1040 35 00'],
      ['client', '8001 80 0102 80 00000000 1080 05 00 ; stopped, station problem'],
    ],
    operations: ['rt1 Cyclic data, RT class 1 (read): 4 requests, 0 responses, 0 refused'],
    touches: ['rt1: frame-id 32769+1', 'rt1: frame-id 32768+1', 'rt1: frame-id 32769+1', 'rt1: frame-id 32769+1'],
    evidence: [
      'state = provider runs (profinet-io.data-status, client)',
      'state = provider runs (profinet-io.data-status, server)',
      'state = provider stopped, station problem (profinet-io.data-status, client)',
    ],
  },
  {
    title: 'knows isochronous, stream, multicast and UDP classes by their frame ids',
    origin: 'IEC 61158-6-10, clause 4.2.2',
    messages: [
      ['client', '0100 00000000 1000 35 00'],
      ['client', '1000 00000000 1000 35 00'],
      ['client', 'bc00 00000000 1000 35 00'],
      ['client', 'c000 00000000 1000 35 00'],
      ['client', 'f800 00000000 1000 31 00'],
    ],
    operations: [
      'rt3 Cyclic data, RT class 3 (read): 1 requests, 0 responses, 0 refused',
      'rt-stream Cyclic data, RT class stream (read): 1 requests, 0 responses, 0 refused',
      'rt1 Cyclic data, RT class 1 (read): 1 requests, 0 responses, 0 refused',
      'rt-udp Cyclic data, RT class UDP (read): 1 requests, 0 responses, 0 refused',
      'rt-udp Cyclic data, RT class UDP (read): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      'rt3: frame-id 256+1',
      'rt-stream: frame-id 4096+1',
      'rt1: frame-id 48128+1',
      'rt-udp: frame-id 49152+1',
      'rt-udp: frame-id 63488+1',
    ],
    evidence: [
      'state = provider runs (profinet-io.data-status, client)',
      'state = provider runs, data invalid (profinet-io.data-status, client)',
    ],
  },
  {
    title: 'reports a diagnosis of a module, which is acknowledged, and a pulled one, which is not accepted',
    origin: 'IEC 61158-6-10, clauses 4.7.3 and 5.2',
    messages: [
      [
        'server',
        `fe01 0001 0002 11 11 ffff fffe 001a ; alarm low, RTA data, length 26
         0002 0016 01 00 ; alarm notification low
         0001 00000000 0003 0001 00000042 00000001 0000 ; diagnosis, slot 3, subslot 1, module and submodule`,
      ],
      ['client', 'fe01 0002 0001 13 00 fffe ffff 0000 ; transport acknowledgement'],
      [
        'client',
        `fe01 0002 0001 11 11 ffff ffff 0016
         8002 0012 01 00 0001 00000000 0003 0001 0000 00000000 ; alarm acknowledgement`,
      ],
      [
        'server',
        `fc01 0001 0002 11 11 0000 ffff 001a
         0001 0016 01 00 0003 00000000 0004 0001 00000042 00000001 0000`,
      ],
      [
        'client',
        `fc01 0002 0001 11 11 0000 0000 0016
         8001 0012 01 00 0003 00000000 0004 0001 0000 da813c00`,
      ],
      ['server', 'fe01 0001 0002 14 00 0001 0000 0004 cf81fd05'],
    ],
    operations: [
      'alarm.1 Alarm: diagnosis (diagnostic): 1 requests, 1 responses, 0 refused',
      'alarm.3 Alarm: pull (diagnostic): 1 requests, 1 responses, 1 refused',
      'rta.error RTA Error (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'module = slot 3 subslot 0x0001, module 0x00000042: diagnosis (profinet-io.alarm, server)',
      'module = slot 4 subslot 0x0001, module 0x00000042: pull (profinet-io.alarm, server)',
    ],
  },
  {
    title: 'keeps the clocks of its neighbours',
    origin: 'IEC 61158-6-10, clause 4.5',
    messages: [
      ['client', 'ff40 000000000000'],
      ['server', 'ff43 000000000000'],
      ['server', 'ff41 000000000000'],
      ['client', '0080 000000000000'],
      ['client', '0020 000000000000'],
      ['client', 'ff20 000000000000'],
      ['client', 'ff00 000000000000'],
      ['client', 'ff80 000000000000'],
      ['client', 'fe02 000000000000'],
    ],
    operations: [
      'ptcp.delay PTCP Delay (session): 3 requests, 0 responses, 0 refused',
      'ptcp.sync PTCP Sync (session): 1 requests, 0 responses, 0 refused',
      'ptcp.sync PTCP Sync (session): 1 requests, 0 responses, 0 refused',
      'ptcp.follow-up PTCP Follow Up (session): 1 requests, 0 responses, 0 refused',
      'ptcp.announce PTCP Announce (session): 1 requests, 0 responses, 0 refused',
      'fragment Fragment (read): 1 requests, 0 responses, 0 refused',
      'rsi Remote Service Interface (program): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'has a length that points past its end, a reserved frame id, and no end',
    origin: PDU,
    messages: [
      ['server', 'fe01 0001 0002 11 11 ffff fffe 001a 0002 0016 01 00 0001'],
      ['server', '00ff 000000000000'],
      ['server', '8000 00'],
    ],
    outcomes: [Outcome.truncated, Outcome.unsupported, Outcome.truncated],
  },
];
