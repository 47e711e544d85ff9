import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const TPKT = 'RFC 1006, section 6';
const X224 = 'ITU-T X.224, section 13';

export const samples: readonly Sample[] = [
  {
    title: 'sets up a connection from a programming device to rack 1 slot 3',
    origin: `${X224}.3 and 13.4; the TSAPs after the S7 convention`,
    messages: [
      [
        'client',
        `03 00 0016 ; TPKT
         11 e0 0000 0005 00 ; CR, source reference 5, class 0
         c0 01 0a ; TPDU size 1024
         c1 02 0100 ; calling TSAP
         c2 02 0123 ; called TSAP: PG, rack 1, slot 3`,
      ],
      ['server', '03 00 0016 11 d0 0005 0009 00 c0 01 0a c1 02 0100 c2 02 0123'],
    ],
    operations: ['cr Connection Request (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'module = rack 1 slot 3 (cotp.called-tsap, server)',
      'client-kind = engineering station (cotp.called-tsap.type, client)',
    ],
  },
  {
    title: 'knows a panel and S7 basic communication by their called TSAP',
    origin: `${X224}.3`,
    messages: [
      ['client', '03 00 0016 11 e0 0000 0001 00 c1 02 0200 c2 02 0202 c0 01 09'],
      ['client', '03 00 0016 11 e0 0000 0001 00 c1 02 0300 c2 02 0302 c0 01 09'],
    ],
    operations: ['cr Connection Request (session): 2 requests, 0 responses, 0 refused'],
    evidence: [
      'module = rack 0 slot 2 (cotp.called-tsap, server)',
      'client-kind = HMI (cotp.called-tsap.type, client)',
      'module = rack 0 slot 2 (cotp.called-tsap, server)',
      'client-kind = S7 basic communication (cotp.called-tsap.type, client)',
    ],
  },
  {
    title: 'knows an engineering station by the name it calls, and its own name',
    origin: `${X224}.3; an S7-1500's TSAP`,
    messages: [
      [
        'client',
        `03 00 0024 1f e0 0000 0006 00
         c1 04 50433031 ; PC01
         c2 0f 53494d415449432d524f4f542d4553 ; SIMATIC-ROOT-ES
         c0 00`,
      ],
    ],
    operations: ['cr Connection Request (session): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'note = calls itself PC01 (cotp.calling-tsap, client)',
      'client-kind = engineering station (cotp.called-tsap.root, client)',
    ],
  },
  {
    title: 'hands on a TSDU that fits one DT',
    origin: `${TPKT}; ${X224}.7`,
    messages: [['client', '03 00 000b 02 f0 80 01020304']],
    payloads: ['01020304'],
  },
  {
    title: 'puts fragments together, each direction for itself, up to the one that ends the TSDU',
    origin: `${X224}.7: EOT`,
    messages: [
      ['client', '03 00 0009 02 f0 00 0102'],
      ['server', '03 00 0008 02 f0 80 ff'],
      ['client', '03 00 0007 02 f0 00'],
      ['client', '03 00 0009 02 f0 00 0304'],
      ['client', '03 00 0008 02 f0 80 05'],
      ['client', '03 00 0008 02 f0 80 06'],
    ],
    payloads: ['ff', '0102030405', '06'],
  },
  {
    title: 'passes over empty data TPDUs',
    origin: 'as S7 stations send them for credit',
    messages: [
      ['client', '03 00 0007 02 f0 00'],
      ['client', '03 00 0007 02 f0 80'],
      ['client', '03 00 0008 02 f0 80 07'],
    ],
    payloads: ['07'],
  },
  {
    title: 'counts a connection that is refused, and later disconnects and errors',
    origin: `${X224}.5 and 13.12`,
    messages: [
      ['client', '03 00 000b 06 e0 0000 0001 00'],
      ['server', '03 00 000b 06 80 0001 0000 01'],
      ['server', '03 00 000b 06 80 0001 0002 80'],
      ['server', '03 00 0009 04 70 0001 01'],
    ],
    operations: [
      'cr Connection Request (session): 1 requests, 1 responses, 1 refused',
      'dr Disconnect Request (session): 1 requests, 0 responses, 0 refused',
      'er TPDU Error (session): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'counts a confirmation whose request was not heard',
    origin: `${X224}.4`,
    messages: [['server', '03 00 000b 06 d0 0001 0002 00']],
    operations: ['cr Connection Request (session): 0 requests, 1 responses, 0 refused'],
  },
  {
    title: 'is not put off by the cookie of a remote desktop',
    origin: 'MS-RDPBCGR, section 2.2.1.1',
    messages: [['client', '03 00 0020 1b e0 0000 0000 00 436f6f6b69653a206d737473686173683d610d0a 00']],
    operations: ['cr Connection Request (session): 1 requests, 0 responses, 0 refused'],
    payloads: ['436f6f6b69653a206d737473686173683d610d0a 00'],
  },
  {
    title: 'hands on what a remote desktop negotiates',
    origin: 'MS-RDPBCGR, sections 2.2.1.1 and 2.2.1.2',
    messages: [
      ['client', '03 00 0013 0e e0 0000 0000 00 01 00 0800 03000000'],
      ['server', '03 00 0013 0e d0 0000 1234 00 02 00 0800 01000000'],
    ],
    operations: ['cr Connection Request (session): 1 requests, 1 responses, 0 refused'],
    payloads: ['01 00 0800 03000000', '02 00 0800 01000000'],
  },
  {
    title: 'says that TLS runs inside',
    origin: `${TPKT}; RFC 8446, section 5.1`,
    messages: [
      ['client', '03 00 000e 02 f0 80 16 0303 0002 0100'],
      ['server', '03 00 000e 02 f0 80 17 0303 0002 abcd'],
    ],
    evidence: ['protection = TLS inside COTP (cotp.tls, server)', 'protection = TLS inside COTP (cotp.tls, server)'],
  },
  {
    title: 'takes note of expedited data without reading it',
    origin: `${X224}.8`,
    messages: [['client', '03 00 000b 04 10 0001 80 aabb']],
    outcomes: [Outcome.unsupported],
  },
  {
    title: 'uses what comes before a parameter that is cut short',
    origin: 'made: the calling TSAP points past the header',
    messages: [['client', '03 00 0011 0c e0 0000 0001 00 c2 02 0102 c1 04']],
    outcomes: [Outcome.truncated],
    operations: ['cr Connection Request (session): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'module = rack 0 slot 2 (cotp.called-tsap, server)',
      'client-kind = engineering station (cotp.called-tsap.type, client)',
    ],
  },
];
