import { encoded } from '../netbios-ns/samples.ts';
import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

function ascii(value: string, bytes: number): string {
  const codes = [...value].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0'));
  return codes.join('').padEnd(2 * bytes, '0');
}

const HEADER = `11 02 8001 0a000005 008a 00bb 0000`; // direct group datagram, from 10.0.0.5:138
const NAMES = `${encoded('HMI3', 0x00)} ${encoded('ACME', 0x1d)}`;

/** An SMB transaction to \MAILSLOT\BROWSE ([MS-CIFS], section 2.2.4.33) with `data` of `count` bytes. */
function browse(count: string, data: string): string {
  return `ff534d42 25 00000000 00 0000 ${'00'.repeat(12)} 0000 0000 0000 0000 ; SMB header
    11 0000 ${count} 0000 0000 00 00 0000 e8030000 0000 0000 0000 ${count} 5600 03 00 0100 0100 0200 ; 17 words
    3200 ${ascii('\\MAILSLOT\\BROWSE', 17)} ${data}`;
}

export const samples: readonly Sample[] = [
  {
    title: 'learns a host from its announcement',
    origin: '[MS-BRWS], section 2.2.1; RFC 1002, section 4.4.2; invented values',
    messages: [
      [
        'client',
        `${HEADER} ${NAMES} ${browse(
          '2700',
          `01 03 80fc0a00 ${ascii('HMI3', 16)} 06 01 03 10 00 00 ; NT 6.1; workstation, server, NT workstation
           0f 01 55aa ${ascii('Line 3', 7)}`,
        )}`,
      ],
    ],
    operations: ['browser.1 Host Announcement (session): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'name = HMI3 (netbios-dgm.source, host 0a000005)',
      'name = HMI3 (netbios-dgm.announcement, client)',
      'os = Windows 7 or Server 2008 R2, or compatible (netbios-dgm.os-version, client)',
      'device-type = workstation (netbios-dgm.server-type, client)',
      'note = comment: Line 3 (netbios-dgm.comment, client)',
    ],
  },
  {
    title: 'learns a domain controller from a local master announcement',
    origin: '[MS-BRWS], section 2.2.10; invented values',
    messages: [
      [
        'client',
        `${HEADER} ${NAMES} ${browse('2100', `0f 03 80fc0a00 ${ascii('DC1', 16)} 0a 00 2b 10 84 00 0f 01 55aa 00`)}`,
      ],
    ],
    operations: ['browser.15 Local Master Announcement (session): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'name = HMI3 (netbios-dgm.source, host 0a000005)',
      'name = DC1 (netbios-dgm.announcement, client)',
      'os = Windows 10 or later (netbios-dgm.os-version, client)',
      'device-type = domain controller (netbios-dgm.server-type, client)',
    ],
  },
  {
    title: 'counts other datagrams',
    origin: 'RFC 1002, sections 4.4.2 to 4.4.4',
    messages: [
      ['client', `${HEADER.replace('11', '10')} ${NAMES} 00010203`],
      ['client', '13 02 8002 0a000005 008a 82'],
      ['client', `${HEADER} ${NAMES} ${browse('0200', '08 01')}`],
    ],
    operations: [
      '16 Direct Unique Datagram (session): 1 requests, 0 responses, 0 refused',
      '19 Datagram Error (session): 1 requests, 0 responses, 0 refused',
      'browser.8 Request Election (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['name = HMI3 (netbios-dgm.source, host 0a000005)', 'name = HMI3 (netbios-dgm.source, host 0a000005)'],
  },
  {
    title: 'counts a datagram that ends in its names',
    origin: 'made: cut behind the source name',
    messages: [['client', `${HEADER} ${encoded('HMI3', 0x00)}`]],
    outcomes: [Outcome.truncated],
    operations: ['17 Direct Group Datagram (session): 1 requests, 0 responses, 0 refused'],
  },
];
