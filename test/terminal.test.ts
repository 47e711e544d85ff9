/** What is shown at a terminal, whatever devices, files and reports call themselves. */
import { expect, test, vi } from 'vitest';
import { pictureOf } from '../agent/baseline/events.ts';
import type { Plant } from '../agent/plant.ts';
import { checkSummaryOf } from '../api/terminal/check-summary.ts';
import { diffText } from '../api/terminal/events.ts';
import { summaryOf } from '../api/terminal/summary.ts';
import { tell } from '../api/terminal/tell.ts';
import { plantOfShape } from './report-plants.ts';

/** Clears the screen, sets the window's title, turns the direction of writing; then forges a line. */
const HOSTILE = 'a\u001b[2J\u001b]0;owned\u0007\u202eb\r\nfake: line\u2028';
/** Control characters of both sets (ends of lines are ours) and what turns or breaks lines. */
const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A plant whose devices, captures and errors are all called so. */
function hostile(): Plant {
  const plant = plantOfShape({ zones: 3, assetsPerZone: 3, policy: true, name: HOSTILE });
  const file = { name: HOSTILE, packets: 1, bytes: 1, hearing: null };
  const error = { code: 'CAPTURE_CUT', offset: 1, message: HOSTILE } as const;
  const files = [
    { ...file, error },
    { ...file, error: null },
  ];
  const { snapshot } = plant;
  return { ...plant, snapshot: { ...snapshot, capture: { ...snapshot.capture, files } } };
}

function event(plant: Plant) {
  const { snapshot } = plant;
  const side = { name: HOSTILE, picture: pictureOf(plant) };
  const told = {
    ...{ id: 'x', kind: 'new-asset', severity: 'high', title: HOSTILE, reasons: [HOSTILE], assets: [], before: [] },
    ...{ technique: HOSTILE, conversation: null, samples: [{ file: HOSTILE, frame: 1 }], after: [], suppressed: null },
    ...{ firstSeen: snapshot.capture.firstSeen, lastSeen: snapshot.capture.lastSeen },
  } as unknown as Parameters<typeof diffText>[2][number];
  return diffText(side, side, [told], {});
}

test.each([
  ['a summary', (plant: Plant) => summaryOf(plant, {})],
  ['a policy compared', (plant: Plant) => checkSummaryOf(plant, HOSTILE, {})],
  ['what changed', event],
  [
    'an error',
    () => {
      const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      tell(HOSTILE);
      const said = String(write.mock.calls[0]?.[0]);
      write.mockRestore();
      return said;
    },
  ],
])('%s moves no cursor and forges no line', (_, show) => {
  const shown = show(hostile());
  expect(shown).toContain('a[U+001B][2J');
  for (const line of shown.split('\n')) {
    expect(line).not.toMatch(UNSHOWABLE);
    expect(line).not.toMatch(/^fake/);
  }
});
