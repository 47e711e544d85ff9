import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const HEADER = 'IEEE 1588-2019, clause 13';
const MASTER = 'ec4670fffe000001';
const OTHER = 'ec4670fffe000002';
const STAMP = '00005f000000 00000000';
/** Type, version, length, domain, flags, correction, source clock and port, sequence. */
const header = (type: string, length: string, clock: string) =>
  `${type} 02 ${length} 00 00 0000 0000000000000000 00000000 ${clock} 0001 0001 00 00`;

export const samples: readonly Sample[] = [
  {
    title: 'serves time as a grandmaster',
    origin: HEADER,
    messages: [
      ['server', `${header('0b', '0040', MASTER)} ${STAMP} 0025 00 80 06 21 4e5d 80 ${MASTER} 0000 20`],
      ['server', `${header('00', '002c', MASTER)} ${STAMP}`],
      ['server', `${header('08', '002c', MASTER)} ${STAMP}`],
      ['client', `${header('01', '002c', OTHER)} ${STAMP}`],
      ['server', `${header('09', '0036', MASTER)} ${STAMP} ${OTHER} 0001`],
    ],
    operations: [
      'announce Announce (session): 1 requests, 0 responses, 0 refused',
      'sync Sync (session): 1 requests, 0 responses, 0 refused',
      'delay Delay Request (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'note = PTP domain 0 (ptp.domain, server)',
      'device-type = PTP grandmaster clock (ptp.announce, server)',
      'note = PTP time source: GNSS (ptp.announce.time-source, server)',
    ],
  },
  {
    title: 'passes time on as a boundary clock, and measures its peers',
    origin: HEADER,
    messages: [
      ['server', `${header('1b', '0040', OTHER)} ${STAMP} 0025 00 80 06 21 4e5d 80 ${MASTER} 0001 20`],
      ['client', `${header('02', '0036', OTHER)} ${STAMP} 00000000000000000000`],
      ['server', `${header('03', '0036', MASTER)} ${STAMP} ${OTHER} 0001`],
      ['server', `${header('0a', '0036', MASTER)} ${STAMP} ${OTHER} 0001`],
      ['client', `${header('0c', '002c', OTHER)} ffffffffffffffff ffff`],
    ],
    operations: [
      'announce Announce (session): 1 requests, 0 responses, 0 refused',
      'peer-delay Peer Delay Request (session): 1 requests, 1 responses, 0 refused',
      'signaling Signaling (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'note = PTP domain 0 (ptp.domain, server)',
      'note = PTP clock below grandmaster ec4670fffe000001 (ptp.announce.grandmaster, server)',
    ],
  },
  {
    title: 'manages a clock',
    origin: 'IEEE 1588-2019, clause 15.4',
    messages: [
      ['client', `${header('0d', '0036', OTHER)} ${MASTER} 0001 01 01 00 00 0001 0002 2000`],
      ['server', `${header('0d', '0036', MASTER)} ${OTHER} 0001 01 01 02 00 0001 0002 2000`],
      ['client', `${header('0d', '0036', OTHER)} ${MASTER} 0001 01 01 01 00 0001 0002 2000`],
      ['client', `${header('0d', '0036', OTHER)} ${MASTER} 0001 01 01 03 00 0001 0002 2000`],
    ],
    operations: [
      'management.get Management Get (diagnostic): 1 requests, 0 responses, 0 refused',
      'management.set Management Set (program): 1 requests, 0 responses, 0 refused',
      'management.command Management Command (control): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'is cut off, and is of a reserved type',
    origin: HEADER,
    messages: [
      ['server', `${header('0b', '0040', MASTER)} ${STAMP}`],
      ['server', `${header('0b', '002c', MASTER)} ${STAMP}`],
      ['server', `${header('05', '002c', MASTER)} ${STAMP}`],
    ],
    outcomes: [Outcome.truncated, Outcome.truncated, Outcome.unsupported],
    operations: ['announce Announce (session): 1 requests, 0 responses, 0 refused'],
  },
];
