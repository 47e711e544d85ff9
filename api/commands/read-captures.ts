/** What every command that takes captures does first: find them, read them, show how far it is. */
import { analyze } from '../../agent/analyze.ts';
import { findCaptures } from '../../agent/capture/find-captures.ts';
import type { FileSnapshot, Snapshot } from '../../agent/model/snapshot.ts';
import { ReadingProgress } from '../terminal/progress.ts';

/** The captures that the arguments name, as one snapshot; what was not found or is broken is in `capture.files`. */
export async function readCaptures(names: readonly string[]): Promise<Snapshot> {
  const { sources, problems } = await findCaptures(names);
  const progress = new ReadingProgress(process.stderr, sources);
  let read: Snapshot;
  try {
    read = await analyze(sources, { onProgress: (step) => progress.show(step) });
  } finally {
    progress.stop();
  }
  const notFound = problems.map(({ name, error: { code, message } }): FileSnapshot => {
    return { name, packets: 0, bytes: 0, hearing: null, error: { code, offset: null, message } };
  });
  return { ...read, capture: { ...read.capture, files: [...read.capture.files, ...notFound] } };
}

/** Says on standard error what could not be read whole; answers whether there was any such. */
export function reportUnread({ capture }: Snapshot): boolean {
  const failed = capture.files.filter(({ error }) => error !== null);
  for (const { name, error } of failed) process.stderr.write(`fieldmark: ${name}: ${error?.message}\n`);
  return failed.length > 0;
}
