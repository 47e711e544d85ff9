import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/** A PDU after C706, section 12.6.3: type, flags, call id and body, in little-endian. */
function pdu(type: string, body: string, flags = '03', id = '01000000'): string {
  const digits = body.replace(/\s+/g, '');
  const size = 16 + digits.length / 2;
  const length = (size & 0xff).toString(16).padStart(2, '0') + (size >> 8).toString(16).padStart(2, '0');
  return `05 00 ${type} ${flags} 10000000 ${length} 0000 ${id} ${digits}`;
}

const NDR = '045d888aeb1cc9119fe808002b104860 02000000';
const ENDPOINT_MAPPER = '0883afe11f5dc91191a408002b14a0fa 03000000';

export const samples: readonly Sample[] = [
  {
    title: 'tells which interface a client binds to',
    origin: 'C706, sections 12.6.4.3 and 12.6.4.4',
    messages: [
      ['client', pdu('0b', `d016 d016 00000000 01000000 0000 01 00 ${ENDPOINT_MAPPER} ${NDR}`)],
      ['server', pdu('0c', `d016 d016 01000000 0400 31333500 01000000 0000 0000 ${NDR}`)],
      ['client', pdu('00', '00000000 0000 0300')],
      ['server', pdu('02', '00000000 0000 0000')],
    ],
    operations: [
      'bind Bind (session): 1 requests, 1 responses, 0 refused',
      'request Request (write): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'note = uses the endpoint mapper (dcerpc.bind, client)',
      'note = serves the endpoint mapper (dcerpc.bind-ack, server)',
    ],
  },
  {
    title: 'counts a call in fragments once, a fault, a refused bind and another context',
    origin: 'C706, sections 12.6.4.5 to 12.6.4.10',
    messages: [
      ['client', pdu('00', '00000000 0000 0300', '01', '02000000')],
      ['client', pdu('00', '00000000 0000 0300', '02', '02000000')],
      ['server', pdu('03', '00000000 0000 0000 05000000 00000000', '03', '02000000')],
      ['server', pdu('0d', '0000', '03', '03000000')],
      ['client', pdu('0e', `d016 d016 00000000 01000000 0100 01 00 ${NDR} ${NDR}`, '03', '04000000')],
      ['server', pdu('0f', 'd016 d016 00000000', '03', '04000000')],
    ],
    operations: [
      'request Request (write): 1 requests, 1 responses, 1 refused',
      'bind Bind (session): 0 requests, 1 responses, 1 refused',
      'alter-context Alter Context (session): 1 requests, 1 responses, 0 refused',
    ],
  },
  {
    title: 'counts a bind that ends in its contexts',
    origin: 'made',
    messages: [['client', pdu('0b', 'd016 d016 00000000 01000000 0000 01 00 0883afe1')]],
    outcomes: [Outcome.truncated],
    operations: ['bind Bind (session): 1 requests, 0 responses, 0 refused'],
  },
];
