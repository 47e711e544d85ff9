import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PARSERS = fileURLToPath(new URL('../../../parsers/', import.meta.url));

/** The folders of protocols, whose names are the protocols'. Found without loading any of them. */
export function protocolNames(): string[] {
  return readdirSync(PARSERS)
    .filter((name) => name !== '_template' && existsSync(`${PARSERS}${name}/samples.ts`))
    .sort();
}
