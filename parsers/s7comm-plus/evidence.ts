/** What S7-1200 and S7-1500 stations, and their clients, say of themselves when a session begins. */
import { u8, u16be } from '../bytes.ts';
import { About, type EvidenceSource, type FactSink, NO_UNIT } from '../protocol.ts';
import { hexNumber, text } from '../text.ts';

/** Indices into EVIDENCE. */
const Source = {
  model: 0,
  firmware: 1,
  vendor: 2,
  user: 3,
  application: 4,
  host: 5,
  imOrder: 6,
  imVendor: 7,
  imSerial: 8,
  imHardware: 9,
  imFirmware: 10,
  tls: 11,
} as const;

// Offsets in an I&M0 record (PROFINET: Identification & Maintenance functions), which begins with its block header.
const IM_VENDOR = 6;
const IM_ORDER = 8; // 20 characters
const IM_SERIAL = 28; // 16 characters
const IM_HARDWARE = 44;
const IM_FIRMWARE = 46; // a letter and three numbers
const IM_BYTES = 60;

/** Block type, length and version of I&M0. */
const IM_HEADER = Uint8Array.of(0x00, 0x20, 0x00, 0x38, 0x01, 0x00);

const SIEMENS = 0x002a;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 's7comm-plus.session-version',
    words: 'S7comm-plus session, ServerSessionVersion: order number',
    field: 'model',
    confidence: 0.95,
    render: versionPart(1),
  },
  {
    name: 's7comm-plus.session-version.firmware',
    words: 'S7comm-plus session, ServerSessionVersion: firmware',
    field: 'firmware',
    confidence: 0.95,
    render: versionPart(2),
  },
  {
    name: 's7comm-plus.session-version.vendor',
    words: 'S7comm-plus session, ServerSessionVersion: maker of that order number',
    field: 'vendor',
    confidence: 0.9,
    render: vendor,
  },
  {
    name: 's7comm-plus.session-user',
    words: "S7comm-plus CreateObject, session's client user",
    field: 'note',
    confidence: 0.4,
    render: labelled('user'),
  },
  {
    name: 's7comm-plus.session-application',
    words: "S7comm-plus CreateObject, session's client application",
    field: 'note',
    confidence: 0.6,
    render: labelled('application'),
  },
  // low: engineering software appends a number, panels say "HMI HOST"
  {
    name: 's7comm-plus.session-host',
    words: "S7comm-plus CreateObject, session's client host",
    field: 'name',
    confidence: 0.3,
    render: hostName,
  },
  {
    name: 's7comm-plus.im0.order-id',
    words: 'S7comm-plus I&M0, order ID',
    field: 'model',
    confidence: 0.95,
    render: text,
  },
  {
    name: 's7comm-plus.im0.vendor-id',
    words: 'S7comm-plus I&M0, vendor ID',
    field: 'vendor',
    confidence: 0.95,
    render: imVendor,
  },
  {
    name: 's7comm-plus.im0.serial-number',
    words: 'S7comm-plus I&M0, serial number',
    field: 'serial',
    confidence: 0.95,
    render: text,
  },
  {
    name: 's7comm-plus.im0.hardware-revision',
    words: 'S7comm-plus I&M0, hardware revision',
    field: 'hardware',
    confidence: 0.95,
    render: (b, at) => `${u16be(b, at)}`,
  },
  {
    name: 's7comm-plus.im0.software-revision',
    words: 'S7comm-plus I&M0, software revision',
    field: 'firmware',
    confidence: 0.95,
    render: imFirmware,
  },
  {
    name: 's7comm-plus.init-ssl',
    words: 'S7comm-plus InitSSL request',
    field: 'protection',
    confidence: 0.95,
    render: () => 'S7comm-plus goes on in TLS',
  },
];

/** `1;6ES7 214-1HE30-0XB0 ;V2.2`: what stands at `index` between the semicolons. */
function versionPart(index: number): EvidenceSource['render'] {
  return (b, at, end) => {
    const parts = text(b, at, end)?.split(';') ?? [];
    return parts.length < 3 ? null : parts[index]?.trim() || null;
  };
}

function vendor(b: Uint8Array, at: number, end: number): string | null {
  return versionPart(1)(b, at, end) === null ? null : 'Siemens';
}

function labelled(label: string): EvidenceSource['render'] {
  return (b, at, end) => {
    const value = text(b, at, end);
    return value === null ? null : `${label} ${value}`;
  };
}

/** OPC servers put a path of their own there, with colons between its parts. */
function hostName(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name?.includes(':') === true ? null : name;
}

function imVendor(b: Uint8Array, at: number): string {
  const id = u16be(b, at);
  return id === SIEMENS ? 'Siemens' : `manufacturer ${hexNumber(id, 4)}`;
}

function imFirmware(b: Uint8Array, at: number): string | null {
  const letter = u8(b, at);
  if (letter < 0x41 || letter > 0x5a) return null;
  return `${String.fromCharCode(letter)}${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`;
}

// Attributes of a ServerSession object whose values are strings, all between 256 and 383: the second byte of the id.
const Attribute = { user: 0x28, application: 0x29, host: 0x2a, systemPaomString: 0x3f } as const;
const ATTRIBUTE_PAGE = 0x82; // first byte of their ids
const PLAIN_VALUE = 0x00;
const STRING = 0x15;

/** The evidence of the session object in `b[at, end)`, which the sender says of itself; runs once per session. */
export function readSession(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  for (let next = at; next + 5 <= end; next++) {
    if (u8(b, next) !== ATTRIBUTE_PAGE || u8(b, next + 2) !== PLAIN_VALUE || u8(b, next + 3) !== STRING) continue;
    const length = u8(b, next + 4);
    const value = next + 5;
    if (length >= 0x80 || value + length > end) continue; // none of these strings is longer
    switch (u8(b, next + 1)) {
      case Attribute.user:
        say(facts, Source.user, b, value, value + length);
        break;
      case Attribute.application:
        say(facts, Source.application, b, value, value + length);
        break;
      case Attribute.host:
        say(facts, Source.host, b, value, value + length);
        break;
      case Attribute.systemPaomString:
        say(facts, Source.model, b, value, value + length);
        say(facts, Source.firmware, b, value, value + length);
        say(facts, Source.vendor, b, value, value + length);
        break;
      default:
        continue;
    }
    next = value + length - 1;
  }
}

/** The evidence of the I&M0 record in `b[at, end)`, if there is one: engineering software reads it as a stream. */
export function readIdentification(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  for (let next = at; next + IM_BYTES <= end; next++) {
    let same = 0;
    while (same < IM_HEADER.length && b[next + same] === IM_HEADER[same]) same++;
    if (same < IM_HEADER.length) continue;
    say(facts, Source.imVendor, b, next + IM_VENDOR, next + IM_ORDER);
    say(facts, Source.imOrder, b, next + IM_ORDER, next + IM_SERIAL);
    say(facts, Source.imSerial, b, next + IM_SERIAL, next + IM_HARDWARE);
    say(facts, Source.imHardware, b, next + IM_HARDWARE, next + IM_FIRMWARE);
    say(facts, Source.imFirmware, b, next + IM_FIRMWARE, next + IM_FIRMWARE + 4);
    return;
  }
}

/** Says that the sender has agreed to TLS. */
export function readTls(facts: FactSink, b: Uint8Array, at: number): void {
  say(facts, Source.tls, b, at, at + 1);
}

function say(facts: FactSink, source: number, b: Uint8Array, at: number, end: number): void {
  facts.evidence(source, About.sender, NO_UNIT, b, at, end);
}
