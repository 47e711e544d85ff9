import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const packet = (type: string, content: string) =>
  `${(8 + content.replace(/\s+/g, '').length / 2).toString(16).padStart(4, '0')} 0000 ${type} 00 0000 ${content}`;

export const samples: readonly Sample[] = [
  {
    title: 'connects, naming the client’s host and program but not its user, and is refused once',
    origin: 'the fields of Wireshark’s TNS dissector',
    messages: [
      [
        'client',
        packet(
          '01',
          `0136 012c ${'00'.repeat(46)} ${asciiHex('(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.0.5)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=MES)(CID=(PROGRAM=C:\\Apps\\mes.exe)(HOST=ENG2)(USER=bob))))')}`,
        ),
      ],
      ['server', packet('04', '2200 0000')],
      ['server', packet('02', '0136 0801')],
    ],
    operations: ['connect Connect (session): 1 requests, 2 responses, 1 refused'],
    evidence: [
      'name = ENG2 (oracle-tns.client-host, client)',
      'client-kind = mes.exe (oracle-tns.client-program, client)',
    ],
  },
];
