/** What hosts say of themselves by multicast DNS. */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE; from `attributes` on they are ATTRIBUTES in their order. */
export const Source = { address: 0, probe: 1, service: 2, cpu: 3, os: 4, attributes: 5 } as const;

/**
 * Keys of TXT records that identify the device, lower case (RFC 6763, section 6.4: keys are compared without regard
 * to case). `model` and `osxvers` are Apple's _device-info, `md` the model in HomeKit and Google Cast, `fn` Cast's
 * friendly name; `ty`, `note`, `usb_MFG` and `usb_MDL` belong to Bonjour printing (Apple, Bonjour Printing
 * Specification 1.2.1, section 9.2).
 */
const ATTRIBUTES: readonly (readonly [key: string, field: EvidenceSource['field'], confidence: number])[] = [
  ['model', 'model', 0.85],
  ['md', 'model', 0.85],
  ['ty', 'product', 0.85],
  ['product', 'product', 0.75],
  ['usb_mfg', 'vendor', 0.85],
  ['usb_mdl', 'model', 0.85],
  ['mfg', 'vendor', 0.8],
  ['mdl', 'model', 0.8],
  ['manufacturer', 'vendor', 0.8],
  ['vendor', 'vendor', 0.8],
  ['fn', 'name', 0.7],
  ['note', 'location', 0.6],
  ['serial', 'serial', 0.8],
  ['serialnumber', 'serial', 0.8],
  ['sn', 'serial', 0.7],
  ['firmware', 'firmware', 0.8],
  ['fw', 'firmware', 0.7],
  ['fv', 'firmware', 0.7],
  ['osxvers', 'os', 0.7],
  ['macaddress', 'address', 0.7],
];

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'mdns.a', words: 'Multicast DNS, A or AAAA record', field: 'name', confidence: 0.85, render: text },
  { name: 'mdns.probe', words: 'Multicast DNS, probe for a name', field: 'name', confidence: 0.75, render: text },
  { name: 'mdns.srv', words: 'Multicast DNS, SRV record', field: 'note', confidence: 0.8, render: service },
  {
    name: 'mdns.hinfo.cpu',
    words: 'Multicast DNS, HINFO record: CPU',
    field: 'hardware',
    confidence: 0.7,
    render: text,
  },
  { name: 'mdns.hinfo.os', words: 'Multicast DNS, HINFO record: OS', field: 'os', confidence: 0.8, render: text },
  ...ATTRIBUTES.map(
    ([key, field, confidence]): EvidenceSource => ({
      name: `mdns.txt.${key}`,
      words: `Multicast DNS, TXT record: ${key}`,
      field,
      confidence,
      render: key === 'product' ? parenthesised : key === 'osxvers' ? darwin : text,
    }),
  ),
];

const KEYS: readonly Uint8Array[] = ATTRIBUTES.map(([key]) => Uint8Array.from(key, (c) => c.charCodeAt(0)));

/** The source for the string `key=value` at `b[at, end)` of a TXT record, or -1. */
export function attributeSource(b: Uint8Array, at: number, end: number): number {
  for (let i = 0; i < KEYS.length; i++) {
    const key = KEYS[i] as Uint8Array;
    if (end - at > key.length + 1 && u8(b, at + key.length) === EQUALS && isKey(key, b, at)) {
      return Source.attributes + i;
    }
  }
  return -1;
}

/** Bytes of `key=` in front of the value that `source` is about. */
export function keyBytes(source: number): number {
  return (KEYS[source - Source.attributes] as Uint8Array).length + 1;
}

const EQUALS = 0x3d;

function isKey(key: Uint8Array, b: Uint8Array, at: number): boolean {
  for (let i = 0; i < key.length; i++) {
    const byte = u8(b, at + i);
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== key[i]) return false;
  }
  return true;
}

/** Two bytes of port, then the instance's name: `Press 1._http._tcp.local`. */
function service(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at + 2, end);
  return name === null ? null : `offers ${name.replace(/\.local$/i, '')} on port ${u16be(b, at)}`;
}

/** Printers put the PostScript product's parentheses around. */
function parenthesised(b: Uint8Array, at: number, end: number): string | null {
  return text(b, at, end)?.replace(/^\((.*)\)$/, '$1') || null;
}

/** `osxvers` is the Darwin kernel's major version. */
function darwin(b: Uint8Array, at: number, end: number): string | null {
  const version = text(b, at, end);
  return version === null ? null : `macOS (Darwin ${version})`;
}
