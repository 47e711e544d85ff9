/** Takes single frames out of a capture, as they were: what proves a statement, to be opened elsewhere. */
import { FieldmarkError } from '../errors.ts';
import type { FrameSink } from './frame-sink.ts';
import { readCapture } from './read-capture.ts';
import type { UnpackLimit } from './unwrapper.ts';

/** A frame that was taken out. */
export interface CutFrame {
  /** Its number in the capture, from 1. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly wireBytes: number;
  /** Microseconds since 1970. */
  readonly time: number;
  /** LINKTYPE_ number. */
  readonly link: number;
}

/** Ends the reading once all wanted frames were found. */
const FOUND = new Error('found');

/**
 * The frames of these numbers (from 1), in the capture's order; fewer when it has fewer.
 *
 * @param path of a capture as `readCapture` takes it
 * @throws FieldmarkError when it cannot be read up to the last of them
 */
export async function cutFrames(
  path: string,
  numbers: Iterable<number>,
  options: { readonly signal?: AbortSignal; readonly unpackLimit?: UnpackLimit } = {},
): Promise<CutFrame[]> {
  const wanted = new Set(numbers);
  const last = Math.max(...wanted);
  const found: CutFrame[] = [];
  let number = 0;
  const sink: FrameSink = {
    frame(b, at, end, wireBytes, time, link) {
      number++;
      if (wanted.has(number)) found.push({ number, bytes: b.slice(at, end), wireBytes, time, link });
      if (number >= last) throw FOUND;
    },
  };
  await readCapture(path, sink, options).catch((error) => {
    const damaged = error instanceof FieldmarkError && found.length > 0; // what stands before the damage proves as much
    if (error !== FOUND && !damaged) throw error;
  });
  return found;
}

const HEADER_BYTES = 24;
const RECORD_BYTES = 16;
const MAGIC = 0xa1b2_c3d4;
const MAX_SNAPLEN = 262_144;

/**
 * A pcap file (IETF draft-ietf-opsawg-pcap, section 4) of frames of one link type.
 *
 * @param frames at least one, all of one link type
 */
export function pcapOf(frames: readonly CutFrame[]): Uint8Array {
  const [first] = frames;
  if (first === undefined || frames.some(({ link }) => link !== first.link)) {
    throw new RangeError('a pcap file holds frames of one link type, and not none');
  }
  const size = frames.reduce((sum, { bytes }) => sum + RECORD_BYTES + bytes.length, HEADER_BYTES);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC);
  view.setUint16(4, 2);
  view.setUint16(6, 4);
  view.setUint32(16, MAX_SNAPLEN);
  view.setUint32(20, first.link);
  let at = HEADER_BYTES;
  for (const { bytes, wireBytes, time } of frames) {
    view.setUint32(at, Math.floor(time / 1e6) >>> 0);
    view.setUint32(at + 4, time % 1e6);
    view.setUint32(at + 8, bytes.length);
    view.setUint32(at + 12, wireBytes);
    file.set(bytes, at + RECORD_BYTES);
    at += RECORD_BYTES + bytes.length;
  }
  return file;
}
