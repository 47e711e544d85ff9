/** What a Connection Request says: transport selectors (TSAPs) name the module that is called and the kind of caller. */
import { u8 } from '../bytes.ts';
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = { module: 0, connectionType: 1, simaticRoot: 2, callingName: 3, tls: 4 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'cotp.called-tsap',
    words: 'COTP Connection Request, called TSAP: rack and slot',
    field: 'module',
    confidence: 0.6,
    render: module,
  },
  // low: the libraries that many SCADA systems and HMIs are built on introduce themselves as a PG, too
  {
    name: 'cotp.called-tsap.type',
    words: 'COTP Connection Request, called TSAP: connection type',
    field: 'client-kind',
    confidence: 0.4,
    render: connectionType,
  },
  {
    name: 'cotp.called-tsap.root',
    words: 'COTP Connection Request, called TSAP: SIMATIC-ROOT',
    field: 'client-kind',
    confidence: 0.7,
    render: rootKind,
  },
  {
    name: 'cotp.calling-tsap',
    words: 'COTP Connection Request, calling TSAP',
    field: 'note',
    confidence: 0.3,
    render: callingName,
  },
  {
    name: 'cotp.tls',
    words: 'TPKT packets inside TLS',
    field: 'protection',
    confidence: 0.9,
    render: () => 'TLS inside COTP',
  },
];

/** First byte of an S7 station's two-byte TSAP: what kind of connection is asked for. */
export const ConnectionType = { programmingDevice: 1, operatorPanel: 2, s7Basic: 3 } as const;

/** Second byte: rack in the upper three bits, slot in the lower five. */
function module(b: Uint8Array, at: number): string {
  const place = u8(b, at + 1);
  return `rack ${place >>> 5} slot ${place & 0x1f}`;
}

function connectionType(b: Uint8Array, at: number): string | null {
  switch (u8(b, at)) {
    case ConnectionType.programmingDevice:
      return 'engineering station';
    case ConnectionType.operatorPanel:
      return 'HMI';
    case ConnectionType.s7Basic:
      return 'S7 basic communication';
    default:
      return null;
  }
}

/** S7-1200 and S7-1500 are called by a name that ends in the kind of caller. */
export const SIMATIC_ROOT = Uint8Array.from('SIMATIC-ROOT-', (character) => character.charCodeAt(0));

function rootKind(b: Uint8Array, at: number, end: number): string | null {
  const kind = text(b, at + SIMATIC_ROOT.length, end);
  switch (kind) {
    case 'ES':
    case 'PG':
      return 'engineering station';
    case 'HMI':
      return 'HMI';
    default:
      return null; // OTH: OPC servers and whatever else
  }
}

function callingName(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end);
  return name === null ? null : `calls itself ${name}`;
}
