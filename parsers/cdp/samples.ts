import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const FORMAT = "Cisco's CDP packet format";
/** A TLV with its length counted. */
const tlv = (type: string, value: string) => {
  const digits = value.replace(/\s/g, '');
  return type + (4 + digits.length / 2).toString(16).padStart(4, '0') + digits;
};
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');

export const samples: readonly Sample[] = [
  {
    title: 'announces a switch',
    origin: FORMAT,
    messages: [
      [
        'client',
        `aaaa03 00000c 2000 02 b4 0000 ; SNAP, version 2, time to live, checksum
         ${tlv('0001', ascii('sw-1'))}
         ${tlv('0002', '00000002 01 01 cc 0004 0a000105 02 08 aaaa0300000086dd 0010 fe800000000000000000000000000001')}
         ${tlv('0003', ascii('Gi0/1'))}
         ${tlv('0004', '00000028')}
         ${tlv('0005', ascii('Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 15.0(2)SE4, RELEASE SOFTWARE (fc1)\nCopyright'))}
         ${tlv('0006', ascii('cisco WS-C2960-24TT-L'))}
         ${tlv('000a', '0003')}
         ${tlv('0014', ascii('sw-1.plant'))}
         ${tlv('0016', '00000001 01 01 cc 0004 0a000106')}
         ${tlv('000b', '01')}`,
      ],
    ],
    operations: ['cdp Advertisement (diagnostic): 1 requests, 0 responses, 0 refused'],
    evidence: [
      'name = sw-1 (cdp.device-id, client)',
      'address = 10.0.1.5 (cdp.address, client)',
      'address = fe80::1 (cdp.address, client)',
      'note = port Gi0/1 (cdp.port-id, client)',
      'device-type = switch (cdp.capabilities, client)',
      'firmware = 15.0(2)SE4 (cdp.software-version, client)',
      'os = Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M) (cdp.software, client)',
      'product = cisco WS-C2960-24TT-L (cdp.platform, client)',
      'vendor = Cisco (cdp.platform.vendor, client)',
      'note = native VLAN 3 (cdp.native-vlan, client)',
      'name = sw-1.plant (cdp.system-name, client)',
      'address = 10.0.1.6 (cdp.management-address, client)',
    ],
  },
  {
    title: 'announces an adapter whose software is a mere number',
    origin: FORMAT,
    messages: [
      ['client', `aaaa03 00000c 2000 01 b4 0000 ${tlv('0005', ascii('4.003'))} ${tlv('0006', ascii('1756-ENBT'))}`],
    ],
    operations: ['cdp Advertisement (diagnostic): 1 requests, 0 responses, 0 refused'],
    evidence: ['firmware = 4.003 (cdp.software-version, client)', 'product = 1756-ENBT (cdp.platform, client)'],
  },
  {
    title: 'has a length beyond its end, and one that is too small',
    origin: FORMAT,
    messages: [
      ['client', 'aaaa03 00000c 2000 02 b4 0000 0001 0009 7377'],
      ['client', 'aaaa03 00000c 2000 02 b4 0000 0001 0003 7377'],
    ],
    outcomes: [Outcome.truncated, Outcome.malformed],
    operations: ['cdp Advertisement (diagnostic): 2 requests, 0 responses, 0 refused'],
  },
];
