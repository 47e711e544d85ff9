/** Makes a case smaller that has a property, as long as it keeps it. */
import type { Case, Part } from './case.ts';

/** Tries after which it is small enough. */
const MOST_TRIES = 2000;

/** @param holds tries a case; must not throw */
export async function shrunk(
  made: Case,
  holds: (candidate: Case) => Promise<boolean>,
  tries = MOST_TRIES,
): Promise<Case> {
  let best = made;
  let left = tries;
  const accept = async (candidate: Case): Promise<boolean> => {
    if (left-- <= 0 || !(await holds(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = best.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.length && left > 0; ) {
      if (!(await accept([...best.slice(0, at), ...best.slice(at + size)]))) at += size;
    }
  }
  for (let index = 0; index < best.length; index++) {
    for (let size = (best[index] as Part).bytes.length; size >= 1 && left > 0; size >>= 1) {
      for (let at = 0; at < (best[index] as Part).bytes.length && left > 0; ) {
        const { tag, bytes } = best[index] as Part;
        const shorter = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + size)]);
        if (!(await accept(best.with(index, { tag, bytes: shorter })))) at += size;
      }
    }
    // what does not matter becomes zero
    for (let at = 0; at < (best[index] as Part).bytes.length && left > 0; at++) {
      const { tag, bytes } = best[index] as Part;
      if (bytes[at] !== 0) await accept(best.with(index, { tag, bytes: bytes.with(at, 0) }));
    }
  }
  return best;
}
