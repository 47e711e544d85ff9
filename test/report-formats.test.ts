/** What the forms of a report promise whoever opens them, whatever a device calls itself. */
import { createHash } from 'node:crypto';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import type { Plant } from '../agent/plant.ts';
import { CSV_TABLES, type CsvTable } from '../agent/report/csv/tables.ts';
import { FORMATS, type FormatName } from '../agent/report/formats.ts';
import { jsonOf, assessmentOf as plainAssessment } from '../agent/report/json.ts';
import { DARK, LIGHT, type Palette } from '../agent/report/palette.ts';
import { reportOf } from '../agent/report/report.ts';
import { cut, visible } from '../agent/report/visible.ts';
import { assessmentOf, type PlantShape, plantOfShape } from './report-plants.ts';
import { runs } from './runs.ts';

const HOSTILE = `<script>alert(1)</script><!-- ]]> "'\`|]( #\u202egnp.exe\u0000\ud800 \r\n# x`;
const SHAPES: readonly [string, PlantShape][] = [
  ['three zones', { zones: 3, assetsPerZone: 4, policy: false }],
  ['eight zones and a policy', { zones: 8, assetsPerZone: 6, policy: true }],
  ['hostile names', { zones: 5, assetsPerZone: 3, policy: true, name: HOSTILE }],
  ['no zone and no asset', { zones: 0, assetsPerZone: 0, policy: false }],
];

function write(format: FormatName, plant: Plant, table: CsvTable = 'assets'): string {
  return [...FORMATS[format].write(plant, assessmentOf(plant), table)].join('');
}

const formatNames = Object.keys(FORMATS) as FormatName[];

