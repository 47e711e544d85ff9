import { type Hearing, hearingSince } from './counters.ts';
import { compareText } from './model/order.ts';
import type { FileSnapshot, Snapshot } from './model/snapshot.ts';
import { takeSnapshot } from './model/take-snapshot.ts';
import type { Sensor } from './sensor.ts';

/** Which file it is of those read, in the order of their names. */
interface Numbered {
  readonly name: string;
  readonly index: number;
}

/** What one sensor hears of captures, one after another. */
export class Reading {
  readonly #sensor: Sensor;
  readonly #names: readonly string[];
  readonly #numbered: readonly Numbered[];
  readonly #files: FileSnapshot[] = [];
  #before: { readonly bytes: number; readonly hearing: Hearing }; // what was counted when the file began

  /** @param names of the captures, in the order in which they are read */
  constructor(sensor: Sensor, names: readonly string[]) {
    this.#sensor = sensor;
    this.#names = names;
    // files are numbered by their names: of what several say at the same time, the same one counts in whatever order
    this.#numbered = names.map((name, index) => ({ name, index })).sort((a, b) => compareText(a.name, b.name));
    this.#before = this.#counted();
  }

  /** Frames that follow are of the next capture. */
  beginFile(): void {
    const file = this.#files.length;
    this.#sensor.beginFile(this.#numbered.findIndex(({ index }) => index === file));
    this.#before = this.#counted();
  }

  /** @param error why it could not be read to its end */
  endFile(error: FileSnapshot['error']): void {
    const before = this.#before;
    const { bytes, hearing } = this.#counted();
    this.#files.push({
      name: this.#names[this.#files.length] as string,
      packets: hearing.packets - before.hearing.packets,
      bytes: bytes - before.bytes,
      hearing: hearingSince(before.hearing, hearing),
      error,
    });
  }

  #counted() {
    const { counters } = this.#sensor;
    return { bytes: counters.bytes, hearing: counters.hearing() };
  }

  /** All has been heard. */
  end(): Snapshot {
    this.#sensor.finish();
    return takeSnapshot(this.#sensor, this.#files, this.#numbered);
  }
}
