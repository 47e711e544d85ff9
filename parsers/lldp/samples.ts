import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const AB = 'IEEE 802.1AB-2016, clause 8.5';

/** Text as hexadecimal digits. */
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');
/** A TLV with its length counted. */
const tlv = (type: number, value: string) => {
  const digits = value.replace(/\s/g, '');
  return ((type << 9) | (digits.length / 2)).toString(16).padStart(4, '0') + digits;
};
const described = (description: string) =>
  [tlv(1, '04 001b1b000001'), tlv(2, '07 31'), tlv(3, '0014'), tlv(6, ascii(description)), '0000'].join(' ');
const described1 = [
  'address = 00:1b:1b:00:00:01 (lldp.chassis-id.mac, client)',
  'note = port 1 (lldp.port-id, client)',
];
const counted = (times: number) => [`lldpdu Advertisement (diagnostic): ${times} requests, 0 responses, 0 refused`];

export const samples: readonly Sample[] = [
  {
    title: 'announces a switch with its names, description, capabilities and address',
    origin: AB,
    messages: [
      [
        'client',
        `02 06 07 73772d31 0a ; chassis id, locally assigned, ends with a control character
         04 09 07 706f72742d303031 ; port id port-001
         06 02 0014
         08 04 74726e6b ; port description
         ${tlv(5, ascii('SW-1'))}
         ${tlv(6, ascii('Siemens, SIMATIC NET, SCALANCE X208, 6GK5 208-0BA10-2AA3, HW: 1, FW: V3.1'))}
         0e 04 0014 0004 ; bridge and router, of which bridge is enabled
         10 0c 05 01 0a000105 02 00000001 00 ; management address
         fe 06 0080c2 01 000a ; port VLAN 10
         fe 0a 000ecf 05 001b1b000002 ; PROFIBUS: chassis MAC
         fe 08 000ecf 03 612e6230 ; PROFIBUS: alias
         0000`,
      ],
    ],
    operations: counted(1),
    evidence: [
      'note = port port-001 (lldp.port-id, client)',
      'note = port trnk (lldp.port-description, client)',
      'name = SW-1 (lldp.system-name, client)',
      'note = Siemens, SIMATIC NET, SCALANCE X208, 6GK5 208-0BA10-2AA3, HW: 1, FW: V3.1 (lldp.system-description, client)',
      'vendor = Siemens (lldp.system-description.vendor, client)',
      'product = SCALANCE X208 (lldp.system-description.product, client)',
      'model = 6GK5 208-0BA10-2AA3 (lldp.system-description.model, client)',
      'firmware = 3.1 (lldp.system-description.firmware, client)',
      'hardware = 1 (lldp.system-description.hardware, client)',
      'device-type = bridge (lldp.system-capabilities, client)',
      'address = 10.0.1.5 (lldp.management-address, client)',
      'note = port VLAN 10 (lldp.port-vlan-id, client)',
      'address = 00:1b:1b:00:00:02 (lldp.profinet.chassis-mac, client)',
      'note = alias name a.b0 (lldp.profinet.alias, client)',
    ],
  },
  {
    title: 'names its chassis as a PROFINET station, by an IPv4 and by an IPv6 address',
    origin: AB,
    messages: [
      ['client', '02 05 07 70 6c 63 31 04 07 03 001b1b000003 06 02 0014 0000'],
      ['client', '02 06 05 01 0a000106 04 06 05 65 74 68 30 31 06 02 0014 0000'],
      ['client', `02 12 05 02 fe800000000000000000000000000001 04 06 04 01 0a000107 06 02 0014 0000`],
    ],
    operations: counted(3),
    evidence: [
      'name = plc1 (lldp.chassis-id, client)',
      'note = port 00:1b:1b:00:00:03 (lldp.port-id, client)',
      'address = 10.0.1.6 (lldp.chassis-id.network-address, client)',
      'note = port eth01 (lldp.port-id, client)',
      'address = fe80::1 (lldp.chassis-id.network-address, client)',
      'note = port 10.0.1.7 (lldp.port-id, client)',
    ],
  },
  {
    title: 'describes itself as vendors do',
    origin: AB,
    messages: [
      ['client', described('Moxa EDS-405A, firmware 3.8')],
      [
        'client',
        described('Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 12.2(55)SE7, RELEASE SOFTWARE'),
      ],
      ['client', described('Gateway X1 - Gateway X1 v2.05')],
    ],
    operations: counted(3),
    evidence: [
      ...described1,
      'note = Moxa EDS-405A, firmware 3.8 (lldp.system-description, client)',
      'vendor = Moxa (lldp.system-description.vendor, client)',
      'product = EDS-405A (lldp.system-description.product, client)',
      'firmware = 3.8 (lldp.system-description.firmware, client)',
      ...described1,
      'note = Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 12.2(55)SE7, RELEASE SOFTWARE (lldp.system-description, client)',
      'vendor = Cisco (lldp.system-description.vendor, client)',
      'firmware = 12.2(55)SE7 (lldp.system-description.firmware, client)',
      'os = Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M) (lldp.system-description.os, client)',
      ...described1,
      'note = Gateway X1 - Gateway X1 v2.05 (lldp.system-description, client)',
      'product = Gateway X1 - Gateway X1 (lldp.system-description.product, client)',
      'firmware = 2.05 (lldp.system-description.firmware, client)',
    ],
  },
  {
    title: 'gives its inventory as media endpoints do',
    origin: 'ANSI/TIA-1057, clause 10.2.6',
    messages: [
      [
        'client',
        `${tlv(1, '04 001b1b000001')} ${tlv(2, '07 31')} ${tlv(3, '0014')}
         ${tlv(127, `0012bb 05 ${ascii('A1')}`)} ${tlv(127, `0012bb 06 ${ascii('1.2')}`)}
         ${tlv(127, `0012bb 07 ${ascii('3.4')}`)} ${tlv(127, `0012bb 08 ${ascii('S123')}`)}
         ${tlv(127, `0012bb 09 ${ascii('Maker')}`)} ${tlv(127, `0012bb 0a ${ascii('M-1')}`)}
         ${tlv(127, `0012bb 0b ${ascii('4711')}`)} ${tlv(127, '0012bb 01 0033 03')} ${tlv(127, '00120f 01 03 6c00 0010')}
         0000`,
      ],
    ],
    operations: counted(1),
    evidence: [
      ...described1,
      'hardware = A1 (lldp.med.hardware-revision, client)',
      'firmware = 1.2 (lldp.med.firmware-revision, client)',
      'firmware = 3.4 (lldp.med.software-revision, client)',
      'serial = S123 (lldp.med.serial-number, client)',
      'vendor = Maker (lldp.med.manufacturer, client)',
      'model = M-1 (lldp.med.model, client)',
      'note = asset 4711 (lldp.med.asset-id, client)',
    ],
  },
  {
    title: 'ends within a TLV',
    origin: AB,
    messages: [['client', '02 07 04 001b1b000001 04 02 07 31 06 02 0014 0a 09 61626364']],
    outcomes: [Outcome.truncated],
    operations: counted(1),
    evidence: described1,
  },
];
