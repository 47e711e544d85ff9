/** Where a command's result goes: a file that is whole or not there, or standard output. */
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { FieldmarkError } from '../../agent/errors.ts';
import { chunksOf } from '../../agent/report/chunks.ts';

/**
 * Writes a text, or the pieces of one, to the file, or to standard output for `-`. A file is written beside its place and moved there when
 * it is whole: who reads it sees the old one or the new one, never half of one. Devices and pipes are written to directly.
 *
 * @throws FieldmarkError OUTPUT_NOT_WRITTEN, with `what` naming what was to be written
 */
export async function writeOutput(text: string | Iterable<string>, path: string, what: string): Promise<void> {
  const pieces = typeof text === 'string' ? [text] : text;
  if (path === '-') return writeStandardOutput(pieces);
  try {
    // a link stays a link: what it points to is replaced
    const target = await realpath(path).catch(() => path);
    const isSpecial = await stat(target).then(
      (found) => !found.isFile() && !found.isDirectory(),
      () => false,
    );
    if (isSpecial) await writeTo(await open(target, 'w'), pieces);
    else await replaceFile(target, pieces);
  } catch (error) {
    const reason = (error as Error).message;
    throw new FieldmarkError('OUTPUT_NOT_WRITTEN', `${what} cannot be written to ${path}: ${reason}`, error);
  }
}

async function replaceFile(target: string, pieces: Iterable<string>): Promise<void> {
  const draft = `${target}.${process.pid}.part`;
  // fails where something of that name is, link or file: nobody else's is overwritten
  const file = await open(draft, 'wx');
  try {
    await writeTo(file, pieces);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeTo(file: FileHandle, pieces: Iterable<string>): Promise<void> {
  try {
    for (const chunk of chunksOf(pieces)) await file.writeFile(chunk);
    // a disk that is full may tell only now
    await file.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EINVAL') throw error; // devices and pipes have nothing to sync
    });
  } finally {
    await file.close();
  }
}

/** Waits for who reads; when nobody does any more, the process ends (see main.ts). */
async function writeStandardOutput(pieces: Iterable<string>): Promise<void> {
  for (const chunk of chunksOf(pieces)) {
    if (!process.stdout.write(chunk)) await new Promise<void>((resume) => process.stdout.once('drain', resume));
  }
}
