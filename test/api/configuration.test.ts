/** Settings, tokens and the commands that take them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigurationError, configure } from '../../api/configuration/configuration.ts';
import { flagOf, SETTING_NAMES, SETTINGS, variableOf } from '../../api/configuration/settings.ts';
import { csvLine } from '../../api/server/http/csv.ts';
import { negotiate } from '../../api/server/http/negotiate.ts';
import { PROBLEMS } from '../../api/server/http/problem.ts';

const MAIN = fileURLToPath(new URL('../../dist/api/main.js', import.meta.url));
const page = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldmark-settings-'));
  file = join(folder, 'fieldmark.yaml');
});
afterAll(() => rmSync(folder, { recursive: true }));

function mistakes(args: readonly string[], env: Record<string, string> = {}, yaml?: string): readonly string[] {
  if (yaml !== undefined) writeFileSync(file, yaml);
  try {
    configure([...args, ...(yaml === undefined ? [] : ['--config', file])], env, 'serve');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.lines.map((line) => line.replace(file, 'FILE'));
  }
}

describe('settings', () => {
  test('flags outrank the environment, that outranks the file, that outranks the presets', () => {
    writeFileSync(file, 'db: file.db\nlogLevel: warn\nrateLimit: 7\nhosts: [a.example, B.example]\n');
    const env = { FIELDMARK_CONFIG: file, FIELDMARK_DB: 'env.db', FIELDMARK_LOG_LEVEL: 'error' };
    const settings = configure(['--db', 'flag.db'], env, 'serve');
    expect(settings).toMatchObject({
      db: 'flag.db',
      logLevel: 'error',
      rateLimit: 7,
      maxConnections: 1024,
      tlsKey: null,
    });
    expect([...settings.hosts]).toEqual(['a.example', 'b.example']);
    expect(settings.listen).toEqual({ host: '127.0.0.1', port: 8470 });
  });

  test.each([
    [['--listen', '8470'], {}, undefined, [/^--listen: '8470' is not understood: HOST:PORT is expected/]],
    [['--listen', 'example.com:1'], {}, undefined, [/the host an IP address/]],
    [['--listen', '127.0.0.1:70000'], {}, undefined, [/^--listen/]],
    [['--colour', 'red'], {}, undefined, [/^serve: .*--colour.*: try fieldmark serve --help$/]],
    [[], { FIELDMARK_COLOUR: 'red' }, undefined, [/^environment: there is no setting FIELDMARK_COLOUR$/]],
    [
      [],
      { FIELDMARK_MAX_UPLOAD: 'much' },
      undefined,
      [/^FIELDMARK_MAX_UPLOAD: 'much' is not understood: a number of bytes/],
    ],
    [
      [],
      {},
      'colour: red\nrateLimit: many\n',
      [/^FILE: colour: there is no such setting$/, /^FILE: rateLimit: 'many'/],
    ],
    [[], {}, 'db: [', [/^FILE:1:6: /]],
    [[], {}, 'db: *a', [/^FILE:1:5: no anchor &a stands before this alias$/]],
    [[], {}, 'constructor: 1\n__proto__: 1', [/^FILE: constructor: there is no/, /^FILE: __proto__: there is no/]],
    [[], {}, 'db: {a: 1}', [/^FILE: db: a text, a number or a list of them is expected$/]],
    [[], {}, 'db: a.db\ndb: b.db', [/^FILE:2:1: 'db' is there twice: remove one$/]],
    [[], {}, '- db', [/^FILE: settings are expected/]],
    [[], {}, 'db:', [/^FILE: db: has no value$/]],
    [['--tls-cert', 'x.pem'], {}, undefined, [/^tlsCert and tlsKey/]],
    [['--max-upload', '30GB'], {}, undefined, [/^maxUpload/]],
    [['--config', '/nowhere/x.yaml'], {}, undefined, [/^the configuration \/nowhere\/x.yaml: no such file/]],
  ] as const)('one line for each mistake: %j %j %j', (args, env, yaml, expected) => {
    const found = mistakes(args, env, yaml);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });

  test('docs/configuration.md lists every setting as the code has it', () => {
    const text = page('docs/configuration.md');
    for (const name of SETTING_NAMES) {
      const { preset, about } = SETTINGS[name];
      const row = `| \`${name}\` | \`--${flagOf(name)}\` | \`${variableOf(name)}\` | ${preset ? `\`${preset}\`` : ''} | ${about} |`;
      expect(text).toContain(row);
    }
  });

  test('docs/api.md explains every problem as the code does', () => {
    const text = page('docs/api.md');
    for (const [code, { status, explanation }] of Object.entries(PROBLEMS)) {
      expect(text).toContain(`| \`${code}\` | ${status} | ${explanation} |`);
    }
  });
});

describe('forms of answers', () => {
  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['application/json;q=0.5, text/*;q=0.9', 'text/csv'],
    ['text/csv;q=0, */*', 'application/json'],
  ])('Accept: %s gets %s', (accept, form) => {
    expect(negotiate(accept, ['application/json', 'text/csv'])).toBe(form);
  });

  test('CSV quotes, and takes the formula out of a cell', () => {
    const cells = ['a,b', 'say "x"', null, 7, ['x', 'y'], '=1+2', '@cmd', '-1', { a: 1 }];
    expect(csvLine(cells)).toBe(`"a,b","say ""x""",,7,x; y,'=1+2,'@cmd,'-1,"{""a"":1}"\r\n`);
  });
});

