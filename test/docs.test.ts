/** Documentation that must follow the code. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERRORS } from '../agent/errors.ts';
import { protocols } from '../parsers/registry.ts';

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('docs/errors.md explains every error code as the code does', () => {
  const page = text('docs/errors.md');
  for (const [code, { exitStatus, explanation }] of Object.entries(ERRORS)) {
    expect(page).toContain(`| \`${code}\` | ${exitStatus} | ${explanation} |`);
  }
});

test.each([...new Set(protocols.map(({ name }) => name))])(
  'parsers/%s says what it decodes and what it does not',
  (name) => {
    const page = text(`parsers/${name}/README.md`);
    expect(page.length).toBeGreaterThan(200);
  },
);
