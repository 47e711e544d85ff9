/** What HART devices say of themselves (HCF_SPEC-127: commands 0, 13 and 20). */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hex, hexNumber, text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = {
  manufacturer: 0,
  deviceType: 1,
  software: 2,
  hardware: 3,
  deviceId: 4,
  profile: 5,
  tag: 6,
  descriptor: 7,
  longTag: 8,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'hart.command-0.manufacturer-id',
    words: 'HART command 0 Read Unique Identifier, manufacturer identification',
    field: 'vendor',
    confidence: 0.95,
    render: manufacturer,
  },
  {
    name: 'hart.command-0.device-type',
    words: 'HART command 0 Read Unique Identifier, device type',
    field: 'note',
    confidence: 0.9,
    render: deviceType,
  },
  {
    name: 'hart.command-0.software-revision',
    words: 'HART command 0 Read Unique Identifier, software revision',
    field: 'firmware',
    confidence: 0.9,
    render: software,
  },
  {
    name: 'hart.command-0.hardware-revision',
    words: 'HART command 0 Read Unique Identifier, hardware revision',
    field: 'hardware',
    confidence: 0.9,
    render: hardware,
  },
  {
    name: 'hart.command-0.device-id',
    words: 'HART command 0 Read Unique Identifier, device identification',
    field: 'serial',
    confidence: 0.8,
    render: deviceId,
  },
  {
    name: 'hart.command-0.device-profile',
    words: 'HART command 0 Read Unique Identifier, device profile',
    field: 'device-type',
    confidence: 0.9,
    render: profile,
  },
  {
    name: 'hart.command-13.tag',
    words: 'HART command 13 Read Tag, Descriptor, Date: tag',
    field: 'name',
    confidence: 0.85,
    render: packedText,
  },
  {
    name: 'hart.command-13.descriptor',
    words: 'HART command 13 Read Tag, Descriptor, Date: descriptor',
    field: 'note',
    confidence: 0.7,
    render: packedText,
  },
  {
    name: 'hart.command-20.long-tag',
    words: 'HART command 20 Read Long Tag',
    field: 'name',
    confidence: 0.9,
    render: text,
  },
];

/** Well-known manufacturer identification codes (HCF_SPEC-183, table 8): those of widespread devices. */
const MANUFACTURERS: ReadonlyMap<number, string> = new Map([
  [0x11, 'Endress+Hauser'],
  [0x13, 'Fisher Controls'],
  [0x14, 'Foxboro'],
  [0x15, 'Fuji Electric'],
  [0x17, 'Honeywell'],
  [0x1a, 'ABB'],
  [0x1f, 'Micro Motion'],
  [0x20, 'Moore Industries'],
  [0x26, 'Rosemount'],
  [0x2a, 'Siemens'],
  [0x2e, 'Rosemount Analytical'],
  [0x36, 'Azbil (Yamatake)'],
  [0x37, 'Yokogawa'],
  [0x3e, 'Smar'],
  [0x42, 'Samson'],
  [0x45, 'Krohne'],
  [0x57, 'Magnetrol'],
  [0x5e, 'Pepperl+Fuchs'],
  [0x62, 'VEGA'],
]);

function manufacturer(b: Uint8Array, at: number, end: number): string | null {
  const id = end - at === 1 ? u8(b, at) : u16be(b, at);
  return MANUFACTURERS.get(id) ?? null;
}

function deviceType(b: Uint8Array, at: number, end: number): string {
  return `HART device type 0x${hex(b, at, end)}`;
}

function software(b: Uint8Array, at: number): string | null {
  const revision = u8(b, at);
  return revision === 0xff ? null : `${revision}`; // 255: not used
}

/** The upper five bits; the others are the physical signalling. */
function hardware(b: Uint8Array, at: number): string | null {
  const revision = u8(b, at) >> 3;
  return revision === 0x1f ? null : `${revision}`;
}

function deviceId(b: Uint8Array, at: number, end: number): string | null {
  const id = hex(b, at, end);
  return id === '000000' ? null : id;
}

/** Device profiles (HCF_SPEC-183, table 57). */
const PROFILES: ReadonlyMap<number, string> = new Map([
  [1, 'HART process automation device'],
  [2, 'HART discrete device'],
  [3, 'HART hybrid device'],
  [4, 'HART I/O system'],
  [129, 'WirelessHART process automation device'],
  [130, 'WirelessHART discrete device'],
  [131, 'WirelessHART hybrid device'],
  [132, 'WirelessHART gateway'],
  [133, 'WirelessHART access point'],
  [134, 'WirelessHART process adapter'],
  [135, 'WirelessHART discrete adapter'],
  [136, 'WirelessHART handheld'],
]);

function profile(b: Uint8Array, at: number): string | null {
  const number = u8(b, at);
  return PROFILES.get(number) ?? (number === 0 ? null : `HART device profile ${hexNumber(number, 2)}`);
}

/** Packed ASCII: four characters of six bits in three bytes (HCF_SPEC-183, section 5.1.2). */
function packedText(b: Uint8Array, at: number, end: number): string | null {
  let value = '';
  for (let i = at; i + 3 <= end; i += 3) {
    const bits = (u8(b, i) << 16) | (u8(b, i + 1) << 8) | u8(b, i + 2);
    for (let shift = 18; shift >= 0; shift -= 6) {
      const six = (bits >> shift) & 0x3f;
      value += String.fromCharCode(six < 0x20 ? six | 0x40 : six);
    }
  }
  const clean = value.trim();
  return clean === '' || /^[@?]+$/.test(clean) ? null : clean; // all zeros or all ones: never set
}
