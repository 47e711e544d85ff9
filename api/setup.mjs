/** Installs and builds what is not installed and built yet. Plain JavaScript, for it runs before anything is there. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];

/** Makes `node_modules` match `package-lock.json`; quick when it does already. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`Fieldmark needs Node.js ${OLDEST_NODE.join('.')} or later; this is ${process.versions.node}`);
  }
  const stampFile = `${ROOT}node_modules/.fieldmark-installed`;
  const lock = readFileSync(`${ROOT}package-lock.json`);
  const stamp = createHash('sha256').update(lock).update(process.version).update(process.arch).digest('hex');
  if (contents(stampFile) === stamp) return;
  console.error('Installing dependencies …');
  npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(`${ROOT}node_modules`, { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Builds the program into `dist/`, and the page into `dist/web`. */
export function build() {
  for (const config of ['api/program.vite.config.ts', 'api/web/vite.config.ts']) {
    node(['node_modules/vite/bin/vite.js', 'build', '--config', config, '--logLevel', 'warn']);
  }
}

/** Runs a script of the project with this Node.js; ends the process if it fails. */
export function node(args, options = {}) {
  run(process.execPath, args, options);
}

function npm(args) {
  // npm says where it is when it started us; on Windows the command is a batch file
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { shell: process.platform === 'win32' });
}

function run(command, args, options = {}) {
  const { status, error, signal } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (error) fail(`${command} cannot be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1));
}

function contents(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not installed yet
  }
}

function fail(message) {
  console.error(`fieldmark: ${message}`);
  process.exit(2);
}
