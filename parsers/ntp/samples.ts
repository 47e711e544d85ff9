import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const TIME = 'ed000000 00000000';

function packet(first: string, stratum: string, reference: string): string {
  return `${first} ${stratum} 06 ec 00000100 00000200 ${reference} ${TIME} ${TIME} ${TIME} ${TIME}`;
}

export const samples: readonly Sample[] = [
  {
    title: 'learns a primary time server and its clock',
    origin: 'RFC 5905, section 7.3',
    messages: [
      ['client', packet('23', '00', '00000000')],
      ['server', packet('24', '01', '47505300')], // GPS
    ],
    operations: ['3 Client (session): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'note = NTP stratum 1 (ntp.stratum, server)',
      'device-type = time server (ntp.primary, server)',
      'note = reference clock GPS (ntp.refid, server)',
    ],
  },
  {
    title: "counts a kiss-o'-death, peers and a secondary server",
    origin: 'RFC 5905, sections 7.3 and 7.4',
    messages: [
      ['server', packet('24', '00', '52415445')], // RATE
      ['client', packet('21', '02', '0a000001')],
      ['server', packet('22', '03', '0a000001')],
    ],
    operations: [
      '3 Client (session): 0 requests, 1 responses, 1 refused',
      '1 Symmetric Active (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: ['note = NTP stratum 3 (ntp.stratum, server)', 'device-type = time server (ntp.server, server)'],
  },
  {
    title: 'counts broadcasts, control messages and the private mode',
    origin: 'RFC 5905, section 3; RFC 9327, section 2',
    messages: [
      ['client', packet('25', '02', '0a000001')],
      ['client', '16 02 0001 0000 0000 0000 0000'],
      ['server', '16 c2 0001 0000 0000 0000 0000'],
      ['client', '17 00 03 2a 0000 0000'],
      ['server', '97 00 03 2a 0000 0000'],
    ],
    operations: [
      '5 Broadcast (session): 1 requests, 0 responses, 0 refused',
      '6 Control Message (diagnostic): 1 requests, 1 responses, 1 refused',
      '7 Private Mode (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: ['note = NTP stratum 2 (ntp.stratum, client)', 'device-type = time server (ntp.server, client)'],
  },
  {
    title: 'counts an answer that is cut short',
    origin: 'made: cut behind the precision',
    messages: [['server', '24 01 06 ec']],
    outcomes: [Outcome.truncated],
    operations: ['3 Client (session): 0 requests, 1 responses, 0 refused'],
  },
];
