/** RTSP 1.0 and 2.0 (RFC 2326, RFC 7826): how cameras are asked for their pictures. */
import type { Protocol } from '../protocol.ts';
import { requestProtocol } from '../request-head.ts';

export const rtsp: Protocol = requestProtocol({
  name: 'rtsp',
  version: 'RTSP/',
  tcpPorts: [554, 8554],
  udpPorts: [],
  methods: [
    ['OPTIONS', 'session'],
    ['DESCRIBE', 'read'],
    ['SETUP', 'session'],
    ['PLAY', 'read'],
    ['PAUSE', 'session'],
    ['TEARDOWN', 'session'],
    ['ANNOUNCE', 'write'],
    ['RECORD', 'write'],
    ['GET_PARAMETER', 'read'],
    ['SET_PARAMETER', 'write'],
  ],
  deviceType: 'camera', // or a recorder that passes its pictures on
});
