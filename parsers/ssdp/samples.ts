import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

function chars(...lines: readonly string[]): string {
  return [...`${lines.join('\r\n')}\r\n\r\n`]
    .map((character) => character.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('');
}

export const samples: readonly Sample[] = [
  {
    title: 'learns a device from its answer to a search',
    origin: 'UPnP Device Architecture 2.0, sections 1.3.2 and 1.3.3; invented values',
    messages: [
      [
        'client',
        chars(
          'M-SEARCH * HTTP/1.1',
          'HOST: 239.255.255.250:1900',
          'MAN: "ssdp:discover"',
          'ST: urn:schemas-upnp-org:device:Printer:1',
          'USER-AGENT: AcmeOS/1 UPnP/1.1 Finder/2',
        ),
      ],
      [
        'server',
        chars(
          'HTTP/1.1 200 OK',
          'Server: Linux/4.9 UPnP/1.0 AcmeGate/2.1',
          'LOCATION: http://user:pw@10.0.0.5:80/d.xml?key=1',
          'ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1',
        ),
      ],
    ],
    operations: ['m-search M-SEARCH (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'note = UPnP user agent: AcmeOS/1 UPnP/1.1 Finder/2 (ssdp.user-agent, client)',
      'note = UPnP server: Linux/4.9 UPnP/1.0 AcmeGate/2.1 (ssdp.server, server)',
      'product = AcmeGate 2.1 (ssdp.server.product, server)',
      'os = Linux 4.9 (ssdp.server.os, server)',
      'note = UPnP description: http://10.0.0.5:80/d.xml (ssdp.location, server)',
      'device-type = router (ssdp.nt, server)',
    ],
  },
  {
    title: 'learns a device from its notification',
    origin: 'UPnP Device Architecture 2.0, section 1.2.2; invented values',
    messages: [
      [
        'client',
        chars('NOTIFY * HTTP/1.1', 'NT: urn:schemas-upnp-org:device:Printer:1', 'SERVER: Acme without a form'),
      ],
    ],
    operations: ['notify NOTIFY (diagnostic): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'device-type = printer (ssdp.nt, client)',
      'note = UPnP server: Acme without a form (ssdp.server, client)',
    ],
  },
  {
    title: 'refuses what does not begin as it should',
    origin: 'made',
    messages: [['client', chars('GET / HTTP/1.1')]],
    outcomes: [Outcome.malformed],
  },
];
