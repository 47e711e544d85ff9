/** IMAP (RFC 9051): the client puts a tag before each command, the server repeats it. Mails are passed over. */
import { u8 } from '../bytes.ts';
import { type Command, CommandDecoder, commandAt, commandOperation, type Grammar, Reply } from '../command-lines.ts';
import { ascii, find, findAnyCase, isPrintable, lineEnd, startsWith, startsWithAnyCase } from '../lines.ts';
import { mailEvidence } from '../mail-evidence.ts';
import { type Protocol, Recognition, Sender } from '../protocol.ts';

const COMMANDS: readonly Command[] = [
  { verb: ascii('login'), access: 'session', brings: 'login' },
  { verb: ascii('authenticate'), access: 'session' },
  { verb: ascii('starttls'), access: 'session', brings: 'tls' },
  { verb: ascii('capability'), access: 'session' },
  { verb: ascii('select'), access: 'read' },
  { verb: ascii('examine'), access: 'read' },
  { verb: ascii('list'), access: 'read' },
  { verb: ascii('status'), access: 'read' },
  { verb: ascii('fetch'), access: 'read' },
  { verb: ascii('search'), access: 'read' },
  { verb: ascii('uid'), access: 'read' },
  { verb: ascii('store'), access: 'write' },
  { verb: ascii('append'), access: 'write' },
  { verb: ascii('copy'), access: 'write' },
  { verb: ascii('expunge'), access: 'write' },
  { verb: ascii('noop'), access: 'session' },
  { verb: ascii('idle'), access: 'session' },
  { verb: ascii('id'), access: 'session' },
  { verb: ascii('close'), access: 'session' },
  { verb: ascii('logout'), access: 'session' },
];

const SPACE = 0x20;
const GREETING = ascii('* OK');
const UNTAGGED = ascii('* ');
const IMAP = ascii('imap');
const OK = ascii('ok');
const NO = ascii('no');
const BAD = ascii('bad');
/** Tags are short: clients count `a1`, `a2`. */
const MAX_TAG_BYTES = 16;

const MAX_LETTERS = 2;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Behind the tag and its blank; `end` when there is none. Tags are counted: a longer word without a digit is no tag. */
function behindTag(b: Uint8Array, at: number, end: number): number {
  const stop = find(SPACE, b, at, Math.min(end, at + MAX_TAG_BYTES));
  if (stop === at || stop >= end || b[stop] !== SPACE) return end;
  const last = u8(b, stop - 1);
  const isCounted = last >= DIGIT_0 && last <= DIGIT_9;
  return isCounted || stop - at <= MAX_LETTERS ? stop + 1 : end;
}

const GRAMMAR: Grammar = {
  commands: COMMANDS,
  reply(b, at, end) {
    if (startsWith(UNTAGGED, b, at, end)) return Reply.interim;
    const word = behindTag(b, at, end);
    const stop = find(SPACE, b, word, end);
    if (stop - word === 2 && startsWithAnyCase(OK, b, word, stop)) return Reply.positive;
    if (stop - word === 2 && startsWithAnyCase(NO, b, word, stop)) return Reply.negative;
    return stop - word === 3 && startsWithAnyCase(BAD, b, word, stop) ? Reply.negative : Reply.none;
  },
  verbAt: behindTag,
};

export const imap: Protocol = {
  name: 'imap',
  tcpPorts: [143],
  udpPorts: [],

  recognise(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (stop === end || !isPrintable(b, at, stop)) return Recognition.no;
    if (startsWith(GREETING, b, at, stop)) {
      return findAnyCase(IMAP, b, at, stop) >= 0 ? Recognition.certain : Recognition.possible;
    }
    if (GRAMMAR.reply(b, at, stop) !== Reply.none) return Recognition.possible;
    return commandAt(COMMANDS, b, behindTag(b, at, stop), stop) < COMMANDS.length
      ? Recognition.possible
      : Recognition.no;
  },

  sender(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (GRAMMAR.reply(b, at, stop) !== Reply.none) return Sender.server;
    return commandAt(COMMANDS, b, behindTag(b, at, stop), stop) < COMMANDS.length ? Sender.client : Sender.unknown;
  },

  open: (facts) => new CommandDecoder(facts, GRAMMAR),
  operation: (number) => commandOperation(COMMANDS, number),
  space: (space) => `space ${space}`, // IMAP addresses nothing
  evidence: mailEvidence('imap', 'IMAP', 5),
};
