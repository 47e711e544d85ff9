/** Frames of the demo capture, and what chance and malice make of them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Random } from '../fixtures/plant/random.ts';

export interface DemoFrame {
  readonly bytes: Uint8Array;
  /** Microseconds since 1970. */
  readonly time: number;
  /** Where its record ends in the file. */
  readonly end: number;
}

/** The frames of the committed demo capture (little-endian, microseconds). */
export function demoFrames(): DemoFrame[] {
  const file = readFileSync(new URL('../fixtures/plant/demo.pcap', import.meta.url));
  const frames: DemoFrame[] = [];
  for (let at = 24; at < file.length; ) {
    const end = at + 16 + file.readUInt32LE(at + 8);
    const time = file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4);
    frames.push({ bytes: Uint8Array.from(file.subarray(at + 16, end)), time, end });
    at = end;
  }
  return frames;
}

export interface DamagedFrames {
  readonly seed: number;
  /** The LINKTYPE_ number they are said to have. */
  readonly link: number;
  readonly frames: readonly { readonly bytes: Uint8Array; readonly time: number }[];
}

const ETHERNET = 1;
const LINKS = [0, 1, 9, 12, 50, 51, 101, 105, 108, 113, 127, 204, 228, 229, 240, 276, 147] as const;
const TELLING = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x45, 0x60, 0x06, 0x11, 0x2f, 0x32, 0x68] as const;

/** Stretches of the demo, its frames damaged as a seed wills. */
export function damagedFrames(frames: readonly DemoFrame[]): fc.Arbitrary<DamagedFrames> {
  return fc.integer().map((seed) => damaged(frames, seed));
}

/** What `seed` makes of a stretch of frames. */
export function damaged(all: readonly DemoFrame[], seed: number): DamagedFrames {
  const random = new Random(seed);
  const start = random.below(all.length);
  const frames = all.slice(start, start + 1 + random.below(120)).map(({ bytes, time }) => ({ bytes, time }));
  const rate = random.below(4) / 4; // of frames that are damaged: from none to most
  for (let index = 0; index < frames.length; index++) {
    if (!random.chance(rate)) continue;
    const frame = frames[index] as { bytes: Uint8Array; time: number };
    frames[index] = { ...frame, bytes: damagedBytes(frame.bytes, all, random) };
    const fate = random.below(20);
    if (fate < 2) frames.splice(index, 1);
    else if (fate < 4)
      frames.splice(random.below(frames.length), 0, frame); // once more, at another place
    else if (fate === 4) frames[index] = { ...frame, time: random.bits() }; // out of time
  }
  const link = random.chance(0.8) ? ETHERNET : (LINKS[random.below(LINKS.length)] as number);
  return { seed, link, frames };
}

/** What chance makes of some bytes: changes in them, a cut, a stretch of them twice, the end of others, or any bytes. */
export function damagedBytes(
  bytes: Uint8Array,
  all: readonly { readonly bytes: Uint8Array }[],
  random: Random,
): Uint8Array {
  switch (random.below(6)) {
    case 0: // any bytes
      return random.bytes(random.below(1600));
    case 1: // the end is missing
      return bytes.slice(0, random.below(bytes.length + 1));
    case 2: {
      // the end of another frame
      const other = all[random.below(all.length)] as { bytes: Uint8Array };
      const at = random.below(bytes.length);
      return Uint8Array.from([...bytes.subarray(0, at), ...other.bytes.subarray(Math.min(at, other.bytes.length))]);
    }
    case 3: {
      // a stretch of it once more
      const at = random.below(bytes.length);
      const again = bytes.subarray(at, at + random.below(200));
      return Uint8Array.from([...bytes.subarray(0, at), ...again, ...bytes.subarray(at)]);
    }
    default: {
      const copy = bytes.slice();
      for (let changes = 1 + random.below(6); changes > 0; changes--) {
        const at = random.below(copy.length);
        if (random.chance(0.3)) copy[at] = (copy[at] as number) ^ (1 << random.below(8));
        else copy[at] = random.chance(0.5) ? random.below(256) : (TELLING[random.below(TELLING.length)] as number);
      }
      return copy;
    }
  }
}
