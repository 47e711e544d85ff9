/**
 * NTLM authentication messages ([MS-NLMP] 2.2.1) inside a security blob: both ends name themselves and their Windows
 * in clear. Answers to the challenge, session keys and user names are left where they are.
 */
import { u8, u16le, u32le } from '../bytes.ts';
import { ascii, startsWith } from '../lines.ts';
import { About, type FactSink, NO_UNIT } from '../protocol.ts';

const SIGNATURE = ascii('NTLMSSP\0');
const TYPE = 8;

const MessageType = { negotiate: 1, challenge: 2, authenticate: 3 } as const;

/** NEGOTIATE_FLAGS (2.2.2.5). */
const Flag = { unicode: 0x1, version: 0x0200_0000 } as const;

/** AV_PAIR ids (2.2.2.1). */
const Av = { end: 0, netbiosComputer: 1, netbiosDomain: 2, dnsComputer: 3, dnsDomain: 4 } as const;

/** A blob has about six pairs; more than this many is no blob. */
const MAX_PAIRS = 16;

/** Indices of the evidence that NTLM gives; the owner's EVIDENCE starts with them. */
export const NtlmSource = {
  dnsComputer: 0,
  netbiosComputer: 1,
  dnsDomain: 2,
  netbiosDomain: 3,
  version: 4,
  workstation: 5,
  clientDomain: 6,
} as const;

/** Reads the NTLM message within `b[at, end)`, when there is one. */
export function ntlmssp(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  for (let next = at; end - next >= 32; next++) {
    if (b[next] !== 0x4e || !startsWith(SIGNATURE, b, next, end)) continue;
    switch (u32le(b, next + TYPE)) {
      case MessageType.negotiate:
        version(facts, b, next, end, 12, 32);
        return;
      case MessageType.challenge:
        challenge(facts, b, next, end);
        return;
      case MessageType.authenticate:
        if (end - next < 64) return;
        field(facts, NtlmSource.workstation, b, next, end, 44, 60);
        field(facts, NtlmSource.clientDomain, b, next, end, 28, 60);
        version(facts, b, next, end, 60, 64);
        return;
      default:
        return;
    }
  }
}

/** CHALLENGE_MESSAGE (2.2.1.2): target name at 12, flags at 20, target information at 40, version at 48. */
function challenge(facts: FactSink, b: Uint8Array, at: number, end: number): void {
  if (end - at < 48) return;
  version(facts, b, at, end, 20, 48);
  let next = at + u32le(b, at + 44);
  const stop = Math.min(end, next + u16le(b, at + 40));
  for (let pairs = 0; pairs < MAX_PAIRS && stop - next >= 4; pairs++) {
    const id = u16le(b, next);
    const value = next + 4;
    next = value + u16le(b, next + 2);
    if (id === Av.end || next > stop) return;
    if (next === value) continue;
    switch (id) {
      case Av.netbiosComputer:
        facts.evidence(NtlmSource.netbiosComputer, About.sender, NO_UNIT, b, value, next);
        break;
      case Av.netbiosDomain:
        facts.evidence(NtlmSource.netbiosDomain, About.sender, NO_UNIT, b, value, next);
        break;
      case Av.dnsComputer:
        facts.evidence(NtlmSource.dnsComputer, About.sender, NO_UNIT, b, value, next);
        break;
      case Av.dnsDomain:
        facts.evidence(NtlmSource.dnsDomain, About.sender, NO_UNIT, b, value, next);
        break;
    }
  }
}

/** The text that the length and offset at `descriptor` point to, if it is Unicode. */
function field(
  facts: FactSink,
  source: number,
  b: Uint8Array,
  at: number,
  end: number,
  descriptor: number,
  flags: number,
): void {
  if ((u32le(b, at + flags) & Flag.unicode) === 0) return;
  const length = u16le(b, at + descriptor);
  const from = at + u32le(b, at + descriptor + 4);
  if (length > 0 && from + length <= end) facts.evidence(source, About.sender, NO_UNIT, b, from, from + length);
}

/** VERSION (2.2.2.10): major, minor, build, 3 reserved bytes, NTLM revision 15. Samba writes build 0. */
function version(facts: FactSink, b: Uint8Array, at: number, end: number, flags: number, offset: number): void {
  if (end - at < offset + 8 || (u32le(b, at + flags) & Flag.version) === 0) return;
  const from = at + offset;
  if (u8(b, from + 7) !== 15 || u16le(b, from + 2) === 0) return;
  facts.evidence(NtlmSource.version, About.sender, NO_UNIT, b, from, from + 4);
}
