/** What a comparison may be given for one side: captures, a report of them, or a database. */
import { open, readFile, stat } from 'node:fs/promises';
import { pictureOf } from '../../agent/baseline/events.ts';
import type { Picture } from '../../agent/baseline/picture.ts';
import { FieldmarkError, fileError } from '../../agent/errors.ts';
import { assetsOf } from '../../agent/model/assets.ts';
import { MOST_REPORT_BYTES, pictureOfReport } from '../../agent/report/read-report.ts';
import { readCaptures, reportUnread } from './read-captures.ts';

export interface ReadPicture {
  readonly picture: Picture;
  /** Some input could not be read whole; it was said on standard error. */
  readonly incomplete: boolean;
}

/** A kind of file that holds a picture of a plant. What is none of them is taken for captures. */
interface Kind {
  /** Whether a file that begins with these bytes is one. */
  readonly recognises: (head: Uint8Array) => boolean;
  readonly read: (name: string) => Promise<ReadPicture>;
}

const KINDS: readonly Kind[] = [
  { recognises: beginsLikeJson, read: readReport },
  { recognises: beginsLikeDatabase, read: readDatabase },
];

/** Bytes that tell what a file is. */
const HEAD_BYTES = 64;

/**
 * The picture that a name stands for: a report, a database, a capture, a directory or pattern of captures, or `-`.
 * @throws FieldmarkError where nothing of it can be read
 */
export async function readPicture(name: string): Promise<ReadPicture> {
  const head = await headOf(name);
  const kind = head === undefined ? undefined : KINDS.find(({ recognises }) => recognises(head));
  return kind === undefined ? readOfCaptures(name) : kind.read(name);
}

/** The first bytes of a regular file; undefined for what is none: a directory, a pattern, a pipe. */
async function headOf(name: string): Promise<Uint8Array | undefined> {
  const isFile = await stat(name).then(
    (status) => status.isFile(),
    () => false,
  );
  if (!isFile) return undefined;
  const file = await open(name).catch(() => undefined); // reading it as a capture says why
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** `{`, behind white space or a byte order mark: no capture begins so. */
function beginsLikeJson(head: Uint8Array): boolean {
  return /^\ufeff?\s*\{/.test(Buffer.from(head).toString('utf8'));
}

/** The header string of every SQLite database (SQLite file format, section 1.2). */
function beginsLikeDatabase(head: Uint8Array): boolean {
  return Buffer.from(head).toString('latin1').startsWith('SQLite format 3\0');
}

async function readDatabase(name: string): Promise<ReadPicture> {
  const { openPlant } = await import('../../agent/store/open-plant.ts');
  return { picture: pictureOf(openPlant(name).plant), incomplete: false };
}

async function readReport(name: string): Promise<ReadPicture> {
  const { size } = await stat(name);
  try {
    if (size > MOST_REPORT_BYTES)
      throw new FieldmarkError('REPORT_TOO_LARGE', `is too large for a report: ${size} bytes`);
    const text = await readFile(name, 'utf8').catch((error: unknown) => {
      throw fileError(error);
    });
    return { picture: pictureOfReport(text.replace(/^\ufeff/, '')), incomplete: false };
  } catch (error) {
    if (!(error instanceof FieldmarkError)) throw error;
    throw new FieldmarkError(error.code, `${name}: ${error.message}`, error);
  }
}

async function readOfCaptures(name: string): Promise<ReadPicture> {
  const snapshot = await readCaptures([name]);
  const incomplete = reportUnread(snapshot);
  if (incomplete && snapshot.capture.packets === 0) {
    throw new FieldmarkError('NOTHING_TO_COMPARE', `${name}: nothing of it could be read, so nothing can be compared`);
  }
  return { picture: pictureOf({ snapshot, assets: assetsOf(snapshot) }), incomplete };
}
