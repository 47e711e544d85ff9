import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const length = (content: string, own: number) =>
  (content.replace(/\s+/g, '').length / 2 + own).toString(16).padStart(8, '0');
const start = (content: string) => `${length(content, 4)} ${content}`;
const message = (letter: string, content: string) => `${asciiHex(letter)} ${length(content, 4)} ${content}`;
const texts = (...values: string[]) => values.map((value) => `${asciiHex(value)} 00`).join(' ');

export const samples: readonly Sample[] = [
  {
    title: 'starts, asks for a password in clear, tells its version and answers queries',
    origin: 'PostgreSQL documentation, Message Formats',
    messages: [
      ['client', start(`00030000 ${texts('user', 'u', 'application_name', 'Historian')} 00`)],
      ['server', message('R', '00000003')],
      ['client', message('p', texts('secret'))],
      ['server', `${message('R', '00000000')} ${message('S', texts('server_version', '15.2'))} ${message('Z', '49')}`],
      ['client', message('Q', texts('Select 1'))],
      ['server', `${message('T', '0000')} ${message('Z', '49')}`],
      ['client', message('P', `${texts('s1', 'delete from t')} 0000`)],
      ['server', message('E', `${asciiHex('S')} ${texts('ERROR')} 00`)],
    ],
    operations: [
      'startup StartupMessage (session): 1 requests, 1 responses, 0 refused',
      'query.select Query: SELECT (read): 1 requests, 1 responses, 0 refused',
      'parse Parse (write): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [
      'client-kind = Historian (postgresql.application-name, client)',
      'protection = cleartext login (PostgreSQL) (postgresql.login, server)',
      'firmware = 15.2 (postgresql.server-version, server)',
      'product = PostgreSQL (postgresql.server-version, server)',
    ],
  },
  {
    title: 'asks for TLS',
    origin: 'PostgreSQL documentation, SSLRequest',
    messages: [['client', start('04d2162f')]],
    operations: ['ssl-request SSLRequest (session): 1 requests, 0 responses, 0 refused'],
  },
];
