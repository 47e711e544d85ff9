/** One sensor's reading of captures: of all that they hold, or of its part of it. */
import { CaptureError } from './capture/capture-error.ts';
import type { FrameSink } from './capture/frame-sink.ts';
import { OneInterface } from './capture/interfaces.ts';
import type { ReadBuffers } from './capture/read-buffers.ts';
import { readCapture } from './capture/read-capture.ts';
import { FieldmarkError } from './errors.ts';
import type { FileSnapshot, Snapshot } from './model/snapshot.ts';
import { Reading } from './reading.ts';
import { Sensor } from './sensor.ts';

/** How far the reading has come. */
export interface Progress {
  /** Index of the file being read. */
  readonly file: number;
  /** Bytes of it that were read, as it is stored. */
  readonly bytesRead: number;
  /** Packets of all files so far. */
  readonly packets: number;
}

/** What gives a sensor its part of the frames that come, and others theirs. */
export interface Division extends FrameSink {
  /** Frames that follow are of the next file. */
  beginFile(): void;
  /** No more frames come. */
  end(): void;
  /** What files are read into. */
  readonly buffers: ReadBuffers;
  /** Settled when all have room for more frames; undefined when they have. */
  readonly crowded: Promise<void> | undefined;
}

export interface FilesOptions {
  readonly sensor?: Sensor;
  /** Where all frames go; to the sensor without it. */
  readonly division?: Division;
  /** Bytes of a file that are read at once. */
  readonly chunkBytes?: number;
  /** The only interface whose frames are read. */
  readonly only?: number;
  /** What the captures are called, in their order; as their paths without it. */
  readonly names?: readonly string[];
  /** Called now and then, and once more at the end. What it throws ends the reading, and passes. */
  readonly onProgress?: (progress: Progress, sensor: Sensor) => void;
}

/** What a sensor makes of captures read in the order given; a broken one is read as far as it goes. */
export async function readFiles(
  sources: readonly string[],
  { sensor = new Sensor(), division, only, names = sources, chunkBytes, onProgress }: FilesOptions = {},
): Promise<Snapshot> {
  const reading = new Reading(sensor, names);
  for (const [file, source] of sources.entries()) {
    reading.beginFile();
    division?.beginFile();
    const tell = (bytesRead: number) => onProgress?.({ file, bytesRead, packets: sensor.frames }, sensor);
    const sink = only === undefined ? (division ?? sensor) : new OneInterface(sensor, only);
    const error = await readCapture(source, sink, {
      onProgress: tell,
      ...(division && { pace: () => division.crowded, buffers: division.buffers }),
      ...(chunkBytes !== undefined && { chunkBytes }),
    }).then(() => null, problem);
    reading.endFile(error);
  }
  division?.end();
  const heard = reading.end();
  onProgress?.({ file: sources.length, bytesRead: 0, packets: sensor.frames }, sensor);
  return heard;
}

/** What a person can mend is part of the result; anything else is a fault of ours and passes. */
function problem(error: unknown): NonNullable<FileSnapshot['error']> {
  if (!(error instanceof FieldmarkError)) throw error;
  const { code, message } = error;
  return { code, offset: error instanceof CaptureError ? error.offset : null, message };
}
