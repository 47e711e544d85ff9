import type { Sample } from '../sample.ts';

export const samples: readonly Sample[] = [
  {
    title: 'asks for a value and learns a name',
    origin: 'document, section',
    messages: [
      ['client', '7e 01 0002 0007'],
      ['server', '7e 02 0003 414243 ; "ABC"'],
    ],
    operations: ['1 Ask (read): 1 requests, 1 responses, 0 refused'],
    touches: ['1: value 7+1'],
    evidence: ['name = ABC (template.name, server)'],
  },
];
