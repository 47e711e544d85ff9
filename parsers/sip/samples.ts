import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const message = (...lines: string[]) => asciiHex(`${lines.join('\r\n')}\r\n\r\n`);

export const samples: readonly Sample[] = [
  {
    title: 'registers a telephone',
    origin: 'RFC 3261, sections 7.1, 7.2 and 10.2',
    messages: [
      [
        'client',
        message('REGISTER sip:pbx.example SIP/2.0', 'User-Agent: Yealink SIP-T21P 34.72', 'Content-Length: 0'),
      ],
      ['server', message('SIP/2.0 100 Trying', 'Content-Length: 0')],
      ['server', message('SIP/2.0 200 OK', 'Server: Asterisk PBX 16.2', 'Content-Length: 0')],
    ],
    operations: ['REGISTER REGISTER (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'client-kind = Yealink SIP-T21P 34.72 (sip.user-agent, client)',
      'product = Asterisk PBX 16.2 (sip.server, server)',
    ],
  },
];
