/** Protocols of command and reply lines: FTP (RFC 959), SMTP (RFC 5321), POP3 (RFC 1939), IMAP (RFC 9051). */
import { DefaultLogin } from './default-logins.ts';
import { find, LineReader, type LineTaker, replyCode, skipBlanks, startsWithAnyCase } from './lines.ts';
import { NONE } from './outstanding.ts';
import { About, type Access, type Decoder, type FactSink, NO_UNIT, type Operation, Outcome } from './protocol.ts';

/** A command of such a protocol. */
export interface Command {
  /** In lower case. */
  readonly verb: Uint8Array;
  readonly access: Access;
  /** What comes after it: a path that is touched, a login or its parts, a request for TLS, lines that are no commands. */
  readonly brings?: 'path' | 'login' | 'name' | 'password' | 'tls' | 'data';
}

/** What a reply line says. */
export const Reply = { none: 0, more: 1, positive: 2, negative: 3, interim: 4 } as const;
export type Reply = (typeof Reply)[keyof typeof Reply];

/** The evidence every such protocol gives, in this order at the start of its EVIDENCE. */
export const CommonSource = { greeting: 0, login: 1, tls: 2 } as const;

/** What differs between the protocols. */
export interface Grammar {
  readonly commands: readonly Command[];
  /** What the server's line says of the command before. */
  reply(b: Uint8Array, at: number, end: number): Reply;
  /** Where the verb of a client's line begins (IMAP puts a tag before it). */
  verbAt(b: Uint8Array, at: number, end: number): number;
  /** The evidence that a default login was accepted; absent where that is not told. */
  readonly defaultLogin?: number;
  /** Evidence in a server's line besides its greeting. */
  said?(facts: FactSink, b: Uint8Array, at: number, end: number): void;
}

const SPACE = 0x20;
const DOT = 0x2e;
/** The space that paths are touched in. */
const PATHS = 0;

/** The number of the command at `at`, `commands.length` for one that is not known. */
export function commandAt(commands: readonly Command[], b: Uint8Array, at: number, end: number): number {
  const stop = find(SPACE, b, at, end);
  for (let i = 0; i < commands.length; i++) {
    const { verb } = commands[i] as Command;
    if (stop - at === verb.length && startsWithAnyCase(verb, b, at, stop)) return i;
  }
  return commands.length;
}

/** Replies of three digits (RFC 959, 4.2): a hyphen behind them says that more lines follow. */
export function threeDigits(b: Uint8Array, at: number, end: number): Reply {
  const code = replyCode(b, at, end);
  if (code === 0 || code >= 600) return Reply.none;
  if (end - at > 3 && b[at + 3] === 0x2d) return Reply.more;
  if (code < 200) return Reply.interim;
  return code < 400 ? Reply.positive : Reply.negative;
}

/** What the operation number of such a protocol means. */
export function commandOperation(commands: readonly Command[], number: number): Operation {
  const command = commands[number];
  if (command === undefined) return { code: 'other', name: 'other', access: 'session' };
  const name = String.fromCharCode(...command.verb).toUpperCase();
  return { code: name, name, access: command.access };
}

/** Counts commands by their verbs and pairs them with the replies, which come in order. */
export class CommandDecoder implements Decoder, LineTaker {
  readonly #facts: FactSink;
  readonly #grammar: Grammar;
  readonly #client = new LineReader(this);
  readonly #server = new LineReader(this);
  #fromClient = true;
  #asked = NONE;
  #askedForTls = false;
  #inData = false;
  #greeted = false;
  #loginSaid = false;
  readonly #login = new DefaultLogin();
  #isDefault = false; // the password that waits for its answer
  /** The rest is encrypted. */
  finished = false;

  constructor(facts: FactSink, grammar: Grammar) {
    this.#facts = facts;
    this.#grammar = grammar;
  }

  decode(b: Uint8Array, at: number, end: number, fromClient: boolean): Outcome {
    this.#fromClient = fromClient;
    (fromClient ? this.#client : this.#server).push(b, at, end);
    return Outcome.ok;
  }

  lost(fromClient: boolean): void {
    (fromClient ? this.#client : this.#server).restart();
  }

  line(b: Uint8Array, at: number, end: number): void {
    if (this.finished) return;
    if (this.#fromClient) this.#command(b, at, end);
    else this.#reply(b, at, end);
  }

  #command(b: Uint8Array, at: number, end: number): void {
    this.#greeted = true;
    if (this.#inData) {
      if (end - at === 1 && b[at] === DOT) this.#inData = false; // RFC 5321, 4.1.1.4
      return;
    }
    const facts = this.#facts;
    const { commands } = this.#grammar;
    const verb = this.#grammar.verbAt(b, at, end);
    const number = commandAt(commands, b, verb, end);
    if (number === commands.length) return; // a line of something else: a literal, a challenge's answer
    const asked = facts.request(number, NO_UNIT);
    this.#asked = asked;
    const { brings, verb: word } = commands[number] as Command;
    if (brings === 'path') {
      const path = skipBlanks(b, verb + word.length, end);
      if (path < end) facts.touchName(asked, PATHS, b, path, end);
    } else if (brings === 'login' || brings === 'name' || brings === 'password') {
      const value = skipBlanks(b, verb + word.length, end);
      if (brings === 'name') this.#login.name(b, value, end);
      this.#isDefault = brings === 'password' && this.#login.password(b, value, end);
      if (!this.#loginSaid) facts.evidence(CommonSource.login, About.receiver, NO_UNIT, b, verb, verb + word.length); // never what follows
      this.#loginSaid = true;
    } else if (brings === 'data') {
      this.#inData = true;
    }
    this.#askedForTls = brings === 'tls';
  }

  #reply(b: Uint8Array, at: number, end: number): void {
    const facts = this.#facts;
    const reply = this.#grammar.reply(b, at, end);
    if (!this.#greeted && reply !== Reply.none) {
      this.#greeted = true;
      facts.evidence(CommonSource.greeting, About.sender, NO_UNIT, b, at, end);
    }
    this.#grammar.said?.(facts, b, at, end);
    if (reply !== Reply.positive && reply !== Reply.negative) return;
    if (this.#asked !== NONE) facts.response(this.#asked, reply === Reply.negative);
    this.#asked = NONE;
    const { defaultLogin } = this.#grammar;
    if (this.#isDefault && reply === Reply.positive && defaultLogin !== undefined) {
      facts.evidence(defaultLogin, About.sender, NO_UNIT, b, at, at + 1);
    }
    this.#isDefault = false;
    if (reply === Reply.negative) this.#inData = false;
    if (this.#askedForTls && reply === Reply.positive) {
      facts.evidence(CommonSource.tls, About.sender, NO_UNIT, b, at, at + 1);
      this.finished = true;
    }
    this.#askedForTls = false;
  }
}
