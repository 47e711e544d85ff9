import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/** A name in first-level encoding (RFC 1001, section 14.1), as a label with the root behind it. */
export function encoded(name: string, suffix: number): string {
  const bytes = [...name.padEnd(15)].map((character) => character.charCodeAt(0));
  const letters = [...bytes, suffix].flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]);
  return `20${letters.map((letter) => letter.toString(16)).join('')}00`;
}

/** A name in a node status: plain. */
function plain(name: string, suffix: number, flags: string): string {
  const bytes = [...name.padEnd(15)].map((character) => character.charCodeAt(0));
  return `${[...bytes, suffix].map((byte) => byte.toString(16).padStart(2, '0')).join('')}${flags}`;
}

const ADDITIONAL = 'c00c 0020 0001 000493e0 0006'; // NB record: pointer, type, class, TTL, RDLENGTH

export const samples: readonly Sample[] = [
  {
    title: 'learns a host and its domain from registrations',
    origin: 'RFC 1002, section 4.2.2; invented values',
    messages: [
      ['client', `8001 2910 0001 0000 0000 0001 ${encoded('HMI3', 0x00)} 0020 0001 ${ADDITIONAL} 0000 0a000005`],
      ['client', `8002 2910 0001 0000 0000 0001 ${encoded('HMI3', 0x20)} 0020 0001 ${ADDITIONAL} 0000 0a000005`],
      ['client', `8003 2910 0001 0000 0000 0001 ${encoded('ACME', 0x00)} 0020 0001 ${ADDITIONAL} 8000 0a000005`],
      ['client', `8004 2910 0001 0000 0000 0001 ${encoded('ACME', 0x1c)} 0020 0001 ${ADDITIONAL} 8000 0a000005`],
      ['client', `8005 2910 0001 0000 0000 0001 ${encoded('J.DOE', 0x03)} 0020 0001 ${ADDITIONAL} 0000 0a000005`],
    ],
    operations: ['registration Name Registration (session): 5 requests, 0 responses, 0 refused'],
    evidence: [
      'name = HMI3 (netbios-ns.registration, client)',
      'name = HMI3 (netbios-ns.registration, client)',
      'note = workgroup or domain ACME (netbios-ns.group, client)',
      'device-type = domain controller (netbios-ns.suffix-1c, client)',
    ],
  },
  {
    title: 'learns hosts from answers to queries',
    origin: 'RFC 1002, sections 4.2.12 and 4.2.13; invented values',
    messages: [
      ['client', `8006 0110 0001 0000 0000 0000 ${encoded('HMI4', 0x20)} 0020 0001`],
      ['server', `8006 8500 0000 0001 0000 0000 ${encoded('HMI4', 0x20)} 0020 0001 000493e0 0006 0000 0a000006`],
      [
        'server',
        `8007 8580 0000 0001 0000 0000 ${encoded('ACME', 0x1c)} 0020 0001 000493e0 000c
         8000 0a000002 8000 0a000003`,
      ],
    ],
    operations: ['query Name Query (read): 1 requests, 2 responses, 0 refused'],
    evidence: [
      'name = HMI4 (netbios-ns.nb, host 0a000006)',
      'device-type = domain controller (netbios-ns.suffix-1c, host 0a000002)',
      'device-type = domain controller (netbios-ns.suffix-1c, host 0a000003)',
    ],
  },
  {
    title: 'learns a host from its node status',
    origin: 'RFC 1002, sections 4.2.17 and 4.2.18; invented values',
    messages: [
      ['client', `8008 0000 0001 0000 0000 0000 20434b${'41'.repeat(30)}00 0021 0001`],
      [
        'server',
        `8008 8400 0000 0001 0000 0000 20434b${'41'.repeat(30)}00 0021 0001 00000000 0053
         02 ${plain('HMI3', 0, '0400')} ${plain('ACME', 0, '8400')}
         02000000000a ${'00'.repeat(40)}`,
      ],
    ],
    operations: ['query Name Query (read): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'name = HMI3 (netbios-ns.registration, server)',
      'note = workgroup or domain ACME (netbios-ns.group, server)',
      'address = 02:00:00:00:00:0a (netbios-ns.unit-id, server)',
    ],
  },
  {
    title: 'counts a refusal and a release',
    origin: 'RFC 1002, sections 4.2.9 and 4.2.14',
    messages: [
      ['client', `8009 0100 0001 0000 0000 0000 ${encoded('HMI9', 0x20)} 0020 0001`],
      ['server', `8009 8583 0000 0001 0000 0000 ${encoded('HMI9', 0x20)} 000a 0001 00000000 0000`],
      ['client', `800a 3010 0001 0000 0000 0001 ${encoded('HMI3', 0x20)} 0020 0001 ${ADDITIONAL} 0000 0a000005`],
    ],
    operations: [
      'query Name Query (read): 1 requests, 1 responses, 1 refused',
      'release Name Release (session): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'counts a registration that is cut short',
    origin: 'made: RDLENGTH behind the end',
    messages: [['client', `800b 2910 0001 0000 0000 0001 ${encoded('HMI3', 0x00)} 0020 0001 ${ADDITIONAL} 00`]],
    outcomes: [Outcome.truncated],
    operations: ['registration Name Registration (session): 1 requests, 0 responses, 0 refused'],
  },
];
