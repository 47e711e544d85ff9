/** One counter for each place where the way through the code under test forks, all of them in one array. */

/** Places in the whole of `parsers`, `agent` and `api`, with room to grow. */
const MOST_COUNTERS = 1 << 17;

export const counters = new Uint32Array(MOST_COUNTERS);

/** The modules that were loaded, in the order of their counters: where theirs begin, the line of each, the words they compare with. */
export const modules = [];

let used = 0;

/** Called by each module under test as it is loaded. */
globalThis.fieldmarkCounters = (path, lines, words) => {
  const start = used;
  used += lines.length;
  if (used > MOST_COUNTERS) throw new Error('more counters are needed than there is room for');
  modules.push({ path, start, lines, words });
  return counters.subarray(start, used);
};

/** Thrown when one place was passed more often than any input is worth. */
export class Endless extends Error {
  name = 'Endless';
}

globalThis.fieldmarkEndless = (place) => {
  throw new Endless(`goes on without end (${place})`);
};

/** Forgets what was counted. */
export function clearCounters() {
  counters.fill(0, 0, used);
}
