import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

export const samples: readonly Sample[] = [
  {
    title: 'negotiates, shows a banner and asks for a login in clear',
    origin: 'RFC 854; RFC 1091; RFC 1073',
    messages: [
      ['server', 'fffd18 fffd1f fffd27'], // DO terminal type, window size, environment
      ['client', 'fffb18 fffb1f fffa1f00500018fff0'],
      ['server', `fffb03 fffb01 ${asciiHex('\r\nMoxa EDS-408A V3.1\r\n\r\nlogin: ')}`],
    ],
    operations: ['negotiate Option Negotiation (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'product = Moxa EDS-408A V3.1 (telnet.banner, server)',
      'protection = cleartext login (Telnet) (telnet.login, server)',
    ],
  },
  {
    title: 'is sent a login with which devices leave the factory, key by key',
    origin: 'RFC 854',
    messages: [
      ['server', `fffb01 fffb03 ${asciiHex('\r\nlogin: ')}`],
      ...[...'root'].flatMap((key): Sample['messages'] => [
        ['client', asciiHex(key)],
        ['server', asciiHex(key)],
      ]),
      ['client', '0d00'],
      ['server', asciiHex('\r\nPassword: ')],
      ['client', asciiHex('root')],
      ['client', '0d0a'],
    ],
    operations: ['negotiate Option Negotiation (session): 0 requests, 1 responses, 0 refused'],
    evidence: [
      'protection = cleartext login (Telnet) (telnet.login, server)',
      'protection = Telnet: a default login is sent to it (telnet.login.default, server)',
    ],
  },
  {
    title: 'says nothing but a prompt',
    origin: 'RFC 854',
    messages: [['server', `fffb01 fffb03 ${asciiHex('\r\nUser Access Verification\r\n\r\nPassword: ')}`]],
    operations: ['negotiate Option Negotiation (session): 0 requests, 1 responses, 0 refused'],
    evidence: ['protection = cleartext login (Telnet) (telnet.login, server)'],
  },
];
