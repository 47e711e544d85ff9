/**
 * Telnet (RFC 854): text in which IAC (255) begins commands; both ends first negotiate options by
 * `IAC WILL|WONT|DO|DONT option`. That a password is asked for is noted, and whether the login that is typed is one that
 * everybody knows; nothing else of what people type.
 */
import { u8 } from '../bytes.ts';
import { DefaultLogin } from '../default-logins.ts';
import { ascii, findAnyCase } from '../lines.ts';
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

const IAC = 0xff;
const RETURN = 0x0d;
const SPACE = 0x20;
const DELETE = 0x7f;
const Command = { subnegotiationEnd: 240, subnegotiation: 250, will: 251, wont: 252, do: 253, dont: 254 } as const;
/** Options that only one end offers or asks for (RFC 1091, RFC 1073, RFC 1572). */
const TERMINAL_TYPE = 24;
const WINDOW_SIZE = 31;
const NEW_ENVIRONMENT = 39;
/** IANA, Telnet Options: assigned without gaps up to here, and 138 to 140. */
const LAST_OPTION = 49;
const LAST_RARE_OPTION = 140;

const NAME_PROMPTS = ['login:', 'username:', 'user name:'].map(ascii);
const PASSWORD_PROMPT = ascii('password:');
/** The longest name or password that is compared. */
const MAX_TYPED_BYTES = 32;

/** The only operation: a negotiation of options begins. */
const NEGOTIATE = 0;
/** The banner stands in the server's first bytes. */
const BANNER_SEGMENTS = 12;
/** A name that is echoed key by key is over after so many. */
const LOGIN_SEGMENTS = 64;
const MAX_BANNER_BYTES = 512;

const Source = { banner: 0, login: 1, defaultLogin: 2 } as const;

const EVIDENCE: readonly EvidenceSource[] = [
  {
    name: 'telnet.banner',
    words: 'Telnet, first lines of the server',
    field: 'product',
    confidence: 0.5,
    render: banner,
  },
  {
    name: 'telnet.login',
    words: 'Telnet, login',
    field: 'protection',
    confidence: 0.9,
    render: () => 'cleartext login (Telnet)',
  },
  {
    name: 'telnet.login.default',
    words: "Telnet, a maker's default login",
    field: 'protection',
    confidence: 0.9,
    render: () => 'Telnet: a default login is sent to it',
  },
];

export const telnet: Protocol = {
  name: 'telnet',
  tcpPorts: [23, 2323],
  udpPorts: [],

  recognise(b, at, end) {
    const commands = leadingCommands(b, at, end);
    if (commands >= 2) return Recognition.certain;
    return commands === 1 ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    if (end - at < 3 || u8(b, at) !== IAC) return Sender.unknown;
    const option = u8(b, at + 2);
    if (option !== TERMINAL_TYPE && option !== WINDOW_SIZE && option !== NEW_ENVIRONMENT) return Sender.unknown;
    const command = u8(b, at + 1);
    if (command === Command.do) return Sender.server; // it asks for what the terminal has
    return command === Command.will ? Sender.client : Sender.unknown;
  },

  open: (facts) => new TelnetDecoder(facts),
  operation: () => ({ code: 'negotiate', name: 'Option Negotiation', access: 'session' }),
  space: (space) => `space ${space}`, // Telnet addresses nothing
  evidence: EVIDENCE,
};

/** How many well-formed commands `b[at, end)` begins with; 0 when the first that is not stands before the second. */
function leadingCommands(b: Uint8Array, at: number, end: number): number {
  let next = at;
  let commands = 0;
  while (end - next >= 3 && u8(b, next) === IAC && commands < 4) {
    const command = u8(b, next + 1);
    const option = u8(b, next + 2);
    if (option > LAST_OPTION && (option < 138 || option > LAST_RARE_OPTION)) return 0;
    if (command >= Command.will && command <= Command.dont) next += 3;
    else if (command === Command.subnegotiation) next = subnegotiationEnd(b, next + 3, end);
    else return 0;
    commands++;
  }
  return commands;
}

function subnegotiationEnd(b: Uint8Array, at: number, end: number): number {
  let next = at;
  while (end - next >= 2) {
    if (u8(b, next) === IAC && u8(b, next + 1) === Command.subnegotiationEnd) return next + 2;
    next++;
  }
  return end;
}

