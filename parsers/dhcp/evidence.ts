/** What DHCP tells of clients and servers. */
import { u8 } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = {
  hostName: 0,
  fqdn: 1,
  vendorClass: 2,
  vendorProduct: 3,
  vendorSystem: 4,
  clientIdentifier: 5,
  lease: 6,
  leaseholder: 7,
  server: 8,
  router: 9,
  relayed: 10,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'dhcp.option-12', words: 'DHCP option 12 Host Name', field: 'name', confidence: 0.85, render: text },
  { name: 'dhcp.option-81', words: 'DHCP option 81 Client FQDN', field: 'name', confidence: 0.85, render: fqdn },
  {
    name: 'dhcp.option-60',
    words: 'DHCP option 60 Vendor Class Identifier',
    field: 'note',
    confidence: 0.8,
    render: labelled('vendor class'),
  },
  {
    name: 'dhcp.option-60.product',
    words: 'DHCP option 60 Vendor Class Identifier: product',
    field: 'product',
    confidence: 0.6,
    render: product,
  },
  {
    name: 'dhcp.option-60.system',
    words: 'DHCP option 60 Vendor Class Identifier: operating system',
    field: 'os',
    confidence: 0.6,
    render: system,
  },
  {
    name: 'dhcp.option-61',
    words: 'DHCP option 61 Client Identifier',
    field: 'name',
    confidence: 0.6,
    render: clientName,
  },
  { name: 'dhcp.yiaddr', words: 'DHCP Ack, yiaddr (your address)', field: 'address', confidence: 0.8, render: ipv4 },
  {
    name: 'dhcp.chaddr',
    words: 'DHCP Ack, chaddr (client hardware address)',
    field: 'address',
    confidence: 0.8,
    render: mac,
  },
  { name: 'dhcp.server', words: 'DHCP answer, sender', field: 'note', confidence: 0.9, render: () => 'DHCP server' },
  {
    name: 'dhcp.option-3',
    words: 'DHCP option 3 Router',
    field: 'device-type',
    confidence: 0.5,
    render: () => 'router',
  },
  {
    name: 'dhcp.giaddr',
    words: 'DHCP, giaddr (relay agent address)',
    field: 'note',
    confidence: 0.8,
    render: () => 'DHCP relay agent',
  },
];

function labelled(label: string): EvidenceSource['render'] {
  return (b, at, end) => {
    const value = text(b, at, end);
    return value === null ? null : `${label}: ${value}`;
  };
}

/** RFC 4702, section 2: flags, two obsolete result codes, then the name in DNS form when the E flag is set. */
function fqdn(b: Uint8Array, at: number, end: number): string | null {
  const name = at + 3;
  if (end <= name) return null;
  if ((u8(b, at) & ENCODED) === 0) return text(b, name, end);
  const labels: string[] = [];
  let next = name;
  while (next < end && u8(b, next) !== 0) {
    const stop = next + 1 + u8(b, next);
    if (stop > end) return null;
    labels.push(text(b, next + 1, stop) ?? '');
    next = stop;
  }
  return labels.length === 0 ? null : labels.join('.');
}

const ENCODED = 4;

/** Vendor classes that name an operating system or its DHCP client, rather than a device. */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/^MSFT /, 'Windows'],
  [/^android-dhcp-(\d+)?/, 'Android'],
  [/^(dhcpcd|udhcp|systemd)/, 'Linux'],
  [/^VxWorks/i, 'VxWorks'],
];
/** Those of boot loaders, which name neither. */
const BOOT = /^(PXEClient|HTTPClient|ArubaAP$)/;

function system(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  if (value === null) return null;
  return SYSTEMS.find(([pattern]) => pattern.test(value))?.[1] ?? null;
}

function product(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  if (value === null || BOOT.test(value) || SYSTEMS.some(([pattern]) => pattern.test(value))) return null;
  return value;
}

/** Type 0 precedes an identifier that is no hardware address (RFC 2132, 9.14): many devices put their name there. */
function clientName(b: Uint8Array, at: number, end: number): string | null {
  if (end - at < 3 || u8(b, at) !== 0) return null;
  for (let i = at + 1; i < end; i++) if (u8(b, i) < 0x20 || u8(b, i) > 0x7e) return null;
  return text(b, at + 1, end);
}

function ipv4(b: Uint8Array, at: number): string {
  return `${u8(b, at)}.${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`;
}

function mac(b: Uint8Array, at: number, end: number): string {
  return Array.from(b.subarray(at, end), (byte) => byte.toString(16).padStart(2, '0')).join(':');
}
