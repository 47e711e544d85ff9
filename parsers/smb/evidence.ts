/** What SMB's ends say of themselves and of each other. */
import { u8, u16le } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';
import { utf16Text } from '../utf16.ts';

/** Indices into EVIDENCE, after those of NtlmSource. */
export const Source = {
  calledName: 7,
  callingName: 8,
  smb1: 9,
  signing: 10,
  dialect: 11,
  nativeOs: 12,
  nativeOsUnicode: 13,
  nativeLanManager: 14,
  nativeLanManagerUnicode: 15,
  treeServer: 16,
  encrypted: 17,
  negotiatedDomain: 18,
  negotiatedServer: 19,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'smb.ntlm.dns-computer',
    words: 'SMB session setup, NTLM CHALLENGE: MsvAvDnsComputerName',
    field: 'name',
    confidence: 0.9,
    render: utf16Text,
  },
  {
    name: 'smb.ntlm.netbios-computer',
    words: 'SMB session setup, NTLM CHALLENGE: MsvAvNbComputerName',
    field: 'name',
    confidence: 0.9,
    render: utf16Text,
  },
  {
    name: 'smb.ntlm.dns-domain',
    words: 'SMB session setup, NTLM CHALLENGE: MsvAvDnsDomainName',
    field: 'note',
    confidence: 0.8,
    render: domain,
  },
  {
    name: 'smb.ntlm.netbios-domain',
    words: 'SMB session setup, NTLM CHALLENGE: MsvAvNbDomainName',
    field: 'note',
    confidence: 0.8,
    render: domain,
  },
  {
    name: 'smb.ntlm.version',
    words: 'SMB session setup, NTLM CHALLENGE: Version',
    field: 'os',
    confidence: 0.85,
    render: windowsVersion,
  },
  {
    name: 'smb.ntlm.workstation',
    words: 'SMB session setup, NTLM AUTHENTICATE: Workstation',
    field: 'name',
    confidence: 0.8,
    render: utf16Text,
  },
  {
    name: 'smb.ntlm.client-domain',
    words: 'SMB session setup, NTLM AUTHENTICATE: DomainName',
    field: 'note',
    confidence: 0.5,
    render: domain,
  },
  {
    name: 'smb.nbss.called-name',
    words: 'NetBIOS SESSION REQUEST, called name',
    field: 'name',
    confidence: 0.6,
    render: netbiosName,
  },
  {
    name: 'smb.nbss.calling-name',
    words: 'NetBIOS SESSION REQUEST, calling name',
    field: 'name',
    confidence: 0.8,
    render: netbiosName,
  },
  {
    name: 'smb.version-1',
    words: 'SMB header, protocol identifier of SMB 1',
    field: 'protection',
    confidence: 0.9,
    render: () => 'SMB 1 in use (obsolete)',
  },
  {
    name: 'smb.security-mode',
    words: 'SMB NEGOTIATE answer, SecurityMode',
    field: 'protection',
    confidence: 0.9,
    render: signing,
  },
  {
    name: 'smb.dialect',
    words: 'SMB NEGOTIATE answer, DialectRevision',
    field: 'note',
    confidence: 0.9,
    render: dialect,
  },
  { name: 'smb.native-os', words: 'SMB 1 session setup, NativeOS', field: 'os', confidence: 0.75, render: text },
  { name: 'smb.native-os', words: 'SMB 1 session setup, NativeOS', field: 'os', confidence: 0.75, render: utf16Text },
  {
    name: 'smb.native-lan-manager',
    words: 'SMB 1 session setup, NativeLanMan',
    field: 'note',
    confidence: 0.6,
    render: lanManager,
  },
  {
    name: 'smb.native-lan-manager',
    words: 'SMB 1 session setup, NativeLanMan',
    field: 'note',
    confidence: 0.6,
    render: lanManagerUnicode,
  },
  {
    name: 'smb.tree-connect',
    words: 'SMB TREE_CONNECT request, Path',
    field: 'name',
    confidence: 0.4,
    render: serverOfPath,
  },
  {
    name: 'smb.encrypted',
    words: 'SMB 3 transform header',
    field: 'protection',
    confidence: 0.9,
    render: () => 'SMB 3 encryption',
  },
  {
    name: 'smb.negotiate.domain',
    words: 'SMB 1 NEGOTIATE answer, DomainName',
    field: 'note',
    confidence: 0.6,
    render: domain,
  },
  {
    name: 'smb.negotiate.server',
    words: 'SMB 1 NEGOTIATE answer, ServerName',
    field: 'name',
    confidence: 0.8,
    render: utf16Text,
  },
];

