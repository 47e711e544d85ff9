/** POP3 (RFC 1939) with STLS (RFC 2595). Mails are passed over. */
import { type Command, CommandDecoder, commandAt, commandOperation, type Grammar, Reply } from '../command-lines.ts';
import { ascii, isPrintable, lineEnd, startsWith } from '../lines.ts';
import { mailEvidence } from '../mail-evidence.ts';
import { type Protocol, Recognition, Sender } from '../protocol.ts';

const COMMANDS: readonly Command[] = [
  { verb: ascii('user'), access: 'session', brings: 'login' },
  { verb: ascii('pass'), access: 'session', brings: 'login' },
  { verb: ascii('apop'), access: 'session' },
  { verb: ascii('auth'), access: 'session' },
  { verb: ascii('stls'), access: 'session', brings: 'tls' },
  { verb: ascii('capa'), access: 'session' },
  { verb: ascii('stat'), access: 'read' },
  { verb: ascii('list'), access: 'read' },
  { verb: ascii('uidl'), access: 'read' },
  { verb: ascii('top'), access: 'read' },
  { verb: ascii('retr'), access: 'read' },
  { verb: ascii('dele'), access: 'write' },
  { verb: ascii('rset'), access: 'session' },
  { verb: ascii('noop'), access: 'session' },
  { verb: ascii('quit'), access: 'session' },
];

const OK = ascii('+OK');
const ERR = ascii('-ERR');

const GRAMMAR: Grammar = {
  commands: COMMANDS,
  reply(b, at, end) {
    if (startsWith(OK, b, at, end)) return Reply.positive;
    return startsWith(ERR, b, at, end) ? Reply.negative : Reply.none;
  },
  verbAt: (_b, at) => at,
};

export const pop3: Protocol = {
  name: 'pop3',
  tcpPorts: [110],
  udpPorts: [],

  recognise(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (stop === end || !isPrintable(b, at, stop)) return Recognition.no;
    const known = GRAMMAR.reply(b, at, stop) !== Reply.none || commandAt(COMMANDS, b, at, stop) < COMMANDS.length;
    return known ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (GRAMMAR.reply(b, at, stop) !== Reply.none) return Sender.server;
    return commandAt(COMMANDS, b, at, stop) < COMMANDS.length ? Sender.client : Sender.unknown;
  },

  open: (facts) => new CommandDecoder(facts, GRAMMAR),
  operation: (number) => commandOperation(COMMANDS, number),
  space: (space) => `space ${space}`, // POP3 addresses nothing
  evidence: mailEvidence('pop3', 'POP3', 4),
};
