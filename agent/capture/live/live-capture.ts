/** An interface as a source of frames: keeps a helper running, reads what it writes, and says what was lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { FieldmarkError } from '../../errors.ts';
import { CaptureParser } from '../capture-parser.ts';
import type { FrameSink } from '../frame-sink.ts';
import {
  type CaptureOptions,
  chooseHelper,
  type HelperCommand,
  type HelperName,
  helperCommand,
  howToPermit,
} from './helper.ts';
import { countsOf } from './interfaces.ts';

/** What happens to a capture and is worth telling. */
export interface CaptureEvent {
  readonly kind:
    | 'helper-started'
    | 'helper-ended'
    | 'interface-down'
    | 'interface-up'
    | 'packets-lost'
    | 'clock-stepped'
    /** More came than could be read: frames of bulk transfers are passed over. */
    | 'frames-shed'
    /** Frames are not written to the disk as was asked. */
    | 'frames-not-kept';
  readonly interface: string;
  /** In plain words. */
  readonly what: string;
  /** Packets that were lost or passed over; 1 for what is no count. */
  readonly count: number;
  /** Microseconds since 1970, by this machine's clock. */
  readonly at: number;
}

export interface CaptureStatus {
  readonly interface: string;
  readonly helper: HelperName;
  readonly state: 'starting' | 'listening' | 'waiting' | 'stopped';
  readonly interfaceState: string;
  readonly restarts: number;
  /** Packets that the kernel or the helper lost, all in all. */
  readonly lost: number;
  readonly bytes: number;
  /** Packets this machine sent on the interface since the start: 0, or somebody else uses it. */
  readonly sent: number | null;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** A helper that listened so long had no trouble starting. */
const STEADY = 10_000;
const POLL = 500;
/** By how much the wall clock must leave the steady one to have been set. */
const CLOCK_STEP = 2000;
/** What of a helper's last words is kept, to say why it ended. */
const LAST_WORDS = 2000;
/** A helper that does not end by itself this long after being asked to is killed. */
const PATIENCE = 2000;

export interface LiveCaptureOptions extends CaptureOptions {
  /** Null: the best that is there. */
  readonly helper: HelperName | null;
}

/** Who is told of what an interface brings. */
export interface LiveListener {
  readonly sink: FrameSink;
  readonly onEvent: (event: CaptureEvent) => void;
  /** A helper starts: its stream has a header of its own. */
  readonly onStream?: () => void;
  /** Bytes of the stream, when the sink has had their frames. `whole`: up to the end of the last whole record. */
  readonly onBytes?: (chunk: Uint8Array, whole: number | undefined) => void;
  /** The wall clock, in milliseconds since 1970. */
  readonly clock?: () => number;
}

/**
 * Listens to one interface until `stop`. The helper's death, the interface's going down and the clock's being set are
 * survived and told; frames go to `sink` as they come, together with the count of lost ones.
 */
export class LiveCapture {
  readonly #options: LiveCaptureOptions;
  readonly #listener: LiveListener;
  readonly #clock: () => number;
  readonly #helper: HelperName;
  readonly #command: HelperCommand;
  readonly #sentBefore: number | null;
  #child: ChildProcess | undefined;
  #state: CaptureStatus['state'] = 'starting';
  #interfaceState: string;
  #restarts = 0;
  #lostBefore = 0; // by helpers that have ended
  #lost = 0; // by the one that runs
  #bytes = 0;
  #bytesBefore = 0; // as was looked last
  #wait = FIRST_WAIT;
  #lastWords = '';
  #clockOffset: number;
  #poll: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #ended: Promise<void> = Promise.resolve();

  /** @throws FieldmarkError when no helper is there */
  constructor(options: LiveCaptureOptions, listener: LiveListener) {
    this.#options = options;
    this.#listener = listener;
    this.#clock = listener.clock ?? Date.now;
    this.#clockOffset = this.#clock() - performance.now();
    this.#helper = chooseHelper(options.helper);
    this.#command = helperCommand(this.#helper, options);
    const { state, sent } = countsOf(options.interface);
    this.#interfaceState = state;
    this.#sentBefore = sent;
  }

