/** What every command that takes captures does first: find them, read them, show how far it is. */
import { analyze, type Progress } from '../../agent/analyze.ts';
import { findCaptures } from '../../agent/capture/find-captures.ts';
import { STANDARD_INPUT } from '../../agent/capture/read-capture.ts';
import { FieldmarkError } from '../../agent/errors.ts';
import type { FileSnapshot, Snapshot } from '../../agent/model/snapshot.ts';
import { type Plant, plantOf } from '../../agent/plant.ts';
import type { Policy } from '../../agent/policy/policy.ts';
import { ReadingProgress } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';

/**
 * The captures that the arguments name, as one snapshot; what was not found or is broken is in `capture.files`.
 * @param threads that read at once at most; as `analyze` has it when not given
 */
export async function readCaptures(names: readonly string[], threads?: number): Promise<Snapshot> {
  const { sources, problems } = await findCaptures(names);
  const progress = new ReadingProgress(process.stderr, sources);
  let read: Snapshot;
  try {
    const onProgress = (step: Progress) => progress.show(step);
    read = await analyze(sources, { onProgress, ...(threads !== undefined && { threads }) });
  } finally {
    progress.stop();
  }
  return withUnread(
    read,
    problems.map(({ name, error }) => unread(name, error)),
  );
}

/**
 * Reads the captures that the arguments name into a database, each that is not in it yet.
 * @param policy takes the place of the one in the database for what is returned
 * @returns the plant of all captures in the database, with what its operators decided
 * @throws FieldmarkError DATABASE_* when it cannot be opened or written
 */
export async function readIntoDatabase(
  names: readonly string[],
  database: string,
  policy: Policy | null = null,
): Promise<Plant> {
  const { Keeper } = await import('../../agent/service/keeper.ts');
  const { sources, problems } = await findCaptures(names);
  const unreadable = problems.map(({ name, error }) => unread(name, error));
  const progress = new ReadingProgress(process.stderr, sources);
  const files = new Map<number, number>();
  const keeper = new Keeper({
    database,
    onNotice(notice) {
      const file = notice.kind === 'capture' ? files.get(notice.capture) : undefined;
      if (notice.kind === 'capture' && file !== undefined) progress.show({ file, ...notice.progress });
    },
  });
  try {
    for (const [file, name] of sources.entries()) {
      try {
        const source = name === STANDARD_INPUT ? { stream: process.stdin } : { path: name };
        files.set(await keeper.add({ name, source, by: 'command line' }), file);
        await keeper.idle();
      } catch (error) {
        if (!(error instanceof FieldmarkError) || error.code.startsWith('DATABASE_')) throw error;
        if (error.code === 'CAPTURE_ALREADY_READ') tell(error.message);
        else unreadable.push(unread(name, error));
      }
    }
    keeper.flush();
    const { storage } = keeper.status;
    if (!storage.ok) throw new FieldmarkError('DATABASE_FULL', `${database}: cannot be written: ${storage.message}`);
    const plant = policy === null ? keeper.plant : plantOf(keeper.plant.snapshot, { ...keeper.decisions, policy });
    return { ...plant, snapshot: withUnread(plant.snapshot, unreadable) };
  } finally {
    progress.stop();
    await keeper.close();
  }
}

/** A file of which nothing could be read. */
function unread(name: string, { code, message }: Pick<FieldmarkError, 'code' | 'message'>): FileSnapshot {
  return { name, packets: 0, bytes: 0, hearing: null, error: { code, offset: null, message } };
}

function withUnread(snapshot: Snapshot, files: readonly FileSnapshot[]): Snapshot {
  return { ...snapshot, capture: { ...snapshot.capture, files: [...snapshot.capture.files, ...files] } };
}

/** Says on standard error what could not be read whole; answers whether there was any such. */
export function reportUnread({ capture }: Snapshot): boolean {
  const failed = capture.files.filter(({ error }) => error !== null);
  for (const { name, error } of failed) tell(`${name}: ${error?.message}`);
  return failed.length > 0;
}
