import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const line = (text: string) => asciiHex(`${text}\r\n`);

export const samples: readonly Sample[] = [
  {
    title: 'greets, takes a login in clear and a mail, of which nothing is kept',
    origin: 'RFC 5321, appendix D; RFC 4954, section 4',
    messages: [
      ['server', line('220 mail.example ESMTP Postfix')],
      ['client', line('EHLO plc7')],
      ['server', line('250-mail.example') + line('250 AUTH PLAIN')],
      ['client', line('AUTH PLAIN AHUAcA==')],
      ['server', line('235 ok')],
      ['client', line('MAIL FROM:<a@example>')],
      ['server', line('250 ok')],
      ['client', line('DATA') + line('QUIT is only a word here') + line('.') + line('QUIT')],
    ],
    operations: [
      'EHLO EHLO (session): 1 requests, 1 responses, 0 refused',
      'AUTH AUTH (session): 1 requests, 1 responses, 0 refused',
      'MAIL MAIL (write): 1 requests, 1 responses, 0 refused',
      'DATA DATA (write): 1 requests, 0 responses, 0 refused',
      'QUIT QUIT (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'product = mail.example ESMTP Postfix (smtp.greeting, server)',
      'protection = cleartext login (SMTP) (smtp.login, server)',
    ],
  },
  {
    title: 'goes on in TLS, and refuses',
    origin: 'RFC 3207, section 4',
    messages: [
      ['client', line('RCPT TO:<b@example>')],
      ['server', line('550 no')],
      ['client', line('STARTTLS')],
      ['server', line('220 go')],
    ],
    operations: [
      'RCPT RCPT (session): 1 requests, 1 responses, 1 refused',
      'STARTTLS STARTTLS (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: ['protection = SMTP over TLS (smtp.tls, server)'],
  },
];
