/** Documentation that must follow the code. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES } from '../agent/assess/rules/index.ts';
import { EVENT_KINDS } from '../agent/baseline/event.ts';
import { ERRORS } from '../agent/errors.ts';
import { protocols } from '../parsers/registry.ts';

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('docs/errors.md explains every error code as the code does', () => {
  const page = text('docs/errors.md');
  for (const [code, { exitStatus, explanation }] of Object.entries(ERRORS)) {
    expect(page).toContain(`| \`${code}\` | ${exitStatus} | ${explanation} |`);
  }
});

test('docs/events.md explains every kind of event as the code does, and no other', () => {
  const page = text('docs/events.md');
  for (const [kind, { meaning, severity, technique, todo }] of Object.entries(EVENT_KINDS)) {
    expect(page).toContain(`| \`${kind}\` | ${meaning} | ${severity} | ${technique ?? '–'} | ${todo} |`);
  }
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
  expect(rows).toEqual(Object.keys(EVENT_KINDS));
});

test('docs/findings.md tells every rule as the code does, and no other', () => {
  const rows = text('docs/findings.md').match(/^\| `[a-z-]+` \| .* \| (SR|ZCR) .*$/gm);
  const told = RULES.map(({ id, title, requirement, against }) => {
    return `| \`${id}\` | ${title} | ${requirement} | ${against.join(', ') || '–'} |`;
  });
  expect(rows).toEqual(told);
});

test.each([...new Set(protocols.map(({ name }) => name))])(
  'parsers/%s says what it decodes and what it does not',
  (name) => {
    const page = text(`parsers/${name}/README.md`);
    expect(page.length).toBeGreaterThan(200);
  },
);