test.each(formatNames)('%s says the same of the same plant', (format) => {
  const shape = { zones: 6, assetsPerZone: 5, policy: true };
  expect(write(format, plantOfShape(shape))).toBe(write(format, plantOfShape(shape)));
});

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The elements of a page in order; a fault in its markup fails the test. */
function elementsOf(html: string): Element[] {
  const faults: string[] = [];
  const page = parse(html, { onParseError: ({ code, startLine }) => faults.push(`${code} in line ${startLine}`) });
  expect(faults).toEqual([]);
  const elements: Element[] = [];
  const text = (node: DefaultTreeAdapterMap['node']): string =>
    node.nodeName === '#text'
      ? (node as DefaultTreeAdapterMap['textNode']).value
      : 'childNodes' in node
        ? node.childNodes.map(text).join('')
        : '';
  const visit = (node: DefaultTreeAdapterMap['node']) => {
    if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      elements.push({ tag: node.tagName, attributes, text: text(node) });
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(page);
  return elements;
}

describe.each(SHAPES)('the page of %s', (_, shape) => {
  const html = write('html', plantOfShape(shape));
  const elements = elementsOf(html);

  test('needs nothing beside itself and runs nothing', () => {
    const tags = new Set(elements.map(({ tag }) => tag));
    for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'form']) expect(tags).not.toContain(tag);
    for (const { attributes } of elements) {
      expect(Object.keys(attributes).filter((name) => name.startsWith('on') || name === 'style')).toEqual([]);
      if (attributes['href'] !== undefined) expect(attributes['href']).toMatch(/^#/);
    }
    expect(html).not.toMatch(/url\((?!#)|@import/);
  });

  test('has a security policy that names its style sheets and forbids the rest', () => {
    const policy = elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    const content = policy?.attributes['content'] ?? '';
    expect(content).toMatch(/^default-src 'none'; style-src /);
    for (const { text } of elements.filter(({ tag }) => tag === 'style')) {
      expect(content).toContain(createHash('sha256').update(text).digest('base64'));
    }
  });

  test('leads everywhere it links to, and names no place twice', () => {
    const ids = elements.flatMap(({ attributes }) => (attributes['id'] === undefined ? [] : [attributes['id']]));
    expect(ids).toEqual([...new Set(ids)]);
    const places = new Set(ids);
    const dead = elements.flatMap(({ attributes: { href } }) =>
      href === undefined || places.has(href.slice(1)) ? [] : [href],
    );
    expect(dead).toEqual([]);
  });

  test('can be read aloud: language, headings in order, tables with captions and scopes', () => {
    expect(elements.find(({ tag }) => tag === 'html')?.attributes['lang']).toBe('en');
    const levels = elements.flatMap(({ tag }) => (/^h[1-6]$/.test(tag) ? [Number(tag[1])] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(2);
    });
    const count = (wanted: string) => elements.filter(({ tag }) => tag === wanted).length;
    expect(count('caption')).toBe(count('table'));
    for (const { attributes } of elements.filter(({ tag }) => tag === 'th')) expect(attributes['scope']).toBeDefined();
  });

  test('has the chapters of a gap assessment, as the Markdown has', () => {
    const chapters = elements.filter(({ tag }) => tag === 'h2').map(({ text }) => text);
    expect(chapters.slice(1, 6).map((title) => title[0])).toEqual(['1', '2', '3', '4', '5']);
    const markdown = write('md', plantOfShape(shape));
    expect([...markdown.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(chapters);
  });

  test('shows every zone, finding and violation of the plant', () => {
    const plant = plantOfShape(shape);
    const page = elements.find(({ tag }) => tag === 'main')?.text ?? '';
    for (const { title } of plant.findings) expect(page).toContain(visible(title));
    for (const { name } of plant.zoning.zones) expect(page).toContain(cut(visible(name), 160));
    for (const { client, server } of plant.check?.violations ?? []) {
      expect(page).toContain(client);
      expect(page).toContain(server);
    }
  });
});

describe.each(SHAPES)('the Markdown of %s', (_, shape) => {
  const markdown = write('md', plantOfShape(shape));
  // without diagrams, escaped punctuation and code spans
  const outside = markdown.replace(/```mermaid[\s\S]*?```/g, '').replace(/\\[!-/:-@[-`{-~]|`[^`\n]*`/g, '');

  test('holds no markup of others', () => {
    expect(outside.replace(/<a id="[\w.-]+"><\/a>/g, '')).not.toMatch(/[<>](?! )|<[a-z!/]/i);
  });

  test('leads everywhere it links to', () => {
    const places = new Set([...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
    const links = [...outside.matchAll(/\]\(#([^)]*)\)/g)].map(([, id]) => id);
    expect(links.filter((id) => !places.has(id))).toEqual([]);
  });

  test('has as many cells in each row as its table has headings', () => {
    const tables = outside.split('\n\n').filter((part) => /^\| ---/m.test(part));
    for (const table of tables) {
      const rows = table.split('\n').filter((line) => line.startsWith('|'));
      const counts = rows.map((row) => row.split('|').length);
      expect(new Set(counts).size).toBe(1);
    }
  });
});

test('the JSON is the report with its assessment', () => {
  const plant = plantOfShape({ zones: 4, assetsPerZone: 3, policy: true, name: HOSTILE });
  const expected = { ...reportOf(plant), assessment: plainAssessment(assessmentOf(plant)) };
  expect(JSON.parse(write('json', plant))).toEqual(JSON.parse(JSON.stringify(expected)));
});

test('the JSON is made piece by piece: none is longer than the longest entry of a list', () => {
  const plant = plantOfShape({ zones: 4, assetsPerZone: 30, policy: true });
  const { assets, conversations, ...rest } = reportOf(plant);
  const longest = Math.max(
    ...[...assets, ...conversations, ...Object.values(rest)].map((entry) => JSON.stringify(entry).length),
  );
  const pieces = [...jsonOf(plant)];
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(longest + 8);
  expect(pieces.length).toBeGreaterThan(assets.length + conversations.length);
});

/** RFC 4180, strictly: CRLF after each line, quotes only around whole cells. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new Error(`not RFC 4180 at ${text.slice(0, 40)}`);
    (rows.at(-1) as string[]).push(match[1]?.replaceAll('""', '"') ?? (match[2] as string));
    if (match[3] === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

describe('CSV', () => {
  const tables = Object.keys(CSV_TABLES) as CsvTable[];

  test.each(tables)('%s: as many cells in each line as columns', (table) => {
    const [head, ...rows] = readCsv(
      write('csv', plantOfShape({ zones: 4, assetsPerZone: 3, policy: true, name: HOSTILE }), table),
    );
    expect(head?.length).toBeGreaterThan(3);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
  });

  test('gives names back as they are, but for what cannot be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const [head = [], row = []] = readCsv(
          write('csv', plantOfShape({ zones: 1, assetsPerZone: 1, policy: false, name })),
        );
        expect(row[head.indexOf('names')]).toBe(visible(`dev-0-0${name}`));
      }),
      { numRuns: runs(200) },
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\t=1'])('%j is text for a spreadsheet', (value) => {
    const plant = plantOfShape({ zones: 1, assetsPerZone: 1, policy: false });
    const [asset] = plant.assets.all;
    const named = {
      ...plant,
      assets: { ...plant.assets, all: asset === undefined ? [] : [{ ...asset, names: [value] }] },
    };
    const [head = [], row = []] = readCsv(write('csv', named));
    expect(row[head.indexOf('names')]).toMatch(/^['[ ]/);
  });
});

const SMALL: PlantShape = { zones: 2, assetsPerZone: 1, policy: true };

/** All tags of a plant's page but lines of text in the diagram: a long name takes two. */
const tagsOf = (plant: Plant) =>
  elementsOf(write('html', plant))
    .map(({ tag }) => tag)
    .filter((tag) => tag !== 'text');
const plainTags = tagsOf(plantOfShape(SMALL));

test('no name, whatever it is, breaks a form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const plant = plantOfShape({ ...SMALL, name });
      expect(tagsOf(plant)).toEqual(plainTags);
      for (const format of ['svg', 'graphml', 'drawio'] as const)
        expect(() => readXml(write(format, plant))).not.toThrow();
    }),
    { numRuns: runs(40) },
  );
});

function readXml(text: string) {
  return new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(text, 'text/xml');
}

describe('what cannot be seen', () => {
  test.each([
    ['a\u202eb', 'a[U+202E]b'],
    ['a\u0000b\u001b[31m', 'a[U+0000]b[U+001B][31m'],
    ['a\r\n\tb', 'a b'],
    ['\ud800x', '[U+D800]x'],
    ['\u{e0041}', '[U+E0041]'],
    ['Pumpe Süd 水泵', 'Pumpe Süd 水泵'],
  ])('%j is shown as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('long text is cut between characters', () => {
    expect(cut('😀😀😀😀', 3)).toBe('😀😀…');
    expect(cut('abc', 3)).toBe('abc');
  });
});

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s colours', (_, palette: Palette) => {
  const { kinds, severities, accesses, good, page, surface, raised } = palette;
  const pairs = [
    ...Object.entries({ ...kinds, ...severities, ...accesses, good }).map(([name, { fill, line }]) => [
      name,
      line,
      fill,
    ]),
    ...[page, surface, raised].flatMap((ground) => [
      ['text', palette.text, ground],
      ['muted', palette.muted, ground],
      ['accent', palette.accent, ground],
    ]),
    ...Object.entries(palette.verdicts).map(([name, colour]) => [name, colour, page]),
  ] as const;

  test.each(pairs)('%s can be read', (_name, colour, ground) => {
    expect(contrast(colour as string, ground as string)).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
