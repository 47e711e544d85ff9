/** Cases that once failed: kept as files, which every `npm test` tries again. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Finding } from './campaign.ts';
import { type Case, parsed, written } from './case.ts';

const FOUND = fileURLToPath(new URL('../found/', import.meta.url));
const SUFFIX = '.case';

/** Writes a failing case where it is tried again; answers where, within the project. */
export function keep(target: string, { key, made }: Finding): string {
  const name = `${createHash('sha256').update(key).digest('hex').slice(0, 8)}${SUFFIX}`;
  mkdirSync(`${FOUND}${target}`, { recursive: true });
  writeFileSync(`${FOUND}${target}/${name}`, written(made));
  return `test/fuzz/found/${target}/${name}`;
}

export interface FoundCase {
  readonly target: string;
  readonly name: string;
  readonly made: Case;
}

export function foundCases(): FoundCase[] {
  return readdirSync(FOUND, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: target }) =>
      readdirSync(`${FOUND}${target}`)
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => ({ target, name, made: parsed(readFileSync(`${FOUND}${target}/${name}`, 'utf8')) })),
    );
}