class TelnetDecoder implements Decoder {
  readonly #facts: FactSink;
  #negotiated = false;
  #answered = false;
  #bannerSaid = false;
  #loginSaid = false;
  readonly #login = new DefaultLogin();
  readonly #typed = new Uint8Array(MAX_TYPED_BYTES);
  #typedBytes = 0;
  #asked: 'name' | 'password' | undefined; // by the last prompt
  #passwordTyped = false;
  #fromServer = 0; // segments

  constructor(facts: FactSink) {
    this.#facts = facts;
  }

  get finished(): boolean {
    return this.#fromServer >= LOGIN_SEGMENTS || (this.#passwordTyped && this.#bannerSaid);
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    const facts = this.#facts;
    let next = at;
    while (end - next >= 2 && u8(b, next) === IAC) {
      const command = u8(b, next + 1);
      if (command === Command.subnegotiation) next = subnegotiationEnd(b, next + 2, end);
      else next = Math.min(end, next + (command >= Command.will && command <= Command.dont ? 3 : 2));
    }
    if (next > at) this.#negotiation(fromClient);
    if (fromClient) {
      this.#type(b, next, end);
      return Outcome.ok;
    }
    this.#fromServer++;
    if (next === end) return Outcome.ok;
    const stop = Math.min(end, next + MAX_BANNER_BYTES);
    if (!this.#bannerSaid && this.#fromServer <= BANNER_SEGMENTS && banner(b, next, stop) !== null) {
      facts.evidence(Source.banner, About.sender, NO_UNIT, b, next, stop);
      this.#bannerSaid = true;
    }
    for (let i = 0; i < NAME_PROMPTS.length; i++) {
      this.#prompt('name', findAnyCase(NAME_PROMPTS[i] as Uint8Array, b, next, stop), b);
    }
    this.#prompt('password', findAnyCase(PASSWORD_PROMPT, b, next, stop), b);
    return Outcome.ok;
  }

  /** The server asks for a name or password at `prompt`, if that is not negative. */
  #prompt(asked: 'name' | 'password', prompt: number, b: Uint8Array): void {
    if (prompt < 0) return;
    this.#asked = asked;
    this.#typedBytes = 0;
    if (!this.#loginSaid) this.#facts.evidence(Source.login, About.sender, NO_UNIT, b, prompt, prompt + 5);
    this.#loginSaid = true;
  }

  /** What is typed is compared when its line ends, and forgotten. */
  #type(b: Uint8Array, at: number, end: number): void {
    if (this.#asked === undefined) return;
    for (let i = at; i < end; i++) {
      const key = u8(b, i);
      if (key >= SPACE && key < DELETE) {
        if (this.#typedBytes < MAX_TYPED_BYTES) this.#typed[this.#typedBytes++] = key;
      } else if (key === RETURN && this.#asked === 'name') {
        this.#login.name(this.#typed, 0, this.#typedBytes);
        this.#forget();
      } else if (key === RETURN) {
        const isDefault = this.#login.password(this.#typed, 0, this.#typedBytes);
        if (isDefault) this.#facts.evidence(Source.defaultLogin, About.receiver, NO_UNIT, b, i, i + 1);
        this.#passwordTyped = true;
        this.#forget();
      }
    }
  }

  #forget(): void {
    this.#typed.fill(0);
    this.#typedBytes = 0;
    this.#asked = undefined;
  }

  #negotiation(fromClient: boolean): void {
    if (fromClient && !this.#negotiated) this.#facts.request(NEGOTIATE, NO_UNIT);
    else if (!fromClient && !this.#answered) this.#facts.response(this.#facts.operation(NEGOTIATE, NO_UNIT), false);
    if (fromClient) this.#negotiated = true;
    else this.#answered = true;
  }
}

/** The first line that is no prompt; asked of a server's first few segments only. */
function banner(b: Uint8Array, at: number, end: number): string | null {
  const value = String.fromCharCode(...b.subarray(at, end));
  for (const line of value.split(/[\r\n]+/)) {
    const bytes = ascii(line.replace(/[^\x20-\x7e]/g, ' '));
    const words = text(bytes, 0, bytes.length);
    if (words === null || !/[A-Za-z]{3}/.test(words)) continue;
    if (/(login|password|username|user name):?$|^(user access verification|welcome)\b/i.test(words)) continue;
    return words;
  }
  return null;
}
