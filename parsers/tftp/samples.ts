import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { chars } from '../snmp/samples.ts';

export const samples: readonly Sample[] = [
  {
    title: 'tells which files are fetched and stored',
    origin: 'RFC 1350, section 5; RFC 2347',
    messages: [
      ['client', `0001 ${chars('fw/plc7.bin')}00 ${chars('octet')}00 ${chars('blksize')}00 ${chars('1428')}00`],
      ['client', `0002 ${chars('sw7.cfg')}00 ${chars('NETASCII')}00`],
    ],
    operations: [
      '1 Read Request (program): 1 requests, 0 responses, 0 refused',
      '2 Write Request (program): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['1: file "fw/plc7.bin"', '2: file "sw7.cfg"'],
  },
  {
    title: 'counts a refusal from the same port, and a request that is cut short',
    origin: 'RFC 1350, section 5',
    messages: [
      ['client', `0002 ${chars('sw7.c')}`],
      ['server', `0005 0002 ${chars('no')}00`],
      ['client', '0009 0000'],
    ],
    outcomes: [Outcome.truncated, Outcome.ok, Outcome.malformed],
    operations: ['2 Write Request (program): 1 requests, 1 responses, 1 refused'],
  },
];
