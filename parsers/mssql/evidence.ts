/** What a SQL Server and its clients say of themselves before and at the login. */
import { u8, u16be } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { utf16Text } from '../utf16.ts';
import { Encryption } from './codes.ts';

/** Indices into EVIDENCE. */
export const Source = {
  product: 0,
  version: 1,
  encryption: 2,
  hostName: 3,
  applicationName: 4,
  calledName: 5,
  login: 6,
  serverName: 7,
  program: 8,
  programVersion: 9,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'mssql.prelogin.version',
    words: 'TDS PRELOGIN answer, VERSION',
    field: 'product',
    confidence: 0.85,
    render: product,
  },
  {
    name: 'mssql.prelogin.version',
    words: 'TDS PRELOGIN answer, VERSION',
    field: 'firmware',
    confidence: 0.7,
    render: version,
  },
  {
    name: 'mssql.prelogin.encryption',
    words: 'TDS PRELOGIN answer, ENCRYPTION',
    field: 'protection',
    confidence: 0.8,
    render: encryption,
  },
  { name: 'mssql.login.host-name', words: 'TDS LOGIN7, HostName', field: 'name', confidence: 0.8, render: utf16Text },
  {
    name: 'mssql.login.application',
    words: 'TDS LOGIN7, AppName',
    field: 'client-kind',
    confidence: 0.6,
    render: utf16Text,
  },
  {
    name: 'mssql.login.server-name',
    words: 'TDS LOGIN7, ServerName',
    field: 'name',
    confidence: 0.4,
    render: serverName,
  },
  {
    name: 'mssql.login',
    words: 'TDS LOGIN7 without encryption',
    field: 'protection',
    confidence: 0.9,
    render: () => 'cleartext login (SQL Server)',
  },
  {
    name: 'mssql.message.server-name',
    words: 'TDS ERROR or INFO token, ServerName',
    field: 'name',
    confidence: 0.8,
    render: serverName,
  },
  {
    name: 'mssql.login-ack.program',
    words: 'TDS LOGINACK token, ProgName',
    field: 'product',
    confidence: 0.7,
    render: utf16Text,
  },
  {
    name: 'mssql.login-ack.version',
    words: 'TDS LOGINACK token, ProgVersion',
    field: 'firmware',
    confidence: 0.7,
    render: version,
  },
];

/** Major versions, as Microsoft names them. */
const PRODUCTS: ReadonlyMap<number, string> = new Map([
  [8, '2000'],
  [9, '2005'],
  [10, '2008'],
  [11, '2012'],
  [12, '2014'],
  [13, '2016'],
  [14, '2017'],
  [15, '2019'],
  [16, '2022'],
]);

function product(b: Uint8Array, at: number): string {
  const year = u8(b, at) === 10 && u8(b, at + 1) >= 50 ? '2008 R2' : PRODUCTS.get(u8(b, at));
  return year === undefined ? 'Microsoft SQL Server' : `Microsoft SQL Server ${year}`;
}

function version(b: Uint8Array, at: number): string {
  return `${u8(b, at)}.${u8(b, at + 1)}.${u16be(b, at + 2)}`;
}

function encryption(b: Uint8Array, at: number): string {
  switch (u8(b, at)) {
    case Encryption.off:
      return 'SQL Server: login encrypted, data in clear';
    case Encryption.notSupported:
      return 'SQL Server: no encryption';
    default:
      return 'SQL Server over TLS';
  }
}

/** A name without its instance; an address is none. */
function serverName(b: Uint8Array, at: number, end: number): string | null {
  const name = utf16Text(b, at, end)
    ?.replace(/^tcp:/i, '')
    .replace(/[\\,].*$/, '');
  return name === undefined || /^[\d.]*$|:|^\(?local/i.test(name) ? null : name;
}