  /**
   * Starts to listen.
   * @returns when the helper listens
   * @throws FieldmarkError when the first helper ends before it listens: a missing privilege, a wrong filter or name
   */
  async start(): Promise<void> {
    this.#poll = setInterval(() => this.#look(), POLL);
    await this.#run();
  }

  /** Ends the helper; frames that it still hands over are read. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    clearInterval(this.#poll);
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined) return;
    child.kill('SIGINT'); // tcpdump and dumpcap write what they hold, and their counts
    const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await this.#ended;
    clearTimeout(kill);
  }

  status(): CaptureStatus {
    const { state, sent } = countsOf(this.#options.interface);
    return {
      interface: this.#options.interface,
      helper: this.#helper,
      state: this.#state,
      interfaceState: state,
      restarts: this.#restarts,
      lost: this.#lostBefore + this.#lost,
      bytes: this.#bytes,
      sent: sent === null || this.#sentBefore === null ? null : sent - this.#sentBefore,
    };
  }

  #run(): Promise<void> {
    const { command, args, listening } = this.#command;
    // in a session of its own: Ctrl-C at the terminal is for us, and we end it when all it heard is read
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#child = child;
    this.#lastWords = '';
    this.#lost = 0;
    const startedAt = performance.now();
    const { sink, onStream, onBytes } = this.#listener;
    const parser = new CaptureParser(sink);
    onStream?.();
    const output = child.stdout as Readable;
    output.on('data', (chunk: Uint8Array) => {
      this.#bytes += chunk.length;
      const begins = parser.offset;
      try {
        parser.feed(chunk);
        onBytes?.(chunk, parser.wholeUntil === undefined ? undefined : parser.wholeUntil - begins);
      } catch (error) {
        if (!(error instanceof FieldmarkError)) throw error;
        this.#lastWords = error.message; // the stream is broken: only a new helper makes a new one
        child.kill('SIGKILL');
      }
    });
    return new Promise((resolve, reject) => {
      (child.stderr as Readable).setEncoding('utf8').on('data', (words: string) => {
        this.#lastWords = `${this.#lastWords}${words}`.slice(-LAST_WORDS);
        this.#countLost();
        if (this.#state === 'starting' && listening.test(this.#lastWords)) {
          this.#state = 'listening';
          this.#tell('helper-started', `${this.#helper} listens on ${this.#options.interface}`);
          resolve();
        }
      });
      child.on('error', (error) => {
        this.#lastWords = error.message;
      });
      this.#ended = new Promise((ended) => {
        child.on('close', (code, signal) => {
          this.#child = undefined;
          this.#lostBefore += this.#lost;
          this.#lost = 0;
          if (performance.now() - startedAt > STEADY) this.#wait = FIRST_WAIT;
          if (this.#state === 'starting' && this.#restarts === 0) {
            this.#state = 'stopped';
            clearInterval(this.#poll);
            reject(cannotListen(this.#options, this.#helper, this.#lastWords));
          } else if (this.#state !== 'stopped') this.#startAgain(code, signal);
          ended();
        });
      });
    });
  }

  #startAgain(code: number | null, signal: NodeJS.Signals | null): void {
    const how = signal === null ? `with status ${code}` : `by ${signal}`;
    const why = reasonIn(this.#lastWords);
    this.#state = 'waiting';
    this.#tell('helper-ended', `${this.#helper} ended ${how}${why === '' ? '' : `: ${why}`}; it is started again`);
    this.#restart = setTimeout(() => this.#begin(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
  }

  /** Starts a helper in place of the one that ended. */
  #begin(): void {
    clearTimeout(this.#restart);
    this.#restarts++;
    this.#state = 'starting';
    this.#run().catch(() => {}); // its end is told, and starts it again
  }

