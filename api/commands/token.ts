import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { Reader } from '../../agent/store/reader.ts';
import { addToken, prepareDatabase, removeToken } from '../../agent/store/tokens.ts';
import { configure } from '../configuration/configuration.ts';
import { newToken, ROLES, type Role, tokenHash } from '../server/access/auth.ts';
import { now } from '../server/http/times.ts';
import { tableText } from '../terminal/table.ts';
import { type Command, ExitStatus, UsageError } from './command.ts';

const HELP = `fieldmark token: who may use the service

Usage: fieldmark token add NAME --role viewer|analyst|admin [--db FILE]
       fieldmark token list [--db FILE]
       fieldmark token remove ID [--db FILE]

  add       makes a token and shows it once, on standard output; only its hash is kept
  list      shows ids, names and roles
  remove    takes a token back, at once, also while the service runs

  --role    viewer reads; analyst also decides and uploads; admin also deletes captures and reads the audit log
  --db      the database (fieldmark.db); also --config and the environment, as with "fieldmark serve"
  --help    shows this text

Exit status: 0 done; 2 usage or configuration error.
`;

/** Names are for people and the audit log. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;

export const tokenCommand: Command = {
  help: HELP,

  async run(args) {
    const { positionals, role, db } = options(args);
    const [action, subject, ...more] = positionals;
    if (more.length > 0) throw usage(`what is '${more[0]}' for?`);
    if (action === 'list' && subject === undefined) list(db);
    else if (action === 'add') add(db, subject, role);
    else if (action === 'remove') remove(db, subject);
    else throw usage('add NAME, list or remove ID');
    return ExitStatus.done;
  },
};

function options(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { role: { type: 'string' }, db: { type: 'string' }, config: { type: 'string' } },
    });
    const flags = (['db', 'config'] as const).flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`--${name}`, value];
    });
    return { positionals, role: values.role, db: configure(flags, process.env, 'token').db };
  } catch (error) {
    if (error instanceof TypeError) throw usage(error.message.split('\n', 1)[0] as string);
    throw error;
  }
}

function add(db: string, name: string | undefined, wanted: string | undefined): void {
  if (name === undefined || !NAME.test(name)) throw usage('name whom it is for, in letters and digits');
  const role = ROLES.find((known) => known === wanted);
  if (role === undefined) throw usage(`--role is one of ${ROLES.join(', ')}`);
  const token = newToken();
  const id = randomBytes(6).toString('hex');
  addToken(db, { id, hash: tokenHash(token), role: role satisfies Role, label: name }, operator(), now());
  process.stderr.write(`fieldmark: token ${id} for ${name} (${role}); it is shown this once:\n`);
  process.stdout.write(`${token}\n`);
}

function list(db: string): void {
  prepareDatabase(db);
  const reader = new Reader(db);
  try {
    const rows = reader
      .list('tokens', { limit: 1000 })
      .items.map(({ id, label, role, created }) => [id, label, role, created]);
    const columns = ['id', 'name', 'role', 'made'].map((heading) => ({ heading }));
    process.stdout.write(`${tableText(columns, rows)}\n`);
  } finally {
    reader.close();
  }
}

function remove(db: string, id: string | undefined): void {
  if (id === undefined) throw usage('name the id of the token, as "fieldmark token list" shows it');
  if (!removeToken(db, id, operator(), now())) throw usage(`there is no token ${id}: see fieldmark token list`);
}

/** Whom the audit log names: the account that runs the command. */
function operator(): string {
  return `console ${userInfo().username}`;
}

function usage(message: string): UsageError {
  return new UsageError(`token: ${message}: try fieldmark token --help`);
}
