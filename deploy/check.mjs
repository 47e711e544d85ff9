/**
 * `node deploy/check.mjs`: runs the steps of the Dockerfile in order in clean folders, without Docker, and then the service as
 * the container would: another user, no privilege, nothing but its data writable. Steps that install system packages are left
 * out: this machine's serve. Needs root (mount namespaces) and, as npm does, a registry; takes minutes.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Of the system, not of the program. */
const OF_SYSTEM = /^(apt-get|apk|groupadd) /;
const PATIENCE = 60;

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-image-'));
chmodSync(folder, 0o755);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const image = build(instructionsOf(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')));
await run(image);

/** Name and text of each instruction, continued lines joined. */
function instructionsOf(text) {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => /^(\w+)\s+(.*)$/.exec(line).slice(1));
}

/** Does the steps; answers the last stage: its folder, and what it says of running it. */
function build(instructions) {
  const stages = new Map();
  let stage;
  for (const [name, text] of instructions) {
    if (name === 'FROM') {
      const [, as = 'image'] = / AS (\w+)$/.exec(text) ?? [];
      stage = { root: join(folder, as), at: '/', env: {} };
      mkdirSync(stage.root);
      stages.set(as, stage);
    } else if (name === 'WORKDIR') {
      stage.at = text;
      mkdirSync(join(stage.root, text), { recursive: true });
    } else if (name === 'COPY') copy(stage, stages, text.split(/\s+/));
    else if (name === 'ENV')
      Object.assign(stage.env, Object.fromEntries(text.split(/\s+/).map((one) => one.split('='))));
    else if (name === 'RUN' && !OF_SYSTEM.test(text)) {
      console.log(`RUN ${text}`);
      const options = { cwd: join(stage.root, stage.at), shell: '/bin/sh', stdio: ['ignore', 'inherit', 'inherit'] };
      const { status } = spawnSync(text, options);
      if (status !== 0) fail(`ended with status ${status}: RUN ${text}`);
    } else if (name === 'USER' || name === 'ENTRYPOINT' || name === 'CMD' || name === 'HEALTHCHECK') stage[name] = text;
  }
  return stage;
}

function copy(stage, stages, words) {
  const [, from] = /^--from=(\w+)$/.exec(words[0]) ?? [];
  const paths = from === undefined ? words : words.slice(1);
  const target = join(stage.root, stage.at, paths.at(-1));
  for (const path of paths.slice(0, -1)) {
    if (from !== undefined) {
      const source = join(stages.get(from).root, path);
      const into = paths.at(-1).endsWith('./') ? join(target, path.split('/').at(-1)) : target;
      cpSync(source, into, { recursive: true, verbatimSymlinks: true });
    } else if (path === '.') for (const file of tracked()) copyFile(join(ROOT, file), join(target, file));
    else copyFile(join(ROOT, path), join(target, path));
  }
}

/** What a clean clone holds. */
function tracked() {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return listed.filter((file) => file !== '' && existsSync(join(ROOT, file)));
}

function copyFile(source, target) {
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target);
}

/** Starts it, asks its health check, ends it. */
async function run({ root, env, USER, ENTRYPOINT, CMD, HEALTHCHECK }) {
  const [uid, gid] = (USER ?? '').split(':').map(Number);
  if (!(uid > 0 && gid > 0)) fail('it runs as root');
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, uid, gid);
  const within = (words) => JSON.parse(words).map((word) => (word.startsWith('/app') ? join(root, word) : word));
  const environment = { PATH: process.env.PATH, ...env, FIELDMARK_DB: join(data, 'fieldmark.db'), TMPDIR: data };
  environment.FIELDMARK_LISTEN = '127.0.0.1:18470';
  const narrow = [
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--bounding-set=-all', '--inh-caps=-all'],
    ...within(ENTRYPOINT),
    ...within(CMD),
  ];
  const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro / && cd "$0" && exec "$@"';
  const service = spawn('unshare', ['--mount', 'sh', '-c', script, data, ...narrow], {
    env: environment,
    stdio: 'inherit',
  });
  const ended = once(service, 'exit');
  const [command, ...args] = within(HEALTHCHECK.slice(HEALTHCHECK.indexOf('[')));
  for (let second = 0; spawnSync(command, args, { env: environment }).status !== 0; second++) {
    if (second === PATIENCE || service.exitCode !== null) fail('the health check does not pass');
    await wait(1000);
  }
  const owner = statSync(environment.FIELDMARK_DB).uid;
  if (owner !== uid) fail(`the database belongs to user ${owner}`);
  service.kill('SIGTERM');
  const [status] = await ended;
  if (status !== 0) fail(`the service ended with status ${status}`);
  console.log('the steps run, the service answers its health check and ends as asked');
}

function fail(why) {
  console.error(`FAILED ${why}`);
  process.exit(1);
}
