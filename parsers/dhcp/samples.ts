import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ZERO = (bytes: number): string => '00'.repeat(bytes);

/** The fixed part after RFC 2131, section 2, up to and with the magic cookie. */
function fixed(op: '01' | '02', { ciaddr = ZERO(4), yiaddr = ZERO(4), giaddr = ZERO(4), hops = '00' }): string {
  return `${op} 01 06 ${hops} 3903f326 0000 0000 ${ciaddr} ${yiaddr} ${ZERO(4)} ${giaddr}
    02000000000a ${ZERO(10)} ${ZERO(64)} ${ZERO(128)} 63825363`;
}

const ADDRESS = '0a000005'; // 10.0.0.5

export const samples: readonly Sample[] = [
  {
    title: 'learns a client from its request, and its address from the answer',
    origin: 'RFC 2131, section 2 and RFC 2132; invented values',
    messages: [
      [
        'client',
        `${fixed('01', {})}
         35 01 03 ; DHCP message type: REQUEST
         32 04 ${ADDRESS} ; requested address
         0c 05 504c432d37 ; host name PLC-7
         3c 08 4d53465420352e30 ; vendor class MSFT 5.0
         51 0e 04 00 00 05 504c432d37 04 61636d65 00 ; FQDN in DNS form
         3d 07 01 02000000000a ; client identifier: the MAC address
         ff`,
      ],
      [
        'server',
        `${fixed('02', { yiaddr: ADDRESS })}
         35 01 05 36 04 0a000001 03 04 0a0000fe
         0c 05 504c432d37 ff`,
      ],
    ],
    operations: ['3 REQUEST (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = PLC-7 (dhcp.option-12, host 02000000000a)',
      'note = vendor class: MSFT 5.0 (dhcp.option-60, host 02000000000a)',
      'os = Windows (dhcp.option-60.system, host 02000000000a)',
      'name = PLC-7.acme (dhcp.option-81, host 02000000000a)',
      'note = DHCP server (dhcp.server, server)',
      'device-type = router (dhcp.option-3, host 0a0000fe)',
      'address = 10.0.0.5 (dhcp.yiaddr, host 02000000000a)',
      'address = 02:00:00:00:00:0a (dhcp.chaddr, host 0a000005)',
      'name = PLC-7 (dhcp.option-12, host 0a000005)',
    ],
  },
  {
    title: 'takes the vendor class of a device for its product, and a textual client identifier for its name',
    origin: 'RFC 2132, sections 9.13 and 9.14; invented values',
    messages: [['client', `${fixed('01', {})} 35 01 01 3c 07 44726976652039 3d 08 00 64726976652d31 ff`]],
    operations: ['1 DISCOVER (session): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'note = vendor class: Drive 9 (dhcp.option-60, host 02000000000a)',
      'product = Drive 9 (dhcp.option-60.product, host 02000000000a)',
      'name = drive-1 (dhcp.option-61, host 02000000000a)',
    ],
  },
  {
    title: 'counts a refusal, an offer that nobody asked for here, and a relay',
    origin: 'RFC 2131, sections 3.1 and 4.3.2',
    messages: [
      ['client', `${fixed('01', { giaddr: '0a0000fe', hops: '01' })} 35 01 03 ff`],
      ['server', `${fixed('02', { giaddr: '0a0000fe' })} 35 01 06 ff`],
      ['server', `${fixed('02', { yiaddr: ADDRESS })} 35 01 02 ff`],
    ],
    operations: [
      '3 REQUEST (session): 1 requests, 1 responses, 1 refused',
      '2 OFFER (session): 0 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'note = DHCP relay agent (dhcp.giaddr, host 0a0000fe)',
      'note = DHCP server (dhcp.server, server)',
      'note = DHCP server (dhcp.server, server)',
    ],
  },
  {
    title: 'reads BOOTP without options',
    origin: 'RFC 951, section 3',
    messages: [
      ['client', `${fixed('01', {}).replace('63825363', ZERO(64))}`],
      ['server', `${fixed('02', { yiaddr: ADDRESS }).replace('63825363', ZERO(64))}`],
    ],
    operations: ['0 BOOTP (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'note = DHCP server (dhcp.server, server)',
      'address = 10.0.0.5 (dhcp.yiaddr, host 02000000000a)',
      'address = 02:00:00:00:00:0a (dhcp.chaddr, host 0a000005)',
    ],
  },
  {
    title: 'keeps what stands before an option that is cut short',
    origin: 'made: a host name that ends behind the message',
    messages: [['client', `${fixed('01', {})} 35 01 01 0c 09 504c43`]],
    outcomes: [Outcome.truncated],
    operations: ['1 DISCOVER (session): 1 requests, 0 responses, 0 refused'],
  },
];
