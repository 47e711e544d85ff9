/** The service as people start it: a process of `fieldmark serve` over a database of its own, with the built page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MAIN } from '../run-command.ts';

export const DEMO: string = fileURLToPath(new URL('../../fixtures/plant/demo.pcap', import.meta.url));

/** Milliseconds between two looks at what is waited for. */
const LOOK = 50;

export class PageService {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'fieldmark-page-'));
  readonly db: string = join(this.folder, 'plant.db');
  readonly #flags: readonly string[];
  #process: ChildProcess | null = null;
  #url = '';

  /** @param flags settings of `serve` */
  constructor(flags: readonly string[] = []) {
    this.#flags = flags;
  }

  /** E.g. `http://127.0.0.1:40123`: the same each time it is started. */
  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const listen = this.#url === '' ? '127.0.0.1:0' : new URL(this.#url).host;
    const args = [MAIN, 'serve', '--db', this.db, '--listen', listen, '--log-level', 'warn', ...this.#flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    this.#url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const url = /fieldmark: (http\S+) /.exec(said)?.[1];
        if (url !== undefined) resolve(url);
      });
      child.once('exit', () => reject(new Error(`the service has ended: ${said}`)));
    });
    // on a busy machine it was so slow to start that it holds itself for overloaded
    while ((await fetch(`${this.#url}/api/v1/session`)).status === 503) await setTimeout(LOOK);
  }

  /** Ends the process, and keeps its database. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Has a capture read to its end. */
  async read(name: string, capture: Uint8Array = readFileSync(DEMO)): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/captures?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: capture as NonNullable<RequestInit['body']>,
    });
    if (response.status !== 201) throw new Error(await response.text());
    const { id } = (await response.json()) as { id: number };
    for (;;) {
      const { state } = (await (await fetch(`${this.url}/api/v1/captures/${id}`)).json()) as { state: string };
      if (state === 'done') return;
      if (state !== 'queued' && state !== 'reading') throw new Error(`${name} is ${state}`);
      await setTimeout(LOOK);
    }
  }

  /** Makes a policy the first one that holds. */
  async setPolicy(yaml: string): Promise<void> {
    const headers = { 'content-type': 'application/yaml', 'if-none-match': '*' };
    const response = await fetch(`${this.url}/api/v1/policy`, { method: 'PUT', headers, body: yaml });
    if (!response.ok) throw new Error(await response.text());
  }
}
