import { wire } from '../dns/samples.ts';
import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/** A string of a TXT or HINFO record: its length, then its characters. */
function string(value: string): string {
  const bytes = [...value].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0'));
  return `${bytes.length.toString(16).padStart(2, '0')}${bytes.join('')}`;
}

function record(name: string, type: string, data: string): string {
  const bytes = data.replace(/\s+/g, '');
  return `${name} ${type} 8001 00000078 ${(bytes.length / 2).toString(16).padStart(4, '0')} ${bytes}`;
}

const HOST = wire('press1.local');

export const samples: readonly Sample[] = [
  {
    title: 'learns a host from its announcement: name, service, model',
    origin: 'RFC 6762, section 8.3; RFC 6763, sections 5 and 6; invented values',
    messages: [
      [
        'client',
        `0000 8400 0000 0003 0000 0003
         ${record(wire('_ipp._tcp.local'), '000c', wire('Press 1._ipp._tcp.local'))}
         ${record(wire('Press 1._ipp._tcp.local'), '0021', `0000 0000 0277 ${HOST}`)}
         ${record(wire('Press 1._ipp._tcp.local'), '0010', string('ty=Acme Label 9') + string('note=Hall 2') + string('usb_MFG=Acme') + string('product=(Label 9)'))}
         ${record(HOST, '0001', '0a000005')}
         ${record(HOST, '001c', 'fe800000000000000000000000000005')}
         ${record(wire('5.0.0.10.in-addr.arpa'), '000c', HOST)}`,
      ],
    ],
    operations: ['announcement Announcement (read): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'note = offers Press 1._ipp._tcp on port 631 (mdns.srv, client)',
      'product = Acme Label 9 (mdns.txt.ty, client)',
      'location = Hall 2 (mdns.txt.note, client)',
      'vendor = Acme (mdns.txt.usb_mfg, client)',
      'product = Label 9 (mdns.txt.product, client)',
      'name = press1.local (mdns.a, host 0a000005)',
      'name = press1.local (mdns.a, host fe800000000000000000000000000005)',
      'name = press1.local (mdns.a, host 0a000005)',
    ],
  },
  {
    title: 'learns a name from the probe for it, and none from a question for another host',
    origin: 'RFC 6762, section 8.1',
    messages: [
      ['client', `0000 0000 0001 0000 0000 0000 ${HOST} 00ff 8001`],
      ['client', `0000 0000 0001 0000 0000 0000 ${wire('press2.local')} 0001 0001`],
    ],
    operations: ['query Query (read): 2 requests, 0 responses, 0 refused'],
    evidence: ['name = press1.local (mdns.probe, client)'],
  },
  {
    title: 'learns processor, operating system and model from an answer',
    origin: 'RFC 1035, section 3.3.2; RFC 6763, section 6; invented values',
    messages: [
      [
        'server',
        `0000 8400 0000 0002 0000 0000
         ${record(HOST, '000d', string('ARM') + string('LINUX'))}
         ${record(wire('Press 1._device-info._tcp.local'), '0010', string('model=P9') + string('osxvers=23'))}`,
      ],
    ],
    operations: ['query Query (read): 0 requests, 1 responses, 0 refused'],
    evidence: [
      'hardware = ARM (mdns.hinfo.cpu, server)',
      'os = LINUX (mdns.hinfo.os, server)',
      'model = P9 (mdns.txt.model, server)',
      'os = macOS (Darwin 23) (mdns.txt.osxvers, server)',
    ],
  },
  {
    title: 'keeps what stands before a record that is cut short',
    origin: 'made: RDLENGTH behind the end',
    messages: [
      [
        'client',
        `0000 8400 0000 0002 0000 0000 ${record(HOST, '0001', '0a000005')}
         ${HOST} 001c 8001 00000078 0010 fe80`,
      ],
    ],
    outcomes: [Outcome.truncated],
    operations: ['announcement Announcement (read): 1 requests, 0 responses, 0 refused'],
    evidence: ['name = press1.local (mdns.a, host 0a000005)'],
  },
];
