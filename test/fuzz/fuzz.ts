/** Runs cases that seeds make, counts them, and keeps what fails. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Random } from '../../fixtures/plant/random.ts';
import { runs } from '../runs.ts';

/** Failing cases are kept here, and tried again by every `npm test`. */
export const FOUND = fileURLToPath(new URL('./found/', import.meta.url));

/** Seeds count up from here; `npm run fuzz` takes another start each time, `-- --seed N` the one it is told. */
const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 1);

/** A way to make a case of chance, to try it, and to keep it. */
export interface Target<Case> {
  readonly name: string;
  readonly make: (random: Random) => Case;
  /** Throws when the case shows a fault. */
  readonly attempt: (made: Case) => void;
  /** The case as a file: its extension and contents. */
  readonly file: (made: Case) => readonly [extension: 'hex' | 'pcap', contents: string | Uint8Array];
}

/** A case may not take longer than this, however slow the machine: it would be a way to stop the sensor. */
const TOO_LONG_MILLISECONDS = 20_000;

/** Tries `usual` cases (times FUZZ_SCALE). The first that fails is kept in `found/`, and its seed told. */
export function fuzz<Case>(target: Target<Case>, usual: number): void {
  const cases = runs(usual);
  const startedAt = performance.now();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + cases; seed++) {
    const made = target.make(new Random(seed));
    const began = performance.now();
    try {
      target.attempt(made);
      if (performance.now() - began > TOO_LONG_MILLISECONDS) throw new Error('it takes too long');
    } catch (error) {
      throw new Error(`seed ${seed} fails; kept as ${keep(target, seed, made)}`, { cause: error });
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const summary = process.env['FUZZ_SUMMARY'];
  if (summary !== undefined) {
    const line = { target: target.name, cases, firstSeed: FIRST_SEED, seconds };
    appendFileSync(summary, `${JSON.stringify(line)}\n`);
  }
}

function keep<Case>(target: Target<Case>, seed: number, made: Case): string {
  const [extension, contents] = target.file(made);
  const name = `${target.name.replace(/\W+/g, '-')}-${seed}.${extension}`;
  mkdirSync(FOUND, { recursive: true });
  writeFileSync(`${FOUND}${name}`, contents);
  return `test/fuzz/found/${name}`;
}
