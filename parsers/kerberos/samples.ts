import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { chars, tlv } from '../snmp/samples.ts';

const REALM = tlv('1b', chars('ACME.LAN'));

function request(tag: string, number: string): string {
  const body = tlv('a4', tlv('30', tlv('a0', '030500', '40810010'), tlv('a2', REALM)));
  return tlv(tag, tlv('30', tlv('a1', '020105'), tlv('a2', `0201${number}`), body));
}

function reply(tag: string, number: string): string {
  return tlv(tag, tlv('30', tlv('a0', '020105'), tlv('a1', `0201${number}`), tlv('a3', REALM)));
}

const ERROR = tlv(
  '7e',
  tlv('30', tlv('a0', '020105'), tlv('a1', '02011e'), tlv('a6', '020119'), tlv('a9', REALM)), // 25: more is needed first
);

export const samples: readonly Sample[] = [
  {
    title: 'learns a key distribution centre and its realm',
    origin: 'RFC 4120, sections 5.4 and 5.9; invented values',
    messages: [
      ['client', request('6a', '0a')],
      ['server', ERROR],
      ['client', request('6a', '0a')],
      ['server', reply('6b', '0b')],
    ],
    operations: ['as Authentication Service (session): 2 requests, 2 responses, 1 refused'],
    evidence: [
      'note = in Kerberos realm ACME.LAN (kerberos.client-realm, client)',
      'device-type = domain controller (kerberos.kdc, server)',
      'note = key distribution centre of ACME.LAN (kerberos.realm, server)',
      'note = in Kerberos realm ACME.LAN (kerberos.client-realm, client)',
      'device-type = domain controller (kerberos.kdc, server)',
      'note = key distribution centre of ACME.LAN (kerberos.realm, server)',
    ],
  },
  {
    title: 'reads the start of a message of TCP, and passes over the rest',
    origin: 'RFC 4120, section 7.2.2',
    messages: [
      ['client', `00000100 6c81fd 3081fa ${tlv('a1', '020105')} ${tlv('a2', '02010c')} a481`],
      ['client', '00112233445566778899'],
    ],
    outcomes: [Outcome.ok, Outcome.unsupported],
    operations: ['tgs Ticket-Granting Service (session): 1 requests, 0 responses, 0 refused'],
  },
];
