/** What DNP3 stations say of themselves. */
import { u8, u16le, u32le } from '../bytes.ts';
import type { EvidenceSource, Field } from '../protocol.ts';
import { hex, text } from '../text.ts';

/** Indices into EVIDENCE of what is no device attribute. */
export const Source = {
  /** `b[at, at + 2)`: the link address a master sends from. */
  masterAddress: 0,
  authentication: 1,
  deviceRestart: 2,
  deviceTrouble: 3,
  localControl: 4,
  configurationCorrupt: 5,
  /** `b[at]`: the status a command is answered with. */
  controlStatus: 6,
} as const;

/** The value of evidence that consists in being there. */
export const PRESENT: Uint8Array = Uint8Array.of(1);

/** Data types of device attributes: IEEE 1815-2012, Annex A, group 0. */
const DataType = {
  visibleString: 1,
  unsigned: 2,
  signed: 3,
  float: 4,
  octetString: 5,
  bitString: 6,
  time: 7,
  unicode: 8,
} as const;

/** Why an outstation did not do what a command asked: Annex A, groups 12 and 41, control status. */
const CONTROL_STATUS: ReadonlyMap<number, string> = new Map([
  [1, 'select timed out'],
  [2, 'no select before operate'],
  [3, 'format error'],
  [4, 'not supported for this point'],
  [5, 'already active or queue full'],
  [6, 'hardware error'],
  [7, 'point in local mode'],
  [8, 'too many operations'],
  [9, 'not authorized'],
  [10, 'automation inhibit'],
  [11, 'processing limited'],
  [12, 'out of range'],
  [126, 'non-participating'],
  [127, 'undefined'],
]);
const CONTROL_STATUS_MASK = 0x7f;

/** Device attributes by variation: group 0 of Annex A. */
const ATTRIBUTES: readonly (readonly [variation: number, field: Field, confidence: number, label: string])[] = [
  [196, 'note', 0.8, 'configuration ID'],
  [197, 'note', 0.8, 'configuration version'],
  [198, 'note', 0.8, 'configuration build date'],
  [199, 'note', 0.8, 'configuration last changed'],
  [200, 'note', 0.8, 'configuration signature'],
  [201, 'note', 0.8, 'configuration signature algorithm'],
  [202, 'note', 0.8, 'master resource ID'],
  [203, 'note', 0.8, 'altitude'],
  [204, 'location', 0.7, 'longitude'],
  [205, 'location', 0.7, 'latitude'],
  [206, 'note', 0.8, 'secondary operator'],
  [207, 'note', 0.8, 'primary operator'],
  [208, 'note', 0.8, 'system name'],
  [209, 'protection', 0.95, 'Secure Authentication version'],
  [210, 'note', 0.8, 'security statistics per association'],
  [216, 'note', 0.8, 'most binary outputs per request'],
  [217, 'note', 0.8, 'local timing accuracy'],
  [218, 'note', 0.8, 'duration of time accuracy'],
  [220, 'note', 0.8, 'highest analog output index'],
  [221, 'note', 0.8, 'analog outputs'],
  [223, 'note', 0.8, 'highest binary output index'],
  [224, 'note', 0.8, 'binary outputs'],
  [228, 'note', 0.8, 'highest counter index'],
  [229, 'note', 0.8, 'counters'],
  [232, 'note', 0.8, 'highest analog input index'],
  [233, 'note', 0.8, 'analog inputs'],
  [235, 'note', 0.8, 'highest double-bit binary input index'],
  [236, 'note', 0.8, 'double-bit binary inputs'],
  [238, 'note', 0.8, 'highest binary input index'],
  [239, 'note', 0.8, 'binary inputs'],
  [240, 'note', 0.8, 'longest transmit fragment'],
  [241, 'note', 0.8, 'longest receive fragment'],
  [242, 'firmware', 0.95, 'software version'],
  [243, 'hardware', 0.95, 'hardware version'],
  [244, 'note', 0.8, 'owner'],
  [245, 'location', 0.8, 'location'],
  [246, 'note', 0.8, 'ID code'],
  [247, 'name', 0.9, 'device name'],
  [248, 'serial', 0.95, 'serial number'],
  [249, 'note', 0.8, 'subset and conformance'],
  [250, 'product', 0.95, 'product name and model'],
  [252, 'vendor', 0.95, 'manufacturer'],
];

/** Attributes that are just what their field is called; the others come with their label. */
const PLAIN: ReadonlySet<number> = new Set([242, 243, 245, 247, 248, 250, 252]);

