import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

export const samples: readonly Sample[] = [
  {
    title: 'names the software of both ends and the server’s system',
    origin: 'RFC 4253, section 4.2',
    messages: [
      ['client', asciiHex('SSH-2.0-PuTTY_Release_0.78\r\n')],
      ['server', `${asciiHex('SSH-2.0-OpenSSH_8.9p1 Ubuntu-3\r\n')} 0000 0010 0414 ; the key exchange follows`],
    ],
    operations: ['version Protocol Version Exchange (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'client-kind = PuTTY_Release_0.78 (ssh.client-software, client)',
      'product = OpenSSH_8.9p1 Ubuntu-3 (ssh.software, server)',
      'os = Ubuntu (ssh.comment, server)',
    ],
  },
  {
    title: 'says that a switch still accepts SSH 1',
    origin: 'RFC 4253, section 5.1',
    messages: [['server', asciiHex('SSH-1.99-Cisco-1.25\n')]],
    operations: ['version Protocol Version Exchange (session): 0 requests, 1 responses, 0 refused'],
    evidence: [
      'product = Cisco-1.25 (ssh.software, server)',
      'os = Cisco IOS (ssh.comment, server)',
      'protection = SSH 1 accepted (obsolete) (ssh.protocol-version, server)',
    ],
  },
];
