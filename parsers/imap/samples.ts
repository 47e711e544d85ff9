import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const line = (text: string) => asciiHex(`${text}\r\n`);

export const samples: readonly Sample[] = [
  {
    title: 'greets, takes a login in clear and refuses a command',
    origin: 'RFC 9051, sections 6.2.3 and 7.1',
    messages: [
      ['server', line('* OK IMAP4rev1 Dovecot ready')],
      ['client', line('a1 LOGIN someone something')],
      ['server', line('* CAPABILITY IMAP4rev1') + line('a1 OK done')],
      ['client', line('a2 fetch 1 body')],
      ['server', line('a2 BAD no')],
    ],
    operations: [
      'LOGIN LOGIN (session): 1 requests, 1 responses, 0 refused',
      'FETCH FETCH (read): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [
      'product = IMAP4rev1 Dovecot ready (imap.greeting, server)',
      'protection = cleartext login (IMAP) (imap.login, server)',
    ],
  },
  {
    title: 'goes on in TLS',
    origin: 'RFC 9051, section 6.2.1',
    messages: [
      ['client', line('x STARTTLS')],
      ['server', line('x OK go')],
    ],
    operations: ['STARTTLS STARTTLS (session): 1 requests, 1 responses, 0 refused'],
    evidence: ['protection = IMAP over TLS (imap.tls, server)'],
  },
];
