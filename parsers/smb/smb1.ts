/** What SMB1's negotiation and session setup say in clear: [MS-CIFS] 2.2.4.52 and 53, [MS-SMB] 2.2.4.5 and 6. */
import { u8, u16le } from '../bytes.ts';
import { find } from '../lines.ts';
import { About, type FactSink, NO_UNIT } from '../protocol.ts';
import { utf16End } from '../utf16.ts';
import { Source } from './evidence.ts';

/** Signature, command, status, flags, flags 2, process id high, signature, reserved, tree, process, user, multiplex. */
export const HEADER_BYTES = 32;

const FLAGS = 9;
const FLAGS2 = 10;
const WORD_COUNT = 32;
const WORDS = 33;
const ANSWER = 0x80;
const UNICODE = 0x8000;

/** Whether the message at `at` comes from the server. */
export function isAnswer(b: Uint8Array, at: number): boolean {
  return (u8(b, at + FLAGS) & ANSWER) !== 0;
}

/**
 * The answer to a negotiation: 17 words, the second byte of which tells whether messages must be signed. Without
 * extended security the challenge is followed by the names of domain and server, always in Unicode if it was agreed on.
 */
export function negotiated(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  if (end - at < WORDS + 36 || u8(b, at + WORD_COUNT) !== 17) return;
  if ((u16le(b, at + FLAGS2) & UNICODE) === 0 || (u16le(b, at + FLAGS2) & 0x0800) !== 0) return;
  const domain = at + WORDS + 36 + u8(b, at + WORDS + 33); // past the challenge
  if (domain >= end) return;
  const domainEnd = utf16End(b, domain, end);
  if (domainEnd > domain) facts.evidence(Source.negotiatedDomain, About.sender, NO_UNIT, b, domain, domainEnd);
  const server = domainEnd + 2;
  if (server >= end) return;
  const serverEnd = utf16End(b, server, end);
  if (serverEnd > server) facts.evidence(Source.negotiatedServer, About.sender, NO_UNIT, b, server, serverEnd);
}

/** Native operating system and LAN manager: behind a security blob or, in old requests, passwords and account. */
export function sessionSetup(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  if (end - at < WORDS + 2) return;
  const words = u8(b, at + WORD_COUNT);
  const bytes = at + WORDS + 2 * words + 2;
  if (bytes >= end) return;
  let next = bytes;
  let passed = 0; // strings before the two
  if (isAnswer(b, at)) {
    if (words === 4) next += u16le(b, at + WORDS + 6);
    else if (words !== 3) return;
  } else if (words === 12) {
    next += u16le(b, at + WORDS + 14);
  } else if (words === 13) {
    next += u16le(b, at + WORDS + 14) + u16le(b, at + WORDS + 16);
    passed = 2; // account and primary domain
  } else {
    return;
  }
  const unicode = (u16le(b, at + FLAGS2) & UNICODE) !== 0;
  if (unicode && ((next - at) & 1) !== 0) next++; // strings are aligned to the header
  for (let string = 0; string < passed + 2; string++) {
    if (next >= end) return;
    const stop = unicode ? utf16End(b, next, end) : find(0, b, next, end);
    if (string >= passed && stop > next) {
      const os = string === passed;
      const source = os
        ? unicode
          ? Source.nativeOsUnicode
          : Source.nativeOs
        : unicode
          ? Source.nativeLanManagerUnicode
          : Source.nativeLanManager;
      facts.evidence(source, About.sender, NO_UNIT, b, next, stop);
    }
    next = stop + (unicode ? 2 : 1);
  }
}
