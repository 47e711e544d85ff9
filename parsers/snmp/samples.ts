import { Outcome } from '../protocol.ts';
import type { Sample } from '../sample.ts';

/** One BER element: tag, length, value, the value being hexadecimal digits. */
export function tlv(tag: string, ...parts: readonly string[]): string {
  const value = parts.join('').replace(/\s+/g, '');
  const length = value.length / 2;
  const digits = length.toString(16).padStart(2, '0');
  return `${tag}${length < 0x80 ? digits : length < 0x100 ? `81${digits}` : `82${digits.padStart(4, '0')}`}${value}`;
}

/** The characters of a string as hexadecimal digits. */
export function chars(value: string): string {
  return [...value].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

const COMMUNITY = tlv('04', chars('secret'));

function pdu(tag: string, id: string, status: string, ...bindings: readonly string[]): string {
  return tlv(tag, tlv('02', id), tlv('02', status), tlv('02', '00'), tlv('30', ...bindings));
}

function binding(name: string, value: string): string {
  return tlv('30', tlv('06', name), value);
}

function v2c(message: string): string {
  return tlv('30', '020101', COMMUNITY, message);
}

const SYS_DESCR = '2b06010201010100';
const SYS_OBJECT_ID = '2b06010201010200';
const SYS_CONTACT = '2b06010201010400';
const SYS_NAME = '2b06010201010500';
const SYS_LOCATION = '2b06010201010600';
const ENTITY = (column: string, index: string): string => `2b060102012f01010101${column}${index}`;
const NULL = '0500';

function v3(flags: string, engine: string, data: string): string {
  const parameters = tlv('30', tlv('04', engine), tlv('02', '00'), tlv('02', '00'), tlv('04'), tlv('04'), tlv('04'));
  const header = tlv('30', tlv('02', '01'), tlv('02', '05c0'), tlv('04', flags), tlv('02', '03'));
  return tlv('30', '020103', header, tlv('04', parameters), data);
}

const MOXA_ENGINE = '800021f30300112233'; // 8691

export const samples: readonly Sample[] = [
  {
    title: 'tells a default community from others',
    origin: 'RFC 1901, section 2',
    messages: [
      ['client', tlv('30', '020101', tlv('04', chars('public')), pdu('a0', '01', '00', binding(SYS_NAME, NULL)))],
      ['client', tlv('30', '020101', tlv('04', chars('publicity')), pdu('a0', '02', '00', binding(SYS_NAME, NULL)))],
    ],
    operations: ['get GetRequest (read): 2 requests, 0 responses, 0 refused'],
    evidence: [
      'protection = SNMP v2c: community in clear (snmp.version, client)',
      'protection = SNMP: default community in use (snmp.community, client)',
      'protection = SNMP v2c: community in clear (snmp.version, client)',
    ],
  },
  {
    title: 'learns an agent from its system group, and never the community or the contact',
    origin: 'RFC 3416, sections 3 and 4.2; RFC 3418; invented values',
    messages: [
      ['client', v2c(pdu('a0', '1234', '00', binding(SYS_DESCR, NULL)))],
      [
        'server',
        v2c(
          pdu(
            'a2',
            '1234',
            '00',
            binding(
              SYS_DESCR,
              tlv(
                '04',
                chars('Siemens, SIMATIC NET, SCALANCE X9, 6GK5 999-0AA00-0AA0, HW: 2, FW: V1.2.3, SVPA0000001'),
              ),
            ),
            binding(SYS_OBJECT_ID, tlv('06', '2b06010401a1690602')), // 1.3.6.1.4.1.4329…
            binding(SYS_CONTACT, tlv('04', chars('J. Doe'))),
            binding(SYS_NAME, tlv('04', chars('sw7'))),
            binding(SYS_LOCATION, tlv('04', chars('Hall 2'))),
          ),
        ),
      ],
    ],
    operations: ['get GetRequest (read): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'protection = SNMP v2c: community in clear (snmp.version, client)',
      'protection = SNMP v2c: community in clear (snmp.version, server)',
      'product = Siemens, SIMATIC NET, SCALANCE X9, 6GK5 999-0AA00-0AA0, HW: 2, FW: V1.2.3, SVPA0000001 (snmp.sysDescr, server)',
      'vendor = Siemens (snmp.sysDescr.vendor, server)',
      'model = 6GK5 999-0AA00-0AA0 (snmp.sysDescr.model, server)',
      'firmware = 1.2.3 (snmp.sysDescr.firmware, server)',
      'hardware = 2 (snmp.sysDescr.hardware, server)',
      'serial = SVPA0000001 (snmp.sysDescr.serial, server)',
      'device-type = switch (snmp.sysDescr.type, server)',
      'vendor = Siemens (snmp.sysObjectID, server)',
      'name = sw7 (snmp.sysName, server)',
      'location = Hall 2 (snmp.sysLocation, server)',
    ],
  },
  {
    title: 'learns the chassis from the entity table, and no module',
    origin: 'RFC 6933; invented values',
    messages: [
      ['client', v2c(pdu('a5', '05', '00', binding(SYS_NAME, NULL)))],
      [
        'server',
        v2c(
          pdu(
            'a2',
            '05',
            '00',
            binding(ENTITY('09', '01'), tlv('04', chars('4.2'))),
            binding(ENTITY('0b', '01'), tlv('04', chars('A-001'))),
            binding(ENTITY('0b', '02'), tlv('04', chars('A-002'))),
            binding(ENTITY('0d', '01'), tlv('04', chars('X9'))),
            binding('2b060102010202010601', tlv('04', '02000000000a')),
          ),
        ),
      ],
    ],
    operations: ['get-bulk GetBulkRequest (read): 1 requests, 1 responses, 0 refused'],
    evidence: [
      'protection = SNMP v2c: community in clear (snmp.version, client)',
      'protection = SNMP v2c: community in clear (snmp.version, server)',
      'firmware = 4.2 (snmp.entPhysicalFirmwareRev, server)',
      'serial = A-001 (snmp.entPhysicalSerialNum, server)',
      'model = X9 (snmp.entPhysicalModelName, server)',
      'address = 02:00:00:00:00:0a (snmp.ifPhysAddress, server)',
    ],
  },
  {
    title: 'tells what is set, and counts a refusal',
    origin: 'RFC 3416, section 4.2.5',
    messages: [
      ['client', v2c(pdu('a3', '06', '00', binding(SYS_NAME, tlv('04', chars('sw8')))))],
      ['server', v2c(pdu('a2', '06', '11', binding(SYS_NAME, tlv('04', chars('sw8')))))],
    ],
    operations: ['set SetRequest (write): 1 requests, 1 responses, 1 refused'],
    touches: ['set: object "1.3.6.1.2.1.1.5.0"'],
    evidence: [
      'protection = SNMP v2c: community in clear (snmp.version, client)',
      'protection = SNMP v2c: community in clear (snmp.version, server)',
    ],
  },
  {
    title: 'takes traps of both versions for messages of the agent',
    origin: 'RFC 1157, section 4.1.6; RFC 3416, section 4.2.6; invented values',
    messages: [
      [
        'client',
        tlv(
          '30',
          '020100',
          COMMUNITY,
          tlv('a4', tlv('06', '2b06010401c373'), tlv('40', '0a000005'), '020100', '020100', '430100', '3000'),
        ),
      ],
      ['client', v2c(pdu('a7', '07', '00', binding(SYS_NAME, tlv('04', chars('sw7')))))],
      ['client', v2c(pdu('a6', '08', '00', binding(SYS_NAME, tlv('04', chars('sw7')))))],
      ['server', v2c(pdu('a2', '08', '00'))],
      ['client', v2c(pdu('a1', '09', '00', binding(SYS_NAME, NULL)))],
    ],
    operations: [
      'trap Trap (read): 1 requests, 0 responses, 0 refused',
      'trap SNMPv2-Trap (read): 1 requests, 0 responses, 0 refused',
      'inform InformRequest (read): 1 requests, 1 responses, 0 refused',
      'get-next GetNextRequest (read): 1 requests, 0 responses, 0 refused',
    ],
    evidence: [
      'protection = SNMP v1: community in clear (snmp.version, client)',
      'vendor = Moxa (snmp.sysObjectID, client)',
      'protection = SNMP v2c: community in clear (snmp.version, client)',
      'name = sw7 (snmp.sysName, client)',
      'protection = SNMP v2c: community in clear (snmp.version, client)',
      'name = sw7 (snmp.sysName, client)',
      'protection = SNMP v2c: community in clear (snmp.version, server)',
      'protection = SNMP v2c: community in clear (snmp.version, client)',
    ],
  },
  {
    title: 'tells how version 3 is protected, and whose engine answers',
    origin: 'RFC 3412, section 6; RFC 3414, section 2.4; invented values',
    messages: [
      ['client', v3('04', '', tlv('30', tlv('04'), tlv('04'), pdu('a0', '0a', '00')))], // discovery
      ['server', v3('00', MOXA_ENGINE, tlv('30', tlv('04', MOXA_ENGINE), tlv('04'), pdu('a8', '0a', '00')))],
      ['client', v3('07', MOXA_ENGINE, tlv('04', '0011223344556677'))],
      ['server', v3('03', MOXA_ENGINE, tlv('04', '0011223344556677'))],
    ],
    operations: [
      'get GetRequest (read): 1 requests, 1 responses, 1 refused',
      'encrypted Encrypted PDU (read): 1 requests, 1 responses, 0 refused',
    ],
    evidence: [
      'vendor = Moxa (snmp.msgAuthoritativeEngineID, server)',
      'protection = SNMPv3: authenticated and encrypted (snmp.msgFlags, client)',
      'protection = SNMPv3: authenticated and encrypted (snmp.msgFlags, server)',
    ],
  },
  {
    title: 'counts answers whose requests were not heard, and messages that are cut short',
    origin: 'made: a length that points behind the end',
    messages: [
      ['server', v2c(pdu('a2', '0b', '00', binding(SYS_NAME, tlv('04', chars('sw7')))))],
      ['client', '302902010104067365637265'],
    ],
    outcomes: [Outcome.ok, Outcome.truncated],
    operations: ['response Response (read): 0 requests, 1 responses, 0 refused'],
    evidence: ['protection = SNMP v2c: community in clear (snmp.version, server)', 'name = sw7 (snmp.sysName, server)'],
  },
];
