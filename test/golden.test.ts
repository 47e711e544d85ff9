/**
 * The whole report of the demo capture, as it is committed in `fixtures/plant/demo.report.expect.txt`: one line for each
 * thing, so that a change shows as the lines it changes. Where the change is meant, `npm test -- -u` writes it anew.
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { analyze } from '../agent/analyze.ts';
import { plantOf } from '../agent/plant.ts';
import { type Report, reportOf } from '../agent/report/report.ts';

/** A path differs by machine; the name behind it does not. */
const base = (path: string | null) => path?.replace(/^.*[/\\]/, '') ?? null;
const file = (name: string) => fileURLToPath(new URL(`../fixtures/plant/${name}`, import.meta.url));

test('the report of the demo capture is the one that is committed', async () => {
  const report = reportOf(plantOf(await analyze([file('demo.pcap')])));
  await expect(linesOf(report)).toMatchFileSnapshot(file('demo.report.expect.txt'));
});

function linesOf({ format, capture, assets, conversations, findings: found, ...rest }: Report): string {
  const lines: string[] = [format];
  const say = (depth: number, label: string, value: unknown) => {
    lines.push(`${'  '.repeat(depth)}${label} ${JSON.stringify(value)}`);
  };
  const { files, quality, ...totals } = capture;
  say(0, 'capture', totals);
  const { findings, ...counts } = quality;
  for (const [name, value] of Object.entries(counts)) say(1, name, value);
  for (const { source, ...finding } of findings) say(1, 'finding', { source: base(source), ...finding });
  for (const { name, ...read } of files) say(1, 'file', { name: base(name), ...read });

  for (const { evidence, ...asset } of assets) {
    say(0, 'asset', asset);
    for (const { file: _, ...piece } of evidence) say(1, 'evidence', piece); // the file's path differs by machine
  }
  for (const { operations, firstFrame, ...conversation } of conversations) {
    say(0, 'conversation', { ...conversation, firstFrame: firstFrame?.frame });
    for (const { ranges, firstFrame: frame, ...operation } of operations) {
      say(1, 'operation', { ...operation, firstFrame: frame?.frame });
      for (const range of ranges) say(2, 'range', range);
    }
  }
  for (const [part, entries] of Object.entries(rest)) {
    for (const entry of Array.isArray(entries) ? entries : [entries]) say(0, part, withoutPaths(entry));
  }
  for (const { samples, ...finding } of found) {
    say(0, 'finding', { ...finding, samples: samples.map(({ frame }) => frame) });
  }
  return `${lines.join('\n')}\n`;
}

/** With the names of files in place of their paths, wherever a frame is named. */
function withoutPaths(entry: unknown): unknown {
  return JSON.parse(JSON.stringify(entry, (key, value) => (key === 'file' ? base(value) : value)));
}