  /** Looks after what nobody tells: the interface, the clock, what was lost. */
  #look(): void {
    const { state } = countsOf(this.#options.interface);
    if (state !== this.#interfaceState) {
      const wasDown = isDown(this.#interfaceState);
      this.#interfaceState = state;
      if (isDown(state) && !wasDown) this.#tell('interface-down', `${this.#options.interface} is down`);
      else if (!isDown(state) && wasDown) {
        this.#tell('interface-up', `${this.#options.interface} is up again`);
        this.#wait = FIRST_WAIT;
        if (this.#state === 'waiting') this.#begin();
      }
    }
    const offset = this.#clock() - performance.now();
    if (Math.abs(offset - this.#clockOffset) > CLOCK_STEP) {
      const seconds = Math.round((offset - this.#clockOffset) / 1000);
      this.#tell(
        'clock-stepped',
        `the clock of this machine was set ${Math.abs(seconds)} s ${seconds > 0 ? 'forward' : 'back'}`,
      );
    }
    this.#clockOffset = offset;
    if (this.#state !== 'listening') return;
    const { flushSignal, reportSignal } = this.#command;
    const child = this.#child;
    const idle = this.#bytes === this.#bytesBefore;
    this.#bytesBefore = this.#bytes;
    if (flushSignal !== null && idle && child?.pid !== undefined && sleeps(child.pid)) child.kill(flushSignal);
    if (reportSignal !== null) child?.kill(reportSignal);
  }

  #countLost(): void {
    const counts = [...this.#lastWords.matchAll(this.#command.lost)];
    const lost = Number(counts.at(-1)?.[1] ?? this.#lost);
    if (lost <= this.#lost) return;
    const more = lost - this.#lost;
    this.#lost = lost;
    this.#listener.sink.dropped?.(more);
    this.#tell('packets-lost', 'packets were lost before they could be read', more);
  }

  #tell(kind: CaptureEvent['kind'], what: string, count = 1): void {
    this.#listener.onEvent({ kind, interface: this.#options.interface, what, count, at: this.#clock() * 1000 });
  }
}

/** Whether a process waits for something (proc_pid_stat(5)): then it is in the middle of nothing. */
function sleeps(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('S');
  } catch {
    return false; // it has just ended
  }
}

function isDown(state: string): boolean {
  return state === 'down' || state === 'lowerlayerdown' || state === 'notpresent';
}

/** What a helper said last of why it ended: what it put its name before, else its last line. */
function reasonIn(words: string): string {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !NO_REASON.test(line));
  const named = lines.findLast((line) => PROGRAM.test(line));
  return (named ?? lines.at(-1) ?? '').replace(PROGRAM, '').replace(/[.\s]+$/, '');
}

const PROGRAM = /^(tcpdump|dumpcap): /;
const NO_REASON = /packets? (captured|received|dropped)|listening on|data link type|^File: |^Capturing on /i;

function cannotListen({ interface: name, filter }: CaptureOptions, helper: HelperName, words: string): FieldmarkError {
  const why = reasonIn(words) || 'it said nothing';
  if (/permi|privilege|EPERM/i.test(words)) {
    const message = `${helper} is not permitted to listen on ${name}: ${howToPermit(helper)}`;
    return new FieldmarkError('CAPTURE_NOT_PERMITTED', message);
  }
  if (/no such device|no device named|doesn't exist/i.test(words)) {
    const message = `there is no interface ${name} that ${helper} can listen on: "fieldmark interfaces" lists them`;
    return new FieldmarkError('CAPTURE_FAILED', message);
  }
  const filtered = filter === '' ? '' : ` with the filter '${filter}' (its language: pcap-filter(7))`;
  return new FieldmarkError('CAPTURE_FAILED', `${helper} cannot listen on ${name}${filtered}: ${why}`);
}
