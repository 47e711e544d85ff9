import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const PDU = 'IEC 61850-9-2:2011, clause 8.5 and annex A';

const frame = (reserved: string, synch: string) =>
  `4000 0029 ${reserved} 0000
   60 1f 80 01 01 ; savPdu, one ASDU
   a2 1a 30 18
   80 03 4d5531 ; svID MU1
   81 02 6473 ; datSet ds
   82 02 0001 83 04 00000001 ; smpCnt, confRev
   85 01 ${synch} ; smpSynch
   87 00`;

export const samples: readonly Sample[] = [
  {
    title: 'publishes samples, and loses its clock',
    origin: PDU,
    messages: [
      ['client', frame('0000', '02')],
      ['client', frame('0000', '02')],
      ['client', frame('8000', '00 ')],
    ],
    operations: ['publish Sampled values publication (read): 3 requests, 0 responses, 0 refused'],
    touches: ['publish: stream "MU1"', 'publish: stream "MU1"', 'publish: stream "MU1"'],
    evidence: [
      'note = sampled values stream MU1 (sampled-values.sv-id, client)',
      'note = sampled values data set ds (sampled-values.dat-set, client)',
      'state = samples synchronised to a global clock (sampled-values.smp-synch, client)',
      'state = publishes simulated samples (sampled-values.simulation, client)',
      'state = samples not synchronised (sampled-values.smp-synch, client)',
    ],
  },
  {
    title: 'ends within an ASDU, before it, and is none',
    origin: PDU,
    messages: [
      ['client', '4000 0029 0000 0000 60 08 80 01 01 a2 03 30 18 80'],
      ['client', '4000 0029 0000 0000 60 03 80 01 01'],
      ['client', '4000 0029 0000 0000 61 03 80 01 01'],
    ],
    outcomes: [Outcome.truncated, Outcome.truncated, Outcome.malformed],
    operations: ['publish Sampled values publication (read): 2 requests, 0 responses, 0 refused'],
  },
];
