import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

const VOLUME_1 = 'The CIP Networks Library Volume 1';
const VOLUME_2 = 'The CIP Networks Library Volume 2';

/** Hexadecimal digits without comments and white space. */
function digits(annotated: string): string {
  return annotated.replace(/;.*$/gm, '').replace(/\s+/g, '');
}

/** The length of `annotated` in bytes as 16 bits, least significant byte first. */
function length(annotated: string): string {
  const bytes = digits(annotated).length / 2;
  return [bytes & 0xff, bytes >> 8].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const NO_CONTEXT = '0000000000000000';

/** A message of session 0x11020001: command, length, session, status, sender context, options, data. */
function message(command: string, data: string, context: string = NO_CONTEXT, status: string = '00000000'): string {
  return `${command} ${length(data)} 01000211 ${status} ${context} 00000000 ${digits(data)}`;
}

/** Send RR Data: interface handle, time-out, two items (null address, unconnected data). */
function unconnected(context: number, cip: string): string {
  const data = `00000000 0a00 0200 0000 0000 b200 ${length(cip)} ${digits(cip)}`;
  return message('6f00', data, `${context.toString(16).padStart(2, '0')}00000000000000`);
}

/** Send Unit Data: interface handle, time-out, two items (connected address, connected data with a sequence count). */
function connected(connection: string, count: number, cip: string): string {
  const data = `${count.toString(16).padStart(2, '0')}00 ${digits(cip)}`;
  return message('7000', `00000000 0000 0200 a100 0400 ${connection} b100 ${length(data)} ${data}`);
}

/** Identity attributes 1 to 7, as Get Attributes All returns them. */
const IDENTITY = `
  0100 ; vendor id
  0e00 ; device type
  3600 ; product code
  140b ; revision 20.11
  6030 ; status: I/O connection in run mode
  efbead0d ; serial number
  04 4b504c43 ; product name`;

/** The identity as evidence, of the device or of a unit behind it. */
function identity(unit: string = ''): readonly string[] {
  return [
    `vendor = Rockwell Automation/Allen-Bradley (enip.identity-object.vendor-id, server${unit})`,
    `device-type = Programmable Logic Controller (enip.identity-object.device-type, server${unit})`,
    `note = product code 54 (enip.identity-object.product-code, server${unit})`,
    `firmware = 20.11 (enip.identity-object.revision, server${unit})`,
    `state = I/O connection in run mode (enip.identity-object.status, server${unit})`,
    `serial = 0dadbeef (enip.identity-object.serial-number, server${unit})`,
    `product = KPLC (enip.identity-object.product-name, server${unit})`,
  ];
}

/** Forward Open up to its connection path: class 3, both connection ids, the originator's triad, intervals and sizes. */
function forwardOpen(transport: string, path: string, vendor: string = '5b00'): string {
  return `54 02 2006 2401
    07 f9 ; priority and time tick, time-out ticks
    00000000 21436587 ; connection ids: O->T (the target will choose), T->O
    3412 ${vendor} 78563412 ; connection serial number, originator vendor id and serial number
    01 000000 ; time-out multiplier
    80841e00 f443 80841e00 f443 ; O->T and T->O: interval of 2 s, network parameters
    ${transport} ; transport class and trigger
    ${path}`;
}

/** A successful reply to it. */
const OPENED = `d4 00 00 00
  04030201 21436587 ; connection ids: O->T, T->O
  3412 5b00 78563412 ; triad
  80841e00 80841e00 00 00 ; actual intervals, no application reply`;
const TO_TARGET = '04030201';
const TO_ORIGINATOR = '21436587';

const SEND = '0x006f Send RR Data (session)';
const UNIT_DATA = '0x0070 Send Unit Data (session)';

export const samples: readonly Sample[] = [
  {
    title: 'learns a device from List Identity',
    origin: `${VOLUME_2}, section 2-4.2; invented values`,
    messages: [
      ['client', '6300 0000 00000000 00000000 0000000000000000 00000000'],
      [
        'server',
        `6300 3300 00000000 00000000 0000000000000000 00000000
         0100 0c00 2d00 ; one item: identity, 45 bytes
         0100 ; encapsulation protocol version
         0002 af12 0a010105 0000000000000000 ; socket address 10.1.1.5:44818
         0100 0c00 3a00 ; vendor id, device type, product code
         0403 3000 8e4d5200 ; revision 4.3, status, serial number
         0b 313735362d454e42542f41 ; product name
         03 ; state`,
      ],
    ],
    operations: ['0x0063 List Identity (diagnostic): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'address = 10.1.1.5 (enip.list-identity.socket-address, server)',
      'vendor = Rockwell Automation/Allen-Bradley (enip.list-identity.vendor-id, server)',
      'device-type = Communications Adapter (enip.list-identity.device-type, server)',
      'note = product code 58 (enip.list-identity.product-code, server)',
      'firmware = 4.3 (enip.list-identity.revision, server)',
      'state = no I/O connections (enip.list-identity.status, server)',
      'serial = 00524d8e (enip.list-identity.serial-number, server)',
      'product = 1756-ENBT/A (enip.list-identity.product-name, server)',
      'state = operational (enip.list-identity.state, server)',
    ],
  },
  {
    title: 'learns of CIP Security from its item and from Start DTLS',
    origin: `${VOLUME_2}, section 2-4.2, and Volume 8; invented values`,
    messages: [
      [
        'server',
        message(
          '6300',
          `0200 0c00 2300 0100 0002af12c0a801140000000000000000
           3202 2b00 0100 0201 0004 00000001 01 58 ff ; identity, whose name is X
           8600 0600 0300 02 02 01 00 ; CIP Security: profiles, states`,
        ),
      ],
      ['client', message('c800', '')],
      ['server', message('c800', '')],
    ],
    operations: [
      '0x0063 List Identity (diagnostic): 0 requests, 1 responses, 0 refused',
      '0x00c8 Start DTLS (session): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'address = 192.168.1.20 (enip.list-identity.socket-address, server)',
      'vendor = Phoenix Contact (enip.list-identity.vendor-id, server)',
      'device-type = Generic Device (keyable) (enip.list-identity.device-type, server)',
      'note = product code 1 (enip.list-identity.product-code, server)',
      'firmware = 2.1 (enip.list-identity.revision, server)',
      'state = major recoverable fault (enip.list-identity.status, server)',
      'serial = 01000000 (enip.list-identity.serial-number, server)',
      'product = X (enip.list-identity.product-name, server)',
      'protection = CIP Security: configured (enip.cip-security-item, server)',
      'protection = EtherNet/IP over DTLS (enip.dtls, server)',
    ],
  },
  {
    title: 'counts sessions, and the commands without evidence',
    origin: `${VOLUME_2}, sections 2-4.1 to 2-4.8`,
    messages: [
      ['client', '6500 0400 00000000 00000000 0000000000000000 00000000 0100 0000'],
      ['server', '6500 0400 01000211 00000000 0000000000000000 00000000 0100 0000'],
      ['client', '6500 0400 00000000 00000000 0000000000000000 00000000 0200 0000'],
      ['server', '6500 0400 00000000 69000000 0000000000000000 00000000 0100 0000 ; protocol version not supported'],
      ['client', message('0400', '')],
      [
        'server',
        message(
          '0400',
          `0100 0001 1400 0100 2001 ; one item: version 1, CIP over TCP and class 0/1 over UDP
           436f6d6d756e69636174696f6e730000 ; Communications`,
        ),
      ],
      ['client', message('6400', '')],
      ['server', message('6400', '0000')],
      ['client', message('0100', '')],
      ['server', message('0100', '0000')],
      ['client', message('7200', '')],
      ['client', message('7300', '')],
      ['client', message('0000', '6b656570')],
      ['server', message('0000', '6b656570')],
      ['client', message('6600', '')],
    ],
    unrecognised: [12, 13], // NOP
    operations: [
      '0x0065 Register Session (session): 2 requests, 2 responses, 1 refused',
      '0x0004 List Services (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x0064 List Interfaces (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x0001 List Targets (legacy) (diagnostic): 1 requests, 1 responses, 0 refused',
      '0x0072 Indicate Status (legacy) (session): 1 requests, 0 responses, 0 refused',
      '0x0073 Cancel (legacy) (session): 1 requests, 0 responses, 0 refused',
      '0x0000 NOP (session): 1 requests, 0 responses, 0 refused',
      '0x0066 Unregister Session (session): 1 requests, 0 responses, 0 refused',
    ],
    evidence: ['note = service Communications (enip.list-services, server)'],
  },
  {
    title: 'counts a refused data message',
    origin: `${VOLUME_2}, table 2-3.3: invalid session handle`,
    messages: [
      ['client', unconnected(1, '01 02 2001 2401')],
      ['server', message('6f00', '', NO_CONTEXT, '64000000')],
    ],
    operations: [
      `${SEND}: 1 requests, 1 responses, 1 refused`,
      'cip.0x01 Get Attributes All: Identity (diagnostic): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['cip.0x01: Identity 1+1'],
  },
  {
    title: 'learns a device from Get Attributes All of its Identity object',
    origin: `${VOLUME_1}, section 5A-2; invented values`,
    messages: [
      ['client', unconnected(1, '01 02 2001 2401')],
      [
        'server',
        unconnected(
          1,
          `81 00 00 00 ${IDENTITY}
           03 ; state`,
        ),
      ],
    ],
    operations: [
      `${SEND}: 1 requests, 1 responses, 0 refused`,
      'cip.0x01 Get Attributes All: Identity (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['cip.0x01: Identity 1+1'],
    evidence: [...identity(), 'state = operational (enip.identity-object.state, server)'],
  },
  {
    title: 'learns a device from single attributes and from a list of them',
    origin: `${VOLUME_1}, appendices A-4.3 and A-4.14; invented values`,
    messages: [
      ['client', unconnected(1, '0e 03 2001 2401 3006 ; attribute 6, serial number')],
      ['client', unconnected(2, '0e 04 2001 2401 3100 0700 ; attribute 7 in 16 bits, product name')],
      ['server', unconnected(2, '8e 00 00 00 03 414243')],
      ['server', unconnected(1, '8e 00 00 00 2a000000')],
      ['client', unconnected(3, '0e 03 2001 2401 3063 ; attribute 99')],
      ['server', unconnected(3, '8e 00 14 00 ; attribute not supported')],
      ['client', unconnected(4, '03 02 2001 2401 0300 0100 6300 0400')],
      ['server', unconnected(4, '83 00 0a 00 0300 0100 0000 2f00 6300 1400 0400 0000 0101')],
      ['client', unconnected(5, '03 02 2001 2401 0200 0100 0400')],
      ['server', unconnected(5, '83 00 00 00 0200 0100 0000 2f00 0400 0000 0101')],
    ],
    operations: [
      `${SEND}: 5 requests, 5 responses, 0 refused`,
      'cip.0x0e Get Attribute Single: Identity (diagnostic): 3 requests, 3 responses, 1 refused',
      'cip.0x03 Get Attribute List: Identity (diagnostic): 2 requests, 2 responses, 1 refused',
    ],
    touches: [
      'cip.0x0e: Identity 1+1',
      'cip.0x0e: Identity 1+1',
      'cip.0x0e: Identity 1+1',
      'cip.0x03: Identity 1+1',
      'cip.0x03: Identity 1+1',
    ],
    evidence: [
      'product = ABC (enip.identity-object.product-name, server)',
      'serial = 0000002a (enip.identity-object.serial-number, server)',
      'vendor = Omron Corporation (enip.identity-object.vendor-id, server)',
      'firmware = 1.1 (enip.identity-object.revision, server)',
    ],
  },
  {
    title: 'learns of a module in a backplane slot through Unconnected Send',
    origin: `${VOLUME_1}, section 3-5.5.4; invented values`,
    messages: [
      ['client', unconnected(1, '52 02 2006 2401 07 9a 0600 0102 2001 2401 01 00 0103 ; route: port 1, slot 3')],
      ['server', unconnected(1, `81 00 00 00 ${IDENTITY}`)],
      ['client', unconnected(2, '52 02 2006 2401 07 9a 0600 0102 2001 2401 01 00 0104')],
      ['server', unconnected(2, 'd2 00 01 01 0402 01 00 ; connection failure: request timed out')],
    ],
    operations: [
      `${SEND}: 2 requests, 2 responses, 0 refused`,
      'cip.0x52 Unconnected Send (session): 2 requests, 1 responses, 1 refused',
      'cip.0x01 Get Attributes All: Identity (diagnostic) unit 3: 1 requests, 1 responses, 0 refused',
      'cip.0x01 Get Attributes All: Identity (diagnostic) unit 4: 1 requests, 0 responses, 0 refused',
    ],
    touches: ['cip.0x01: Identity 1+1', 'cip.0x01: Identity 1+1'],
    evidence: identity(', unit 3'),
  },
  {
    title: 'takes no identity for this device when the route leads to another',
    origin: `${VOLUME_1}, appendix C-1.4.1: slot 2, then port 2 to 10.0.0.7`,
    messages: [
      [
        'client',
        unconnected(
          1,
          `52 02 2006 2401 07 9a 0600 0102 2001 2401
           06 00 0102 12 08 31302e302e302e37 ; two hops`,
        ),
      ],
      ['server', unconnected(1, `81 00 00 00 ${IDENTITY}`)],
    ],
    operations: [
      `${SEND}: 1 requests, 1 responses, 0 refused`,
      'cip.0x52 Unconnected Send (session): 1 requests, 0 responses, 0 refused',
      'cip.0x01 Get Attributes All: Identity (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['cip.0x01: Identity 1+1'],
  },
  {
    title: 'tells Read Tag Fragmented from Unconnected Send, which have one number',
    origin: `${VOLUME_1}, section 3-5.5.4, and 1756-PM020`,
    messages: [
      ['client', unconnected(1, '52 02 2006 2401 07 9a 0e00 5203 9104 54616e6b 0100 00000000 01 00 0100 ; tag Tank')],
      ['server', unconnected(1, 'd2 00 06 00 c300 0700 ; partial transfer')],
    ],
    operations: [
      `${SEND}: 1 requests, 1 responses, 0 refused`,
      'cip.0x52 Unconnected Send (session): 1 requests, 0 responses, 0 refused',
      'cip.0x52 Read Tag Fragmented (read) unit 0: 1 requests, 1 responses, 0 refused',
    ],
    touches: ['cip.0x52: tag "Tank"'],
  },
  {
    title: 'follows a class 3 connection to a slot from Forward Open to Forward Close',
    origin: `${VOLUME_1}, sections 3-5.5.2 and 3-5.5.3; invented values`,
    messages: [
      [
        'client',
        unconnected(
          1,
          forwardOpen(
            'a3',
            `08 0102 ; path of 8 words: port 1, slot 2
             3404 0100 0e00 3600 140b ; electronic key: vendor, device type, product code, revision 20.11
             2002 2401 ; Message Router`,
          ),
        ),
      ],
      ['server', unconnected(1, OPENED)],
      ['client', connected(TO_TARGET, 1, '0e 03 2001 2401 3006')],
      ['server', connected(TO_ORIGINATOR, 1, '8e 00 00 00 2a000000')],
      ['client', unconnected(2, '4e 02 2006 2401 07 f9 3412 5b00 78563412 03 00 0102 2002 2401')],
      ['server', unconnected(2, 'ce 00 00 00 3412 5b00 78563412 00 00')],
      ['client', connected(TO_TARGET, 2, '0e 03 2001 2401 3006')],
      ['server', connected(TO_ORIGINATOR, 2, '8e 00 00 00 2b000000')],
    ],
    operations: [
      `${SEND}: 2 requests, 2 responses, 0 refused`,
      'cip.0x54 Forward Open (session): 1 requests, 1 responses, 0 refused',
      `${UNIT_DATA}: 2 requests, 2 responses, 0 refused`,
      'cip.0x0e Get Attribute Single: Identity (diagnostic) unit 2: 1 requests, 1 responses, 0 refused',
      'cip.0x4e Forward Close (session): 1 requests, 1 responses, 0 refused',
      'cip.0x0e Get Attribute Single: Identity (diagnostic): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['cip.0x0e: Identity 1+1', 'cip.0x0e: Identity 1+1'],
    evidence: [
      'vendor = Robicon (enip.originator.vendor-id, client)',
      'serial = 12345678 (enip.originator.serial-number, client)',
      'vendor = Rockwell Automation/Allen-Bradley (enip.electronic-key.vendor-id, server, unit 2)',
      'device-type = Programmable Logic Controller (enip.electronic-key.device-type, server, unit 2)',
      'firmware = 20.11 (enip.electronic-key.revision, server, unit 2)',
      'serial = 0000002a (enip.identity-object.serial-number, server, unit 2)',
    ],
  },
  {
    title: 'announces the I/O connections that Forward Open makes, and knows CIP Safety',
    origin: `${VOLUME_1}, section 3-5.5.2, and Volume 5; invented values`,
    messages: [
      [
        'client',
        unconnected(1, forwardOpen('01', '06 5001 0200 2004 2401 2c02 2c03 ; safety segment, Assembly 1, points')),
      ],
      ['server', unconnected(1, OPENED)],
      [
        'client',
        unconnected(
          2,
          `5b 02 2006 2401 07 f9 00000000 99000000 3512 4d00 78563412 01 000000
           80841e00 00020043 80841e00 00020043 ; Large Forward Open has 32 bits of parameters
           01 04 2004 2401 2c02 2c03`,
        ),
      ],
      ['server', unconnected(2, 'db 00 01 01 0001 3512 4d00 78563412 00 00 ; connection in use')],
    ],
    operations: [
      `${SEND}: 2 requests, 2 responses, 0 refused`,
      'cip.0x54 Forward Open (session): 1 requests, 1 responses, 0 refused',
      'cip.0x5b Large Forward Open (session): 1 requests, 1 responses, 1 refused',
    ],
    evidence: [
      'vendor = Robicon (enip.originator.vendor-id, client)',
      'serial = 12345678 (enip.originator.serial-number, client)',
      'note = CIP Safety (enip.safety, server)',
      'client-kind = Rockwell Software, Inc. (enip.originator.software, client)',
    ],
    announcements: ['16909060 by client', '2271560481 by server'],
  },
  {
    title: 'takes a Multiple Service Packet apart and pairs its replies in order',
    origin: `${VOLUME_1}, appendix A-4.10, and 1756-PM020; invented values`,
    messages: [
      [
        'client',
        connected(
          TO_TARGET,
          1,
          `0a 02 2002 2401
           0300 0800 1200 2000 ; three services and their offsets
           4c 03 9104 54616e6b 0100 ; Read Tag Tank
           4d 04 9105 56616c766500 c300 0100 ; Write Tag Valve
           03 02 208b 2401 0100 0500`,
        ),
      ],
      [
        'server',
        connected(
          TO_ORIGINATOR,
          1,
          `8a 00 1e 00 ; embedded service error
           0300 0800 1000 1400
           cc 00 00 00 c300 0700
           cd 00 0f 00 ; privilege violation
           83 00 00 00 0100 0500 0000 00000000`,
        ),
      ],
    ],
    operations: [
      `${UNIT_DATA}: 1 requests, 1 responses, 0 refused`,
      'cip.0x0a Multiple Service Packet (session): 1 requests, 1 responses, 1 refused',
      'cip.0x4c Read Tag (read): 1 requests, 1 responses, 0 refused',
      'cip.0x4d Write Tag (write): 1 requests, 1 responses, 1 refused',
      'cip.0x03 Get Attribute List (read): 1 requests, 1 responses, 0 refused',
    ],
    touches: ['cip.0x4c: tag "Tank"', 'cip.0x4d: tag "Valve"', 'cip.0x03: Wall Clock Time 1+1'],
  },
  {
    title: 'names tags by their whole path, and lists them',
    origin: '1756-PM020, chapter 1; invented names',
    messages: [
      ['client', unconnected(1, '4c 0d 9109 50726f6772616d3a4100 9104 4d61696e 2801 9103 52756e00 0100')],
      ['client', unconnected(2, '4c 05 9102 4142 2900 2c01 2805 0100 ; AB[300,5]: member ids in 16 and 8 bits')],
      ['client', unconnected(3, '4c 03 206b 2500 6400 0100 ; by symbol instance, 16 bits')],
      ['client', unconnected(4, '55 03 206b 2500 0000 0200 0100 0200')],
      ['server', unconnected(4, 'd5 00 06 00 01000000 0400 54616e6b c400 ; more to come')],
      ['client', unconnected(5, '4c 04 206c 2600 01000000 00000000 1000 ; Template, 32-bit instance')],
      ['client', unconnected(6, '4e 03 9104 54616e6b 0100 01 00')],
      ['client', unconnected(7, '53 03 9104 54616e6b c300 0100 00000000 0100')],
      ['client', unconnected(8, '4c 03 65 5370656564 0100 ; symbolic segment of 5 characters')],
    ],
    operations: [
      `${SEND}: 8 requests, 1 responses, 0 refused`,
      'cip.0x4c Read Tag (read): 4 requests, 0 responses, 0 refused',
      'cip.0x55 Get Instance Attribute List (diagnostic): 1 requests, 1 responses, 0 refused',
      'cip.0x4c Read Template (diagnostic): 1 requests, 0 responses, 0 refused',
      'cip.0x4e Read Modify Write Tag (write): 1 requests, 0 responses, 0 refused',
      'cip.0x53 Write Tag Fragmented (write): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      'cip.0x4c: tag "Program:A.Main[1].Run"',
      'cip.0x4c: tag "AB[300][5]"',
      'cip.0x4c: Symbol 100+1',
      'cip.0x55: Symbol 0+1',
      'cip.0x4c: Template 1+1',
      'cip.0x4e: tag "Tank"',
      'cip.0x53: tag "Tank"',
      'cip.0x4c: tag "Speed"',
    ],
  },
  {
    title: 'learns names and addresses from the network objects, and tells their configuration from process data',
    origin: `${VOLUME_2}, sections 5-4 and 5-5, and Volume 8; invented values`,
    messages: [
      ['client', unconnected(1, '01 02 20f5 2401')],
      [
        'server',
        unconnected(
          1,
          `81 00 00 00 01000000 14000000 00000000 ; status, capability, control
           0200 20f6 2401 ; physical link
           0501a8c0 00ffffff 0101a8c0 00000000 00000000 0300 6c616e00 ; interface, domain name lan
           0400 6c696e65 ; host name`,
        ),
      ],
      ['client', unconnected(2, '0e 03 20f6 2401 3003')],
      ['server', unconnected(2, '8e 00 00 00 001d9c010203')],
      ['client', unconnected(3, '0e 03 205d 2401 3001')],
      ['server', unconnected(3, '8e 00 00 00 00')],
      ['client', unconnected(4, '10 03 20f5 2401 3005 0601a8c0')],
      ['server', unconnected(4, '90 00 10 00 ; device state conflict')],
      ['client', unconnected(5, '10 03 2004 2464 3003 ffff ; Assembly 100')],
      ['client', unconnected(6, '0e 03 2004 2464 3003')],
    ],
    operations: [
      `${SEND}: 6 requests, 4 responses, 0 refused`,
      'cip.0x01 Get Attributes All: TCP/IP Interface (diagnostic): 1 requests, 1 responses, 0 refused',
      'cip.0x0e Get Attribute Single: Ethernet Link (diagnostic): 1 requests, 1 responses, 0 refused',
      'cip.0x0e Get Attribute Single: CIP Security (diagnostic): 1 requests, 1 responses, 0 refused',
      'cip.0x10 Set Attribute Single: TCP/IP Interface (program): 1 requests, 1 responses, 1 refused',
      'cip.0x10 Set Attribute Single (write): 1 requests, 0 responses, 0 refused',
      'cip.0x0e Get Attribute Single (read): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      'cip.0x01: TCP/IP Interface 1+1',
      'cip.0x0e: Ethernet Link 1+1',
      'cip.0x0e: CIP Security 1+1',
      'cip.0x10: TCP/IP Interface 1+1',
      'cip.0x10: Assembly 100+1',
      'cip.0x0e: Assembly 100+1',
    ],
    evidence: [
      'address = 192.168.1.5 (enip.tcp-ip-interface.ip-address, server)',
      'name = line (enip.tcp-ip-interface.host-name, server)',
      'address = 00:1d:9c:01:02:03 (enip.ethernet-link.physical-address, server)',
      'protection = CIP Security: factory default configuration (enip.cip-security-object.state, server)',
    ],
  },
  {
    title: 'tells commands to the controller and transfers of programs and firmware',
    origin: `${VOLUME_1}, table A-3.1 and section 5A-42`,
    messages: [
      ['client', unconnected(1, '05 02 2001 2401 00')],
      ['server', unconnected(1, '85 00 00 00')],
      ['client', unconnected(2, '07 02 208e 2401')],
      ['client', unconnected(3, '06 02 208e 2401')],
      ['client', unconnected(4, '4c 02 2037 24c8 00000000 ; File object')],
      ['client', unconnected(5, '4d 02 20a1 2401 00000000')],
      ['client', unconnected(6, '08 02 2068 2400')],
      ['client', unconnected(7, '54 02 2039 2401 01')],
      ['client', unconnected(8, '7f 02 20c7 2401')],
    ],
    operations: [
      `${SEND}: 8 requests, 1 responses, 0 refused`,
      'cip.0x05 Reset: Identity (control): 1 requests, 1 responses, 0 refused',
      'cip.0x07 Stop: Logix Controller (undocumented) (control): 1 requests, 0 responses, 0 refused',
      'cip.0x06 Start: Logix Controller (undocumented) (control): 1 requests, 0 responses, 0 refused',
      'cip.0x4c Initiate Download (program): 1 requests, 0 responses, 0 refused',
      'cip.0x4d Service 0x4d: Rockwell Firmware Update (undocumented) (program): 1 requests, 0 responses, 0 refused',
      'cip.0x08 Create: Logix Program (undocumented) (program): 1 requests, 0 responses, 0 refused',
      'cip.0x54 Safety Reset (control): 1 requests, 0 responses, 0 refused',
      'cip.0x7f Service 0x7f: class 0xc7 (write): 1 requests, 0 responses, 0 refused',
    ],
    touches: [
      'cip.0x05: Identity 1+1',
      'cip.0x07: Logix Controller (undocumented) 1+1',
      'cip.0x06: Logix Controller (undocumented) 1+1',
      'cip.0x4c: File 200+1',
      'cip.0x4d: Rockwell Firmware Update (undocumented) 1+1',
      'cip.0x08: Logix Program (undocumented) 0+1',
      'cip.0x54: Safety Supervisor 1+1',
      'cip.0x7f: class 0xc7 1+1',
    ],
  },
  {
    title: 'tells PCCC commands, their files, and the processor that answers',
    origin: '1770-6.5.16, chapters 7 and 10; invented values',
    messages: [
      ['client', unconnected(1, '4b 02 2067 2401 07 4d00 44332211 0f 00 0100 a2 14 07 89 05 00 ; 20 bytes from N7:5')],
      ['server', unconnected(1, 'cb 00 00 00 07 4d00 44332211 4f 00 0100 0000')],
      [
        'client',
        unconnected(2, '4b 02 2067 2401 07 4d00 44332211 0f 00 0200 aa 04 ff0001 8a ff2c01 00 00000000 ; F256:300'),
      ],
      ['client', unconnected(3, '4b 02 2067 2401 07 4d00 44332211 0f 00 0300 80 06 ; change mode')],
      ['server', unconnected(3, 'cb 00 00 00 07 4d00 44332211 4f f0 0300 0b ; refused: access denied')],
      ['client', unconnected(4, '4b 02 2067 2401 07 4d00 44332211 06 00 0400 03 ; diagnostic status')],
      [
        'server',
        unconnected(
          4,
          `cb 00 00 00 07 4d00 44332211 46 00 0400
           00 ee 4a 9f 23 ; mode, types, series B revision D
           313736362d4c45432020 20 ; bulletin name
           0000 2600 3682 9efc`,
        ),
      ],
      ['client', unconnected(5, '4b 02 2067 2401 07 4d00 44332211 08 00 0500 1000 ff ; unprotected write')],
      ['client', unconnected(6, '4b 02 2067 2401 07 4d00 44332211 07 00 0600 04')],
      ['client', unconnected(7, '4b 02 2067 2401 07 4d00 44332211 0f 00 0700 a3')],
    ],
    operations: [
      `${SEND}: 7 requests, 3 responses, 0 refused`,
      'cip.0x4b Execute PCCC: Protected Typed Logical Read with Three Address Fields (read): 1 requests, 1 responses, 0 refused',
      'cip.0x4b Execute PCCC: Protected Typed Logical Write with Three Address Fields (write): 1 requests, 0 responses, 0 refused',
      'cip.0x4b Execute PCCC: Change Mode (control): 1 requests, 1 responses, 1 refused',
      'cip.0x4b Execute PCCC: Diagnostic Status (diagnostic): 1 requests, 1 responses, 0 refused',
      'cip.0x4b Execute PCCC: Unprotected Write (write): 1 requests, 0 responses, 0 refused',
      'cip.0x4b Execute PCCC: Enter Download Mode (program): 1 requests, 0 responses, 0 refused',
      'cip.0x4b Execute PCCC: Command 0x0f/0xa3 (write): 1 requests, 0 responses, 0 refused',
    ],
    touches: ['cip.0x4b: file N7 5+20', 'cip.0x4b: file F256 300+4'],
    evidence: [
      ...Array.from({ length: 4 }, () => 'client-kind = Rockwell Software, Inc. (enip.originator.software, client)'),
      'product = 1766-LEC (enip.pccc-diagnostic-status.name, server)',
      'hardware = series B revision D (enip.pccc-diagnostic-status.revision, server)',
      ...Array.from({ length: 3 }, () => 'client-kind = Rockwell Software, Inc. (enip.originator.software, client)'),
    ],
  },
  {
    title: 'pairs replies in the order of asking when the sender context never changes',
    origin: 'made: two attributes are asked for before the first reply',
    messages: [
      ['client', unconnected(0, '0e 03 2001 2401 3006')],
      ['client', unconnected(0, '0e 03 2001 2401 3001')],
      ['server', unconnected(0, '8e 00 00 00 2a000000')],
      ['server', unconnected(0, '8e 00 00 00 2f00')],
    ],
    operations: [
      `${SEND}: 2 requests, 2 responses, 0 refused`,
      'cip.0x0e Get Attribute Single: Identity (diagnostic): 2 requests, 2 responses, 0 refused',
    ],
    touches: ['cip.0x0e: Identity 1+1', 'cip.0x0e: Identity 1+1'],
    evidence: [
      'serial = 0000002a (enip.identity-object.serial-number, server)',
      'vendor = Omron Corporation (enip.identity-object.vendor-id, server)',
    ],
  },
  {
    title: 'counts replies whose requests were not heard',
    origin: `${VOLUME_1}, section 2-4.2`,
    messages: [
      ['server', connected(TO_ORIGINATOR, 9, 'cc 00 00 00 c300 0700')],
      ['server', connected(TO_ORIGINATOR, 10, '8a 00 00 00 0200 0600 0c00 83 00 00 00 0000 83 00 05 00')],
      ['server', unconnected(1, 'cd 00 00 00')],
      ['server', unconnected(2, OPENED)],
    ],
    operations: [
      `${UNIT_DATA}: 0 requests, 2 responses, 0 refused`,
      'cip.0x4c Service 0x4c (read): 0 requests, 1 responses, 0 refused',
      'cip.0x0a Multiple Service Packet (session): 0 requests, 1 responses, 0 refused',
      'cip.0x03 Get Attribute List (read): 0 requests, 2 responses, 1 refused',
      `${SEND}: 0 requests, 2 responses, 0 refused`,
      'cip.0x4d Service 0x4d (write): 0 requests, 1 responses, 0 refused',
      'cip.0x54 Forward Open (session): 0 requests, 1 responses, 0 refused',
    ],
    announcements: ['16909060 by client', '2271560481 by server'],
  },
  {
    title: 'counts requests that are cut short or contradict themselves',
    origin: 'made',
    messages: [
      ['client', unconnected(1, '0e 03 2001 2401 ; a path of 3 words, of which 2 are there')],
      ['client', unconnected(2, '0e 01 e000 ; a segment of a reserved type')],
      ['client', unconnected(3, '0a 02 2002 2401 0200 0600 0600 0102 2001 ; two services at one place')],
      ['client', unconnected(4, '0a 02 2002 2401 0900 ; offsets that are not there')],
      ['client', unconnected(5, '52 02 2006 2401 07 9a ff00 0102')],
      ['client', unconnected(6, '54 02 2006 2401 07 f9')],
      ['client', unconnected(7, '4b 02 2067 2401 07 4d')],
      ['client', message('6f00', '00000000 0a00 0200 0000 0000 b200 ff00 01')],
      ['client', message('6f00', '00000000 0a00 0200 a100 0200 0000 b200 0000')],
    ],
    outcomes: [
      Outcome.truncated,
      Outcome.malformed,
      Outcome.malformed,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.truncated,
      Outcome.malformed,
    ],
    operations: [
      `${SEND}: 9 requests, 0 responses, 0 refused`,
      'cip.0x0e Get Attribute Single (read): 2 requests, 0 responses, 0 refused',
      'cip.0x0a Multiple Service Packet (session): 2 requests, 0 responses, 0 refused',
      'cip.0x52 Unconnected Send (session): 1 requests, 0 responses, 0 refused',
      'cip.0x54 Forward Open (session): 1 requests, 0 responses, 0 refused',
      'cip.0x4b Execute PCCC (write): 1 requests, 0 responses, 0 refused',
    ],
  },
  {
    title: 'goes no deeper than any device does, and leaves alone what is not CIP',
    origin: 'made: five packets in one another; another interface; data of a connection to something else',
    messages: [
      [
        'client',
        unconnected(
          1,
          `0a 02 2002 2401 0100 0400
           0a 02 2002 2401 0100 0400
           0a 02 2002 2401 0100 0400
           0a 02 2002 2401 0100 0400
           0a 02 2002 2401 0100 0400 0102 2001 2401`,
        ),
      ],
      ['client', message('6f00', '01000000 0a00 0200 0000 0000 b200 0600 0102 20012401')],
      ['client', connected(TO_TARGET, 1, '00 00 0000 0000')],
      ['server', unconnected(1, '01 02 2001 2401')],
    ],
    outcomes: [Outcome.unsupported, Outcome.unsupported, Outcome.unsupported, Outcome.unsupported],
    operations: [
      `${SEND}: 2 requests, 1 responses, 0 refused`,
      'cip.0x0a Multiple Service Packet (session): 4 requests, 0 responses, 0 refused',
      `${UNIT_DATA}: 1 requests, 0 responses, 0 refused`,
    ],
  },
];
