/** Names and passwords with which devices leave the factory, as their manuals print them. */
import { ascii } from './lines.ts';

const LOGINS = [
  ['admin', 'admin'],
  ['admin', ''],
  ['admin', 'password'],
  ['admin', '1234'],
  ['root', 'root'],
  ['user', 'user'],
  ['USER', 'USER'],
  ['guest', 'guest'],
  ['Administrator', 'Administrator'],
  ['admin', 'wago'],
  ['sysdiag', 'factorycast@schneider'], // Modicon Quantum and M340: CVE-2011-4859
] as const;

/** As Basic authentication sends them: base64 of name, colon and password (RFC 7617, section 2). */
export const BASIC_LOGINS: readonly Uint8Array[] = LOGINS.map(([name, password]) => ascii(btoa(`${name}:${password}`)));

const NAMES = LOGINS.map(([name]) => ascii(name));
const PASSWORDS = LOGINS.map(([, password]) => ascii(password));

/** A login of which the name comes first, and then the password. Which of the known ones it may be is all that is kept. */
export class DefaultLogin {
  #candidates = 0; // a bit for each of LOGINS

  /** The name is `b[at, end)`. */
  name(b: Uint8Array, at: number, end: number): void {
    this.#candidates = matching(NAMES, b, at, end);
  }

  /** Whether the password `b[at, end)` makes it one of those. */
  password(b: Uint8Array, at: number, end: number): boolean {
    const matched = (this.#candidates & matching(PASSWORDS, b, at, end)) !== 0;
    this.#candidates = 0;
    return matched;
  }
}

function matching(words: readonly Uint8Array[], b: Uint8Array, at: number, end: number): number {
  let bits = 0;
  for (let i = 0; i < words.length; i++) if (isWord(words[i] as Uint8Array, b, at, end)) bits |= 1 << i;
  return bits;
}

function isWord(word: Uint8Array, b: Uint8Array, at: number, end: number): boolean {
  if (end - at !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (b[at + i] !== word[i]) return false;
  return true;
}
