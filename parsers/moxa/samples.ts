import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const ORIGIN = 'made after public analyses of the protocol; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'discovers a device and reads its name',
    origin: ORIGIN,
    messages: [
      ['client', '01 00 0008 00000000'],
      ['server', '81 00 0018 00000000 0000a510 1a51 0090e8112233 0a000014'],
      ['client', '10 00 0014 00000000 0000a510 1a51 0090e8112233'],
      ['server', '90 00 0022 00000000 0000a510 1a51 0090e8112233 4e5035313130415f39393939 0100'],
    ],
    operations: [
      '0x01 Discover (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x10 Read Server Name (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'vendor = Moxa (moxa.discovery, server)',
      'note = Moxa hardware id 0x511a (moxa.discovery.model, server)',
      'address = 00:90:e8:11:22:33 (moxa.discovery.mac-address, server)',
      'address = 10.0.0.20 (moxa.discovery.ip-address, server)',
      'vendor = Moxa (moxa.discovery, server)',
      'note = Moxa hardware id 0x511a (moxa.discovery.model, server)',
      'address = 00:90:e8:11:22:33 (moxa.discovery.mac-address, server)',
      'name = NP5110A_9999 (moxa.server-name, server)',
      'protection = password set (moxa.server-name.password, server)',
    ],
  },
  {
    title: 'counts a refusal, a request it does not know and an answer cut short',
    origin: 'made',
    messages: [
      ['client', '33 00 0014 00000000 0000a510 1a51 0090e8112233'],
      ['server', 'b3 04 0008 00000000'],
      ['server', '81 00 0018 00000000 0000'],
    ],
    outcomes: [Outcome.ok, Outcome.ok, Outcome.truncated],
    operations: [
      '0x33 Request 0x33 (write): 1 requests, 1 responses, 1 refused',
      '0x01 Discover (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
  },
];
