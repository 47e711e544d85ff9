/** SIP (RFC 3261) on TCP and UDP: telephones, intercoms and their exchanges. */
import type { Protocol } from '../protocol.ts';
import { requestProtocol } from '../request-head.ts';

export const sip: Protocol = requestProtocol({
  name: 'sip',
  version: 'SIP/2.0',
  tcpPorts: [5060],
  udpPorts: [5060],
  methods: [
    ['INVITE', 'session'],
    ['ACK', 'session'],
    ['BYE', 'session'],
    ['CANCEL', 'session'],
    ['REGISTER', 'session'],
    ['OPTIONS', 'session'],
    ['SUBSCRIBE', 'read'],
    ['NOTIFY', 'read'],
    ['MESSAGE', 'write'],
    ['INFO', 'session'],
    ['UPDATE', 'session'],
    ['PUBLISH', 'write'],
    ['PRACK', 'session'],
    ['REFER', 'session'],
  ],
  deviceType: null,
});
