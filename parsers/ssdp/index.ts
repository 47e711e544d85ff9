/** The Simple Service Discovery Protocol: UPnP Device Architecture 2.0, section 1. HTTP headers in UDP datagrams. */
import { u8 } from '../bytes.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  type Operation,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const Source = { server: 0, product: 1, os: 2, location: 3, deviceType: 4, agent: 5 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'ssdp.server', words: 'SSDP, SERVER', field: 'note', confidence: 0.7, render: labelled('UPnP server') },
  {
    name: 'ssdp.server.product',
    words: 'SSDP, SERVER: product',
    field: 'product',
    confidence: 0.65,
    render: (b, at, end) => serverPart(b, at, end, 2),
  },
  {
    name: 'ssdp.server.os',
    words: 'SSDP, SERVER: operating system',
    field: 'os',
    confidence: 0.6,
    render: (b, at, end) => serverPart(b, at, end, 0),
  },
  { name: 'ssdp.location', words: 'SSDP, LOCATION', field: 'note', confidence: 0.7, render: location },
  { name: 'ssdp.nt', words: 'SSDP, NT or ST', field: 'device-type', confidence: 0.6, render: deviceType },
  {
    name: 'ssdp.user-agent',
    words: 'SSDP M-SEARCH, USER-AGENT',
    field: 'note',
    confidence: 0.5,
    render: labelled('UPnP user agent'),
  },
];

/** Indices into START_LINES, and of the first two into OPERATIONS; 1 is a notification. A response is to a search. */
const SEARCH = 0;
const RESPONSE = 2;
const NONE = -1;

const OPERATIONS: readonly Operation[] = [
  { code: 'm-search', name: 'M-SEARCH', access: 'diagnostic' },
  { code: 'notify', name: 'NOTIFY', access: 'diagnostic' },
];

const START_LINES: readonly Uint8Array[] = ['M-SEARCH * HTTP/1.', 'NOTIFY * HTTP/1.', 'HTTP/1.1 200 OK'].map(ascii);

export const ssdp: Protocol = {
  name: 'ssdp',
  tcpPorts: [],
  udpPorts: [1900],

  recognise: (b, at, end) => (kindOf(b, at, end) === NONE ? Recognition.no : Recognition.certain),

  /** Who notifies does so to the group, unasked. */
  sender(b, at, end) {
    const kind = kindOf(b, at, end);
    return kind === SEARCH ? Sender.client : kind === RESPONSE ? Sender.server : Sender.unknown;
  },

  open: (facts) => new SsdpDecoder(facts),
  operation: (kind) => OPERATIONS[kind] ?? { code: `${kind}`, name: `Kind ${kind}`, access: 'diagnostic' },
  space: () => '',
  evidence: EVIDENCE,
};

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

function kindOf(b: Uint8Array, at: number, end: number): number {
  for (let kind = 0; kind < START_LINES.length; kind++) {
    if (startsWith(START_LINES[kind] as Uint8Array, b, at, end)) return kind;
  }
  return NONE;
}

/** Header names, lower case, with their colon, and what they are evidence of. */
const HEADERS: readonly (readonly [name: Uint8Array, sources: readonly number[]])[] = [
  [ascii('server:'), [Source.server, Source.product, Source.os]],
  [ascii('location:'), [Source.location]],
  [ascii('nt:'), [Source.deviceType]],
  [ascii('st:'), [Source.deviceType]],
  [ascii('user-agent:'), [Source.agent]],
];

class SsdpDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    const kind = kindOf(b, at, end);
    if (kind === NONE) return Outcome.malformed;
    if (kind === RESPONSE) this.#facts.response(this.#facts.operation(SEARCH, NO_UNIT), false);
    else this.#facts.request(kind, NO_UNIT);
    for (let line = lineEnd(b, at, end); line < end; ) {
      const stop = lineEnd(b, line + 1, end);
      this.#header(b, line + 1, stop, kind);
      line = stop;
    }
    return Outcome.ok;
  }

  #header(b: Uint8Array, at: number, end: number, kind: number): void {
    for (const [name, sources] of HEADERS) {
      if (!startsWith(name, b, at, end)) continue;
      let value = at + name.length;
      while (value < end && u8(b, value) === SPACE) value++;
      for (const source of sources) {
        // What is searched for says nothing of the searcher.
        if (source === Source.deviceType && kind === SEARCH) continue;
        this.#facts.evidence(source, About.sender, NO_UNIT, b, value, end);
      }
      return;
    }
  }
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;

function lineEnd(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && u8(b, next) !== LINE_FEED) next++;
  return next;
}

/** Whether `b[at, end)` starts with `what`, in any case. */
function startsWith(what: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at < what.length) return false;
  for (let i = 0; i < what.length; i++) {
    const byte = u8(b, at + i);
    const expected = what[i] as number;
    if (byte !== expected && (byte < 0x41 || byte > 0x5a || (byte | 0x20) !== expected)) return false;
  }
  return true;
}

function labelled(label: string): EvidenceSource['render'] {
  return (b, at, end) => {
    const value = text(b, at, end);
    return value === null ? null : `${label}: ${value}`;
  };
}

/** `OS/version UPnP/1.0 product/version` (section 1.2.2); some put commas between them, and blanks into their names. */
function serverPart(b: Uint8Array, at: number, end: number, part: 0 | 2): string | null {
  const parts = /^(.*?)[, ]+UPnP\/[\d.]+[, ]*(.*)$/i.exec(text(b, at, end) ?? '');
  const value = (part === 0 ? parts?.[1] : parts?.[2])?.replace('/', ' ').trim();
  return value === undefined || value === '' || /^(?:unspecified|unknown)/i.test(value) ? null : value;
}

/** The address of the description, without what may stand before `@`: that is a login. */
function location(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  const url = /^(https?:\/\/)(?:[^/@]*@)?([^/?#]+)([^?#]*)/i.exec(value ?? '');
  return url === null ? null : `UPnP description: ${url[1]}${url[2]}${url[3]}`;
}

/** Device types that UPnP Forum standardised. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['internetgatewaydevice', 'router'],
  ['wandevice', 'router'],
  ['wlanaccesspointdevice', 'access point'],
  ['printer', 'printer'],
  ['mediaserver', 'media server'],
  ['mediarenderer', 'media renderer'],
  ['digitalsecuritycamera', 'camera'],
]);

function deviceType(b: Uint8Array, at: number, end: number): string | null {
  const type = /:device:(\w+):/.exec(text(b, at, end) ?? '')?.[1];
  return type === undefined ? null : (TYPES.get(type.toLowerCase()) ?? null);
}
