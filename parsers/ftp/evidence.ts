/** What the server's replies say. */
import type { EvidenceSource } from '../protocol.ts';
import { text } from '../text.ts';

/** Indices into EVIDENCE, after those of CommonSource. */
export const Source = { system: 3, defaultLogin: 4 } as const;

export const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'ftp.greeting', words: 'FTP greeting (220)', field: 'product', confidence: 0.6, render: greeting },
  {
    name: 'ftp.login',
    words: 'FTP USER and PASS',
    field: 'protection',
    confidence: 0.9,
    render: () => 'cleartext login (FTP)',
  },
  { name: 'ftp.auth', words: 'FTP AUTH', field: 'protection', confidence: 0.9, render: () => 'FTP over TLS' },
  { name: 'ftp.syst', words: 'FTP answer to SYST (215)', field: 'os', confidence: 0.5, render: system },
  {
    name: 'ftp.login.default',
    words: "FTP USER and PASS: a maker's default login",
    field: 'protection',
    confidence: 0.95,
    render: () => 'FTP: a default login was accepted',
  },
];

/** The text of the 220 reply, without the words that all servers say. */
function greeting(b: Uint8Array, at: number, end: number): string | null {
  const line = text(b, at + 4, end)
    ?.replace(/\b(?:service|server)?\s*(?:is )?ready\b.*$/i, '')
    .replace(/^welcome to (?:the )?/i, '')
    .trim();
  return line === undefined || !/[A-Za-z]{3}/.test(line) || /^(?:ftp(?: server)?|welcome)$/i.test(line) ? null : line;
}

/** `UNIX Type: L8`, `Windows_NT`, `VxWorks`: the first word (RFC 959, 4.1.3). Whoever it is, many say UNIX. */
function system(b: Uint8Array, at: number, end: number): string | null {
  const name = text(b, at + 4, end)?.split(/\s+type\b/i, 1)[0];
  return name === undefined || name === '' || /^unix$/i.test(name) ? null : name;
}
