import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/** Bytes of ASCII text as hexadecimal digits. */
function ascii(text: string): string {
  return [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

const message = (first: string, ...properties: readonly string[]) =>
  ascii(`${first}\n{\n${properties.map((property) => `${property}\n`).join('')}};;\n`);

const CLIENT_HELLO = message(
  'fox a 1 -1 fox hello',
  'fox.version=s:1.0',
  'hostName=s:ENG-4',
  'hostAddress=s:10.9.8.7',
  'app.name=s:Workbench',
  'app.version=s:4.10.0',
  'os.name=s:Windows 10',
  'os.version=s:10.0',
  'hostId=s:Win-0000-1111-2222-3333',
);
const SERVER_HELLO = message(
  'fox a 0 -1 fox hello',
  'fox.version=s:1.0',
  'hostName=s:10.9.8.1',
  'app.name=s:Station',
  'app.version=s:4.9.1',
  'vm.name=s:J9',
  'os.name=s:QNX',
  'os.version=s:6.5.0',
  'station.name=s:Plant_Room',
  'brandId=s:vykon',
);

export const samples: readonly Sample[] = [
  {
    title: 'learns both ends from their hellos',
    origin: 'made: invented values',
    messages: [
      ['client', CLIENT_HELLO],
      ['server', SERVER_HELLO],
      ['server', message('fox a 1 -1 fox challenge', 'method=s:digest')],
      ['client', message('fox a 2 1 fox authenticate')],
    ],
    operations: [
      'hello Hello (session): 1 requests, 1 responses, 0 refused',
      'challenge Authentication Challenge (session): 1 requests, 0 responses, 0 refused',
      'fox Session Message (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'vendor = Tridium (fox.hello, client)',
      'name = ENG-4 (fox.hello.hostName, client)',
      'address = 10.9.8.7 (fox.hello.hostAddress, client)',
      'client-kind = Niagara Workbench (fox.hello.app.name, client)',
      'firmware = 4.10.0 (fox.hello.app.version, client)',
      'os = Windows 10 10.0 (fox.hello.os, client)',
      'serial = Win-0000-1111-2222-3333 (fox.hello.hostId, client)',
      'vendor = Tridium (fox.hello, server)',
      'name = 10.9.8.1 (fox.hello.hostName, server)',
      'product = Niagara Station (fox.hello.app.name, server)',
      'firmware = 4.9.1 (fox.hello.app.version, server)',
      'note = J9 (fox.hello.vm.name, server)',
      'os = QNX 6.5.0 (fox.hello.os, server)',
      'name = Plant_Room (fox.hello.station.name, server)',
      'note = Niagara brand vykon (fox.hello.brandId, server)',
    ],
  },
  {
    title: 'reads a hello that comes in two segments, and passes over what it does not know',
    origin: 'made',
    messages: [
      ['server', ascii('fox a 0 -1 fox hello\n{\nid=i:2\n')],
      ['server', ascii('station.name=s:Chiller_2\n};;\n')],
      ['server', ascii('more')],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.unsupported],
    operations: ['hello Hello (session): 0 requests, 1 responses, 0 refused'],
    evidence: ['vendor = Tridium (fox.hello, server)', 'name = Chiller_2 (fox.hello.station.name, server)'],
  },
];
