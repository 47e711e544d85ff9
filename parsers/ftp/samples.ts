import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const line = (text: string) => asciiHex(`${text}\r\n`);

export const samples: readonly Sample[] = [
  {
    title: 'greets, logs in in clear, and moves files; what is typed is not kept',
    origin: 'RFC 959, sections 4.1, 4.2 and 5.4',
    messages: [
      ['server', line('220 WAGO 750-881 FTP server (VxWorks 6.9) ready.')],
      ['client', line('USER someone')],
      ['server', line('331 Password required')],
      ['client', line('PASS something')],
      ['server', line('230 Logged in')],
      ['client', line('syst')],
      ['server', line('215 VxWorks Type: L8')],
      ['client', line('RETR /etc/config.xml')],
      ['server', line('150 Opening') + line('226 Done')],
      ['client', line('STOR plc.bin')],
      ['server', line('550-Not') + line('550 allowed')],
    ],
    operations: [
      'USER USER (session): 1 requests, 1 responses, 0 refused',
      'PASS PASS (session): 1 requests, 1 responses, 0 refused',
      'SYST SYST (diagnostic): 1 requests, 1 responses, 0 refused',
      'RETR RETR (read): 1 requests, 1 responses, 0 refused',
      'STOR STOR (write): 1 requests, 1 responses, 1 refused',
    ],
    touches: ['RETR: file "/etc/config.xml"', 'STOR: file "plc.bin"'],
    evidence: [
      'product = WAGO 750-881 FTP server (VxWorks 6.9) (ftp.greeting, server)',
      'protection = cleartext login (FTP) (ftp.login, server)',
      'os = VxWorks (ftp.syst, server)',
    ],
  },
  {
    title: 'lets a login in with which devices leave the factory',
    origin: 'RFC 959, section 5.4; CVE-2011-4859',
    messages: [
      ['client', line('USER sysdiag')],
      ['server', line('331 Password required')],
      ['client', line('PASS factorycast@schneider')],
      ['server', line('230 User logged in')],
    ],
    operations: [
      'USER USER (session): 1 requests, 1 responses, 0 refused',
      'PASS PASS (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'protection = cleartext login (FTP) (ftp.login, server)',
      'protection = FTP: a default login was accepted (ftp.login.default, server)',
    ],
  },
  {
    title: 'refuses it',
    origin: 'RFC 959, section 5.4',
    messages: [
      ['client', line('USER admin')],
      ['server', line('331 Password required')],
      ['client', line('PASS admin')],
      ['server', line('530 Not logged in')],
    ],
    operations: [
      'USER USER (session): 1 requests, 1 responses, 0 refused',
      'PASS PASS (session): 1 requests, 1 responses, 1 refused',
    ],
    evidence: ['protection = cleartext login (FTP) (ftp.login, server)'],
  },
  {
    title: 'goes on in TLS',
    origin: 'RFC 4217, section 4',
    messages: [
      ['client', line('AUTH TLS')],
      ['server', line('234 Proceed')],
    ],
    operations: ['AUTH AUTH (session): 1 requests, 1 responses, 0 refused'],
    evidence: ['protection = FTP over TLS (ftp.auth, server)'],
  },
];
