import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/** A name in wire form (RFC 1035, section 3.1), its labels separated by dots. */
export function wire(name: string): string {
  const labels = name.split('.').map((label) => {
    const bytes = [...label].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
    return `${label.length.toString(16).padStart(2, '0')}${bytes}`;
  });
  return `${labels.join('')}00`;
}

const PLC = wire('plc7.acme.lan');

export const samples: readonly Sample[] = [
  {
    title: 'learns the name of an inner host from an address record',
    origin: 'RFC 1035, sections 3.4.1 and 4.1; invented values',
    messages: [
      ['client', `1a2b 0100 0001 0000 0000 0000 ${PLC} 0001 0001`],
      ['server', `1a2b 8180 0001 0001 0000 0000 ${PLC} 0001 0001 c00c 0001 0001 00000e10 0004 0a000005`],
    ],
    operations: ['query Query (read): 1 requests, 1 responses, 0 refused'],
    evidence: ['name = plc7.acme.lan (dns.a, host 0a000005)'],
  },
  {
    title: 'leaves hosts on the Internet alone',
    origin: 'RFC 1035 and RFC 3596; invented values',
    messages: [
      ['client', `0002 0100 0001 0000 0000 0000 ${wire('example.com')} 001c 0001`],
      [
        'server',
        `0002 8180 0001 0002 0000 0000 ${wire('example.com')} 001c 0001
         c00c 001c 0001 00000e10 0010 20010db8 00000000 00000000 00000001
         c00c 0001 0001 00000e10 0004 c6336401 ; 198.51.100.1`,
      ],
    ],
    operations: ['query Query (read): 1 requests, 1 responses, 0 refused'],
  },
  {
    title: 'learns names from reverse lookups, IPv4 and IPv6',
    origin: 'RFC 1035, section 3.5; RFC 3596, section 2.5',
    messages: [
      [
        'server',
        `0003 8580 0001 0001 0000 0000 ${wire('5.0.0.10.in-addr.arpa')} 000c 0001
         c00c 000c 0001 00000e10 000f ${PLC}`,
      ],
      [
        'server',
        `0004 8580 0001 0001 0000 0000 ${wire(`7.${'0.'.repeat(29)}d.f.ip6.arpa`)} 000c 0001
         c00c 000c 0001 00000e10 000f ${PLC}`,
      ],
    ],
    operations: ['query Query (read): 0 requests, 2 responses, 0 refused'],
    evidence: [
      'name = plc7.acme.lan (dns.ptr, host 0a000005)',
      'name = plc7.acme.lan (dns.ptr, host fd000000000000000000000000000007)',
    ],
  },
  {
    title: 'learns domain controllers from the records that locate them',
    origin: '[MS-ADTS], section 6.3.2.3; RFC 2782; invented values',
    messages: [
      [
        'server',
        `0005 8580 0001 0001 0000 0001 ${wire('_ldap._tcp.dc._msdcs.acme.lan')} 0021 0001
         c00c 0021 0001 00000258 0014 0000 0064 0185 ${wire('dc1.acme.lan')} ; SRV
         ${wire('dc1.acme.lan')} 0001 0001 00000e10 0004 0a000002`,
      ],
    ],
    operations: ['query Query (read): 0 requests, 1 responses, 0 refused'],
    evidence: [
      'name = dc1.acme.lan (dns.a, host 0a000002)',
      'device-type = domain controller (dns.srv, host 0a000002)',
    ],
  },
  {
    title: 'reads a message of TCP, counts a name that does not exist, and an update',
    origin: 'RFC 1035, section 4.2.2; RFC 2136, section 2; invented values',
    messages: [
      ['client', `001f 0006 0100 0001 0000 0000 0000 ${PLC} 0001 0001`],
      ['server', `001f 0006 8183 0001 0000 0000 0000 ${PLC} 0001 0001`],
      ['client', `0007 2800 0001 0000 0000 0000 ${wire('acme.lan')} 0006 0001`],
      ['server', `0007 a805 0001 0000 0000 0000 ${wire('acme.lan')} 0006 0001`],
    ],
    operations: [
      'query Query (read): 1 requests, 1 responses, 1 refused',
      'update Update (write): 1 requests, 1 responses, 1 refused',
    ],
  },
  {
    title: 'follows no pointer forwards or in circles, and stops where a record is cut short',
    origin: 'made: pointers to themselves; RDLENGTH behind the end',
    messages: [
      ['server', `0008 8180 0001 0001 0000 0000 ${PLC} 0001 0001 c01f 0001 0001 00000e10 0004 0a000005`],
      ['server', `0009 8180 0001 0001 0000 0000 ${PLC} 0001 0001 c00c 0001 0001 00000e10 0004 0a00`],
    ],
    outcomes: [Outcome.ok, Outcome.truncated],
    operations: ['query Query (read): 0 requests, 2 responses, 0 refused'],
  },
];
