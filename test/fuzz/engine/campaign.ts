/** One target under search: changes cases that reached something new, keeps those that reach more, and what fails. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from '../../../fixtures/plant/random.ts';
import { clearCounters, modules } from '../coverage/counters.mjs';
import { bytesOf, type Case, type OpenTarget, type Target } from './case.ts';
import { Corpus } from './corpus.ts';
import { type Fault, faultOf } from './fault.ts';
import { type Material, mutated, wordBytes } from './mutate.ts';
import { processorMilliseconds } from './processor-time.ts';
import { shrunk } from './shrink.ts';

/** Tries to shorten a case that reached something new. */
const TRIM_TRIES = 40;
/** Milliseconds of a processor that no input of this size is worth; looked at again before it counts. */
const SLOW_MILLISECONDS = 1000;
/** Times that a place may be passed for each byte: what takes the square of a length shows long before it takes a second. */
const TURNS_PER_BYTE = 300;
/** Faults after which a target is given up: they hide all else. */
const MOST_FAULTS = 20;
/**
 * Something lasting takes cases for a fifth of the time that the search had, in rounds; bytes by which it may not grow in
 * the last half of them.
 */
const GROWTH_SHARE = 0.2;
const ROUNDS = 8;
const GROWTH_BYTES = 1 << 20;

export interface Finding extends Fault {
  readonly made: Case;
}

export interface Result {
  readonly target: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly corpus: readonly Case[];
  readonly reached: number;
  readonly all: number;
  readonly unreached: readonly string[];
  readonly findings: readonly Finding[];
}

export interface CampaignOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Cases of campaigns before. */
  readonly corpus: readonly Case[];
  /** Told of each case before it is tried: whoever watches knows which one it was if nothing more comes. */
  readonly trying: (made: Case) => void;
}

export async function campaign(
  target: Target,
  { seconds, seed, corpus: known, trying }: CampaignOptions,
): Promise<Result> {
  const open = await target.open();
  try {
    return await new Campaign(target, open, trying).run(seconds, seed, known);
  } finally {
    await open.close?.();
  }
}

class Campaign {
  readonly #target: Target;
  readonly #open: OpenTarget;
  readonly #trying: (made: Case) => void;
  readonly #corpus: Corpus;
  readonly #findings = new Map<string, Finding>();
  #inputs = 0;

  constructor(target: Target, open: OpenTarget, trying: (made: Case) => void) {
    this.#target = target;
    this.#open = open;
    this.#trying = trying;
    this.#corpus = new Corpus(open.covers);
  }

