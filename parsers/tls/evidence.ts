/** What a handshake says in clear. */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { hexNumber, text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = {
  serverName: 0,
  version: 1,
  cipher: 2,
  alpnOffered: 3,
  alpnChosen: 4,
  commonName: 5,
  organization: 6,
  serialNumber: 7,
  alternativeName: 8,
  issuer: 9,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'tls.server-name', words: 'TLS ClientHello, server_name', field: 'name', confidence: 0.5, render: text },
  { name: 'tls.version', words: 'TLS ServerHello, version', field: 'protection', confidence: 0.9, render: version },
  {
    name: 'tls.cipher-suite',
    words: 'TLS ServerHello, cipher_suite',
    field: 'protection',
    confidence: 0.7,
    render: weakCipher,
  },
  {
    name: 'tls.alpn-offered',
    words: 'TLS ClientHello, application_layer_protocol_negotiation',
    field: 'note',
    confidence: 0.5,
    render: offered,
  },
  {
    name: 'tls.alpn-chosen',
    words: 'TLS ServerHello, application_layer_protocol_negotiation',
    field: 'note',
    confidence: 0.7,
    render: chosen,
  },
  {
    name: 'tls.certificate.common-name',
    words: 'TLS Certificate, subject commonName',
    field: 'name',
    confidence: 0.6,
    render: text,
  },
  // who operates the server as often as who made the device
  {
    name: 'tls.certificate.organization',
    words: 'TLS Certificate, subject organizationName',
    field: 'vendor',
    confidence: 0.4,
    render: text,
  },
  {
    name: 'tls.certificate.serial-number',
    words: 'TLS Certificate, subject serialNumber',
    field: 'serial',
    confidence: 0.6,
    render: text,
  },
  {
    name: 'tls.certificate.alternative-name',
    words: 'TLS Certificate, subjectAltName',
    field: 'name',
    confidence: 0.6,
    render: text,
  },
  { name: 'tls.certificate.issuer', words: 'TLS Certificate, issuer', field: 'note', confidence: 0.6, render: issuer },
];

/** RFC 8996 and RFC 7568 forbid all before TLS 1.2. */
function version(b: Uint8Array, at: number): string {
  switch (u16be(b, at)) {
    case 0x0300:
      return 'SSL 3.0 (obsolete)';
    case 0x0301:
      return 'TLS 1.0 (obsolete)';
    case 0x0302:
      return 'TLS 1.1 (obsolete)';
    case 0x0303:
      return 'TLS 1.2';
    case 0x0304:
      return 'TLS 1.3';
    default:
      return `TLS version ${hexNumber(u16be(b, at), 4)}`;
  }
}

/** The suites without encryption, with RC4 (RFC 7465) or with export keys or single DES (IANA, TLS Cipher Suites). */
function weakCipher(b: Uint8Array, at: number): string | null {
  const suite = u16be(b, at);
  switch (suite) {
    case 0x0001:
    case 0x0002:
    case 0x003b:
      return `cipher suite ${hexNumber(suite, 4)}: no encryption`;
    case 0x0004:
    case 0x0005:
    case 0x0018:
    case 0xc007:
    case 0xc011:
      return `cipher suite ${hexNumber(suite, 4)}: RC4`;
    case 0x0003:
    case 0x0006:
    case 0x0008:
    case 0x0009:
      return `cipher suite ${hexNumber(suite, 4)}: export keys or DES`;
    default:
      return null;
  }
}

/** Names of length and bytes each (RFC 7301, 3.1). */
function names(b: Uint8Array, at: number, end: number): string | null {
  const found: string[] = [];
  let next = at;
  while (next < end && found.length < 4) {
    const stop = next + 1 + u8(b, next);
    if (stop > end) break;
    const name = text(b, next + 1, stop);
    if (name !== null && (u8(b, next + 1) & 0x0f) !== 0x0a) found.push(name); // GREASE (RFC 8701) is no name
    next = stop;
  }
  return found.length === 0 ? null : found.join(', ');
}

function offered(b: Uint8Array, at: number, end: number): string | null {
  const value = names(b, at, end);
  return value === null ? null : `offers ${value} inside TLS`;
}

function chosen(b: Uint8Array, at: number, end: number): string | null {
  const value = names(b, at, end);
  return value === null ? null : `speaks ${value} inside TLS`;
}

function issuer(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  return value === null ? null : `certificate issued by ${value}`;
}
