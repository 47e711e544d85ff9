import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { chars, tlv } from '../snmp/samples.ts';

function message(id: string, op: string): string {
  return tlv('30', tlv('02', id), op);
}

function attribute(name: string, value: string): string {
  return tlv('30', tlv('04', chars(name)), tlv('31', tlv('04', chars(value))));
}

const ROOT_SEARCH = tlv(
  '63',
  tlv('04'),
  '0a0100',
  '0a0100',
  '020100',
  '020100',
  '010100',
  tlv('87', chars('objectClass')),
  '3000',
);
const SUCCESS = '0a0100 0400 0400';

export const samples: readonly Sample[] = [
  {
    title: 'learns a domain controller from its rootDSE',
    origin: 'RFC 4511, section 4.5; [MS-ADTS], section 3.1.1.3.2; invented values',
    messages: [
      ['client', message('01', ROOT_SEARCH)],
      [
        'server',
        message(
          '01',
          tlv(
            '64',
            tlv('04'),
            tlv('30', attribute('dnsHostName', 'dc1.acme.lan'), attribute('defaultNamingContext', 'DC=acme,DC=lan')),
          ),
        ),
      ],
      ['server', message('01', tlv('65', SUCCESS))],
    ],
    operations: ['search Search (read): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = dc1.acme.lan (ldap.dnsHostName, server)',
      'note = domain acme.lan (ldap.defaultNamingContext, server)',
      'device-type = domain controller (ldap.rootDSE, server)',
    ],
  },
  {
    title: 'notices a password in clear and keeps neither it nor the name',
    origin: 'RFC 4511, section 4.2',
    messages: [
      ['client', message('02', tlv('60', '020103', tlv('04', chars('cn=x')), tlv('80', chars('secret'))))],
      ['server', message('02', tlv('61', '0a0131 0400 0400'))], // invalidCredentials
      ['client', message('03', tlv('42', ''))],
    ],
    operations: [
      'bind Bind (session): 1 requests, 1 responses, 1 refused',
      'unbind Unbind (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['protection = LDAP simple bind: password in clear (ldap.bind, client)'],
  },
  {
    title: 'tells reading from writing, and follows StartTLS to its end',
    origin: 'RFC 4511, sections 4.5.2, 4.6, 4.8 and 4.14',
    messages: [
      ['client', message('04', tlv('66', tlv('04', chars('cn=x')), '3000'))],
      ['client', message('05', tlv('4a', chars('cn=x')))],
      ['server', message('05', tlv('6b', SUCCESS))],
      ['server', message('06', tlv('64', tlv('04', chars('cn=x')), '3000'))],
      ['client', message('07', tlv('77', tlv('80', chars('1.3.6.1.4.1.1466.20037'))))],
      ['server', message('07', tlv('78', SUCCESS))],
    ],
    operations: [
      'modify Modify (write): 1 requests, 0 responses, 0 refused',
      'delete Delete (write): 1 requests, 1 responses, 0 refused',
      'extended Extended (session): 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'counts an entry that ends in its name',
    origin: 'made: a length that points behind the end',
    messages: [['server', '3008 020108 6403 0409 61']],
    outcomes: [Outcome.truncated],
  },
];
