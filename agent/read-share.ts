/** One sensor's reading of captures: all of what they hold, or its share of it. */
import { CaptureError } from './capture/capture-error.ts';
import { readCapture } from './capture/read-capture.ts';
import { hearingSince } from './counters.ts';
import { FieldmarkError } from './errors.ts';
import type { FrameBlocks } from './frame-blocks.ts';
import { FrameDispatcher } from './frame-dispatcher.ts';
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

/** A share of a reading, and how frames come from the one who reads to the others. */
export interface SharedReading {
  readonly share: Share;
  /** How many share, this one among them. */
  readonly readers: number;
  readonly blocks: FrameBlocks;
}

export interface ReadOptions {
  /** Absent for who reads it all alone. */
  readonly shared?: SharedReading;
  /** Bytes of a file that are read at once; what is told does not depend on it. */
  readonly chunkBytes?: number;
  /** Called now and then, and once more at the end. What it throws ends the reading, and passes. */
  readonly onProgress?: (progress: Progress, sensor: Sensor) => void;
}

/** What a sensor makes of captures read in the order given; a broken one is read as far as it goes. */
export async function readShare(
  sources: readonly string[],
  { shared, chunkBytes, onProgress }: ReadOptions = {},
): Promise<Snapshot> {
  const sensor = new Sensor(shared === undefined ? {} : { share: shared.share });
  const dispatcher = shared && new FrameDispatcher(shared.blocks, sensor, shared.share, shared.readers);
  const sink = dispatcher ?? sensor;
  const { numbered, numberOf } = numbersOf(sources);
  const files: FileSnapshot[] = [];
  for (const [file, name] of sources.entries()) {
    sink.beginFile(numberOf(file));
    const told = tally(sensor);
    const tell = (bytesRead: number) => onProgress?.({ file, bytesRead, packets: sensor.frames }, sensor);
    const options = { onProgress: tell, ...(chunkBytes !== undefined && { chunkBytes }) };
    const error = await readCapture(name, sink, options).then(() => null, problem);
    files.push({ name, ...told(), error });
  }
  dispatcher?.finish();
  sensor.finish();
  onProgress?.({ file: sources.length, bytesRead: 0, packets: sensor.frames }, sensor);
  return takeSnapshot(sensor, files, numbered);
}

/**
 * What a sensor makes of the frames that the one who reads captures leaves to it.
 * @param onBlock called after each block; what it throws ends the reading, and passes
 */
export function followShare(
  sources: readonly string[],
  { share, blocks }: SharedReading,
  onBlock: (sensor: Sensor) => void,
): Snapshot {
  const sensor = new Sensor({ share });
  const { numbered, numberOf } = numbersOf(sources);
  const tallies = new Map<number, Tally>(); // by the file's number
  let current = -1;
  let told = tally(sensor);
  const close = () => {
    if (current >= 0) tallies.set(current, told());
  };
  blocks.read(share.reader, {
    block(file) {
      if (file === current) return;
      close();
      current = file;
      told = tally(sensor);
      sensor.beginFile(file);
    },
    frame(b, at, end, wireBytes, time, link, fcsBytes, number) {
      sensor.skipTo(number);
      sensor.frame(b, at, end, wireBytes, time, link, fcsBytes);
    },
    done() {
      sensor.settle();
      onBlock(sensor);
    },
  });
  close();
  sensor.finish();
  onBlock(sensor);
  const files = sources.map((name, file) => ({
    ...{ name, error: null },
    ...(tallies.get(numberOf(file)) ?? tally(sensor)()),
  }));
  return takeSnapshot(sensor, files, numbered);
}

/** Files are numbered by their names: of what several say at the same time, the same one counts in whatever order. */
function numbersOf(sources: readonly string[]) {
  const numbered = sources.map((name, index) => ({ name, index })).sort((a, b) => compareText(a.name, b.name));
  const numbers = new Map(numbered.map(({ index }, number) => [index, number]));
  return { numbered, numberOf: (file: number) => numbers.get(file) ?? file };
}

type Tally = Pick<FileSnapshot, 'packets' | 'bytes' | 'hearing'>;

/** Counts what a sensor hears from now on, until it is asked. */
function tally({ counters }: Sensor): () => Tally {
  const { packets, bytes } = counters;
  const before = counters.hearing();
  return () => ({
    packets: counters.packets - packets,
    bytes: counters.bytes - bytes,
    hearing: hearingSince(before, counters.hearing()),
  });
}

/** What a person can mend is part of the result; anything else is a fault of ours and passes. */
function problem(error: unknown): NonNullable<FileSnapshot['error']> {
  if (!(error instanceof FieldmarkError)) throw error;
  const { code, message } = error;
  return { code, offset: error instanceof CaptureError ? error.offset : null, message };
}
