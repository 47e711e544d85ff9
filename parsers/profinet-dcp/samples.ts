import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const DCP = 'IEC 61158-6-10, clause 4.3';

export const samples: readonly Sample[] = [
  {
    title: 'asks all stations who they are, and hears one',
    origin: DCP,
    messages: [
      [
        'client',
        `fefe 05 00 01000001 ; Identify request, xid
         0001 0004 ; response delay, data length
         ff ff 0000 ; all selector
         00000000 ; padding`,
      ],
      [
        'server',
        `feff 05 01 01000001 0000 004a
         02 01 0009 0000 45543230305350 00 ; type of station: ET200SP, filled to an even length
         02 02 000a 0000 636f6e766579 3031 ; name of station: convey01
         02 03 0006 0000 002a 0313 ; vendor id, device id
         02 04 0004 0000 01 00 ; IO device
         01 02 000e 0001 0a000105 ffffff00 0a000101 ; IP parameter
         02 06 0006 0000 78792e7a ; alias name
         `,
      ],
    ],
    operations: ['5 Identify (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'product = ET200SP (profinet-dcp.type-of-station, server)',
      'name = convey01 (profinet-dcp.name-of-station, server)',
      'vendor = Siemens (profinet-dcp.device-id.vendor, server)',
      'note = PROFINET vendor id 0x002a, device id 0x0313 (profinet-dcp.device-id, server)',
      'note = PROFINET IO device (profinet-dcp.device-role, server)',
      'address = 10.0.1.5 (profinet-dcp.ip-parameter, server)',
      'note = standard gateway 10.0.1.1 (profinet-dcp.ip-parameter.gateway, server)',
      'note = alias name xy.z (profinet-dcp.alias-name, server)',
    ],
  },
  {
    title: 'looks for the station of one name, and of one neighbour',
    origin: DCP,
    messages: [
      ['client', 'fefe 05 00 00000002 0001 000c 02 02 0008 636f6e7665793031'],
      ['client', 'fefe 05 00 00000003 0001 0008 02 06 0004 78792e7a'],
    ],
    operations: ['5 Identify (diagnostic): 2 requests, 0 responses, 0 refused'],
    touches: ['5: name-of-station "convey01"', '5: alias-name "xy.z"'],
  },
  {
    title: 'sets name and address in one transaction, of which the address is refused',
    origin: DCP,
    messages: [
      [
        'client',
        `fefd 04 00 00000004 0000 0028
         05 01 0002 0000 ; start transaction
         02 02 0005 0001 616263 00 ; name of station abc, for good
         01 02 000e 0001 0a000106 ffffff00 0a000106
         05 02 0002 0001 ; end transaction`,
      ],
      [
        'server',
        `fefd 04 01 00000004 0000 0020
         05 04 0003 05 01 00 00
         05 04 0003 02 02 00 00
         05 04 0003 01 02 05 00 ; SET not possible
         05 04 0003 05 02 00 00`,
      ],
    ],
    operations: [
      '4.5.1 Set start transaction (session): 1 requests, 1 responses, 0 refused',
      '4.2.2 Set name of station (program): 1 requests, 1 responses, 0 refused',
      '4.1.2 Set IP parameter (program): 1 requests, 1 responses, 1 refused',
      '4.5.2 Set end transaction (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'name = abc (profinet-dcp.set.name-of-station, server)',
      'address = 10.0.1.6 (profinet-dcp.set.ip-parameter, server)',
    ],
  },
  {
    title: 'lets a station blink and resets it, which does not know how',
    origin: DCP,
    messages: [
      ['client', 'fefd 04 00 00000005 0000 0008 05 03 0004 0000 0100'],
      ['server', 'fefd 04 01 00000005 0000 0008 05 04 0003 05 03 00 00'],
      ['client', 'fefd 04 00 00000006 0000 0006 05 06 0002 0004'],
      ['server', 'fefd 04 05 00000006 0000 0000'],
      ['client', 'fefd 04 00 00000007 0000 0006 05 05 0002 0000'],
    ],
    operations: [
      '4.5.3 Set signal (control): 1 requests, 1 responses, 0 refused',
      '4.5.6 Set reset to factory (control): 1 requests, 1 responses, 1 refused',
      '4.5.5 Set reset factory settings (control): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'gets two options, one of which is unknown',
    origin: DCP,
    messages: [
      ['client', 'fefd 03 00 00000008 0000 0004 01 02 02 0a'],
      [
        'server',
        `fefd 03 01 00000008 0000 001a
         01 02 000e 0081 0a000107 ffffff00 0a000107 ; address in conflict, no gateway
         05 04 0003 02 0a 02 00 ; suboption not supported`,
      ],
    ],
    operations: ['3 Get (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'address = 10.0.1.7 (profinet-dcp.ip-parameter, server)',
      'state = IP address conflict (profinet-dcp.ip-parameter.info, server)',
    ],
  },
  {
    title: 'hears a station that says hello and an answer to a question it did not hear',
    origin: DCP,
    messages: [
      ['server', 'fefc 06 00 00000009 0000 0018 02 02 0005 0000 616263 00 02 08 0006 0000 010c 0007 00 00 0000'],
      ['server', 'feff 05 01 0000000a 0000 000c 02 02 0005 0000 616263 00 0000'],
    ],
    outcomes: [Outcome.ok, Outcome.truncated],
    operations: [
      '6 Hello (diagnostic): 1 requests, 0 responses, 0 refused',
      '5 Identify (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'name = abc (profinet-dcp.name-of-station, server)',
      'note = OEM vendor id 0x010c, device id 0x0007 (profinet-dcp.oem-device-id, server)',
      'name = abc (profinet-dcp.name-of-station, server)',
    ],
  },
  {
    title: 'is cut off within a block',
    origin: DCP,
    messages: [['server', 'feff 05 01 0000000b 0000 0012 02 02 0005 0000 616263 00 02 03 0006 0000']],
    outcomes: [Outcome.truncated],
    operations: ['5 Identify (diagnostic): 0 requests, 1 responses, 0 refused'],
    evidence: ['name = abc (profinet-dcp.name-of-station, server)'],
  },
];
