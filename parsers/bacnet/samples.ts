import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const CLAUSES = 'ANSI/ASHRAE 135, 6.2, 15 to 16 and 20; invented values';
const BVLL = 'ANSI/ASHRAE 135, Annex J.2; invented values';

export const samples: readonly Sample[] = [
  {
    title: 'finds devices by Who-Is and I-Am',
    origin: CLAUSES,
    messages: [
      [
        'client',
        `81 0b 000c ; Original-Broadcast-NPDU, 12 octets
         01 20 ffff 00 ff ; to all networks, 255 hops
         10 08 ; Who-Is`,
      ],
      [
        'server',
        `81 0b 0014 ; Original-Broadcast-NPDU, 20 octets
         01 00
         10 00 ; I-Am
         c4 020004d2 ; device 1234
         22 05c4 91 00 21 05 ; 1476 octets, segmented both, vendor 5`,
      ],
    ],
    operations: [
      'unconfirmed.8 Who-Is (diagnostic): 1 requests, 0 responses, 0 refused',
      'unconfirmed.0 I-Am (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'address = BACnet device 1234 (bacnet.device-instance, server)',
      'vendor = Johnson Controls (bacnet.vendor-identifier, server)',
    ],
  },
  {
    title: 'keeps a device behind a router apart',
    origin: CLAUSES,
    messages: [
      [
        'server',
        `81 0a 0019 ; Original-Unicast-NPDU, 25 octets
         01 08 07d1 01 0c ; from network 2001, address 12
         10 00 ; I-Am
         c4 02000058 ; device 88
         22 0180 91 03 22 019f ; 384 octets, not segmented, vendor 415`,
      ],
      [
        'client',
        `81 0a 0016 ; Original-Unicast-NPDU, 22 octets
         01 24 07d1 01 0c ff ; to network 2001, address 12
         00 05 07 0c ; ReadProperty, invoke id 7
         0c 02000058 19 46 ; model-name`,
      ],
      [
        'server',
        `81 0a 001b ; Original-Unicast-NPDU, 27 octets
         01 08 07d1 01 0c ; from there
         30 07 0c ; Complex-ACK
         0c 02000058 19 46 3e 74 00 435831 3f ; “CX1”`,
      ],
    ],
    operations: [
      'unconfirmed.0 I-Am (diagnostic): 0 requests, 1 responses, 0 refused',
      'confirmed.12 ReadProperty (read): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['confirmed.12: device 88+1'],
    evidence: [
      'address = BACnet device 88 (bacnet.device-instance, server, unit 88)',
      'address = BACnet network 2001, address 0c (bacnet.network, server, unit 88)',
      'note = BACnet router: devices of other networks are behind it (bacnet.router, server)',
      'vendor = Beckhoff (bacnet.vendor-identifier, server, unit 88)',
      'model = CX1 (bacnet.model-name, server, unit 88)',
      'address = BACnet device 88 (bacnet.device-instance, server, unit 88)',
      'address = BACnet network 2001, address 0c (bacnet.network, server, unit 88)',
      'note = BACnet router: devices of other networks are behind it (bacnet.router, server)',
    ],
  },
  {
    title: 'reads what a device is, property by property and several at once',
    origin: CLAUSES,
    messages: [
      [
        'client',
        `81 0a 0011 ; Original-Unicast-NPDU, 17 octets
         01 04
         00 05 01 0c ; ReadProperty, invoke id 1
         0c 023fffff 19 79 ; vendor-name of whichever device`,
      ],
      [
        'server',
        `81 0a 0019 ; Original-Unicast-NPDU, 25 octets
         01 00
         30 01 0c ; Complex-ACK
         0c 020004d2 19 79 3e 75 05 00 41636d65 3f ; “Acme”`,
      ],
      [
        'client',
        `81 0a 001c ; Original-Unicast-NPDU, 28 octets
         01 04
         00 05 02 0e ; ReadPropertyMultiple, invoke id 2
         0c 020004d2 1e 09 4d 1f ; object-name and more, in short
         0c 00000003 1e 09 55 1f ; analog-input 3, present-value`,
      ],
      [
        'server',
        `81 0a 0089 ; Original-Unicast-NPDU, 137 octets
         01 00
         30 02 0e ; Complex-ACK
         0c 020004d2 1e ; device 1234
         29 4d 4e 75 06 00 4148552d33 4f ; object-name
         29 46 4e 75 05 00 46583930 4f ; model-name
         29 2c 4e 75 06 00 372e312e32 4f ; firmware-revision
         29 0c 4e 73 00 3132 4f ; application-software-version
         29 1c 4e 75 0c 00 4169722068616e646c6572 4f ; description
         29 3a 4e 75 05 00 526f6f66 4f ; location
         2a 0174 4e 75 06 00 534e303031 4f ; serial-number
         29 70 4e 91 04 4f ; system-status: non-operational
         29 78 4e 21 05 4f ; vendor-identifier 5
         29 98 5e 91 02 91 20 5f ; an error: unknown-property
         1f
         0c 00000003 1e 29 55 4e 44 41a00000 4f 1f ; analog-input 3, present-value 20.0`,
      ],
    ],
    operations: [
      'confirmed.12 ReadProperty (read): 1 requests, 1 responses, 0 refused',
      'confirmed.14 ReadPropertyMultiple (read): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['confirmed.12: device 4194303+1', 'confirmed.14: device 1234+1', 'confirmed.14: analog-input 3+1'],
    evidence: [
      'vendor = Acme (bacnet.vendor-name, server)',
      'address = BACnet device 1234 (bacnet.device-instance, server)',
      'address = BACnet device 1234 (bacnet.device-instance, server)',
      'name = AHU-3 (bacnet.object-name, server)',
      'model = FX90 (bacnet.model-name, server)',
      'firmware = 7.1.2 (bacnet.firmware-revision, server)',
      'firmware = 12 (bacnet.application-software-version, server)',
      'note = Air handler (bacnet.description, server)',
      'location = Roof (bacnet.location, server)',
      'serial = SN001 (bacnet.serial-number, server)',
      'state = non-operational (bacnet.system-status, server)',
      'vendor = Johnson Controls (bacnet.vendor-identifier, server)',
    ],
  },
  {
    title: 'writes, controls and moves files; requests are refused in three ways',
    origin: CLAUSES,
    messages: [
      [
        'client',
        `81 0a 001a ; Original-Unicast-NPDU, 26 octets
         01 04
         00 05 03 0f ; WriteProperty
         0c 00400007 19 55 3e 44 42280000 3f 39 08 ; analog-output 7, present-value 42.0, priority 8`,
      ],
      [
        'server',
        `81 0a 0009 ; Original-Unicast-NPDU, 9 octets
         01 00
         20 03 0f ; Simple-ACK`,
      ],
      [
        'client',
        `81 0a 0017 ; Original-Unicast-NPDU, 23 octets
         01 04
         00 05 04 10 ; WritePropertyMultiple
         0c 01000002 1e 09 55 2e 91 01 2f 1f ; binary-output 2`,
      ],
      [
        'server',
        `81 0a 000d ; Original-Unicast-NPDU, 13 octets
         01 00
         50 04 10 91 02 91 28 ; Error: property, write-access-denied`,
      ],
      [
        'client',
        `81 0a 000c ; Original-Unicast-NPDU, 12 octets
         01 04
         00 05 05 14 09 00 ; ReinitializeDevice: coldstart`,
      ],
      [
        'server',
        `81 0a 0009 ; Original-Unicast-NPDU, 9 octets
         01 00
         60 05 09 ; Reject: unrecognized-service`,
      ],
      [
        'client',
        `81 0a 000c ; Original-Unicast-NPDU, 12 octets
         01 04
         00 05 06 11 19 01 ; DeviceCommunicationControl: disable`,
      ],
      [
        'server',
        `81 0a 0009 ; Original-Unicast-NPDU, 9 octets
         01 00
         71 06 04 ; Abort by the server`,
      ],
      [
        'client',
        `81 0a 0016 ; Original-Unicast-NPDU, 22 octets
         01 04
         00 05 07 07 c4 02800001 0e 31 00 62 abcd 0f ; AtomicWriteFile`,
      ],
    ],
    operations: [
      'confirmed.15 WriteProperty (write): 1 requests, 1 responses, 0 refused',
      'confirmed.16 WritePropertyMultiple (write): 1 requests, 1 responses, 1 refused',
      'confirmed.20 ReinitializeDevice (control): 1 requests, 1 responses, 1 refused',
      'confirmed.17 DeviceCommunicationControl (control): 1 requests, 1 responses, 1 refused',
      'confirmed.7 AtomicWriteFile (program): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['confirmed.15: analog-output 7+1', 'confirmed.16: binary-output 2+1'],
  },
  {
    title: 'subscribes to changes, is notified, and sets the time',
    origin: CLAUSES,
    messages: [
      [
        'client',
        `81 0a 0015 ; Original-Unicast-NPDU, 21 octets
         01 04
         00 05 08 05 ; SubscribeCOV
         09 01 1c 00000003 29 00 39 3c ; process 1, analog-input 3, unconfirmed, 60 s`,
      ],
      [
        'server',
        `81 0a 0009 ; Original-Unicast-NPDU, 9 octets
         01 00
         20 08 05 ; Simple-ACK`,
      ],
      [
        'server',
        `81 0a 0021 ; Original-Unicast-NPDU, 33 octets
         01 00
         10 02 ; UnconfirmedCOVNotification
         09 01 1c 020004d2 2c 00000003 39 3c 4e 09 55 2e 44 41a00000 2f 4f ; process, device, object, time, values`,
      ],
      [
        'server',
        `81 0a 001a ; Original-Unicast-NPDU, 26 octets
         01 04
         00 05 01 01 ; ConfirmedCOVNotification, invoke id 1 of the device
         09 01 1c 020004d2 2c 00000004 39 3c 4e 4f ; analog-input 4`,
      ],
      [
        'client',
        `81 0a 0009 ; Original-Unicast-NPDU, 9 octets
         01 00
         20 01 01 ; Simple-ACK`,
      ],
      [
        'client',
        `81 0a 0012 ; Original-Unicast-NPDU, 18 octets
         01 00
         10 06 a4 7e0b1506 b4 0c000000 ; TimeSynchronization`,
      ],
    ],
    operations: [
      'confirmed.5 SubscribeCOV (read): 1 requests, 1 responses, 0 refused',
      'unconfirmed.2 UnconfirmedCOVNotification (read): 0 requests, 1 responses, 0 refused',
      'confirmed.1 ConfirmedCOVNotification (read): 1 requests, 1 responses, 0 refused',
      'unconfirmed.6 TimeSynchronization (session): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['confirmed.5: analog-input 3+1', 'unconfirmed.2: analog-input 3+1', 'confirmed.1: analog-input 4+1'],
  },
  {
    title: 'looks at broadcast distribution: a device that a BBMD forwards for, tables and registrations',
    origin: BVLL,
    messages: [
      [
        'server',
        `81 04 001a ; Forwarded-NPDU, 26 octets
         0a000909 bac0 ; origin 10.0.9.9:47808
         01 00
         10 00 c4 02000009 22 05c4 91 03 21 18 ; I-Am: device 9, vendor 24`,
      ],
      ['client', `81 02 0004 ; Read-BDT`],
      [
        'server',
        `81 03 000e ; Read-BDT-Ack, 14 octets
         0a000101 bac0 ffffffff ; one entry`,
      ],
      [
        'client',
        `81 05 0006 ; Register-Foreign-Device, 6 octets
         003c ; for 60 s`,
      ],
      [
        'server',
        `81 00 0006 ; Result, 6 octets
         0030 ; Register-Foreign-Device NAK`,
      ],
      [
        'client',
        `81 05 0006 ; Register-Foreign-Device, 6 octets
         003c ; for 60 s`,
      ],
      [
        'server',
        `81 00 0006 ; Result, 6 octets
         0000 ; successful`,
      ],
    ],
    operations: [
      'unconfirmed.0 I-Am (diagnostic): 0 requests, 1 responses, 0 refused',
      'bvlc.2 Read-Broadcast-Distribution-Table (diagnostic): 1 requests, 1 responses, 0 refused',
      'bvlc.5 Register-Foreign-Device (session): 2 requests, 2 responses, 1 refused',
    ],
    evidence: [
      'address = BACnet device 9 (bacnet.device-instance, host 0a000909)',
      'vendor = Automated Logic (bacnet.vendor-identifier, host 0a000909)',
      'note = registers as BACnet foreign device (bacnet.foreign-device, client)',
      'note = registers as BACnet foreign device (bacnet.foreign-device, client)',
    ],
  },
  {
    title: 'asks for routers',
    origin: CLAUSES,
    messages: [
      [
        'client',
        `81 0b 0009 ; Original-Broadcast-NPDU, 9 octets
         01 80 00 07d1 ; Who-Is-Router-To-Network 2001`,
      ],
      [
        'server',
        `81 0b 0009 ; Original-Broadcast-NPDU, 9 octets
         01 80 01 07d1 ; I-Am-Router-To-Network 2001`,
      ],
    ],
    operations: [
      'network.0 Who-Is-Router-To-Network (diagnostic): 1 requests, 0 responses, 0 refused',
      'network.1 I-Am-Router-To-Network (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
    evidence: ['note = BACnet router: devices of other networks are behind it (bacnet.router, server)'],
  },
  {
    title: 'counts segmented requests and answers once',
    origin: CLAUSES,
    messages: [
      [
        'client',
        `81 0a 0013 ; Original-Unicast-NPDU, 19 octets
         01 04
         0c 05 09 00 02 0e ; ReadPropertyMultiple in segments, the first
         0c 020004d2 1e 09 ; cut by segmentation`,
      ],
      [
        'client',
        `81 0a 000e ; Original-Unicast-NPDU, 14 octets
         01 04
         08 05 09 01 02 0e ; the last
         4d 1f`,
      ],
      [
        'server',
        `81 0a 000a ; Original-Unicast-NPDU, 10 octets
         01 00
         40 09 01 02 ; Segment-ACK`,
      ],
      [
        'server',
        `81 0a 001f ; Original-Unicast-NPDU, 31 octets
         01 00
         3c 09 00 02 0e ; the answer in segments, the first
         0c 020004d2 1e 29 4d 4e 75 06 00 4148552d33 4f 29 46`,
      ],
      [
        'server',
        `81 0a 0010 ; Original-Unicast-NPDU, 16 octets
         01 00
         38 09 01 02 0e 4e 71 00 4f 1f ; the last`,
      ],
    ],
    operations: ['confirmed.14 ReadPropertyMultiple (read): 1 requests, 1 responses, 0 refused'],
    touches: ['confirmed.14: device 1234+1'],
    evidence: [
      'address = BACnet device 1234 (bacnet.device-instance, server)',
      'name = AHU-3 (bacnet.object-name, server)',
    ],
  },
  {
    title: 'takes names in other character sets',
    origin: 'ANSI/ASHRAE 135, 20.2.9',
    messages: [
      [
        'server',
        `81 0a 001b ; Original-Unicast-NPDU, 27 octets
         01 00
         30 01 0c 0c 02000005 19 4d 3e 75 07 04 004b 00fc 0031 3f ; UCS-2: Kü1`,
      ],
      [
        'server',
        `81 0a 001a ; Original-Unicast-NPDU, 26 octets
         01 00
         10 01 c4 02000005 c4 02000005 75 06 05 4b fc 63 68 65 ; I-Have, ISO 8859-1: Küche`,
      ],
    ],
    operations: [
      'confirmed.12 ReadProperty (read): 0 requests, 1 responses, 0 refused',
      'unconfirmed.1 I-Have (diagnostic): 0 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'name = Kü1 (bacnet.object-name, server)',
      'address = BACnet device 5 (bacnet.device-instance, server)',
      'address = BACnet device 5 (bacnet.device-instance, server)',
      'name = Küche (bacnet.object-name, server)',
    ],
  },
  {
    title: 'counts what it does not know, and what is cut short',
    origin: 'made: unknown service, unknown function, a value past the end, an NPDU of version 2',
    messages: [
      [
        'client',
        `81 0a 000a ; Original-Unicast-NPDU, 10 octets
         01 04
         00 05 0a 63 ; confirmed service 99`,
      ],
      [
        'client',
        `81 49 0005 ; , 5 octets
         00`,
      ],
      [
        'client',
        `81 0a 000d ; Original-Unicast-NPDU, 13 octets
         01 04
         00 05 0b 0c 0c 0200`,
      ],
      [
        'client',
        `81 0a 0008 ; Original-Unicast-NPDU, 8 octets
         02 00 10 08`,
      ],
    ],
    outcomes: [Outcome.unsupported, Outcome.unsupported, Outcome.truncated, Outcome.malformed],
    operations: [
      'confirmed.99 Service 99 (write): 1 requests, 0 responses, 0 refused',
      'confirmed.12 ReadProperty (read): 1 requests, 0 responses, 0 refused',
    ],
  },
];
