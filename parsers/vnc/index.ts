/**
 * VNC's Remote Framebuffer protocol (RFC 6143, section 7.1): both ends say `RFB 003.00x`, the server offers security
 * types, the client chooses, and the server tells its desktop's name. The pictures that follow are passed over.
 */
import { u8, u32be } from '../bytes.ts';
import { ascii, startsWith } from '../lines.ts';
import { NONE } from '../outstanding.ts';
import {
  About,
  type Decoder,
  type EvidenceSource,
  type FactSink,
  NO_UNIT,
  Outcome,
  type Protocol,
  Recognition,
  Sender,
} from '../protocol.ts';
import { text } from '../text.ts';

const VERSION = ascii('RFB 00');
const VERSION_BYTES = 12;
const MINOR = 10; // the last digit of `RFB 003.00x`

/** Security types (7.1.2 and the registry of RFC 6143, section 8.1). */
const Security = { invalid: 0, none: 1, vnc: 2 } as const;
const CHALLENGE_BYTES = 16;
/** Framebuffer's width and height, pixel format, length of the name (7.3.2). */
const SERVER_INIT_BYTES = 24;
/** The server's bytes up to its name's end: versions, a dozen types, a challenge, a name of a line's length. */
const HELD_BYTES = 512;

/** The only operation. */
const HANDSHAKE = 0;

const Source = { version: 0, security: 1, name: 2 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  { name: 'vnc.protocol-version', words: 'RFB ProtocolVersion', field: 'note', confidence: 0.8, render: version },
  {
    name: 'vnc.security-type',
    words: 'RFB security handshake, security type',
    field: 'protection',
    confidence: 0.9,
    render: security,
  },
  { name: 'vnc.desktop-name', words: 'RFB ServerInit, name-string', field: 'name', confidence: 0.7, render: text },
];

export const vnc: Protocol = {
  name: 'vnc',
  tcpPorts: [5900, 5901, 5902, 5903, 5500],
  udpPorts: [],
  recognise: (b, at, end) => (isVersion(b, at, end) ? Recognition.certain : Recognition.no),
  sender: () => Sender.unknown, // both ends say the same
  open: (facts) => new VncDecoder(facts),
  operation: () => ({ code: 'handshake', name: 'Handshake', access: 'control' }), // whoever sees may also type
  space: (space) => `space ${space}`, // VNC addresses nothing
  evidence: EVIDENCE,
};

function isVersion(b: Uint8Array, at: number, end: number): boolean {
  return (
    end - at >= VERSION_BYTES && startsWith(VERSION, b, at, end) && u8(b, at + 7) === 0x2e && u8(b, at + 11) === 0x0a
  );
}

class VncDecoder implements Decoder {
  readonly #facts: FactSink;
  /** The server's first bytes, and how many of them were understood. */
  readonly #held = new Uint8Array(HELD_BYTES);
  #heldBytes = 0;
  #read = 0;
  #clientBytes = 0;
  #clientMinor = 8;
  #chosen: number = Security.invalid;
  #step: 'version' | 'security' | 'challenge' | 'result' | 'init' = 'version';
  #asked = NONE;
  /** What the server is to the message in hand: its offer is read when the client has chosen. */
  #server: About = About.sender;
  /** The name is known, or will not be. */
  finished = false;

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    if (this.finished) return Outcome.ok;
    this.#server = fromClient ? About.receiver : About.sender;
    if (fromClient) {
      this.#client(b, at, end);
    } else {
      for (let from = at; from < end && this.#heldBytes < HELD_BYTES; from++) {
        this.#held[this.#heldBytes++] = b[from] as number;
      }
    }
    while (this.#next());
    if (this.#heldBytes === HELD_BYTES) this.finished = true;
    return Outcome.ok;
  }

  lost(): void {
    this.finished = true; // its bytes can no longer be counted
  }

  /** The version, then the chosen security type where the server offers several. */
  #client(b: Uint8Array, at: number, end: number): void {
    if (this.#clientBytes === 0) this.#asked = this.#facts.request(HANDSHAKE, NO_UNIT);
    for (let next = at; next < end && this.#clientBytes <= VERSION_BYTES; next++) {
      const place = this.#clientBytes++;
      if (place === MINOR) this.#clientMinor = u8(b, next) - 0x30;
      else if (place === VERSION_BYTES && this.#clientMinor >= 7) this.#chosen = u8(b, next);
    }
  }

  /** Reads the next part of what the server said; answers whether there was one. */
  #next(): boolean {
    const held = this.#held;
    const have = this.#heldBytes - this.#read;
    const at = this.#read;
    switch (this.#step) {
      case 'version':
        if (have < VERSION_BYTES) return false;
        this.#facts.response(this.#asked !== NONE ? this.#asked : this.#facts.operation(HANDSHAKE, NO_UNIT), false);
        this.#say(Source.version, at, VERSION_BYTES);
        this.#read += VERSION_BYTES;
        this.#step = 'security';
        return true;
      case 'security':
        return this.#securityTypes(at, have);
      case 'challenge':
        if (have < CHALLENGE_BYTES) return false;
        this.#read += CHALLENGE_BYTES;
        this.#step = 'result';
        return true;
      case 'result': // 0 is success; only from 3.8 on without authentication
        if (have < 4) return false;
        this.finished = u32be(held, at) !== 0;
        this.#read += 4;
        this.#step = 'init';
        return !this.finished;
      case 'init': {
        if (have < SERVER_INIT_BYTES) return false;
        const length = u32be(held, at + SERVER_INIT_BYTES - 4);
        if (have < SERVER_INIT_BYTES + length) return false;
        if (length > 0) this.#say(Source.name, at + SERVER_INIT_BYTES, length);
        this.finished = true;
        return false;
      }
    }
  }

  /** 3.3: the server decides, in four bytes; later: it offers a count of types and the client's byte chooses. */
  #securityTypes(at: number, have: number): boolean {
    const held = this.#held;
    if (this.#clientMinor < 7) {
      if (have < 4) return false;
      this.#say(Source.security, at + 3, 1);
      this.#chosen = u32be(held, at);
      this.#read += 4;
    } else {
      if (have < 1 || have < 1 + u8(held, at)) return false;
      const types = u8(held, at);
      if (types === 0) {
        this.finished = true; // it declines, and says why
        return false;
      }
      if (this.#chosen === Security.invalid) return false; // the client has not chosen yet
      this.#say(Source.security, at + 1, types);
      this.#read += 1 + types;
    }
    if (this.#chosen === Security.vnc) this.#step = 'challenge';
    else if (this.#chosen === Security.none) this.#step = this.#clientMinor >= 8 ? 'result' : 'init';
    else this.finished = true; // encrypted, or a vendor's own
    return !this.finished;
  }

  #say(source: number, at: number, bytes: number): void {
    this.#facts.evidence(source, this.#server, NO_UNIT, this.#held, at, at + bytes);
  }
}

function version(b: Uint8Array, at: number): string {
  return `RFB ${u8(b, at + 6) - 0x30}.${u8(b, at + MINOR) - 0x30}`;
}

/** The best of what is offered tells how far the screen is protected; "None" opens it to everybody. */
function security(b: Uint8Array, at: number, end: number): string {
  let none = false;
  let password = false;
  let other = 0;
  for (let i = at; i < end; i++) {
    const type = u8(b, i);
    if (type === Security.none) none = true;
    else if (type === Security.vnc) password = true;
    else other = type;
  }
  if (none) return 'VNC without password';
  if (password) return other !== 0 ? `VNC password or security type ${other}` : 'VNC password, screen in clear';
  return `VNC security type ${other}`;
}
