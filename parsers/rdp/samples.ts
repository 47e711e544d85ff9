import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { asciiHex, utf16Hex } from '../sample-text.ts';

/** A Connect Initial as short as it may be: T.125's tag and length, then the GCC request with the client's core data. */
const initial = `7f65 82 0080 04 01 01 04 01 01 01 01 ff ; calling, called, upward
  00 05 00 14 7c 00 01 80 70 00 08 00 10 00 01 c0 00 ${asciiHex('Duca')} 80 60
  01c0 5800 04000800 0005 0004 01ca 03aa 09040000 28 0a 00 00 ; core data, build 2600
  ${utf16Hex('ENG-PC')} ${'00'.repeat(20)} 04000000`;

export const samples: readonly Sample[] = [
  {
    title: 'is asked for with a cookie, which is not kept, and goes on with network level authentication',
    origin: '[MS-RDPBCGR] 2.2.1.1 and 2.2.1.2',
    messages: [
      ['client', `${asciiHex('Cookie: mstshash=someone\r\n')} 01 00 0800 03000000`],
      ['server', '02 1f 0800 02000000'],
    ],
    operations: ['connect Connection Request (session): 1 requests, 1 responses, 0 refused'],
    evidence: ['protection = RDP with network level authentication (rdp.negotiation, server)'],
  },
  {
    title: 'is refused',
    origin: '[MS-RDPBCGR] 2.2.1.2.2',
    messages: [
      ['client', '01 00 0800 00000000'],
      ['server', '03 00 0800 05000000'],
    ],
    operations: ['connect Connection Request (session): 1 requests, 1 responses, 1 refused'],
  },
  {
    title: 'names the client where no TLS is agreed on',
    origin: '[MS-RDPBCGR] 2.2.1.3.2',
    messages: [
      ['client', initial],
      ['server', '7f66 20 0a0100 0201 00 00 05 00 14 7c 00 01 2a 14 76 0a 01 01'],
    ],
    operations: ['mcs-connect MCS Connect (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = ENG-PC (rdp.client-name, client)',
      'client-kind = RDP client build 2600 (rdp.client-build, client)',
      'protection = RDP standard security (no TLS) (rdp.client-data, server)',
    ],
  },
  {
    title: 'is something else, or cut short',
    origin: '[MS-RDPBCGR] 2.2.1.3',
    messages: [
      ['client', '64 00 08 03 eb 70 10 00 00'],
      ['client', '7f65 82'],
    ],
    outcomes: [Outcome.unsupported, Outcome.truncated],
  },
];