/** The attributes' raw bytes are the data type octet, the length octet and the value. */
export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'dnp3.link.source',
    words: 'DNP3 link header, SOURCE address',
    field: 'address',
    confidence: 0.9,
    render: (b, at) => `DNP3 master ${u16le(b, at)}`,
  },
  {
    name: 'dnp3.authentication',
    words: 'DNP3 authentication objects (group 120)',
    field: 'protection',
    confidence: 0.9,
    render: () => 'Secure Authentication in use',
  },
  {
    name: 'dnp3.iin1.7',
    words: 'DNP3 internal indications, IIN1.7 DEVICE_RESTART',
    field: 'state',
    confidence: 0.95,
    render: () => 'restarted',
  },
  {
    name: 'dnp3.iin1.6',
    words: 'DNP3 internal indications, IIN1.6 DEVICE_TROUBLE',
    field: 'state',
    confidence: 0.95,
    render: () => 'device trouble',
  },
  {
    name: 'dnp3.iin1.5',
    words: 'DNP3 internal indications, IIN1.5 LOCAL_CONTROL',
    field: 'state',
    confidence: 0.95,
    render: () => 'outputs in local control',
  },
  {
    name: 'dnp3.iin2.5',
    words: 'DNP3 internal indications, IIN2.5 CONFIG_CORRUPT',
    field: 'state',
    confidence: 0.95,
    render: () => 'configuration corrupt',
  },
  {
    name: 'dnp3.control-status',
    words: 'DNP3 response to a command, control status (groups 12 and 41)',
    field: 'note',
    confidence: 0.9,
    render: controlStatus,
  },
  ...ATTRIBUTES.map(
    ([variation, field, confidence, label]): EvidenceSource => ({
      name: `dnp3.g0v${variation}`,
      words: `DNP3 device attribute, ${label} (g0v${variation})`,
      field,
      confidence,
      render: (b, at, end) => {
        const value = attribute(b, at, end);
        return value === null || PLAIN.has(variation) ? value : `${label}: ${value}`;
      },
    }),
  ),
];

const NO_SOURCE = -1;
const ATTRIBUTE_SOURCES: Int8Array = attributeSources();

/** The index into EVIDENCE of a device attribute, or -1 for those that say nothing worth keeping. */
export function attributeSource(variation: number): number {
  return ATTRIBUTE_SOURCES[variation] as number;
}

function attributeSources(): Int8Array {
  const sources = new Int8Array(256).fill(NO_SOURCE);
  const first = EVIDENCE.length - ATTRIBUTES.length;
  ATTRIBUTES.forEach(([variation], i) => {
    sources[variation] = first + i;
  });
  return sources;
}

function controlStatus(b: Uint8Array, at: number): string {
  const status = u8(b, at) & CONTROL_STATUS_MASK;
  return `command declined: ${CONTROL_STATUS.get(status) ?? 'reserved'} (status ${status})`;
}

/** The value of an attribute: data type, length, value. */
function attribute(b: Uint8Array, at: number, end: number): string | null {
  const value = at + 2;
  if (end <= value) return null;
  switch (u8(b, at)) {
    case DataType.visibleString:
    case DataType.unicode:
      return text(b, value, end);
    case DataType.unsigned:
      return integer(b, value, end, false);
    case DataType.signed:
      return integer(b, value, end, true);
    case DataType.float:
      return float(b, value, end);
    case DataType.time:
      return end - value === 6 ? time(b, value) : null;
    case DataType.octetString:
    case DataType.bitString:
      return hex(b, value, end);
    default:
      return null;
  }
}

function integer(b: Uint8Array, at: number, end: number, signed: boolean): string | null {
  if (end - at > 8) return null;
  let value = 0n;
  for (let i = end - 1; i >= at; i--) value = (value << 8n) | BigInt(u8(b, i));
  return `${signed ? BigInt.asIntN(8 * (end - at), value) : value}`;
}

function float(b: Uint8Array, at: number, end: number): string | null {
  const view = new DataView(b.buffer, b.byteOffset + at, end - at);
  if (end - at === 4) return `${Number(view.getFloat32(0, true).toPrecision(7))}`;
  return end - at === 8 ? `${view.getFloat64(0, true)}` : null;
}

/** Milliseconds since 1970 in 48 bits, UTC. All of them lie within what Date can tell. */
function time(b: Uint8Array, at: number): string {
  return new Date(u32le(b, at) + u16le(b, at + 4) * 2 ** 32).toISOString();
}
