/** One interface that is listened to: its helper, its sensor, the frames that are kept of it. */
import { performance } from 'node:perf_hooks';
import { FrameKeeper, type KeepOptions } from '../capture/live/kept-frames.ts';
import {
  type CaptureEvent,
  type CaptureStatus,
  LiveCapture,
  type LiveCaptureOptions,
} from '../capture/live/live-capture.ts';
import { type Hearing, hearingSince } from '../counters.ts';
import type { FileSnapshot, Snapshot } from '../model/snapshot.ts';
import { takeSnapshot } from '../model/take-snapshot.ts';
import { Sensor } from '../sensor.ts';
import { framesFrom } from './frames-from.ts';

export interface ListenOptions extends LiveCaptureOptions {
  /** The capture's name: frames are told by it. */
  readonly name: string;
  /** Null when no frames are kept. */
  readonly keep: KeepOptions | null;
}

export interface ListeningStatus extends CaptureStatus {
  /** Heard so far. */
  readonly packets: number;
  /** Over the last half second. */
  readonly packetsPerSecond: number;
  /** Of them, counted but not read, as more came than could be. */
  readonly shed: number;
  /** Of bulk transfers, one frame in so many is read now; 1: all are. */
  readonly reading: number;
  /** Bytes of frames on the disk; null when none are kept. */
  readonly keptBytes: number | null;
}

/** What was heard so far. */
export interface Heard {
  readonly snapshot: Snapshot;
  readonly bytes: number;
  /** What it took to put it together, in milliseconds: listening stood still meanwhile. */
  readonly milliseconds: number;
}

/** Frames that are told by one name: the tables of flows count to 2^32. */
const FRAMES_PER_NAME = 4_000_000_000;

const LOOK = 500;
/** Share of the time that the thread is busy from which on it is about to fall behind, and below which it has time again. */
const BUSY = 0.92;
const IDLE = 0.6;
const MOST_SHED = 64;

export class Listener {
  readonly #options: ListenOptions;
  readonly #sensor = new Sensor();
  readonly #capture: LiveCapture;
  readonly #keeper: FrameKeeper | null;
  readonly #onEvent: (event: CaptureEvent) => void;
  readonly #finished: FileSnapshot[] = [];
  #before: Hearing; // as the name in use began
  #bytesBefore = 0;
  #heardBefore = 0; // frames of the capture that the frame keeper knows of
  #timer: NodeJS.Timeout | undefined;
  #utilization = performance.eventLoopUtilization();
  #lookedAt = performance.now();
  #packetsAtLook = 0;
  #packetsPerSecond = 0;
  #every = 1;
  #shedBefore = 0;
  #tookSnapshot = false;

  /** @throws FieldmarkError when no helper is there, or the frames cannot be kept where they should be */
  constructor(options: ListenOptions, onEvent: (event: CaptureEvent) => void) {
    this.#options = options;
    this.#onEvent = onEvent;
    this.#sensor.beginFile(0);
    this.#before = this.#sensor.counters.hearing();
    this.#keeper =
      options.keep === null ? null : new FrameKeeper(options.keep, (what) => this.#tell('frames-not-kept', what));
    this.#capture = new LiveCapture(options, {
      sink: this.#sensor,
      onEvent,
      onStream: () => this.#keeper?.begin(),
      onBytes: (chunk, whole) => this.#took(chunk, whole),
    });
  }

  /** As LiveCapture.start. */
  async start(): Promise<void> {
    await this.#capture.start();
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  /** Ends listening; all that came before is read and kept. */
  async stop(): Promise<Heard> {
    clearInterval(this.#timer);
    await this.#capture.stop();
    await this.#keeper?.close();
    this.#sensor.finish();
    return this.heard();
  }

  heard(): Heard {
    const began = performance.now();
    const snapshot = takeSnapshot(this.#sensor, [...this.#finished, this.#file()]);
    this.#tookSnapshot = true;
    return { snapshot, bytes: this.#capture.status().bytes, milliseconds: performance.now() - began };
  }

  status(): ListeningStatus {
    const { packets, packetsShed: shed } = this.#sensor.counters;
    const keptBytes = this.#keeper?.bytes ?? null;
    const packetsPerSecond = this.#packetsPerSecond;
    return { ...this.#capture.status(), packets, packetsPerSecond, shed, reading: this.#every, keptBytes };
  }

  #took(chunk: Uint8Array, whole: number | undefined): void {
    const { packets } = this.#sensor.counters;
    this.#keeper?.take(chunk, whole, this.#heardBefore, packets);
    this.#heardBefore = packets;
    if (packets - this.#before.packets < FRAMES_PER_NAME) return;
    this.#finished.push(this.#file());
    this.#before = this.#sensor.counters.hearing();
    this.#bytesBefore = this.#sensor.counters.bytes;
    this.#sensor.beginFile(this.#finished.length);
  }

  /** What was heard under the name in use. */
  #file(): FileSnapshot {
    const { counters } = this.#sensor;
    const hearing = hearingSince(this.#before, counters.hearing());
    const name = framesFrom(this.#options.name, this.#before.packets);
    return { name, packets: hearing.packets, bytes: counters.bytes - this.#bytesBefore, hearing, error: null };
  }

  #look(): void {
    const now = performance.now();
    const { packets } = this.#sensor.counters;
    this.#packetsPerSecond = Math.round((1000 * (packets - this.#packetsAtLook)) / (now - this.#lookedAt));
    this.#packetsAtLook = packets;
    this.#lookedAt = now;
    this.#lighten();
  }

  /** Passes over more when the thread is about to fall behind, and less when it has time again. */
  #lighten(): void {
    const { utilization } = performance.eventLoopUtilization(this.#utilization);
    this.#utilization = performance.eventLoopUtilization();
    const disturbed = this.#tookSnapshot;
    this.#tookSnapshot = false;
    if (utilization > BUSY && !disturbed) this.#every = Math.min(MOST_SHED, 2 * this.#every);
    else if (utilization < IDLE) this.#every = Math.max(1, this.#every / 2);
    this.#sensor.shed(this.#every);
    const shed = this.#sensor.counters.packetsShed;
    if (shed > this.#shedBefore) {
      this.#tell('frames-shed', 'frames of bulk transfers were counted but not read', shed - this.#shedBefore);
    }
    this.#shedBefore = shed;
  }

  #tell(kind: CaptureEvent['kind'], what: string, count = 1): void {
    this.#onEvent({ kind, interface: this.#options.interface, what, count, at: Date.now() * 1000 });
  }
}
