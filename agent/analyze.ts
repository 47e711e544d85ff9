import { CaptureError } from './capture/capture-error.ts';
import { readCapture } from './capture/read-capture.ts';
import { hearingSince } from './counters.ts';
import { FieldmarkError } from './errors.ts';
import type { FileSnapshot, Snapshot } from './model/snapshot.ts';
import { takeSnapshot } from './model/take-snapshot.ts';
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

/**
 * Reads captures in the order given and tells what they hold. A file that cannot be read to its end gives what could
 * be read, and its error; the others are read all the same.
 *
 * @param sources as `readCapture` takes them
 */
export async function analyze(
  sources: readonly string[],
  { onProgress }: { readonly onProgress?: (progress: Progress) => void } = {},
): Promise<Snapshot> {
  const sensor = new Sensor();
  const files: FileSnapshot[] = [];
  for (const [file, name] of sources.entries()) {
    sensor.beginFile(file);
    const { packets, bytes } = sensor.counters;
    const before = sensor.counters.hearing();
    const error = await readCapture(name, sensor, {
      onProgress: (bytesRead) => onProgress?.({ file, bytesRead, packets: sensor.counters.packets }),
    }).then(() => null, problem);
    files.push({
      name,
      packets: sensor.counters.packets - packets,
      bytes: sensor.counters.bytes - bytes,
      hearing: hearingSince(before, sensor.counters.hearing()),
      error,
    });
  }
  sensor.finish();
  return takeSnapshot(sensor, files);
}

/** What a person can mend is part of the result; anything else is a fault of ours and passes. */
function problem(error: unknown): NonNullable<FileSnapshot['error']> {
  if (!(error instanceof FieldmarkError)) throw error;
  const { code, message } = error;
  return { code, offset: error instanceof CaptureError ? error.offset : null, message };
}
