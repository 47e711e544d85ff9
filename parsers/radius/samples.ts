import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { chars } from '../snmp/samples.ts';

const AUTHENTICATOR = '00112233445566778899aabbccddeeff';

export const samples: readonly Sample[] = [
  {
    title: 'learns the access server, and no user',
    origin: 'RFC 2865, sections 3 and 5; invented values',
    messages: [
      [
        'client',
        `01 07 0024 ${AUTHENTICATOR}
         01 05 ${chars('doe')} 20 05 ${chars('sw7')} 04 06 0a000005`,
      ],
      ['server', `03 07 0014 ${AUTHENTICATOR}`],
      ['client', `04 08 0014 ${AUTHENTICATOR}`],
      ['server', `05 08 0014 ${AUTHENTICATOR}`],
    ],
    operations: [
      '1 Access-Request (session): 1 requests, 1 responses, 1 refused',
      '4 Accounting-Request (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'name = sw7 (radius.nas-identifier, client)',
      'note = network access server (RADIUS client) (radius.nas-ip-address, host 0a000005)',
    ],
  },
  {
    title: 'counts a request that ends in an attribute, one without sense, and a code it does not know',
    origin: 'made',
    messages: [
      ['client', `01 07 0018 ${AUTHENTICATOR} 20 09 7377`],
      ['client', `01 08 0018 ${AUTHENTICATOR} 20 01 7377`],
      ['client', `63 09 0014 ${AUTHENTICATOR}`],
    ],
    outcomes: [Outcome.truncated, Outcome.malformed, Outcome.unsupported],
    operations: ['1 Access-Request (session): 2 requests, 0 responses, 0 refused'],
  },
];