  async run(seconds: number, seed: number, known: readonly Case[]): Promise<Result> {
    const { entries } = this.#corpus;
    const random = new Random(seed);
    const seeds = this.#open.seeds.filter((made) => made.length <= this.#target.mostParts);
    const material: Material = {
      random,
      target: this.#target,
      words: wordBytes([
        ...modules.filter(({ path }) => this.#open.covers(path)).flatMap(({ words }) => words),
        ...(this.#target.words ?? []),
      ]),
      others: seeds,
      repair: this.#open.repair,
    };
    const start = performance.now();
    for (const made of [...seeds, ...known]) await this.#try(made, false);
    const until = start + seconds * 1000;
    // many at a time between looks at the clock
    while (performance.now() < until && this.#findings.size < MOST_FAULTS) {
      for (let i = 0; i < 20; i++) {
        const others = random.chance(0.5) ? seeds : entries.map(({ made }) => made);
        await this.#try(mutated(this.#corpus.pick(random), { ...material, others }), true);
      }
    }
    const spent = (performance.now() - start) / 1000;
    if (this.#open.lasting !== undefined) this.#growth(material, (seconds * 1000 * GROWTH_SHARE) / ROUNDS);
    return {
      target: this.#target.name,
      inputs: this.#inputs,
      seconds: spent,
      corpus: this.#corpus.favourites.map(({ made }) => made),
      ...this.#corpus.coverage(),
      unreached: this.#corpus.unreached(),
      findings: [...this.#findings.values()],
    };
  }

  async #try(made: Case, trim: boolean): Promise<void> {
    const fault = await this.#attempt(made);
    this.#inputs++;
    if (fault !== undefined) {
      await this.#keep(made, fault);
      return;
    }
    const reached = this.#corpus.news();
    const most = TURNS_PER_BYTE * (bytesOf(made) + 256);
    const { turns } = this.#corpus;
    if (turns > most) {
      const message = `passes a place ${turns} times for ${bytesOf(made)} bytes`;
      await this.#keep(made, { key: 'turns', message });
      return;
    }
    if (reached === undefined) return;
    if (trim) {
      const shorter = await shrunk(
        made,
        async (candidate) => {
          if ((await this.#attempt(candidate)) !== undefined) return false;
          const now = this.#corpus.news();
          if (now === undefined) return false;
          const all = new Set(now);
          return reached.every((feature) => all.has(feature));
        },
        TRIM_TRIES,
      );
      // as it is now, and not as it was found
      if (shorter !== made && (await this.#attempt(shorter)) === undefined) {
        const shorterReached = this.#corpus.news();
        if (shorterReached !== undefined) {
          this.#corpus.add(shorter, shorterReached);
          return;
        }
      }
    }
    this.#corpus.add(made, reached);
  }

  /** Tries a case, its counters standing afterwards for this case alone. */
  async #attempt(made: Case): Promise<Fault | undefined> {
    clearCounters();
    this.#trying(made);
    const began = processorMilliseconds();
    try {
      const promise = this.#open.attempt(made);
      if (promise !== undefined) await promise;
    } catch (error) {
      return faultOf(error);
    }
    if (processorMilliseconds() - began < SLOW_MILLISECONDS) return undefined;
    return (await this.#isSlow(made))
      ? { key: 'slow', message: `takes more than ${SLOW_MILLISECONDS} ms for ${bytesOf(made)} bytes, each time` }
      : undefined;
  }

  async #isSlow(made: Case): Promise<boolean> {
    for (let again = 0; again < 3; again++) {
      const began = processorMilliseconds();
      await this.#open.attempt(made);
      if (processorMilliseconds() - began < SLOW_MILLISECONDS) return false;
    }
    return true;
  }

  async #keep(made: Case, fault: Fault): Promise<void> {
    if (this.#findings.has(fault.key)) return;
    this.#findings.set(fault.key, { ...fault, made });
    if (fault.key === 'slow' || fault.key === 'turns') return;
    const shorter = await shrunk(made, async (candidate) => (await this.#attempt(candidate))?.key === fault.key);
    const now = await this.#attempt(shorter);
    this.#findings.set(fault.key, { ...fault, message: now?.message ?? fault.message, made: shorter });
  }

  /** Feeds something lasting for a long time: after its tables have filled, it must stand still. */
  #growth(material: Material, roundMilliseconds: number): void {
    const lasting = this.#open.lasting?.();
    if (lasting === undefined) return;
    const cases = this.#corpus.entries.map(({ made }) => made);
    const sizes: number[] = [];
    let taken = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const until = performance.now() + roundMilliseconds;
      while (performance.now() < until) {
        const made = mutated(cases[material.random.below(cases.length)] ?? [], { ...material, others: cases });
        clearCounters();
        this.#trying(made);
        taken++;
        try {
          lasting.take(made);
        } catch (error) {
          const fault = faultOf(error); // what went before it matters: the case alone may well pass
          if (!this.#findings.has(fault.key)) this.#findings.set(fault.key, { ...fault, made });
        }
      }
      sizes.push(heapBytes());
    }
    const half = ROUNDS / 2;
    const later = sizes.slice(half);
    const by = (later.at(-1) as number) - (sizes[half - 1] as number);
    // in each round its share: what is compiled on the way comes at once, and only once
    const steadily = later.every((size, index) => size - (sizes[half + index - 1] as number) > by / (2 * half));
    if (!steadily || by < GROWTH_BYTES) return;
    const message = `holds ${by} bytes more after the last half of ${taken} inputs: ${sizes.map((size) => (size / 2 ** 20).toFixed(1)).join(', ')} MiB`;
    this.#findings.set('growth', { key: 'growth', message, made: cases[0] ?? [] });
  }
}

let collect: (() => void) | undefined;

/** Bytes in use after all that is no longer needed was given back. */
function heapBytes(): number {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
