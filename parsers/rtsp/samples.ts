import type { Sample } from '../sample.ts';
import { asciiHex } from '../sample-text.ts';

const message = (...lines: string[]) => asciiHex(`${lines.join('\r\n')}\r\n\r\n`);

export const samples: readonly Sample[] = [
  {
    title: 'asks a camera for its pictures',
    origin: 'RFC 2326, sections 10.2 and 10.5',
    messages: [
      ['client', message('DESCRIBE rtsp://10.0.0.9/live RTSP/1.0', 'CSeq: 2', 'User-Agent: LibVLC/3.0.16')],
      ['server', message('RTSP/1.0 401 Unauthorized', 'CSeq: 2', 'Server: Hikvision RTSP Server V2.1')],
      ['client', message('PLAY rtsp://10.0.0.9/live RTSP/1.0', 'CSeq: 3')],
      ['server', message('RTSP/1.0 200 OK', 'CSeq: 3')],
    ],
    operations: [
      'DESCRIBE DESCRIBE (read): 1 requests, 1 responses, 1 refused',
      'PLAY PLAY (read): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'client-kind = LibVLC/3.0.16 (rtsp.user-agent, client)',
      'device-type = camera (rtsp.role, server)',
      'product = Hikvision RTSP Server V2.1 (rtsp.server, server)',
      'device-type = camera (rtsp.role, server)',
    ],
  },
];
