import { readFileSync } from 'node:fs';
import { programFile } from '../agent/program-files.ts';

/** The version of this program, as its package says. */
export function version(): string {
  const text = readFileSync(programFile('package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
