import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const packet = (sequence: string, content: string) => {
  const bytes = content.replace(/\s+/g, '').length / 2;
  return `${bytes.toString(16).padStart(2, '0')}0000 ${sequence} ${content}`;
};
const greeting = packet(
  '00',
  `0a ${asciiHex('8.0.33')} 00 08000000 ${'61'.repeat(8)} 00 fff7 ff 0200 ffdf 15 ${'00'.repeat(10)}`,
);

export const samples: readonly Sample[] = [
  {
    title: 'greets, takes a login and queries, and refuses one',
    origin: 'MySQL client/server protocol: HandshakeV10, HandshakeResponse41, COM_QUERY',
    messages: [
      ['server', greeting],
      ['client', packet('01', `85a6 0300 00000001 21 ${'00'.repeat(23)} 7500 00`)],
      ['client', packet('00', `03 ${asciiHex('SELECT 1')}`)],
      ['client', packet('00', `03 ${asciiHex('drop table t')}`)],
      ['server', packet('01', `ff 1304 ${asciiHex('#42000no')}`)],
    ],
    operations: [
      'login Handshake Response (session): 1 requests, 0 responses, 0 refused',
      'query.select Query: SELECT (read): 1 requests, 0 responses, 0 refused',
      'query Query (write): 1 requests, 1 responses, 1 refused',
    ],
    evidence: ['product = MySQL (mysql.greeting, server)', 'firmware = 8.0.33 (mysql.greeting, server)'],
  },
  {
    title: 'answers a login',
    origin: 'MySQL client/server protocol: OK_Packet',
    messages: [
      ['client', packet('01', `85a6 0300 00000001 21 ${'00'.repeat(23)} 7500 00`)],
      ['server', packet('02', '00 00 00 0200 0000')],
      ['client', packet('00', '0e')],
      ['server', '05'],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.ok, Outcome.truncated],
    operations: ['login Handshake Response (session): 1 requests, 1 responses, 0 refused'],
  },
  {
    title: 'goes on in TLS',
    origin: 'MySQL client/server protocol: SSLRequest',
    messages: [['client', packet('01', `85ae 0300 00000001 21 ${'00'.repeat(23)}`)]],
    evidence: ['protection = MySQL over TLS (mysql.tls, server)'],
  },
];
