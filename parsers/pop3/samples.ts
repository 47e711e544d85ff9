import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const line = (text: string) => asciiHex(`${text}\r\n`);

export const samples: readonly Sample[] = [
  {
    title: 'greets, takes a login in clear and refuses it',
    origin: 'RFC 1939, sections 4 and 7',
    messages: [
      ['server', line('+OK Dovecot ready. <1896.697170952@mail.example>')],
      ['client', line('USER someone')],
      ['server', line('+OK')],
      ['client', line('PASS something')],
      ['server', line('-ERR no')],
    ],
    operations: [
      'USER USER (session): 1 requests, 1 responses, 0 refused',
      'PASS PASS (session): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [
      'product = Dovecot ready. (pop3.greeting, server)',
      'protection = cleartext login (POP3) (pop3.login, server)',
    ],
  },
  {
    title: 'goes on in TLS',
    origin: 'RFC 2595, section 4',
    messages: [
      ['client', line('STLS')],
      ['server', line('+OK go')],
    ],
    operations: ['STLS STLS (session): 1 requests, 1 responses, 0 refused'],
    evidence: ['protection = POP3 over TLS (pop3.tls, server)'],
  },
];