describe('commands', () => {
  async function fieldmark(...args: string[]) {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: {} });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [status] = (await once(child, 'close')) as [number];
    return { status, stdout, stderr };
  }

  test('who listens for others must know who they are', async () => {
    const open = await fieldmark('serve', '--listen', '0.0.0.0:0', '--db', 'open.db');
    expect(open.status).toBe(2);
    expect(open.stderr).toBe(
      'fieldmark: listen: 0.0.0.0 can be reached from other machines: add a token first (fieldmark token add), or listen on 127.0.0.1\n',
    );
  });

  test('a token is shown once, listed without its secret, and taken back', async () => {
    const added = await fieldmark('token', 'add', 'Ada', '--role', 'analyst', '--db', 'tokens.db');
    expect([added.status, added.stdout]).toEqual([0, expect.stringMatching(/^fm_[\w-]{43}\n$/)]);
    const listed = await fieldmark('token', 'list', '--db', 'tokens.db');
    const [, id] = /(\w{12}) +Ada +analyst/.exec(listed.stdout) ?? [];
    expect(listed.stdout).not.toContain('fm_');
    expect(readFileSync(join(folder, 'tokens.db')).includes(added.stdout.trim())).toBe(false);
    expect((await fieldmark('token', 'remove', String(id), '--db', 'tokens.db')).status).toBe(0);
    expect((await fieldmark('token', 'remove', String(id), '--db', 'tokens.db')).status).toBe(2);
  });

  test.each([
    ['token add', ['token', 'add']],
    ['token add x', ['token', 'add', 'x', '--role', 'king']],
    ['token eat', ['token', 'eat']],
    ['serve --colour', ['serve', '--colour', 'red']],
    ['serve --listen', ['serve', '--listen', 'nowhere']],
  ])('%s is one line and status 2', async (_, args) => {
    const { status, stderr } = await fieldmark(...args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^fieldmark: .+\n$/)]);
  });

  test('serves until it is asked to end', async () => {
    const child = spawn(process.execPath, [MAIN, 'serve', '--listen', '127.0.0.1:0', '--db', 'run.db'], {
      cwd: folder,
      env: {},
    });
    const [line] = (await once(child.stderr.setEncoding('utf8'), 'data')) as [string];
    const [, url] = /^fieldmark: (http:\/\/127\.0\.0\.1:\d+) \(Ctrl-C ends it\)\n$/.exec(line) ?? [];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const following = await fetch(`${url}/api/v1/events/stream`);
    child.kill('SIGTERM');
    expect(await following.text()).toMatch(/^retry: /); // it ends by itself
    const [status] = (await once(child, 'close')) as [number | null];
    expect(status).toBe(0);
  });
});
