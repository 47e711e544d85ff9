/** The cases worth changing further: each reached something that none before it did. */
import type { Random } from '../../../fixtures/plant/random.ts';
import { type CountedModule, counters, modules } from '../coverage/counters.mjs';
import { bytesOf, type Case } from './case.ts';

export interface Entry {
  readonly made: Case;
  readonly bytes: number;
  /** What it reached: counter times 8 plus how often, by powers of two. */
  readonly reached: Int32Array;
}

/** How often something was passed, in eight classes: once, twice, thrice, 4, 8, 16, 32 and 128 times and more. */
function classOf(count: number): number {
  if (count <= 3) return count - 1;
  if (count < 8) return 3;
  if (count < 16) return 4;
  if (count < 32) return 5;
  return count < 128 ? 6 : 7;
}

export class Corpus {
  readonly entries: Entry[] = [];
  readonly #modules: readonly CountedModule[];
  readonly #atLoad: Uint8Array; // what ran when the modules were loaded says nothing of the cases
  readonly #seen = new Uint8Array(counters.length);
  /** The shortest entry that reached it, for each counter and class. */
  readonly #best = new Map<number, Entry>();
  #favourites: Entry[] | undefined;
  /** How often the case just tried passed the place that it passed most. */
  turns = 0;

  /** @param covers whether the module of this path counts; all are loaded already */
  constructor(covers: (path: string) => boolean) {
    this.#modules = modules.filter(({ path }) => covers(path));
    this.#atLoad = Uint8Array.from(counters, (count) => (count > 0 ? 1 : 0));
  }

  /** What the counters say of the case just tried, if it is news; otherwise undefined. */
  news(): Int32Array | undefined {
    const reached: number[] = [];
    let isNews = false;
    this.turns = 0;
    for (const { start, lines } of this.#modules) {
      for (let at = start, end = start + lines.length; at < end; at++) {
        const count = counters[at] as number;
        if (count === 0) continue;
        if (count > this.turns) this.turns = count;
        const bucket = classOf(count);
        if (((this.#seen[at] as number) & (1 << bucket)) === 0) isNews = true;
        reached.push(at * 8 + bucket);
      }
    }
    return isNews ? Int32Array.from(reached) : undefined;
  }

  add(made: Case, reached: Int32Array): void {
    const entry: Entry = { made, bytes: bytesOf(made), reached };
    for (const feature of reached) {
      const at = feature >> 3;
      this.#seen[at] = (this.#seen[at] as number) | (1 << (feature & 7));
      const best = this.#best.get(feature);
      if (best === undefined || entry.bytes < best.bytes) this.#best.set(feature, entry);
    }
    this.entries.push(entry);
    this.#favourites = undefined;
  }

  /** A case to change: mostly a favourite, the newer the likelier. */
  pick(random: Random): Case {
    const from = random.chance(0.8) ? this.favourites : this.entries;
    const index = random.chance(0.3)
      ? Math.max(random.below(from.length), random.below(from.length))
      : random.below(from.length);
    return from[index]?.made ?? [];
  }

  /** Few short entries that together reach all that was reached. */
  get favourites(): readonly Entry[] {
    if (this.#favourites === undefined) {
      const covered = new Set<number>();
      const chosen = new Set<Entry>();
      for (const [feature, entry] of this.#best) {
        if (covered.has(feature)) continue;
        chosen.add(entry);
        for (const other of entry.reached) covered.add(other);
      }
      this.#favourites = this.entries.filter((entry) => chosen.has(entry));
    }
    return this.#favourites;
  }

  /** Counters that some case reached, and all there are, without those that loading the modules reaches. */
  coverage(): { readonly reached: number; readonly all: number } {
    let [reached, all] = [0, 0];
    for (const { start, lines } of this.#modules) {
      for (let at = start; at < start + lines.length; at++) {
        if (this.#atLoad[at] === 1) continue;
        all++;
        if (this.#seen[at] !== 0) reached++;
      }
    }
    return { reached, all };
  }

  /** Where nothing has come yet: `path:line`. */
  unreached(): string[] {
    return this.#modules.flatMap(({ path, start, lines }) =>
      lines.flatMap((line, index) =>
        this.#atLoad[start + index] === 0 && this.#seen[start + index] === 0 ? [`${path}:${line}`] : [],
      ),
    );
  }
}
