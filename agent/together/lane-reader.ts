import type { Snapshot } from '../model/snapshot.ts';
import { Reading } from '../reading.ts';
import { Sensor } from '../sensor.ts';
import { FrameBatch } from './frame-batch.ts';
import type { LaneMessage } from './lane.ts';
import { isComplete, isSeparable, limitsOf } from './separable.ts';
import type { Share } from './share.ts';

/** What a reader of one share begins with. */
export interface ShareTask {
  readonly share: Share;
  /** Who share. */
  readonly readers: number;
  /** Of the files, in their order. */
  readonly names: readonly string[];
}

/** What it answers: that it needs a batch no longer; at last what it found, or null when it gives up. */
export type LaneAnswer = 'done' | { readonly part: Snapshot | null };

const NO_CHUNK = new Uint8Array(0);

/** The other end of a lane: works on the frames that come along it. */
export class LaneReader {
  readonly #readers: number;
  readonly #sensor: Sensor;
  readonly #reading: Reading;
  readonly #batches: FrameBatch[] = []; // by number
  readonly #chunks: Uint8Array[] = [];
  #inFile = false;

  constructor({ share, readers, names }: ShareTask) {
    this.#readers = readers;
    this.#sensor = new Sensor({ share, limits: limitsOf(readers) });
    this.#reading = new Reading(this.#sensor, names);
  }

  take(message: LaneMessage): LaneAnswer | undefined {
    if ('batch' in message) {
      const chunk = message.chunk === undefined ? NO_CHUNK : (this.#chunks[message.chunk] as Uint8Array);
      return this.#read(this.#batches[message.batch] as FrameBatch, message.used, chunk);
    }
    if ('memory' in message) {
      const { memory, number } = message;
      if (message.of === 'batch') this.#batches[number] = new FrameBatch(memory);
      else this.#chunks[number] = new Uint8Array(memory);
      return undefined;
    }
    if (this.#inFile) this.#reading.endFile(null); // why it could not be read on is said by the first reader
    this.#inFile = true;
    if ('next' in message) {
      this.#reading.beginFile();
      return undefined;
    }
    const { passed, lastTime } = message;
    if (passed > 0) {
      this.#sensor.passedOver(passed - 1);
      this.#sensor.othersFrame(lastTime);
    }
    const part = this.#reading.end();
    return { part: isSeparable(this.#sensor, this.#readers) && isComplete(part) ? part : null };
  }

  #read(batch: FrameBatch, used: number, chunk: Uint8Array): LaneAnswer {
    batch.read(used, chunk, this.#sensor);
    this.#sensor.settle();
    return isSeparable(this.#sensor, this.#readers) ? 'done' : { part: null };
  }
}
