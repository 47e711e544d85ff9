/**
 * The NetBIOS datagram service: RFC 1002, section 4.4, and the browser announcements in it ([MS-BRWS]).
 *
 *   0      1       2    4           8             10       12              14            48                 82
 *   | type | flags | id | source IP | source port | length | packet offset | source name | destination name | user data
 */
import { u8, u16be, u16le, u32le } from '../bytes.ts';
import { decodeName, ENCODED_BYTES, isPlainName, NAME_BYTES, nameText, Suffix } from '../netbios-ns/name.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const Source = { sourceName: 0, serverName: 1, os: 2, deviceType: 3, comment: 4 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'netbios-dgm.source',
    words: 'NetBIOS datagram, SOURCE_NAME',
    field: 'name',
    confidence: 0.75,
    render: nameText,
  },
  {
    name: 'netbios-dgm.announcement',
    words: 'Browser HostAnnouncement, ServerName',
    field: 'name',
    confidence: 0.8,
    render: text,
  },
  {
    name: 'netbios-dgm.os-version',
    words: 'Browser HostAnnouncement, OSVersion',
    field: 'os',
    confidence: 0.6,
    render: osVersion,
  },
  {
    name: 'netbios-dgm.server-type',
    words: 'Browser HostAnnouncement, ServerType',
    field: 'device-type',
    confidence: 0.6,
    render: deviceType,
  },
  {
    name: 'netbios-dgm.comment',
    words: 'Browser HostAnnouncement, Comment',
    field: 'note',
    confidence: 0.6,
    render: comment,
  },
];

const TYPE = 0;
const FLAGS = 1;
const SOURCE_ADDRESS = 4;
const SOURCE_PORT = 8;
const SOURCE_NAME = 14;
/** A length byte, 32 letters and the empty scope's. */
const NAME_FIELD_BYTES = 34;
const USER_DATA = SOURCE_NAME + 2 * NAME_FIELD_BYTES;
const HEADER_BYTES = 10;
const RESERVED_FLAGS = 0xf0;
const PORT = 138;

/** Message types (RFC 1002, section 4.4.1). */
const DIRECT_UNIQUE = 0x10;
const BROADCAST = 0x12;
const QUERY_NEGATIVE = 0x16;
const TYPES = [
  'Direct Unique Datagram',
  'Direct Group Datagram',
  'Broadcast Datagram',
  'Datagram Error',
  'Datagram Query Request',
  'Datagram Positive Query Response',
  'Datagram Negative Query Response',
];
/** Operation numbers of browser frames: their command on top of this. */
const BROWSER = 0x100;

/** SMB_COM_TRANSACTION: [MS-CIFS], section 2.2.4.33. Offsets from the SMB header's start. */
const SMB_SIGNATURE = 0xff534d42;
const TRANSACTION = 0x25;
const SMB_COMMAND = 4;
const DATA_COUNT = 55;
const DATA_OFFSET = 57;
const SMB_MINIMUM = 59;

/** Browser frames: [MS-BRWS], section 2.2. */
const COMMANDS: ReadonlyMap<number, string> = new Map([
  [0x01, 'Host Announcement'],
  [0x02, 'Announcement Request'],
  [0x08, 'Request Election'],
  [0x09, 'Get Backup List Request'],
  [0x0a, 'Get Backup List Response'],
  [0x0b, 'Become Backup'],
  [0x0c, 'Domain Announcement'],
  [0x0d, 'Master Announcement'],
  [0x0e, 'Reset State Request'],
  [0x0f, 'Local Master Announcement'],
]);
const HOST_ANNOUNCEMENT = 0x01;
const LOCAL_MASTER_ANNOUNCEMENT = 0x0f;

/** Host and local master announcements (sections 2.2.1 and 2.2.10). */
const SERVER_NAME = 6;
const OS_VERSION = 22;
const SERVER_TYPE = 24;
const SERVER_TYPE_END = 28;
const COMMENT = 32;

export const netbiosDgm: Protocol = {
  name: 'netbios-dgm',
  tcpPorts: [],
  udpPorts: [138],

  recognise(b, at, end) {
    if (end - at < HEADER_BYTES) return Recognition.no;
    const type = u8(b, at + TYPE);
    if (type < DIRECT_UNIQUE || type > QUERY_NEGATIVE) return Recognition.no;
    if (type > BROADCAST) {
      // nothing but the header: four reserved bits, and the port that all of them come from (RFC 1002, section 4.4.1)
      const fits = (u8(b, at + FLAGS) & RESERVED_FLAGS) === 0 && u16be(b, at + SOURCE_PORT) === PORT;
      return fits ? Recognition.possible : Recognition.no;
    }
    return hasSourceName(b, at, end) ? Recognition.possible : Recognition.no;
  },

  /** Datagrams are not answered. */
  sender: () => Sender.unknown,

  open: (facts) => new NetbiosDatagramDecoder(facts),
  operation,
  space: () => '',
  evidence: EVIDENCE,
};

function operation(number: number): Operation {
  if (number >= BROWSER) {
    const command = number - BROWSER;
    return { code: `browser.${command}`, name: COMMANDS.get(command) ?? `Browser Frame ${command}`, access: 'session' };
  }
  return { code: `${number}`, name: TYPES[number - DIRECT_UNIQUE] ?? `Datagram ${number}`, access: 'session' };
}

const name = new Uint8Array(NAME_BYTES);

function hasSourceName(b: Uint8Array, at: number, end: number): boolean {
  const field = at + SOURCE_NAME;
  return end - at >= USER_DATA && u8(b, field) === ENCODED_BYTES && decodeName(b, field + 1, name, 0);
}

class NetbiosDatagramDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    if (end - at < HEADER_BYTES) return Outcome.truncated;
    const type = u8(b, at + TYPE);
    if (type < DIRECT_UNIQUE || type > QUERY_NEGATIVE) return Outcome.malformed;
    const command = type <= BROADCAST ? browserFrame(b, at + USER_DATA, end) : NONE;
    this.#facts.request(command === NONE ? type : BROWSER + u8(b, command), NO_UNIT);
    if (type > BROADCAST) return Outcome.ok;
    if (end - at < USER_DATA) return Outcome.truncated;
    if (!hasSourceName(b, at, end)) return Outcome.malformed;

    const suffix = u8(name, NAME_BYTES - 1);
    if (isPlainName(name, 0) && (suffix === Suffix.workstation || suffix === Suffix.server)) {
      // The header's address, not the packet's: a name server may forward the datagram (RFC 1001, section 17.1.2).
      this.#about(Source.sourceName, b, at, name, 0, NAME_BYTES - 1);
    }
    return command === NONE ? Outcome.ok : this.#browser(b, command, end);
  }

  #browser(b: Uint8Array, frame: number, end: number): Outcome {
    const command = u8(b, frame);
    if (command !== HOST_ANNOUNCEMENT && command !== LOCAL_MASTER_ANNOUNCEMENT) return Outcome.ok;
    if (end - frame < COMMENT) return Outcome.truncated;
    const facts = this.#facts;
    facts.evidence(Source.serverName, About.sender, NO_UNIT, b, frame + SERVER_NAME, frame + OS_VERSION);
    facts.evidence(Source.os, About.sender, NO_UNIT, b, frame + OS_VERSION, frame + SERVER_TYPE);
    facts.evidence(Source.deviceType, About.sender, NO_UNIT, b, frame + SERVER_TYPE, frame + SERVER_TYPE_END);
    let stop = frame + COMMENT;
    while (stop < end && u8(b, stop) !== 0) stop++;
    if (stop > frame + COMMENT) facts.evidence(Source.comment, About.sender, NO_UNIT, b, frame + COMMENT, stop);
    return Outcome.ok;
  }

  /** Evidence about the datagram's source. */
  #about(source: number, b: Uint8Array, at: number, value: Uint8Array, from: number, end: number): void {
    for (let i = 0; i < 4; i++) aboutSource[i] = u8(b, at + SOURCE_ADDRESS + i);
    for (let i = from; i < end; i++) aboutSource[4 + i - from] = u8(value, i);
    this.#facts.evidenceAbout(source, 0, 4, aboutSource, 4, 4 + end - from);
  }
}

/** An address and the name of the host that has it, side by side. */
const aboutSource = new Uint8Array(4 + NAME_BYTES);

const NONE = -1;

/** Where the browser frame in a datagram's user data begins, or NONE: the data of an SMB transaction to \MAILSLOT\BROWSE. */
function browserFrame(b: Uint8Array, smb: number, end: number): number {
  if (end - smb < SMB_MINIMUM || u16be(b, smb) !== SMB_SIGNATURE >>> 16) return NONE;
  if (u16be(b, smb + 2) !== (SMB_SIGNATURE & 0xffff) || u8(b, smb + SMB_COMMAND) !== TRANSACTION) return NONE;
  const data = smb + u16le(b, smb + DATA_OFFSET);
  const count = u16le(b, smb + DATA_COUNT);
  if (data < smb + SMB_MINIMUM || count === 0 || data + count > end) return NONE;
  return namesBrowser(b, smb + SMB_MINIMUM, data) ? data : NONE;
}

const BROWSE = Uint8Array.from('\\BROWSE', (character) => character.charCodeAt(0));

/** Whether the mailslot's name, somewhere before the data, ends with \BROWSE (\LANMAN has another format). */
function namesBrowser(b: Uint8Array, at: number, end: number): boolean {
  for (let start = at; start + BROWSE.length <= end; start++) {
    let i = 0;
    while (i < BROWSE.length && u8(b, start + i) === BROWSE[i]) i++;
    if (i === BROWSE.length) return true;
  }
  return false;
}

/** Windows NT's version numbers; those of other systems that speak the protocol are made up. */
const WINDOWS: ReadonlyMap<string, string> = new Map([
  ['4.0', 'Windows NT 4.0 or compatible'],
  ['5.0', 'Windows 2000'],
  ['5.1', 'Windows XP'],
  ['5.2', 'Windows Server 2003'],
  ['6.0', 'Windows Vista or Server 2008'],
  ['6.1', 'Windows 7 or Server 2008 R2, or compatible'],
  ['6.2', 'Windows 8 or Server 2012'],
  ['6.3', 'Windows 8.1 or Server 2012 R2'],
  ['10.0', 'Windows 10 or later'],
]);

function osVersion(b: Uint8Array, at: number): string | null {
  const version = `${u8(b, at)}.${u8(b, at + 1)}`;
  return WINDOWS.get(version) ?? null;
}

/** Bits of the server type: [MS-BRWS], section 2.2.1, most telling first. */
const SERVER_TYPES: readonly (readonly [bit: number, type: string])[] = [
  [0x0000_0008, 'domain controller'],
  [0x0000_0010, 'domain controller'], // backup
  [0x0000_0004, 'database server'],
  [0x0000_8000, 'server'],
  [0x0000_1000, 'workstation'],
];

function deviceType(b: Uint8Array, at: number): string | null {
  const bits = u32le(b, at);
  return SERVER_TYPES.find(([bit]) => (bits & bit) !== 0)?.[1] ?? null;
}

function comment(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  return value === null ? null : `comment: ${value}`;
}