function domain(b: Uint8Array, at: number, end: number): string | null {
  const name = utf16Text(b, at, end);
  return name === null ? null : `domain ${name}`;
}

function lanManager(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `LAN manager ${name}`;
}

function lanManagerUnicode(b: Uint8Array, at: number, end: number): string | null {
  const name = utf16Text(b, at, end);
  return name === null ? null : `LAN manager ${name}`;
}

/** Products by version, as Microsoft lists them; which edition it is, the version does not tell. */
const WINDOWS: ReadonlyMap<number, string> = new Map([
  [0x0500, 'Windows 2000'],
  [0x0501, 'Windows XP'],
  [0x0502, 'Windows XP x64 or Server 2003'],
  [0x0600, 'Windows Vista or Server 2008'],
  [0x0601, 'Windows 7 or Server 2008 R2'],
  [0x0602, 'Windows 8 or Server 2012'],
  [0x0603, 'Windows 8.1 or Server 2012 R2'],
]);

function windowsVersion(b: Uint8Array, at: number): string {
  const major = u8(b, at);
  const minor = u8(b, at + 1);
  const build = u16le(b, at + 2);
  const number = `${major}.${minor}.${build}`;
  const product = major === 10 ? windows10(build) : WINDOWS.get((major << 8) | minor);
  return product === undefined ? `Windows ${number}` : `${product} (${number})`;
}

/** Servers and clients of version 10.0 share builds only in part. */
function windows10(build: number): string {
  switch (build) {
    case 14393:
      return 'Windows 10 or Server 2016';
    case 17763:
      return 'Windows 10 or Server 2019';
    case 20348:
      return 'Windows Server 2022';
    case 26100:
      return 'Windows 11 or Server 2025';
    default:
      return build >= 22000 ? 'Windows 11' : 'Windows 10';
  }
}

function signing(b: Uint8Array, at: number): string {
  return (u8(b, at) & 2) !== 0 ? 'SMB signing required' : 'SMB signing not required';
}

function dialect(b: Uint8Array, at: number): string | null {
  switch (u16le(b, at)) {
    case 0x0202:
      return 'SMB 2.0.2';
    case 0x0210:
      return 'SMB 2.1';
    case 0x0300:
      return 'SMB 3.0';
    case 0x0302:
      return 'SMB 3.0.2';
    case 0x0311:
      return 'SMB 3.1.1';
    default:
      return null; // 0x02ff: to be negotiated once more
  }
}

/**
 * First-level encoding of a NetBIOS name (RFC 1001, 14.1): each half-byte as a letter from A on; 15 characters padded
 * with blanks and a byte that tells the service.
 */
function netbiosName(b: Uint8Array, at: number, end: number): string | null {
  const bytes = new Uint8Array(15);
  for (let i = 0; i < 15 && at + 2 * i + 1 < end; i++) {
    bytes[i] = ((u8(b, at + 2 * i) - 0x41) << 4) | (u8(b, at + 2 * i + 1) - 0x41);
  }
  const name = text(bytes, 0, 15);
  return name === null || name.startsWith('*') ? null : name; // *SMBSERVER: whoever is there
}

/** The server of `\\server\share`; an address is no name. */
function serverOfPath(b: Uint8Array, at: number, end: number): string | null {
  const path = utf16Text(b, at, end);
  const server = /^\\\\([^\\]+)\\/.exec(path ?? '')?.[1];
  return server === undefined || /^[\d.]+$|:/.test(server) ? null : server;
}
