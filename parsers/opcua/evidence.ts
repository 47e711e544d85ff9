/** What servers and clients say of themselves. */
import { u8, u16le, u32le } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';
import { Type } from './codes.ts';

/** Indices into EVIDENCE. */
export const Source = {
  endpointHost: 0,
  endpoint: 1,
  policy: 2,
  offered: 3,
  anonymous: 4,
  applicationName: 5,
  productUri: 6,
  applicationUri: 7,
  clientName: 8,
  clientUri: 9,
  identityToken: 10,
  clearPassword: 11,
  manufacturer: 12,
  productName: 13,
  softwareVersion: 14,
  buildNumber: 15,
  buildProductUri: 16,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'opcua.endpoint-url', words: 'OPC UA Hello, EndpointUrl', field: 'name', confidence: 0.5, render: hostOf },
  {
    name: 'opcua.endpoint-url',
    words: 'OPC UA Hello, EndpointUrl',
    field: 'note',
    confidence: 0.6,
    render: prefixed('OPC UA endpoint '),
  },
  {
    name: 'opcua.security-policy',
    words: 'OPC UA OpenSecureChannel, SecurityPolicyUri',
    field: 'protection',
    confidence: 0.95,
    render: policy,
  },
  {
    name: 'opcua.endpoint-security',
    words: 'OPC UA GetEndpoints answer, SecurityMode and SecurityPolicyUri',
    field: 'protection',
    confidence: 0.95,
    render: offered,
  },
  {
    name: 'opcua.user-token-policy',
    words: 'OPC UA GetEndpoints answer, UserIdentityTokens',
    field: 'protection',
    confidence: 0.95,
    render: () => 'OPC UA: offers anonymous login',
  },
  {
    name: 'opcua.application-name',
    words: 'OPC UA ApplicationDescription, ApplicationName',
    field: 'product',
    confidence: 0.7,
    render: text,
  },
  {
    name: 'opcua.product-uri',
    words: 'OPC UA ApplicationDescription, ProductUri',
    field: 'note',
    confidence: 0.8,
    render: prefixed('OPC UA product '),
  },
  {
    name: 'opcua.application-uri',
    words: 'OPC UA ApplicationDescription, ApplicationUri',
    field: 'note',
    confidence: 0.8,
    render: prefixed('OPC UA application '),
  },
  {
    name: 'opcua.client-description.name',
    words: 'OPC UA CreateSession, ClientDescription: ApplicationName',
    field: 'client-kind',
    confidence: 0.7,
    render: text,
  },
  {
    name: 'opcua.client-description.uri',
    words: 'OPC UA CreateSession, ClientDescription: ApplicationUri',
    field: 'note',
    confidence: 0.7,
    render: prefixed('OPC UA client '),
  },
  {
    name: 'opcua.user-identity-token',
    words: 'OPC UA ActivateSession, UserIdentityToken',
    field: 'note',
    confidence: 0.9,
    render: identityToken,
  },
  {
    name: 'opcua.user-name-token',
    words: 'OPC UA ActivateSession, UserNameIdentityToken',
    field: 'protection',
    confidence: 0.95,
    render: () => 'OPC UA: password sent without encryption',
  },
  {
    name: 'opcua.build-info.manufacturer-name',
    words: 'OPC UA ServerStatus BuildInfo, ManufacturerName',
    field: 'vendor',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'opcua.build-info.product-name',
    words: 'OPC UA ServerStatus BuildInfo, ProductName',
    field: 'product',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'opcua.build-info.software-version',
    words: 'OPC UA ServerStatus BuildInfo, SoftwareVersion',
    field: 'firmware',
    confidence: 0.95,
    render: text,
  },
  {
    name: 'opcua.build-info.build-number',
    words: 'OPC UA ServerStatus BuildInfo, BuildNumber',
    field: 'note',
    confidence: 0.9,
    render: prefixed('OPC UA build '),
  },
  {
    name: 'opcua.build-info.product-uri',
    words: 'OPC UA ServerStatus BuildInfo, ProductUri',
    field: 'note',
    confidence: 0.9,
    render: prefixed('OPC UA product '),
  },
];

function prefixed(prefix: string): EvidenceSource['render'] {
  return (b, at, end) => {
    const value = text(b, at, end);
    return value === null ? null : prefix + value;
  };
}

/** The host of `opc.tcp://host:port/path`, unless it is an address or says nothing. */
function hostOf(b: Uint8Array, at: number, end: number): string | null {
  const host = /^[a-z.]+:\/\/([^:/[\]]+)/i.exec(text(b, at, end) ?? '')?.[1];
  return host === undefined || host === 'localhost' || /^[\d.]+$/.test(host) ? null : host;
}

/** A SecurityPolicy URI tells by its fragment: `http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256`. */
function fragment(b: Uint8Array, at: number, end: number): string | null {
  const uri = text(b, at, end);
  return uri === null ? null : uri.slice(uri.lastIndexOf('#') + 1);
}

function policy(b: Uint8Array, at: number, end: number): string | null {
  const name = fragment(b, at, end);
  if (name === null) return null;
  return name === 'None' ? 'OPC UA: not secured (policy None)' : `OPC UA: secured (policy ${name})`;
}

const MODES = ['invalid', 'no security', 'signed', 'signed and encrypted'] as const;

/** MessageSecurityMode, then the length and text of the policy. */
function offered(b: Uint8Array, at: number, end: number): string | null {
  if (end - at < 8) return null;
  const name = fragment(b, at + 8, end);
  return `OPC UA: offers ${MODES[u32le(b, at)] ?? 'unknown security'}${name === null ? '' : ` (policy ${name})`}`;
}

/** The type's NodeId only; what identifies the user is no evidence. */
function identityToken(b: Uint8Array, at: number, end: number): string | null {
  if (end - at < 4 || u8(b, at) !== 1) return null;
  switch (u16le(b, at + 2)) {
    case Type.anonymousToken:
      return 'OPC UA: logs in anonymously';
    case Type.userNameToken:
      return 'OPC UA: logs in with user name and password';
    case Type.certificateToken:
      return 'OPC UA: logs in with a certificate';
    case Type.issuedToken:
      return 'OPC UA: logs in with an issued token';
    default:
      return null;
  }
}
