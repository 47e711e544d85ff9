/**
 * WS-Discovery (OASIS, Web Services Dynamic Discovery 1.1, and the 2005 draft that printers, cameras and Windows speak):
 * SOAP in UDP datagrams. The XML is not parsed, only searched for what identifies a device.
 */
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

/** Messages by the end of their action's URI (section 4 and on of WS-Discovery 1.1); an answer has its request's. */
const HELLO = 0;
const BYE = 1;
const PROBE = 2;
const PROBE_MATCHES = 3;
const RESOLVE = 4;
const RESOLVE_MATCHES = 5;
const NONE = -1;

/** Where an action's last part begins: the draft's namespace of 2005, the standard's of 2009. */
const NAMESPACES: readonly Uint8Array[] = ['ws/2005/04/discovery/', 'ws-dd/ns/discovery/2009/01/'].map(ascii);
const ACTIONS: readonly (readonly [ending: Uint8Array, message: number])[] = [
  [ascii('Hello<'), HELLO],
  [ascii('Bye<'), BYE],
  [ascii('Probe<'), PROBE],
  [ascii('ProbeMatches<'), PROBE_MATCHES],
  [ascii('Resolve<'), RESOLVE],
  [ascii('ResolveMatches<'), RESOLVE_MATCHES],
];
const NAMES = ['Hello', 'Bye', 'Probe', 'ProbeMatches', 'Resolve', 'ResolveMatches'] as const;

const Source = { name: 0, hardware: 1, location: 2, types: 3 } as const;
const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'ws-discovery.onvif-name',
    words: 'WS-Discovery, scope onvif name',
    field: 'product',
    confidence: 0.75,
    render: scope,
  },
  {
    name: 'ws-discovery.onvif-hardware',
    words: 'WS-Discovery, scope onvif hardware',
    field: 'model',
    confidence: 0.8,
    render: scope,
  },
  {
    name: 'ws-discovery.onvif-location',
    words: 'WS-Discovery, scope onvif location',
    field: 'location',
    confidence: 0.6,
    render: scope,
  },
  {
    name: 'ws-discovery.types',
    words: 'WS-Discovery, Types',
    field: 'device-type',
    confidence: 0.7,
    render: deviceType,
  },
];

/** ONVIF Core Specification, section 7.3.2.2: scopes that describe a device. */
const SCOPES: readonly (readonly [prefix: Uint8Array, source: number])[] = [
  [ascii('onvif.org/name/'), Source.name],
  [ascii('onvif.org/hardware/'), Source.hardware],
  [ascii('onvif.org/location/'), Source.location],
];
const TYPES = ascii('Types>');

export const wsDiscovery: Protocol = {
  name: 'ws-discovery',
  tcpPorts: [],
  udpPorts: [3702],

  recognise: (b, at, end) =>
    isXml(b, at, end) && messageOf(b, at, end) !== NONE ? Recognition.certain : Recognition.no,

  /** Who says hello or bye does so to the group, unasked. */
  sender(b, at, end) {
    if (!isXml(b, at, end)) return Sender.unknown;
    switch (messageOf(b, at, end)) {
      case PROBE:
      case RESOLVE:
        return Sender.client;
      case PROBE_MATCHES:
      case RESOLVE_MATCHES:
        return Sender.server;
      default:
        return Sender.unknown;
    }
  },

  open: (facts) => new WsDiscoveryDecoder(facts),
  operation(message): Operation {
    const name = NAMES[message] ?? `Message ${message}`;
    return { code: name.toLowerCase(), name, access: 'diagnostic' };
  },
  space: () => '',
  evidence: EVIDENCE,
};

class WsDiscoveryDecoder implements Decoder {
  readonly #facts: FactSink;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number): Outcome {
    const message = isXml(b, at, end) ? messageOf(b, at, end) : NONE;
    if (message === NONE) return Outcome.unsupported;
    const facts = this.#facts;
    if (message === PROBE_MATCHES || message === RESOLVE_MATCHES) {
      facts.response(facts.operation(message - 1, NO_UNIT), false);
    } else {
      facts.request(message, NO_UNIT);
      if (message !== HELLO) return Outcome.ok;
    }
    for (const [prefix, source] of SCOPES) {
      const value = find(prefix, b, at, end);
      if (value !== NONE) facts.evidence(source, About.sender, NO_UNIT, b, value, valueEnd(b, value, end, true));
    }
    const types = find(TYPES, b, at, end);
    if (types !== NONE) facts.evidence(Source.types, About.sender, NO_UNIT, b, types, valueEnd(b, types, end, false));
    return Outcome.ok;
  }
}

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

const LESS = 0x3c;
const SPACE = 0x20;
/** White space and a byte order mark may come first. */
const MAX_LEAD = 8;

function isXml(b: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < Math.min(end, at + MAX_LEAD); i++) if (u8(b, i) === LESS) return true;
  return false;
}

/** The message by its action: a namespace and a name; the namespace alone stands in other places too. */
function messageOf(b: Uint8Array, at: number, end: number): number {
  for (const namespace of NAMESPACES) {
    let next = find(namespace, b, at, end);
    while (next !== NONE) {
      for (const [ending, message] of ACTIONS) if (startsWith(ending, b, next, end)) return message;
      next = find(namespace, b, next, end);
    }
  }
  return NONE;
}

/** Where `b` goes on behind the first `what` in it, or NONE. */
function find(what: Uint8Array, b: Uint8Array, at: number, end: number): number {
  for (let i = at; i + what.length <= end; i++) if (startsWith(what, b, i, end)) return i + what.length;
  return NONE;
}

function startsWith(what: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at < what.length) return false;
  for (let i = 0; i < what.length; i++) if (u8(b, at + i) !== what[i]) return false;
  return true;
}

function valueEnd(b: Uint8Array, at: number, end: number, oneWord: boolean): number {
  let next = at;
  while (next < end && u8(b, next) !== LESS && !(oneWord && u8(b, next) <= SPACE)) next++;
  return next;
}

/** Scopes are URIs: blanks stand in them as %20. */
function scope(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  if (value === null) return null;
  const bytes = value.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return bytes.replace(/[^\x20-\x7e]/g, '').trim() || null;
}

/** Qualified names of types; the prefixes are the sender's choice. */
function deviceType(b: Uint8Array, at: number, end: number): string | null {
  const types = text(b, at, end) ?? '';
  if (/:NetworkVideo(?:Transmitter|Storage)\b/.test(types)) return 'camera';
  if (/:Print(?:Device|er)/.test(types)) return 'printer';
  return /:Computer\b/.test(types) ? 'workstation' : null;
}
