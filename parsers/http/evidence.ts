/** What header fields and the first page say. */
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE. */
export const Source = {
  server: 0,
  userAgent: 1,
  userAgentSystem: 2,
  host: 3,
  realm: 4,
  basic: 5,
  title: 6,
  http2: 7,
  defaultLogin: 8,
} as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'http.server', words: 'HTTP response, Server', field: 'product', confidence: 0.6, render: text },
  { name: 'http.user-agent', words: 'HTTP request, User-Agent', field: 'client-kind', confidence: 0.4, render: agent },
  {
    name: 'http.user-agent.system',
    words: 'HTTP request, User-Agent: operating system',
    field: 'os',
    confidence: 0.5,
    render: system,
  },
  { name: 'http.host', words: 'HTTP request, Host', field: 'name', confidence: 0.4, render: hostName },
  {
    name: 'http.realm',
    words: 'HTTP response, WWW-Authenticate: realm',
    field: 'product',
    confidence: 0.5,
    render: text,
  },
  {
    name: 'http.authorization',
    words: 'HTTP request, Authorization',
    field: 'protection',
    confidence: 0.9,
    render: () => 'cleartext login (HTTP Basic authentication)',
  },
  { name: 'http.title', words: 'HTTP response, title of the page', field: 'product', confidence: 0.4, render: text },
  {
    name: 'http.preface',
    words: 'HTTP/2 connection preface',
    field: 'note',
    confidence: 0.8,
    render: () => 'HTTP/2 in clear',
  },
  {
    name: 'http.authorization.default',
    words: "HTTP request, Authorization: a maker's default login",
    field: 'protection',
    confidence: 0.9,
    render: () => 'HTTP: a default login is sent to it',
  },
];

/** Browsers call themselves Mozilla and half a dozen other names; everything else says what it is. */
function agent(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end);
  if (value === null || !value.startsWith('Mozilla/')) return value;
  const browser = /\b(?:Edg|Edge|OPR|Firefox|Chrome|MSIE|Trident)[/ ][\d.]+/.exec(value)?.[0];
  return browser === undefined ? 'web browser' : `web browser (${browser})`;
}

/** The operating system that a browser names in its comment. */
function system(b: Uint8Array, at: number, end: number): string | null {
  const value = text(b, at, end) ?? '';
  const windows = /Windows (?:NT \d+\.\d+|CE(?: [\d.]+)?)/.exec(value)?.[0];
  if (windows !== undefined) return windows;
  return /Android [\d.]+|Mac OS X [\d_.]+|CrOS|FreeBSD|Linux/.exec(value)?.[0] ?? null;
}

/** The host without its port; an address is no name. */
function hostName(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at, end)?.replace(/:\d+$/, '') ?? null;
  return name === null || /^[\d.]+$|:/.test(name) ? null : name;
}
