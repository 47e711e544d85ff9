import type { Sample } from '../sample.ts';

export const samples: readonly Sample[] = [
  {
    title: 'begins a session',
    origin: 'the magic numbers of open traffic classifiers',
    messages: [
      ['client', '1724 10 04 00 a9'],
      ['server', '1724 11 04 00 a9'],
      ['client', '1130 40 00 01 02'],
    ],
    operations: ['session Session (control): 1 requests, 0 responses, 0 refused'],
  },
];
