/** FTP's control connection: RFC 959, with the extensions of RFC 2228, RFC 2389, RFC 2428 and RFC 3659. */
import {
  type Command,
  CommandDecoder,
  commandAt,
  commandOperation,
  type Grammar,
  Reply,
  threeDigits,
} from '../command-lines.ts';
import { ascii, find, findAnyCase, isPrintable, lineEnd, replyCode } from '../lines.ts';
import { About, type Access, NO_UNIT, type Protocol, Recognition, Sender } from '../protocol.ts';
import { EVIDENCE, Source } from './evidence.ts';

const command = (verb: string, access: Access, brings?: Command['brings']): Command =>
  brings === undefined ? { verb: ascii(verb), access } : { verb: ascii(verb), access, brings };

const COMMANDS: readonly Command[] = [
  command('user', 'session', 'name'),
  command('pass', 'session', 'password'),
  command('acct', 'session', 'login'),
  command('auth', 'session', 'tls'),
  command('syst', 'diagnostic'),
  command('stat', 'diagnostic'),
  command('help', 'diagnostic'),
  command('feat', 'diagnostic'),
  command('retr', 'read', 'path'),
  command('list', 'read'),
  command('nlst', 'read'),
  command('mlsd', 'read'),
  command('mlst', 'read'),
  command('size', 'read'),
  command('mdtm', 'read'),
  command('stor', 'write', 'path'),
  command('stou', 'write'),
  command('appe', 'write', 'path'),
  command('dele', 'write', 'path'),
  command('rnfr', 'write', 'path'),
  command('rnto', 'write', 'path'),
  command('mkd', 'write', 'path'),
  command('xmkd', 'write', 'path'),
  command('rmd', 'write', 'path'),
  command('xrmd', 'write', 'path'),
  command('site', 'write'),
  ...['cwd', 'xcwd', 'cdup', 'pwd', 'xpwd', 'type', 'mode', 'stru', 'port', 'eprt', 'pasv', 'epsv', 'rest', 'abor'].map(
    (verb) => command(verb, 'session'),
  ),
  ...['quit', 'noop', 'opts', 'pbsz', 'prot', 'allo', 'rein', 'clnt', 'host'].map((verb) => command(verb, 'session')),
];

const FTP = ascii('ftp');
const READY = 220;
const SYSTEM = 215;

const GRAMMAR: Grammar = {
  commands: COMMANDS,
  reply: threeDigits,
  verbAt: (_b, at) => at,
  defaultLogin: Source.defaultLogin,
  said(facts, b, at, end) {
    if (replyCode(b, at, end) === SYSTEM) facts.evidence(Source.system, About.sender, NO_UNIT, b, at, end);
  },
};

export const ftp: Protocol = {
  name: 'ftp',
  tcpPorts: [21],
  udpPorts: [],

  recognise(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (stop === end || !isPrintable(b, at, stop)) return Recognition.no;
    if (threeDigits(b, at, stop) !== Reply.none) {
      if (replyCode(b, at, stop) === READY && findAnyCase(FTP, b, at, stop) >= 0) return Recognition.certain;
      return stop - at === 3 || b[at + 3] === 0x20 || b[at + 3] === 0x2d ? Recognition.possible : Recognition.no;
    }
    return commandAt(COMMANDS, b, at, stop) < COMMANDS.length ? Recognition.possible : Recognition.no;
  },

  sender(b, at, end) {
    const stop = lineEnd(b, at, end);
    if (threeDigits(b, at, stop) !== Reply.none) return Sender.server;
    return commandAt(COMMANDS, b, at, find(0x0d, b, at, stop)) < COMMANDS.length ? Sender.client : Sender.unknown;
  },

  open: (facts) => new CommandDecoder(facts, GRAMMAR),
  operation: (number) => commandOperation(COMMANDS, number),
  space: () => 'file',
  evidence: EVIDENCE,
};
