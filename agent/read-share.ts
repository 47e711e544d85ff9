/** One sensor's reading of captures: all of what they hold, or its share of it. */
import { CaptureError } from './capture/capture-error.ts';
import { OneInterface } from './capture/interfaces.ts';
import { readCapture } from './capture/read-capture.ts';
import { hearingSince } from './counters.ts';
import { FieldmarkError } from './errors.ts';
import type { Limits } from './limits.ts';
import { compareText } from './model/order.ts';
import type { FileSnapshot, Snapshot } from './model/snapshot.ts';
import { takeSnapshot } from './model/take-snapshot.ts';
import { Sensor } from './sensor.ts';
import type { Share } from './share.ts';

/** How far the reading has come. */
export interface Progress {
  /** Index of the file being read. */
  readonly file: number;
  /** Bytes of it that were read, as it is stored. */
  readonly bytesRead: number;
  /** Packets of all files so far. */
  readonly packets: number;
}

export interface ShareOptions {
  readonly share?: Share;
  /** Bytes of a file that are read at once. */
  readonly chunkBytes?: number;
  readonly limits?: Limits;
  /** The only interface whose frames are read. */
  readonly only?: number;
  /** What the captures are called, in their order; as their paths without it. */
  readonly names?: readonly string[];
  /** Called now and then, and once more at the end. What it throws ends the reading, and passes. */
  readonly onProgress?: (progress: Progress, sensor: Sensor) => void;
}

/** What a sensor makes of captures read in the order given; a broken one is read as far as it goes. */
export async function readShare(
  sources: readonly string[],
  { share, only, names = sources, limits, chunkBytes, onProgress }: ShareOptions = {},
): Promise<Snapshot> {
  const sensor = new Sensor({ ...(share !== undefined && { share }), ...(limits !== undefined && { limits }) });
  const files: FileSnapshot[] = [];
  // files are numbered by their names: of what several say at the same time, the same one counts in whatever order
  const numbered = names.map((name, index) => ({ name, index })).sort((a, b) => compareText(a.name, b.name));
  const numbers = new Map(numbered.map(({ index }, number) => [index, number]));
  for (const [file, source] of sources.entries()) {
    sensor.beginFile(numbers.get(file) ?? file);
    const { packets, bytes } = sensor.counters;
    const before = sensor.counters.hearing();
    const tell = (bytesRead: number) => onProgress?.({ file, bytesRead, packets: sensor.frames }, sensor);
    const sink = only === undefined ? sensor : new OneInterface(sensor, only);
    const reading = { onProgress: tell, ...(chunkBytes !== undefined && { chunkBytes }) };
    const error = await readCapture(source, sink, reading).then(() => null, problem);
    files.push({
      name: names[file] ?? source,
      packets: sensor.counters.packets - packets,
      bytes: sensor.counters.bytes - bytes,
      hearing: hearingSince(before, sensor.counters.hearing()),
      error,
    });
  }
  sensor.finish();
  onProgress?.({ file: sources.length, bytesRead: 0, packets: sensor.frames }, sensor);
  return takeSnapshot(sensor, files, numbered);
}

/** What a person can mend is part of the result; anything else is a fault of ours and passes. */
function problem(error: unknown): NonNullable<FileSnapshot['error']> {
  if (!(error instanceof FieldmarkError)) throw error;
  const { code, message } = error;
  return { code, offset: error instanceof CaptureError ? error.offset : null, message };
}
