/** Makes cases of cases: changes bytes, numbers, lengths, words and whole parts. */
import type { Random } from '../../../fixtures/plant/random.ts';
import type { Case, Part, Target } from './case.ts';
import { changedJson } from './json.ts';
import { changedLines } from './lines.ts';

/** Numbers at which code that counts goes wrong. */
const TELLING = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
];
const WIDTHS = [1, 2, 4] as const;
/** Length fields are looked for so far before a change, and may count so many bytes more or less than there are. */
const FIELD_REACH = 512;
const MOST_UNCOUNTED = 24;
/** Changes to one case. */
const MOST_CHANGES = 5;

/** What cases are made with. */
export interface Material {
  readonly random: Random;
  readonly target: Target;
  /** Words of the format and of the code. */
  readonly words: readonly Uint8Array[];
  /** Other cases, to take parts and bytes from. */
  readonly others: readonly Case[];
  readonly repair?: ((bytes: Uint8Array) => void) | undefined;
}

export function mutated(made: Case, material: Material): Case {
  const { random, target } = material;
  let parts: Part[] = [...made];
  // mostly a little: what is far from anything sensible is refused at once
  for (let changes = 1 + Math.min(random.below(MOST_CHANGES), random.below(MOST_CHANGES)); changes > 0; changes--) {
    if (parts.length === 0 || (target.mostParts > 1 && random.chance(0.2))) parts = changedParts(parts, material);
    else {
      const index = random.below(parts.length);
      const part = parts[index] as Part;
      parts[index] = { tag: part.tag, bytes: changedBytes(part.bytes, material) };
    }
  }
  return parts.slice(0, target.mostParts);
}

function changedParts(parts: readonly Part[], { random, target, others }: Material): Part[] {
  const result = [...parts];
  const at = random.below(result.length + 1);
  const other = others[random.below(others.length)] ?? [];
  switch (random.below(7)) {
    case 0:
      result.splice(at, 1);
      break;
    case 1:
      if (at < result.length) result.splice(random.below(result.length + 1), 0, result[at] as Part);
      break;
    case 2: {
      const first = random.below(other.length + 1);
      result.splice(at, 0, ...other.slice(first, first + 1 + random.below(3)));
      break;
    }
    case 3: // begins as this one, ends as another
      return [...result.slice(0, at), ...other.slice(random.below(other.length + 1))];
    case 4:
      if (at < result.length) result[at] = { ...(result[at] as Part), tag: anyTag(target, random) };
      break;
    case 5: {
      const to = random.below(result.length + 1);
      if (at < result.length) result.splice(to, 0, ...result.splice(at, 1));
      break;
    }
    default:
      result.splice(at, 0, { tag: anyTag(target, random), bytes: random.bytes(random.below(40)) });
  }
  return result;
}

function anyTag({ tags }: Target, random: Random): string {
  return tags[random.below(tags.length)] as string;
}

function changedBytes(bytes: Uint8Array, material: Material): Uint8Array {
  const { random, target, repair } = material;
  let changed: Uint8Array;
  if (target.text === 'json' && random.chance(0.7)) changed = changedJson(bytes, material);
  else if (target.text === 'lines' && random.chance(0.5)) changed = changedLines(bytes, material);
  else changed = changedAnywhere(bytes, material);
  if (changed.length > target.mostBytes) changed = changed.slice(0, target.mostBytes);
  if (repair !== undefined && random.chance(0.8)) repair(changed);
  return changed;
}

