import type { ReadBuffers } from '../capture/read-buffers.ts';
import type { Division } from '../read-files.ts';
import type { Sensor } from '../sensor.ts';
import { bucketAtSight, NO_BUCKET } from './bucket-at-sight.ts';
import type { Lane } from './lane.ts';
import { FIRST_READER, type Share } from './share.ts';
import type { SharedBuffer, SharedBuffers } from './shared-buffers.ts';

/** LINKTYPE_ETHERNET */
const ETHERNET_LINK = 1;

/**
 * Gives each frame to the reader whose it is: to the sensor of this thread, which is the first reader's, or on a lane to
 * another's. Frames that do not tell at a glance go to all, and each finds out.
 */
export class Distributor implements Division {
  readonly #sensor: Sensor;
  readonly #share: Share;
  readonly #lanes: readonly Lane[]; // of the second reader, the third, ...
  readonly #chunks: SharedBuffers;
  #number = 0; // of the frame, in its file
  #time = 0; // of the frame
  #seenIn: Uint8Array = new Uint8Array(0); // the bytes that #data is of
  #data: DataView = new DataView(this.#seenIn.buffer);
  #chunk: SharedBuffer | undefined; // that these bytes lie in
  #base = 0; // where they begin in it

  /** @param chunks what the capture is read into; frames that lie elsewhere are copied */
  constructor(sensor: Sensor, share: Share, lanes: readonly Lane[], chunks: SharedBuffers) {
    this.#sensor = sensor;
    this.#share = share;
    this.#lanes = lanes;
    this.#chunks = chunks;
  }

  get buffers(): ReadBuffers {
    return this.#chunks;
  }

  beginFile(): void {
    this.#number = 0;
    for (const lane of this.#lanes) lane.beginFile();
  }

  frame(b: Uint8Array, at: number, end: number, wireBytes: number, time: number, link: number, fcsBytes: number): void {
    if (this.#seenIn !== b) {
      this.#seenIn = b;
      this.#data = new DataView(b.buffer, b.byteOffset, b.length);
      this.#chunk = this.#chunks.holding(b);
      this.#base = this.#chunk === undefined ? 0 : b.byteOffset;
    }
    const chunk = this.#chunk;
    const from = this.#base + at;
    const to = this.#base + end;
    const number = ++this.#number;
    this.#time = time;
    const { seed, readers } = this.#share;
    const bucket =
      link === ETHERNET_LINK && fcsBytes === 0
        ? bucketAtSight(this.#data, at, end, seed, this.#sensor.overlaps)
        : NO_BUCKET;
    if (bucket === NO_BUCKET) {
      for (const lane of this.#lanes) lane.frame(b, chunk, from, to, wireBytes, time, link, fcsBytes, number, true);
      this.#sensor.frame(b, at, end, wireBytes, time, link, fcsBytes, true);
      return;
    }
    const reader = readers[bucket] as number;
    if (reader === FIRST_READER) {
      this.#sensor.frame(b, at, end, wireBytes, time, link, fcsBytes);
      return;
    }
    this.#sensor.othersFrame(time);
    (this.#lanes[reader - 1] as Lane).frame(b, chunk, from, to, wireBytes, time, link, fcsBytes, number, false);
  }

  settle(): void {
    this.#sensor.settle();
  }

  hostName(address: Uint8Array, name: string): void {
    this.#sensor.hostName(address, name);
  }

  dropped(frames: number): void {
    this.#sensor.dropped(frames);
  }

  end(): void {
    for (const lane of this.#lanes) lane.end(this.#number, this.#time);
  }

  get crowded(): Promise<void> | undefined {
    for (const lane of this.#lanes) {
      const { crowded } = lane;
      if (crowded !== undefined) return crowded;
    }
    return undefined;
  }
}
