import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';
import { chars } from '../snmp/samples.ts';

const DRAFT = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';

function envelope(namespace: string, action: string, body: string): string {
  return chars(
    `<?xml version="1.0"?><s:Envelope xmlns:d="${namespace}"><s:Header><a:Action>${namespace}/${action}</a:Action>` +
      `</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
  );
}

export const samples: readonly Sample[] = [
  {
    title: 'learns a camera from its answer to a probe',
    origin: 'WS-Discovery 2005/04, section 5; ONVIF Core Specification, section 7.3; invented values',
    messages: [
      ['client', envelope(DRAFT, 'Probe', '<d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe>')],
      [
        'server',
        envelope(
          DRAFT,
          'ProbeMatches',
          '<d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/location/Hall%202 ' +
            'onvif://www.onvif.org/name/Acme%20Eye onvif://www.onvif.org/hardware/E-9</d:Scopes>',
        ),
      ],
    ],
    operations: ['probe Probe (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'product = Acme Eye (ws-discovery.onvif-name, server)',
      'model = E-9 (ws-discovery.onvif-hardware, server)',
      'location = Hall 2 (ws-discovery.onvif-location, server)',
      'device-type = camera (ws-discovery.types, server)',
    ],
  },
  {
    title: 'learns a computer from its greeting, in the standard form',
    origin: 'WS-Discovery 1.1, section 4',
    messages: [
      [
        'client',
        envelope(
          'http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01',
          'Hello',
          '<d:Hello><d:Types>wsdp:Device pub:Computer</d:Types></d:Hello>',
        ),
      ],
      ['client', envelope(DRAFT, 'Bye', '<d:Bye/>')],
    ],
    operations: [
      'hello Hello (diagnostic): 1 requests, 0 responses, 0 refused',
      'bye Bye (diagnostic): 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['device-type = workstation (ws-discovery.types, client)'],
  },
  {
    title: 'leaves other XML alone',
    origin: 'made',
    messages: [['client', chars('<?xml version="1.0"?><a/>')]],
    outcomes: [Outcome.unsupported],
  },
];