function changedAnywhere(bytes: Uint8Array, { random, words, others, target }: Material): Uint8Array {
  const at = random.below(bytes.length + 1);
  switch (random.below(11)) {
    case 0:
      return overwritten(bytes, at, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random.below(8))));
    case 1:
      return overwritten(bytes, at, random.bytes(1));
    case 2:
      return overwritten(bytes, at, numberBytes(TELLING[random.below(TELLING.length)] as number, random));
    case 3: {
      // a number a little larger or smaller
      const width = WIDTHS[random.below(WIDTHS.length)] as number;
      const littleEndian = random.chance(0.5);
      if (at + width > bytes.length) return bytes;
      const value = readNumber(bytes, at, width, littleEndian) + (random.below(2) * 2 - 1) * (1 + random.below(16));
      return overwritten(bytes, at, asBytes(value, width, littleEndian));
    }
    case 4: {
      const word = words[random.below(words.length)];
      return word === undefined ? bytes : overwritten(bytes, at, word);
    }
    case 5: {
      const word = words[random.below(words.length)];
      return word === undefined ? bytes : spliced(bytes, at, 0, word, random);
    }
    case 6:
      return spliced(bytes, at, 1 + random.below(random.chance(0.5) ? 4 : 64), new Uint8Array(0), random);
    case 7: // a stretch once more
      return spliced(bytes, at, 0, bytes.subarray(random.below(at + 1), at), random);
    case 8:
      return spliced(bytes, at, 0, random.bytes(1 + random.below(8)), random);
    case 9: {
      // bytes of another case
      const other = others[random.below(others.length)];
      const source = other?.[random.below(other.length)]?.bytes ?? bytes;
      const from = random.below(source.length + 1);
      const piece = source.subarray(from, from + 1 + random.below(32));
      return random.chance(0.5) ? overwritten(bytes, at, piece) : spliced(bytes, at, random.below(8), piece, random);
    }
    default: {
      // a stretch many times: what takes the square of its length shows by it
      if (!random.chance(0.1)) return bytes.slice(0, at);
      const piece = bytes.subarray(at, at + 1 + random.below(8));
      const times = Math.min(2000, Math.floor(target.mostBytes / Math.max(1, piece.length)));
      const repeated = new Uint8Array(piece.length * random.below(times));
      for (let to = 0; to < repeated.length; to += piece.length) repeated.set(piece, to);
      return spliced(bytes, at, 0, repeated, random);
    }
  }
}

function overwritten(bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(piece.subarray(0, Math.max(0, copy.length - at)), Math.min(at, copy.length));
  return copy;
}

/** Puts `piece` in the place of `removed` bytes. Length fields before it are mostly made to count as before. */
function spliced(bytes: Uint8Array, at: number, removed: number, piece: Uint8Array, random: Random): Uint8Array {
  const end = Math.min(bytes.length, at + removed);
  const result = new Uint8Array(bytes.length - (end - at) + piece.length);
  result.set(bytes.subarray(0, at));
  result.set(piece, at);
  result.set(bytes.subarray(end), at + piece.length);
  const more = result.length - bytes.length;
  if (more !== 0 && random.chance(0.7)) mendLengths(bytes, result, at, more, random);
  return result;
}

/** Numbers before `at` that seem to count the bytes behind them, to the end, count `more` from now on. */
function mendLengths(before: Uint8Array, result: Uint8Array, at: number, more: number, random: Random): void {
  for (let field = Math.max(0, at - FIELD_REACH); field < at; field++) {
    for (const width of WIDTHS) {
      if (field + width > at) break;
      for (const littleEndian of width === 1 ? [false] : [false, true]) {
        const value = readNumber(before, field, width, littleEndian);
        const behind = before.length - field - width;
        const counts = value > 0 && (value === behind || Math.abs(value - before.length) <= MOST_UNCOUNTED);
        const near = value === behind || (counts && field < MOST_UNCOUNTED);
        if (counts && near && random.chance(0.85)) result.set(asBytes(value + more, width, littleEndian), field);
      }
    }
  }
}

function readNumber(bytes: Uint8Array, at: number, width: number, littleEndian: boolean): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (bytes[at + (littleEndian ? width - 1 - i : i)] as number);
  return value;
}

function asBytes(value: number, width: number, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let i = 0; i < width; i++) {
    bytes[littleEndian ? i : width - 1 - i] = rest;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

function numberBytes(value: number, random: Random): Uint8Array {
  const least = value > 0xffff ? 4 : value > 0xff ? 2 : 1;
  const widths = WIDTHS.filter((width) => width >= least);
  return asBytes(value, widths[random.below(widths.length)] as number, random.chance(0.5));
}

/** Words of code and formats as the bytes they may stand for. */
export function wordBytes(words: Iterable<number | string | Uint8Array>): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array) => found.set(Buffer.from(bytes).toString('latin1'), bytes);
  for (const word of words) {
    if (typeof word === 'string') add(Uint8Array.from(Buffer.from(word, 'utf8')));
    else if (typeof word !== 'number') add(word);
    else {
      const least = word > 0xffff ? 4 : word > 0xff ? 2 : 1;
      for (const littleEndian of [false, true]) add(asBytes(word, least, littleEndian));
    }
  }
  return [...found.values()];
}
