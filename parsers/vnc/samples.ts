import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const init = (name: string) =>
  `0400 0300 2018 0001 00ff 00ff 00ff 10 08 00 000000 ${name.length.toString(16).padStart(8, '0')} ${asciiHex(name)}`;

export const samples: readonly Sample[] = [
  {
    title: 'offers a screen without a password and tells its name',
    origin: 'RFC 6143, sections 7.1 and 7.3.2',
    messages: [
      ['server', `${asciiHex('RFB 003.008\n')} 02 01 02 00000000 ${init('PANEL-3')}`],
      ['client', `${asciiHex('RFB 003.008\n')} 01 01`], // None, shared
    ],
    operations: ['handshake Handshake (control): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'note = RFB 3.8 (vnc.protocol-version, server)',
      'protection = VNC without password (vnc.security-type, server)',
      'name = PANEL-3 (vnc.desktop-name, server)',
    ],
  },
  {
    title: 'asks an old client for a password',
    origin: 'RFC 6143, sections 7.1.2 and 7.2.2',
    messages: [
      ['client', asciiHex('RFB 003.003\n')],
      ['server', `${asciiHex('RFB 003.003\n')} 00000002 ${'a5'.repeat(16)} 00000000 ${init('hmi')}`],
    ],
    operations: ['handshake Handshake (control): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'note = RFB 3.3 (vnc.protocol-version, server)',
      'protection = VNC password, screen in clear (vnc.security-type, server)',
      'name = hmi (vnc.desktop-name, server)',
    ],
  },
];
