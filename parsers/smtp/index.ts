/** SMTP (RFC 5321) with STARTTLS (RFC 3207) and AUTH (RFC 4954). Mails are passed over. */
import {
  type Command,
  CommandDecoder,
  commandAt,
  commandOperation,
  type Grammar,
  Reply,
  threeDigits,
} from '../command-lines.ts';
import { ascii, findAnyCase, isPrintable, lineEnd, replyCode, startsWithAnyCase } from '../lines.ts';
import { mailEvidence } from '../mail-evidence.ts';
import { type Protocol, Recognition, Sender } from '../protocol.ts';

const COMMANDS: readonly Command[] = [
  { verb: ascii('ehlo'), access: 'session' },
  { verb: ascii('helo'), access: 'session' },
  { verb: ascii('mail'), access: 'write' },
  { verb: ascii('rcpt'), access: 'session' },
  { verb: ascii('data'), access: 'write', brings: 'data' },
  { verb: ascii('auth'), access: 'session', brings: 'login' },
  { verb: ascii('starttls'), access: 'session', brings: 'tls' },
  { verb: ascii('rset'), access: 'session' },
  { verb: ascii('vrfy'), access: 'read' },
  { verb: ascii('noop'), access: 'session' },
  { verb: ascii('quit'), access: 'session' },
];

const GRAMMAR: Grammar = { commands: COMMANDS, reply: threeDigits, verbAt: (_b, at) => at };

const READY = 220;
const SMTP = ascii('smtp');
const MAIL_FROM = ascii('mail from:');

export const smtp: Protocol = {
  name: 'smtp',
  tcpPorts: [25, 587],
  udpPorts: [],

  recognise(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (stop === end || !isPrintable(b, at, stop)) return Recognition.no;
    if (threeDigits(b, at, stop) !== Reply.none) {
      return replyCode(b, at, stop) === READY && findAnyCase(SMTP, b, at, stop) >= 0
        ? Recognition.certain
        : Recognition.possible;
    }
    if (startsWithAnyCase(MAIL_FROM, b, at, stop)) return Recognition.certain;
    return commandAt(COMMANDS, b, at, stop) < COMMANDS.length ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (threeDigits(b, at, stop) !== Reply.none) return Sender.server;
    return commandAt(COMMANDS, b, at, stop) < COMMANDS.length ? Sender.client : Sender.unknown;
  },

  open: (facts) => new CommandDecoder(facts, GRAMMAR),
  operation: (number) => commandOperation(COMMANDS, number),
  space: (space) => `space ${space}`, // SMTP addresses nothing
  evidence: mailEvidence('smtp', 'SMTP', 4),
};
