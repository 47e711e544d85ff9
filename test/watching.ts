/** The whole program on interfaces, as an operator starts it: its log, its database, its helpers. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Reader } from '../agent/store/reader.ts';
import { TestNetwork, whyNoNetwork } from './network.mjs';
import { MAIN } from './run-command.ts';
import { withoutSqlite } from './sqlite.ts';

export const DEMO = 'fixtures/plant/demo.pcap';
/** In the demo capture. */
export const PACKETS = 5987;

/** Why nothing can be listened to here; null when it can. */
export const reason = whyNoNetwork() ?? (withoutSqlite() ? 'watch keeps what it hears in SQLite' : null);
if (reason !== null) console.warn(`\n*** LIVE CAPTURE IS NOT TESTED HERE: ${reason} ***\n`);

export const folder = mkdtempSync(join(tmpdir(), 'fieldmark-live-'));
/** What is done when all tests of a file have ended, the last first. */
export const undo: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(() => {
  for (const step of undo.reverse()) step();
});

export function network(cables = 1): TestNetwork {
  const made = new TestNetwork(cables);
  undo.push(() => made.remove());
  return made;
}

export interface WatchOptions {
  readonly flags?: readonly string[];
  readonly interfaces?: readonly string[];
  /** A module that each of its threads loads first: what a machine may do to it. */
  readonly preload?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts it on a database of this name; answers when it listens. */
export async function watching(on: TestNetwork, name: string, options: WatchOptions = {}): Promise<Watching> {
  const started = new Watching(on, join(folder, `${name}.db`), options);
  undo.push(() => started.kill());
  return await started.ready();
}

/** `fieldmark watch` on the interface that listens. */
export class Watching {
  readonly db: string;
  readonly #network: TestNetwork;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  log = '';
  #reader: Reader | undefined;

  /**
   * @param options what it listens to, flags of the command, what its processes find in their environment
   */
  constructor(
    on: TestNetwork,
    db: string,
    { flags = [], interfaces = ['mirror'], preload, env = {} }: WatchOptions = {},
  ) {
    this.db = db;
    this.#network = on;
    const args = ['watch', ...interfaces, '--db', db, '--listen', '127.0.0.1:0', ...flags];
    const preloaded = preload === undefined ? [] : ['--import', preload];
    this.#process = on.spawn(process.execPath, [...preloaded, MAIN, ...args], { env: { ...process.env, ...env } });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    }
    this.#ended = once(this.#process, 'close');
  }

  async ready(): Promise<this> {
    await this.until(() => this.log.includes('Ctrl-C ends it'));
    this.#reader = new Reader(this.db);
    return this;
  }

  get reader(): Reader {
    if (this.#reader === undefined) throw new Error('not ready yet');
    return this.#reader;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#process.exitCode !== null) throw new Error(`watch has ended: ${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until the database has so many packets of a capture. */
  async heard(packets: number, capture = 1): Promise<void> {
    await this.until(() => (this.reader.capture(capture)?.packets ?? 0) >= packets);
  }

  events(): string[] {
    const { items } = this.reader.list('events', { filter: {}, sort: 'number', limit: 100 });
    return items.map(({ kind }) => kind).filter((kind) => kind.startsWith('sensor.'));
  }

  /** The answer of its service. */
  answer(path: string): Buffer {
    const [url] = this.log.match(/http:\/\/[^\s"]+/) ?? [];
    const script = `fetch(${JSON.stringify(`${url}${path}`)}).then((answer) => answer.arrayBuffer())
      .then((bytes) => process.stdout.write(Buffer.from(bytes).toString('base64')))`;
    return Buffer.from(this.#network.run(process.execPath, '-e', script), 'base64');
  }

  /** The same, of JSON. */
  ask(path: string): unknown {
    return JSON.parse(this.answer(path).toString());
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  /** Process ids of the helpers: children of any of its threads. */
  helpers(): number[] {
    const tasks = `/proc/${this.pid}/task`;
    return readdirSync(tasks)
      .flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' '))
      .filter((id) => id !== '')
      .map(Number);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** Ends it as an operator does; answers the exit status. */
  async end(): Promise<number | null> {
    this.#reader?.close();
    this.signal('SIGTERM');
    await this.#ended;
    return this.#process.exitCode;
  }
}
