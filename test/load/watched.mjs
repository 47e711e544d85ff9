/** `fieldmark watch` in a network of its own, as the load scripts run it, with what the processes below it take. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../../api/setup.mjs';
import { Reader } from '../../dist/agent/store/reader.js';
import { TestNetwork, whyNoNetwork } from '../network.mjs';

/** Of /proc/PID/stat's times (proc_pid_stat(5)): USER_HZ, which Linux fixes at 100 for all who ask. */
const TICKS_PER_SECOND = 100;
const PATIENCE = 15_000;

export class Watched {
  network;
  db;
  #folder;
  #process;
  #ended;
  #reader;
  #log = '';

  /**
   * Starts it; answers when it listens. Ends the script where no network can be made.
   * @param prepare done to the network before
   */
  static async start(flags = [], prepare = () => {}) {
    const reason = whyNoNetwork();
    if (reason !== null) {
      console.error(`nothing is measured: ${reason}`);
      process.exit(2);
    }
    const watched = new Watched(flags, prepare);
    for (; !watched.#log.includes('Ctrl-C ends it'); await wait(50)) {
      if (watched.#process.exitCode !== null) throw new Error(`watch has ended: ${watched.#log}`);
    }
    watched.#reader = new Reader(watched.db);
    return watched;
  }

  constructor(flags, prepare) {
    this.network = new TestNetwork();
    prepare(this.network);
    this.#folder = mkdtempSync(join(tmpdir(), 'fieldmark-load-'));
    this.db = join(this.#folder, 'load.db');
    const args = ['watch', 'mirror', '--db', this.db, '--listen', '127.0.0.1:0', '--log-level', 'info', ...flags];
    this.#process = this.network.spawn(process.execPath, [`${ROOT}dist/api/main.js`, ...args]);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        this.#log += text;
      });
    }
    this.#ended = once(this.#process, 'close');
  }

  /** Packets in the database. */
  get heard() {
    return this.#reader.capture(1)?.packets ?? 0;
  }

  /** What the service says of itself, `interfaces` with their losses among it. */
  status() {
    const [url] = this.#log.match(/http:\/\/\S+/) ?? [];
    const ask = `fetch('${url}/api/v1/sensor').then((answer) => answer.text()).then((text) => process.stdout.write(text))`;
    return JSON.parse(this.network.run(process.execPath, '-e', ask));
  }

  /** Bytes of the database with its log. */
  get databaseBytes() {
    return ['', '-wal'].reduce((sum, end) => sum + (statSync(this.db + end, { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  /** Memory in bytes and processor time in seconds: of the sensor, and of its helpers. */
  taken() {
    const [sensor, ...helpers] = below(this.#process.pid);
    const sum = (pids, of) => pids.reduce((total, pid) => total + of(pid), 0);
    return {
      sensor: { bytes: resident(sensor), seconds: processorSeconds(sensor) },
      helpers: { bytes: sum(helpers, resident), seconds: sum(helpers, processorSeconds) },
    };
  }

  /** Waits until so many packets are in the database, or nothing more comes. */
  async settled(packets) {
    let before = -1;
    let changed = performance.now();
    while (this.heard < packets && performance.now() - changed < PATIENCE) {
      if (this.heard !== before) changed = performance.now();
      before = this.heard;
      await wait(200);
    }
  }

  /** Ends it as an operator does; the database stays until `remove`. */
  async end() {
    this.#reader.close();
    this.#process.kill('SIGTERM');
    await this.#ended;
    return this.#process.exitCode;
  }

  remove() {
    this.#process.kill('SIGKILL');
    this.network.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A process and all below it: children of any of its threads. */
function below(pid) {
  const children = tasks(pid).flatMap((task) => contents(`/proc/${pid}/task/${task}/children`).split(' '));
  return [pid, ...children.filter((child) => child !== '').flatMap((child) => below(Number(child)))];
}

function tasks(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended
  }
}

function resident(pid) {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(contents(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

/** User and system time together: fields 14 and 15, counted from behind the name in brackets. */
function processorSeconds(pid) {
  const stat = contents(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

function contents(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
